"""Every door answers what it answered when its answers were recorded."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.recorded.asked import HTTP, LINES
from tests.recorded.recording import Recorded, kept, on_the_command_line, over_http, write_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("recorded"))


@pytest.fixture(scope="module")
def answered(store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Recorded]:
    return over_http(store, tmp_path_factory.mktemp("http"))


@pytest.fixture(scope="module")
def printed(store: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Recorded]:
    return on_the_command_line(store, tmp_path_factory.mktemp("lines"))


@pytest.mark.parametrize("subject", HTTP)
def test_the_same_json(answered: dict[str, Recorded], subject: str) -> None:
    expected = orjson.loads(kept("http", subject).read_bytes())
    found = orjson.loads(orjson.dumps(answered[subject]))
    assert found.keys() == expected.keys()
    assert {question: found[question] for question in expected if found[question] != expected[question]} == {}


@pytest.mark.parametrize("subject", LINES)
def test_the_same_words(printed: dict[str, Recorded], subject: str) -> None:
    expected = orjson.loads(kept("line", subject).read_bytes())
    assert printed[subject].keys() == expected.keys()
    assert {line: printed[subject][line] for line in expected if printed[subject][line] != expected[line]} == {}
