from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.errors import NotFound, QueryProblem
from graph.paths import Bounds, ConnectionsQuery, find_connections
from tests.graph.paths.graphs import (
    ONTOLOGY,
    World,
    context,
    node,
    relationship,
    shortest_by_networkx,
    shortest_through,
    worlds,
)

ENDS = ("University", "Enterprise", "Organization", "Person", "City", "Field")


def _pairs(world: World, query: ConnectionsQuery) -> list[tuple[str, str]]:
    """Which pairs the question is about, each once where it could be listed both ways round."""
    of_type = {each.id: each.type for each in world.nodes}
    left, right = ONTOLOGY.descendants(query.from_type), ONTOLOGY.descendants(query.to_type)
    asked = {
        (a, b)
        for a in world.ids()
        for b in world.ids()
        if a != b and of_type[a] in left and of_type[b] in right
        and (not query.from_nodes or a in query.from_nodes) and (not query.to_nodes or b in query.to_nodes)
    }  # fmt: skip
    if query.from_nodes or query.to_nodes or query.direction != "any":
        return sorted(asked)
    return sorted((a, b) for a, b in asked if a < b or (b, a) not in asked)


def _expected(world: World, query: ConnectionsQuery) -> list[tuple[int, str, str, int, list[str]]]:
    graph = world.simple(day="" if query.as_of == "any" else query.as_of, types=query.relationship_types, direction=query.direction)
    passable = world.passable(query.include_types)
    via = {name for entry in query.through_types for each in entry.split("|") for name in ONTOLOGY.descendants(each)}
    passing = {each.id for each in world.nodes if each.type in via}
    rows = []
    for a, b in _pairs(world, query):
        if query.through_types:
            paths = shortest_through(graph, passable, (a, b), passing, query.max_hops)
        else:
            paths = shortest_by_networkx(graph, passable, a, b, query.max_hops)
        if paths:
            rows.append((len(paths[0]) - 1, a, b, len(paths), paths[0]))
    return sorted(rows)


@given(
    world=worlds(most_nodes=8),
    data=st.data(),
    from_type=st.sampled_from(ENDS),
    to_type=st.sampled_from(ENDS),
    max_hops=st.integers(1, 6),
    via=st.sampled_from(((), (), ("Person",), ("Organization",), ("Project|Person",))),
    as_of=st.sampled_from(("any", "2018-06-30", "2020-09-10")),
    types=st.sampled_from(((), ("JOINS", "LOCATED_IN"))),
    direction=st.sampled_from(("any", "any", "forward", "backward")),
)
def test_the_table_is_that_of_networkx(world, data, from_type, to_type, max_hops, via, as_of, types, direction):
    of_type = {each.id: each.type for each in world.nodes}
    starts = [id for id in world.ids() if of_type[id] in ONTOLOGY.descendants(from_type)]
    ends = [id for id in world.ids() if of_type[id] in ONTOLOGY.descendants(to_type)]
    from_nodes = tuple(data.draw(st.lists(st.sampled_from(starts), max_size=3))) if starts else ()
    to_nodes = tuple(data.draw(st.lists(st.sampled_from(ends), max_size=3))) if ends else ()
    assume(not (len(from_nodes) == 1 and from_nodes == to_nodes))
    query = ConnectionsQuery(
        from_type, to_type, max_hops, from_nodes, to_nodes, 1000,
        through_types=via, as_of=as_of, relationship_types=types, direction=direction,
    )  # fmt: skip
    expected = _expected(world, query)
    answer = find_connections(world.projection, query, context())
    found = [
        (len(row.path.hops), row.path.nodes[0].id, row.path.nodes[-1].id, row.ways, [n.id for n in row.path.nodes]) for row in answer.rows
    ]
    assert found == expected
    assert (answer.total, answer.limit) == (len(expected), None)
    assert sum(answer.by_hops.values()) == answer.total


@given(world=worlds(), via=st.sampled_from(((), ("Person",))), limit=st.integers(1, 5))
def test_a_limit_keeps_the_first_rows_and_the_exact_total(world, via, limit):
    whole = find_connections(world.projection, ConnectionsQuery("Organization", "Project", 4, through_types=via), context())
    some = find_connections(world.projection, ConnectionsQuery("Organization", "Project", 4, through_types=via, limit=limit), context())
    assert some.rows == whole.rows[:limit]
    assert (some.total, some.limit) == (whole.total, "rows" if whole.total > limit else None)
    counted = find_connections(world.projection, ConnectionsQuery("Organization", "Project", 4, through_types=via, count=True), context())
    assert (counted.rows, counted.total, counted.limit) == ((), whole.total, None)


