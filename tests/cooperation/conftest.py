"""A small district: two enterprises with accounts, two experts of two universities, a field."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from cooperation.acting import Desk
from graph.factory import open_store
from graph.ledger import Ledger
from graph.store import Store
from tests.contract.conftest import server, store_url
from tests.cooperation.world import DAY, ONTOLOGY, build
from tests.graph.ledger.builders import Clock

__all__ = ["server", "store_url"]


def _desk(store: Store) -> Desk:
    return Desk(store, ONTOLOGY, Ledger(store, ONTOLOGY, Clock()), DAY)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over the district, in an embedded store."""
    opened = open_store(f"kglite://{(tmp_path / 'desk').as_posix()}", ONTOLOGY)
    build(opened)
    yield _desk(opened)
    opened.close()


@pytest.fixture
def on_both(store_url: str) -> Iterator[Desk]:
    """The same on each store."""
    opened = open_store(store_url, ONTOLOGY)
    build(opened)
    yield _desk(opened)
    opened.close()


@pytest.fixture
def later(desk: Desk) -> Desk:
    """The same desk half a year on."""
    return Desk(desk.store, desk.ontology, desk.ledger, DAY + datetime.timedelta(days=183))
