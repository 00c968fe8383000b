from __future__ import annotations

from collections import defaultdict

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound, QueryProblem
from graph.paths import Bounds, TypeCount
from graph.paths.answer.neighbourhood import NeighbourhoodQuery, neighbourhood
from tests.graph.paths.graphs import World, context, node, relationship, valid_on, worlds


def _levels(world: World, centre: str, passable: set[str], direction: str, day: str) -> dict[str, int]:
    """The hop of each node that is met when walking only through passable ones."""
    graph = world.simple(day=day, direction=direction)
    walked = nx.DiGraph((a, b) for a, b in graph.edges if a == centre or a in passable)
    walked.add_node(centre)
    return {id: hop for id, hop in nx.single_source_shortest_path_length(walked, centre).items() if id != centre}


@given(
    world=worlds(most_nodes=10, most_relationships=26),
    data=st.data(),
    included=st.sampled_from(((), ("City",), ("Field", "Secondment"))),
    direction=st.sampled_from(("any", "forward", "backward")),
    day=st.sampled_from(("", "2018-06-30")),
    max_hops=st.integers(1, 4),
)
def test_counts_and_list_are_those_of_a_search_in_networkx(world, data, included, direction, day, max_hops):
    centre = data.draw(st.sampled_from(world.ids()))
    passable = world.passable(included)
    reached = {id: hop for id, hop in _levels(world, centre, passable, direction, day).items() if hop <= max_hops}
    query = NeighbourhoodQuery(centre, max_hops, include_types=included, direction=direction, as_of=day or "any", limit=100)
    answer = neighbourhood(world.projection, query, context())
    assert [(row.hop, row.node.id) for row in answer.rows] == sorted((hop, id) for id, hop in reached.items())
    assert [row.hub for row in answer.rows] == [row.node.id not in passable for row in answer.rows]
    assert answer.total == answer.matching == len(reached) == sum(each.nodes for each in answer.types)
    assert (answer.limit, answer.next) == (None, None)
    types = {each.id: each.type for each in world.nodes}
    assert {(each.hop, each.type): each.nodes for each in answer.types} == _counted((hop, types[id]) for id, hop in reached.items())
    joined = defaultdict(set)
    for each in world.relationships:
        for near, far, way in ((each.source, each.target, "forward"), (each.target, each.source, "backward")):
            fits = direction in ("any", way) and (not day or valid_on(each, day)) and (near == centre or near in passable)
            if fits and far in reached and reached[far] == (0 if near == centre else reached.get(near, 99)) + 1:
                joined[reached[far], types[far], each.type, way].add(far)
    assert {(c.hop, c.type, c.relationship, c.direction): c.nodes for c in answer.counts} == {k: len(v) for k, v in joined.items()}
    for each in answer.counts:
        if each.direction == "forward" or (each.hop, each.type, each.relationship, "forward") not in joined:
            wanted = set().union(*(joined[each.hop, each.type, each.relationship, way] for way in ("forward", "backward")))
            some = NeighbourhoodQuery(
                centre,
                max_hops,
                (each.type,),
                (each.relationship,),
                each.hop,
                include_types=included,
                direction=direction,
                as_of=day or "any",
            )
            rows = neighbourhood(world.projection, some, context()).rows
            assert {row.node.id for row in rows if row.node.type == each.type} == wanted


def _counted(keys):
    counts: dict[object, int] = defaultdict(int)
    for key in keys:
        counts[key] += 1
    return counts


@given(world=worlds(most_nodes=12, most_relationships=30), data=st.data(), size=st.integers(1, 3), clearance=st.sampled_from((1, 3)))
def test_pages_add_up_to_the_list_also_where_names_are_withheld(world, data, size, clearance):
    shown = [each.id for each in world.nodes if each.type != "Person"] if clearance == 1 else world.ids()
    if not shown:
        return
    centre = data.draw(st.sampled_from(shown))
    whole = neighbourhood(world.projection, NeighbourhoodQuery(centre, 3, limit=100), context(clearance=clearance))
    pages, after, skip = [], "", 0
    while True:
        query = NeighbourhoodQuery(centre, 3, limit=size, after=after, skip=skip)
        answer = neighbourhood(world.projection, query, context(clearance=clearance))
        pages += answer.rows
        assert answer.total == whole.total and answer.limit == ("rows" if answer.next else None)
        if answer.next is None:
            break
        after, skip = answer.next
    assert [(row.hop, row.node.type, row.hub, len(row.path.hops)) for row in pages] == [
        (row.hop, row.node.type, row.hub, row.hop) for row in whole.rows
    ]


def _star(spokes: int) -> World:
    nodes = [node("a", "University"), node("far", "Project"), *(node(f"p:{i}", "Person") for i in range(spokes)), node("c", "City")]
    rows = [("a", f"p:{i}") for i in range(spokes)] + [("p:0", "far"), ("a", "c"), ("c", "far")]
    return World(tuple(nodes), tuple(relationship(f"r{n:03}", "JOINS", *row) for n, row in enumerate(rows)))


def test_without_a_list_everything_is_counted():
    answer = neighbourhood(_star(5).projection, NeighbourhoodQuery("a", 2, limit=0), context())
    assert answer.rows == () and answer.limit is None and answer.total == 7
    assert [(each.hop, each.type, each.nodes, each.hubs) for each in answer.types] == [
        (1, "City", 1, 1), (1, "Person", 5, 0), (2, "Project", 1, 0),
    ]  # fmt: skip
    assert answer.types[0] == TypeCount(1, "City", 1, 1)


def test_what_is_to_be_avoided_is_neither_counted_nor_walked_through():
    answer = neighbourhood(_star(3).projection, NeighbourhoodQuery("a", 2, avoid=("p:0",), never_types=("City",)), context())
    assert [row.node.id for row in answer.rows] == ["p:1", "p:2"]
    assert (answer.total, [(each.type, each.nodes) for each in answer.types]) == (2, [("Person", 2)])


def test_a_bound_that_stops_it_is_named():
    projection = _star(5).projection
    assert neighbourhood(projection, NeighbourhoodQuery("a", 2), context(bounds=Bounds(work=3))).limit == "work"
    heavy = neighbourhood(projection, NeighbourhoodQuery("p:1", 2), context(bounds=Bounds(degree=4)))
    assert (heavy.total, heavy.limit, heavy.rows[0].hub) == (1, "degree", True)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (NeighbourhoodQuery("a", 0), "max_hops"),
        (NeighbourhoodQuery("a", 13), "max_hops"),
        (NeighbourhoodQuery("a", 1, hop=2), "hop"),
        (NeighbourhoodQuery("a", limit=-1), "limit"),
        (NeighbourhoodQuery("a", skip=-1), "skip"),
        (NeighbourhoodQuery("a", avoid=("a",)), "avoid"),
        (NeighbourhoodQuery("a", after="far"), "after"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(query, parameter):
    with pytest.raises(QueryProblem) as problem:
        neighbourhood(_star(2).projection, query, context())
    assert problem.value.where["parameter"] == parameter


@pytest.mark.parametrize(
    ("query", "parameter"), [(NeighbourhoodQuery("x"), "node"), (NeighbourhoodQuery("a", list_types=("Ship",)), "list_types")]
)
def test_what_is_not_there_is_named(query, parameter):
    with pytest.raises(NotFound) as problem:
        neighbourhood(_star(2).projection, query, context())
    assert problem.value.where["parameter"] == parameter
