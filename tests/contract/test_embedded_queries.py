"""No query of an analyst's can hold a core, or take memory, beyond its limits, or end the process that holds the store."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.errors import QueryProblem, StoreProblem
from graph.factory import open_store
from graph.stop import Stop
from graph.store import QueryLimits, Store
from graph.stores.embedded import queries
from tests.contract.world import ONTOLOGY, node, publish

ENDLESS = "RETURN size([x IN range(1,100000) | [y IN range(1,100000) | x * y % 7]]) AS n"
DOUBLING = "WITH 'abcdefgh' AS s " + " ".join("WITH s + s AS s" for _ in range(40)) + " RETURN size(s) AS n"
HANG = 10.0
"""Seconds after which a query of a limit of a second or less has not been stopped."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = open_store(f"kglite://{(tmp_path / 'store').as_posix()}", ONTOLOGY)
    publish(store, node("a"), node("b"))
    yield store
    store.close()


def count(store: Store) -> object:
    return store.cypher("MATCH (n:Entity) RETURN count(n) AS n", {}, QueryLimits()).rows[0][0]


def processes_of(store: Store) -> queries.Queries:
    found = store._runner._queries  # type: ignore[attr-defined] # there is no other way to look at them
    assert isinstance(found, queries.Queries)
    return found


def test_one_endless_expression_ends_with_its_time(store: Store) -> None:
    begun = time.monotonic()
    table = store.cypher(ENDLESS, {}, QueryLimits(milliseconds=500))
    assert time.monotonic() - begun < HANG
    assert (table.rows, table.truncated) == ((), "milliseconds")
    assert count(store) == 2


def test_a_text_doubled_forty_times_ends_with_its_memory(store: Store) -> None:
    table = store.cypher(DOUBLING, {}, QueryLimits(bytes=200_000_000))
    assert (table.rows, table.truncated) == ((), "bytes")
    assert count(store) == 2


def test_an_answer_larger_than_its_memory_is_cut(store: Store) -> None:
    text = "UNWIND range(1, 20000) AS i RETURN i, 'a text of some length that is said again' AS t"
    table = store.cypher(text, {}, QueryLimits(bytes=100_000_000))
    assert (len(table.rows), table.truncated) == (20_000, "")


def test_whoever_goes_takes_the_query_along(store: Store) -> None:
    stop = Stop()
    threading.Timer(0.5, stop.set).start()
    begun = time.monotonic()
    table = store.cypher(ENDLESS, {}, QueryLimits(milliseconds=60_000, stop=stop))
    assert time.monotonic() - begun < HANG
    assert table.truncated == "cancelled"
    assert count(store) == 2


def test_a_stop_that_was_set_before_stops_at_once(store: Store) -> None:
    stop = Stop()
    stop.set()
    assert store.cypher(ENDLESS, {}, QueryLimits(stop=stop)).truncated == "cancelled"


def test_a_query_sees_every_commit_before_it(store: Store) -> None:
    for number in range(3):
        publish(store, node(f"c{number}"))
        assert count(store) == 3 + number


def test_a_process_is_kept_for_the_next_query(store: Store) -> None:
    count(store)
    first = processes_of(store)._idle
    count(store)
    assert processes_of(store)._idle is first


def test_a_wrong_query_does_not_cost_the_process(store: Store) -> None:
    count(store)
    first = processes_of(store)._idle
    with pytest.raises(QueryProblem):
        store.cypher("RETURN nothing(1)", {}, QueryLimits())
    assert processes_of(store)._idle is first
    assert count(store) == 2


def test_a_process_that_was_killed_is_replaced(store: Store) -> None:
    count(store)
    idle = processes_of(store)._idle
    assert idle is not None
    os.kill(idle._process.pid, signal.SIGTERM)
    idle._process.wait()
    assert count(store) == 2


def test_a_process_that_left_just_then_is_replaced(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    count(store)
    idle = processes_of(store)._idle
    assert idle is not None and idle._process.stdin is not None
    idle._process.stdin.close()  # it leaves, as one does that is asked nothing for long
    idle._process.wait()
    monkeypatch.setattr(idle._process, "stdin", SimpleNamespace(write=lambda _: None, flush=lambda: None, close=lambda: None))
    looks = iter([None])
    monkeypatch.setattr(idle._process, "poll", lambda: next(looks, 0))
    assert count(store) == 2


def test_a_process_that_fails_is_told_of(store: Store) -> None:
    count(store)
    idle = processes_of(store)._idle
    assert idle is not None
    threading.Timer(0.3, idle._process.send_signal, (signal.SIGTERM,)).start()
    with pytest.raises(StoreProblem, match="ended unexpectedly"):
        store.cypher(ENDLESS, {}, QueryLimits(milliseconds=60_000))
    assert count(store) == 2


def test_several_at_once(store: Store) -> None:
    found: list[object] = []
    threads = [threading.Thread(target=lambda: found.append(count(store))) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(HANG)
    assert found == [2] * 4


def test_closing_ends_what_runs_and_leaves_no_copy(tmp_path: Path) -> None:
    store = open_store(f"kglite://{(tmp_path / 'store').as_posix()}", ONTOLOGY)
    publish(store, node("a"))
    found: list[str] = []

    def ask() -> None:
        found.append(store.cypher(ENDLESS, {}, QueryLimits(milliseconds=60_000)).truncated)

    asking = threading.Thread(target=ask)
    asking.start()
    while not processes_of(store)._running:
        time.sleep(0.01)
    store.close()
    asking.join(HANG)
    assert found == ["cancelled"]
    assert not (tmp_path / "store" / "queries").exists()
