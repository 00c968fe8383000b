"""Our own searches as the harness calls them: compiled conditions, a job, a kernel."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from benchmarks.graphs import Pair
from graph.kernels.arrays import Allowed
from graph.paths import AnswerContext, Bounds, PathQuery
from graph.paths.conditions import compile_conditions
from graph.paths.query import Sources
from graph.paths.search import one_shortest
from graph.paths.workspace import job
from graph.projection import Projection

MAX_HOPS = 12
WORK = 2_000_000_000
DAY = "2019-04-15"
"""A day on which about a fifth of the relationships hold."""

ENDLESS = Bounds(degree=10**9, milliseconds=600_000, work=10**15)
"""Every answer whole: what is compared must not be cut."""


def no_evidence(ids: Sequence[str]) -> Sources:
    """No store stands behind a made graph."""
    return dict.fromkeys(ids, ())


def context(bounds: Bounds = ENDLESS) -> AnswerContext:
    return AnswerContext(datetime.date(2020, 9, 10), "2020-09-10", 3, no_evidence, bounds)


def allowed(projection: Projection, **conditions: object) -> Allowed:
    """The tables of a question with these ``Conditions``."""
    return compile_conditions(projection, PathQuery(start="", end="", **conditions), context()).allowed  # type: ignore[arg-type]


def one(projection: Projection, rules: Allowed) -> Callable[[Pair], tuple[int, ...]]:
    """One shortest path between two nodes by number."""
    return lambda pair: one_shortest(job(projection, rules, WORK), pair, MAX_HOPS)
