from __future__ import annotations

import datetime
from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound, QueryProblem
from graph.kernels.arrays import Job
from graph.paths import Bounds, PathQuery, find_paths
from graph.paths.ask.conditions import compile_conditions
from graph.paths.ask.weights import hop_costs
from graph.paths.search.deadline import stopping
from graph.paths.search.ranked import Ranked, ranked_paths
from graph.paths.search.workspace import job
from graph.projection import Projection
from tests.graph.paths.graphs import TODAY, World, context, node, relationship, valid_on, worlds

WEIGHTS = ((), (("JOINS", 2.5),), (("JOINS", 0.0), ("WORKS_AT", 0.3)))


def _ranked(projection: Projection, query: PathQuery, bounds: Bounds | None = None) -> Ranked:
    someone = context(bounds=bounds)
    rules = compile_conditions(projection, query, someone)
    task: Job = job(projection, rules.allowed, someone.bounds.work)._replace(adjacency=rules.adjacency)
    ends = projection.number(query.start), projection.number(query.end)
    with stopping(task.budget, someone):
        return ranked_paths(task, ends, query.max_hops, query.limit, hop_costs(projection, query, someone), degree_asked=rules.degree_asked)


def _last_day(text: str) -> datetime.date:
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, *((12, 31)[len(parts) - 1 :] if len(parts) == 1 else (0,) if len(parts) == 2 else ()))[:3]
    if len(parts) == 2:
        return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(1)
    return datetime.date(year, month, day)


def _cost(each, query: PathQuery) -> int:
    """The formulas of ``graph.paths.ask.weights``, said once more."""
    own = dict(query.weights).get(each.type, 1.0)
    end = str(each.properties.get("validTo", ""))
    day = TODAY if query.as_of in ("any", "now") else datetime.date.fromisoformat(query.as_of)
    if query.weight == "fresh" and end and _last_day(end) < day:
        own *= min(2 ** ((day - _last_day(end)).days / 365.25 / 5), 16)
    if query.weight == "attested":
        own *= 3 / 2
    return round(own * 1_000_000)


def _by_networkx(world: World, query: PathQuery, passable: set[str], day: str) -> list[tuple[int, int, list[str]]]:
    """Every simple path with its cost and hops, in order."""
    hops: dict[tuple[str, str], int] = {}
    for each in world.relationships:
        for left, right, way in ((each.source, each.target, "forward"), (each.target, each.source, "backward")):
            if query.direction in ("any", way) and (not day or valid_on(each, day)) and left != right:
                hops[left, right] = min(hops.get((left, right), 10**18), _cost(each, query))
    graph = nx.DiGraph()
    graph.add_nodes_from(passable | {query.start, query.end})
    graph.add_edges_from(pair for pair in hops if set(pair) <= set(graph.nodes))
    paths = nx.all_simple_paths(graph, query.start, query.end, cutoff=query.max_hops)
    return sorted((sum(hops[pair] for pair in pairwise(path)), len(path) - 1, path) for path in paths)


@given(
    world=worlds(most_nodes=8, most_relationships=26),
    data=st.data(),
    weight=st.sampled_from(("hops", "fresh", "attested")),
    weights=st.sampled_from(WEIGHTS),
    direction=st.sampled_from(("any", "forward", "backward")),
    day=st.sampled_from(("", "2018-06-30")),
    max_hops=st.integers(1, 7),
    k=st.integers(1, 12),
)
def test_the_k_best_paths_are_the_first_of_all_simple_paths(world, data, weight, weights, direction, day, max_hops, k):
    start, end = data.draw(st.permutations(world.ids()))[:2]
    query = PathQuery(
        start, end, "k-shortest", max_hops, k, weight, weights, direction=direction, as_of=day or "any", include_types=("Field",)
    )
    expected = _by_networkx(world, query, world.passable(("Field",)), day)
    found = _ranked(world.projection, query)
    ids = world.ids()
    assert [[ids[number] for number in path] for path in found.paths] == [path for _, _, path in expected[:k]]
    if weight != "hops" or weights:
        assert [round(cost * 1_000_000) for cost in found.costs] == [cost for cost, _, _ in expected[:k]]
    assert found.total == (len(expected) if len(expected) < k else None)
    assert found.limit in ((None,) if expected else (None, "hops"))


