"""Pairs whose paths must pass a node of some type, by simple paths.

The fewest hops of a *walk* that passes such a node can be found level by level, but that walk may come back over its own steps
(university, project, its leader, the same project, enterprise), which is no path. So simple paths are walked one by one,
and a table of lower bounds (hops still needed, before and after such a node was passed) cuts off all that cannot arrive.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.kernels.arrays import DONE, MOST_WAYS, STOPPED, Flags, Int32s, Int64s, Job, Table, Wanted
from graph.kernels.compiled import compiled


class Needs(NamedTuple):
    """``passing`` tells by kind what must be passed. ``after[v]`` is a lower bound of the hops from ``v`` to a target, ``before[v]`` of
    those that pass a node of ``passing`` after ``v``; both are beyond the hop limit where no such way exists."""

    passing: Flags
    after: Int32s
    before: Int32s


class Best(NamedTuple):
    """The best of each target, from one source: ``hops`` (0 = none yet), how many such paths, and the first of them."""

    hops: Int32s
    ways: Int64s
    paths: Int32s


class Trace(NamedTuple):
    """Work space: which nodes stand ``on_path`` now, and which targets a source has ``touched``."""

    on_path: Flags
    touched: Int32s


@compiled
def bounds(job: Job, needs: Needs, targets: Int32s, max_hops: int) -> int:
    """Fills ``needs.after`` and ``needs.before`` (given as ``max_hops + 1`` everywhere), walking backwards from all targets at once."""
    starts, neighbors, codes, kinds = job.adjacency
    allowed, budget = job.allowed, job.budget
    after, before = needs.after, needs.before
    for position in range(targets.shape[0]):
        after[targets[position]] = 0
    for hops in range(1, max_hops + 1):
        for node in range(after.shape[0]):
            passable = allowed.kinds[kinds[node]]
            arrives = after[node] == hops - 1 and (passable or hops == 1)
            passes = passable and (before[node] == hops - 1 or (after[node] == hops - 1 and needs.passing[kinds[node]]))
            if not (arrives or passes):
                continue
            budget[0] -= starts[node + 1] - starts[node]
            if budget[0] < 0 or budget[1] != 0:
                return STOPPED
            for entry in range(starts[node], starts[node + 1]):
                if not (allowed.every_code or allowed.codes[codes[entry] ^ 1]):
                    continue
                neighbor = neighbors[entry]
                if arrives and after[neighbor] > hops:
                    after[neighbor] = hops
                if passes and before[neighbor] > hops:
                    before[neighbor] = hops
    return DONE


@compiled
def is_target(wanted: Wanted, kind: int, own: int, before: bool) -> bool:
    """As in ``graph.kernels.pairs``: a pair that could change places is listed once, the lesser number first."""
    if not wanted.targets[kind]:
        return False
    return not (before and wanted.both[kind] and wanted.both[own])


@compiled
def next_step(job: Job, node: int, entry: int, last: int, on_path: Flags) -> tuple[int, int]:
    """The next neighbour that a path may go to, and the entry after it; -1 when there is none left."""
    starts, neighbors, codes, _ = job.adjacency
    first, chosen = entry, -1
    while entry < starts[node + 1] and chosen < 0:
        neighbor = neighbors[entry]
        if neighbor != last and not on_path[neighbor] and (job.allowed.every_code or job.allowed.codes[codes[entry]]):
            chosen = neighbor
        entry += 1
    job.budget[0] -= entry - first + 1
    return chosen, entry


@compiled
def record(best: Best, touched: Int32s, tail: int, hops: int, path: Int32s) -> int:
    """Notes that a path of ``hops`` reached its last node; returns the new end of ``touched``."""
    node = path[hops]
    if best.hops[node] == 0:
        touched[tail] = node
        tail += 1
    if best.hops[node] == 0 or hops < best.hops[node]:
        best.hops[node], best.ways[node] = hops, 1
        best.paths[node, : hops + 1] = path[: hops + 1]
    elif hops == best.hops[node]:
        best.ways[node] = min(best.ways[node] + 1, MOST_WAYS)
    return tail


@compiled
def may_go_on(job: Job, needs: Needs, node: int, through: bool, room: int) -> bool:
    """Whether a path may pass this node and can still arrive within ``room`` hops from it."""
    starts, kind = job.adjacency.starts, job.adjacency.kinds[node]
    if not job.allowed.kinds[kind]:
        return False
    if (max(needs.after[node], 1) if through else needs.before[node]) > room:
        return False
    if starts[node + 1] - starts[node] > job.allowed.degree:
        job.budget[2] = 1
        return False
    return True


@compiled
def walk(job: Job, needs: Needs, best: Best, wanted: Wanted, source: int, trace: Trace) -> tuple[int, int]:
    """Walks all simple paths from one source that can still arrive, neighbours in ascending order. Returns status and how many
    targets were ``touched``."""
    starts, kinds, on_path = job.adjacency.starts, job.adjacency.kinds, trace.on_path
    length = best.paths.shape[1]
    path = np.empty(length, np.int32)
    lasts = np.empty(length, np.int32)
    cursors = np.empty(length, np.int64)
    passed = np.zeros(length, np.bool_)
    path[0], cursors[0], lasts[0] = source, starts[source], -1
    on_path[source] = True
    depth, tail = 0, 0
    while depth >= 0:
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED, tail
        chosen, cursors[depth] = next_step(job, path[depth], cursors[depth], lasts[depth], on_path)
        if chosen < 0:
            on_path[path[depth]] = False
            depth -= 1
            continue
        lasts[depth], path[depth + 1] = chosen, chosen
        kind = kinds[chosen]
        if passed[depth]:
            if chosen == wanted.only if wanted.only >= 0 else is_target(wanted, kind, kinds[source], chosen < source):
                tail = record(best, trace.touched, tail, depth + 1, path)
        through = passed[depth] or needs.passing[kind]
        if may_go_on(job, needs, chosen, through, length - 2 - depth):
            depth += 1
            cursors[depth], lasts[depth], passed[depth] = starts[chosen], -1, through
            on_path[chosen] = True
    return DONE, tail


@compiled
def pairs_through(job: Job, needs: Needs, best: Best, wanted: Wanted, sources: Int32s, table: Table, paths: Int32s) -> int:  # noqa: PLR0917
    """Like ``graph.kernels.pairs.pairs``, by simple paths through ``needs``. ``paths`` (hops × limit × ``max_hops + 1``) gets each kept
    row's first path. ``best`` is given empty. Returns ``DONE`` or ``STOPPED``."""
    nodes, length = best.paths.shape
    limit = table.sources.shape[1]
    trace = Trace(np.zeros(nodes, np.bool_), np.empty(nodes, np.int32))
    for position in range(sources.shape[0]):
        source = sources[position]
        if needs.before[source] >= length:
            continue
        status, tail = walk(job, needs, best, wanted, source, trace)
        for node in np.sort(trace.touched[:tail]):
            hops = best.hops[node]
            row = table.totals[hops]
            if row < limit:
                table.sources[hops, row], table.targets[hops, row] = source, node
                table.ways[hops, row] = best.ways[node]
                paths[hops, row] = best.paths[node]
            table.totals[hops] += 1
            best.hops[node] = 0
        if status == STOPPED:
            return STOPPED
    return DONE
