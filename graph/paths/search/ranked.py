"""The k best paths without loops between two nodes: by hops, or by what their hops cost. Node numbers in, node numbers out."""

from __future__ import annotations

import heapq
from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.kernels.arrays import MET, STOPPED, Int32s, Int64s, Job
from graph.paths.ask.weights import MICRO
from graph.paths.search.deadline import stopped_by
from graph.paths.search.plain import shortest_paths
from graph.paths.search.workspace import workspace


@dataclass(frozen=True, slots=True)
class Ranked:
    """Paths by cost, then hops, then the numbers of their nodes in order. ``costs`` are sums of hops' costs (1 = a plain hop).
    ``total`` is how many there are within the hop limit, ``None`` where there may be more than listed. ``limit`` as in ``PathAnswer``, but
    for ``rows``."""

    paths: tuple[tuple[int, ...], ...]
    costs: tuple[float, ...]
    total: int | None
    limit: str | None


def ranked_paths(
    task: Job, ends: tuple[int, int], max_hops: int, k: int, costs: Int64s | None = None, *, degree_asked: bool = False
) -> Ranked:
    """The first ``k`` simple paths of at most ``max_hops`` between two different nodes. ``costs`` are millionths by the code of an
    adjacency entry (``ask.weights.hop_costs``); ``None`` ranks by hops. With ``degree_asked`` the degree limit is the question's
    own condition, and not one that cuts the answer. When a bound stops it, the paths it has are the first ones."""
    found = _by_hops(task, ends, max_hops, k) if costs is None else _by_costs(task, ends, max_hops, k, costs)
    if found.limit in (None, "hops") and task.budget[2] and not degree_asked:
        return Ranked(found.paths, found.costs, found.total, "degree")
    return found


def _by_hops(task: Job, ends: tuple[int, int], max_hops: int, k: int) -> Ranked:
    """All shortest paths first; then length by length what leaves them."""
    from graph.paths.search.ranked_kernel import KnownPaths, Next, next_paths

    first = shortest_paths(task, ends, max_hops, k, degree_asked=True)
    paths = list(first.paths)
    limit = first.limit if not paths or len(paths) < min(k, first.total or 0) else None
    work = (np.empty(max_hops + 3, np.int64), np.empty((2, max_hops + 1), np.int64), np.empty(k, np.bool_))
    while paths and limit is None and len(paths) < k:
        paths.sort()
        known = KnownPaths(_table(paths, max_hops), np.array([len(path) - 1 for path in paths], np.int64))
        wanted = (k - len(paths), max_hops + 1)
        out = Next(np.empty(wanted, np.int32), np.empty(wanted, np.int32), *work)
        base = workspace().stamps(4 * (max_hops + 1) * int(known.hops.sum()))
        status, hops, written = next_paths(task, base, ends, max_hops, known, out)
        if status == STOPPED:
            limit = stopped_by(task.budget)
        elif hops == 0:
            break
        else:
            paths += [tuple(path) for path in out.paths[:written, : hops + 1].tolist()]
    ordered = tuple(sorted(paths, key=lambda path: (len(path), path)))
    total = len(ordered) if limit in (None, "hops") and len(ordered) < k else None
    return Ranked(ordered, tuple(float(len(path) - 1) for path in ordered), total, limit)


def _table(paths: Sequence[tuple[int, ...]], max_hops: int) -> Int32s:
    """The paths as rows of ``max_hops + 1`` places, filled up with -1."""
    table = np.full((len(paths), max_hops + 1), -1, np.int32)
    for row, path in zip(table, paths, strict=True):
        row[: len(path)] = path
    return table


@dataclass(frozen=True, order=True, slots=True)
class _Candidate:
    """The best path of one part. ``cost`` is a kernel's; ``place`` is where the path leaves the one it was found from."""

    cost: int
    path: tuple[int, ...]
    place: int


