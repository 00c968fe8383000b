"""Where paths of a shape can go: layers of nodes and states, from both ends, for one number of hops after the other.

Walks from the start and walks from the end are extended, the cheaper side first, until they meet; what does not meet is
dropped. Layers hold *walks*, in which a node may come twice: they are exact bounds for walks, and so lower bounds for paths.
``product_kernel`` walks the paths themselves through them.
"""

from __future__ import annotations

import numpy as np

from graph.kernels.arrays import DONE, MET, STOPPED, Int32s, Int64s, Job
from graph.kernels.automaton import BARRED, NAMED, Course, Layers
from graph.kernels.compiled import compiled


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
    """The set of traced needs that passing this node meets."""
    if course.every == 0:
        return 0
    met = course.kind_needs[job.adjacency.kinds[node]] | course.node_needs[layers.places[node] & NAMED]
    return int(met) & ((1 << course.traced) - 1)


@compiled
def entered(count: int, states: int, needs: int) -> int:
    """States after a node that meets ``needs`` was entered in ``states``; ``count`` is the number of states for each set of needs."""
    after, state = 0, 0
    while states != 0:
        if states & 1:
            after |= 1 << (((state // count) | needs) * count + state % count)
        states >>= 1
        state += 1
    return after


@compiled
def entering(count: int, every: int, states: int, needs: int) -> int:
    """The other way: in which states, of ``every`` one there is, such a node may be entered to be in one of ``states`` after."""
    if needs == 0:
        return states
    before = 0
    for state in range(every):
        if (states >> (((state // count) | needs) * count + state % count)) & 1:
            before |= 1 << state
    return before


@compiled
def holding(count: int, states: int, needs: int) -> int:
    """Those of ``states`` in which ``needs`` are met."""
    kept, state, rest = 0, 0, states
    while rest != 0:
        if rest & 1 and (state // count) & needs == needs:
            kept |= 1 << state
        rest >>= 1
        state += 1
    return kept


@compiled
def fitting(job: Job, course: Course, layers: Layers, node: int, states: int, backwards: bool) -> int:  # noqa: PLR0917
    """In which states a path stands at this node after it entered it in one of ``states``; backwards: in which of ``states`` it may stand
    there. 0 where it may not pass."""
    named = layers.places[node] & NAMED
    fits = int(states & (course.node_states[named] if named else course.automaton.nodes[job.adjacency.kinds[node]]))
    if fits == 0:
        return 0
    if not named and job.adjacency.starts[node + 1] - job.adjacency.starts[node] > job.allowed.degree:
        job.budget[2] = 1
        return 0
    needs = needs_met(job, course, layers, node)
    if needs == 0:
        return fits
    return holding(course.states, fits, needs) if backwards else entered(course.states, fits, needs)


@compiled
def extend(job: Job, course: Course, layers: Layers, ends: tuple[int, int], backwards: bool) -> bool:
    """Adds a layer on one side. The end opposite is entered but never passed. False when stopped."""
    starts, neighbors, codes, _ = job.adjacency
    every_code, allowed, budget = job.allowed.every_code, job.allowed.codes, job.budget
    types, places = course.types, layers.places
    side = 1 if backwards else 0
    table = course.automaton.back if backwards else course.automaton.moves
    sets = layers.backward if backwards else layers.forward
    lists = layers.backward_list if backwards else layers.forward_list
    own, other = (ends[1], ends[0]) if backwards else ends
    depth, tail, load = layers.depths[side], 0, 0
    before, after = sets[depth], sets[depth + 1]
    for position in range(layers.lengths[side, depth]):
        node = lists[depth, position]
        if node == other:
            continue
        budget[0] -= starts[node + 1] - starts[node]
        if budget[0] < 0 or budget[1] != 0:
            break
        states = before[node]
        if backwards and node != own:
            states = entering(course.states, len(table), states, needs_met(job, course, layers, node))
        for entry in range(starts[node], starts[node + 1]):
            code = codes[entry]
            if not (every_code or allowed[code ^ side]):
                continue
            reached = moved(table, states, 2 * types[code >> 1] + (code & 1))
            neighbor = neighbors[entry]
            there = after[neighbor]
            if reached == 0 or reached == there or neighbor == own or places[neighbor] & BARRED:  # noqa: PLR1714 (a tuple costs in the inner loop)
                continue
            if neighbor != other:
                reached = fitting(job, course, layers, neighbor, reached, backwards)
                if reached == 0:
                    continue
            if there == 0:
                lists[depth + 1, tail] = neighbor
                tail += 1
                load += starts[neighbor + 1] - starts[neighbor]
            after[neighbor] = there | reached
    layers.lengths[side, depth + 1] = tail
    layers.depths[side] = depth + 1
    layers.depths[2 + side] = load
    return bool(budget[0] >= 0 and budget[1] == 0)


@compiled
def entries_of(starts: Int32s, nodes: Int32s, count: int) -> int:
    """How many adjacency entries the first ``count`` of these nodes have."""
    entries = 0
    for position in range(count):
        entries += starts[nodes[position] + 1] - starts[nodes[position]]
    return entries


@compiled
def useful_from_ahead(job: Job, course: Course, layers: Layers, ends: tuple[int, int], level: int) -> None:
    """What is useful one level before ``level``, looked for from the nodes of that level."""
    starts, neighbors, codes, _ = job.adjacency
    forward, tail = layers.forward[level - 1], 0
    for position in range(layers.lengths[2, level]):
        node = layers.useful_list[level, position]
        needs = 0 if node == ends[1] else needs_met(job, course, layers, node)
        states = entering(course.states, len(course.automaton.moves), layers.useful[level, node], needs)
        for entry in range(starts[node], starts[node + 1]):
            code, neighbor = codes[entry], neighbors[entry]
            before = forward[neighbor]
            if before == 0 or not (job.allowed.every_code or job.allowed.codes[code ^ 1]):
                continue
            before &= moved(course.automaton.back, states, 2 * course.types[code >> 1] + (code & 1))
            if before == 0 or neighbor == ends[1]:
                continue
            if layers.useful[level - 1, neighbor] == 0:
                layers.useful_list[level - 1, tail] = neighbor
                tail += 1
            layers.useful[level - 1, neighbor] |= before
    layers.lengths[2, level - 1] = tail


@compiled
def useful_from_behind(job: Job, course: Course, layers: Layers, ends: tuple[int, int], level: int) -> None:
    """The same, looked for from the nodes that stand one level before."""
    starts, neighbors, codes, _ = job.adjacency
    useful, table, tail = layers.useful[level], course.automaton.back, 0
    for position in range(layers.lengths[0, level - 1]):
        node = layers.forward_list[level - 1, position]
        if node == ends[1]:
            continue
        states, kept = layers.forward[level - 1, node], 0
        for entry in range(starts[node], starts[node + 1]):
            code, neighbor = codes[entry], neighbors[entry]
            after = useful[neighbor]
            if after == 0 or not (job.allowed.every_code or job.allowed.codes[code]):
                continue
            needs = 0 if neighbor == ends[1] else needs_met(job, course, layers, neighbor)
            column = 2 * course.types[code >> 1] + 1 - (code & 1)
            kept |= states & moved(table, entering(course.states, len(table), after, needs), column)
            if kept == states:
                break
        if kept != 0:
            layers.useful[level - 1, node] = kept
            layers.useful_list[level - 1, tail] = node
            tail += 1
    layers.lengths[2, level - 1] = tail


@compiled
def meet(job: Job, course: Course, layers: Layers, ends: tuple[int, int]) -> int:
    """Fills ``useful`` for the layers from the start to where the sides meet. Returns ``MET``, ``DONE`` (they do not) or ``STOPPED``."""
    starts = job.adjacency.starts
    forget_useful(layers)
    depth, rest = layers.depths[0], layers.depths[1]
    tail = 0
    for position in range(layers.lengths[0, depth]):
        node = layers.forward_list[depth, position]
        states = layers.forward[depth, node] & layers.backward[rest, node]
        if states != 0 and (node != ends[1] or rest == 0):
            layers.useful[depth, node] = states
            layers.useful_list[depth, tail] = node
            tail += 1
    layers.lengths[2, depth] = tail
    for level in range(depth, 0, -1):
        ahead = entries_of(starts, layers.useful_list[level], layers.lengths[2, level])
        behind = entries_of(starts, layers.forward_list[level - 1], layers.lengths[0, level - 1])
        job.budget[0] -= min(ahead, behind)
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED
        if ahead <= behind:
            useful_from_ahead(job, course, layers, ends, level)
        else:
            useful_from_behind(job, course, layers, ends, level)
    return MET if layers.lengths[2, 0] > 0 else DONE


@compiled
def forget_useful(layers: Layers) -> None:
    """Clears what the last meeting left."""
    for level in range(layers.useful.shape[0]):
        for position in range(layers.lengths[2, level]):
            layers.useful[level, layers.useful_list[level, position]] = 0
        layers.lengths[2, level] = 0


@compiled
def begin(job: Job, course: Course, layers: Layers, ends: tuple[int, int]) -> None:
    """Puts both ends into the first layer of their side."""
    for side in range(2):
        layers.lengths[side, 0] = 1
        layers.depths[side] = 0
        layers.depths[2 + side] = job.adjacency.starts[ends[side] + 1] - job.adjacency.starts[ends[side]]
    layers.forward[0, ends[0]] = 1
    layers.forward_list[0, 0] = ends[0]
    layers.backward[0, ends[1]] = course.automaton.finals
    layers.backward_list[0, 0] = ends[1]


@compiled
def exhausted(layers: Layers) -> bool:
    """Whether one side has come to its end, so that there are no longer paths."""
    return bool(layers.lengths[0, layers.depths[0]] == 0 or layers.lengths[1, layers.depths[1]] == 0)


@compiled
def deepen(job: Job, course: Course, layers: Layers, ends: tuple[int, int], max_hops: int) -> tuple[int, int]:
    """Goes further, a hop at a time, until walks of so many hops join the ends. Returns ``MET`` and the number of hops, ``DONE`` and
    ``max_hops`` when there are none within it, ``DONE`` and 0 when there are no longer ones at all, or ``STOPPED``. ``begin`` comes
    first; called again, it looks for the next number."""
    hops = layers.depths[0] + layers.depths[1]
    while hops < max_hops:
        if exhausted(layers):
            return DONE, 0
        hops += 1
        if not extend(job, course, layers, ends, bool(layers.depths[3] < layers.depths[2])):
            return STOPPED, hops
        status = meet(job, course, layers, ends)
        if status != DONE:
            return status, hops
    return DONE, 0 if exhausted(layers) else max_hops


@compiled
def clear(layers: Layers) -> None:
    """Leaves the work space as it was found, places apart."""
    forget_useful(layers)
    for level in range(layers.forward.shape[0]):
        for position in range(layers.lengths[0, level]):
            layers.forward[level, layers.forward_list[level, position]] = 0
        for position in range(layers.lengths[1, level]):
            layers.backward[level, layers.backward_list[level, position]] = 0
        layers.lengths[0, level], layers.lengths[1, level] = 0, 0
    layers.depths[:] = 0


@compiled
def joined(job: Job, course: Course, layers: Layers, ends: tuple[int, int]) -> int:
    """Whether a walk of any length joins the ends: ``MET``, ``DONE`` or ``STOPPED``. Goes on from the start until it comes to anything from
    where the end was found to be in reach."""
    starts, neighbors, codes, _ = job.adjacency
    nodes = starts.shape[0] - 1
    seen, waiting, goal = np.zeros(nodes, np.int64), np.zeros(nodes, np.int64), np.zeros(nodes, np.int64)
    for level in range(layers.depths[1] + 1):
        for position in range(layers.lengths[1, level]):
            node = layers.backward_list[level, position]
            goal[node] |= layers.backward[level, node]
    seen[ends[0]], waiting[ends[0]] = 1, 1
    queue = [ends[0]]
    while len(queue) > 0:
        node = queue.pop()
        states, waiting[node] = waiting[node], 0
        job.budget[0] -= starts[node + 1] - starts[node]
        if job.budget[0] < 0 or job.budget[1] != 0:
            return STOPPED
        for entry in range(starts[node], starts[node + 1]):
            code, neighbor = codes[entry], neighbors[entry]
            if layers.places[neighbor] & BARRED or not (job.allowed.every_code or job.allowed.codes[code]):
                continue
            reached = moved(course.automaton.moves, states, 2 * course.types[code >> 1] + (code & 1))
            if neighbor != ends[1]:
                reached = fitting(job, course, layers, neighbor, reached, False)
            if reached & goal[neighbor]:
                return MET
            reached &= ~seen[neighbor]
            if reached != 0 and neighbor != ends[1]:
                if waiting[neighbor] == 0:
                    queue.append(int(neighbor))
                waiting[neighbor] |= reached
                seen[neighbor] |= reached
    return DONE
