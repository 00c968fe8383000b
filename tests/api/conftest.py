"""The application on a copy of the first example, asked in this process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import lianyin
from api import create_app
from graph.factory import open_store
from lianyin.client import Client
from lianyin.methods import Methods
from lianyin.remote import problem_of
from lianyin.settings import Settings, load_types
from lianyin.transport import Http, Transport

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "first-graph"
MAPPING = EXAMPLE / "mapping.yaml"
TOKEN = "the-token-of-this-test"
HOME = "http://127.0.0.1"


@pytest.fixture(scope="session")
def example_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the first example in it; copied, never opened again."""
    folder = tmp_path_factory.mktemp("example") / "store"
    with lianyin.open(settings=Settings(store=f"kglite://{folder}")) as client:
        client.ingest([EXAMPLE], str(MAPPING), date="2022-06-01")
    return folder


@contextmanager
def serving(folder: Path, **chosen: object) -> Iterator[TestClient]:
    """Asks the application over the store in ``folder``."""
    settings = Settings(store=f"kglite://{folder}", today="2020-09-10", language="zh", **chosen)  # type: ignore[arg-type]
    store = open_store(settings.store_url(), load_types(settings))
    try:
        app = create_app(settings, store, token=TOKEN)
        with TestClient(app, base_url=HOME, raise_server_exceptions=False) as client:
            yield client
    finally:
        store.close()


@pytest.fixture(scope="session")
def shared(example_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """For tests that only read."""
    folder = tmp_path_factory.mktemp("shared") / "store"
    shutil.copytree(example_store, folder)
    with serving(folder) as client:
        yield client


@pytest.fixture
def own(example_store: Path, tmp_path: Path) -> Iterator[TestClient]:
    """For tests that write."""
    shutil.copytree(example_store, tmp_path / "store")
    with serving(tmp_path / "store") as client:
        yield client


def graph_of(client: TestClient) -> Client:
    """The open graph behind the application."""
    found: Client = client.app.state.client  # type: ignore[attr-defined]
    return found


def through(served: TestClient, clearance: int = 2) -> Transport:
    """Asks the application as the client of a server does."""

    def ask(method: str, path: str, **what: object) -> object:
        what["headers"] = {**what.get("headers", {}), "lianyin-clearance": str(clearance)}  # type: ignore[dict-item]
        answered = served.request(method, path, **what)  # type: ignore[arg-type]
        if answered.is_success:
            return answered
        raise problem_of(answered)  # type: ignore[arg-type]

    return Http(graph_of(served).reader, ask)


class Door(Methods):
    """The methods of a client over one transport."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def transport(self) -> Transport:
        return self._transport
