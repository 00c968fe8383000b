"""Every case of the contract runs on both stores. Each test starts with an empty one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.factory import open_store
from graph.ontology.schema import Ontology
from graph.store import Store
from tests import neo4j_server
from tests.contract.world import ONTOLOGY

Opener = Callable[[], Store]


@pytest.fixture
def server() -> neo4j_server.Server:
    """A real Neo4j, emptied."""
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    running = neo4j_server.shared()
    running.wipe()
    return running


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty store of each kind."""
    if request.param == "embedded":
        return f"kglite://{(tmp_path / 'store').as_posix()}"
    url: str = request.getfixturevalue("server").url
    return url


@pytest.fixture
def ontology() -> Ontology:
    return ONTOLOGY


@pytest.fixture
def store(store_url: str, ontology: Ontology) -> Iterator[Store]:
    opened = open_store(store_url, ontology)
    yield opened
    opened.close()
