"""From each source to all targets at once: the least simple paths of a shape, one number of hops after the other.

What can still arrive is told by layers that were laid backwards from all targets together. They hold walks, so they are lower bounds for
paths. Where a source's search through them is long, layers of its own are laid from the targets that it has not reached yet: most of
what is dear is a search for what cannot be found.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.kernels.arrays import DONE, MOST_WAYS, STOPPED, Flags, Int32s, Int64s, Job, Table
from graph.kernels.automaton import BARRED, ON_PATH, Course, Layers
from graph.kernels.compiled import compiled
from graph.paths.search.layers_kernel import clear, entering, fitting
from graph.paths.search.layers_kernel import needs_met as traced_needs_met
from graph.paths.search.product_kernel import Days, Trace, carry, moved, needs_met, next_node, trace_from

LONG = 3
"""A search that spent as much work as could be spent is given up for one through layers of its own."""

WORTH_LAYING = 16
"""How many times the work of laying layers a search may spend before layers of its own are laid: what it spent is then lost."""


class Reach(NamedTuple):
    """Targets are numbered: ``numbers`` gives each node's place among them, or -1. ``both`` tells by kind which nodes could stand at either
    end: such a pair is listed once, the lesser number first. ``found[i, t]`` says that source ``i`` reached target ``t`` by fewer
    hops. ``ending[c]`` is the set of states from which a hop of column ``c`` (of ``Automaton.moves``) ends a path."""

    numbers: Int32s
    both: Flags
    found: Flags
    ending: Int64s


class Best(NamedTuple):
    """Of each target, from one source: how many paths of so many hops (0: none), and the first of them. ``touched`` lists those reached."""

    ways: Int64s
    paths: Int32s
    touched: Int32s


@compiled
def lay(job: Job, course: Course, layers: Layers, targets: Flags, hops: int) -> int:
    """Fills ``layers.backward`` up to ``hops`` from all of ``targets``; the layers are given clear. Returns ``DONE`` or ``STOPPED``."""
    starts, neighbors, codes, _ = job.adjacency
    table, sets, lists = course.automaton.back, layers.backward, layers.backward_list
    tail = 0
    for node in range(targets.shape[0]):
        if targets[node]:
            sets[0, node] = course.automaton.finals
            lists[0, tail] = node
            tail += 1
    layers.lengths[1, 0] = tail
    for depth in range(hops):
        after, tail = sets[depth + 1], 0
        for position in range(layers.lengths[1, depth]):
            node = lists[depth, position]
            job.budget[0] -= starts[node + 1] - starts[node]
            if job.budget[0] < 0 or job.budget[1] != 0:
                layers.lengths[1, depth + 1] = tail
                return STOPPED
            states = sets[depth, node]
            if depth > 0:
                states = entering(course.states, len(table), states, traced_needs_met(job, course, layers, node))
            for entry in range(starts[node], starts[node + 1]):
                code, neighbor = codes[entry], neighbors[entry]
                if layers.places[neighbor] & BARRED or not (job.allowed.every_code or job.allowed.codes[code ^ 1]):
                    continue
                reached, there = moved(table, states, 2 * course.types[code >> 1] + (code & 1)), after[neighbor]
                if reached == 0 or reached == there:  # noqa: PLR1714 (a tuple costs in the inner loop)
                    continue
                reached = fitting(job, course, layers, neighbor, reached, True)
                if reached == 0:
                    continue
                if there == 0:
                    lists[depth + 1, tail] = neighbor
                    tail += 1
                after[neighbor] = there | reached
        layers.lengths[1, depth + 1] = tail
    return DONE


@compiled
def is_open(job: Job, reach: Reach, place: int, source: int, node: int) -> bool:
    """Whether a node is a target that this source, the one at ``place``, has yet to reach."""
    number = reach.numbers[node]
    if number < 0 or reach.found[place, number] or node == source:
        return False
    kinds = job.adjacency.kinds
    return not (node < source and reach.both[kinds[node]] and reach.both[kinds[source]])


@compiled
def next_end(  # noqa: PLR0917
    job: Job, course: Course, layers: Layers, reach: Reach, at: tuple[int, int, int, int], entry: int
) -> tuple[int, int, int, int]:
    """The next neighbour at which a path may end. ``at`` is (node, its states, place of the source, source). Returns what ``next_node``
    returns."""
    starts, neighbors, codes, _ = job.adjacency
    node, states, place, source = at
    first, stop = entry, starts[node + 1]
    while entry < stop:
        neighbor = neighbors[entry]
        if layers.places[neighbor] & ON_PATH or not is_open(job, reach, place, source, neighbor):
            entry += 1
            continue
        group, reached = entry, 0
        while entry < stop and neighbors[entry] == neighbor:
            code = codes[entry]
            if job.allowed.every_code or job.allowed.codes[code]:
                reached |= moved(course.automaton.moves, states, 2 * course.types[code >> 1] + (code & 1))
            entry += 1
        reached &= course.automaton.finals
        if reached != 0:
            job.budget[0] -= entry - first
            return neighbor, reached, group, entry
    job.budget[0] -= stop - first + 1
    return -1, 0, stop, stop


@compiled
def note(best: Best, tail: int, path: Int32s, hops: int, end: int) -> int:
    """Counts a path to ``end``, ``path[:hops]`` before it; keeps the first. Returns the new number of targets touched."""
    if best.ways[end] == 0:
        best.touched[tail] = end
        best.paths[end, :hops] = path[:hops]
        best.paths[end, hops] = end
        tail += 1
    best.ways[end] = min(best.ways[end] + 1, MOST_WAYS)
    return tail


@compiled
def note_ends(  # noqa: PLR0917
    job: Job, course: Course, layers: Layers, reach: Reach, at: tuple[int, int, int, int], best: Best, tail: int, trace: Trace, hops: int
) -> int:
    """Notes all ends that the path but for its last hop has, where no days have to be carried. ``at`` is as in ``next_end``. Returns the
    new number of targets touched."""
    if trace.met[hops - 1] != course.every:
        return tail
    starts, neighbors, codes, _ = job.adjacency
    node, states, place, source = at
    entry, stop = starts[node], starts[node + 1]
    job.budget[0] -= stop - entry + 1
    while entry < stop:
        neighbor, ended = neighbors[entry], False
        if reach.numbers[neighbor] >= 0:
            while entry < stop and neighbors[entry] == neighbor and not ended:
                code = codes[entry]
                fits = reach.ending[2 * course.types[code >> 1] + (code & 1)] & states
                ended = fits != 0 and (job.allowed.every_code or job.allowed.codes[code])
                entry += 1
        if ended and not layers.places[neighbor] & ON_PATH and is_open(job, reach, place, source, neighbor):
            tail = note(best, tail, trace.path, hops, neighbor)
        while entry < stop and neighbors[entry] == neighbor:
            entry += 1
    return tail


@compiled
def walk_out(  # noqa: PLR0917
    job: Job, course: Course, layers: Layers, days: Days, reach: Reach, at: tuple[int, int, int], least_budget: int, best: Best
) -> tuple[int, int]:
    """All simple paths from one source to targets that are open, in the order of their nodes. ``at`` is (place of the source, source,
    hops of the paths). Returns ``DONE``, ``STOPPED``, or ``LONG`` where the budget fell below ``least_budget``, and the number of targets
    touched."""
    place, source, hops = at
    trace, spans = trace_from(job, course, days, source, hops)
    path, cursors = trace.path, trace.cursors
    layers.places[source] |= ON_PATH
    depth, tail, status = 0, 0, DONE
    while depth >= 0:
        if job.budget[0] < least_budget or job.budget[1] != 0:
            status = STOPPED if job.budget[0] < 0 or job.budget[1] != 0 else LONG
            break
        node, states = path[depth], trace.states[depth]
        if depth + 1 == hops and not days.asked:
            tail = note_ends(job, course, layers, reach, (node, states, place, source), best, tail, trace, hops)
            chosen, reached, first = -1, 0, 0
        elif depth + 1 == hops:
            chosen, reached, first, cursors[depth] = next_end(job, course, layers, reach, (node, states, place, source), cursors[depth])
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
        if depth + 1 == hops:
            if trace.met[depth] == course.every:
                tail = note(best, tail, path, hops, chosen)
            continue
        path[depth + 1] = chosen
        if course.every != 0:
            trace.met[depth + 1] = trace.met[depth] | needs_met(job, course, layers, chosen)
        depth += 1
        cursors[depth], trace.states[depth] = job.adjacency.starts[chosen], reached
        layers.places[chosen] |= ON_PATH
    while depth >= 0:
        layers.places[path[depth]] &= 255 - ON_PATH
        depth -= 1
    return status, tail


@compiled
def forget(best: Best, tail: int) -> None:
    """Leaves ``best`` empty again."""
    for position in range(tail):
        best.ways[best.touched[position]] = 0


@compiled
def keep(reach: Reach, place: int, source: int, hops: int, best: Best, tail: int, table: Table, paths: Int32s) -> None:  # noqa: PLR0917
    """Writes the rows of one source and number of hops, by target, as far as there is room."""
    for end in np.sort(best.touched[:tail]):
        row = table.totals[hops]
        if row < table.sources.shape[1]:
            table.sources[hops, row], table.targets[hops, row], table.ways[hops, row] = source, end, best.ways[end]
            if row < paths.shape[1]:
                paths[hops, row, : hops + 1] = best.paths[end, : hops + 1]
        table.totals[hops] += 1
        reach.found[place, reach.numbers[end]] = True
        best.ways[end] = 0


@compiled
def search_out(  # noqa: PLR0917
    job: Job,
    course: Course,
    layers: tuple[Layers, Layers],
    days: Days,
    reach: Reach,
    sources: Int32s,
    best: Best,
    table: Table,
    paths: Int32s,
) -> int:
    """The rows of all ``sources`` by hops, source and target. ``layers`` are those laid from all targets, and clear ones with the same
    ``places``; ``best`` is given empty. Room for rows is ``table``'s; the first path of a row is kept while ``paths`` has room. Returns
    ``DONE`` or ``STOPPED``: then the rows of fewer hops than the last are complete."""
    shared, own = layers
    open_targets = np.zeros(reach.numbers.shape[0], np.bool_)
    for hops in range(1, table.totals.shape[0]):
        most_work = WORTH_LAYING * hops * job.adjacency.neighbors.shape[0]
        for place in range(sources.shape[0]):
            source = sources[place]
            at = (place, source, hops)
            status, tail = walk_out(job, course, shared, days, reach, at, job.budget[0] - most_work, best)
            if status == LONG:
                forget(best, tail)
                for node in range(open_targets.shape[0]):
                    open_targets[node] = is_open(job, reach, place, source, node)
                status, tail = lay(job, course, own, open_targets, hops), 0
                if status == DONE:
                    status, tail = walk_out(job, course, own, days, reach, at, 0, best)
                clear(own)
            if status == STOPPED:
                forget(best, tail)
                return STOPPED
            keep(reach, place, source, hops, best, tail, table, paths)
    return DONE
