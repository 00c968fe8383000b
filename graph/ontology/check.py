"""What only the whole ontology can tell: ends, keys and edges that name known things, and words that mean one type each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from graph.messages import Message, message
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
            raise definition.part.problem(message("Only a link type can have edges."), message("Add 'link: true', or remove the edges."))
        for part, edge in definition.edges:
            _check_edge(part, edge, ontology.node_types[definition.name], ontology)
    _check_words(((node_type_words(ontology.node_types[name]), each.part) for name, each in nodes.items()), message("node type"))
    _check_words(
        ((relationship_type_words(ontology.relationship_types[name]), each.part) for name, each in relationships.items()),
        message("relationship type"),
    )


def _check_ends(definition: RelationshipDefinition, ontology: Ontology) -> None:
    found = ontology.relationship_types[definition.name]
    keys = definition.part.keys()
    for key, names in (("from", found.sources), ("to", found.targets)):
        for name in names:
            if name not in ontology.node_types:
                raise keys[key].problem(
                    message("There is no node type '{name}'.", name=name), nearest(name, ontology.node_types, message("Types"))
                )


def _check_key(definition: RelationshipDefinition, ontology: Ontology) -> None:
    known = ontology.relationship_types[definition.name].properties
    worded_by = (definition.worded_by,) if definition.worded_by else ()
    for key, names in (("key", definition.key), ("key_when_given", definition.key_when_given), ("worded_by", worded_by)):
        for name in names:
            if name not in known:
                raise definition.part.keys()[key].problem(
                    message("There is no property '{name}'.", name=name), nearest(name, known, message("Properties"))
                )


def _check_edge(part: Part, edge: DerivedEdge, link: NodeType, ontology: Ontology) -> None:
    keys = part.keys()
    for key, name in (("type", edge.type), ("start", edge.start[0]), ("end", edge.end[0])):
        if name not in ontology.relationship_types:
            raise keys[key].problem(
                message("There is no relationship type '{name}'.", name=name), nearest(name, ontology.relationship_types, message("Types"))
            )
    if not ontology.relationship_types[edge.type].derived:
        raise keys["type"].problem(
            message("'{type}' is not a derived relationship type.", type=edge.type),
            message("Add 'derived: true' to {type}.", type=edge.type),
        )
    for key, (name, direction) in (("start", edge.start), ("end", edge.end)):
        relationship = ontology.relationship_types[name]
        near_ends = relationship.targets if direction == "in" else relationship.sources
        if not any(ontology.is_a(link.name, end) for end in near_ends):
            raise keys[key].problem(
                message("{type} does not lead to a {name}.", type=name, name=link.name)
                if direction == "in"
                else message("{type} does not start from a {name}.", type=name, name=link.name),
                message("Reverse the direction (in, out)."),
            )
    _check_opposing(keys, edge, ontology)
    for key, names in (("valid_from", edge.valid_from), ("valid_to", edge.valid_to), ("properties", edge.properties)):
        for name in names:
            if name not in link.properties:
                raise keys[key].problem(
                    message("{type} has no property '{name}'.", type=link.name, name=name),
                    nearest(name, link.properties, message("Properties")),
                )
    for name in edge.properties:
        if name not in ontology.relationship_types[edge.type].properties:
            known = ontology.relationship_types[edge.type].properties
            raise keys["properties"].problem(
                message("{type} has no property '{name}'.", type=edge.type, name=name), nearest(name, known, message("Properties"))
            )


def _check_opposing(keys: Mapping[str, Part], edge: DerivedEdge, ontology: Ontology) -> None:
    if not edge.opposing:
        return
    if edge.start != edge.end:
        raise keys["opposing"].problem(
            message("Opposing sides must be ends of one relationship type."), message("Write the same for start and end.")
        )
    known = ontology.relationship_types[edge.start[0]].properties
    if edge.opposing not in known:
        raise keys["opposing"].problem(
            message("{type} has no property '{name}'.", type=edge.start[0], name=edge.opposing),
            nearest(edge.opposing, known, message("Properties")),
        )


def _check_words(types: Iterable[tuple[frozenset[str], Part]], what: Message) -> None:
    """A word that a person may type must mean one type."""
    taken: dict[str, Part] = {}
    for words, part in types:
        for word in sorted(words):
            if word in taken:
                other = taken[word]
                raise part.problem(
                    message(
                        "'{word}' already means the {what} '{path}' (line {line}).",
                        word=word,
                        what=what,
                        path=other.path[-1],
                        line=other.line,
                    ),
                    message("Choose another label or word."),
                )
            taken[word] = part
