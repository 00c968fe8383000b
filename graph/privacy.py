"""Which properties of a node a reader may see. The classes come from the ontology: 0 public, 1 internal, 2 personal, 3 high risk.

A reader's *clearance* is the highest class they may see. A property above it is not shown, searched, sorted, counted or exported.
"""

from __future__ import annotations

from collections.abc import Mapping

from graph.model import TRUST, Node, Properties, Relationship, Value
from graph.ontology.schema import Ontology, PropertyType

HIGHEST = 3
"""Also the class of a property that the ontology does not know: what nobody classified is shown to nobody but the highest clearance."""

MARKS = frozenset({"named", "published", "fictitious"})
"""Marks of the house on a node: they say how to read it and nothing about anyone."""

DATES = frozenset({"validFrom", "validTo", "via", TRUST})
"""What the ledger itself writes on relationships."""


def is_published(node: Node) -> bool:
    """Whether a published list names this node, so that it is named in public (PIPL art. 27)."""
    return node.properties.get("published") is True


def property_class(ontology: Ontology, node: Node, name: str) -> int:
    """The privacy class of one property of this node."""
    if name in MARKS:
        return 0
    node_type = ontology.node_types.get(node.type)
    found = node_type.properties.get(name) if node_type else None
    return _class_of(found, is_published(node))


def existence_class(ontology: Ontology, node: Node) -> int:
    """The class from which a reader learns that this node exists: for readers below it, it is not there. A type that the ontology does not
    know (any more) hides its names, not its nodes."""
    found = ontology.node_types.get(node.type)
    return found.existence_class(node.properties) if found else 0


def hidden_types(ontology: Ontology, clearance: int) -> tuple[str, ...]:
    """The node types whose nodes are not there for a reader of this clearance."""
    return tuple(name for name, each in ontology.node_types.items() if each.privacy > clearance)


def confidential_types(ontology: Ontology, clearance: int) -> dict[str, Mapping[str, Value]]:
    """The types of which only some nodes are not there for a reader of this clearance → what these have in common."""
    found = ((name, each.confidential) for name, each in ontology.node_types.items() if each.privacy <= clearance)
    return {name: each.when for name, each in found if each is not None and each.privacy > clearance}


def name_class(ontology: Ontology, node: Node) -> int:
    """The class of the node's caption, and so of its ids: an id may be made from the name. Never below that of its existence."""
    return max(existence_class(ontology, node), property_class(ontology, node, "name"))


def some_name_above(ontology: Ontology, clearance: int) -> bool:
    """Whether some node may have a name, or an existence, above this clearance."""
    if confidential_types(ontology, clearance):
        return True
    kinds = ontology.node_types.values()
    return any(max(each.privacy, each.properties["name"].privacy if "name" in each.properties else 0) > clearance for each in kinds)


def identifier_class(ontology: Ontology, node: Node, identifier: str) -> int:
    """The class of one of the node's ids: never below that of its caption, and that of the property of the same name (``orcid``) if there
    is one."""
    scheme = identifier.partition(":")[0]
    node_type = ontology.node_types.get(node.type)
    floor = name_class(ontology, node)
    listed = node_type is not None and scheme in node_type.properties
    return max(floor, property_class(ontology, node, scheme)) if listed else floor


def visible_properties(ontology: Ontology, node: Node, clearance: int) -> Properties:
    """The node's properties that a reader of this clearance sees."""
    return {name: value for name, value in node.properties.items() if property_class(ontology, node, name) <= clearance}


def visible_relationship_properties(ontology: Ontology, relationship: Relationship, clearance: int) -> Properties:
    """The relationship's properties that a reader of this clearance sees."""
    found = ontology.relationship_types.get(relationship.type)
    types = found.properties if found else {}
    kept: dict[str, Value] = {}
    for name, value in relationship.properties.items():
        if name in DATES or _class_of(types.get(name), published=False) <= clearance:
            kept[name] = value
    return kept


def _class_of(property_type: PropertyType | None, published: bool) -> int:
    if property_type is None:
        return HIGHEST
    return property_type.privacy_published if published else property_type.privacy
