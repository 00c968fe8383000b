"""Where two types meet, and where they do not: a table of counts with its zeros."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graph.analytics.answer import CoverageAnswer
from graph.analytics.asked import Numbers
from graph.analytics.checks import check_hops, check_limit, problem
from graph.analytics.naming import Names
from graph.analytics.query import CoverageQuery
from graph.analytics.scope import check_scope, passable, select
from graph.analytics.walks import adjacency, columns_of, rows_at_once, whole_table, within_degree
from graph.analytics.words import definition, taken
from graph.clock import untimed
from graph.kernels.arrays import MOST_WAYS, Int64s
from graph.kernels.reach import Ways
from graph.messages import message
from graph.ontology.schema import Label
from graph.paths.ask.checks import visible_number
from graph.paths.ask.conditions import Rules, compile_conditions, family, kinds_among, naming
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import answering
from graph.projection import Projection


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Node numbers: of the rows, of the columns, and of those counted (none when paths are)."""

    rows: Int64s
    columns: Int64s
    counted: Int64s


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The cells and their totals. ``cut`` says that a number of paths stopped growing, ``degree`` that a node was not walked
    through because of its degree."""

    cells: Int64s
    row_totals: Int64s
    column_totals: Int64s
    cut: bool
    degree: bool


def run(projection: Projection, query: CoverageQuery, context: AnswerContext) -> CoverageAnswer:
    """See ``graph.analytics.coverage``."""
    _check(query, context)
    with answering(context):
        sides = _sides(projection, query, context)
        cells = len(sides.rows) * len(sides.columns)
        if cells > context.bounds.rows:
            raise problem(
                message(
                    "The table would have {rows:,} × {columns:,} cells; the limit is {most:,} (rows).",
                    rows=len(sides.rows),
                    columns=len(sides.columns),
                    most=context.bounds.rows,
                ),
                message("Name the nodes of the rows or columns, or ask for the connections between the two types instead."),
                "rows",
            )
        counts = _counted(projection, query, context, sides) if query.counted_type else _paths(projection, query, context, sides)
    empty = np.argwhere(counts.cells == 0)
    limit = "count" if counts.cut else "degree" if counts.degree else "rows" if len(empty) > query.zeros else None
    names = Names(projection, context.clearance)
    return CoverageAnswer(
        definition=_meaning(query),
        rows=names.all(sides.rows),
        columns=names.all(sides.columns),
        cells=tuple(tuple(row) for row in counts.cells.tolist()),
        row_totals=tuple(counts.row_totals.tolist()),
        column_totals=tuple(counts.column_totals.tolist()),
        zero_cells=len(empty),
        zeros=tuple((row, column) for row, column in empty[: query.zeros].tolist()),
        limit=limit,
        as_of=query.as_of,
        data_date=context.data_date,
    )


def _check(query: CoverageQuery, context: AnswerContext) -> None:
    check_scope(query)
    check_hops(query.max_hops, context)
    check_limit(query.zeros, context, "zeros", 0)
    if not query.counted_type and (query.row_relationship_types or query.column_relationship_types):
        raise problem(
            message("Relationships to the rows and to the columns can be told apart only where nodes of a type are counted."),
            message("Name counted_type, or use relationship_types."),
            "row_relationship_types" if query.row_relationship_types else "column_relationship_types",
        )


def _sides(projection: Projection, query: CoverageQuery, context: AnswerContext) -> Sides:
    rules = compile_conditions(projection, query, context)
    rows = _end(projection, rules, query.rows_type, "rows_type")
    columns = _end(projection, rules, query.columns_type, "columns_type")
    counted = _end(projection, rules, query.counted_type, "counted_type") if query.counted_type else np.empty(0, np.int64)
    return Sides(
        _held(projection, rows, query.rows, "rows", context.clearance),
        _held(projection, columns, query.columns, "columns", context.clearance),
        counted,
    )


def _end(projection: Projection, rules: Rules, type: str, parameter: str) -> Int64s:
    """The nodes of a type that the reader may know of, less those to avoid."""
    with naming(parameter):
        kinds = kinds_among(projection, family(projection.ontology, (type,)))
    return np.flatnonzero((kinds & ~rules.hidden)[rules.adjacency.kinds])


def _held(projection: Projection, nodes: Int64s, ids: tuple[str, ...], parameter: str, clearance: int) -> Int64s:
    """The nodes of the type, or of these those that are named. Raises ``NotFound``, or ``QueryProblem`` for one of another type."""
    if not ids:
        return nodes
    chosen = np.unique([visible_number(projection, id, parameter, clearance) for id in ids])
    wrong = np.setdiff1d(chosen, nodes)
    if len(wrong):
        number = int(wrong[0])
        raise problem(
            message("'{node}' is of type {type}.", node=projection.node_ids[number], type=projection.kind(number).type),
            message("Name nodes of the table's own type."),
            parameter,
        )
    return chosen


def _counted(projection: Projection, query: CoverageQuery, context: AnswerContext, sides: Sides) -> Counts:
    """Two tables of which counted nodes lie near which ends, multiplied."""
    with untimed():
        from scipy.sparse import csr_array, vstack

    near = []
    cut_off = False
    for ends, types in ((sides.rows, query.row_relationship_types), (sides.columns, query.column_relationship_types)):
        leg = replace(query, relationship_types=types or query.relationship_types)
        walk, degree = _walk(projection, leg, context, sides.counted, backwards=True)
        cut_off |= degree
        step = rows_at_once(len(sides.counted), context, 10)
        pieces = [csr_array((0, len(sides.counted)), dtype=np.int64)]
        for begin in range(0, len(ends), step):
            found = whole_table(walk, ends[begin : begin + step], len(sides.counted), query.max_hops, context)
            pieces.append(csr_array((found.hops >= 0).astype(np.int64)))
        near.append(vstack(pieces, format="csr"))
    by_row, by_column = near
    cells: Numbers = (by_row @ by_column.T).toarray().astype(np.int64)
    met_row, met_column = (np.asarray(each.sum(axis=0)).ravel() > 0 for each in near)
    return Counts(cells, by_row @ met_column.astype(np.int64), by_column @ met_row.astype(np.int64), cut=False, degree=cut_off)


def _paths(projection: Projection, query: CoverageQuery, context: AnswerContext, sides: Sides) -> Counts:
    """Numbers of shortest paths; a node and itself have none."""
    walk, degree = _walk(projection, query, context, sides.columns, backwards=False)
    found = whole_table(walk, sides.rows, len(sides.columns), query.max_hops, context)
    cells = np.where(found.hops > 0, found.ways, 0)
    return Counts(cells, cells.sum(axis=1), cells.sum(axis=0), cut=bool((cells >= MOST_WAYS).any()), degree=degree)


def _walk(projection: Projection, query: CoverageQuery, context: AnswerContext, targets: Int64s, *, backwards: bool) -> tuple[Ways, bool]:
    """Walked from the ends to ``targets``; ``backwards`` against what the question asks, which is told from the targets."""
    rules = compile_conditions(projection, query, context)
    everyone = ~np.append(rules.hidden[:-1], True)[rules.adjacency.kinds]
    part = select(projection, rules, query, everyone)
    pass_through, degree = within_degree(passable(projection, rules, 0), np.diff(projection.adjacency.starts), rules.allowed.degree)
    starts, neighbors = _renumbered(part.nodes, part.sources, part.targets, projection.node_count, both=not part.directed, turned=backwards)
    return Ways(starts, neighbors, pass_through, columns_of(targets, projection.node_count)), degree and not rules.degree_asked


def _renumbered(nodes: Int64s, sources: Int64s, targets: Int64s, size: int, *, both: bool, turned: bool) -> tuple[Numbers, Numbers]:
    """The part's relationships by the projection's node numbers."""
    ends = nodes[sources], nodes[targets]
    return adjacency(*(ends[::-1] if turned else ends), size, both=both)


def _meaning(query: CoverageQuery) -> Label:
    how = taken(query.direction, parallel=False)
    if query.counted_type:
        return definition(
            f"每格：{query.max_hops} 步之内既到达该行、又到达该列的“{query.counted_type}”节点数（各计一次）；",
            f"Each cell: how many nodes of type {query.counted_type} reach the row and the column within {query.max_hops} hops each, "
            f"every node once.",
            how,
        )
    return definition(
        f"每格：该行与该列之间不超过 {query.max_hops} 步的最短路径数；",
        f"Each cell: the number of shortest paths of at most {query.max_hops} hops between the row and the column.",
        how,
    )
