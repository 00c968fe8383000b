"""What connects several nodes, under conditions on all of it: against every set of nodes, on every day."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Relationship
from graph.paths import Bounds, ConnectQuery, connect_nodes
from graph.paths.ask.query import Conditions
from tests.examples import examples
from tests.graph.paths.graphs import World, context, node, relationship, valid_on
from tests.graph.paths.oracle import Question, days_of, family, holds, open_to, passable, questions


def fewest(question: Question, asked: tuple[str, ...]) -> int | None:
    """The fewest relationships, by trying all sets of nodes between on all days."""
    query, world = question.query, question.world
    rows = [each for each in world.relationships if holds(each, query)]
    if not query.together:
        return on(question, asked, rows)
    found = (on(question, asked, [row for row in rows if valid_on(row, day)]) for day in days_of(query.window or ("", "")))
    return min((each for each in found if each is not None), default=None)


def on(question: Question, asked: tuple[str, ...], rows: list[Relationship]) -> int | None:
    query, types = question.query, {each.id: each.type for each in question.world.nodes}
    degrees = {
        each.id: sum((row.source == each.id) + (row.target == each.id) for row in question.world.relationships)
        for each in question.world.nodes
    }
    graph = nx.Graph([(row.source, row.target) for row in rows if row.source != row.target])
    graph.add_nodes_from(types)
    others = [
        each.id
        for each in question.world.nodes
        if each.id not in (*asked, *query.avoid, *query.through)
        and passable(each, query)
        and (not query.max_degree or degrees[each.id] <= query.max_degree)
    ]
    assert all(open_to(each, query) for each in question.world.nodes if each.id in query.through)
    for number in range(len(others) + 1):
        for some in combinations(others, number):
            between = (*query.through, *some)
            met = all({types[id] for id in between} & family([entry]) for entry in query.through_types)
            if met and nx.is_connected(graph.subgraph((*asked, *between))):
                return len(asked) + len(between) - 1
    return None


def connecting(question: Question, asked: tuple[str, ...]) -> ConnectQuery:
    """The question's conditions, asked of these nodes."""
    conditions = {field.name: getattr(question.query, field.name) for field in fields(Conditions)}
    return ConnectQuery(asked, 12, **{**conditions, "direction": "any", "pattern": ""})


@settings(max_examples=examples(250))
@given(question=questions(), data=st.data(), tight=st.sampled_from((False, False, True)))
def test_it_is_the_smallest_on_any_day_or_says_how_far_it_may_be_from_it(question, data, tight):
    query = question.query
    question = replace(question, query=replace(query, pattern="", direction="any"), steps=None)
    others = [id for id in question.world.ids() if id not in (query.start, query.end, *query.avoid, *query.through)]
    asked = (query.start, query.end, *data.draw(st.sampled_from([(), *((each,) for each in others)])))
    answer = connect_nodes(question.world.projection, connecting(question, asked), context(bounds=Bounds(bytes=1 if tight else 10**9)))
    least = fewest(question, asked)
    assert answer.limit is None
    if least is None:
        assert answer.links == () and answer.note is not None
        return
    links = nx.Graph([tuple(each.id for each in path.nodes) for path in answer.links])
    assert nx.is_tree(links) and {*asked, *query.through} <= set(links.nodes)
    between = {each.id: each.type for each in answer.between}
    assert set(links.nodes) == {*asked, *between}
    assert all(set(between.values()) & family([entry]) for entry in query.through_types)
    assert least <= len(answer.links) <= answer.guarantee * least
    if answer.exact:
        assert (len(answer.links), answer.guarantee) == (least, 1)
    assert answer.exact or tight
    if query.together:
        facts = [{fact.id for fact in (path.hops[0].fact, *path.hops[0].parallel)} for path in answer.links]
        rows = {each.id: each for each in question.world.relationships}
        days = days_of(query.window or ("", ""))
        assert any(all(any(valid_on(rows[id], day) for id in ids) for ids in facts) for day in days)


def in_turn() -> World:
    """a, b and c: over m at no one time, over n and o at two."""
    nodes = tuple(node(id, "Project") for id in ("a", "b", "c", "n", "o")) + (node("m", "Person"), node("x", "Person"))
    rows = [("a", "m", "2016", "2017"), ("b", "m", "2017", "2018"), ("c", "m", "2018", "2019")]
    rows += [
        (*pair, first, last)
        for first, last in (("2010", "2011"), ("2014", "2015"))
        for pair in (("a", "n"), ("n", "b"), ("n", "o"), ("o", "c"))
    ]
    return World(nodes, tuple(relationship(f"r{number}", "JOINS", *row) for number, row in enumerate(rows)))


def test_together_takes_the_latest_day_of_those_that_serve():
    assert len(connect_nodes(in_turn().projection, ConnectQuery(("a", "b", "c")), context()).links) == 3
    answer = connect_nodes(in_turn().projection, ConnectQuery(("a", "b", "c"), together=True), context())
    assert ([each.id for each in answer.between], answer.exact) == (["n", "o"], True)
    assert {fact.valid_from for path in answer.links for fact in (path.hops[0].fact, *path.hops[0].parallel)} == {"2014"}
    none = connect_nodes(in_turn().projection, ConnectQuery(("a", "b", "c"), together=True, window=("2016-01-01", "")), context())
    assert none.links == () and none.note is not None and "3 条关系" in none.note.zh and "3 do if they need not" in none.note.en


def test_what_has_to_be_passed_may_stand_at_the_edge_and_is_told_when_out_of_reach():
    answer = connect_nodes(in_turn().projection, ConnectQuery(("a", "b"), through=("o",)), context())
    assert ([each.id for each in answer.between], len(answer.links)) == (["n", "o"], 3)
    apart = connect_nodes(in_turn().projection, ConnectQuery(("a", "b"), through=("x",)), context())
    assert [[each.id for each in group] for group in apart.groups] == [["a", "b"], ["x"]]
    unmet = connect_nodes(in_turn().projection, ConnectQuery(("a", "b"), through_types=("University",)), context())
    assert unmet.links == () and unmet.note is not None and "须经过的类型" in unmet.note.zh
    far = connect_nodes(in_turn().projection, ConnectQuery(("n", "o"), 1, through_types=("Person",)), context())
    assert (far.links, far.limit) == ((), "hops")
    near = connect_nodes(in_turn().projection, ConnectQuery(("n", "o"), 2, through_types=("Person",)), context())
    assert (len(near.links), near.between[-1].id) == (3, "m")
