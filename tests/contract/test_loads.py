"""Loads as objects, on both stores: several at once, taken back in any order, left behind, compared."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.errors import Conflict, NotFound
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import LoadState, RecordDrafts, RecordOutcome
from graph.processes import this_process
from graph.store import ClaimSelection, Store
from tests.graph.ledger.builders import NEW, OLD, everything, load, node, row
from tests.graph.ledger.ledger_cases import ONTOLOGY, ledger_of, participation

FILE = "new/list.csv"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    opened = open_store(store_url, ONTOLOGY)
    yield opened
    opened.close()


def rows(*numbers: int, name: str = "甲") -> list[RecordDrafts]:
    return [row(n, node(f"u:{n}", name=name)) for n in numbers]


def in_threads(*works: object) -> list[object]:
    """What each work gave, or the conflict that it met; all of them at once."""
    start = threading.Barrier(len(works))

    def run(work: object) -> object:
        start.wait()
        try:
            return work()  # type: ignore[operator]
        except Conflict as problem:
            return problem

    with ThreadPoolExecutor(len(works)) as several:
        return list(several.map(run, works))


def recorded(ledger: Ledger, batch: Sequence[RecordDrafts], document: str = FILE) -> list[RecordOutcome]:
    """One load that says beforehand which file it reads, as loads of files do."""
    recording = ledger.begin("test", (document,))
    outcomes = recording.record(NEW, document, batch)
    recording.publish()
    return outcomes


def test_two_loads_at_once_are_both_whole(store: Store) -> None:
    ledger = ledger_of(store)
    files = {name: [participation(n, f"pic:{n % 5}", f"{name}:{n}", role="partner") for n in range(40)] for name in "ab"}
    found = in_threads(*(lambda name=name: recorded(ledger, files[name], f"new/{name}.csv") for name in files))
    assert found == [[RecordOutcome.NEW] * 40] * 2
    assert len(everything(store).relationships) == 80
    assert sorted(each.revision for each in ledger.loads()) == [1, 2]


def test_of_two_loads_of_one_file_the_second_waits_and_finds_nothing_new(store: Store) -> None:
    ledger = ledger_of(store)
    first, second = in_threads(*[lambda: recorded(ledger, rows(1, 2, 3))] * 2)
    assert sorted([first, second], key=str) == [[RecordOutcome.NEW] * 3, [RecordOutcome.UNCHANGED] * 3]
    assert len(list(store.claims(ClaimSelection(nodes=["u:1"])))) == 1


def test_of_two_editions_at_once_one_stands(store: Store) -> None:
    """Never both: the row would say two things of one node."""
    ledger = ledger_of(store)
    in_threads(lambda: recorded(ledger, rows(1, name="甲")), lambda: recorded(ledger, rows(1, name="乙")))
    last = ledger.loads()[-1].id
    (claim,) = store.claims(ClaimSelection(nodes=["u:1"]))
    assert claim.load == last
    assert everything(store).nodes[0].properties["name"] == claim.values["name"]


def test_two_undos_at_once_undo_once(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, OLD, rows(1))
    before = everything(store)
    load(ledger, NEW, rows(2))
    found = in_threads(*[lambda: ledger.undo("L2")] * 3)
    refused = [each for each in found if isinstance(each, Conflict)]
    assert len(refused) == 2
    assert all("already been undone" in each.detail for each in refused)
    assert everything(store) == before


def test_what_a_load_was_compared_with_may_not_go_meanwhile(store: Store) -> None:
    """Its rows were found unchanged because of the load that is being undone: they would be lost."""
    ledger = ledger_of(store)
    load(ledger, NEW, rows(1, 2))
    recording = ledger.begin("again", (FILE,))
    assert recording.record(NEW, FILE, rows(1, 2)) == [RecordOutcome.UNCHANGED] * 2
    ledger.undo("L1")
    with pytest.raises(Conflict, match=r"L1 .* undone while .*new/list\.csv.*load the files again"):
        recording.publish()
    recording.abandon()
    assert len(everything(store)) == 0
    assert recorded(ledger, rows(1, 2)) == [RecordOutcome.NEW] * 2


def test_a_load_that_did_not_say_what_it_reads_is_refused_when_another_came_first(store: Store) -> None:
    ledger = ledger_of(store)
    slow = ledger.begin("slow")
    slow.record(NEW, FILE, rows(1))
    recorded(ledger, rows(1))
    with pytest.raises(Conflict, match=r"L2 .* loaded while"):
        slow.publish()
    slow.abandon()
    assert len(list(store.claims(ClaimSelection(nodes=["u:1"])))) == 1


def test_an_undone_load_and_an_undo_are_not_undone_again(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, rows(1))
    undo = ledger.undo("L1").load
    with pytest.raises(Conflict, match=f"already been undone \\(by {undo}\\)"):
        ledger.undo("L1")
    with pytest.raises(Conflict, match="is itself an undo"):
        ledger.undo(undo)
    with pytest.raises(NotFound, match="L77"):
        ledger.undo("L77")
    assert [each.state for each in ledger.loads()] == [LoadState.UNDONE, LoadState.PUBLISHED]


def test_a_load_says_which_process_opened_it_and_a_dead_one_is_not_waited_for(store: Store) -> None:
    ledger = ledger_of(store)
    left = ledger.begin("left", (FILE,))
    assert {each.owner for each in ledger.loads()} == {this_process()}
    assert ledger.recover(silent_seconds=1e6) == []
    left.record(NEW, FILE, rows(1))
    store.hold_publication(left.load.id, 0)
    assert [each.id for each in ledger.recover(silent_seconds=0)] == [left.load.id]
    assert recorded(ledger, rows(1)) == [RecordOutcome.NEW]
    with pytest.raises(Conflict):  # it was taken for dead, and lives: nothing of it may be published
        left.publish()


def test_loads_are_compared_row_by_row_and_fact_by_fact(store: Store) -> None:
    ledger = ledger_of(store)
    recorded(ledger, rows(1, 2, 3))
    recording = ledger.begin("second edition", (FILE,))
    recording.record(NEW, FILE, [*rows(1), *rows(2, name="乙"), *rows(4)])
    recording.gone(close=(FILE,))
    recording.publish()
    found = ledger.compare("L1", "L2", limit=10)
    assert [each.row for each in found.rows.only_first] == [3]
    assert [each.row for each in found.rows.only_second] == [4]
    assert [each.row for each in found.rows.different] == [2]
    assert found.rows.same == 1
    assert (found.totals.nodes_new, found.totals.nodes_updated, found.totals.nodes_removed) == (1, 1, 1)
    assert [each.id for each in found.difference.new.nodes] == ["u:4"]
    assert [each.properties["name"] for each in (*found.difference.before.nodes, *found.difference.after.nodes)] == ["甲", "乙"]
    assert [each.id for each in found.difference.gone.nodes] == ["u:3"]


def test_what_says_nothing_cannot_be_compared(store: Store) -> None:
    ledger = ledger_of(store)
    load(ledger, NEW, rows(1))
    ledger.begin("left").abandon()
    undo = ledger.undo("L1").load
    assert ledger.compare("L1", "L1", 10).rows.same == 1
    with pytest.raises(Conflict, match="never published"):
        ledger.compare("L1", "L2", 10)
    with pytest.raises(Conflict, match="undid L1"):
        ledger.compare(undo, "L1", 10)
    with pytest.raises(NotFound, match="L77"):
        ledger.compare("L1", "L77", 10)


def test_loads_are_chosen_by_kind_and_state_and_the_last_ones_alone(store: Store) -> None:
    ledger = ledger_of(store)
    assert store.data_date() == "" and store.loads(newest=3) == []
    for number, source in enumerate((OLD, NEW, OLD), start=1):
        load(ledger, source, rows(number))
    ledger.undo("L3")
    ledger.begin("left open")
    assert [each.id for each in store.loads()] == ["L1", "L2", "L3", "L4", "L5"]
    assert [each.id for each in store.loads(newest=2)] == ["L4", "L5"]
    assert [each.id for each in ledger.loads(("ingest",), 3)] == ["L2", "L3", "L5"]
    assert [each.id for each in store.loads((LoadState.UNDONE, LoadState.STAGING))] == ["L3", "L5"]
    assert [each.id for each in store.loads((LoadState.PUBLISHED,), ("undo",))] == ["L4"]
    assert store.loads(kinds=("act",)) == []
    assert store.data_date() == NEW.date
    ledger.undo("L2")
    assert store.data_date() == OLD.date
