"""Who reads: what they may see, in which language, on which day. Every answer is made for a reader."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from hashlib import blake2b

from graph.model import Node, Properties, Relationship, Value
from graph.ontology.schema import Label, Ontology
from graph.privacy import name_class, visible_properties, visible_relationship_properties
from lianyin.language import Language, say


@dataclass(frozen=True, slots=True)
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

    def may_name(self, node: Node) -> bool:
        """Whether the node's caption, and with it its id, may be seen."""
        return name_class(self.ontology, node) <= self.clearance

    def brief(self, node: Node) -> dict[str, object]:
        """``{"id", "type", "caption"}``; a node that may not be named is told by its type and a number that says nothing."""
        if self.may_name(node):
            return {"id": node.id, "type": node.type, "caption": node.caption}
        number = blake2b(node.id.encode(), digest_size=4).hexdigest()
        return {"id": f"withheld:{number}", "type": node.type, "caption": f"{self.type_label(node.type)} {number}"}

    def properties(self, node: Node) -> Properties:
        """Those that may be seen, without the caption's own."""
        seen = visible_properties(self.ontology, node, self.clearance)
        return {name: value for name, value in sorted(seen.items()) if name not in ("name", "named")}

    def relationship(self, relationship: Relationship) -> dict[str, object]:
        """``{"type", "source", "target", "valid_from", "valid_to", "ended"}`` and what else it holds under ``properties``."""
        seen = dict(visible_relationship_properties(self.ontology, relationship, self.clearance))
        valid_from, valid_to = text(seen.pop("validFrom", "")), text(seen.pop("validTo", ""))
        return {
            "type": relationship.type,
            "source": relationship.source,
            "target": relationship.target,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "ended": ended(valid_to, self.today),
            "properties": {name: plain(value) for name, value in sorted(seen.items())},
        }


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


def plain(value: Value) -> object:
    """A stored value as JSON holds it."""
    return list(value) if isinstance(value, tuple) else value
