"""What judgements of identity promise, on both stores."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.factory import open_store
from graph.store import Store
from tests.graph.identity.judging_cases import PROMISES
from tests.graph.ledger.ledger_cases import ONTOLOGY


@pytest.mark.parametrize("promise", PROMISES, ids=lambda f: f.__name__)
def test_promise(promise: Callable[[Store], None], store_url: str) -> None:
    store = open_store(store_url, ONTOLOGY)
    try:
        promise(store)
    finally:
        store.close()
