"""Comparing two loads: the second's facts are the first's with the difference, whatever else was loaded in between."""

from __future__ import annotations

from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import Facts, RecordDrafts
from tests.examples import examples
from tests.graph.ledger.builders import NEW, OLD, Clock, everything, link, load, node, plain, row, with_difference
from tests.graph.ledger.ledger_cases import ONTOLOGY

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from("甲乙")), max_size=6)


def edition(found: list[tuple[int, int, str]]) -> list[RecordDrafts]:
    return [
        row(n, node(f"e:{a}", "Enterprise", name=name), node(f"p:{b}", "Project"), link("PARTICIPATES_IN", f"e:{a}", f"p:{b}", role=name))
        for n, (a, b, name) in enumerate(found, 2)
    ]


def alone(rows: list[RecordDrafts]) -> Facts:
    """The graph of these rows only."""
    with TemporaryDirectory() as folder:
        store = open_store(f"kglite:///{folder}/store", ONTOLOGY)
        load(Ledger(store, ONTOLOGY, Clock()), NEW, rows)
        found = everything(store)
        store.close()
        return found


@settings(max_examples=examples(12), deadline=None)
@given(ROWS, ROWS, ROWS)
def test_from_one_edition_to_the_next(
    first: list[tuple[int, int, str]], other: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    with TemporaryDirectory() as folder:
        store = open_store(f"kglite:///{folder}/store", ONTOLOGY)
        ledger = Ledger(store, ONTOLOGY, Clock())
        documents = ("new/list.csv",)
        for source, rows in ((NEW, first), (OLD, other), (NEW, second)):
            recording = ledger.begin("edition", documents if source is NEW else ())
            recording.record(source, f"{source.id}/list.csv", edition(rows))
            recording.gone(close=documents)
            recording.publish()
        found = ledger.compare("L1", "L3", limit=1_000)
        store.close()
    assert plain(with_difference(alone(edition(first)), found.difference)) == plain(alone(edition(second)))
    rows = found.rows
    assert len(rows.only_first) + len(rows.different) + rows.same == len(first)
    assert len(rows.only_second) + len(rows.different) + rows.same == len(second)
    assert found.totals.nodes_new == len(found.difference.new.nodes)
    assert found.totals.relationships_removed == len(found.difference.gone.relationships)
