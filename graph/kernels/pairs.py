"""Which nodes of one kind reach which of another: fewest hops and number of shortest paths, a search from each source.

Rows come out by (hops, source, target) although sources are searched one after the other, because each number of
hops keeps rows of its own: sources come in ascending order, so the first ``limit`` rows of each are enough.
"""

from __future__ import annotations

import numpy as np

from graph.kernels.arrays import DONE, MOST_WAYS, STOPPED, Int32s, Job, Table, Wanted
from graph.kernels.compiled import compiled


@compiled
def is_target(wanted: Wanted, kind: int, own: int, before: bool) -> bool:
    """Whether a node of this kind (``before`` the source by number) makes a pair with a source of kind ``own``, leaving ``only`` aside."""
    if not wanted.targets[kind]:
        return False
    return not (before and wanted.both[kind] and wanted.both[own])


@compiled
def level(job: Job, base: int, bounds: tuple[int, int, int, int], flip: int, last_level: bool, wanted: Wanted) -> tuple[int, int]:
    """Expands ``queue_a[begin:end]`` (``bounds`` are begin, end, hops, source). New nodes to pass go on into ``queue_a``, new targets into
    ``queue_b`` from 0. Returns the queue's new end and the number of targets, or -1 for it when stopped."""
    starts, neighbors, codes, kinds = job.adjacency
    allowed, marks, ways, budget = job.allowed, job.scratch.marks, job.scratch.ways, job.budget
    queue, hits = job.scratch.queue_a, job.scratch.queue_b
    begin, end, hops, source = bounds
    own = kinds[source]
    tail, hit = end, 0
    for position in range(begin, end):
        node = queue[position]
        budget[0] -= starts[node + 1] - starts[node]
        if budget[0] < 0 or budget[1] != 0:
            return tail, -1
        last = -1
        for entry in range(starts[node], starts[node + 1]):
            neighbor = neighbors[entry]
            if neighbor == last or not (allowed.every_code or allowed.codes[codes[entry] ^ flip]):
                continue
            last = neighbor
            if marks[neighbor] == base + hops:
                ways[neighbor] = min(ways[neighbor] + ways[node], MOST_WAYS)
                continue
            if marks[neighbor] >= base:
                continue
            kind = kinds[neighbor]
            counts = neighbor == wanted.only if wanted.only >= 0 else is_target(wanted, kind, own, neighbor < source)
            passable = not last_level and allowed.kinds[kind]
            if passable and starts[neighbor + 1] - starts[neighbor] > allowed.degree:
                budget[2] = 1
                passable = False
            if counts or passable:
                marks[neighbor], ways[neighbor] = base + hops, ways[node]
            if counts:
                hits[hit] = neighbor
                hit += 1
            if passable:
                queue[tail] = neighbor
                tail += 1
    return tail, hit


@compiled
def keep(job: Job, table: Table, source: int, hops: int, hit: int) -> None:
    """Adds the source's pairs of one level to the table: counted all, written as far as there is room."""
    room = table.sources.shape[1] - table.totals[hops]
    if hit > 0 and room > 0:
        ordered = np.sort(job.scratch.queue_b[:hit])
        first = table.totals[hops]
        for row in range(min(hit, room)):
            table.sources[hops, first + row] = source
            table.targets[hops, first + row] = ordered[row]
            table.ways[hops, first + row] = job.scratch.ways[ordered[row]]
    table.totals[hops] += hit


@compiled
def pairs(job: Job, base: int, sources: Int32s, flip: int, wanted: Wanted, table: Table) -> int:
    """Searches from each of ``sources`` (ascending), taking ``max_hops + 1`` stamps each, where ``max_hops`` is the number of rows of the
    table less one. ``flip`` 1 walks relationships backwards. Returns ``DONE`` or ``STOPPED``."""
    max_hops = table.totals.shape[0] - 1
    for number in range(sources.shape[0]):
        source = sources[number]
        stamp = base + number * (max_hops + 1)
        job.scratch.marks[source], job.scratch.ways[source], job.scratch.queue_a[0] = stamp, 1, source
        begin, end = 0, 1
        for hops in range(1, max_hops + 1):
            tail, hit = level(job, stamp, (begin, end, hops, source), flip, hops == max_hops, wanted)
            if hit < 0:
                return STOPPED
            keep(job, table, source, hops, hit)
            begin, end = end, tail
            if begin == end:
                break
    return DONE
