from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from graph.kernels.arrays import Allowed
from graph.paths import Bounds, PathAnswer, PathQuery, find_paths
from graph.paths.ask.conditions import compile_conditions
from graph.paths.search.plain import one_shortest
from graph.paths.search.workspace import job
from graph.projection import Projection
from tests.graph.paths.graphs import ONTOLOGY, World, context, node, relationship, shortest_by_networkx, worlds

DAYS = ("any", "2017-12-31", "2018-06-30", "2019-03-31", "2020-09-10")


def sequences(answer: PathAnswer) -> list[list[str]]:
    return [[each.id for each in path.nodes] for path in answer.paths]


@given(
    world=worlds(),
    data=st.data(),
    as_of=st.sampled_from(DAYS),
    types=st.sampled_from(((), ("JOINS",), ("JOINS", "LOCATED_IN"))),
    included=st.sampled_from(((), ("City",), ("Field", "Secondment"))),
    direction=st.sampled_from(("any", "forward", "backward")),
    max_hops=st.integers(1, 7),
)
def test_all_shortest_paths_are_those_of_networkx(world, data, as_of, types, included, direction, max_hops):
    start, end = data.draw(st.permutations(world.ids()))[:2]
    query = PathQuery(
        start, end, "all-shortest", max_hops, 500, as_of=as_of, include_types=included, relationship_types=types, direction=direction
    )
    graph = world.simple(day="" if as_of == "any" else as_of, types=types, direction=direction)
    expected = shortest_by_networkx(graph, world.passable(included), start, end, max_hops)
    answer = find_paths(world.projection, query, context())
    assert sequences(answer) == expected
    assert answer.total == len(expected)
    longer = shortest_by_networkx(graph, world.passable(included), start, end, 99)
    assert answer.limit in ((None,) if expected else (None, "hops"))
    if not expected and longer:
        assert answer.limit == "hops"
    first = one_shortest(job(world.projection, _allowed(world.projection, query), 10**9), _numbers(world, start, end), max_hops)
    assert not expected and first == () or [world.ids()[number] for number in first] in expected


def _allowed(projection: Projection, query: PathQuery) -> Allowed:
    return compile_conditions(projection, query, context()).allowed


def _numbers(world: World, *ids: str) -> tuple[int, int]:
    first, second = (world.projection.number(id) for id in ids)
    return first, second


@given(world=worlds(), data=st.data(), limit=st.integers(1, 4))
def test_a_limit_cuts_the_list_and_never_the_total(world, data, limit):
    start, end = data.draw(st.permutations(world.ids()))[:2]
    whole = find_paths(world.projection, PathQuery(start, end, kind="all-shortest", limit=500), context())
    some = find_paths(world.projection, PathQuery(start, end, kind="all-shortest", limit=limit), context())
    assert sequences(some) == sequences(whole)[:limit]
    assert some.total == whole.total
    assert some.limit == ("rows" if (whole.total or 0) > limit else whole.limit)
    one = find_paths(world.projection, PathQuery(start, end), context())
    assert sequences(one) == sequences(whole)[:1]
    assert one.total == whole.total and one.limit == whole.limit


@given(world=worlds(), data=st.data())
def test_the_order_of_loading_changes_nothing(world, data):
    start, end = data.draw(st.permutations(world.ids()))[:2]
    shuffled = World(
        tuple(data.draw(st.permutations(world.nodes))), tuple(data.draw(st.permutations(world.relationships)))
    )  # fmt: skip
    query = PathQuery(start, end, kind="all-shortest")
    assert find_paths(world.projection, query, context()) == find_paths(shuffled.projection, query, context())