def _by_costs(task: Job, ends: tuple[int, int], max_hops: int, k: int, costs: Int64s) -> Ranked:
    """Yen's algorithm with Lawler's partition (see ``graph.paths.search.ranked_kernel``), each part by A*."""
    from graph.paths.search.weighted_kernel import UNIT

    search = _Search(task, ends, max_hops, costs * UNIT + 1)
    found: list[_Candidate] = []
    taken: dict[tuple[int, ...], set[int]] = {}
    candidates = search.begin()
    while candidates and len(found) < k and not search.stopped:
        best = heapq.heappop(candidates)
        found.append(best)
        if len(found) == k:
            break
        bounds = sorted([each.cost for each in found] + [each.cost for each in candidates])
        for place in range(best.place, len(best.path) - 1):
            beginning = best.path[: place + 1]
            hops = taken.setdefault(beginning, set())
            hops.add(best.path[place + 1])
            another = search.part(beginning, hops, bounds[k - 1] if len(bounds) >= k else None)
            if another is not None:
                heapq.heappush(candidates, another)
                insort(bounds, another.cost)
    limit = stopped_by(task.budget) if search.stopped else "hops" if not found and search.cut else None
    total = len(found) if limit in (None, "hops") and len(found) < k else None
    sums = tuple(each.cost // UNIT / MICRO for each in found)
    return Ranked(tuple(each.path for each in found), sums, total, limit)


class _Search:
    """Searches to one end. ``stopped``: a bound ended one of them. ``cut``: longer paths may exist than the hop limit lets pass."""

    def __init__(self, task: Job, ends: tuple[int, int], max_hops: int, costs: Int64s) -> None:
        from graph.paths.search.weighted_kernel import ENDLESS, Course, guide_to

        nodes = len(task.adjacency.kinds)
        self._task, self._ends, self._costs = task, ends, costs
        self._path = np.empty(max_hops + 1, np.int32)
        near, far = (np.full(nodes, ENDLESS, np.int64) for _ in range(2))
        self._status, guide = guide_to(task, costs, ends, near, far)
        self._unguided = len(task.adjacency.neighbors)
        self._course = Course(costs, guide, np.zeros(nodes, np.int32), np.full(nodes, -1, np.int32), ends[1], max_hops, ENDLESS)
        self.stopped = self._status == STOPPED
        self.cut = False

    def begin(self) -> list[_Candidate]:
        """The best path of all, if there is one."""
        first = self.part((self._ends[0],), set(), None) if self._status == MET else None
        return [first] if first else []

    def part(self, beginning: tuple[int, ...], taken: set[int], bound: int | None) -> _Candidate | None:
        """The best path that begins like this and goes on to none of the nodes ``taken``, if it costs no more than ``bound``."""
        from graph.paths.search.weighted_kernel import cheapest

        if self.stopped:
            return None
        paid, course = self._paid(beginning), self._course
        course.barred[list(taken)] = 2
        course.barred[list(beginning)] = 1
        rest = course.bound if bound is None else bound - paid
        narrowed = course._replace(max_hops=course.max_hops + 1 - len(beginning), bound=rest)
        before = int(self._task.budget[0])
        status, cost, hops = cheapest(self._task, narrowed, beginning[-1], self._path)
        course.barred[list(taken)] = 0
        course.barred[list(beginning)] = 0
        self._guide_better(before - int(self._task.budget[0]))
        self.stopped = self.stopped or status == STOPPED
        self.cut = self.cut or (status != MET and bool(hops))
        if status != MET:
            return None
        return _Candidate(paid + cost, (*beginning[:-1], *self._path[: hops + 1].tolist()), len(beginning) - 1)

    def _guide_better(self, spent: int) -> None:
        """Once searches have looked at as much as the whole graph has, all costs to the end are worth knowing."""
        from graph.paths.search.weighted_kernel import whole_guide

        if self._unguided > 0:
            self._unguided -= spent
            if self._unguided <= 0:
                status, guide = whole_guide(self._task, self._costs, self._ends, self._course.guide.costs)
                self._course = self._course._replace(guide=guide)
                self.stopped = status == STOPPED

    def _paid(self, beginning: Sequence[int]) -> int:
        """What the hops of a beginning cost."""
        starts, neighbors, codes, _ = self._task.adjacency
        paid = 0
        for node, neighbor in zip(beginning, beginning[1:], strict=False):
            entries = slice(int(starts[node]), int(starts[node + 1]))
            used = codes[entries][neighbors[entries] == neighbor]
            paid += int(self._costs[used[self._task.allowed.codes[used]]].min())
        return paid
