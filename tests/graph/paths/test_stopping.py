"""A search ends when its time is over or somebody stops it, whichever comes first, and says which."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from graph.clock import CODES, MOST_DONE, Clock, Deadline, Question, untimed
from graph.kernels.arrays import Int64s
from graph.paths.ask.query import AnswerContext, Bounds
from graph.paths.search import deadline
from graph.stop import Reason, Stop
from tests.graph.paths import graphs

HANG = 20.0
"""Seconds after which something that should have ended has not."""


def fresh() -> Int64s:
    return np.array((1_000_000, 0, 0), np.int64)


def context(milliseconds: int) -> AnswerContext:
    return graphs.context(bounds=Bounds(milliseconds=milliseconds))


def wait_for(budget: Int64s) -> str:
    """Waits like a kernel: by looking at the budget."""
    begun = time.monotonic()
    while budget[1] == 0 and time.monotonic() - begun < HANG:
        time.sleep(0.001)
    return deadline.stopped_by(budget) if budget[1] else "nothing"


def test_time_stops_a_search() -> None:
    budget = fresh()
    with deadline.stopping(budget, context(20)):
        assert wait_for(budget) == "milliseconds"


def test_a_search_that_ends_in_time_is_left_alone() -> None:
    early, late = fresh(), fresh()
    with deadline.stopping(early, context(20)):
        pass
    with deadline.stopping(late, context(40)):
        wait_for(late)
    assert early[1] == 0


def test_a_shorter_time_is_kept_while_a_longer_one_is_waited_for() -> None:
    long, short = fresh(), fresh()
    with deadline.stopping(long, context(600_000)), deadline.stopping(short, context(20)):
        assert wait_for(short) == "milliseconds"
        assert long[1] == 0


def test_another_thread_stops_a_search() -> None:
    budget, asked = fresh(), context(600_000)
    with deadline.stopping(budget, asked):
        threading.Timer(0.02, asked.stop.set).start()
        assert wait_for(budget) == "cancelled"
    assert deadline.why_stop(asked) == "cancelled"


def test_what_begins_after_the_stop_is_stopped_from_the_first() -> None:
    budget, asked = fresh(), context(600_000)
    asked.stop.set()
    with deadline.stopping(budget, asked):
        assert deadline.stopped_by(budget) == "cancelled"


def test_the_first_reason_holds() -> None:
    stop = Stop()
    stop.set("milliseconds")
    stop.set("cancelled")
    assert stop.reason == "milliseconds"


def test_one_stop_ends_every_search_under_it() -> None:
    asked = context(600_000)
    budgets = [fresh() for _ in range(4)]

    def search(budget: Int64s) -> str:
        with deadline.stopping(budget, asked):
            return wait_for(budget)

    with ThreadPoolExecutor(4) as pool:
        waiting = [pool.submit(search, budget) for budget in budgets]
        asked.stop.set()
        assert [each.result() for each in waiting] == ["cancelled"] * 4


def test_searches_within_one_question_share_its_time() -> None:
    asked = context(30)
    first, second = fresh(), fresh()
    with deadline.answering(asked):
        assert deadline.why_stop(asked) is None
        with deadline.stopping(first, asked):
            wait_for(first)
        with deadline.stopping(second, asked):
            assert deadline.stopped_by(second) == "milliseconds"
        assert deadline.why_stop(asked) == "milliseconds"
    assert deadline.why_stop(asked) is None


def test_a_question_within_another_one_has_its_own_time() -> None:
    outer, inner, budget = context(10), context(600_000), fresh()
    with deadline.answering(outer):
        time.sleep(0.02)
        with deadline.answering(inner), deadline.stopping(budget, inner):
            assert deadline.why_stop(inner) is None
            assert budget[1] == 0
        assert deadline.why_stop(outer) == "milliseconds"


@pytest.mark.parametrize("reason", ["milliseconds", "cancelled", "bytes"])
def test_every_reason_has_a_name(reason: Reason) -> None:
    budget = fresh()
    budget[1] = CODES[reason]
    assert deadline.stopped_by(budget) == reason


def test_who_spent_the_budget_was_stopped_by_work() -> None:
    budget = fresh()
    budget[0] = -1
    assert deadline.stopped_by(budget) == "work"


def test_the_clock_forgets_searches_that_are_over() -> None:
    clock = Clock()
    waits = Deadline(Question(int(HANG * 1000), Stop()), fresh())
    clock.add(waits)
    for _ in range(5 * MOST_DONE):
        over = Deadline(Question(int(HANG * 1000), Stop()), fresh())
        clock.add(over)
        clock.remove(over)
    assert len(clock) <= 2 * MOST_DONE
    clock.remove(waits)


def test_one_thread_for_all_searches() -> None:
    with deadline.stopping(fresh(), context(600_000)):
        before = threading.active_count()
        for _ in range(100):
            with deadline.stopping(fresh(), context(1)):
                pass
        assert threading.active_count() <= before


def test_what_is_untimed_takes_nothing_from_a_question() -> None:
    budget, asked = fresh(), context(60)
    with deadline.answering(asked), deadline.stopping(budget, asked):
        with untimed(), untimed():
            time.sleep(0.3)
        assert budget[1] == 0
        assert deadline.why_stop(asked) is None
        begun = time.monotonic()
        assert wait_for(budget) == "milliseconds"
        assert time.monotonic() - begun < HANG / 4


def test_what_another_thread_does_untimed_is_its_own_matter() -> None:
    budget, asked = fresh(), context(30)
    begun, over = threading.Event(), threading.Event()

    def hold() -> None:
        with deadline.answering(context(600_000)), untimed():
            begun.set()
            over.wait(HANG)

    other = threading.Thread(target=hold)
    with deadline.stopping(budget, asked):
        other.start()
        begun.wait(HANG)
        assert wait_for(budget) == "milliseconds"
    over.set()
    other.join()
