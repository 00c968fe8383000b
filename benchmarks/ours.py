"""Our own searches as the harness calls them: compiled conditions, a job, a kernel."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from benchmarks.graphs import Pair
from graph.kernels.arrays import Allowed
from graph.paths import AnswerContext, Bounds, PathQuery
from graph.paths.answer.paths import search_paths
from graph.paths.ask.conditions import compile_conditions
from graph.paths.ask.query import PathKind, Sources
from graph.paths.search.plain import one_shortest
from graph.paths.search.product import simple_paths
from graph.paths.search.workspace import job
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


def listing(projection: Projection, kind: PathKind, limit: int, max_hops: int) -> Callable[[Pair], Sequence[tuple[int, ...]]]:
    """Paths of a kind between two nodes by number, under no conditions, before they are told."""
    asked = PathQuery(start="", end="", kind=kind, limit=limit, max_hops=max_hops)
    rules = compile_conditions(projection, asked, context())

    def search(pair: Pair) -> Sequence[tuple[int, ...]]:
        return search_paths(job(projection, rules.allowed, WORK), projection, asked, rules, pair).paths

    return search


def typed(projection: Projection, pattern: str, max_hops: int, limit: int) -> Callable[[Pair], Sequence[tuple[int, ...]]]:
    """The first paths of a pattern. The pattern is read and compiled for each question: that is part of answering it."""
    asked = PathQuery(start="", end="", kind="simple", pattern=pattern, limit=limit, max_hops=max_hops)

    def search(pair: Pair) -> Sequence[tuple[int, ...]]:
        rules = compile_conditions(projection, asked, context())
        task = job(projection, rules.allowed, WORK)
        return simple_paths(task, projection, rules, pair, max_hops, limit=limit, extent="first").paths

    return search
