"""One analysis while it is being answered: the part of the graph, and how rows are made of arrays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.analytics.answer import AnalysisAnswer, Column, Figure, NodeRow, Row
from graph.analytics.naming import Names
from graph.analytics.query import AnalysisQuery
from graph.analytics.scope import Subgraph
from graph.analytics.words import definition, taken
from graph.captions import Named
from graph.errors import QueryProblem, Unfinished
from graph.kernels.arrays import Flags, Int64s
from graph.messages import Message, message
from graph.ontology.schema import Label
from graph.paths.ask.conditions import family, kinds_among, naming
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import why_stop
from graph.projection import Projection

Numbers: TypeAlias = npt.NDArray[Any]
NO_FIGURES: Mapping[str, Figure] = {}

DIGITS = 12
"""Decimals that decide an order: what differs by less is the same but for the rounding of sums, and goes by id."""


@dataclass(frozen=True, slots=True, eq=False)
class AnalysisContext:
    """The question, its part of the graph (``listed``: which of its nodes may be listed) and the names given so far."""

    projection: Projection
    query: AnalysisQuery
    context: AnswerContext
    graph: Subgraph
    listed: Flags
    names: Names

    def says(self, zh: str, en: str) -> Label:
        """The definition, with how relationships were taken."""
        return definition(zh, en, taken(self.query.direction, parallel=self.query.parallel))

    def says_simple(self, zh: str, en: str, *, directed: bool = False) -> Label:
        """Likewise where parallel relationships play no part, nor, unless ``directed``, the direction."""
        return definition(zh, en, taken(self.query.direction if directed else "any", parallel=False))

    def ranked(
        self,
        meaning: Label,
        columns: Sequence[tuple[Column, Numbers]],
        *,
        rising: bool = False,
        figures: Mapping[str, Figure] = NO_FIGURES,
        limit: str | None = None,
        where: Flags | None = None,
    ) -> AnalysisAnswer:
        """The nodes by the first column, the greatest first (``rising``: the least), then id; those of ``where`` only."""
        chosen = np.flatnonzero(self.listed if where is None else self.listed & where)
        first = np.round(columns[0][1][chosen].astype(np.float64), DIGITS)
        order = chosen[np.argsort(first if rising else -first, kind="stable")][: self.query.limit]
        rows = tuple(
            NodeRow(rank, self.name(place), {column.key: _figure(values[place]) for column, values in columns})
            for rank, place in enumerate(order.tolist(), 1)
        )
        return self.answer(meaning, [column for column, _ in columns], rows, len(chosen), figures=figures, limit=limit)

    def answer(
        self,
        meaning: Label,
        columns: Sequence[Column],
        rows: tuple[Row, ...],
        total: int,
        *,
        figures: Mapping[str, Figure] = NO_FIGURES,
        limit: str | None = None,
    ) -> AnalysisAnswer:
        """With what every answer has."""
        return AnalysisAnswer(
            name=self.query.name,
            definition=meaning,
            columns=tuple(columns),
            rows=rows,
            total=total,
            nodes=self.graph.size,
            relationships=len(self.graph.sources),
            links=self.graph.links,
            figures=figures,
            limit=limit or ("rows" if total > len(rows) else None),
            as_of=self.query.as_of,
            data_date=self.context.data_date,
        )

    def name(self, place: int) -> Named:
        """The node at this place of the part."""
        return self.names.of(int(self.graph.nodes[place]))

    def types(self, places: Int64s) -> dict[str, int]:
        """How many nodes of each type stand at these places, the most first."""
        kinds = np.bincount(self.projection.adjacency.kinds[self.graph.nodes[places]], minlength=len(self.projection.node_kinds))
        counts: dict[str, int] = {}
        for kind, count in zip(self.projection.node_kinds, kinds.tolist(), strict=True):
            if count:
                counts[kind.type] = counts.get(kind.type, 0) + count
        return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def listed_nodes(projection: Projection, types: tuple[str, ...], graph: Subgraph, parameter: str) -> Flags:
    """Which nodes of the part are of these types or their subtypes; all if none are named."""
    if not types:
        return np.ones(graph.size, np.bool_)
    with naming(parameter):
        kinds = kinds_among(projection, family(projection.ontology, types))
    flags: Flags = kinds[projection.adjacency.kinds[graph.nodes]]
    return flags


def check_work(work: int, context: AnswerContext, what: Message) -> None:
    """Refuses what would take longer than the bound on work allows. Raises ``QueryProblem``."""
    if work > context.bounds.work:
        raise QueryProblem(
            message(
                "{what} would take {work:,} steps here; the limit is {most:,} (work).",
                what=what,
                work=work,
                most=context.bounds.work,
            ),
            hint=message(
                "Choose a smaller part by types, relationships or dates, or leave out the nodes with the most relationships (max_degree)."
            ),
            where={"parameter": "work"},
        )


def check_time(context: AnswerContext) -> None:
    """Ends the question between two pieces of work when its time is over or nobody waits for it. Raises ``Unfinished``."""
    reason = why_stop(context)
    if reason is not None:
        raise stopped(reason, context)


def stopped(reason: str, context: AnswerContext) -> Unfinished:
    """What is said when an analysis had to end before it had an answer."""
    if reason == "milliseconds":
        detail = message("The analysis was stopped after {milliseconds:,} ms.", milliseconds=context.bounds.milliseconds)
    else:
        detail = message("The analysis was stopped ({reason}).", reason=reason)
    return Unfinished(
        detail,
        hint=message("Choose a smaller part of the graph by types, relationships or dates."),
        where={"parameter": reason},
    )


def _figure(value: Any) -> Figure:
    number: Figure = value.item()
    return number
