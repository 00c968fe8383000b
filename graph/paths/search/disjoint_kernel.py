"""Paths that share no node but their ends: one more at a time, all together as short as can be.

Successive shortest augmenting paths (J. W. Suurballe, Networks 4, 1974; R. Bhandari, Survivable Networks, 1999). Each node is thought
of as two, ``2 * node`` where paths come in and ``2 * node + 1`` where they go out, with room for one path between them. A new path may
push an older one back from a node, which is a step of cost -1; potentials make all costs whole numbers from 0 up, for Dijkstra's
search, whose queue is a list for each cost (R. B. Dial, Communications of the ACM 12, 1969).
"""

from __future__ import annotations

from typing import NamedTuple

from graph.kernels.arrays import DONE, MET, STOPPED, Int32s, Job
from graph.kernels.compiled import compiled
from graph.paths.search.weighted_kernel import passable

NONE = -1
FAR = 1 << 30
"""The cost of a state that was not reached, and the potential of one from which the end cannot be."""


class Flow(NamedTuple):
    """The paths so far. ``before`` and ``after`` are each node's neighbours on its path (``NONE`` = on none). Of the ends only
    ``after[end]`` is used: the end itself when one hop joins the two. ``potential``, ``cost`` and ``parent`` have a place for each
    state."""

    before: Int32s
    after: Int32s
    potential: Int32s
    cost: Int32s
    parent: Int32s


@compiled
def aim(job: Job, ends: tuple[int, int], flow: Flow) -> int:
    """Sets each potential by the hops to the end: then a search looks only at detours as long as the one it needs.
    Returns ``MET``, ``DONE`` when the start is not joined to the end, or ``STOPPED``."""
    starts, neighbors, codes, _ = job.adjacency
    queue = job.scratch.queue_a
    start, end = ends
    flow.potential[:] = FAR
    flow.potential[2 * end] = flow.potential[2 * end + 1] = 0
    queue[0] = end
    head, tail = 0, 1
    while head < tail:
        node = queue[head]
        head += 1
        job.budget[0] -= starts[node + 1] - starts[node]
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED
        for entry in range(starts[node], starts[node + 1]):
            neighbor = neighbors[entry]
            if flow.potential[2 * neighbor] != FAR or not job.allowed.codes[codes[entry] ^ 1]:
                continue
            if neighbor != start and not passable(job, neighbor):
                continue
            flow.potential[2 * neighbor] = flow.potential[2 * neighbor + 1] = flow.potential[2 * node] - 1
            if neighbor != start:
                queue[tail] = neighbor
                tail += 1
    return DONE if flow.potential[2 * start] == FAR else MET


@compiled
def step(flow: Flow, queue: list[list[int]], state: int, to: int, cost: int) -> None:
    """Goes from one state to another at this cost, if that is less than what is known."""
    total = flow.cost[state] + cost + flow.potential[state] - flow.potential[to]
    if total < flow.cost[to]:
        flow.cost[to] = total
        flow.parent[to] = state
        while len(queue) <= total:
            queue.append([0 for _ in range(0)])
        queue[total].append(to)


@compiled
def go_out(job: Job, flow: Flow, queue: list[list[int]], node: int, ends: tuple[int, int]) -> None:
    """Steps from where paths leave a node to all its neighbours by hops that no path takes yet."""
    starts, neighbors, codes, _ = job.adjacency
    start, end = ends
    for entry in range(starts[node], starts[node + 1]):
        neighbor = neighbors[entry]
        if (
            neighbor == start
            or flow.potential[2 * neighbor] == FAR
            or not job.allowed.codes[codes[entry]]
            or flow.cost[2 * neighbor] <= flow.cost[2 * node + 1]
        ):
            continue
        if node == start:
            taken = flow.after[end] != NONE if neighbor == end else flow.before[neighbor] == start
        else:
            taken = flow.after[node] == neighbor
        if not taken and (neighbor == end or passable(job, neighbor)):
            step(flow, queue, 2 * node + 1, 2 * neighbor, 1)


@compiled
def augment(job: Job, ends: tuple[int, int], flow: Flow) -> int:
    """Adds one path. Returns ``MET``; ``DONE`` when there is no further one; or ``STOPPED``, the flow then being what it was."""
    start, end = ends
    flow.cost[:] = FAR
    flow.cost[2 * start + 1] = 0
    queue = [[2 * start + 1]]
    target = 2 * end
    level = 0
    while level < len(queue) and flow.cost[target] > level:
        if not queue[level]:
            level += 1
            continue
        state = queue[level].pop()
        if level > flow.cost[state]:
            continue
        node = state // 2
        if state % 2 == 0:
            before = flow.before[node]
            if before == NONE:
                step(flow, queue, state, state + 1, 0)
            elif before != start:
                step(flow, queue, state, 2 * before + 1, -1)
            continue
        job.budget[0] -= job.adjacency.starts[node + 1] - job.adjacency.starts[node]
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED
        if node != start and flow.before[node] != NONE:
            step(flow, queue, state, state - 1, 0)
        go_out(job, flow, queue, node, ends)
    if flow.cost[target] == FAR:
        return DONE
    reached = flow.cost[target]
    for state in range(len(flow.cost)):
        if flow.cost[state] < reached:
            flow.potential[state] += flow.cost[state] - reached
    turn(ends, flow)
    return MET


@compiled
def turn(ends: tuple[int, int], flow: Flow) -> None:
    """Joins the path that was found with the older ones: what it pushes back is given up first."""
    start, end = ends
    for adds in (False, True):
        state = 2 * end
        while state != 2 * start + 1:
            parent = flow.parent[state]
            node, other = parent // 2, state // 2
            if node != other and (parent % 2 == 1) == adds:
                if not adds:
                    flow.after[other] = NONE
                    flow.before[node] = NONE
                else:
                    if node != start or other == end:
                        flow.after[end if node == start else node] = other
                    if other != end:
                        flow.before[other] = node
            state = parent
