"""Whoever asks while a load is being published sees the graph before or the graph after, never half of it; on both stores."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import lianyin
from graph.errors import Conflict
from graph.ledger import Ledger
from graph.store import QueryLimits
from ingest.sample.tables import NEEDS, ROSTER
from lianyin.client import Client
from tests import neo4j_server
from tests.interrupted import MAPPING, SMALL, Stage, last_load, prepare

REFUSED = "refused"
COUNTED = "MATCH (n:Entity) RETURN count(n) AS nodes"


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    if request.param == "embedded":
        yield prepare(f"kglite://{tmp_path / 'store'}", tmp_path, 0.1, (ROSTER, NEEDS))
        return
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    server = neo4j_server.shared()
    server.wipe()
    yield prepare(server.url, tmp_path, 0.1, (ROSTER, NEEDS))
    server.wipe()


def looks(client: Client) -> dict[str, object]:
    """What each way of looking tells: the read model, a table that is made from it and from the store's rows, and a query."""
    projection = client.models.projection
    return {
        "read model": (projection.node_count, projection.edge_count),
        "table": tuple(map(tuple, client.connections("University", "Enterprise", limit=5).rows)),
        "query": counted(client),
    }


def counted(client: Client) -> object:
    """A server refuses a query that would see half of a publication; the embedded store answers from the state before it."""
    try:
        return client.store.cypher(COUNTED, {}, QueryLimits(trusted=True)).rows
    except Conflict as problem:
        assert "would see half of it" in problem.detail
        return REFUSED


def test_a_reader_sees_the_old_graph_or_the_new_one(stage: Stage) -> None:
    with lianyin.open(settings=stage.settings) as client:
        client.ledger = Ledger(client.store, client.ontology, one_transaction=SMALL)
        before = looks(client)
        done = threading.Event()
        seen: list[dict[str, object]] = []
        failed: list[BaseException] = []

        def read() -> None:
            try:
                while not done.is_set():
                    seen.append(looks(client))
            except BaseException as problem:  # noqa: BLE001 - told by the test's own thread
                failed.append(problem)

        reader = threading.Thread(target=read)
        reader.start()
        try:
            client.ingest([stage.second], MAPPING)
            client.undo(last_load(client))
            client.ingest([stage.second], MAPPING)
        finally:
            done.set()
            reader.join()
        after = looks(client)
        assert not failed, failed
        assert len(seen) > 2
        for way in before:
            assert before[way] != after[way]
            assert {each[way] for each in seen} <= {before[way], after[way], REFUSED}, way
