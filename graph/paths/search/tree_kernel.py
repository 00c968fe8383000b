"""The smallest tree that joins given nodes, by the sets of them that its parts join.

S. E. Dreyfus and R. A. Wagner, "The Steiner problem in graphs", Networks 1, 1971, in the order of R. E. Erickson, C. L. Monma and A. F.
Veinott, Mathematics of Operations Research 12, 1987: the least tree that joins a set of nodes and ends in ``v`` either falls
into two at ``v``, or comes to ``v`` from a neighbour. Every hop costs 1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.kernels.arrays import DONE, STOPPED, Flags, Int32s, Int64s, Job
from graph.kernels.compiled import compiled

FAR = 30_000
"""Hops to what is not reached; two of them add up in 16 bits without a sign, and no tree has as many."""


class Trees(NamedTuple):
    """``nodes`` are those that a tree may have, ``place`` is each node's position among them (-1 = none). ``hops`` has a row for each set
    of nodes to be joined (a bit each) and a column for each position. ``most``: larger trees are of no use."""

    nodes: Int32s
    place: Int32s
    hops: npt.NDArray[np.uint16]
    most: int


@compiled
def hops_from(job: Job, sources: Int32s, passed: Flags, hops: npt.NDArray[np.uint16]) -> int:
    """The hops from the nearest of some nodes to all that they reach through nodes that may be passed; the others are left as they are
    (``FAR``)."""
    starts, neighbors, codes, _ = job.adjacency
    queue = job.scratch.queue_a
    head, tail = 0, len(sources)
    for position in range(tail):
        queue[position], hops[sources[position]] = sources[position], 0
    while head < tail:
        node = queue[head]
        head += 1
        job.budget[0] -= starts[node + 1] - starts[node]
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED
        if hops[node] == FAR - 1:
            continue
        for entry in range(starts[node], starts[node + 1]):
            neighbor = neighbors[entry]
            if hops[neighbor] == FAR and passed[neighbor] and job.allowed.codes[codes[entry]]:
                hops[neighbor] = hops[node] + 1
                queue[tail] = neighbor
                tail += 1
    return DONE


@compiled
def merge(job: Job, trees: Trees, joined: int) -> int:
    """Sets the row of ``joined`` to what two trees that meet in a node make together."""
    row = trees.hops[joined]
    lowest = joined & -joined
    part = (joined - 1) & joined
    while part > 0:
        if part & lowest:
            one, other = trees.hops[part], trees.hops[joined ^ part]
            job.budget[0] -= len(row)
            if job.budget[0] < 0 or job.budget[1] != 0:
                return STOPPED
            for position in range(len(row)):
                row[position] = min(row[position], one[position] + other[position])
        part = (part - 1) & joined
    return DONE


@compiled
def by_size(row: npt.NDArray[np.uint16], most: int, order: Int32s, counts: Int64s) -> int:
    """Writes the positions of a row that have less than ``most`` hops into ``order``, the fewest first. Returns how many."""
    counts[:] = 0
    for position in range(len(row)):
        if row[position] < most:
            counts[row[position] + 1] += 1
    for size in range(1, len(counts)):
        counts[size] += counts[size - 1]
    total = counts[most]
    for position in range(len(row)):
        if row[position] < most:
            order[counts[row[position]]] = position
            counts[row[position]] += 1
    return int(total)


@compiled
def spread(job: Job, trees: Trees, joined: int, order: Int32s, queue: Int32s, counts: Int64s) -> int:
    """Carries the trees of a row on to neighbours. Those that begin, by size, and those that grew, in the order of growth, stand in two
    queues; the smaller one of both heads goes first."""
    starts, neighbors, codes, _ = job.adjacency
    row = trees.hops[joined]
    begun = by_size(row, trees.most, order, counts)
    sizes = row.copy()
    first, head, tail = 0, 0, 0
    while first < begun or head < tail:
        if head == tail or (first < begun and sizes[order[first]] <= row[queue[head]]):
            position = order[first]
            first += 1
        else:
            position = queue[head]
            head += 1
        node, size = trees.nodes[position], row[position] + 1
        job.budget[0] -= starts[node + 1] - starts[node]
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED
        for entry in range(starts[node], starts[node + 1]):
            near = trees.place[neighbors[entry]]
            if near >= 0 and size <= trees.most and row[near] > size and job.allowed.codes[codes[entry]]:
                row[near] = size
                queue[tail] = near
                tail += 1
    return DONE


@compiled
def grow_trees(job: Job, trees: Trees) -> int:
    """Fills all rows of ``hops``; those of one node each are given, the rest ``FAR``."""
    count = len(trees.nodes)
    order, queue, counts = np.empty(count, np.int32), np.empty(count, np.int32), np.zeros(trees.most + 2, np.int64)
    for joined in range(1, len(trees.hops)):
        if joined & (joined - 1) == 0:
            continue
        if merge(job, trees, joined) == STOPPED or spread(job, trees, joined, order, queue, counts) == STOPPED:
            return STOPPED
    return DONE
