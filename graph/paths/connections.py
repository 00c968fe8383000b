"""Which nodes of one type connect to which of another, through whom: the table of pairs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.errors import QueryProblem
from graph.kernels.arrays import MOST_WAYS, STOPPED, Allowed, Flags, Int32s, Int64s, Job, Table, Wanted
from graph.paths.answer import Connection, ConnectionsAnswer
from graph.paths.checks import check_connections_query, visible_number
from graph.paths.conditions import Rules, compile_conditions, family, kinds_among
from graph.paths.query import AnswerContext, ConnectionsQuery, Direction
from graph.paths.search import shortest_paths
from graph.paths.stopping import answering, stopped_by, stopping, why_stop
from graph.paths.telling import Teller
from graph.paths.workspace import job, workspace
from graph.projection import Projection

ENDLESS = 2**62


@dataclass(frozen=True, slots=True)
class Sides:
    """The two ends of the table: node kinds of each, and the one node that an end is held to (or -1)."""

    from_kinds: Flags
    to_kinds: Flags
    from_only: int
    to_only: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A row before it is told. ``path`` is empty where it has yet to be looked up."""

    start: int
    end: int
    hops: int
    ways: int
    path: tuple[int, ...] = ()


def find_connections(projection: Projection, query: ConnectionsQuery, context: AnswerContext) -> ConnectionsAnswer:
    """Answers a ``ConnectionsQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is
    not there or not for this reader."""
    check_connections_query(query, context)
    with answering(context):
        return _answer(projection, query, context)


def _answer(projection: Projection, query: ConnectionsQuery, context: AnswerContext) -> ConnectionsAnswer:
    sides = _sides(projection, query, context.clearance)
    rules = compile_conditions(projection, query, context)
    _check_answerable(query, rules)
    allowed = rules.allowed
    task = job(projection, allowed, context.bounds.work)._replace(adjacency=rules.adjacency)
    limit = 0 if query.count else query.limit
    with stopping(task.budget, context):
        if query.through_types:
            passing = kinds_among(
                projection, family(projection.ontology, [each for entry in query.through_types for each in entry.split("|")])
            )
            totals, pairs, whole = _pairs_through(task, sides, passing, query, limit)
        else:
            totals, pairs, whole = _pairs(task, sides, query, limit)
    total = int(totals.sum())
    met = _limit_met(task, whole, total, pairs, query.count)
    paths = [pair.path or _first_path(projection, task.allowed, pair) for pair in pairs]
    told = Teller(projection, allowed, context).tell(paths)
    if len(told) < len(paths):
        met = met or why_stop(context) or "milliseconds"
    rows = tuple(Connection(pair.ways, path) for pair, path in zip(pairs, told, strict=False))
    by_hops = {hops: int(number) for hops, number in enumerate(totals.tolist()) if number}
    return ConnectionsAnswer(rows, total, by_hops, met, query.as_of, context.data_date)


def _check_answerable(query: ConnectionsQuery, rules: Rules) -> None:
    """Raises ``QueryProblem`` for what a path can be asked and a table cannot: never an answer that leaves a condition out."""
    asked = {
        "through": bool(rules.through),
        "together": rules.together is not None,
        "pattern": rules.pattern is not None,
        "through_types": len(query.through_types) > 1,
        "from_nodes": len(query.from_nodes) > 1,
        "to_nodes": len(query.to_nodes) > 1,
    }
    for name in (name for name, met in asked.items() if met):
        several = name in ("through_types", "from_nodes", "to_nodes")
        raise QueryProblem(
            f"A table of connections takes one value of {name} at most." if several else f"A table of connections does not take {name}.",
            hint="Ask pair by pair with paths, or leave it out.",
            where={"parameter": name},
        )


def _sides(projection: Projection, query: ConnectionsQuery, clearance: int) -> Sides:
    ends = []
    for type_, nodes, name in ((query.from_type, query.from_nodes, "from"), (query.to_type, query.to_nodes, "to")):
        kinds = kinds_among(projection, family(projection.ontology, (type_,)))
        node = nodes[0] if nodes else ""
        only = visible_number(projection, node, name, clearance) if node else -1
        if only >= 0 and not kinds[projection.adjacency.kinds[only]]:
            raise QueryProblem(
                f"'{node}' is of type {projection.kind(only).type}, not {projection.ontology.node_type(type_).name}.",
                hint="Name a node of that type, or ask for the node's own type.",
                where={"parameter": name},
            )
        ends.append((kinds, only))
    return Sides(ends[0][0], ends[1][0], ends[0][1], ends[1][1])


