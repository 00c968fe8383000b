"""How long a question may be worked at, and who looks at the clock.

Only work for the question counts. While a thread loads a library or waits for the compiler, ``untimed`` holds the time of the questions
that it is answering: the first question on a machine has as long as any later one.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.stop import Reason, Stop

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

CODES: dict[Reason, int] = {"milliseconds": 1, "cancelled": 2, "bytes": 3}
"""What is written into the second place of a search's budget to end it."""

MOST_DONE = 1_000
"""Deadlines of searches that are over are cleared away when there are so many of them, and more than live ones."""

LEAST_WAIT = 0.02
"""Seconds until the clock looks again at a search whose question is held."""


class Question:
    """The time of one question: it runs from the beginning, and stands still while the question is held."""

    __slots__ = ("_ends", "_held_since", "stop")

    def __init__(self, milliseconds: int, stop: Stop) -> None:
        self.stop = stop
        self._ends = time.monotonic() + milliseconds / 1000
        self._held_since: float | None = None

    def seconds_left(self) -> float:
        """What is left of its time; 0 when it is over."""
        held_since = self._held_since
        return max(0.0, self._ends - (time.monotonic() if held_since is None else held_since))

    def hold(self) -> bool:
        """Lets its time stand still; false if it does already."""
        if self._held_since is not None:
            return False
        self._held_since = time.monotonic()
        return True

    def resume(self) -> None:
        """Lets its time run again."""
        if self._held_since is not None:
            self._ends += time.monotonic() - self._held_since
            self._held_since = None


class Deadline:
    """When one search has to end: with its question's time. Ordered by when the clock looks at it next."""

    __slots__ = ("at", "budget", "question")

    def __init__(self, question: Question, budget: npt.NDArray[np.int64]) -> None:
        self.question = question
        self.at = time.monotonic() + question.seconds_left()
        self.budget: npt.NDArray[np.int64] | None = budget

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
                self._deadlines = [deadline for deadline in self._deadlines if deadline.budget is not None]
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
            elif left := due.question.seconds_left():  # it was held meanwhile
                due.at = now + max(left, LEAST_WAIT)
                heapq.heappush(self._deadlines, due)
            else:
                due.stop("milliseconds")
                due.budget = None


clock = Clock()
"""The clock of this process."""


class _Questions(threading.local):
    """The questions that this thread is answering, the innermost last."""

    def __init__(self) -> None:
        self.open: list[Question] = []


_questions = _Questions()


@contextmanager
def within(milliseconds: int, stop: Stop) -> Iterator[Question]:
    """Opens a question: from here on its time runs. A question within a question of the same ``stop``, in the same thread, has only what is
    left of the outer one's time."""
    opened = _questions.open
    if opened and opened[-1].stop is stop:
        yield opened[-1]
        return
    opened.append(Question(milliseconds, stop))
    try:
        yield opened[-1]
    finally:
        opened.pop()


def current_question() -> Question | None:
    """The innermost question that this thread is answering."""
    opened = _questions.open
    return opened[-1] if opened else None


def hold_questions() -> list[Question]:
    """Lets the time of all questions of this thread stand still; returns those of which it ran, for ``Question.resume``."""
    return [question for question in _questions.open if question.hold()]


@contextmanager
def untimed() -> Iterator[None]:
    """What this thread does inside counts for no question: loading a library, compiling."""
    held = hold_questions()
    try:
        yield
    finally:
        for question in held:
            question.resume()
