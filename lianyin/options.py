"""What may be chosen of a question, by keyword; see ``graph.paths``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from graph.paths.query import Direction


class PathOptions(TypedDict, total=False):
    """What may be chosen of a path question; see ``graph.paths.PathQuery``."""

    max_hops: int
    all: bool
    limit: int
    as_of: str
    include_types: tuple[str, ...]
    relationship_types: tuple[str, ...]
    direction: Direction


class TableOptions(TypedDict, total=False):
    """What may be chosen of a table of connections; see ``graph.paths.ConnectionsQuery``."""

    max_hops: int
    via: tuple[str, ...]
    as_of: str
    limit: int
    count: bool
    include_types: tuple[str, ...]
    relationship_types: tuple[str, ...]
    direction: Direction