@given(world=worlds(), data=st.data())
def test_each_hop_gathers_all_relationships_between_its_nodes(world, data):
    start, end = data.draw(st.permutations(world.ids()))[:2]
    for path in find_paths(world.projection, PathQuery(start, end, kind="all-shortest"), context()).paths:
        for left, right, hop in zip(path.nodes, path.nodes[1:], path.hops, strict=False):
            expected = {each.id for each in world.relationships if {each.source, each.target} == {left.id, right.id}}
            facts = [hop.fact, *hop.parallel]
            assert {fact.id for fact in facts} == expected
            by_id = {each.id: each for each in world.relationships}
            for fact in facts:
                truth = by_id[fact.id]
                assert (fact.type, fact.source, fact.target) == (truth.type, truth.source, truth.target)
                assert fact.valid_from == truth.properties.get("validFrom", "")
                assert fact.valid_to == truth.properties.get("validTo", "")
                assert fact.sources == ({"load": "L1", "file": "facts.csv", "row": int(fact.id[1:])},)


def _layers(width: int, depth: int) -> World:
    """Start, ``depth`` full layers of ``width`` nodes, end: width ** depth shortest paths."""
    layers = [["a"], *([f"m:{layer:02}:{i:03}" for i in range(width)] for layer in range(depth)), ["z"]]
    nodes = tuple(node(id, "Project") for layer in layers for id in layer)
    pairs = [(left, right) for one, other in zip(layers, layers[1:], strict=False) for left in one for right in other]
    return World(nodes, tuple(relationship(f"r{n:06}", "JOINS", left, right) for n, (left, right) in enumerate(pairs)))


def test_the_total_is_exact_far_beyond_what_can_be_listed():
    answer = find_paths(_layers(30, 10).projection, PathQuery("a", "z", max_hops=12, kind="all-shortest", limit=7), context())
    assert answer.total == 30**10
    assert len(answer.paths) == 7 and answer.limit == "rows"


def test_a_number_too_large_to_count_is_not_given():
    answer = find_paths(_layers(100, 11).projection, PathQuery("a", "z", max_hops=12, kind="all-shortest", limit=2), context())
    assert (answer.total, answer.limit, len(answer.paths)) == (None, "count", 2)


def test_a_search_stops_when_its_work_is_spent():
    answer = find_paths(_layers(30, 5).projection, PathQuery("a", "z", max_hops=12), context(bounds=Bounds(work=500)))
    assert (answer.paths, answer.total, answer.limit) == ((), None, "work")
    assert answer.note is not None and "提前停止" in answer.note.zh
    assert answer.truncated


def test_a_node_with_too_many_relationships_is_not_walked_through_and_the_answer_says_so():
    spokes = [node(f"s:{i:02}", "Project") for i in range(30)]
    hub = node("hub", "Organization")
    world = World((hub, *spokes), tuple(relationship(f"r{i:02}", "JOINS", each.id, "hub") for i, each in enumerate(spokes)))
    query = PathQuery("s:00", "s:01")
    assert find_paths(world.projection, query, context()).total == 1
    answer = find_paths(world.projection, query, context(bounds=Bounds(degree=20)))
    assert (answer.total, answer.limit) == (0, "degree")
    assert find_paths(world.projection, PathQuery("s:00", "hub"), context(bounds=Bounds(degree=20))).total == 1


def test_threads_search_side_by_side():
    from concurrent.futures import ThreadPoolExecutor

    random_ = random.Random(5)
    ids = [f"n:{i:03}" for i in range(200)]
    rows = [relationship(f"r{i:04}", "JOINS", random_.choice(ids), random_.choice(ids)) for i in range(600)]
    projection = World(tuple(node(id, "Project") for id in ids), tuple(rows)).projection
    queries = [PathQuery(*random_.sample(ids, 2), kind="all-shortest") for _ in range(200)]
    alone = [find_paths(projection, query, context()) for query in queries]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda query: find_paths(projection, query, context()), queries))
    assert together == alone


def test_stamps_begin_anew_before_they_overflow(monkeypatch):
    import graph.paths.search.workspace as module

    monkeypatch.setattr(module, "STAMPS", 100)
    world = World(
        tuple(node(id, "Project") for id in "abc"), (relationship("r1", "JOINS", "a", "b"), relationship("r2", "JOINS", "b", "c"))
    )
    projection = world.projection
    assert [find_paths(projection, PathQuery("a", end), context()).total for end in "bcbcbcbcbcbc"] == [1] * 12


def test_the_ontology_of_these_tests_is_whole():
    assert ONTOLOGY.descendants("Organization") == ("Enterprise", "Organization", "University")
