"""Over a real Neo4j every address gives what it gives over the embedded store, and refuses alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

import lianyin
from api import create_app
from graph.factory import open_store
from lianyin.settings import Settings, load_types
from tests import neo4j_server
from tests.api.conftest import EXAMPLE, HOME, MAPPING, TOKEN
from tests.api.test_answers import GETS

pytestmark = pytest.mark.neo4j

OWN_TO_A_STORE = ("store", "path", "recorded", "recorded_at", "recorded_from")
"""Keys whose values are the store's name or place, and the clock's."""

REFUSED = (
    "/v1/paths?from=示例大学&to=nobody",
    "/v1/paths?from=示例大学&to=示例大学",
    "/v1/paths?from=示例大学&to=示例重工有限公司&pattern=University > NOBODY > Person",
    "/v1/connections?from_type=University&to_type=Nobody",
    "/v1/nodes/nobody",
)


@pytest.fixture(scope="module")
def over_neo4j() -> Iterator[TestClient]:
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    running = neo4j_server.shared()
    running.wipe()
    settings = Settings(store=running.url, today="2020-09-10", language="zh")  # type: ignore[arg-type]
    with lianyin.open(settings=settings) as client:
        client.ingest([EXAMPLE], str(MAPPING), date="2022-06-01")
    store = open_store(settings.store_url(), load_types(settings))
    with TestClient(create_app(settings, store, token=TOKEN), base_url=HOME, raise_server_exceptions=False) as client:
        yield client
    store.close()
    running.wipe()


def without_own(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_own(each) for key, each in value.items() if key not in OWN_TO_A_STORE}
    return [without_own(each) for each in value] if isinstance(value, list) else value


@pytest.mark.parametrize("address", [address for address, _, _ in GETS])
def test_the_same_answer(shared: TestClient, over_neo4j: TestClient, address: str) -> None:
    here, there = shared.get(address), over_neo4j.get(address)
    assert (here.status_code, there.status_code) == (200, 200), there.text
    assert without_own(here.json()) == without_own(there.json())


@pytest.mark.parametrize("address", REFUSED)
def test_the_same_problem(shared: TestClient, over_neo4j: TestClient, address: str) -> None:
    here, there = shared.get(address), over_neo4j.get(address)
    assert here.status_code == there.status_code >= 400
    assert here.headers["content-type"] == there.headers["content-type"] == "application/problem+json"
    assert here.json() == there.json()


def test_readiness_and_the_same_question_again(over_neo4j: TestClient) -> None:
    assert over_neo4j.get("/readyz").status_code == 200
    first = over_neo4j.get("/v1/paths?from=示例大学&to=示例重工有限公司")
    again = over_neo4j.get("/v1/paths?from=示例大学&to=示例重工有限公司", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
