from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analytics import CoverageAnswer, CoverageQuery, coverage
from graph.errors import NotFound, QueryProblem, Unfinished
from graph.paths import Bounds
from graph.paths.ask.query import Direction
from tests.graph.paths.graphs import ONTOLOGY, World, context, node, relationship, shortest_by_networkx, worlds

types = st.sampled_from(("Organization", "University", "Person", "City", "Field", "Project"))
directions = st.sampled_from(("any", "forward", "backward"))


def _ask(world: World, query: CoverageQuery) -> CoverageAnswer:
    return coverage(world.projection, query, context())


def _of_type(world: World, type: str) -> list[str]:
    return sorted(each.id for each in world.nodes if each.type in ONTOLOGY.descendants(type))


def _near(graph: nx.DiGraph[str], passable: set[str], start: str, end: str, hops: int) -> bool:
    return start == end or bool(shortest_by_networkx(graph, passable, start, end, hops))


@given(worlds(), types, types, types, st.integers(1, 3), directions)
def test_counted_cells_equal_direct_counts(world: World, rows: str, columns: str, counted: str, hops: int, direction: Direction) -> None:
    query = CoverageQuery(rows_type=rows, columns_type=columns, counted_type=counted, max_hops=hops, direction=direction)
    answer = _ask(world, query)
    graph, passable = world.simple(direction=direction), world.passable()
    row_ids, column_ids, counted_ids = (_of_type(world, each) for each in (rows, columns, counted))
    near = {(each, end): _near(graph, passable, each, end, hops) for each in counted_ids for end in {*row_ids, *column_ids}}
    expected = [[sum(near[each, row] and near[each, column] for each in counted_ids) for column in column_ids] for row in row_ids]
    assert [each.id for each in answer.rows] == row_ids
    assert [each.id for each in answer.columns] == column_ids
    assert [list(each) for each in answer.cells] == expected
    zeros = [(i, j) for i, row in enumerate(expected) for j, count in enumerate(row) if not count]
    assert answer.zero_cells == len(zeros)
    assert list(answer.zeros) == zeros[:100]
    totals = [sum(near[each, row] and any(near[each, column] for column in column_ids) for each in counted_ids) for row in row_ids]
    assert list(answer.row_totals) == totals


@given(worlds(), types, types, st.integers(1, 4), directions)
def test_cells_without_a_counted_type_are_numbers_of_shortest_paths(
    world: World, rows: str, columns: str, hops: int, direction: Direction
) -> None:
    answer = _ask(world, CoverageQuery(rows_type=rows, columns_type=columns, max_hops=hops, direction=direction))
    graph, passable = world.simple(direction=direction), world.passable()
    for row, cells in zip(_of_type(world, rows), answer.cells, strict=True):
        for column, count in zip(_of_type(world, columns), cells, strict=True):
            paths = [] if row == column else shortest_by_networkx(graph, passable, row, column, hops)
            assert count == len(paths)


def _city() -> World:
    nodes = (
        node("c1", "City"),
        node("c2", "City"),
        node("f1", "Field1"),
        node("f2", "Field"),
        *(node(f"p{n}", "Project") for n in range(3)),
    )
    links = [("LOCATED_IN", "p0", "c1"), ("LOCATED_IN", "p1", "c1"), ("LOCATED_IN", "p2", "c2")]
    links += [("JOINS", "p0", "f1"), ("JOINS", "p1", "f1"), ("JOINS", "p2", "f2"), ("WORKS_AT", "p2", "f1")]
    return World(nodes, tuple(relationship(f"r{number}", *each) for number, each in enumerate(links)))


def test_the_ways_to_rows_and_columns_may_be_held_to_relationships() -> None:
    query = CoverageQuery(
        rows_type="Field", columns_type="City", counted_type="Project", max_hops=1,
        row_relationship_types=("JOINS",), column_relationship_types=("LOCATED_IN",),
    )  # fmt: skip
    answer = _ask(_city(), query)
    assert answer.cells == ((2, 0), (0, 1))
    assert answer.zeros == ((0, 1), (1, 0))
    assert answer.rows[answer.zeros[0][0]].id == "f1"
    held = CoverageQuery(rows_type="Field", columns_type="City", counted_type="Project", max_hops=1, rows=("f1",))
    assert _ask(_city(), held).cells == ((2, 1),)


def test_more_zeros_than_asked_for_are_said_to_be_more() -> None:
    answer = _ask(_city(), CoverageQuery(rows_type="Field", columns_type="City", counted_type="Person", zeros=3))
    assert (answer.zero_cells, len(answer.zeros), answer.limit) == (4, 3, "rows")


def test_half_a_table_is_no_table() -> None:
    with pytest.raises(Unfinished) as stopped:
        coverage(_city().projection, CoverageQuery(rows_type="Field", columns_type="City", zeros=4), context(bounds=Bounds(rows=4, work=1)))
    assert "work" in stopped.value.detail


@pytest.mark.parametrize(
    ("query", "bounds", "parameter"),
    [
        (CoverageQuery(rows_type="Field", columns_type="City", max_hops=0), Bounds(), "max_hops"),
        (CoverageQuery(rows_type="Field", columns_type="City", zeros=1), Bounds(rows=3), "rows"),
        (CoverageQuery(rows_type="Nonsense", columns_type="City"), Bounds(), "rows_type"),
        (CoverageQuery(rows_type="Field", columns_type="City", rows=("c1",)), Bounds(), "rows"),
        (CoverageQuery(rows_type="Field", columns_type="City", columns=("none",)), Bounds(), "columns"),
        (CoverageQuery(rows_type="Field", columns_type="City", row_relationship_types=("JOINS",)), Bounds(), "row_relationship_types"),
        (CoverageQuery(rows_type="Field", columns_type="City", through_types=("Person",)), Bounds(), "through_types"),
    ],
)
def test_what_cannot_be_asked_is_refused(query: CoverageQuery, bounds: Bounds, parameter: str) -> None:
    with pytest.raises((QueryProblem, NotFound)) as refused:
        coverage(_city().projection, query, context(bounds=bounds))
    assert refused.value.where["parameter"] == parameter
