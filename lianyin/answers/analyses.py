"""Analyses of the graph as a whole, as answers: rankings, groups, cuts, tables of coverage, likely links, and what would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from typing_extensions import TypedDict

from lianyin.answers.common import AnyNode, Dated, Label, brief

if TYPE_CHECKING:
    from graph import analytics
    from graph.analytics import answer as found

AnalysisName: TypeAlias = Literal[
    "degree",
    "pagerank",
    "personalised-pagerank",
    "betweenness",
    "k-core",
    "components",
    "bridges",
    "cut-nodes",
    "brokers",
    "communities",
]
Measure: TypeAlias = Literal["adamic-adar", "common-neighbours", "jaccard", "resource-allocation", "preferential-attachment"]
Figure: TypeAlias = int | float | None


@dataclass(frozen=True)
class FigureColumn:
    """A figure of each row: its key there, and what people read above it."""

    key: str
    label: Label


@dataclass(frozen=True)
class Part:
    """What would be separated from the rest."""

    size: int
    members: list[AnyNode]


AnalysisRow: TypeAlias = dict[str, Figure | AnyNode | list[AnyNode] | list[Part] | dict[str, int]]
"""``rank``; a node (``node``), a group (``members``, ``types``), or what would fall apart (``nodes``, ``separated_parts``); and the figures
by the keys of ``columns``."""


@dataclass(frozen=True)
class AnalysisAnswer(Dated):
    """``definition`` says what was computed and in which order the rows stand; ``figures`` hold what belongs to the whole. A row has its
    ``rank``, a ``node``, a group (``members``, ``types``) or what would fall apart (``nodes``, ``separated_parts``), and its figures."""

    name: AnalysisName
    definition: Label
    columns: list[FigureColumn]
    rows: list[AnalysisRow]
    total: int
    nodes: int
    relationships: int
    links: int
    figures: dict[str, Figure]


@dataclass(frozen=True)
class EmptyCell:
    """Two nodes that do not meet."""

    row: AnyNode
    column: AnyNode


@dataclass(frozen=True)
class CoverageAnswer(Dated):
    """``cells[i][j]`` belongs to ``rows[i]`` and ``columns[j]``. Totals count each node once."""

    definition: Label
    rows: list[AnyNode]
    columns: list[AnyNode]
    cells: list[list[int]]
    row_totals: list[int]
    column_totals: list[int]
    zero_cells: int | None
    zeros: list[EmptyCell]


@dataclass(frozen=True)
class PredictedLink:
    """Two nodes that are not linked, with what they share."""

    rank: int
    source: AnyNode
    target: AnyNode
    score: float
    common: int
    through: list[AnyNode]


@dataclass(frozen=True)
class PredictionAnswer(Dated):
    """``total`` is the number of candidate pairs; ``auc`` how often each measure set a hidden link above a pair that is not linked."""

    measure: Measure
    definition: Label
    rows: list[PredictedLink]
    total: int | None
    nodes: int
    relationships: int
    links: int
    auc: dict[str, float]
    held_out: int


@dataclass(frozen=True)
class GraphState:
    """The graph before or after. ``pairs`` are those joined within the hop limit; null where they were not counted to the end."""

    nodes: int
    relationships: int
    components: int
    largest_component: int
    pairs: int | None
    mean_hops: float | None


PairChange = TypedDict("PairChange", {"from": AnyNode, "to": AnyNode, "hops_before": int | None, "hops_after": int | None})
PairChange.__doc__ = "Two nodes and the hops between them before and after; null: not joined within the hop limit."


@dataclass(frozen=True)
class WhatIfAnswer(Dated):
    """The difference: which pairs are cut off, joined, farther or nearer; which nodes of the second type are left alone, or no longer."""

    definition: Label
    left: list[AnyNode]
    before: GraphState
    after: GraphState
    lost: list[PairChange]
    gained: list[PairChange]
    longer: list[PairChange]
    shorter: list[PairChange]
    stranded: list[AnyNode]
    rescued: list[AnyNode]
    totals: dict[str, int | None]


def analysis_answer(answer: analytics.AnalysisAnswer, tail: Mapping[str, Any]) -> AnalysisAnswer:
    """A ranking, groups, or weak points."""
    return AnalysisAnswer(
        name=answer.name,
        definition=answer.definition,
        columns=[FigureColumn(column.key, column.label) for column in answer.columns],
        rows=[_row(row) for row in answer.rows],
        total=answer.total,
        nodes=answer.nodes,
        relationships=answer.relationships,
        links=answer.links,
        figures=dict(answer.figures),
        **tail,
    )


def _row(row: found.Row) -> AnalysisRow:
    from graph.analytics.answer import CutRow, GroupRow

    told: AnalysisRow = {"rank": row.rank}
    if isinstance(row, GroupRow):
        return {**told, **row.figures, "types": dict(row.types), "members": _briefs(row.members)}
    if isinstance(row, CutRow):
        parts = [Part(part.size, _briefs(part.members)) for part in row.parts]
        return {**told, "nodes": _briefs(row.nodes), **row.figures, "separated_parts": parts}
    return {**told, "node": brief(row.node), **row.figures}


def _briefs(nodes: tuple[Any, ...]) -> list[AnyNode]:
    return [brief(node) for node in nodes]


def coverage_answer(answer: analytics.CoverageAnswer, tail: Mapping[str, Any]) -> CoverageAnswer:
    """A table of where two types meet. Without one of them there is no number."""
    rows, columns = _briefs(answer.rows), _briefs(answer.columns)
    return CoverageAnswer(
        definition=answer.definition,
        rows=rows,
        columns=columns,
        cells=[list(line) for line in answer.cells],
        row_totals=list(answer.row_totals),
        column_totals=list(answer.column_totals),
        zero_cells=None if tail["lacks"] else answer.zero_cells,
        zeros=[EmptyCell(rows[row], columns[column]) for row, column in answer.zeros],
        **tail,
    )


def prediction_answer(answer: analytics.LinkPredictionAnswer, tail: Mapping[str, Any]) -> PredictionAnswer:
    """Links that look likely."""
    return PredictionAnswer(
        measure=answer.measure,
        definition=answer.definition,
        rows=[
            PredictedLink(row.rank, brief(row.source), brief(row.target), row.score, row.common, _briefs(row.through))
            for row in answer.rows
        ],
        total=None if tail["lacks"] else answer.total,
        nodes=answer.nodes,
        relationships=answer.relationships,
        links=answer.links,
        auc={str(name): value for name, value in answer.auc.items()},
        held_out=answer.held_out,
        **tail,
    )


def what_if_answer(answer: analytics.WhatIfAnswer, tail: Mapping[str, Any]) -> WhatIfAnswer:
    """What would change."""
    return WhatIfAnswer(
        definition=answer.definition,
        left=_briefs(answer.left),
        before=_state(answer.before),
        after=_state(answer.after),
        lost=list(_changes(answer.lost)),
        gained=list(_changes(answer.gained)),
        longer=list(_changes(answer.longer)),
        shorter=list(_changes(answer.shorter)),
        stranded=_briefs(answer.stranded),
        rescued=_briefs(answer.rescued),
        totals={} if tail["lacks"] else dict(answer.totals),
        **tail,
    )


def _changes(changes: tuple[found.PairChange, ...]) -> Iterator[PairChange]:
    for change in changes:
        yield {"from": brief(change.source), "to": brief(change.target), "hops_before": change.before, "hops_after": change.after}


def _state(state: found.State) -> GraphState:
    mean = round(state.hops / state.pairs, 6) if state.pairs else None
    return GraphState(state.nodes, state.relationships, state.components, state.largest_component, state.pairs, mean)
