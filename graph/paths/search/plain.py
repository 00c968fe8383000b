"""Runs a search over the projection: node numbers in, node numbers out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.kernels.arrays import MET, MOST_WAYS, STOPPED, Job
from graph.paths.search.deadline import stopped_by
from graph.paths.search.workspace import workspace


@dataclass(frozen=True, slots=True)
class Shortest:
    """``hops`` is 0 when there is no path. ``total`` is the number of shortest paths, ``None`` when it was not counted to the end.
    ``paths`` are node numbers, in the order of ids. ``limit`` as in ``PathAnswer``, but for ``rows``. ``costs`` are those of ``paths``
    where these are ranked by weights (1 = a plain hop), else empty."""

    hops: int
    total: int | None
    paths: tuple[tuple[int, ...], ...]
    limit: str | None
    costs: tuple[float, ...] = ()


def shortest_paths(task: Job, ends: tuple[int, int], max_hops: int, limit: int, *, degree_asked: bool = False) -> Shortest:
    """Counts all shortest paths between two different nodes and lists the first ``limit`` (0 = none). With ``degree_asked`` the degree
    limit is the question's own condition, and not one that cuts the answer."""
    from graph.paths.search.plain_kernel import count_shortest, write_shortest

    base = workspace().stamps(3 * (max_hops + 1))
    found, total = count_shortest(task, base, ends, max_hops, np.empty(max_hops + 3, np.int64))
    heavy = "degree" if task.budget[2] and not degree_asked else None
    if found.status == STOPPED:
        return Shortest(0, None, (), stopped_by(task.budget))
    if found.status != MET:
        return Shortest(0, 0, (), heavy or ("hops" if found.deeper else None))
    if total < 0:
        return Shortest(found.hops, None, (), stopped_by(task.budget))
    wanted = min(limit, total)
    out = np.empty((wanted, found.hops + 1), np.int32)
    written = 0
    if wanted:
        written = write_shortest(task, base + 2 * (max_hops + 1), ends[0], out, np.empty((2, found.hops + 1), np.int64))
    paths = tuple(tuple(path) for path in out[:written].tolist())
    if written < wanted:
        return Shortest(found.hops, total, paths, stopped_by(task.budget))
    if total >= MOST_WAYS:
        return Shortest(found.hops, None, paths, "count")
    return Shortest(found.hops, total, paths, heavy)


def one_shortest(task: Job, ends: tuple[int, int], max_hops: int) -> tuple[int, ...]:
    """Any one shortest path as node numbers, always the same one, or ``()`` when there is none or the work ran out. The quickest
    question."""
    from graph.paths.search.plain_kernel import shortest

    path = np.empty(max_hops + 1, np.int32)
    base = workspace().stamps(3 * (max_hops + 1))
    hops = shortest(base, ends, max_hops, path, *task.adjacency, *task.allowed, *task.scratch, task.budget)
    return tuple(path[: hops + 1].tolist()) if hops >= 0 else ()
