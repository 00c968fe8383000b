"""Kinds of paths that are listed: all shortest, typed ones, the k shortest; ours against networkx.

networkx has no typed paths. Its own ``all_simple_paths`` walks a graph that holds nothing but the pattern's types of nodes and
relationships, and each path it yields is looked at. Beside it stands what a programmer who knows the pattern would write by hand
over networkx's dictionaries: depth-first over its steps, the last hop looked up instead of walked.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import TypeAlias

import networkx as nx
import numpy as np

from benchmarks import ours, peers
from benchmarks.graphs import NODE_TYPES, SEED, SIZES, Pair, Size, ends_and_types, made, node_types, random_pairs
from benchmarks.measuring import Engine, check_equal, interleaved, ratio
from benchmarks.options import Options
from benchmarks.report import Section, Target, rows

Step: TypeAlias = tuple[str, bool, str]
"""Relationship type, whether it is walked forward, type of the node that it leads to."""

OURS, NETWORKX, BY_HAND = "Lianyin", "networkx", "by hand over networkx"
PATTERN = "University < SECONDED_FROM < Person > KNOWS_VIA*1..2 > Person > DIRECTOR_OF > Enterprise"
ALTERNATIVES: tuple[tuple[Step, ...], ...] = tuple(
    (("SECONDED_FROM", False, "Person"), *(("KNOWS_VIA", True, "Person"),) * times, ("DIRECTOR_OF", True, "Enterprise")) for times in (1, 2)
)
"""The same, written out."""

LISTED, K = 20, 5
FIRST = 100
TYPED_HOPS = 4


def run(options: Options) -> list[Section]:
    size = options.size
    sections = [] if options.quick else [all_shortest(size), k_shortest(size)]
    return [*sections, typed(SIZES["S"], 40 if options.quick else 2_000), *([] if options.quick else [typed(size, 200)])]


def all_shortest(size: Size) -> Section:
    """Counted, the first 20 listed, against the first 20 that networkx yields."""
    graph, projection = peers.networkx_graph(size), made(size)
    search = ours.listing(projection, "all-shortest", LISTED, ours.MAX_HOPS)
    theirs: Engine[Pair] = Engine(NETWORKX, lambda pair: list(islice(nx.all_shortest_paths(graph, *pair), LISTED)), share=1, warm=0)
    pairs = random_pairs(size, 300, salt=2)
    found = interleaved([Engine(OURS, search), theirs], pairs, 6)
    check_equal(found, OURS, lambda paths: (len(paths), len(paths[0])))  # type: ignore[index,arg-type]
    whole = ours.listing(projection, "all-shortest", 100_000, ours.MAX_HOPS)
    for number, paths in found[NETWORKX].answers.items():
        if not set(map(tuple, paths)) <= set(whole(pairs[number])):  # type: ignore[call-overload]
            raise AssertionError(f"Question {number}: networkx lists a shortest path that ours lack.")
    ratios = [ratio(found[NETWORKX], found[OURS], percentile) for percentile in (50, 99)]
    told = f"{ratios[0]:,.0f}× at the median, {ratios[1]:,.0f}× at p99"
    target = Target(f"all shortest (≤ {LISTED}), {size.name}, against networkx", "≥ 100×", told, min(ratios) >= 100)
    return Section(f"All shortest paths on {size.name}, the first {LISTED} listed", rows(found), targets=(target,))


def k_shortest(size: Size) -> Section:
    """The five shortest without loops, against ``nx.shortest_simple_paths``."""
    graph = peers.networkx_graph(size)
    search = ours.listing(made(size), "k-shortest", K, ours.MAX_HOPS)
    theirs: Engine[Pair] = Engine(NETWORKX, lambda pair: list(islice(nx.shortest_simple_paths(graph, *pair), K)), share=10, warm=1)
    pairs = random_pairs(size, 200, salt=3)
    found = interleaved([Engine(OURS, search), theirs], pairs, 6)
    check_equal(found, OURS, lambda paths: [len(path) for path in paths])  # type: ignore[attr-defined]
    ratios = [ratio(found[NETWORKX], found[OURS], percentile) for percentile in (50, 99)]
    told = f"1/{ratios[0]:,.0f} at the median, 1/{ratios[1]:,.0f} at p99"
    target = Target(f"k shortest (k = {K}), {size.name}", "≤ 1/50 of networkx", told, min(ratios) >= 50)
    return Section(f"The {K} shortest paths on {size.name}", rows(found), targets=(target,))


def typed(size: Size, count: int) -> Section:
    """The first hundred paths of the pattern, by hops, then ids; conditions compiled anew for each question."""
    graph, projection = typed_graph(size), made(size)
    first = ours.typed(projection, PATTERN, TYPED_HOPS, FIRST)
    pairs = reachable(projection, first, count)
    filtered, many = only_types_of_the_pattern(size), size.edges >= 100_000
    by_hand: Engine[Pair] = Engine(BY_HAND, lambda pair: list(islice(typed_paths(graph, pair), FIRST)), share=5 if many else 0, warm=1)
    library: Engine[Pair] = Engine(
        NETWORKX, lambda pair: list(islice(fitting(graph, filtered, pair), FIRST)), share=1 if many else 5, warm=0
    )
    found = interleaved([Engine(OURS, first), by_hand, library], pairs, 10)
    compared = check_equal({OURS: found[OURS], BY_HAND: found[BY_HAND]}, OURS, lambda paths: [tuple(path) for path in paths])  # type: ignore[attr-defined]
    compared += check_equal({OURS: found[OURS], NETWORKX: found[NETWORKX]}, OURS, len)  # type: ignore[arg-type]
    own = [ratio(found[NETWORKX], found[OURS], at) for at in (50, 99)]
    hand = [ratio(found[BY_HAND], found[OURS], at) for at in (50, 99)]
    told = f"{own[0]:,.0f}× at the median, {own[1]:,.0f}× at p99 (by hand over it: {hand[0]:.1f}× and {hand[1]:.1f}×)"
    target = Target(f"first {FIRST} typed paths, {size.name}, against networkx", "≥ 100×", told, min(own) >= 100)
    if size is SIZES["S"]:
        wall, spent = (float(np.percentile(each, 99)) / 1000 for each in (found[OURS].microseconds, processor_time(first, pairs)))
        told = f"p99 {spent:.2f} ms of processor time, {wall:.2f} ms with what other processes took from it"
        target = Target(f"typed paths ≤ {TYPED_HOPS} hops, S", "p99 ≤ 1 ms", told, spent <= 1)
    notes = (f"`{PATTERN}`: {compared:,} answers compared, those by hand path by path. Conditions are compiled anew for each question.",)
    title = f"Typed paths of at most {TYPED_HOPS} hops on {size.name}, the first {FIRST}"
    return Section(title, rows(found), notes=notes, targets=(target,))


def processor_time(search: Callable[[Pair], object], pairs: Sequence[Pair]) -> list[float]:
    """Microseconds that this thread spent on each question: what it takes where nobody else wants the core."""
    times = []
    for pair in pairs:
        began = time.thread_time_ns()
        search(pair)
        times.append((time.thread_time_ns() - began) / 1e3)
    return times


@cache
def typed_graph(size: Size) -> nx.DiGraph[int]:
    """Nodes with their ``type``, edges with their ``types``; neighbours ascend either way."""
    projection = made(size)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from((number, {"type": name}) for number, name in enumerate(node_types(projection)))
    sources, targets, kinds = ends_and_types(projection)
    types = projection.edge_kinds.types[kinds]
    order = np.lexsort((targets, sources))
    for source, target, kind in zip(sources[order].tolist(), targets[order].tolist(), types[order].tolist(), strict=True):
        name = projection.relationship_types[kind]
        if graph.has_edge(source, target):
            graph.edges[source, target]["types"].add(name)
        else:
            graph.add_edge(source, target, types={name})
    return graph


def typed_paths(graph: nx.DiGraph[int], pair: Pair) -> Iterator[tuple[int, ...]]:
    """The paths of the pattern between two nodes, by hops, then by their nodes."""
    for steps in ALTERNATIVES:
        yield from _walk(graph, (pair[0],), pair[1], steps)


def only_types_of_the_pattern(size: Size) -> nx.Graph[int]:
    """Who is next to whom, of the nodes and relationships that the pattern names."""
    named = {step[0] for steps in ALTERNATIVES for step in steps}
    kept = {"University", "Person", "Enterprise"}
    graph = typed_graph(size)
    filtered: nx.Graph[int] = nx.Graph()
    filtered.add_nodes_from(graph)
    for near, far, edge in graph.edges(data=True):
        if edge["types"] & named and {graph.nodes[near]["type"], graph.nodes[far]["type"]} <= kept:
            filtered.add_edge(near, far)
    return filtered


def fitting(graph: nx.DiGraph[int], filtered: nx.Graph[int], pair: Pair) -> Iterator[list[int]]:
    """The simple paths that fit the pattern, in networkx's order."""
    return (
        path for path in nx.all_simple_paths(filtered, *pair, cutoff=TYPED_HOPS) if any(_fits(graph, path, steps) for steps in ALTERNATIVES)
    )


