"""The clean city, written and loaded once; what was planted in it; its graph for networkx."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

import lianyin
from ingest.report import Report
from ingest.sample.city import City
from ingest.sample.write import CityFiles, write_city
from lianyin.client import Client
from lianyin.demonstration import DAY
from lianyin.settings import Settings
from tests import neo4j_server
from tests.conftest import fixed_key


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(today=DAY, language="zh", hash_key_file=fixed_key(tmp_path_factory.mktemp("secret")))


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> CityFiles:
    return write_city(tmp_path_factory.mktemp("city"), truth=True)


@pytest.fixture(scope="session")
def city(files: CityFiles) -> City:
    return files.city


@pytest.fixture(scope="session")
def folder(files: CityFiles) -> Path:
    return files.files[0].parent


@pytest.fixture(scope="session")
def loaded(folder: Path, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Report]]:
    store = tmp_path_factory.mktemp("stores") / "embedded"
    with lianyin.open(f"kglite://{store.as_posix()}", settings=settings) as client:
        yield client, client.ingest([folder], "city", date=DAY.isoformat())


@pytest.fixture(scope="session")
def client(loaded: tuple[Client, Report]) -> Client:
    return loaded[0]


@pytest.fixture(scope="session")
def report(loaded: tuple[Client, Report]) -> Report:
    return loaded[1]


@pytest.fixture(scope="session")
def on_neo4j(folder: Path, settings: Settings) -> Iterator[Client]:
    """The same city in a real Neo4j."""
    if not neo4j_server.installed():
        pytest.skip("no Neo4j here: run 'make neo4j'")
    running = neo4j_server.shared()
    running.wipe()
    with lianyin.open(running.url, settings=settings) as client:
        client.ingest([folder], "city", date=DAY.isoformat())
        yield client
    running.wipe()


@pytest.fixture(scope="session")
def exported(client: Client) -> nx.MultiDiGraph[str]:
    return client.to_networkx()


@pytest.fixture(scope="session")
def walkable(exported: nx.MultiDiGraph[str], client: Client) -> nx.Graph[str]:
    """What paths may pass: no hub, no link node, one line between two."""
    types = client.ontology.node_types

    def passable(data: dict[str, object]) -> bool:
        found = types[str(data["type"])]
        hub = found.hub or any(data.get(name) == value for name, value in found.hub_when.items())
        return not hub and not found.link

    kept = [id for id, data in exported.nodes(data=True) if passable(data)]
    return nx.Graph(exported.subgraph(kept).to_undirected(as_view=True))
