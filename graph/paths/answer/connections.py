"""Which nodes of one type connect to which of another, through whom: the table of pairs."""

from __future__ import annotations

import numpy as np

from graph.kernels.arrays import MOST_WAYS, Job
from graph.paths.answer.renderer import PathRenderer
from graph.paths.answer.values import Connection, ConnectionsAnswer
from graph.paths.ask.checks import check_connections_query
from graph.paths.ask.conditions import Rules, compile_conditions
from graph.paths.ask.query import AnswerContext, ConnectionsQuery
from graph.paths.search.deadline import answering, stopped_by, stopping, why_stop
from graph.paths.search.evidence import Evidence
from graph.paths.search.pairs import Found, Pair, Sides, sides_of
from graph.paths.search.pairs_constrained import constrained_pairs, prepare_tables
from graph.paths.search.pairs_plain import plain_pairs
from graph.paths.search.plain import shortest_paths
from graph.paths.search.workspace import job
from graph.projection import Projection

ENDLESS = 2**62


def find_connections(projection: Projection, query: ConnectionsQuery, context: AnswerContext) -> ConnectionsAnswer:
    """Answers a ``ConnectionsQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is
    not there or not for this reader."""
    check_connections_query(query, context)
    rules = compile_conditions(projection, query, context)
    if not rules.plain:
        prepare_tables(projection, rules)
    with answering(context):
        return _answer(projection, query, rules, context)


def _answer(projection: Projection, query: ConnectionsQuery, rules: Rules, context: AnswerContext) -> ConnectionsAnswer:
    sides = sides_of(projection, query, rules, context.clearance)
    task = job(projection, rules.allowed, context.bounds.work)._replace(adjacency=rules.adjacency)
    limit = 0 if query.count else query.limit
    with stopping(task.budget, context):
        found = _search(task, projection, query, rules, sides, limit)
    total = int(found.totals.sum())
    met = _limit_met(task, found, total, count=query.count, degree_asked=rules.degree_asked)
    paths = [pair.path or _first_path(task, pair) for pair in found.rows]
    told = PathRenderer(projection, rules.allowed, context, query.as_of, Evidence(projection, rules)).tell(paths)
    if len(told) < len(paths):
        met = met or why_stop(context) or "milliseconds"
    rows = tuple(Connection(pair.ways, path) for pair, path in zip(found.rows, told, strict=False))
    by_hops = {hops: int(number) for hops, number in enumerate(found.totals.tolist()) if number}
    known = (total, by_hops) if found.whole else (None, None)
    return ConnectionsAnswer(rows, known[0], total, known[1], met, query.as_of, context.data_date)


def _search(task: Job, projection: Projection, query: ConnectionsQuery, rules: Rules, sides: Sides, limit: int) -> Found:  # noqa: PLR0917
    """By a search from each source where single nodes and relationships say it all, else by simple paths."""
    if rules.plain:
        return plain_pairs(task, sides, query.max_hops, limit)
    return constrained_pairs(task, projection, rules, sides, query.max_hops, limit)


def _limit_met(task: Job, found: Found, total: int, *, count: bool, degree_asked: bool) -> str | None:
    """The weightiest limit that was met: first what makes the total inexact."""
    if not found.whole:
        return stopped_by(task.budget)
    if task.budget[2] and not degree_asked:
        return "degree"
    if any(pair.ways >= MOST_WAYS for pair in found.rows):
        return "count"
    return "rows" if not count and total > len(found.rows) else None


def _first_path(task: Job, pair: Pair) -> tuple[int, ...]:
    """The pair's first shortest path. It is there: the table has just found it, so no bound is set on looking it up."""
    unbounded = task._replace(budget=np.array((ENDLESS, 0, 0), np.int64))
    return shortest_paths(unbounded, (pair.start, pair.end), pair.hops, 1).paths[0]
