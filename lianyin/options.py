"""What may be chosen of a question, by keyword; see ``graph.paths.query``. Nodes go by id, identifier or caption."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from graph.paths.query import Direction, PathKind, WeightName


class ConditionOptions(TypedDict, total=False):
    """What every path of an answer must keep to; see ``graph.paths.query.Conditions``."""

    as_of: str
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
