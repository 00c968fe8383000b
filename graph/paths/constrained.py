"""Tables of pairs under conditions on whole paths: patterns, what must be passed, a common day.

What a path must keep to as a whole is known only of the path, so each pair is asked for by itself. Only pairs are asked for that a search
over all relationships and nodes which any of these paths could use joins at all.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from graph.kernels.arrays import STOPPED, Int32s, Int64s, Job, Table, Wanted
from graph.paths.conditions import Rules
from graph.paths.pairing import Found, Pair, Sides
from graph.paths.plain_pairs import pairs_of, sources_a_block
from graph.paths.search import Shortest
from graph.paths.simple import simple_paths
from graph.paths.stopping import CODES
from graph.projection import Projection

WHOLE_GRAPH = 2**31 - 1
"""A degree that no node has: a node that must be passed may have any."""


def constrained_pairs(task: Job, projection: Projection, rules: Rules, sides: Sides, max_hops: int, limit: int) -> Found:
    """For each pair the least simple paths that meet all conditions; the first ``limit`` rows with their first path."""
    if _one_need_by_kind(rules) and (sides.held_targets is None or len(sides.held_targets) == 1):
        return _pairs_through(task, rules, sides, max_hops, limit)
    totals = np.zeros(max_hops + 1, np.int64)
    rows: list[Pair] = []
    for start, end in _joined(task, rules, sides, max_hops):
        found = simple_paths(task, projection, rules, (start, end), max_hops, limit=1, extent="least")
        if found.total is None or found.limit == "bytes":
            _note(task, found)
            return Found(totals, _first(rows, limit), whole=False)
        if found.paths:
            hops = len(found.paths[0]) - 1
            totals[hops] += 1
            rows.append(Pair(start, end, hops, found.total, found.paths[0]))
            if len(rows) > 4 * limit + 1_000:
                rows = _first(rows, limit)
    return Found(totals, _first(rows, limit), whole=task.budget[0] >= 0 and task.budget[1] == 0)


def _one_need_by_kind(rules: Rules) -> bool:
    """Whether all that is asked of a whole path is to pass a node of some kinds."""
    return len(rules.through_types) == 1 and not rules.through and rules.pattern is None and rules.together is None


def _note(task: Job, found: Shortest) -> None:
    """A search that had no room stops the table as one that ran out of time does."""
    if found.limit == "bytes":
        task.budget[1] = CODES["bytes"]


def _first(rows: list[Pair], limit: int) -> list[Pair]:
    return sorted(rows, key=lambda pair: (pair.hops, pair.start, pair.end))[:limit]


def _joined(task: Job, rules: Rules, sides: Sides, max_hops: int) -> Iterator[tuple[int, int]]:
    """Pairs that some path could join, by start: every node that any condition lets in may be passed."""
    kinds = rules.allowed.kinds.copy()
    for each in rules.pattern.named if rules.pattern else ():
        kinds |= each
    kinds[[int(sides.kinds[node]) for node in rules.through]] = True
    loose = task._replace(allowed=rules.allowed._replace(kinds=kinds, degree=WHOLE_GRAPH))
    longest = rules.pattern.most_hops if rules.pattern else None
    ends = np.array(rules.through, np.int32)
    block = sources_a_block(sides, max_hops)
    sources = sides.sources[~np.isin(sides.sources, ends)]
    if rules.pattern:
        sources = sources[rules.pattern.first[sides.kinds[sources]]]
    for first in range(0, len(sources), block):
        found = pairs_of(loose, sides, sources[first : first + block], min(max_hops, longest or max_hops))
        if not found.whole:
            return
        fits = ~np.isin(found.ends, ends)
        if rules.pattern:
            fits &= rules.pattern.last[sides.kinds[found.ends]]
        yield from zip(found.starts[fits].tolist(), found.ends[fits].tolist(), strict=True)


def _pairs_through(task: Job, rules: Rules, sides: Sides, max_hops: int, limit: int) -> Found:
    """By walking the simple paths from each source that pass a node of the kinds asked for."""
    from graph.kernels.through import Best, Needs, bounds, pairs_through

    nodes = len(sides.kinds)
    (passing,) = rules.through_types
    needs = Needs(passing, *(np.full(nodes, max_hops + 1, np.int32) for _ in range(2)))
    shape = (max_hops + 1, limit)
    table = Table(np.zeros(max_hops + 1, np.int64), np.empty(shape, np.int32), np.empty(shape, np.int32), np.empty(shape, np.int64))
    if bounds(task, needs, sides.targets, max_hops) == STOPPED:
        return Found(table.totals, [], whole=False)
    best = Best(np.zeros(nodes, np.int32), np.empty(nodes, np.int64), np.empty((nodes, max_hops + 1), np.int32))
    paths = np.empty((max_hops + 1, limit, max_hops + 1), np.int32)
    only = int(sides.held_targets[0]) if sides.held_targets is not None else -1
    wanted = Wanted(sides.target_kinds, only, sides.both)
    status = pairs_through(task, needs, best, wanted, sides.sources, table, paths)
    return Found(table.totals, _rows(table.totals, (table.sources, table.targets), table.ways, paths, limit), status != STOPPED)


def _rows(totals: Int64s, ends: tuple[Int32s, Int32s], ways: Int64s, paths: Int32s, limit: int) -> list[Pair]:
    rows: list[Pair] = []
    for hops in range(1, len(totals)):
        for row in range(min(int(totals[hops]), limit - len(rows))):
            path = tuple(paths[hops, row, : hops + 1].tolist())
            rows.append(Pair(int(ends[0][hops, row]), int(ends[1][hops, row]), hops, int(ways[hops, row]), path))
    return rows
