"""Ends a search that takes too long, or whose asker has gone.

Every kernel looks at its budget's second place while it works, without Python's lock; whoever writes there stops it. Two may write:
the clock (``graph.clock``), which is one thread for the whole process whatever is asked, and a ``graph.stop.Stop`` in any other thread's
hands.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from graph.clock import CODES, Deadline, Question, clock, current_question, within
from graph.stop import Reason, Stop

if TYPE_CHECKING:
    from graph.kernels.arrays import Int64s
    from graph.paths.ask.query import AnswerContext

_NAMES: dict[int, Reason] = {code: reason for reason, code in CODES.items()}


@contextmanager
def stopping_search(budget: Int64s, milliseconds: int, stop: Stop) -> Iterator[None]:
    """Stops the search with this budget when the question's time is over or ``stop`` is set. Costs a few microseconds."""
    with within(milliseconds, stop) as question:
        deadline = Deadline(question, budget)
        if not question.seconds_left():
            budget[1] = CODES["milliseconds"]
        added = stop.add(deadline.stop)
        clock.add(deadline)
        try:
            yield
        finally:
            clock.remove(deadline)
            stop.remove(added)


def answering(context: AnswerContext) -> AbstractContextManager[Question]:
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
    question = current_question()
    over = question is not None and question.stop is context.stop and not question.seconds_left()
    return "milliseconds" if over else None


def seconds_left() -> float:
    """Until the time of the question that this thread is answering is over; without end where it answers none."""
    question = current_question()
    return question.seconds_left() if question is not None else float("inf")


def stopped_by(budget: Int64s) -> str:
    """The name of the limit that a stopped search met."""
    return _NAMES.get(int(budget[1]), "work")
