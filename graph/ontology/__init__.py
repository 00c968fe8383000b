"""The ontology: node, link and relationship types as data (``types/*.yaml``), loaded and checked by ``load_ontology``."""

from graph.ontology.schema import DerivedEdge, Label, NodeType, Ontology, PropertyType, RelationshipType

__all__ = ["DerivedEdge", "Label", "NodeType", "Ontology", "PropertyType", "RelationshipType"]
