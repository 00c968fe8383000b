"""Tables under conditions on whole paths: each pair's row is what the question about that pair alone would answer."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import QueryProblem
from graph.paths import Bounds, ConnectionsQuery, PathQuery, find_connections, find_paths
from graph.paths.ask.query import Conditions
from tests.examples import examples
from tests.graph.paths.graphs import World, context, node, relationship
from tests.graph.paths.oracle import Question, expected, questions

CONDITIONS = [field.name for field in fields(Conditions)]


def table_of(question: Question, from_nodes: tuple[str, ...], to_nodes: tuple[str, ...], **more: int) -> ConnectionsQuery:
    """The question's conditions, asked of these nodes."""
    conditions = {name: getattr(question.query, name) for name in CONDITIONS}
    types = {each.id: each.type for each in question.world.nodes}
    return ConnectionsQuery(
        types[from_nodes[0]], types[to_nodes[0]], question.query.max_hops, from_nodes, to_nodes, more.get("limit", 1000), **conditions
    )


def by_pairs(question: Question, query: ConnectionsQuery) -> list[tuple[int, str, str, int, list[str]]]:
    rows = []
    for start in query.from_nodes:
        for end in query.to_nodes:
            if start == end or {start, end} & set(query.through):
                continue
            paths = expected(question.world, replace(question.query, start=start, end=end, kind="simple"), question.steps)
            least = [path for path in paths if len(path) == len(paths[0])]
            if least:
                rows.append((len(least[0]) - 1, start, end, len(least), least[0]))
    return sorted(rows)


@settings(max_examples=examples(250))
@given(question=questions(), data=st.data())
def test_each_row_is_what_the_pair_alone_would_answer(question, data):
    types = {each.id: each.type for each in question.world.nodes}
    start, end = question.query.start, question.query.end
    alike = [[id for id in types if types[id] == types[each] and id not in question.query.avoid] for each in (start, end)]
    chosen = [
        tuple(dict.fromkeys((each, *data.draw(st.lists(st.sampled_from(ids), max_size=3)))))
        for each, ids in zip((start, end), alike, strict=True)
    ]
    query = table_of(question, *chosen)
    answer = find_connections(question.world.projection, query, context())
    found = [
        (len(row.path.hops), row.path.nodes[0].id, row.path.nodes[-1].id, row.ways, [n.id for n in row.path.nodes]) for row in answer.rows
    ]
    assert found == by_pairs(question, query)
    assert answer.total == len(found)
    assert answer.limit is None
    counted = find_connections(question.world.projection, replace(query, count=True), context())
    assert (counted.total, dict(counted.by_hops)) == (answer.total, dict(answer.by_hops))


@settings(max_examples=examples(60))
@given(question=questions())
def test_whole_types_are_the_sum_of_their_nodes(question):
    types = {each.id: each.type for each in question.world.nodes}
    start, end = question.query.start, question.query.end
    if types[start] == types[end]:
        return
    ids = [tuple(sorted(id for id in types if types[id] == types[each] and id not in question.query.avoid)) for each in (start, end)]
    query = table_of(question, *ids)
    every = find_connections(question.world.projection, replace(query, from_nodes=(), to_nodes=()), context())
    chosen = find_connections(question.world.projection, query, context())
    assert every.rows == chosen.rows


def seconded() -> World:
    """Two universities with a person each, who both join two projects of one enterprise."""
    nodes = [node(f"u{i}", "University") for i in (1, 2)] + [node(f"p{i}", "Person") for i in (1, 2)]
    nodes += [node(f"j{i}", "Project") for i in (1, 2)] + [node("e", "Enterprise")]
    rows = [("WORKS_AT", f"p{i}", f"u{i}") for i in (1, 2)] + [("JOINS", f"p{i}", f"j{j}") for i in (1, 2) for j in (1, 2)]
    rows += [("JOINS", "e", f"j{j}") for j in (1, 2)]
    return World(tuple(nodes), tuple(relationship(f"r{i:02}", *row) for i, row in enumerate(rows)))


def test_every_entry_must_be_passed_not_any():
    both = ConnectionsQuery("University", "Enterprise", 6, through_types=("Person", "Project"))
    assert find_connections(seconded().projection, both, context()).by_hops == {3: 2}
    never = ConnectionsQuery("University", "Enterprise", 6, through_types=("Person", "City"))
    assert find_connections(seconded().projection, never, context()).total == 0


def test_a_pattern_shapes_every_row_and_is_its_evidence():
    query = ConnectionsQuery("University", "Enterprise", 6, pattern="University < WORKS_AT < Person > JOINS > Project < JOINS < Enterprise")
    answer = find_connections(seconded().projection, query, context())
    assert [(row.path.nodes[0].id, row.ways, [hop.fact.type for hop in row.path.hops]) for row in answer.rows] == [
        ("u1", 2, ["WORKS_AT", "JOINS", "JOINS"]),
        ("u2", 2, ["WORKS_AT", "JOINS", "JOINS"]),
    ]


def test_a_table_is_the_same_after_other_questions_of_the_thread():
    """They share work space, which each has to leave as it was."""
    query = ConnectionsQuery("University", "Enterprise", 6, through_types=("Person", "Project"))
    world = seconded().projection
    for kind in ("simple", "shortest", "k-shortest", "disjoint"):
        find_paths(world, PathQuery("u1", "e", kind, 6, through_types=("Person",)), context())  # type: ignore[arg-type]
        assert find_connections(world, query, context()).by_hops == {3: 2}
    before = find_paths(world, PathQuery("u1", "e", "simple", 6, through_types=("Person",)), context())
    find_connections(world, query, context(bounds=Bounds(work=40)))
    assert find_paths(world, PathQuery("u1", "e", "simple", 6, through_types=("Person",)), context()) == before


def test_bounds_stop_it_and_are_named():
    query = ConnectionsQuery("University", "Enterprise", 6, through=("p1",))
    assert find_connections(seconded().projection, query, context(bounds=Bounds(work=3))).limit == "work"
    assert find_connections(seconded().projection, query, context(bounds=Bounds(bytes=10))).limit == "bytes"


def test_an_end_that_is_to_be_avoided_is_refused():
    with pytest.raises(QueryProblem, match="cannot also be named in avoid"):
        find_connections(seconded().projection, ConnectionsQuery("University", "Enterprise", from_nodes=("u1",), avoid=("u1",)), context())
