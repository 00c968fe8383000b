"""What several answers are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from typing_extensions import TypedDict

from graph.ontology.schema import Label

if TYPE_CHECKING:
    from graph.captions import Named

__all__ = ["AnyNode", "Dated", "Label", "Lack", "NodeBrief", "SourceRow", "WithheldNode", "brief", "lacks_told", "places"]


@dataclass(frozen=True)
class NodeBrief:
    """A node as every answer names it."""

    id: str
    type: str
    caption: str


@dataclass(frozen=True)
class WithheldNode(NodeBrief):
    """A node that the reader may not name: its id holds for this answer only, and its caption has an English form beside the Chinese."""

    caption_en: str


AnyNode: TypeAlias = NodeBrief | WithheldNode

Number: TypeAlias = int | float
"""A whole number stays one on its way through JSON."""


class SourceRow(TypedDict):
    """A source row: the load that read it, the file, the sheet if there is one, and the row as the person who opens the file counts."""

    load: str
    file: str
    sheet: str
    row: int


@dataclass(frozen=True)
class Lack:
    """What the graph has none of: one of ``types`` (of ties of people: examples of what would do). Without an ``essential`` one there is
    no answer and ``total`` is null; without another one the answer takes it that there is none. ``mappings`` are built in, and bring it."""

    types: list[str]
    zh: str
    en: str
    essential: bool
    mappings: list[str]


@dataclass(frozen=True, kw_only=True)
class Dated:
    """What answers about paths and the graph as a whole have in common: which limit cut it, whether everything was looked at all the same
    (``finished``; if not, no row may mean that none was found yet), which days count, when it was known (null: now), how old the data is,
    and what the graph lacks for it."""

    truncated: bool
    finished: bool
    limit: str | None
    as_of: str
    recorded_as_of: str | None
    data_date: str
    lacks: list[Lack]


def brief(named: Named) -> AnyNode:
    """A node as an answer names it."""
    if named.withheld:
        return WithheldNode(named.id, named.type, named.caption.zh, named.caption.en)
    return NodeBrief(named.id, named.type, named.caption.zh)


def places(rows: Iterable[SourceRow]) -> tuple[str, ...]:
    """``projects.csv:2``, with the sheet if there is one, each once."""
    return tuple(dict.fromkeys(f"{row['file']}{_sheet(row)}:{row['row']}" for row in rows))


def _sheet(row: SourceRow) -> str:
    return f" [{row['sheet']}]" if row.get("sheet") else ""


def lacks_told(lacks: Iterable[Mapping[str, object]]) -> list[Lack]:
    """What a graph lacks (``lianyin.answers.lacking``) as answers hold it."""
    return [Lack(**each) for each in lacks]  # type: ignore[arg-type] # the very fields
