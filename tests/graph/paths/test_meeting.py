"""Common neighbours under conditions on whole paths, against the plain definition: every two nodes, one day."""

from __future__ import annotations

from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryProblem
from graph.model import Relationship
from graph.paths import Bounds, CommonQuery, common_neighbours
from graph.paths.ask.query import Conditions
from tests.examples import examples
from tests.graph.paths.graphs import World, context, node, relationship, valid_on
from tests.graph.paths.oracle import Question, days_of, family, holds, open_to, passable, questions, runs


def neighbours(question: Question, asked: tuple[str, ...]) -> set[str]:
    """By trying every node with every two of those asked about, in their order."""
    query, world = question.query, question.world
    degrees = {each.id: sum((row.source == each.id) + (row.target == each.id) for row in world.relationships) for each in world.nodes}
    found = set()
    for each in world.nodes:
        if each.id in (*asked, *query.avoid) or not open_to(each, query) or set(query.through) - {each.id}:
            continue
        if query.max_degree and each.id not in query.through and degrees[each.id] > query.max_degree:
            continue
        if not all(each.type in family([entry]) for entry in query.through_types):
            continue
        if question.steps is None and not passable(each, query):
            continue
        if meets(question, asked, each.id):
            found.add(each.id)
    return found


def meets(question: Question, asked: tuple[str, ...], middle: str) -> bool:
    query, world = question.query, question.world
    rows = [row for row in world.relationships if holds(row, query) and outward(row, asked, middle, query.direction)]
    freely = replace(query, direction="any")
    by_id = {each.id: each for each in world.nodes}
    pairs = [(one, other) for place, one in enumerate(asked) for other in asked[place + 1 :]]

    def begins(one: str) -> bool:
        return question.first == "any" or by_id[one].type in family([question.first])

    def on(some: list[Relationship]) -> bool:
        return all(begins(one) and runs([one, middle, other], some, by_id, freely, question.steps) for one, other in pairs)

    if not query.together:
        return on(rows)
    return any(on([row for row in rows if valid_on(row, day)]) for day in days_of(query.window or ("", "")))


def outward(row: Relationship, asked: tuple[str, ...], middle: str, direction: str) -> bool:
    """Whether a relationship joins one of the nodes asked about to this neighbour in the direction wanted."""
    along, against = row.source in asked and row.target == middle, row.target in asked and row.source == middle
    return {"any": along or against, "forward": along, "backward": against}[direction]


@settings(max_examples=examples(250))
@given(question=questions(), data=st.data())
def test_they_are_those_that_join_every_two(question, data):
    query = question.query
    others = [id for id in question.world.ids() if id not in (query.start, query.end, *query.avoid, *query.through)]
    third = data.draw(st.sampled_from([(), *((each,) for each in others)]))
    asked = (query.start, query.end, *third)
    conditions = {field.name: getattr(query, field.name) for field in fields(Conditions)}
    try:
        answer = common_neighbours(question.world.projection, CommonQuery(asked, **conditions), context())
    except QueryProblem:
        assert not neighbours(question, asked)
        return
    assert {row.node.id for row in answer.rows} == neighbours(question, asked)
    assert (answer.total, answer.limit) == (len(answer.rows), None)
    for row in answer.rows:
        facts = {fact.id for hop in row.hops for fact in (hop.fact, *hop.parallel)}
        borne = replace(question, world=replace(question.world, relationships=tuple(
            each for each in question.world.relationships if each.id in facts
        )))  # fmt: skip
        assert meets(borne, asked, row.node.id)


def met_at_work() -> World:
    """p and q have both to do with u and e, p at one time and q at two."""
    nodes = (node("u", "University"), node("e", "Enterprise"), node("p", "Person"), node("q", "Person"))
    rows = [
        ("WORKS_AT", "p", "u", "2016", "2018"), ("JOINS", "p", "e", "2018", "2020"), ("JOINS", "p", "u", "2020", "2021"),
        ("WORKS_AT", "q", "u", "2016", "2017"), ("JOINS", "q", "e", "2018", "2020"),
    ]  # fmt: skip
    return World(nodes, tuple(relationship(f"r{number}", *row) for number, row in enumerate(rows)))


def test_together_names_who_was_there_at_one_time_with_what_held_then():
    answer = common_neighbours(met_at_work().projection, CommonQuery(("u", "e"), together=True, window=("", "2019")), context())
    (row,) = answer.rows
    assert (row.node.id, [fact.id for hop in row.hops for fact in (hop.fact, *hop.parallel)]) == ("p", ["r0", "r1"])


def test_a_shape_tells_which_relationships_count():
    shape = "University < WORKS_AT < Person > JOINS > Enterprise"
    answer = common_neighbours(met_at_work().projection, CommonQuery(("u", "e"), pattern=shape), context())
    assert [(row.node.id, [fact.id for hop in row.hops for fact in (hop.fact, *hop.parallel)]) for row in answer.rows] == [
        ("p", ["r0", "r1"]),
        ("q", ["r3", "r4"]),
    ]
    turned = common_neighbours(
        met_at_work().projection, CommonQuery(("e", "u"), pattern="Enterprise < JOINS < Person -- University"), context()
    )
    assert [row.node.id for row in turned.rows] == ["p", "q"]


def test_a_node_of_too_many_relationships_is_left_out_unless_named():
    few = context(bounds=Bounds(degree=2))
    answer = common_neighbours(met_at_work().projection, CommonQuery(("u", "e"), through_types=("Person",)), few)
    assert ([row.node.id for row in answer.rows], answer.limit) == (["q"], "degree")
    named = common_neighbours(met_at_work().projection, CommonQuery(("u", "e"), through=("p",)), few)
    assert ([row.node.id for row in named.rows], named.limit) == (["p"], None)
