"""Nodes: found by what is typed, shown, and the rows behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from lianyin.answers.history import PropertyHistory, histories
from lianyin.answers.node_tables import hits_table, node_table, why_table
from lianyin.answers.nodes import HitsAnswer, NodeAnswer, WhyAnswer, WhyPropertyAnswer, hits_answer, node_answer, property_named, why_answer
from lianyin.emptiness import check_not_empty
from lianyin.operation import operation
from lianyin.requests import Help, NonemptyText, Request, Types

if TYPE_CHECKING:
    from graph.model import Node, Relationship
    from graph.search import Hit
    from lianyin.session import Session

LISTED_RELATIONSHIPS = 200
"""Relationships that a node is shown with: more than anybody reads; the number of all is told."""

OnlyTypes = Annotated[Types, Help("类型", "Only nodes of this type; may be repeated.", "TYPE")]
NodeNamed = Annotated[
    NonemptyText,
    Help("节点", "An id, an identifier (pic:999977172) or a caption.", "NODE", positional=True, example="扬州大学"),
]


@dataclass(frozen=True)
class Search(Request):
    """What to look for."""

    text: Annotated[
        NonemptyText, Help("文字", "A name, a part of one, pinyin, initials or a code.", "TEXT", positional=True, example="扬大")
    ]
    type: OnlyTypes = ()
    limit: Annotated[int, Field(ge=1, le=1000), Help("最多条数", "Hits at most.")] = 20


@dataclass(frozen=True)
class Complete(Request):
    """What was typed so far."""

    text: Annotated[NonemptyText, Help("文字", "What was typed so far.", "TEXT", positional=True, example="yangzhou")]
    type: OnlyTypes = ()
    limit: Annotated[int, Field(ge=1, le=100), Help("最多条数", "Hits at most.")] = 10


@dataclass(frozen=True)
class ShowNode(Request):
    """Which node."""

    node: NodeNamed


@dataclass(frozen=True)
class AskWhy(Request):
    """Which node, and perhaps which property of it."""

    node: NodeNamed
    property: Annotated[
        NonemptyText | None, Help("属性", "Only the rows behind this property, by name or label.", "[PROPERTY]", positional=True)
    ] = None


@operation("GET /v1/search", hits_table, command="search", kept=True, problems=(400, 404))
def search(session: Session, asked: Search) -> HitsAnswer:
    """Find nodes by name, part of a name, pinyin, initials or code, with a typing mistake forgiven. 查找。"""
    clearance = session.settings.clearance
    answer = _hits(session, asked.text, lambda text: session.models.search.search(text, asked.type, asked.limit, clearance))
    if not answer.hits:
        check_not_empty(session.store, session.ontology)
    return answer


@operation("GET /v1/autocomplete", hits_table, kept=True, problems=(400, 404))
def autocomplete(session: Session, asked: Complete) -> HitsAnswer:
    """Complete what was typed so far. 补全。"""
    clearance = session.settings.clearance
    return _hits(session, asked.text, lambda text: session.models.search.autocomplete(text, asked.type, asked.limit, clearance))


def _hits(session: Session, text: str, find: Callable[[str], list[Hit]]) -> HitsAnswer:
    from lianyin.names import not_empty, tell_apart

    hits = find(not_empty(text))
    return hits_answer(hits, tell_apart(hits, session.store, session.reader))


@operation("GET /v1/nodes/{node}", node_table, command="show", kept=True)
def show(session: Session, asked: ShowNode) -> NodeAnswer:
    """A node with its properties and its relationships. 查看节点。"""
    node = session.node(asked.node)
    touching = _known(session, node, session.store.facts(touching=(node.id,)).relationships)
    ordered = sorted(touching, key=lambda one: (one.type, one.source != node.id, one.id))
    listed = ordered[:LISTED_RELATIONSHIPS]
    others = session.store.facts(nodes=[one.target if one.source == node.id else one.source for one in listed]).nodes
    known = {other.id: other for other in (node, *others)}
    return node_answer(node, listed, known, len(ordered), _history(session, node), session.reader)


@operation("GET /v1/nodes/{node}/why", why_table, command="why", kept=True)
def why(session: Session, asked: AskWhy) -> WhyAnswer | WhyPropertyAnswer:
    """The rows behind a node, or behind one property of it: what each says, and why one stands where they disagree. 来源记录。"""
    node, claims, identities = session.ledger.node_evidence(session.node(asked.node).id)
    files = session.file_names(session.settings.clearance)
    name = property_named(node, asked.property, session.reader) if asked.property else None
    return why_answer(node, claims, identities, name, _history(session, node, name), session.reader, files)


def _known(session: Session, node: Node, relationships: Sequence[Relationship]) -> list[Relationship]:
    """The relationships of a node whose other end the reader may know of."""
    reader = session.reader
    if not reader.hidden_types and not reader.confidential:
        return list(relationships)
    ends = [one.target if one.source == node.id else one.source for one in relationships]
    known = {each.id for each in (node, *session.store.facts(nodes=ends).nodes) if reader.exists(each)}
    return [one for one, end in zip(relationships, ends, strict=True) if end in known]


def _history(session: Session, node: Node, only: str | None = None) -> list[PropertyHistory]:
    """When properties of a node changed from one edition of their source to another."""
    from graph.ledger.history import node_history

    return histories(node, node_history(session.store, node), session.reader, session.file_names(session.settings.clearance), only)
