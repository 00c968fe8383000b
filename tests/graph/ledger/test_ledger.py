"""The ledger on the embedded store: the promises one by one, then random histories against the plain meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import Conflict
from graph.factory import open_store
from graph.model import Draft, RecordDrafts, Source
from graph.store import ClaimSelection, Store
from tests.examples import examples
from tests.graph.ledger.builders import (
    NEW,
    OFFICER,
    OLD,
    REGISTER,
    different,
    everything,
    link,
    load,
    node,
    plain,
    rehearse,
    row,
    same,
    with_difference,
)
from tests.graph.ledger.ledger_cases import ON_ONE_STORE, ON_TWO_STORES, ONTOLOGY, ledger_of
from tests.graph.ledger.oracle import fold_everything


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"kglite:///{tmp_path}/one", ONTOLOGY)
    yield opened
    opened.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"kglite:///{tmp_path}/two", ONTOLOGY)
    yield opened
    opened.close()


@pytest.mark.parametrize("promise", ON_ONE_STORE, ids=lambda f: f.__name__)
def test_promise(promise: Callable[[Store], None], store: Store) -> None:
    promise(store)


@pytest.mark.parametrize("promise", ON_TWO_STORES, ids=lambda f: f.__name__)
def test_promise_across_stores(promise: Callable[[Store, Store], None], store: Store, other: Store) -> None:
    promise(store, other)


IDS = st.sampled_from(["uscc:1", "stock:1", "stock:2", "pic:1", "pic:2"])
TERMS = st.sampled_from(["term:1", "term:2"])
PEOPLE = st.sampled_from(["person:1", "person:2"])
NAMES = st.sampled_from(["甲", "乙", "丙"])
DRAFTS = st.one_of(
    st.builds(lambda id, name: node(id, "Enterprise", name=name), IDS, NAMES),
    st.builds(lambda id: node(id, "University"), IDS),
    st.builds(lambda id, day: node(id, "Secondment", startDate=day), TERMS, st.sampled_from(["2020", "2021-08"])),
    st.builds(lambda id: node(id, "Person"), PEOPLE),
    st.builds(lambda a, b, role: link("PARTICIPATES_IN", a, b, role=role), IDS, IDS, st.sampled_from(["x", "y"])),
    st.builds(lambda a, b: link("HAS_TERM", a, b), PEOPLE, TERMS),
    st.builds(lambda a, b: link("SENT_BY", a, b), TERMS, IDS),
    st.builds(lambda a, b: link("KNOWS_VIA", a, b), PEOPLE, PEOPLE),
    st.builds(same, IDS, IDS).filter(lambda d: d.subject != d.object),
    st.builds(different, IDS, IDS).filter(lambda d: d.subject != d.object),
)
FILES = st.sampled_from(["a.csv", "b.csv"])
History = list[int | tuple[Source, list[RecordDrafts]]]
"""Loads, and numbers of loads to undo."""
SOURCES = st.sampled_from([OLD, NEW, REGISTER, OFFICER])


@st.composite
def loads(draw: st.DrawFn) -> tuple[Source, list[RecordDrafts]]:
    file = draw(FILES)
    bodies: list[list[Draft]] = draw(st.lists(st.lists(DRAFTS, min_size=1, max_size=4), min_size=1, max_size=4))
    return draw(SOURCES), [row(n, *body, file=file) for n, body in enumerate(bodies)]


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(st.one_of(loads(), st.integers(1, 6)), min_size=1, max_size=7), st.sampled_from([2, 1000]))
def test_any_history_equals_folding_every_open_claim_at_once(history: History, one_transaction: int) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"kglite:///{folder}/store", ONTOLOGY)
        ledger = ledger_of(store, one_transaction=one_transaction)
        snapshots: dict[str, object] = {}
        for step in history:
            standing_facts = everything(store)
            before = plain(standing_facts)
            if isinstance(step, int):
                last = ledger.loads()[-1].id if ledger.loads() else ""
                standing = [item for item in ledger.loads() if item.kind == "ingest"]
                if step > len(standing):
                    continue
                try:
                    ledger.undo(standing[step - 1].id)
                except Conflict:
                    assert plain(everything(store)) == before
                    continue
                if last == standing[step - 1].id:
                    assert plain(everything(store)) == snapshots[last]
            else:
                source, rows = step
                rehearsal = ledger.rehearse("test")
                expected = rehearse(rehearsal, source, rows)
                foreseen = plain(with_difference(standing_facts, rehearsal.difference(1000)))
                assert plain(everything(store)) == before
                done = load(ledger, source, rows)
                assert replace(expected, load=done.load, revision=done.revision) == done
                assert foreseen == plain(everything(store))
                snapshots[done.load] = before
            ids = [item.id for item in ledger.loads()]
            claims = list(store.claims(ClaimSelection(loads=ids)))
            assert plain(everything(store)) == plain(fold_everything(claims, ONTOLOGY))
        store.close()


@settings(max_examples=examples(40), deadline=None)
@given(loads(), loads())
def test_the_order_of_independent_loads_does_not_change_the_graph(
    one: tuple[Source, list[RecordDrafts]], two: tuple[Source, list[RecordDrafts]]
) -> None:
    renamed = [RecordDrafts(type(r.record)("other.csv", "", r.record.row, r.record.key), r.drafts) for r in two[1]]
    graphs = []
    for order in ([one, (two[0], renamed)], [(two[0], renamed), one]):
        with TemporaryDirectory() as folder:
            store = open_store(f"kglite:///{folder}/store", ONTOLOGY)
            for source, rows in order:
                load(ledger_of(store), source, rows)
            graphs.append(plain(everything(store)))
            store.close()
    assert graphs[0] == graphs[1]