def _fits(graph: nx.DiGraph[int], path: Sequence[int], steps: Sequence[Step]) -> bool:
    if len(path) != len(steps) + 1:
        return False
    for near, far, (relationship, forward, type_) in zip(path, path[1:], steps, strict=False):
        ends = (near, far) if forward else (far, near)
        if graph.nodes[far]["type"] != type_ or relationship not in graph.get_edge_data(*ends, {"types": ()})["types"]:
            return False
    return True


def _walk(graph: nx.DiGraph[int], path: tuple[int, ...], end: int, steps: Sequence[Step]) -> Iterator[tuple[int, ...]]:
    (relationship, forward, type_), *rest = steps
    around = graph.succ[path[-1]] if forward else graph.pred[path[-1]]
    if not rest:
        if end in around and end not in path and relationship in around[end]["types"]:
            yield (*path, end)
        return
    kinds = graph.nodes
    for neighbor, edge in around.items():
        if relationship in edge["types"] and kinds[neighbor]["type"] == type_ and neighbor not in path:
            yield from _walk(graph, (*path, neighbor), end, rest)


def reachable(projection: object, search: Callable[[Pair], Sequence[object]], count: int) -> list[Pair]:
    """Pairs of a university and an enterprise, half of them connected by the pattern if so many are found soon."""
    from graph.projection import Projection

    assert isinstance(projection, Projection)
    generator = np.random.default_rng(SEED + 4)
    universities, enterprises = (
        np.flatnonzero(projection.adjacency.kinds == NODE_TYPES.index(name)) for name in ("University", "Enterprise")
    )
    tried: list[Pair] = list(zip(*(generator.choice(side, 8 * count).tolist() for side in (universities, enterprises)), strict=True))
    joined = [pair for pair in tried[count:] if search(pair)][: count // 2]
    return [pair for both in zip(joined, tried, strict=False) for pair in both] + tried[len(joined) : count - len(joined)]
