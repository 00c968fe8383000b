"""What analyses answer: plain frozen values, and the JSON that every door hands out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from graph.analytics.query import AnalysisName, LinkMeasure
from graph.bounded import Bounded
from graph.captions import Named
from graph.ontology.schema import Label

Figure: TypeAlias = int | float


@dataclass(frozen=True, slots=True)
class Column:
    """A figure of each row: its key in ``figures``, and what people read above it. ``whole`` says that it is a count."""

    key: str
    label: Label
    whole: bool = False


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One node of a ranking. ``rank`` counts from 1 in the order of the list."""

    rank: int
    node: Named
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A component or a community, numbered from 1 by size. ``types`` counts its nodes by type; ``members`` are the first of them, the
    best connected first, and ``figures`` has ``size``."""

    rank: int
    figures: Mapping[str, Figure]
    types: Mapping[str, int]
    members: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What would be separated from the rest: how many nodes, and the first of them by id."""

    size: int
    members: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class CutRow:
    """A cut node (one node) or a bridge (the two ends of the hop). ``parts`` are what falls apart without it, the largest, which counts
    as the rest, left out; ``figures`` has ``separated`` (nodes in ``parts``) and ``parts`` (their number)."""

    rank: int
    nodes: tuple[Named, ...]
    figures: Mapping[str, Figure]
    parts: tuple[Part, ...]


Row: TypeAlias = NodeRow | GroupRow | CutRow


@dataclass(frozen=True, slots=True)
class AnalysisAnswer(Bounded):
    """``rows`` in the order that ``definition`` gives; ties by id. ``total`` is how many rows there are in all. ``nodes``,
    ``relationships`` and ``links`` (pairs of different nodes that are linked, either way) are the size of the part of the graph that was
    analysed. ``figures`` hold what belongs to the whole (``components``, ``modularity``, ``samples``, ``error``…). ``limit`` names the
    limit that was met: ``rows`` (more rows than listed) or ``work`` (sampled, see ``figures["error"]``)."""

    name: AnalysisName
    definition: Label
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: int
    nodes: int
    relationships: int
    links: int
    figures: Mapping[str, Figure]
    limit: str | None
    as_of: str
    data_date: str

    @property
    def finished(self) -> bool:
        """An estimate whose error is told is an answer."""
        return super(AnalysisAnswer, self).finished or "error" in self.figures


@dataclass(frozen=True, slots=True)
class LinkRow:
    """Two nodes that are not linked. ``common`` is how many neighbours they share, ``through`` the first of these by id."""

    rank: int
    source: Named
    target: Named
    score: float
    common: int
    through: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class LinkPredictionAnswer(Bounded):
    """``rows`` by score, then ids. ``total`` is the number of candidate pairs. ``auc`` gives for each measure the probability that a
    hidden link scores above a pair that is not linked (0.5 = no better than chance), from ``held_out`` hidden links; empty if none were."""

    measure: LinkMeasure
    definition: Label
    rows: tuple[LinkRow, ...]
    total: int
    nodes: int
    relationships: int
    links: int
    auc: Mapping[LinkMeasure, float]
    held_out: int
    limit: str | None
    as_of: str
    data_date: str


@dataclass(frozen=True, slots=True)
class CoverageAnswer(Bounded):
    """``cells[i][j]`` belongs to ``rows[i]`` and ``columns[j]``, both by id. ``row_totals`` and ``column_totals`` count each node once
    (with a counted type; else they are sums), so they need not be sums. ``zero_cells`` is the number of empty cells, ``zeros`` the
    first of them as positions (row, column). ``limit`` ``rows``: more empty cells than listed; ``count``: a number of paths
    stopped growing."""

    definition: Label
    rows: tuple[Named, ...]
    columns: tuple[Named, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    zero_cells: int
    zeros: tuple[tuple[int, int], ...]
    limit: str | None
    as_of: str
    data_date: str


@dataclass(frozen=True, slots=True)
class PairChange:
    """Two nodes and the hops between them before and after; ``None`` = not joined within the hop limit."""

    source: Named
    target: Named
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class State:
    """The graph before or after. ``pairs`` are those joined within the hop limit (``None``: not counted to the end), ``hops`` the sum of
    their hops."""

    nodes: int
    relationships: int
    components: int
    largest_component: int
    pairs: int | None
    hops: int


@dataclass(frozen=True, slots=True)
class WhatIfAnswer(Bounded):
    """The difference. Pairs ``lost`` and ``gained`` a path, or have a ``longer`` or ``shorter`` one, each list by its ends' ids; a pair of
    which an end itself left is lost, one of which an end is new gained. ``totals`` has the exact number of each. ``stranded`` are nodes of
    the second type, still there, that were joined to some node of the first type and now are to none, ``rescued`` the reverse. ``limit``:
    ``rows``, ``degree`` (a node with more relationships than the bound was not walked through), or ``work``/``milliseconds``: stopped, so
    that the totals and the pairs before and after are ``None``, and what is listed is a part."""

    definition: Label
    before: State
    after: State
    lost: tuple[PairChange, ...]
    gained: tuple[PairChange, ...]
    longer: tuple[PairChange, ...]
    shorter: tuple[PairChange, ...]
    stranded: tuple[Named, ...]
    rescued: tuple[Named, ...]
    totals: Mapping[str, int | None]
    limit: str | None
    as_of: str
    data_date: str
    left: tuple[Named, ...] = field(default=())
