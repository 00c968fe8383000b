"""Nodes: one with its relationships, the rows behind one, and those that a search found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graph.errors import NotFound
from graph.ledger.deciding import decide
from graph.messages import message
from graph.model import STATED, Claim, Node, Relationship
from graph.privacy import identifier_class, property_class
from lianyin.answers.common import AnyNode, NodeBrief, WithheldNode
from lianyin.answers.deciding import Disputed, Reason, disputed, reason_of
from lianyin.answers.history import PropertyHistory
from lianyin.answers.reader import Plain, Reader, plain

if TYPE_CHECKING:
    from graph.search import Hit as Found

Shown = Callable[[str], str]
"""How a reader sees the names of files and sheets."""


@dataclass(frozen=True)
class Hit:
    """A node that a text may mean; ``hint`` tells it from others of the same name."""

    id: str
    type: str
    caption: str
    hint: str
    score: float


@dataclass(frozen=True)
class HitsAnswer:
    """Nodes, the best first."""

    hits: list[Hit]


@dataclass(frozen=True)
class NodeDetail(NodeBrief):
    """A node with what it holds."""

    identifiers: list[str]
    properties: dict[str, Plain]


@dataclass(frozen=True)
class WithheldNodeDetail(WithheldNode):
    """One that the reader may not name, with what they may see of it."""

    identifiers: list[str]
    properties: dict[str, Plain]


@dataclass(frozen=True)
class NodeRelationship:
    """A relationship of the node. ``trust``: 1 inferred, 2 said by one source, 3 said by several or confirmed by a person."""

    type: str
    direction: Literal["out", "in"]
    other: AnyNode
    valid_from: str | None
    valid_to: str | None
    ended: bool
    trust: int | None
    properties: dict[str, Plain]


@dataclass(frozen=True)
class NodeAnswer:
    """A node with its properties and relationships; ``history`` tells when properties changed from one edition of a source to another."""

    node: NodeDetail | WithheldNodeDetail
    relationships: list[NodeRelationship]
    total: int
    truncated: bool
    limit: str | None
    history: list[PropertyHistory]


@dataclass(frozen=True)
class Evidence:
    """A row of a source."""

    load: str
    source: str
    precedence: int
    source_date: str | None
    file: str
    sheet: str
    row: int
    recorded_from: str


@dataclass(frozen=True)
class NodeSource(Evidence):
    """A row with what it says; ``raw`` is what the cell itself held where that differs; ``from_mapping`` names what no cell says, but the
    mapping for all rows."""

    subject: str | None
    values: dict[str, Plain]
    raw: dict[str, str]
    from_mapping: list[str]


@dataclass(frozen=True)
class PropertySource(NodeSource):
    """A row with what it says of one property; ``chosen``: its value stands."""

    chosen: bool


@dataclass(frozen=True)
class IdentityRow(Evidence):
    """``left`` and ``right`` are null where the reader may not see ids of that kind."""

    kind: str
    left: str | None
    right: str | None


@dataclass(frozen=True)
class WhyAnswer:
    """The rows behind a node, the most trusted first."""

    node: AnyNode
    property: str | None
    sources: list[NodeSource | PropertySource]
    identities: list[IdentityRow]
    disputed: list[Disputed]
    history: list[PropertyHistory]


@dataclass(frozen=True)
class WhyPropertyAnswer(WhyAnswer):
    """The rows behind one property, with its value and why that stands."""

    value: Plain | None
    reason: Reason | None


def hits_answer(hits: Iterable[Found], hints: Mapping[str, str]) -> HitsAnswer:
    """``hints`` tell hits apart where the index has none."""
    return HitsAnswer([Hit(hit.id, hit.type, hit.caption, hit.hint or hints.get(hit.id, ""), hit.score) for hit in hits])


def node_answer(  # noqa: PLR0917
    node: Node,
    relationships: Sequence[Relationship],
    others: Mapping[str, Node],
    total: int,
    history: list[PropertyHistory],
    reader: Reader,
) -> NodeAnswer:
    """A node with the listed relationships, of ``total`` that it has."""
    named = reader.named(node)
    identifiers = [id for id in node.identifiers if _seen_id(id, node, reader)]
    properties = {name: plain(value) for name, value in reader.properties(node).items()}
    truncated = total > len(relationships)
    return NodeAnswer(
        node=WithheldNodeDetail(named.id, named.type, named.caption, named.caption_en, identifiers, properties)
        if isinstance(named, WithheldNode)
        else NodeDetail(named.id, named.type, named.caption, identifiers, properties),
        relationships=[_relationship(one, node, others, reader) for one in relationships],
        total=total,
        truncated=truncated,
        limit="relationships" if truncated else None,
        history=history,
    )


def _relationship(relationship: Relationship, node: Node, others: Mapping[str, Node], reader: Reader) -> NodeRelationship:
    out = relationship.source == node.id
    other = reader.named(others[relationship.target if out else relationship.source])
    seen = reader.relationship(relationship)
    return NodeRelationship(
        relationship.type, "out" if out else "in", other, seen.valid_from, seen.valid_to, seen.ended, seen.trust, seen.properties
    )


def why_answer(  # noqa: PLR0917
    node: Node,
    claims: Sequence[Claim],
    identities: Sequence[Claim],
    name: str | None,
    history: list[PropertyHistory],
    reader: Reader,
    shown: Shown,
) -> WhyAnswer:
    """The rows behind a node, or behind the property ``name``; ``shown`` is how the reader sees names of files."""
    sources = [source for claim in claims if (source := _source(claim, node, name, reader, shown)) is not None]
    same = [
        IdentityRow(*_evidence(claim, shown), claim.kind.value, _seen_id(claim.subject, node, reader), _seen_id(claim.object, node, reader))
        for claim in identities
    ]
    doubtful = [each for each in disputed(node, claims, reader, shown) if name in (None, each.property)]
    parts = (reader.named(node), name, sources, same if reader.may_name(node) else [], doubtful, history)
    if name is None:
        return WhyAnswer(*parts)
    value = node.properties.get(name)
    decision = None if value is None else decide(claims, name, value)
    return WhyPropertyAnswer(*parts, None if value is None else plain(value), None if decision is None else reason_of(decision))


def _source(claim: Claim, node: Node, name: str | None, reader: Reader, shown: Shown) -> NodeSource | None:
    """What a row says of the node, or of one property; ``None`` where it says nothing of that."""
    values = {key: plain(value) for key, value in claim.values.items() if property_class(reader.ontology, node, key) <= reader.clearance}
    if name is not None:
        values = {key: value for key, value in values.items() if key == name}
        if not values:
            return None
    raw = {key: text for key, text in claim.raw.items() if key in values and text != STATED}
    stated = sorted(key for key, text in claim.raw.items() if key in values and text == STATED)
    parts = (*_evidence(claim, shown), _seen_id(claim.subject, node, reader), values, raw, stated)
    return NodeSource(*parts) if name is None else PropertySource(*parts, _stands(claim, node, name))


def _seen_id(id: str, node: Node, reader: Reader) -> str | None:
    """One of the node's ids, if the reader may see ids of its kind (an ORCID iD is personal where a platform's number is not)."""
    return id if identifier_class(reader.ontology, node, id) <= reader.clearance else None


def property_named(node: Node, wanted: str, reader: Reader) -> str:
    """The property of that name or label. Raises ``NotFound`` with those that the node has; one above the clearance does not exist."""
    known = reader.ontology.node_types[node.type].properties if node.type in reader.ontology.node_types else {}
    seen = {name for name in {*known, *node.properties} if property_class(reader.ontology, node, name) <= reader.clearance}
    folded = wanted.strip().casefold()
    for name in sorted(seen):
        labels = (known[name].label.zh, known[name].label.en) if name in known else ()
        if folded in (name.casefold(), *(label.casefold() for label in labels)):
            return name
    present = ", ".join(sorted(seen & set(node.properties)))
    raise NotFound(
        message("'{name}' has no property '{wanted}'.", name=node.caption, wanted=wanted),
        hint=message("It has: {present}.", present=present),
        where={"parameter": "property"},
    )


def _evidence(claim: Claim, shown: Shown) -> tuple[str, str, int, str | None, str, str, int, str]:
    place = shown(claim.file), shown(claim.sheet), claim.row
    return claim.load, claim.source, claim.precedence, claim.source_date or None, *place, claim.recorded_from


def _stands(claim: Claim, node: Node, name: str) -> bool:
    """Whether this claim's value is (part of) the node's."""
    value, own = node.properties.get(name), claim.values.get(name)
    if isinstance(value, tuple) and isinstance(own, tuple):
        return set(own) <= set(value)
    return value == own
