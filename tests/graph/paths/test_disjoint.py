from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.paths import Bounds, PathQuery
from graph.paths.ask.conditions import compile_conditions
from graph.paths.search.disjoint import Disjoint, disjoint_paths
from graph.paths.search.workspace import job
from graph.projection import Projection
from tests.graph.paths.graphs import World, context, node, relationship, worlds


def _disjoint(projection: Projection, query: PathQuery, bounds: Bounds | None = None) -> Disjoint:
    someone = context(bounds=bounds)
    rules = compile_conditions(projection, query, someone)
    task = job(projection, rules.allowed, someone.bounds.work)._replace(adjacency=rules.adjacency)
    ends = projection.number(query.start), projection.number(query.end)
    return disjoint_paths(task, ends, query.max_hops, query.limit, degree_asked=rules.degree_asked)


def _most(graph: nx.DiGraph, start: str, end: str) -> tuple[int, int]:
    """The greatest number of disjoint paths and the least sum of their hops, by a flow of least cost in networkx."""
    split = nx.DiGraph()
    for each in graph.nodes:
        split.add_edge((each, 0), (each, 1), capacity=99 if each in (start, end) else 1, weight=0)
    for left, right in graph.edges:
        split.add_edge((left, 1), (right, 0), capacity=1, weight=1)
    flow = nx.max_flow_min_cost(split, (start, 1), (end, 0))
    return sum(flow[start, 1].values()) - flow.get((start, 0), {}).get((start, 1), 0), nx.cost_of_flow(split, flow)


def _exhaustive(paths: list[list[str]]) -> int:
    """The greatest number of these paths that share no inner node."""
    best = 0
    for number, path in enumerate(paths):
        rest = [other for other in paths[number + 1 :] if not set(other[1:-1]) & set(path[1:-1])]
        if 1 + len(rest) > best:
            best = max(best, 1 + _exhaustive(rest))
    return best


@given(
    world=worlds(most_nodes=8, most_relationships=24),
    data=st.data(),
    direction=st.sampled_from(("any", "forward", "backward")),
    max_hops=st.integers(1, 8),
)
def test_they_are_as_many_and_as_short_as_a_flow_of_least_cost(world, data, direction, max_hops):
    start, end = data.draw(st.permutations(world.ids()))[:2]
    graph = world.simple(direction=direction).subgraph(world.passable() | {start, end})
    query = PathQuery(start, end, "disjoint", max_hops, 20, direction=direction)
    found = _disjoint(world.projection, query)
    ids = world.ids()
    paths = [[ids[number] for number in path] for path in found.paths]
    inner = [each for path in paths for each in path[1:-1]]
    assert len(inner) == len(set(inner)) and len({tuple(path) for path in paths}) == len(paths)
    for path in paths:
        assert path[0] == start and path[-1] == end and len(path) - 1 <= max_hops and all(graph.has_edge(*hop) for hop in pairwise(path))
    assert paths == sorted(paths, key=lambda path: (len(path), path))
    number, hops = _most(graph, start, end)
    if max_hops >= 7:  # no simple path here has more
        assert (len(paths), sum(map(len, paths)) - len(paths), found.total, found.limit) == (number, hops, number, None)
    most = _exhaustive(list(nx.all_simple_paths(graph, start, end, cutoff=max_hops)))
    assert len(paths) <= most
    if found.limit is None:
        assert found.total == len(paths) == most
    else:
        assert found.limit == "hops" and found.total is None


def _lanes(*lengths: int) -> World:
    """From a to z by separate ways of these numbers of hops."""
    ways = [["a", *(f"m:{way}:{place}" for place in range(length - 1)), "z"] for way, length in enumerate(lengths)]
    nodes = tuple(node(id, "Project") for id in sorted({id for way in ways for id in way}))
    hops = [hop for way in ways for hop in pairwise(way)]
    return World(nodes, tuple(relationship(f"r{n:03}", "JOINS", *hop) for n, hop in enumerate(hops)))


def test_a_limit_leaves_the_shortest_and_is_named():
    found = _disjoint(_lanes(4, 1, 2, 3).projection, PathQuery("a", "z", "disjoint", 9, 2))
    assert [len(path) - 1 for path in found.paths] == [1, 2]
    assert (found.total, found.limit) == (None, "rows")
    exact = _disjoint(_lanes(4, 1, 2, 3).projection, PathQuery("a", "z", "disjoint", 9, 4))
    assert (len(exact.paths), exact.total, exact.limit) == (4, 4, None)


def test_paths_that_are_too_long_are_left_out():
    proven = _disjoint(_lanes(2, 9).projection, PathQuery("a", "z", "disjoint", 4))  # two of 4 hops have less than 11
    assert ([len(path) - 1 for path in proven.paths], proven.total, proven.limit) == ([2], 1, None)
    unsure = _disjoint(_lanes(2, 5).projection, PathQuery("a", "z", "disjoint", 4))
    assert ([len(path) - 1 for path in unsure.paths], unsure.total, unsure.limit) == ([2], None, "hops")
    none = _disjoint(_lanes(9).projection, PathQuery("a", "z", "disjoint", 4))
    assert (none.paths, none.limit) == ((), "hops")
    far = _disjoint(_lanes(2, 9).projection, PathQuery("a", "z", "disjoint", 9))
    assert (len(far.paths), far.limit) == (2, None)


def test_an_older_path_gives_way_to_two():
    rows = ["ab", "bc", "cz", "ad", "dc", "be", "ez"]
    world = World(tuple(node(id, "Project") for id in "abcdez"), tuple(relationship(f"r{n}", "JOINS", *row) for n, row in enumerate(rows)))
    found = _disjoint(world.projection, PathQuery("a", "z", "disjoint"))
    assert ["".join(world.ids()[number] for number in path) for path in found.paths] == ["abez", "adcz"]


@pytest.mark.parametrize(("bounds", "limit"), [(Bounds(work=3), "work"), (Bounds(degree=1), "degree")])
def test_bounds_are_named(bounds, limit):
    found = _disjoint(_lanes(3, 4).projection, PathQuery("a", "z", "disjoint"), bounds)
    assert (found.paths, found.limit) == ((), limit)
