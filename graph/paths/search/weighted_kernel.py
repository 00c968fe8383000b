"""Cheapest paths by whole-number costs: A* from a node to the end, guided by exact costs near the end.

A cost here is ``cost * UNIT + hops``, so that of two equal costs the path of fewer hops is less. Costs of hops are looked up by the code
of an adjacency entry.
"""

from __future__ import annotations

import heapq
from typing import NamedTuple

from graph.kernels.arrays import DONE, MET, STOPPED, Int32s, Int64s, Job
from graph.kernels.compiled import compiled

UNIT = 1024
"""More than any path has hops."""

ENDLESS = 1 << 62


class Guide(NamedTuple):
    """What is known of the costs to the end. ``costs`` has each node's (``ENDLESS`` = not seen); exact where less than ``radius``, the rest
    is at least that; what was not seen costs at least ``beyond``."""

    costs: Int64s
    radius: int
    beyond: int


class Course(NamedTuple):
    """Searches to ``end`` by paths of at most ``max_hops`` that cost no more than ``bound``. ``barred`` says of nodes whether to keep off
    (1), or off as the first hop (2); ``last`` is work space: the latest finished label of each node, -1 between searches."""

    costs: Int64s
    guide: Guide
    barred: Int32s
    last: Int32s
    end: int
    max_hops: int
    bound: int


class Labels(NamedTuple):
    """Ways to nodes found so far: the node, the label that it was reached from (-1 = none), hops and cost."""

    nodes: list[int]
    parents: list[int]
    hops: list[int]
    paid: list[int]


@compiled
def hop_cost(job: Job, costs: Int64s, entry: int, stop: int, flip: int) -> tuple[int, int]:
    """The least cost among the allowed entries from ``entry`` on that lead to the same neighbour (``ENDLESS`` = none is allowed), and the
    entry after them."""
    _, neighbors, codes, _ = job.adjacency
    neighbor, least = neighbors[entry], ENDLESS
    while entry < stop and neighbors[entry] == neighbor:
        if job.allowed.codes[codes[entry] ^ flip]:
            least = min(least, costs[codes[entry]])
        entry += 1
    return least, entry


@compiled
def passable(job: Job, node: int) -> bool:
    """Whether a path may pass this node; notes one that it could but for its degree."""
    starts = job.adjacency.starts
    if not job.allowed.kinds[job.adjacency.kinds[node]]:
        return False
    if starts[node + 1] - starts[node] > job.allowed.degree:
        job.budget[2] = 1
        return False
    return True


@compiled
def grow(job: Job, costs: Int64s, heap: list[tuple[int, int]], known: Int64s, far: int, flip: int) -> int:
    """Finishes the cheapest node of one side. Returns the number of entries looked at. ``far`` is the other end, which is not passed."""
    starts, neighbors = job.adjacency.starts, job.adjacency.neighbors
    cost, node = heapq.heappop(heap)
    if cost > known[node] or node == far:
        return 1
    entry, stop = starts[node], starts[node + 1]
    while entry < stop:
        neighbor = neighbors[entry]
        step, entry = hop_cost(job, costs, entry, stop, flip)
        if step == ENDLESS or cost + step >= known[neighbor] or (neighbor != far and not passable(job, neighbor)):
            continue
        known[neighbor] = cost + step
        heapq.heappush(heap, (cost + step, neighbor + 0))  # + 0: a whole 64 bits
    job.budget[0] -= stop - starts[node]
    return int(stop - starts[node] + 1)


@compiled
def guide_to(job: Job, costs: Int64s, ends: tuple[int, int], near: Int64s, far: Int64s) -> tuple[int, Guide]:
    """Dijkstra's search from both ends until they meet. ``near`` and ``far`` are costs from the start and to the end, all ``ENDLESS``; what
    is found of the end's side is the guide. Status ``DONE``: the two are not joined."""
    start, end = ends
    near[start], far[end] = 0, 0
    ahead, behind = [(0, start)], [(0, end)]
    least = ENDLESS
    for code in range(len(costs)):
        least = min(least, costs[code])
    best, spent_ahead, spent_behind = ENDLESS, 0, 0
    while ahead and behind and ahead[0][0] + behind[0][0] < best:
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED, Guide(far, 0, 0)
        node = ahead[0][1]
        if spent_ahead < spent_behind:
            spent_ahead += grow(job, costs, ahead, near, end, 0)
        else:
            node = behind[0][1]
            spent_behind += grow(job, costs, behind, far, start, 1)
        best = min(best, joined(job, near, far, node))
    radius = behind[0][0] if behind else ENDLESS
    return MET if best < ENDLESS else DONE, Guide(far, radius, min(radius + least, ENDLESS))


