"""Which sources reach which targets: fewest hops and number of shortest paths, a search from each source.

The last hop of a pair ends at a target and nowhere else, and the hops before it only at nodes that may be passed. So a question first lays
out two lists of neighbours of its own (``neighbours``), in which every entry counts, and no search looks at a type, a date or a parallel
relationship again.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.kernels.arrays import DONE, MOST_WAYS, STOPPED, Flags, Int32s, Int64s, Job, Table
from graph.kernels.compiled import compiled


class Neighbours(NamedTuple):
    """Each node's distinct neighbours among some nodes, ascending: those of ``v`` are ``nodes[starts[v]:starts[v + 1]]``."""

    starts: Int64s
    nodes: Int32s


class Ways(NamedTuple):
    """What is known of each node from one source, in two roles: as one to pass and as a target. ``marks`` are stamps of a source and a
    level, ``ways`` the number of shortest paths. ``queue`` and ``out`` are work space, one place a node."""

    marks: Int32s
    ways: Int64s
    target_marks: Int32s
    target_ways: Int64s
    queue: Int32s
    out: Int32s


@compiled
def neighbours(job: Job, chosen: Flags, flip: int) -> Neighbours:
    """The neighbours that are ``chosen`` (by node), over relationships that are allowed; ``flip`` 1 walks them backwards. Takes two passes
    over the whole adjacency, which many sources share."""
    starts, others, codes, _ = job.adjacency
    allowed = job.allowed
    count = starts.shape[0] - 1
    first = np.zeros(count + 1, np.int64)
    for node in range(count):
        last, found = -1, 0
        for entry in range(starts[node], starts[node + 1]):
            other = others[entry]
            if other != last and chosen[other] and (allowed.every_code or allowed.codes[codes[entry] ^ flip]):
                last = other
                found += 1
        first[node + 1] = first[node] + found
    kept = np.empty(first[count], np.int32)
    for node in range(count):
        last, place = -1, first[node]
        for entry in range(starts[node], starts[node + 1]):
            other = others[entry]
            if other != last and chosen[other] and (allowed.every_code or allowed.codes[codes[entry] ^ flip]):
                last = other
                kept[place] = other
                place += 1
    return Neighbours(first, kept)


@compiled
def count_targets(ends: Neighbours, frontier: Int32s, stamp: int, target_marks: Int32s, budget: Int64s) -> int:
    """How many targets the frontier reaches that no shorter way did; they are marked. -1 when stopped."""
    starts, nodes = ends
    found = 0
    for position in range(frontier.shape[0]):
        node = frontier[position]
        begin, end = starts[node], starts[node + 1]
        budget[0] -= end - begin + 1
        if budget[0] < 0 or budget[1] != 0:
            return -1
        for place in range(begin, end):
            target = nodes[place]
            if target_marks[target] != stamp:
                target_marks[target] = stamp
                found += 1
    return found


@compiled
def gather(ends: Neighbours, frontier: Int32s, stamps: tuple[int, int], known: Ways, out: Int32s, budget: Int64s) -> int:  # noqa: PLR0917
    """Writes the targets that the frontier reaches first into ``out`` and adds up their ways. ``stamps`` are the source's first one and
    this level's: what is marked from the first on was reached before. Returns how many, -1 when stopped."""
    starts, nodes = ends
    since, now = stamps
    marks, ways, from_ways = known.target_marks, known.target_ways, known.ways
    found = 0
    for position in range(frontier.shape[0]):
        node = frontier[position]
        begin, end = starts[node], starts[node + 1]
        budget[0] -= end - begin + 1
        if budget[0] < 0 or budget[1] != 0:
            return -1
        for place in range(begin, end):
            target = nodes[place]
            if marks[target] == now:
                ways[target] = min(ways[target] + from_ways[node], MOST_WAYS)
            elif marks[target] < since:
                marks[target], ways[target] = now, from_ways[node]
                out[found] = target
                found += 1
    return found


