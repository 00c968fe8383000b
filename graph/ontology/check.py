"""What only the whole ontology can tell: ends, keys and edges that name known things, and words that mean one type each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.ontology.definitions import NodeDefinition, RelationshipDefinition
from graph.ontology.document import Part
from graph.ontology.schema import DerivedEdge, NodeType, Ontology, nearest, node_type_words, relationship_type_words


def check(ontology: Ontology, nodes: Mapping[str, NodeDefinition], relationships: Mapping[str, RelationshipDefinition]) -> None:
    """Raises ``OntologyProblem``, with the line, for the first thing that cannot stand."""
    for relationship in relationships.values():
        _check_ends(relationship, ontology)
        _check_key(relationship, ontology)
    for definition in nodes.values():
        if definition.edges and not ontology.node_types[definition.name].link:
            raise definition.part.problem("only a link type has edges.", "Add 'link: true', or remove the edges.")
        for part, edge in definition.edges:
            _check_edge(part, edge, ontology.node_types[definition.name], ontology)
    _check_words(((node_type_words(ontology.node_types[name]), each.part) for name, each in nodes.items()), "node type")
    _check_words(
        ((relationship_type_words(ontology.relationship_types[name]), each.part) for name, each in relationships.items()),
        "relationship type",
    )


def _check_ends(definition: RelationshipDefinition, ontology: Ontology) -> None:
    found = ontology.relationship_types[definition.name]
    keys = definition.part.keys()
    for key, names in (("from", found.sources), ("to", found.targets)):
        for name in names:
            if name not in ontology.node_types:
                raise keys[key].problem(f"there is no node type '{name}'.", nearest(name, ontology.node_types, "Types"))


def _check_key(definition: RelationshipDefinition, ontology: Ontology) -> None:
    known = ontology.relationship_types[definition.name].properties
    worded_by = (definition.worded_by,) if definition.worded_by else ()
    for key, names in (("key", definition.key), ("key_when_given", definition.key_when_given), ("worded_by", worded_by)):
        for name in names:
            if name not in known:
                raise definition.part.keys()[key].problem(f"there is no property '{name}'.", nearest(name, known, "Properties"))


def _check_edge(part: Part, edge: DerivedEdge, link: NodeType, ontology: Ontology) -> None:
    keys = part.keys()
    for key, name in (("type", edge.type), ("start", edge.start[0]), ("end", edge.end[0])):
        if name not in ontology.relationship_types:
            raise keys[key].problem(f"there is no relationship type '{name}'.", nearest(name, ontology.relationship_types, "Types"))
    if not ontology.relationship_types[edge.type].derived:
        raise keys["type"].problem(f"'{edge.type}' is not a derived relationship type.", f"Add 'derived: true' to {edge.type}.")
    for key, (name, direction) in (("start", edge.start), ("end", edge.end)):
        relationship = ontology.relationship_types[name]
        near_ends = relationship.targets if direction == "in" else relationship.sources
        if not any(ontology.is_a(link.name, end) for end in near_ends):
            raise keys[key].problem(
                f"{name} does not {'lead to' if direction == 'in' else 'leave'} a {link.name}.", "Turn the direction (in, out)."
            )
    _check_opposing(keys, edge, ontology)
    for key, names in (("valid_from", edge.valid_from), ("valid_to", edge.valid_to), ("properties", edge.properties)):
        for name in names:
            if name not in link.properties:
                raise keys[key].problem(f"{link.name} has no property '{name}'.", nearest(name, link.properties, "Properties"))
    for name in edge.properties:
        if name not in ontology.relationship_types[edge.type].properties:
            known = ontology.relationship_types[edge.type].properties
            raise keys["properties"].problem(f"{edge.type} has no property '{name}'.", nearest(name, known, "Properties"))


def _check_opposing(keys: Mapping[str, Part], edge: DerivedEdge, ontology: Ontology) -> None:
    if not edge.opposing:
        return
    if edge.start != edge.end:
        raise keys["opposing"].problem("opposing sides are ends of one relationship type.", "Write the same for start and end.")
    known = ontology.relationship_types[edge.start[0]].properties
    if edge.opposing not in known:
        raise keys["opposing"].problem(f"{edge.start[0]} has no property '{edge.opposing}'.", nearest(edge.opposing, known, "Properties"))


def _check_words(types: Iterable[tuple[frozenset[str], Part]], what: str) -> None:
    """A word that a person may type must mean one type."""
    taken: dict[str, Part] = {}
    for words, part in types:
        for word in sorted(words):
            if word in taken:
                other = taken[word]
                raise part.problem(
                    f"'{word}' already means the {what} '{other.path[-1]}' (line {other.line}).", "Choose another label or word."
                )
            taken[word] = part
