"""The stream of pairs is the table: the same pairs in parts, in a stated order, within bounds that are named."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import NotFound
from graph.paths import Bounds, ConnectionsQuery, find_connections
from graph.paths.answer.stream import StreamedPairs, stream_connections
from graph.paths.ask.query import Conditions
from graph.paths.search import pairs
from tests.examples import examples
from tests.graph.paths.graphs import World, context, node, relationship, worlds
from tests.graph.paths.oracle import questions

ENDS = ("University", "Enterprise", "Organization", "Person")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a small world has several."""
    monkeypatch.setattr(pairs, "BLOCK_ROWS", 24)


def parts(world: World, query: ConnectionsQuery, **bounds: int) -> list[StreamedPairs]:
    return list(stream_connections(world.projection, query, context(bounds=Bounds(**bounds))))


@given(
    world=worlds(),
    from_type=st.sampled_from(ENDS),
    to_type=st.sampled_from(ENDS),
    max_hops=st.integers(1, 5),
    as_of=st.sampled_from(("any", "2020-09-10")),
    direction=st.sampled_from(("any", "forward")),
)
def test_the_parts_together_are_the_table(world, from_type, to_type, max_hops, as_of, direction):
    query = ConnectionsQuery(from_type, to_type, max_hops, limit=1000, as_of=as_of, direction=direction)
    table = find_connections(world.projection, query, context())
    found = parts(world, query)
    rows = [(each.start.id, each.hops, each.end.id, each.ways) for part in found for each in part.rows]
    assert rows == sorted(rows)
    expected = [(row.path.nodes[0].id, len(row.path.hops), row.path.nodes[-1].id, row.ways) for row in table.rows]
    assert rows == sorted(expected)
    assert [part.searched for part in found] == sorted(part.searched for part in found)
    assert all(part.limit is None for part in found)
    assert not found or found[-1].searched == found[-1].sources


def star(universities: int) -> World:
    """Universities and as many enterprises, all on one project."""
    ends = [(f"u{number}", "University") for number in range(universities)] + [
        (f"e{number}", "Enterprise") for number in range(universities)
    ]
    nodes = (node("p", "Project"), *(node(*end) for end in ends))
    return World(nodes, tuple(relationship(f"r{number}", "JOINS", end, "p") for number, (end, _) in enumerate(ends)))


def test_a_bound_ends_the_stream_and_is_named():
    found = parts(star(10), ConnectionsQuery("University", "Enterprise", 2), work=10)
    assert [part.limit for part in found] == ["work"]
    assert found[-1].searched < found[-1].sources
    degree = parts(star(10), ConnectionsQuery("University", "Enterprise", 2), degree=5)
    assert {part.limit for part in degree} == {"degree"} and not any(part.rows for part in degree)


def test_names_above_the_reader_s_clearance_are_withheld_alike_in_every_part():
    nodes = (node("u", "University"), node("p:1", "Person"), node("p:2", "Person"))
    world = World(nodes, tuple(relationship(f"r{i}", "WORKS_AT", f"p:{i}", "u") for i in (1, 2)))
    found = list(stream_connections(world.projection, ConnectionsQuery("Person", "Person", 2), context(clearance=0)))
    (row,) = [each for part in found for each in part.rows]
    assert (row.start.id, row.end.id) == ("withheld:1", "withheld:2")


@settings(max_examples=examples(100))
@given(question=questions())
def test_conditions_on_whole_paths_hold_in_the_stream_as_in_the_table(question):
    types = {each.id: each.type for each in question.world.nodes}
    ends = types[question.query.start], types[question.query.end]
    conditions = {field.name: getattr(question.query, field.name) for field in fields(Conditions)}
    query = ConnectionsQuery(*ends, question.query.max_hops, limit=1000, **conditions)
    table = find_connections(question.world.projection, query, context())
    found = parts(question.world, query)
    rows = [(each.start.id, each.hops, each.end.id, each.ways) for part in found for each in part.rows]
    assert rows == sorted((row.path.nodes[0].id, len(row.path.hops), row.path.nodes[-1].id, row.ways) for row in table.rows)
    assert {part.limit for part in found} <= {table.limit}


def test_a_bound_ends_a_stream_under_conditions_and_is_named():
    through = ConnectionsQuery("University", "Enterprise", 2, through_types=("Project",))
    found = parts(star(10), through, work=20)
    assert [part.limit for part in found][-1] == "work"
    assert found[-1].searched < found[-1].sources
    degree = parts(star(10), through, degree=5)
    assert {part.limit for part in degree} == {"degree"} and not any(part.rows for part in degree)
    assert sum(len(part.rows) for part in parts(star(10), through)) == 100


def test_an_unknown_type_is_told_before_the_first_row():
    with pytest.raises(NotFound):
        stream_connections(star(2).projection, ConnectionsQuery("University", "Enterprize"), context())