@given(world=worlds(most_nodes=9, most_relationships=30), data=st.data(), max_hops=st.integers(1, 8), k=st.integers(1, 15))
def test_costs_that_are_all_alike_rank_as_hops_do(world, data, max_hops, k):
    start, end = data.draw(st.permutations(world.ids()))[:2]
    plain = _ranked(world.projection, PathQuery(start, end, "k-shortest", max_hops, k))
    alike = tuple((name, 1.0) for name in ("JOINS", "WORKS_AT", "LOCATED_IN"))
    found = _ranked(world.projection, PathQuery(start, end, "k-shortest", max_hops, k, weights=alike))
    assert (found.paths, found.costs, found.total) == (plain.paths, plain.costs, plain.total)
    assert found.limit in (plain.limit, None)  # that no longer path exists may be known without looking further


def _ladder(rungs: int) -> World:
    """Two rails with rungs and a long way round: many paths of many lengths."""
    ids = [f"{side}{place:02}" for place in range(rungs) for side in "lr"]
    rows = [(f"{side}{place:02}", f"{side}{place + 1:02}") for place in range(rungs - 1) for side in "lr"]
    rows += [(f"l{place:02}", f"r{place:02}") for place in range(rungs)]
    return World(tuple(node(id, "Project") for id in ids), tuple(relationship(f"r{n:03}", "JOINS", *row) for n, row in enumerate(rows)))


@pytest.mark.parametrize("weights", [(), (("JOINS", 2.0),)])
def test_more_paths_than_a_round_finds_come_in_order(weights):
    world = _ladder(7)
    graph = world.simple()
    paths = sorted(nx.all_simple_paths(graph, "l00", "r06", cutoff=12), key=lambda path: (len(path), path))
    found = _ranked(world.projection, PathQuery("l00", "r06", "k-shortest", 12, 200, weights=weights))
    ids = world.ids()
    assert [[ids[number] for number in path] for path in found.paths] == paths[:200]


@pytest.mark.parametrize("weight", ["hops", "fresh"])
def test_what_a_bound_leaves_is_the_beginning_of_the_list(weight):
    world = _ladder(7)
    query = PathQuery("l00", "r06", "k-shortest", 12, 100, weight)
    whole = _ranked(world.projection, query)
    for work in (10, 100, 300, 1_000, 3_000):
        some = _ranked(world.projection, query, Bounds(work=work))
        assert some.paths == whole.paths[: len(some.paths)]
        assert some.limit == "work" or some.paths == whole.paths


@pytest.mark.parametrize("weight", ["hops", "attested"])
def test_longer_paths_and_heavy_nodes_are_told(weight):
    projection = _ladder(6).projection
    assert _ranked(projection, PathQuery("l00", "r05", "k-shortest", 3, 5, weight)).limit == "hops"
    assert _ranked(projection, PathQuery("l00", "r05", "k-shortest", 9, 5, weight), Bounds(degree=2)).limit == "degree"


@pytest.mark.parametrize("number", [-1.0, float("nan"), float("inf"), 2e6])
def test_a_weight_that_is_no_number_is_refused(number):
    with pytest.raises(QueryProblem) as problem:
        _ranked(_ladder(3).projection, PathQuery("l00", "r02", "k-shortest", weights=(("JOINS", number),)))
    assert problem.value.where["parameter"] == "weights"


def test_weights_that_contradict_or_that_nobody_knows_are_refused():
    projection = _ladder(3).projection
    with pytest.raises(QueryProblem):
        _ranked(projection, PathQuery("l00", "r02", "k-shortest", weights=(("JOINS", 1.0), ("参加", 2.0))))
    with pytest.raises(NotFound) as problem:
        _ranked(projection, PathQuery("l00", "r02", "k-shortest", weights=(("FLIES", 1.0),)))
    assert problem.value.where["parameter"] == "weights"


def test_the_answer_tells_what_each_path_costs_where_weights_rank_them():
    nodes = (node("a", "University"), node("b", "Person"), node("c", "Enterprise"))
    rows = [("JOINS", "a", "c"), ("WORKS_AT", "b", "a"), ("JOINS", "b", "c")]
    projection = World(nodes, tuple(relationship(f"r{n}", *row) for n, row in enumerate(rows))).projection
    weights = (("JOINS", 2.5),)
    for more in ({}, {"pattern": "University - *1..2 - Enterprise"}):
        query = PathQuery("a", "c", "k-shortest", limit=3, weights=weights, **more)  # type: ignore[arg-type]
        answer = find_paths(projection, query, context())
        assert [(len(path.hops), cost) for path, cost in zip(answer.paths, answer.costs, strict=True)] == [(1, 2.5), (2, 3.5)]
    unweighted = find_paths(projection, PathQuery("a", "c", "k-shortest", limit=3), context())
    assert (len(unweighted.paths), unweighted.costs) == (2, ())
