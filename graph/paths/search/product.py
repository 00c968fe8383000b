"""Simple paths under every condition: patterns, what must be passed, a common day. Node numbers in, node numbers out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

import numpy as np

from graph.kernels.arrays import MET, MOST_WAYS, STOPPED, Flags, Job
from graph.kernels.automaton import BARRED, MOST_STATES, Automaton, Course, Layers, Listed
from graph.paths.ask.automaton import any_path
from graph.paths.ask.conditions import Rules
from graph.paths.search.deadline import stopped_by
from graph.paths.search.plain import Shortest, shortest_paths
from graph.paths.search.workspace import job
from graph.projection import Projection

Extent: TypeAlias = Literal["least", "every", "first"]
"""Which paths: all of the least number of hops; all within the hop limit; as many as are to be listed."""

BYTES_A_PLACE = 36
"""Of work space, for each node and number of hops: three sets of states and three lists."""

KEPT_BYTES = 64_000_000
"""Work space up to this size is kept by its thread for the next search; a larger one is made anew."""


def simple_paths(
    task: Job, projection: Projection, rules: Rules, ends: tuple[int, int], max_hops: int, *, limit: int, extent: Extent
) -> Shortest:
    """The simple paths between two different nodes, by hops, then by the numbers of their nodes in order. Lists ``limit`` of them and
    counts all, unless ``extent`` is ``first``: then ``total`` is ``None`` where the list was filled. Memory:
    ``BYTES_A_PLACE``, as far as the search comes."""
    from graph.paths.search.layers_kernel import begin, clear, deepen, joined
    from graph.paths.search.product_kernel import Days, walk

    course = course_of(projection, rules)
    longest = rules.pattern.most_hops if rules.pattern else None
    all_lengths = longest is not None and longest <= max_hops
    max_hops = min(max_hops, longest or max_hops)
    if (max_hops + 1) * projection.node_count * BYTES_A_PLACE > rules.most_bytes:
        return Shortest(0, None, (), "bytes")
    days = Days(rules.together is not None, rules.together or (0, 0), projection.edge_kinds.first, projection.edge_kinds.last)
    listed = Listed(np.empty((limit, max_hops + 1), np.int32), np.zeros(max_hops + 1, np.int64))
    most = limit if extent == "first" else MOST_WAYS
    status, hops = 0, 0
    with work_space(projection.node_count, max_hops, rules) as layers:
        begin(task, course, layers, ends)
        while hops < max_hops:
            status, hops = deepen(task, course, layers, ends, max_hops)
            if status != MET:
                break
            status = walk(task, course, layers, days, ends, hops, most, listed)
            if status != 0 or (extent == "least" and listed.totals[hops]):
                break
        deeper = status == 0 and hops == max_hops and not listed.totals.any() and not all_lengths
        deeper = deeper and joined(task, course, layers, ends) == MET
        clear(layers)
    return _found(task, rules, listed, status, deeper)


def prepare(projection: Projection, rules: Rules) -> None:
    """Loads what ``simple_paths`` needs, or compiles it, which takes a while where that was never done: so it is done before the time of
    a question begins. Once in a process for arrays of the same make."""
    make = tuple((array.dtype, array.flags.writeable) for array in (*rules.adjacency, *projection.edge_kinds))
    if make in _prepared:
        return
    from graph.paths.search.layers_kernel import begin, clear, deepen, joined
    from graph.paths.search.product_kernel import Days, walk

    course = course_of(projection, rules)
    days = Days(False, (0, 0), projection.edge_kinds.first, projection.edge_kinds.last)
    listed = Listed(np.empty((1, 2), np.int32), np.zeros(2, np.int64))
    task = job(projection, rules.allowed, -1)._replace(adjacency=rules.adjacency)
    with work_space(projection.node_count, 1, rules) as layers:
        ends = (0, projection.node_count - 1)
        begin(task, course, layers, ends)
        deepen(task, course, layers, ends, 1)
        walk(task, course, layers, days, ends, 1, 1, listed)
        joined(task, course, layers, ends)
        clear(layers)
    _prepared.add(make)


_prepared: set[tuple[object, ...]] = set()


def least_paths(task: Job, projection: Projection, rules: Rules, ends: tuple[int, int], max_hops: int, *, limit: int) -> Shortest:
    """All paths of the least number of hops, counted, the first ``limit`` listed: by the quicker search where the conditions let it."""
    if rules.plain:
        return shortest_paths(task, ends, max_hops, limit, degree_asked=rules.degree_asked)
    return simple_paths(task, projection, rules, ends, max_hops, limit=limit, extent="least")


def course_of(projection: Projection, rules: Rules) -> Course:
    """The shape and the needs of a question as kernels follow them. Needs are the nodes to pass in order, then the types. As many of them
    are traced from the start as sets of states have bits for; the rest is found out at the end of each path."""
    shape = rules.pattern.automaton if rules.pattern else any_path(projection, rules.allowed.kinds)
    states = len(shape.moves)
    needs = len(rules.through) + len(rules.through_types)
    traced = 0
    while traced < needs and states << (traced + 1) <= MOST_STATES:
        traced += 1
    kind_needs = np.zeros(len(rules.allowed.kinds), np.int64)
    for number, kinds in enumerate(rules.through_types, len(rules.through)):
        kind_needs |= kinds.astype(np.int64) << number
    node_needs = np.array([0, *(1 << number for number in range(len(rules.through)))], np.int64)
    blocks = [number * states for number in range(1 << traced)]
    every_block = sum(1 << block for block in blocks)
    named = rules.pattern.named if rules.pattern else (rules.open_kinds,)
    kinds_of = [int(projection.adjacency.kinds[node]) for node in rules.through]
    node_states = np.array([0, *(_states_of(named, kind) * every_block for kind in kinds_of)], np.int64)
    automaton = Automaton(
        np.concatenate([shape.moves << block for block in blocks]),
        np.concatenate([shape.back << block for block in blocks]),
        shape.nodes * every_block,
        shape.finals << blocks[-1],
    )
    return Course(automaton, states, traced, (1 << needs) - 1, kind_needs, node_needs, node_states, projection.edge_kinds.types)


def _states_of(named: tuple[Flags, ...], kind: int) -> int:
    return sum(1 << state for state, test in enumerate(named) if test[kind])


def _found(task: Job, rules: Rules, listed: Listed, status: int, deeper: bool) -> Shortest:
    totals = listed.totals.tolist()
    count = sum(totals)
    lengths = [hops for hops, number in enumerate(totals) for _ in range(min(number, len(listed.paths)))][: len(listed.paths)]
    paths = tuple(tuple(path[: hops + 1].tolist()) for path, hops in zip(listed.paths, lengths, strict=False))
    heavy = "degree" if task.budget[2] and not rules.degree_asked else None
    least = lengths[0] if lengths else 0
    if status == STOPPED:
        return Shortest(least, None, paths, stopped_by(task.budget))
    if status == MET:
        return Shortest(least, None, paths, heavy)
    return Shortest(least, count, paths, heavy or ("hops" if deeper else None))


class _Kept(threading.local):
    """Work space of one thread."""

    def __init__(self) -> None:
        self.layers: Layers | None = None


_kept = _Kept()


@contextmanager
def work_space(nodes: int, hops: int, rules: Rules) -> Iterator[Layers]:
    """Zeroed layers with a row for each number of hops, and the places of this question's nodes marked in them."""
    layers, _kept.layers = _kept.layers, None
    if layers is None or layers.forward.shape[1] != nodes or len(layers.forward) <= hops:
        layers = _new(nodes, hops + 1)
    marked = [*rules.barred, *rules.through]
    layers.places[list(rules.barred)] = BARRED
    layers.places[list(rules.through)] = np.arange(1, len(rules.through) + 1, dtype=np.uint8)
    yield layers
    layers.places[marked] = 0
    if 3 * layers.forward.nbytes <= KEPT_BYTES:
        _kept.layers = layers


def _new(nodes: int, levels: int) -> Layers:
    """Memory is taken page by page as it is written to, so what a search does not reach costs nothing."""
    forward, backward, useful = (np.zeros((levels, nodes), np.int64) for _ in range(3))
    lists = (np.empty((levels, nodes), np.int32), np.empty((levels, nodes), np.int32), np.empty((levels, nodes), np.int32))
    return Layers(forward, backward, useful, *lists, np.zeros((3, levels), np.int64), np.zeros(4, np.int64), np.zeros(nodes, np.uint8))
