"""Neighbourhoods under conditions on whole paths: who is met by paths that networkx finds and plain definitions let pass."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields

import pytest
from hypothesis import given, settings

from graph.errors import QueryProblem
from graph.paths import Bounds, NeighbourhoodQuery, neighbourhood
from graph.paths.ask.conditions import compile_conditions
from graph.paths.ask.query import Conditions
from tests.examples import examples
from tests.graph.paths.graphs import World, context, node, relationship
from tests.graph.paths.oracle import Question, open_to, questions


def around(question: Question, **more: object) -> NeighbourhoodQuery:
    """The question's conditions, asked from its start outwards."""
    conditions = {field.name: getattr(question.query, field.name) for field in fields(Conditions)}
    return NeighbourhoodQuery(question.query.start, question.query.max_hops, limit=100, **conditions, **more)  # type: ignore[arg-type]


def reached(question: Question) -> dict[str, list[str]]:
    """The first of the shortest paths to each node that may be shown."""
    query = question.query
    found = {}
    for each in question.world.nodes:
        if each.id == query.start or each.id in (*query.through, *query.avoid) or not open_to(each, query):
            continue
        paths = question.paths(end=each.id, kind="simple")
        if paths:
            found[each.id] = paths[0]
    return found


@settings(max_examples=examples(150))
@given(question=questions())
def test_nodes_hops_and_paths_are_those_that_networkx_finds(question):
    expected = reached(question)
    answer = neighbourhood(question.world.projection, around(question), context())
    assert answer.limit is None
    assert {row.node.id: row.hop for row in answer.rows} == {id: len(path) - 1 for id, path in expected.items()}
    keys = [(row.hop, row.node.id) for row in answer.rows]
    assert keys == sorted(keys)
    assert answer.total == answer.matching == len(expected) == sum(each.nodes for each in answer.types)
    if compile_conditions(question.world.projection, question.query, context()).plain:  # also together, on the day that as_of names
        return
    assert {row.node.id: [each.id for each in row.path.nodes] for row in answer.rows} == expected
    joined: dict[tuple[int, str, str, str], int] = defaultdict(int)
    for row in answer.rows:
        last = row.path.hops[-1]
        ways = {(fact.type, "forward" if fact.target == row.node.id else "backward") for fact in (last.fact, *last.parallel)}
        for way in ways:
            joined[(row.hop, row.node.type, *way)] += 1
    assert {(each.hop, each.type, each.relationship, each.direction): each.nodes for each in answer.counts} == joined


def seconded() -> World:
    """A person seconded from u with two needs: one accepted while seconded, one later; both posted by e in the city c."""
    nodes = [
        node("u", "University"),
        node("p", "Person"),
        node("n1", "Project"),
        node("n2", "Project"),
        node("e", "Enterprise"),
        node("c", "City"),
    ]
    rows = [
        ("WORKS_AT", "p", "u", "2017", "2018"), ("JOINS", "p", "n1", "2018", "2018"), ("JOINS", "p", "n2", "2020", "2020"),
        ("JOINS", "e", "n1", "2018", "2019"), ("JOINS", "e", "n2", "2018", "2021"), ("LOCATED_IN", "e", "c"),
    ]  # fmt: skip
    return World(tuple(nodes), tuple(relationship(f"r{i}", *row) for i, row in enumerate(rows)))


def test_who_is_at_the_end_of_a_shape():
    query = NeighbourhoodQuery("u", 3, pattern="University < WORKS_AT < Person > JOINS > Project < JOINS < Enterprise")
    answer = neighbourhood(seconded().projection, query, context())
    assert [(row.node.id, row.hop, row.hub) for row in answer.rows] == [("e", 3, False)]
    assert [(each.relationship, each.direction, each.nodes) for each in answer.counts] == [("JOINS", "backward", 1)]


def test_a_hub_that_the_shape_names_on_the_way_is_walked_through():
    through = "Project - JOINS - Enterprise - LOCATED_IN - City - LOCATED_IN - Enterprise"
    world = seconded()
    other = World((*world.nodes, node("f", "Enterprise")), (*world.relationships, relationship("r9", "LOCATED_IN", "f", "c")))
    answer = neighbourhood(other.projection, NeighbourhoodQuery("n1", 3, pattern=through), context())
    assert [row.node.id for row in answer.rows] == ["f"]


def test_together_leaves_out_what_never_held_at_once():
    answer = neighbourhood(seconded().projection, NeighbourhoodQuery("u", 4, together=True), context())
    assert [(row.node.id, row.hop) for row in answer.rows] == [("p", 1), ("n1", 2), ("e", 3), ("c", 4), ("n2", 4)]
    assert [fact.id for row in answer.rows if row.node.id == "n2" for hop in row.path.hops for fact in (hop.fact, *hop.parallel)] == [
        "r0", "r1", "r3", "r4",
    ]  # fmt: skip


def test_bounds_are_named_and_pages_turn():
    query = NeighbourhoodQuery("u", 4, through_types=("Person",), limit=1)
    answer = neighbourhood(seconded().projection, query, context())
    assert ([row.node.id for row in answer.rows], answer.total, answer.limit, answer.next) == (["n1"], 4, "rows", ("n1", 0))
    second = neighbourhood(seconded().projection, NeighbourhoodQuery("u", 4, through_types=("Person",), limit=5, after="n1"), context())
    assert [row.node.id for row in second.rows] == ["n2", "e", "c"]
    assert neighbourhood(seconded().projection, query, context(bounds=Bounds(work=3))).limit == "work"
    assert neighbourhood(seconded().projection, query, context(bounds=Bounds(bytes=10))).limit == "bytes"
    assert neighbourhood(seconded().projection, query, context(bounds=Bounds(degree=2))).limit == "degree"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (NeighbourhoodQuery("u", 3, through=("u",)), "through"),
        (NeighbourhoodQuery("u", 1, through=("p",)), "through"),
        (NeighbourhoodQuery("u", 1, through_types=("Person",)), "through_types"),
        (NeighbourhoodQuery("u", 3, pattern="Person -- any"), "pattern"),
        (NeighbourhoodQuery("u", 1, pattern="University -- any -- any"), "max_hops"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(query, parameter):
    with pytest.raises(QueryProblem) as problem:
        neighbourhood(seconded().projection, query, context())
    assert problem.value.where["parameter"] == parameter
