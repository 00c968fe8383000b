"""The ontology: node, link and relationship types as data (``types/*.yaml``), loaded and checked by ``load_ontology``."""

from graph.ontology.load import default_ontology, load_ontology
from graph.ontology.schema import Choice, DerivedEdge, Label, NodeType, Ontology, PropertyType, RelationshipType

__all__ = [
    "Choice",
    "DerivedEdge",
    "Label",
    "NodeType",
    "Ontology",
    "PropertyType",
    "RelationshipType",
    "default_ontology",
    "load_ontology",
]
