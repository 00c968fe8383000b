"""All simple paths of a shape, by number of hops, then by their nodes' numbers; walked through what ``layers_kernel`` found.

No node comes twice on a path. A path is a sequence of nodes: it is walked in the set of all states that it can be in, so one that
fits a shape in several ways still comes once. Where relationships must hold on a common day, each state carries its days: those on
which every hop so far has some relationship that fits, as disjoint spans. Parallel relationships add up, hops cut down.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.kernels.arrays import DONE, MET, STOPPED, Int32s, Int64s, Job
from graph.kernels.automaton import NAMED, ON_PATH, Course, Layers, Listed
from graph.kernels.compiled import compiled


class Days(NamedTuple):
    """Whether a common day is ``asked``, the ``window`` in which it must lie (first and last day), and the first and last days of
    edge kinds."""

    asked: bool
    window: tuple[int, int]
    first: Int32s
    last: Int32s


class Trace(NamedTuple):
    """The path at hand. For each depth: its node, the next adjacency entry to look at, the states and the needs met. The days of state
    ``s`` (of the shape) at depth ``d`` are the spans from ``bounds[d, s, 0]`` to ``bounds[d, s, 1]``; those of the depth end at
    ``bounds[d, -1, 1]``."""

    path: Int32s
    cursors: Int64s
    states: Int64s
    met: Int64s
    bounds: Int64s


@compiled
def moved(table: Int64s, states: int, column: int) -> int:
    """The set of states that one hop makes of a set."""
    reached, state = 0, 0
    while states != 0:
        if states & 1:
            reached |= table[state, column]
        states >>= 1
        state += 1
    return reached


@compiled
def needs_met(job: Job, course: Course, layers: Layers, node: int) -> int:
    """The set of needs that passing this node meets."""
    met = course.kind_needs[job.adjacency.kinds[node]] | course.node_needs[layers.places[node] & NAMED]
    return int(met)


@compiled
def entered(course: Course, states: int, needs: int) -> int:
    """States after a node that meets ``needs`` was entered in ``states``."""
    needs &= (1 << course.traced) - 1
    if needs == 0:
        return states
    after = 0
    for state in range(course.automaton.moves.shape[0]):
        if (states >> state) & 1:
            after |= 1 << (((state // course.states) | needs) * course.states + state % course.states)
    return after


@compiled
def first_entry(neighbors: Int32s, low: int, high: int, node: int) -> int:
    """The first place in ``neighbors[low:high]`` (ascending) that is not below ``node``."""
    while low < high:
        middle = (low + high) // 2
        if neighbors[middle] < node:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def next_node(job: Job, course: Course, layers: Layers, at: tuple[int, int, int, int], entry: int) -> tuple[int, int, int, int]:
    """The next neighbour that a path may go to. ``at`` is (node, its states, depth, hops of the path). Returns the neighbour (-1: none),
    the states in which it is then, and where its entries begin and end."""
    starts, neighbors, codes, _ = job.adjacency
    every_code, allowed, types, table = job.allowed.every_code, job.allowed.codes, course.types, course.automaton.moves
    node, states, depth, hops = at
    leads_on = layers.useful[depth + 1] if depth < layers.depths[0] else layers.backward[hops - depth - 1]
    first, stop = entry, starts[node + 1]
    while entry < stop:
        neighbor = neighbors[entry]
        useful = leads_on[neighbor]
        if useful == 0 or layers.places[neighbor] & ON_PATH:
            entry += 1
            continue
        group, reached = entry, 0
        while entry < stop and neighbors[entry] == neighbor:
            code = codes[entry]
            if every_code or allowed[code]:
                reached |= moved(table, states, 2 * types[code >> 1] + (code & 1))
            entry += 1
        if reached != 0:
            named = layers.places[neighbor] & NAMED
            reached &= course.node_states[named] if named else course.automaton.nodes[job.adjacency.kinds[neighbor]]
            if course.every != 0:
                reached = entered(course, reached, needs_met(job, course, layers, neighbor))
            reached &= useful
        if reached != 0:
            job.budget[0] -= entry - first
            return neighbor, reached, group, entry
    job.budget[0] -= stop - first + 1
    return -1, 0, stop, stop


@compiled
def last_hop(job: Job, course: Course, node: int, states: int, end: int, entry: int) -> tuple[int, int, int, int]:
    """Likewise for the hop to the end, found by halving; ``entry`` is past it when it was taken."""
    starts, neighbors, codes, _ = job.adjacency
    stop = starts[node + 1]
    entry = first_entry(neighbors, entry, stop, end)
    group, reached = entry, 0
    while entry < stop and neighbors[entry] == end:
        code = codes[entry]
        if job.allowed.every_code or job.allowed.codes[code]:
            reached |= moved(course.automaton.moves, states, 2 * course.types[code >> 1] + (code & 1))
        entry += 1
    job.budget[0] -= entry - group + 1
    reached &= course.automaton.finals
    return (end if reached != 0 else -1), reached, group, entry


@compiled
def united(spans: Int64s, begin: int, end: int) -> int:
    """Sorts the spans from ``begin`` to ``end`` and joins those that touch; returns their new end."""
    if end - begin < 2:
        return end
    order = np.argsort(spans[begin:end, 0])
    firsts, lasts = spans[begin:end, 0].copy(), spans[begin:end, 1].copy()
    tail = begin
    for position in order:
        if tail > begin and firsts[position] <= spans[tail - 1, 1] + 1:
            spans[tail - 1, 1] = max(spans[tail - 1, 1], lasts[position])
        else:
            spans[tail, 0], spans[tail, 1] = firsts[position], lasts[position]
            tail += 1
    return tail


@compiled
def carry(job: Job, course: Course, days: Days, trace: Trace, spans: Int64s, hop: tuple[int, int, int, int]) -> tuple[Int64s, int]:  # noqa: PLR0917
    """The days of each state after a hop, written one depth on. ``hop`` is (depth, states reached, its first adjacency entry, the one
    after its last). Returns the spans (a wider copy, where there was no room) and the states that have any day left."""
    codes, bounds = job.adjacency.codes, trace.bounds
    depth, reached, first, stop = hop
    count = course.states
    kept, tail = 0, bounds[depth, count, 1]
    bounds[depth + 1] = 0
    for state in range(course.automaton.moves.shape[0]):
        if not (reached >> state) & 1:
            continue
        target, begin = state % count, tail
        for entry in range(first, stop):
            code = codes[entry]
            if not (job.allowed.every_code or job.allowed.codes[code]):
                continue
            kind, column = code >> 1, 2 * course.types[code >> 1] + (code & 1)
            for before in range(count):
                if not (course.automaton.moves[before, column] >> target) & 1:
                    continue
                for span in range(bounds[depth, before, 0], bounds[depth, before, 1]):
                    low, high = max(spans[span, 0], days.first[kind]), min(spans[span, 1], days.last[kind])
                    if low > high:
                        continue
                    if tail == spans.shape[0]:
                        wider = np.empty((2 * tail, 2), np.int64)
                        wider[:tail] = spans
                        spans = wider
                    spans[tail, 0], spans[tail, 1] = low, high
                    tail += 1
        tail = united(spans, begin, tail)
        bounds[depth + 1, target, 0], bounds[depth + 1, target, 1] = begin, tail
        if tail > begin:
            kept |= 1 << state
    bounds[depth + 1, count, 1] = tail
    return spans, kept


@compiled
def put(listed: Listed, path: Int32s, hops: int, end: int) -> None:
    """Counts a path, and lists it if there is room: ``path[:hops]``, then the end."""
    written = listed.totals.sum()
    if written < listed.paths.shape[0]:
        listed.paths[written, :hops] = path[:hops]
        listed.paths[written, hops] = end
    listed.totals[hops] += 1


@compiled
def trace_from(job: Job, course: Course, days: Days, start: int, hops: int) -> tuple[Trace, Int64s]:
    """A path that is nothing but its start, and the spans of its days."""
    trace = Trace(
        np.empty(hops + 1, np.int32),
        np.empty(hops + 1, np.int64),
        np.empty(hops + 1, np.int64),
        np.zeros(hops + 1, np.int64),
        np.zeros((hops + 1, course.states + 1, 2), np.int64),
    )
    trace.path[0], trace.cursors[0], trace.states[0] = start, job.adjacency.starts[start], 1
    spans = np.empty((64, 2), np.int64)
    spans[0, 0], spans[0, 1] = days.window
    trace.bounds[0, 0, 1], trace.bounds[0, course.states, 1] = 1, 1
    return trace, spans


@compiled
def walk(  # noqa: PLR0917
    job: Job, course: Course, layers: Layers, days: Days, ends: tuple[int, int], hops: int, most: int, listed: Listed
) -> int:
    """Walks all paths of so many hops, after ``deepen`` of ``layers_kernel`` met, but no more than ``most`` in all. Returns
    ``DONE``, ``STOPPED``, or ``MET`` when there are ``most``."""
    trace, spans = trace_from(job, course, days, ends[0], hops)
    whole = (1 << course.traced) - 1 == course.every and not days.asked
    path, cursors = trace.path, trace.cursors
    layers.places[ends[0]] |= ON_PATH
    depth, status = 0, DONE
    while depth >= 0:
        if job.budget[0] < 0 or job.budget[1] != 0:
            status = STOPPED
            break
        node, states = path[depth], trace.states[depth]
        if depth + 1 == hops:
            chosen, reached, first, cursors[depth] = last_hop(job, course, node, states, ends[1], cursors[depth])
        else:
            chosen, reached, first, cursors[depth] = next_node(job, course, layers, (node, states, depth, hops), cursors[depth])
        if chosen >= 0 and days.asked:
            spans, reached = carry(job, course, days, trace, spans, (depth, reached, first, cursors[depth]))
            if reached == 0:
                continue
        if chosen < 0:
            layers.places[node] &= 255 - ON_PATH
            depth -= 1
            continue
        path[depth + 1] = chosen
        if depth + 1 == hops or (whole and depth + 2 == hops):
            if whole or trace.met[depth] == course.every:
                put(listed, path, hops, ends[1])
                if listed.totals.sum() >= most:
                    status = MET
                    break
            continue
        if course.every != 0:
            trace.met[depth + 1] = trace.met[depth] | needs_met(job, course, layers, chosen)
        depth += 1
        cursors[depth], trace.states[depth] = job.adjacency.starts[chosen], reached
        layers.places[chosen] |= ON_PATH
    while depth >= 0:
        layers.places[path[depth]] &= 255 - ON_PATH
        depth -= 1
    return status
