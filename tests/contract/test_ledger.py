"""What the ledger promises, on both stores. The same cases, with random histories, run on the embedded store in ``tests/graph/ledger``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.factory import open_store
from graph.store import Store
from tests.graph.ledger.ledger_cases import ON_ONE_STORE, ON_TWO_STORES, ONTOLOGY


@pytest.fixture
def opened(store_url: str) -> Store:
    return open_store(store_url, ONTOLOGY)


@pytest.mark.parametrize("promise", ON_ONE_STORE, ids=lambda f: f.__name__)
def test_promise(promise: Callable[[Store], None], opened: Store) -> None:
    try:
        promise(opened)
    finally:
        opened.close()


@pytest.mark.parametrize("promise", ON_TWO_STORES, ids=lambda f: f.__name__)
def test_promise_between_this_store_and_an_embedded_one(promise: Callable[[Store, Store], None], opened: Store, tmp_path: Path) -> None:
    other = open_store(f"kglite://{(tmp_path / 'other').as_posix()}", ONTOLOGY)
    try:
        promise(opened, other)
    finally:
        other.close()
        opened.close()
