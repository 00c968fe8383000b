"""The OpenAPI document is true: schemathesis finds nothing that it does not tell. (Its examples are tried in ``tests/city``.)"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from lianyin.operations import all_operations
from tests.api.conftest import serving

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance, response_schema_conformance]
HEADERS = {"host": "127.0.0.1"}
TURNS = 6
EXAMPLES = 30


@pytest.fixture(scope="module")
def described(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The document as schemathesis reads it, with the application behind it."""
    folder = tmp_path_factory.mktemp("described") / "store"
    shutil.copytree(example_store, folder)
    with serving(folder) as client:
        yield schemathesis.openapi.from_asgi("/openapi.json", client.app, headers=HEADERS)


@pytest.mark.parametrize("turn", range(TURNS))
def test_no_answer_is_undocumented_and_none_is_a_defect(described: Any, turn: int) -> None:
    """Each turn takes every so-many-th operation, so that the turns run side by side."""
    found = [result.ok() for result in described.get_all_operations()]
    assert {operation.address for operation in all_operations() if operation.address} <= {operation.path for operation in found}
    for operation in found[turn::TURNS]:
        _try_out(operation)


def _try_out(operation: Any) -> None:
    """Half of what is asked is as the document allows, half is not."""
    modes = list(GenerationMode) if any(True for _ in operation.iter_parameters()) or operation.body else [GenerationMode.POSITIVE]

    @given(st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes]))
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def hold(case: Any) -> None:
        case.call_and_validate(checks=CHECKS, headers=HEADERS)

    hold()


def operations(shared: TestClient) -> list[tuple[str, str, dict[str, Any]]]:
    document = shared.get("/openapi.json").json()
    return [(method, path, each) for path, methods in document["paths"].items() for method, each in methods.items()]


def test_every_operation_is_described_and_every_problem_is_a_problem_document(shared: TestClient) -> None:
    for method, path, operation in operations(shared):
        assert operation["description"], f"{method} {path}"
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], f"{method} {path} {status}"