def _pairs(task: Job, sides: Sides, query: ConnectionsQuery, limit: int) -> tuple[Int64s, list[Pair], bool]:
    """By a search from each source. When only the far end is one node, it is the source and relationships are walked backwards."""
    from graph.kernels.pairs import pairs

    backwards = sides.to_only >= 0 and sides.from_only < 0
    near, far = (sides.to_kinds, sides.from_kinds) if backwards else (sides.from_kinds, sides.to_kinds)
    only = sides.to_only if backwards else sides.from_only
    sources = _numbers(task, near, only)
    wanted = Wanted(far, -1 if backwards else sides.to_only, _both(sides, query.direction))
    table = _table(query.max_hops, limit)
    base = workspace().stamps(max(1, len(sources)) * (query.max_hops + 1))
    status = pairs(task, base, sources, 1 if backwards else 0, wanted, table)
    rows = _rows(table, limit)
    if backwards:
        rows = [Pair(row.end, row.start, row.hops, row.ways) for row in rows]
    return table.totals, rows, status != STOPPED


def _pairs_through(task: Job, sides: Sides, passing: Flags, query: ConnectionsQuery, limit: int) -> tuple[Int64s, list[Pair], bool]:
    """By walking simple paths that pass a node of the kinds ``passing``."""
    from graph.kernels.through import Best, Needs, bounds, pairs_through

    max_hops = query.max_hops
    nodes = len(task.adjacency.kinds)
    needs = Needs(passing, *(np.full(nodes, max_hops + 1, np.int32) for _ in range(2)))
    table = _table(max_hops, limit)
    if bounds(task, needs, _numbers(task, sides.to_kinds, sides.to_only), max_hops) == STOPPED:
        return table.totals, [], False
    best = Best(np.zeros(nodes, np.int32), np.empty(nodes, np.int64), np.empty((nodes, max_hops + 1), np.int32))
    sources = _numbers(task, sides.from_kinds, sides.from_only)
    paths = np.empty((max_hops + 1, limit, max_hops + 1), np.int32)
    status = pairs_through(task, needs, best, Wanted(sides.to_kinds, sides.to_only, _both(sides, query.direction)), sources, table, paths)
    return table.totals, _rows(table, limit, paths), status != STOPPED


def _limit_met(task: Job, whole: bool, total: int, pairs: list[Pair], count: bool) -> str | None:
    """The weightiest limit that was met: first what makes the total inexact."""
    if not whole:
        return stopped_by(task.budget)
    if task.budget[2]:
        return "degree"
    if any(pair.ways >= MOST_WAYS for pair in pairs):
        return "count"
    return "rows" if not count and total > len(pairs) else None


def _both(sides: Sides, direction: Direction) -> Flags:
    """Kinds whose nodes could stand at either end. None of them counts as such when an end is held to one node or relationships
    are walked one way only: then (a, b) and (b, a) are different questions."""
    if sides.from_only >= 0 or sides.to_only >= 0 or direction != "any":
        return np.zeros_like(sides.from_kinds)
    return sides.from_kinds & sides.to_kinds


def _numbers(task: Job, kinds: Flags, only: int) -> Int32s:
    """The nodes of these kinds, ascending, or the one."""
    return np.array([only], np.int32) if only >= 0 else np.flatnonzero(kinds[task.adjacency.kinds]).astype(np.int32)


def _table(max_hops: int, limit: int) -> Table:
    shape = (max_hops + 1, limit)
    return Table(np.zeros(max_hops + 1, np.int64), np.empty(shape, np.int32), np.empty(shape, np.int32), np.empty(shape, np.int64))


def _rows(table: Table, limit: int, paths: Int32s | None = None) -> list[Pair]:
    """The first ``limit`` rows by hops, source and target."""
    rows: list[Pair] = []
    for hops in range(1, len(table.totals)):
        for row in range(min(int(table.totals[hops]), limit - len(rows))):
            path = () if paths is None else tuple(paths[hops, row, : hops + 1].tolist())
            start, end = int(table.sources[hops, row]), int(table.targets[hops, row])
            rows.append(Pair(start, end, hops, int(table.ways[hops, row]), path))
    return rows


def _first_path(projection: Projection, allowed: Allowed, pair: Pair) -> tuple[int, ...]:
    """The pair's first shortest path. It is there: the table has just found it, so no bound is set on looking it up."""
    return shortest_paths(job(projection, allowed, ENDLESS), (pair.start, pair.end), pair.hops, 1).paths[0]
