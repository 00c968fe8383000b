"""Shortest paths between two nodes: search from both ends, count all, write out the first ones.

A path is a sequence of nodes; several relationships between the same two nodes are one hop. In ``marks``, with
``span = max_hops + 1``: ``base + d`` is ``d`` hops from the start, ``base + span + d`` is ``d`` hops from the end, and
``base + 2 * span + i`` says that the node is the ``i``-th of some shortest path. A search takes ``3 * span`` of the stamps.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from graph.kernels.arrays import DONE, MET, MOST_WAYS, STOPPED, Adjacency, Allowed, Found, Int32s, Int64s, Job, Scratch
from graph.kernels.compiled import compiled

NEXT = np.uint32(1)
"""Keeps an unsigned index unsigned."""


@compiled
def expand(job: Job, queue: Int32s, level: tuple[int, int], stamps: tuple[int, int, int, int], flip: int) -> tuple[int, int, int, int, int]:
    """Goes one level further on one side. ``stamps`` are (base, own new stamp, the other side's first stamp, its end). ``order`` gets the
    node from which each new one was reached. Returns status, the queue's new end, the number of adjacency entries of the new level, and
    the two nodes of the meeting hop. Indices of the inner loop are unsigned: signed ones would be looked at for being negative."""
    starts, neighbors, codes, kinds = job.adjacency
    marks, budget, parents = job.scratch.marks, job.budget, job.scratch.order
    passable, every_code, most = job.allowed.kinds, job.allowed.every_code, job.allowed.degree
    base, own, other, other_end = stamps
    tail = level[1]
    load = 0
    for position in range(level[0], level[1]):
        node = queue[position]
        first, end = np.uint32(starts[node]), np.uint32(starts[node + 1])
        budget[0] -= starts[node + 1] - starts[node]
        if budget[0] < 0 or budget[1] != 0:
            return STOPPED, tail, load, -1, -1
        for entry in range(first, end):
            if not every_code and not job.allowed.codes[codes[entry] ^ flip]:
                continue
            neighbor = np.uint32(neighbors[entry])
            mark = marks[neighbor]
            if mark < base:
                if passable[kinds[neighbor]]:
                    degree = starts[neighbor + NEXT] - starts[neighbor]
                    if degree > most:
                        budget[2] = 1
                        continue
                    marks[neighbor] = own
                    parents[neighbor] = node
                    queue[tail] = neighbor
                    tail += 1
                    load += degree
            elif other <= mark < other_end:
                return MET, tail, load, node, neighbors[entry]
    return DONE, tail, load, -1, -1


@compiled
def search(job: Job, base: int, ends: tuple[int, int], max_hops: int) -> Found:
    """Whether and where the two ends meet. The ends must differ. Levels that are complete on both sides without a meeting rule
    out every path up to their sum, so the first hop that joins the sides has the least length."""
    marks, queue_a, queue_b = job.scratch.marks, job.scratch.queue_a, job.scratch.queue_b
    starts = job.adjacency.starts
    start, end = ends
    span = max_hops + 1
    marks[start], marks[end] = base, base + span
    queue_a[0], queue_b[0] = start, end
    begin_a, end_a, begin_b, end_b = 0, 1, 0, 1
    load_a, load_b = starts[start + 1] - starts[start], starts[end + 1] - starts[end]
    depth_a, depth_b = 0, 0
    while depth_a + depth_b < max_hops and begin_a < end_a and begin_b < end_b:
        forward = load_a <= load_b
        if forward:
            stamps = (base, base + depth_a + 1, base + span, base + 2 * span)
            status, tail, load, near, far = expand(job, queue_a, (begin_a, end_a), stamps, 0)
        else:
            stamps = (base, base + span + depth_b + 1, base, base + span)
            status, tail, load, near, far = expand(job, queue_b, (begin_b, end_b), stamps, 1)
        if status != DONE:
            left, right = (near, far) if forward else (far, near)
            return Found(status, depth_a + depth_b + 1, False, depth_a, begin_a, end_a, depth_b, begin_b, end_b, left, right)
        if forward:
            begin_a, end_a, load_a, depth_a = end_a, tail, load, depth_a + 1
        else:
            begin_b, end_b, load_b, depth_b = end_b, tail, load, depth_b + 1
    deeper = begin_a < end_a and begin_b < end_b
    return Found(DONE, 0, deeper, depth_a, begin_a, end_a, depth_b, begin_b, end_b, -1, -1)


@compiled
def shortest(base: int, ends: tuple[int, int], max_hops: int, path: Int32s, *laid_out: Any) -> int:
    """Writes one shortest path into ``path`` (``max_hops + 1`` places or more): from the meeting hop back to both ends, each node by the
    first one that reached it. Returns its hops, or -1. The quickest question: it stops at the first meeting. ``laid_out`` are all the
    fields of a ``Job``'s parts, one after the other: numba takes fifteen arrays in a third of the time of four tuples that hold them,
    which is as much time as the search itself takes."""
    x = laid_out
    job = Job(Adjacency(x[0], x[1], x[2], x[3]), Allowed(x[4], x[5], x[6], x[7]), Scratch(x[8], x[9], x[10], x[11], x[12]), x[13])
    found = search(job, base, ends, max_hops)
    if found.status != MET:
        return -1
    parents = job.scratch.order
    node = found.left
    for place in range(found.depth_a, -1, -1):
        path[place] = node
        node = parents[node]
    node = found.right
    for place in range(found.depth_a + 1, found.hops + 1):
        path[place] = node
        node = parents[node]
    return found.hops


@compiled
def cross(job: Job, base: int, found: Found, span: int) -> int:
    """Finds the nodes that end the hop between the two sides on some shortest path; they go into ``order``. Looks from
    the side that has fewer nodes. Returns how many, or -1 when stopped."""
    starts, neighbors, codes, _ = job.adjacency
    allowed, marks, order, budget = job.allowed, job.scratch.marks, job.scratch.order, job.budget
    useful = base + 2 * span + found.depth_a + 1
    tail = 0
    from_start = found.end_a - found.begin_a <= found.end_b - found.begin_b
    queue = job.scratch.queue_a if from_start else job.scratch.queue_b
    begin, end = (found.begin_a, found.end_a) if from_start else (found.begin_b, found.end_b)
    wanted = base + span + found.depth_b if from_start else base + found.depth_a
    flip = 0 if from_start else 1
    for position in range(begin, end):
        node = queue[position]
        budget[0] -= starts[node + 1] - starts[node]
        if budget[0] < 0 or budget[1] != 0:
            return -1
        for entry in range(starts[node], starts[node + 1]):
            neighbor = neighbors[entry]
            if marks[neighbor] == wanted and (allowed.every_code or allowed.codes[codes[entry] ^ flip]):
                reached = neighbor if from_start else node
                marks[reached] = useful
                order[tail] = reached
                tail += 1
                if not from_start:
                    break
    return tail


@compiled
def gather_to_end(job: Job, base: int, found: Found, span: int, layers: Int64s) -> bool:
    """From the crossing on, gathers the nodes of every layer that lead to the end in ``order[layers[i]:layers[i + 1]]`` (``i`` counts from
    the crossing, whose own bounds are given). False when stopped."""
    starts, neighbors, codes, _ = job.adjacency
    allowed, marks, order, budget = job.allowed, job.scratch.marks, job.scratch.order, job.budget
    useful = base + 2 * span + found.depth_a + 1
    for layer in range(found.depth_b):
        wanted = base + span + found.depth_b - layer - 1
        tail = layers[layer + 1]
        for position in range(layers[layer], layers[layer + 1]):
            node = order[position]
            budget[0] -= 2 * (starts[node + 1] - starts[node])
            if budget[0] < 0 or budget[1] != 0:
                return False
            for entry in range(starts[node], starts[node + 1]):
                neighbor = neighbors[entry]
                if marks[neighbor] == wanted and (allowed.every_code or allowed.codes[codes[entry]]):
                    marks[neighbor] = useful + layer + 1
                    order[tail] = neighbor
                    tail += 1
        layers[layer + 2] = tail
    return True


@compiled
def count_to_end(job: Job, base: int, found: Found, span: int, layers: Int64s) -> None:
    """Sets ``ways``, the number of shortest paths to the end, for all that ``gather_to_end`` gathered."""
    starts, neighbors, codes, _ = job.adjacency
    allowed, marks, order, ways = job.allowed, job.scratch.marks, job.scratch.order, job.scratch.ways
    useful = base + 2 * span + found.depth_a + 1
    ways[order[layers[found.depth_b]]] = 1
    for layer in range(found.depth_b - 1, -1, -1):
        for position in range(layers[layer], layers[layer + 1]):
            node = order[position]
            total, last = 0, -1
            for entry in range(starts[node], starts[node + 1]):
                neighbor = neighbors[entry]
                if neighbor == last or marks[neighbor] != useful + layer + 1:
                    continue
                if allowed.every_code or allowed.codes[codes[entry]]:
                    total = min(total + ways[neighbor], MOST_WAYS)
                    last = neighbor
            ways[node] = total


@compiled
def count_from_start(job: Job, base: int, found: Found, span: int, tail: int) -> bool:
    """From the crossing (``order[:tail]``) back to the start, a layer at a time, adding each node's ``ways`` to those before it. The
    layers beyond the crossing are done with by now, so ``order`` is written over. False when stopped."""
    starts, neighbors, codes, _ = job.adjacency
    allowed, marks, budget = job.allowed, job.scratch.marks, job.budget
    order, ways = job.scratch.order, job.scratch.ways
    begin, end = 0, tail
    for layer in range(found.depth_a, -1, -1):
        plain, useful = base + layer, base + 2 * span + layer
        fresh = end
        for position in range(begin, end):
            node = order[position]
            budget[0] -= starts[node + 1] - starts[node]
            if budget[0] < 0 or budget[1] != 0:
                return False
            last = -1
            for entry in range(starts[node], starts[node + 1]):
                neighbor = neighbors[entry]
                mark = marks[neighbor]
                if neighbor == last or (mark != plain and mark != useful):  # noqa: PLR1714 (a tuple costs in the inner loop)
                    continue
                if not (allowed.every_code or allowed.codes[codes[entry] ^ 1]):
                    continue
                last = neighbor
                if mark == plain:
                    marks[neighbor] = useful
                    ways[neighbor] = ways[node]
                    order[fresh] = neighbor
                    fresh += 1
                else:
                    ways[neighbor] = min(ways[neighbor] + ways[node], MOST_WAYS)
        begin, end = end, fresh
    return True


@compiled
def count_shortest(job: Job, base: int, ends: tuple[int, int], max_hops: int, layers: Int64s) -> tuple[Found, int]:
    """Searches, and says how many shortest paths there are (-1 when stopped after the meeting). ``layers`` needs
    ``max_hops + 3`` places. Afterwards the marks of the useful nodes lead ``write_shortest``."""
    found = search(job, base, ends, max_hops)
    if found.status != MET:
        return found, 0
    span = max_hops + 1
    crossing = cross(job, base, found, span)
    layers[0], layers[1] = 0, crossing
    if crossing < 0 or not gather_to_end(job, base, found, span, layers):
        return found, -1
    count_to_end(job, base, found, span, layers)
    if not count_from_start(job, base, found, span, crossing):
        return found, -1
    return found, job.scratch.ways[ends[0]]


@compiled
def write_shortest(job: Job, useful: int, start: int, out: Int32s, steps: Int64s) -> int:
    """Writes shortest paths into the rows of ``out`` (paths × hops + 1), in the order of their nodes' numbers, after ``count_shortest``.
    ``useful`` is ``base + 2 * (max_hops + 1)``; ``steps`` is 2 × (hops + 1) of work space. Returns how many were written."""
    starts, neighbors, codes, _ = job.adjacency
    allowed, marks, budget = job.allowed, job.scratch.marks, job.budget
    limit, length = out.shape
    cursors, lasts = steps[0], steps[1]
    written, depth = 0, 0
    path = out[0].copy()
    path[0] = start
    cursors[0], lasts[0] = starts[start], -1
    while depth >= 0 and written < limit and budget[0] >= 0 and budget[1] == 0:
        node = path[depth]
        entry, chosen = cursors[depth], -1
        while entry < starts[node + 1] and chosen < 0:
            neighbor = neighbors[entry]
            if marks[neighbor] == useful + depth + 1 and neighbor != lasts[depth]:
                if allowed.every_code or allowed.codes[codes[entry]]:
                    chosen = neighbor
            entry += 1
        budget[0] -= entry - cursors[depth] + 1
        cursors[depth] = entry
        if chosen < 0:
            depth -= 1
            continue
        lasts[depth] = chosen
        path[depth + 1] = chosen
        if depth + 2 == length:
            out[written] = path
            written += 1
        else:
            depth += 1
            cursors[depth], lasts[depth] = starts[chosen], -1
    return written
