"""Editions of one list in both stores: the later one's rows stand whichever came first, and an undo brings back exactly what was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from graph.errors import Conflict
from graph.factory import open_store
from graph.ledger import Ledger
from graph.ledger.history import node_history
from graph.model import LoadedTable, RecordDrafts, RecordOutcome
from graph.store import Store
from tests.graph.ledger.builders import NEW, everything, node, plain, row
from tests.graph.ledger.ledger_cases import ONTOLOGY, ledger_of

OUTCOMES = (RecordOutcome.NEW, RecordOutcome.UPDATED, RecordOutcome.UNCHANGED)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url, ONTOLOGY)
    yield opened
    opened.close()


def rows(year: int, names: dict[int, str]) -> list[RecordDrafts]:
    return [row(n, node(f"u:{n}", name=name), file=f"{year}.csv") for n, name in names.items()]


EDITIONS = {
    2020: {1: "甲", 2: "乙", 3: "丙", 4: "丁"},
    2022: {1: "甲", 2: "乙二", 3: "丙", 5: "戊"},
    2024: {1: "甲四", 2: "乙二", 6: "己"},
}


def record(ledger: Ledger, year: int, *, full: bool = False) -> tuple[list[int], int]:
    """Loads an edition; how many rows are new, updated, unchanged, and how many are missing."""
    known = [each for each in ledger.editions().all() if each.table.file != f"{year}.csv"]
    table = LoadedTable(NEW.id, f"{year}.csv", "", "list", str(year), "file-name", full=full)
    if known:
        _, file, sheet = known[0].table.series
        table = replace(table, first_file=file, first_sheet=sheet, edition_of=known[-1].load)
    document = f"{NEW.id}/{year}.csv"
    recording = ledger.begin(str(year), (document,), (table,))
    outcomes = recording.record(replace(NEW, date=str(year)), document, rows(year, EDITIONS[year]))
    missing = recording.gone((document,) if full else ())
    recording.publish()
    return [outcomes.count(each) for each in OUTCOMES], len(missing)


def names(store: Store) -> dict[str, str]:
    return {each.id: each.caption for each in everything(store).nodes}


def test_rows_are_counted_by_key_across_files(store: Store) -> None:
    ledger = ledger_of(store)
    assert record(ledger, 2020) == ([4, 0, 0], 0)
    assert record(ledger, 2022) == ([1, 1, 2], 1)
    assert record(ledger, 2024) == ([1, 1, 1], 3)
    assert names(store) == {"u:1": "甲四", "u:2": "乙二", "u:3": "丙", "u:4": "丁", "u:5": "戊", "u:6": "己"}
    assert store.loads()[1].tables[0].series == (NEW.id, "2020.csv", "")


@pytest.mark.parametrize("full", [False, True])
def test_every_order_gives_the_same_graph_and_every_undo_the_one_before(store: Store, *, full: bool) -> None:
    ledger = ledger_of(store)
    graphs = []
    for order in permutations(EDITIONS):
        before, loads = [], []
        for year in order:
            before.append(plain(everything(store)))
            record(ledger, year, full=full and year == 2024)
            loads.append(store.loads(newest=1)[0].id)
        graphs.append(plain(everything(store)))
        for load, graph in zip(reversed(loads), reversed(before), strict=True):
            ledger.undo(load)
            assert plain(everything(store)) == graph
    assert all(each == graphs[0] for each in graphs)
    assert len(graphs[0][0]) == (3 if full else 6)


def test_an_edition_that_another_stands_on_is_undone_after_it(store: Store) -> None:
    ledger = ledger_of(store)
    record(ledger, 2022)
    record(ledger, 2020)
    with pytest.raises(Conflict):
        ledger.undo("L1")


def test_what_earlier_editions_said_is_the_history_whichever_came_first(store: Store) -> None:
    ledger = ledger_of(store)
    told: list[Sequence[tuple[object, str]]] = []
    for order in ((2020, 2022, 2024), (2024, 2020, 2022)):
        for year in order:
            record(ledger, year)
        (found,) = store.facts(nodes=("u:2",)).nodes
        told.append([(said.value, said.since) for said in node_history(store, found)["name"]])
        for load in reversed(ledger.loads()):
            if load.kind == "ingest" and not load.undone_by:
                ledger.undo(load.id)
    assert told[0] == told[1] == [("乙", "2020"), ("乙二", "2022")]


def test_an_earlier_edition_that_is_loaded_again_changes_nothing(store: Store) -> None:
    ledger = ledger_of(store)
    record(ledger, 2024)
    record(ledger, 2020)
    graph, claims = plain(everything(store)), store.loads(newest=1)[0].totals["claims"]
    assert claims == 4
    table = replace(store.loads(newest=1)[0].tables[0], edition_of="L1")
    recording = ledger.begin("again", (f"{NEW.id}/2020.csv",), (table,))
    recording.record(replace(NEW, date="2020"), f"{NEW.id}/2020.csv", rows(2020, EDITIONS[2020]))
    recording.publish()
    assert store.loads(newest=1)[0].totals["claims"] == 0
    assert plain(everything(store)) == graph
