"""A picture as plain data: what is shown, to whom, and what it is an answer to. ``pyvis_page`` and ``sheet`` draw it.

Keys (``n0``, ``e0``) are the picture's own; ids of the store appear only for internal readers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from graph.model import Node, Relationship
from graph.ontology.schema import Label
from visualize.audience import Audience
from visualize.families import Family

NO_LABEL = Label("", "")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The source row behind a relationship."""

    file: str
    row: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What to look at: ``path`` (node ids) is drawn bold, ``ringed`` nodes get a ring, each with the reason; ``quoted`` relationships (ids)
    show the row behind them on the drawing itself."""

    path: tuple[str, ...] = ()
    ringed: Mapping[str, Label] = field(default_factory=lambda: MappingProxyType({}))
    quoted: frozenset[str] = frozenset()


NO_EMPHASIS = Emphasis()


@dataclass(frozen=True, slots=True)
class Question:
    """What the picture answers, in words. Dates are ISO; ``reference`` is the day that decides what has ended: the day asked, else today
    (empty: nothing is marked as ended). ``as_of`` is ``any``, ``now`` or a date."""

    asked: Label
    answer: Label = NO_LABEL
    as_of: str = "any"
    data_date: str = ""
    reference: str = ""
    emphasis: Emphasis = NO_EMPHASIS


@dataclass(frozen=True, slots=True)
class Counted:
    """Showing ``shown`` of ``total`` things, which ``unit`` names."""

    shown: int
    total: int
    unit: Label

    @property
    def complete(self) -> bool:
        return self.shown >= self.total


@dataclass(frozen=True, slots=True)
class ViewNode:
    """``column`` is its place from left to right (-1: none); ``reference`` the store's id, for internal readers; ``rank`` says who gets
    a label first (0: before all others)."""

    key: str
    type: str
    type_label: Label
    family: Family
    caption: Label
    hint: str = ""
    reference: str = ""
    column: int = -1
    rank: int = 0
    link: bool = False
    bold: bool = False
    ring: Label = NO_LABEL


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """``source`` and ``target`` are node keys; dates are ISO as far as known; ``detail`` holds further visible properties."""

    key: str
    type: str
    label: Label
    source: str
    target: str
    valid_from: str = ""
    valid_to: str = ""
    ended: bool = False
    detail: str = ""
    sources: tuple[SourceRow, ...] = ()
    bold: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many nodes of one type the picture holds, of how many there are."""

    type: str
    label: Label
    family: Family
    shown: int
    total: int


@dataclass(frozen=True, slots=True)
class View:
    """The whole picture. ``centre`` is the key of the node it is about, or ``""``; ``types`` are in the order in which
    they first appear."""

    question: Question
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    counted: Counted
    audience: Audience
    centre: str = ""
    types: tuple[TypeCount, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """The part of a graph that a picture shows, and the rows behind its relationships (by relationship id). ``ties`` is how many
    relationships a node has in the whole graph (by node id): whoever has more is labelled first."""

    nodes: Sequence[Node]
    relationships: Sequence[Relationship]
    sources: Mapping[str, Sequence[SourceRow]] = field(default_factory=lambda: MappingProxyType({}))
    ties: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


PATHS = Label("条路径", "paths")
NEIGHBOURS = Label("个相邻节点", "neighbours")
NEAR = Label("个节点", "nodes around it")
"""Neighbours, and those behind them."""


def has_ended(valid_to: str, reference: str) -> bool:
    """Whether an inclusive, possibly partial end lies before the reference day. Unknown ends and unknown days have not ended."""
    return bool(valid_to and reference) and reference[: len(valid_to)] > valid_to
