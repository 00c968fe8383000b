"""What may be asked of the graph as a whole: which analysis, of which part, with which parameters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from graph.paths.ask.query import Conditions

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

LinkMeasure: TypeAlias = Literal["adamic-adar", "common-neighbours", "jaccard", "resource-allocation", "preferential-attachment"]
"""How likely two nodes are to be linked next; ``graph.analytics.prediction`` has the formulas."""


@dataclass(frozen=True, slots=True)
class AnalysisQuery(Conditions):
    """One analysis of the part of the graph that the conditions leave: all nodes but hubs and link nodes (``include_types`` lets
    them in), or those of ``only_types``; without ``never_types``, ``avoid`` and nodes of more than ``max_degree`` relationships;
    and the relationships between these that fit ``relationship_types``, ``as_of``, ``window`` and ``min_trust``. ``direction`` ``any``
    takes relationships as going both ways. Conditions on single paths (``through``, ``through_types``, ``pattern``, ``together``)
    are refused.

    ``list_types`` (with subtypes) says which nodes are listed; all take part. ``nodes`` are where a personalised PageRank starts from.
    ``parallel`` counts parallel relationships each; otherwise two nodes are linked or not. ``damping`` is PageRank's, strictly
    between 0 and 1; ``resolution`` that of communities, above 0 (more = smaller groups). ``seed`` (0 to 2³² − 1) fixes what is
    random. ``limit`` is how many rows are listed, ``members`` how many nodes of each group."""

    name: AnalysisName
    list_types: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    parallel: bool = False
    damping: float = 0.85
    resolution: float = 1.0
    seed: int = 1
    limit: int = 20
    members: int = 10


@dataclass(frozen=True, slots=True)
class LinkPredictionQuery(Conditions):
    """Which two nodes, not linked yet, look most like being linked. The part of the graph is chosen as in ``AnalysisQuery``.

    The pairs are of ``from_type`` and ``to_type`` (subtypes included, "" = any type), each pair once. ``hold_out`` (0 to 0.5) is the share
    of links that is hidden to find out how well the measures would have foretold them; 0 does not try."""

    measure: LinkMeasure = "adamic-adar"
    from_type: str = ""
    to_type: str = ""
    hold_out: float = 0.1
    seed: int = 1
    limit: int = 20


@dataclass(frozen=True, slots=True)
class CoverageQuery(Conditions):
    """Where two types meet and where they do not: a table with a row for each node of ``rows_type`` and a column for each of
    ``columns_type`` (subtypes included; those named in ``rows`` and ``columns`` only, if any are).

    With ``counted_type`` a cell counts the nodes of that type that lie within ``max_hops`` of the row's node and within
    ``max_hops`` of the column's: needs of a field, posted from a district. Without it a cell counts the shortest paths of at most
    ``max_hops`` between the two. ``row_relationship_types`` and ``column_relationship_types`` hold the way from the counted nodes to the
    rows and to the columns to these relationships (empty = those of ``relationship_types``).

    On the way, paths pass what ``Conditions`` lets them pass; ends may be of any type, hubs included. ``zeros`` is how many empty cells
    are listed by name; the table has them all."""

    rows_type: str
    columns_type: str
    counted_type: str = ""
    max_hops: int = 3
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    row_relationship_types: tuple[str, ...] = ()
    column_relationship_types: tuple[str, ...] = ()
    zeros: int = 100


@dataclass(frozen=True, slots=True)
class NewNode:
    """A node that is not there yet. ``id`` is any name that no node has."""

    id: str
    type: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class NewRelationship:
    """A relationship that is not there yet, between nodes of the graph or new ones, without dates (so valid on every day)."""

    type: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class WhatIfQuery(Conditions):
    """What would change if the nodes ``leave`` (with all their relationships) and the relationships ``leave_relationships`` (by id) were
    gone, and ``add`` and ``add_relationships`` were there. The graph is not touched.

    Told for the pairs of ``from_type`` and ``to_type`` (subtypes included) joined within ``max_hops``, walked as ``Conditions`` says.
    ``limit`` is how many pairs are listed of each kind of change; the totals are exact."""

    leave: tuple[str, ...] = ()
    leave_relationships: tuple[str, ...] = ()
    add: tuple[NewNode, ...] = ()
    add_relationships: tuple[NewRelationship, ...] = ()
    from_type: str = "University"
    to_type: str = "Enterprise"
    max_hops: int = 6
    limit: int = 100
