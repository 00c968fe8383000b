"""Paths between two nodes that share no node but their ends: what remains when people or places on the way fall out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.kernels.arrays import MET, STOPPED, Job
from graph.paths.search.deadline import stopped_by


@dataclass(frozen=True, slots=True)
class Disjoint:
    """Paths by hops, then the numbers of their nodes. ``total`` is the greatest number there is, ``None`` where that is not known.
    ``limit`` as in ``PathAnswer``; ``rows``: there are more than were asked for; ``hops``: see ``disjoint_paths``."""

    paths: tuple[tuple[int, ...], ...]
    total: int | None
    limit: str | None


def disjoint_paths(task: Job, ends: tuple[int, int], max_hops: int, limit: int, *, degree_asked: bool = False) -> Disjoint:
    """As many as there are, up to ``limit``, between two different nodes: of all sets of so many, one of the fewest hops in all.

    To find the greatest number of such paths of at most ``max_hops`` each is NP-hard from 5 hops on (A. Itai, Y. Perl, Y. Shiloach,
    Networks 12, 1982). What is promised: every path has at most ``max_hops``; the number is the greatest ``n`` for which the paths of
    the least sum of hops are all that short; and ``limit`` is ``hops`` unless it is proven that there are no more. That is so when there
    are no more of any length, or when even the least sum for one more exceeds ``max_hops`` each."""
    from graph.paths.search.disjoint_kernel import NONE, Flow, aim, augment

    nodes = len(task.adjacency.kinds)
    flow = Flow(
        np.full(nodes, NONE, np.int32),
        np.full(nodes, NONE, np.int32),
        np.empty(2 * nodes, np.int32),
        np.empty(2 * nodes, np.int32),
        np.empty(2 * nodes, np.int32),
    )
    best: list[tuple[int, ...]] = []
    status, count, unsure = aim(task, ends, flow), 0, False
    most = min(_ways(task, ends[0], 0), _ways(task, ends[1], 1))
    while status == MET and count <= min(limit, most - 1):
        status = augment(task, ends, flow)
        if status != MET:
            break
        count += 1
        found = _traced(flow.before, flow.after, ends)
        if sum(map(len, found)) - len(found) > count * max_hops:
            unsure = unsure or count == 1
            break
        fits = all(len(path) - 1 <= max_hops for path in found)
        unsure = not fits
        if fits and count <= limit:
            best = found
        elif fits:
            return Disjoint(tuple(best), None, "rows")
    if status == STOPPED:
        return Disjoint(tuple(best), None, stopped_by(task.budget))
    if task.budget[2] and not degree_asked:
        return Disjoint(tuple(best), None if unsure else len(best), "degree")
    return Disjoint(tuple(best), None if unsure else len(best), "hops" if unsure else None)


def _ways(task: Job, node: int, flip: int) -> int:
    """Neighbours that a path may have next to this end: there are no more disjoint paths. ``flip`` is 1 for the end they arrive at."""
    starts, neighbors, codes, _ = task.adjacency
    entries = slice(int(starts[node]), int(starts[node + 1]))
    return len(np.unique(neighbors[entries][task.allowed.codes[codes[entries] ^ flip]]))


def _traced(before: np.ndarray, after: np.ndarray, ends: tuple[int, int]) -> list[tuple[int, ...]]:
    """The paths of a flow, in order."""
    start, end = ends
    paths: list[tuple[int, ...]] = [(start, end)] if after[end] == end else []
    for first in np.flatnonzero(before == start).tolist():
        path = [start, first]
        while path[-1] != end:
            path.append(int(after[path[-1]]))
        paths.append(tuple(path))
    return sorted(paths, key=lambda path: (len(path), path))