@compiled
def advance(job: Job, steps: Neighbours, queue: Int32s, level: tuple[int, int], stamps: tuple[int, int], known: Ways) -> int:
    """Goes on from ``queue[begin:end]`` to the nodes that may be passed; returns the queue's new end, -1 when stopped. A node with too many
    relationships is met and not passed."""
    starts, nodes = steps
    degrees, budget = job.adjacency.starts, job.budget
    since, now = stamps
    marks, ways = known.marks, known.ways
    tail = level[1]
    for position in range(level[0], level[1]):
        node = queue[position]
        begin, end = starts[node], starts[node + 1]
        budget[0] -= end - begin + 1
        if budget[0] < 0 or budget[1] != 0:
            return -1
        for place in range(begin, end):
            other = nodes[place]
            if marks[other] == now:
                ways[other] = min(ways[other] + ways[node], MOST_WAYS)
            elif marks[other] < since:
                if degrees[other + 1] - degrees[other] > job.allowed.degree:
                    budget[2] = 1
                    continue
                marks[other], ways[other] = now, ways[node]
                queue[tail] = other
                tail += 1
    return tail


@compiled
def keep(table: Table, hops: int, source: int, targets: Int32s, ways: Int64s) -> None:
    """Adds a source's pairs of one level to the table: counted all, written as far as there is room."""
    first = table.totals[hops]
    room = table.sources.shape[1] - first
    if room > 0 and targets.shape[0] > 0:
        ordered = np.sort(targets)
        for row in range(min(targets.shape[0], room)):
            table.sources[hops, first + row] = source
            table.targets[hops, first + row] = ordered[row]
            table.ways[hops, first + row] = ways[ordered[row]]
    table.totals[hops] += targets.shape[0]


@compiled
def without_lesser(targets: Int32s, source: int, both: Flags) -> int:
    """Moves the targets that make a pair with this source to the front: those below it that could change places with it are listed
    the other way round. Returns how many."""
    kept = 0
    for position in range(targets.shape[0]):
        target = targets[position]
        if target > source or not both[target]:
            targets[kept] = target
            kept += 1
    return kept


@compiled
def pairs(job: Job, base: int, sources: Int32s, lists: tuple[Neighbours, Neighbours, Flags], known: Ways, table: Table) -> int:  # noqa: PLR0917
    """Searches from each of ``sources`` (ascending), taking ``max_hops + 1`` stamps each, all above what stands in ``known``. ``lists`` are
    the neighbours that may be passed, those that are targets, and which nodes could stand at either end (empty: none). Rows come out
    by hops, source and target although sources are searched one after the other: each number of hops keeps rows of its own.
    ``table`` has ``max_hops + 1`` rows. Returns ``DONE`` or ``STOPPED``."""
    steps, ends, both = lists
    queue, out = known.queue, known.out
    most = table.totals.shape[0] - 1
    listed = table.sources.shape[1] > 0 or both.shape[0] > 0
    for number in range(sources.shape[0]):
        source, since = sources[number], base + number * (most + 1)
        known.marks[source], known.ways[source], queue[0] = since, 1, source
        known.target_marks[source] = since
        begin, end = 0, 1
        for hops in range(1, most + 1):
            stamps = (since, since + hops)
            if listed:
                found = gather(ends, queue[begin:end], stamps, known, out, job.budget)
                if found >= 0:
                    if both.shape[0] > 0 and both[source]:
                        found = without_lesser(out[:found], source, both)
                    keep(table, hops, source, out[:found], known.target_ways)
            else:
                found = count_targets(ends, queue[begin:end], since, known.target_marks, job.budget)
                table.totals[hops] += max(found, 0)
            if found < 0:
                return STOPPED
            if hops == most:
                break
            tail = advance(job, steps, queue, (begin, end), stamps, known)
            if tail < 0:
                return STOPPED
            begin, end = end, tail
            if begin == end:
                break
    return DONE
