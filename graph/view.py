"""What of the stored graph a raw query of one reader may meet: everything else is taken out of the copy that it runs on.

A query's words do not tell what it reads: names can be computed, labels compared, and an engine's errors quote values. So what a reader
may not see is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import Node, Value
from graph.ontology.schema import NodeType, Ontology, RelationshipType
from graph.privacy import DATES, MARKS, confidential_types, hidden_types, property_class

STORE_KEYS = frozenset({"id", "entityType", "identifiers", "revision"})
"""What the store itself writes on every node, and part of it on every relationship."""


@dataclass(frozen=True, slots=True)
class View:
    """``hidden`` types are not there at all, of those in ``confidential`` the nodes that hold these values. ``nodes`` lists by type the
    properties to keep on a node that no list publishes, and on one that a list does; ``schemes`` the identifiers to take away;
    ``relationships`` the properties to keep by type. Of types that are not listed only what the store writes is kept."""

    clearance: int
    hidden: tuple[str, ...]
    confidential: Mapping[str, Mapping[str, Value]]
    nodes: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    schemes: Mapping[str, tuple[str, ...]]
    relationships: Mapping[str, frozenset[str]]

    def keeps_of_node(self, node_type: str, name: str, *, published: bool) -> bool:
        """Whether a property stays on such a node."""
        kept = self.nodes.get(node_type)
        return name in STORE_KEYS or name in MARKS or (kept is not None and name in kept[published])

    def keeps_of_relationship(self, relationship_type: str, name: str) -> bool:
        """Whether a property stays on such a relationship."""
        return name in STORE_KEYS or name in DATES or name in self.relationships.get(relationship_type, ())


def view_of(ontology: Ontology, clearance: int) -> View:
    """The view of a reader of this clearance, as plain data that another process can be given."""
    nodes, relationships = ontology.node_types, ontology.relationship_types
    return View(
        clearance,
        hidden_types(ontology, clearance),
        {name: dict(when) for name, when in confidential_types(ontology, clearance).items()},
        {name: (_kept(ontology, each, clearance, False), _kept(ontology, each, clearance, True)) for name, each in nodes.items()},
        {name: schemes for name, each in nodes.items() if (schemes := _schemes(each, clearance))},
        {name: _kept_of_relationship(each, clearance) for name, each in relationships.items()},
    )


def _kept(ontology: Ontology, node_type: NodeType, clearance: int, published: bool) -> frozenset[str]:
    node = Node("", node_type.name, {"published": published})
    return frozenset(name for name in node_type.properties if property_class(ontology, node, name) <= clearance)


def _kept_of_relationship(relationship_type: RelationshipType, clearance: int) -> frozenset[str]:
    return frozenset(name for name, each in relationship_type.properties.items() if each.privacy <= clearance)


def _schemes(node_type: NodeType, clearance: int) -> tuple[str, ...]:
    return tuple(name for name, each in node_type.properties.items() if each.privacy > clearance)
