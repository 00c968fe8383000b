"""Ends a search that takes too long, or whose asker has gone.

Every kernel looks at its budget's second place while it works, without Python's lock; whoever writes there stops it. Two may write:
the clock, which is one thread for the whole process whatever is asked, and a ``graph.stop.Stop`` in any other thread's hands.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from graph.stop import Reason, Stop

if TYPE_CHECKING:
    from graph.kernels.arrays import Int64s
    from graph.paths.query import AnswerContext

CODES: dict[Reason, int] = {"milliseconds": 1, "cancelled": 2, "bytes": 3}
"""What is written into the budget's second place."""

_NAMES: dict[int, Reason] = {code: reason for reason, code in CODES.items()}

MOST_DONE = 1_000
"""Deadlines of searches that are over are cleared away when there are so many of them, and more than live ones."""


class Deadline:
    """When one search has to end. Ordered by time."""

    __slots__ = ("at", "budget")

    def __init__(self, at: float, budget: Int64s) -> None:
        self.at = at
        self.budget: Int64s | None = budget

    def stop(self, reason: Reason) -> None:
        """Asks the search to end, whatever the time."""
        budget = self.budget
        if budget is not None:
            budget[1] = CODES[reason]

    def __lt__(self, other: Deadline) -> bool:
        return self.at < other.at


class Clock:
    """One thread and a heap of deadlines. A search that ends in time leaves its deadline where it is, marked as done: taking it out, or
    waking the thread for every search, would cost more than the search."""

    def __init__(self) -> None:
        self._changed = threading.Condition(threading.Lock())
        self._deadlines: list[Deadline] = []
        self._done = 0
        self._wakes_at = 0.0
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        """Deadlines that it holds, done ones included."""
        return len(self._deadlines)

    def add(self, deadline: Deadline) -> None:
        """Stops the search at its deadline, unless ``remove`` comes first."""
        with self._changed:
            heapq.heappush(self._deadlines, deadline)
            if self._thread is None or not self._thread.is_alive():  # a forked process has the heap, but not the thread
                self._thread = threading.Thread(target=self._run, name="lianyin-clock", daemon=True)
                self._wakes_at = deadline.at
                self._thread.start()
            elif deadline.at < self._wakes_at:
                self._wakes_at = deadline.at
                self._changed.notify()

    def remove(self, deadline: Deadline) -> None:
        """The search ended by itself."""
        with self._changed:
            if deadline.budget is None:  # it was due, and is out of the heap
                return
            deadline.budget = None
            self._done += 1
            if self._done > MOST_DONE and 2 * self._done > len(self._deadlines):
                self._deadlines = [each for each in self._deadlines if each.budget is not None]
                heapq.heapify(self._deadlines)
                self._done = 0

    def _run(self) -> None:
        with self._changed:
            while True:
                self._stop_due(time.monotonic())
                self._wakes_at = self._deadlines[0].at if self._deadlines else float("inf")
                self._changed.wait(max(0.0, self._wakes_at - time.monotonic()) if self._deadlines else None)

    def _stop_due(self, now: float) -> None:
        while self._deadlines and self._deadlines[0].at <= now:
            due = heapq.heappop(self._deadlines)
            if due.budget is None:
                self._done -= 1
            else:
                due.stop("milliseconds")
                due.budget = None


_clock = Clock()


class _Questions(threading.local):
    """The questions that this thread is answering, the innermost last: who may stop each, and when its time is over."""

    def __init__(self) -> None:
        self.open: list[tuple[Stop, float]] = []


_questions = _Questions()


@contextmanager
def within(milliseconds: int, stop: Stop) -> Iterator[float]:
    """Opens a question: from here on its time runs. Yields the end of it (``time.monotonic``). A question within a question of the same
    ``stop``, in the same thread, has only what is left of the outer one's time."""
    opened = _questions.open
    if opened and opened[-1][0] is stop:
        yield opened[-1][1]
        return
    end = time.monotonic() + milliseconds / 1000
    opened.append((stop, end))
    try:
        yield end
    finally:
        opened.pop()


@contextmanager
def stopping_search(budget: Int64s, milliseconds: int, stop: Stop) -> Iterator[None]:
    """Stops the search with this budget when the question's time is over or ``stop`` is set. Costs a few microseconds."""
    with within(milliseconds, stop) as end:
        deadline = Deadline(end, budget)
        if end <= time.monotonic():
            budget[1] = CODES["milliseconds"]
        added = stop.add(deadline.stop)
        _clock.add(deadline)
        try:
            yield
        finally:
            _clock.remove(deadline)
            stop.remove(added)


def answering(context: AnswerContext) -> AbstractContextManager[float]:
    """Opens a question for all that is done to answer it, the telling included; see ``within``."""
    return within(context.bounds.milliseconds, context.stop)


def stopping(budget: Int64s, context: AnswerContext) -> AbstractContextManager[None]:
    """Around every call of a kernel: ``with stopping(task.budget, context): …``."""
    return stopping_search(budget, context.bounds.milliseconds, context.stop)


def why_stop(context: AnswerContext) -> Reason | None:
    """For work in Python, between two pieces of it: why to go no further, or ``None``. Knows of the time only within ``answering`` or
    ``stopping``."""
    reason = context.stop.reason
    if reason is not None:
        return reason
    opened = _questions.open
    over = bool(opened) and opened[-1][0] is context.stop and opened[-1][1] <= time.monotonic()
    return "milliseconds" if over else None


def seconds_left() -> float:
    """Until the time of the question that this thread is answering is over; without end where it answers none."""
    opened = _questions.open
    return max(0.0, opened[-1][1] - time.monotonic()) if opened else float("inf")


def stopped_by(budget: Int64s) -> str:
    """The name of the limit that a stopped search met."""
    return _NAMES.get(int(budget[1]), "work")
