"""What may be chosen of a question, by keyword; see ``graph.paths``. Nodes go by id, identifier or caption."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from graph.analytics.query import LinkMeasure
    from graph.paths import Direction, PathKind, WeightName


class ConditionOptions(TypedDict, total=False):
    """What every path of an answer must keep to; see ``graph.paths.Conditions``. ``recorded_as_of`` (a day or a time, ISO)
    asks of the graph as it was known then."""

    as_of: str
    recorded_as_of: str
    together: bool
    window: tuple[str, str] | None
    include_types: tuple[str, ...]
    only_types: tuple[str, ...]
    never_types: tuple[str, ...]
    avoid: tuple[str, ...]
    max_degree: int
    through: tuple[str, ...]
    through_types: tuple[str, ...]
    relationship_types: tuple[str, ...]
    direction: Direction
    min_trust: int
    pattern: str


class PathOptions(ConditionOptions, total=False):
    """What may be chosen of a path question; see ``graph.paths.PathQuery``."""

    kind: PathKind
    max_hops: int
    limit: int
    weight: WeightName
    weights: tuple[tuple[str, float], ...]


class TableOptions(ConditionOptions, total=False):
    """What may be chosen of a table of connections; see ``graph.paths.ConnectionsQuery``."""

    from_nodes: tuple[str, ...]
    to_nodes: tuple[str, ...]
    max_hops: int
    limit: int
    count: bool


class CommonOptions(ConditionOptions, total=False):
    """What may be chosen of a question for common neighbours; see ``graph.paths.CommonQuery``."""

    limit: int


class ConnectOptions(ConditionOptions, total=False):
    """What may be chosen of a connecting subgraph; see ``graph.paths.ConnectQuery``."""

    max_hops: int


class NeighbourhoodOptions(ConditionOptions, total=False):
    """What may be chosen of a neighbourhood; see ``graph.paths.NeighbourhoodQuery``. Without ``limit`` nodes are listed only if some
    choice of what to list is made: else they are counted."""

    max_hops: int
    list_types: tuple[str, ...]
    list_relationships: tuple[str, ...]
    hop: int
    after: str
    skip: int
    limit: int


class AnalysisOptions(ConditionOptions, total=False):
    """What may be chosen of an analysis; see ``graph.analytics.AnalysisQuery``."""

    list_types: tuple[str, ...]
    nodes: tuple[str, ...]
    parallel: bool
    damping: float
    resolution: float
    seed: int
    limit: int
    members: int


class CoverageOptions(ConditionOptions, total=False):
    """What may be chosen of a coverage table; see ``graph.analytics.CoverageQuery``."""

    counted_type: str
    max_hops: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_relationship_types: tuple[str, ...]
    column_relationship_types: tuple[str, ...]
    zeros: int


class PredictionOptions(ConditionOptions, total=False):
    """What may be chosen of link prediction; see ``graph.analytics.LinkPredictionQuery``."""

    measure: LinkMeasure
    from_type: str
    to_type: str
    hold_out: float
    seed: int
    limit: int


class WhatIfOptions(ConditionOptions, total=False):
    """What may be chosen of a "what if"; see ``graph.analytics.WhatIfQuery``. ``add_nodes`` are written ``NAME TYPE``, and
    ``add`` (relationships) ``A TYPE B``."""

    leave: tuple[str, ...]
    leave_relationships: tuple[str, ...]
    add_nodes: tuple[str, ...]
    add: tuple[str, ...]
    from_type: str
    to_type: str
    max_hops: int
    limit: int