@compiled
def whole_guide(job: Job, costs: Int64s, ends: tuple[int, int], far: Int64s) -> tuple[int, Guide]:
    """Exact costs to the end, into ``far``, for all nodes that reach it. Worth its time when many searches have one end."""
    start, end = ends
    far[:] = ENDLESS
    far[end] = 0
    heap = [(0, end)]
    while heap:
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED, Guide(far, 0, 0)
        grow(job, costs, heap, far, start, 1)
    return DONE, Guide(far, ENDLESS, ENDLESS)


@compiled
def joined(job: Job, near: Int64s, far: Int64s, node: int) -> int:
    """The least cost of a walk over a neighbour of ``node`` that both sides know."""
    starts, neighbors = job.adjacency.starts, job.adjacency.neighbors
    best = ENDLESS
    for entry in range(starts[node], starts[node + 1]):
        neighbor = neighbors[entry]
        if near[neighbor] < ENDLESS and far[neighbor] < ENDLESS:
            best = min(best, near[neighbor] + far[neighbor])
    return int(best)


@compiled
def to_go(guide: Guide, node: int) -> int:
    """No more than what the rest of a path from this node costs."""
    cost = guide.costs[node]
    if cost < guide.radius:
        return int(cost)
    return guide.radius if cost < ENDLESS else guide.beyond


@compiled
def before(labels: Labels, one: int, other: int) -> bool:
    """Whether the path of one label comes before that of another of as many hops, by the numbers of their nodes."""
    first = False
    for _ in range(labels.hops[one]):
        if one == other:
            break
        if labels.nodes[one] != labels.nodes[other]:
            first = labels.nodes[one] < labels.nodes[other]
        one, other = labels.parents[one], labels.parents[other]
    return first


@compiled
def relax(job: Job, course: Course, labels: Labels, heap: list[tuple[int, int, int]], label: int) -> bool:
    """Goes on from a label to all neighbours. Returns whether the hop limit cut something off."""
    starts, neighbors = job.adjacency.starts, job.adjacency.neighbors
    node, hops, cut = labels.nodes[label], labels.hops[label] + 1, False
    entry, stop = starts[node] + 0, starts[node + 1]
    while entry < stop:
        neighbor = neighbors[entry]
        step, entry = hop_cost(job, course.costs, entry, stop, 0)
        barred, done = course.barred[neighbor], course.last[neighbor]
        if step == ENDLESS or barred == 1 or (barred == 2 and label == 0) or (done >= 0 and labels.hops[done] < hops):
            continue
        ahead, paid = to_go(course.guide, neighbor), labels.paid[label] + step
        if ahead >= ENDLESS or paid + ahead > course.bound:
            continue
        if hops > course.max_hops or (neighbor != course.end and hops == course.max_hops):
            cut = True
        elif neighbor == course.end or passable(job, neighbor):
            labels.nodes.append(neighbor + 0)
            labels.parents.append(label)
            labels.hops.append(hops)
            labels.paid.append(paid)
            heapq.heappush(heap, (paid + ahead, paid, len(labels.nodes) - 1))
    return cut


@compiled
def cheapest(job: Job, course: Course, start: int, path: Int32s) -> tuple[int, int, int]:
    """The cheapest path from ``start``, of those the one of least node numbers. Returns the status (``MET``, ``DONE``, ``STOPPED``), its
    cost and its hops, and writes it into ``path``. A status of ``DONE`` with hops 1 says that the hop limit cut something off.

    Labels leave the heap by what their path costs to the end at least, then by its cost so far; as costs of hops are above 0, all labels
    from which a node is reached at the same cost leave before its own. A label that has neither less cost nor fewer hops than a
    finished one of its node is dropped."""
    labels = Labels([start], [-1], [0], [0])
    heap = [(to_go(course.guide, start), 0, 0)]
    found, cut, best = -1, False, 0
    while heap:
        total, paid, label = heapq.heappop(heap)
        if found >= 0 and (total > best or paid > best):
            break
        node = labels.nodes[label]
        done = course.last[node]
        if done >= 0 and labels.hops[done] <= labels.hops[label]:
            if labels.hops[done] == labels.hops[label] and labels.paid[done] == paid and before(labels, label, done):
                labels.parents[done] = labels.parents[label]
            continue
        course.last[node] = label
        if node == course.end:
            found, best = label, paid
            continue
        job.budget[0] -= job.adjacency.starts[node + 1] - job.adjacency.starts[node]
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED, 0, 0
        cut |= relax(job, course, labels, heap, label)
    for each in labels.nodes:
        course.last[each] = -1
    if found < 0:
        return DONE, 0, int(cut)
    label = found
    for position in range(labels.hops[found], -1, -1):
        path[position] = labels.nodes[label]
        label = labels.parents[label]
    return MET, best, labels.hops[found]