def test_a_walk_that_comes_back_over_its_steps_is_no_path_through():
    """University and enterprise share a project; its leader hangs on it and leads nowhere else."""
    nodes = (node("u", "University"), node("e", "Enterprise"), node("p", "Project"), node("l", "Person"))
    rows = (("u", "p"), ("e", "p"), ("l", "p"))
    world = World(nodes, tuple(relationship(f"r{i}", "JOINS", *ends) for i, ends in enumerate(rows)))
    assert (
        find_connections(world.projection, ConnectionsQuery("University", "Enterprise", 6, through_types=("Person",)), context()).total == 0
    )
    assert (
        find_connections(world.projection, ConnectionsQuery("University", "Enterprise", 6, through_types=("Project",)), context()).total
        == 1
    )


def test_types_may_be_named_in_chinese():
    nodes = (node("u", "University"), node("e", "Enterprise"))
    world = World(nodes, (relationship("r1", "JOINS", "u", "e"),))
    assert find_connections(world.projection, ConnectionsQuery("高校", "企业"), context()).total == 1


def test_a_row_names_who_stands_between_and_its_sources():
    nodes = (node("u", "University"), node("e", "Enterprise"), node("p1", "Project"), node("p2", "Project"))
    ends = (("u", "p1"), ("e", "p1"), ("u", "p2"), ("e", "p2"))
    world = World(nodes, tuple(relationship(f"r{i}", "JOINS", *pair, "2019", "2020") for i, pair in enumerate(ends)))
    row = find_connections(world.projection, ConnectionsQuery("University", "Enterprise"), context()).rows[0]
    assert (len(row.path.hops), row.ways) == (2, 2)
    assert [(each.id, each.type, each.caption.zh) for each in row.via] == [("p1", "Project", "name of p1")]
    assert [hop.fact.sources[0]["row"] for hop in row.path.hops] == [0, 1]
    assert row.path.hops[0].fact.valid_to == "2020"


def _dense() -> World:
    ids = [f"o:{i:02}" for i in range(40)]
    nodes = tuple(node(id, "University" if i % 2 else "Enterprise") for i, id in enumerate(ids))
    rows = [relationship(f"r{i:02}{j:02}", "JOINS", a, b) for i, a in enumerate(ids) for j, b in enumerate(ids) if i < j]
    return World(nodes, tuple(rows))


def test_bounds_stop_a_table_and_the_answer_says_which():
    world = _dense()
    through = ConnectionsQuery("University", "Enterprise", 8, through_types=("University",))
    answer = find_connections(world.projection, through, context(bounds=Bounds(work=10_000)))
    assert answer.limit == "work"
    answer = find_connections(world.projection, through, context(bounds=Bounds(milliseconds=1)))
    assert answer.limit == "milliseconds"
    answer = find_connections(world.projection, ConnectionsQuery("University", "Enterprise", 2), context(bounds=Bounds(work=100)))
    assert answer.limit == "work"
    answer = find_connections(world.projection, ConnectionsQuery("University", "Enterprise", 2), context(bounds=Bounds(degree=10)))
    assert (answer.limit, answer.total) == ("degree", 400)


def test_impossible_tables_are_refused():
    projection = World((node("u", "University"), node("e", "Enterprise")), ()).projection
    with pytest.raises(QueryProblem) as problem:
        find_connections(projection, ConnectionsQuery("University", "Enterprise", from_nodes=("e",)), context())
    assert problem.value.where == {"parameter": "from"}
    with pytest.raises(QueryProblem):
        find_connections(projection, ConnectionsQuery("University", "University", from_nodes=("u",), to_nodes=("u",)), context())
    with pytest.raises(NotFound):
        find_connections(projection, ConnectionsQuery("University", "Enterprize"), context())
    with pytest.raises(NotFound):
        find_connections(projection, ConnectionsQuery("University", "Enterprise", through_types=("Nobody",)), context())
    with pytest.raises(QueryProblem) as problem:
        find_connections(projection, ConnectionsQuery("University", "Enterprise", limit=10**9), context())
    assert problem.value.where == {"parameter": "limit"}
