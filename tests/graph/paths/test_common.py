from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound, QueryProblem
from graph.paths import Bounds
from graph.paths.answer.common_neighbours import CommonQuery, common_neighbours
from tests.graph.paths.graphs import World, context, node, relationship, valid_on, worlds


@given(
    world=worlds(most_nodes=8, most_relationships=30),
    data=st.data(),
    included=st.sampled_from(((), ("City",), ("Field", "Secondment"))),
    direction=st.sampled_from(("any", "forward", "backward")),
    day=st.sampled_from(("", "2018-06-30")),
)
def test_common_neighbours_are_the_intersection(world, data, included, direction, day):
    asked = tuple(data.draw(st.permutations(world.ids()))[: data.draw(st.integers(2, min(3, len(world.nodes))))])
    graph = world.simple(day=day, direction=direction)
    expected = set.intersection(*(set(graph.successors(each)) for each in asked)) & world.passable(included) - set(asked)
    query = CommonQuery(asked, include_types=included, direction=direction, as_of=day or "any")
    answer = common_neighbours(world.projection, query, context())
    assert [row.node.id for row in answer.rows] == sorted(expected)
    assert (answer.total, answer.limit, sum(answer.by_type.values())) == (len(expected), None, len(expected))
    for row in answer.rows:
        for side, path in zip(asked, row.paths, strict=True):
            facts = [path.hops[0].fact, *path.hops[0].parallel]
            assert {fact.id for fact in facts} == {
                each.id for each in world.relationships if _joins(each, side, row.node.id, direction, day)
            }
            assert all(fact.sources for fact in facts)


def _joins(each, side, other, direction, day):
    ways = {"forward": [(side, other)], "backward": [(other, side)], "any": [(side, other), (other, side)]}[direction]
    return (each.source, each.target) in ways and (not day or valid_on(each, day))


def _star(spokes: int) -> World:
    nodes = [node("a", "University"), node("b", "Enterprise"), *(node(f"p:{i}", "Person") for i in range(spokes))]
    rows = [(end, f"p:{i}") for i in range(spokes) for end in "ab"]
    return World(tuple(nodes), tuple(relationship(f"r{n:03}", "JOINS", person, end) for n, (end, person) in enumerate(rows)))


def test_a_limit_cuts_the_rows_and_never_the_total():
    answer = common_neighbours(_star(9).projection, CommonQuery(("a", "b"), limit=4), context())
    assert [row.node.id for row in answer.rows] == ["p:0", "p:1", "p:2", "p:3"]
    assert (answer.total, answer.limit, dict(answer.by_type)) == (9, "rows", {"Person": 9})
    assert answer.truncated


def test_a_neighbour_of_too_many_relationships_is_left_out_and_the_answer_says_so():
    answer = common_neighbours(_star(3).projection, CommonQuery(("a", "b")), context(bounds=Bounds(degree=1)))
    assert (answer.total, answer.limit) == (0, "degree")
    asked = common_neighbours(_star(3).projection, CommonQuery(("a", "b"), max_degree=1), context())
    assert (asked.total, asked.limit) == (0, None)


def test_people_are_not_named_to_those_who_may_not_know_them():
    row = common_neighbours(_star(1).projection, CommonQuery(("a", "b")), context(clearance=1)).rows[0]
    assert "p:0" not in str((row.node, row.text, [(hop.fact.source, hop.fact.target) for hop in row.hops]))
    assert row.node.caption.zh == "人员 1"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (CommonQuery(("a",)), "nodes"),
        (CommonQuery(("a", "a")), "nodes"),
        (CommonQuery(tuple("abcdefghijk")), "nodes"),
        (CommonQuery(("a", "b"), limit=0), "limit"),
        (CommonQuery(("a", "b"), avoid=("a",)), "avoid"),
        (CommonQuery(("a", "b"), pattern="University -- Person"), "pattern"),
        (CommonQuery(("a", "b"), pattern="University - JOINS - Person - JOINS - Person"), "pattern"),
        (CommonQuery(("a", "b"), pattern="University - JOINS*3 - Enterprise"), "pattern"),
        (CommonQuery(("a", "b"), through=("a",)), "through"),
        (CommonQuery(("a", "b"), through=("p:0", "p:1")), "through"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(query, parameter):
    with pytest.raises(QueryProblem) as problem:
        common_neighbours(_star(2).projection, query, context())
    assert problem.value.where["parameter"] == parameter


def test_an_unknown_node_is_named():
    with pytest.raises(NotFound) as problem:
        common_neighbours(_star(2).projection, CommonQuery(("a", "nobody")), context())
    assert problem.value.where["parameter"] == "nodes"
