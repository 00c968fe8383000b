"""Who reads: what they may see, in which language, on which day. Every answer is made for a reader."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias, cast

from graph.captions import Captions
from graph.model import Node, Properties, Relationship, Value
from graph.ontology.schema import Label, Ontology
from graph.privacy import confidential_types, existence_class, hidden_types, name_class, visible_properties, visible_relationship_properties
from lianyin.answers.common import AnyNode, WithheldNode, brief
from lianyin.language import Language, say

Document: TypeAlias = Mapping[str, object]
"""An answer as plain data, or a part of one. Its table is made from it, so that an answer that came over HTTP has the same table."""

Plain: TypeAlias = str | int | float | bool | list[str]
"""A stored value as JSON holds it."""

Documents: TypeAlias = Sequence[Document]


@dataclass(frozen=True)
class Reader:
    """``clearance`` is the highest privacy class that they see; ``today`` decides what has ended."""

    ontology: Ontology
    clearance: int
    language: Language
    today: datetime.date

    def label(self, label: Label) -> str:
        """In the reader's language."""
        return say(self.language, label.zh, label.en)

    def type_label(self, node_type: str) -> str:
        """A node type's label, or the name of one that the ontology does not know (any more)."""
        known = self.ontology.node_types.get(node_type)
        return self.label(known.label) if known else node_type

    def relationship_label(self, relationship_type: str) -> str:
        """Likewise for a relationship type."""
        known = self.ontology.relationship_types.get(relationship_type)
        return self.label(known.label) if known else relationship_type

    def property_label(self, type: str, name: str) -> str:
        """Likewise for a property of a node or relationship type."""
        types = self.ontology.node_types.get(type) or self.ontology.relationship_types.get(type)
        known = types.properties.get(name) if types else None
        return self.label(known.label) if known else name

    @cached_property
    def hidden_types(self) -> tuple[str, ...]:
        """The node types whose nodes are not there for this reader."""
        return hidden_types(self.ontology, self.clearance)

    @cached_property
    def confidential(self) -> Mapping[str, Mapping[str, Value]]:
        """The types of which some nodes are not there for this reader, and what these have in common."""
        return confidential_types(self.ontology, self.clearance)

    def exists(self, node: Node) -> bool:
        """Whether the reader may know that there is such a node at all."""
        return existence_class(self.ontology, node) <= self.clearance

    def may_name(self, node: Node) -> bool:
        """Whether the node's caption, and with it its id, may be seen."""
        return name_class(self.ontology, node) <= self.clearance

    @cached_property
    def captions(self) -> Captions:
        """What nodes are called in this one answer."""
        return Captions(self.ontology, self.clearance)

    def brief(self, node: Node) -> dict[str, object]:
        """``{"id", "type", "caption"}``; a node that may not be named is told by its type and a number."""
        return self.captions.of_node(node).as_json()

    def named(self, node: Node) -> AnyNode:
        """The node as answers name it; one that may not be named is told by its type and a number."""
        return brief(self.captions.of_node(node))

    def properties(self, node: Node) -> Properties:
        """Those that may be seen, without the caption's own."""
        seen = visible_properties(self.ontology, node, self.clearance)
        return {name: value for name, value in sorted(seen.items()) if name not in ("name", "named")}

    def visible(self, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> tuple[list[Node], list[Relationship]]:
        """The facts without what may not be seen: who may not be named has a number for an id, and what may not be known of is
        not there, nor what hangs on it."""
        seen: list[Node] = []
        ids: dict[str, str] = {}
        for node in filter(self.exists, nodes):
            named = self.captions.of_node(node)
            ids[node.id] = named.id
            properties = {**visible_properties(self.ontology, node, self.clearance), "name": self.label(named.caption)}
            seen.append(Node(named.id, node.type, properties))
        kept = [
            Relationship(each.id, each.type, ids[each.source], ids[each.target], self._properties(each, ids))
            for each in relationships
            if each.source in ids and each.target in ids
        ]
        return seen, kept

    def _properties(self, relationship: Relationship, ids: Mapping[str, str]) -> Properties:
        seen = dict(visible_relationship_properties(self.ontology, relationship, self.clearance))
        if "via" in seen:
            seen["via"] = ids.get(str(seen["via"]), "")
        return seen

    def relationship(self, relationship: Relationship) -> SeenRelationship:
        """A relationship as far as it may be seen."""
        seen = dict(visible_relationship_properties(self.ontology, relationship, self.clearance))
        valid_from, valid_to, trust = text(seen.pop("validFrom", "")), text(seen.pop("validTo", "")), seen.pop("trust", None)
        return SeenRelationship(
            relationship.type,
            relationship.source,
            relationship.target,
            valid_from,
            valid_to,
            ended(valid_to, self.today),
            trust if isinstance(trust, int) else None,
            {name: plain(value) for name, value in sorted(seen.items())},
        )


@dataclass(frozen=True, slots=True)
class SeenRelationship:
    """``trust`` is 1 (inferred), 2 (said) or 3 (attested); ``None`` where it was recorded before trust was."""

    type: str
    source: str
    target: str
    valid_from: str | None
    valid_to: str | None
    ended: bool
    trust: int | None
    properties: dict[str, Plain]


def ended(valid_to: str | None, today: datetime.date) -> bool:
    """Whether a (partial, inclusive) end lies before today: ``2020`` ends with the year. An unknown end has not come."""
    return valid_to is not None and today.isoformat()[: len(valid_to)] > valid_to


def span(valid_from: object, valid_to: object, ended: object = False) -> str:
    """Dates as people read them: ``2020-08–2022-07``, ``2020-08–`` or nothing."""
    if not valid_from and not valid_to:
        return ""
    return f"{valid_from or ''}–{valid_to or ''}" + ("†" if ended else "")


def text(value: object) -> str | None:
    """A text, or nothing for an absent one: JSON then says ``null``."""
    return str(value) if value not in ("", None) else None


def plain(value: Value) -> Plain:
    """A stored value as JSON holds it."""
    return list(value) if isinstance(value, tuple) else value


def documents(document: Document, key: str) -> Documents:
    """The list of objects under a key."""
    return cast(Documents, document[key])


def inner(document: Document, key: str) -> Document:
    """The object under a key."""
    return cast(Document, document[key])


def captions(nodes: Iterable[AnyNode], reader: Reader) -> tuple[str, ...]:
    """In the reader's language."""
    english = reader.language == "en"
    return tuple(node.caption_en if english and isinstance(node, WithheldNode) else node.caption for node in nodes)
