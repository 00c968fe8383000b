"""What a mapping says, held against itself and the ontology. Each problem names the line and, where it can, the nearest right name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence

from graph.messages import Either, Message, message, together
from graph.ontology.schema import NodeType, Ontology, RelationshipType
from graph.values import VALUE_TYPES
from ingest.mapping.document import Document, Place
from ingest.mapping.spec import Condition, IdSpec, MappingSpec, NodeSpec, RelationshipSpec, ValueSpec
from ingest.readers.base import clean_header

PERSON = "Person"


def check(mapping: MappingSpec, document: Document, ontology: Ontology) -> None:
    """Raises ``MappingProblem`` for the first thing that cannot work."""
    _check_columns(mapping, document)
    _check_wording(mapping, document)
    before: list[str] = []
    for key, node in mapping.nodes.items():
        if node.else_of and node.else_of not in before:
            raise document.problem(
                ("nodes", key, "else_of"),
                message("There is no node '{else_of}' above this one.", else_of=node.else_of),
                _nearest(node.else_of, before, message("Above")),
            )
        if node.each and node.each not in mapping.lists:
            hint = _nearest(node.each, mapping.lists, message("Lists"))
            raise document.problem(("nodes", key, "each"), message("There is no list '{each}' under lists.", each=node.each), hint)
        _check_node(node, ("nodes", key), document, ontology)
        before.append(key)
    single = [key for key, node in mapping.nodes.items() if not node.each]
    if mapping.unique and mapping.unique not in single:
        hint = _nearest(mapping.unique, single, message("Nodes"))
        raise document.problem(("unique",), message("'{unique}' is not a node that each row has once.", unique=mapping.unique), hint)
    for key, relationship in mapping.relationships.items():
        _check_relationship(mapping, relationship, ("relationships", key), document, ontology)


def _check_wording(mapping: MappingSpec, document: Document) -> None:
    for name, each in mapping.lists.items():
        for index, column in enumerate(each.columns):
            if each.objects and not column.startswith(each.objects + "."):
                hint = message("It looks like {objects}.key.", objects=each.objects)
                raise document.problem(
                    ("lists", name, "columns", index),
                    message("'{column}' is not a key of the list '{objects}'.", column=column, objects=each.objects),
                    hint,
                )
    for column, wording in mapping.wording.items():
        if wording.value:
            _check_value_type(wording.value, ("wording", column, "value"), document)


def _check_value_type(name: str, place: Place, document: Document) -> None:
    if name not in VALUE_TYPES:
        raise document.problem(
            place, message("There is no value type '{name}'.", name=name), _nearest(name, VALUE_TYPES, message("Value types"))
        )


def _nearest(name: str, known: Iterable[str], what: Message) -> Message:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return message("Did you mean '{name}'?", name=near[0])
    return message("{what}: {known}.", what=what, known=names)


def _check_columns(mapping: MappingSpec, document: Document) -> None:
    known = mapping.columns.known
    _check_given(mapping, document)
    for place, column in _read_columns(mapping):
        if column not in known:
            hint = _nearest(column, known, message("Columns"))
            raise document.problem(
                place, message("The column '{column}' is not listed under columns (required or optional).", column=column), hint
            )
    given = {*mapping.constants, *(column for each in mapping.lists.values() for column in each.given)}
    for name, each in mapping.names.items():
        if each.column not in known | given:
            hint = _nearest(each.column, known | given, message("Columns"))
            detail = message("The column '{column}' is not listed under columns (required or optional).", column=each.column)
            raise document.problem(("names", name, "column"), detail, hint)
    known |= mapping.derived.keys()
    for place, column in _columns(mapping):
        if column not in known:
            hint = _nearest(column, known, message("Columns"))
            raise document.problem(
                place, message("The column '{column}' is not listed under columns (required or optional).", column=column), hint
            )
    for index, names in enumerate(mapping.columns.distinctive):
        if names[0] not in mapping.columns.known:
            hint = _nearest(names[0], mapping.columns.known, message("Columns"))
            raise document.problem(
                ("columns", "distinctive", index), message("'{column}' is not one of the columns.", column=names[0]), hint
            )
    for name in mapping.columns.aliases:
        if name not in known:
            raise document.problem(
                ("columns", "aliases", name),
                message("This is an alias for '{name}', which is not a column.", name=name),
                _nearest(name, known, message("Columns")),
            )
    _check_aliases(mapping, document)


def _check_given(mapping: MappingSpec, document: Document) -> None:
    """A column that the mapping makes must not be one of the file's, and no name may give columns twice."""
    made = [(("constants", column), column) for column in mapping.constants]
    made += [(("lists", name), column) for name, each in mapping.lists.items() for column in each.given]
    for place, column in made:
        if column in mapping.columns.known:
            raise document.problem(place, message("'{column}' is a column of the file.", column=column), message("Choose another name."))
    for name in mapping.names:
        if name in mapping.affiliations:
            detail = message("There is an affiliation '{name}' already.", name=name)
            raise document.problem(("names", name), detail, message("Choose another name."))


def _check_aliases(mapping: MappingSpec, document: Document) -> None:
    """No heading may mean two columns: not as the alias of both, nor as the alias of one and the name of the other (which would let two
    columns be each other's alias)."""
    meant = {clean_header(name): name for name in mapping.columns.known}
    for name, others in mapping.columns.aliases.items():
        for index, other in enumerate(others):
            holder = meant.setdefault(clean_header(other), name)
            if holder != name:
                place = ("columns", "aliases", name, index)
                raise document.problem(
                    place,
                    message("The heading '{other}' would mean both '{name}' and '{holder}'.", other=other, name=name, holder=holder),
                    message("Remove it from one of them."),
                )


def used_columns(mapping: MappingSpec) -> frozenset[str]:
    """The columns of the file that the mapping reads for a node, a relationship, a condition or a key."""
    derived = mapping.derived
    read = {column for place, column in _read_columns(mapping) if place[0] not in ("wording", "template")}
    return frozenset(read | {derived.get(column, column) for _, column in _columns(mapping)})


def _read_columns(mapping: MappingSpec) -> Iterator[tuple[Place, str]]:
    """Every column that has to be one of the file's own, and where."""
    for index, column in enumerate(mapping.record):
        yield ("record", index), column
    named: tuple[tuple[str, str], ...]
    for name, affiliation in mapping.affiliations.items():
        named = (("column", affiliation.column), ("place", affiliation.place), ("year", affiliation.year))
        yield from ((("affiliations", name, word), column) for word, column in named if column)
    for name, place in mapping.places.items():
        named = (("column", place.column), ("within", place.within))
        yield from ((("places", name, word), column) for word, column in named if column)
    yield from ((("wording", column), column) for column in mapping.wording)
    if mapping.template:
        yield from ((("template", "example", column), column) for column in mapping.template.example)
    for name, each in mapping.lists.items():
        yield from ((("lists", name, "columns", index), column) for index, column in enumerate(each.columns))


def _columns(mapping: MappingSpec) -> Iterator[tuple[Place, str]]:
    """Every column that may be one that an affiliation gives, and where."""
    for word, rules in (("reject", mapping.reject), ("flag", mapping.flag)):
        for index, rule in enumerate(rules):
            yield from _of_conditions(rule.when, (word, index, "when"))
    for key, node in mapping.nodes.items():
        place: Place = ("nodes", key)
        if node.type.column:
            yield (*place, "type", "column"), node.type.column
        for name, ids in (("id", node.id), ("same", node.same)):
            for index, spec in enumerate(ids):
                yield from (((*place, name, index), column) for column in (*spec.columns, *filter(None, spec.extract), *spec.values))
                yield from _of_conditions(spec.when, (*place, name, index, "when"))
        yield from _of_conditions(node.when, (*place, "when"))
        yield from _of_values(node.properties, place)
    for key, relationship in mapping.relationships.items():
        place = ("relationships", key)
        yield from _of_conditions(relationship.when, (*place, "when"))
        yield from _of_values(relationship.properties, place)
        for name, value in (("valid_from", relationship.valid_from), ("valid_to", relationship.valid_to)):
            yield from (((*place, name), column) for column in (value.columns if value else ()))


def _of_conditions(conditions: Sequence[Condition], place: Place) -> Iterator[tuple[Place, str]]:
    return (((*place, index), condition.column) for index, condition in enumerate(conditions))


def _of_values(values: dict[str, ValueSpec], place: Place) -> Iterator[tuple[Place, str]]:
    return (((*place, "properties", name), column) for name, value in values.items() for column in value.columns)


def node_type_of(name: str, place: Place, document: Document, ontology: Ontology) -> NodeType:
    """The node type of exactly this name."""
    if name not in ontology.node_types:
        raise document.problem(
            place, message("There is no node type '{name}'.", name=name), _nearest(name, ontology.node_types, message("Types"))
        )
    found = ontology.node_types[name]
    if found.abstract:
        below = [each for each in ontology.descendants(name) if not ontology.node_types[each].abstract]
        raise document.problem(
            place,
            message("'{name}' is abstract: no node is of this type alone.", name=name),
            message("Use one of: {below}", below=tuple(below)),
        )
    return found


def _check_node(node: NodeSpec, place: Place, document: Document, ontology: Ontology) -> None:
    for name in node.type.names:
        found = node_type_of(name, (*place, "type"), document, ontology)
        for index, spec in enumerate(node.id):
            _check_id(spec, found, (*place, "id", index), document, ontology)
        for index, spec in enumerate(node.same):
            _check_id(spec, found, (*place, "same", index), document, ontology)
        _check_properties(node.properties, found.properties, name, place, document)


def _check_id(spec: IdSpec, node_type: NodeType, place: Place, document: Document, ontology: Ontology) -> None:
    if spec.scheme and spec.scheme not in node_type.identifiers:
        hint = _nearest(spec.scheme, node_type.identifiers, message("Identifiers of {name}", name=node_type.name))
        raise document.problem(
            place,
            message("'{scheme}' is not an identifier of {name}.", scheme=spec.scheme, name=node_type.name),
            together(hint, message("A list's own key is a source.")),
        )
    schemes = {scheme for each in ontology.node_types.values() for scheme in each.identifiers}
    if spec.source in schemes:
        raise document.problem(
            place,
            message("'{source}' is the scheme of a registry, not a list's own key.", source=spec.source),
            message("Write scheme: {source}.", source=spec.source),
        )
    for column, value in spec.values.items():
        _check_value_type(value, (*place, "values", column), document)
    if spec.source and not spec.hashed and ontology.is_a(node_type.name, PERSON):
        raise document.problem(place, message("The id of a person would show the text of the key."), message("Add hashed: true."))


def _check_properties(values: dict[str, ValueSpec], known: Iterable[str], owner: str, place: Place, document: Document) -> None:
    names = list(known)
    for name in values:
        if name not in names:
            raise document.problem(
                (*place, "properties", name),
                message("{owner} has no property '{name}'.", owner=owner, name=name),
                _nearest(name, names, message("Properties")),
            )


def _check_relationship(mapping: MappingSpec, spec: RelationshipSpec, place: Place, document: Document, ontology: Ontology) -> None:
    try:
        found = ontology.relationship_types[spec.type]
    except KeyError:
        hint = _nearest(spec.type, ontology.relationship_types, message("Types"))
        raise document.problem((*place, "type"), message("There is no relationship type '{type}'.", type=spec.type), hint) from None
    if found.derived:
        raise document.problem(
            (*place, "type"),
            message("'{type}' is derived from a link node.", type=spec.type),
            message("Map the link node instead."),
        )
    _check_ends(mapping, spec, found, place, document, ontology)
    lists = sorted({name for key in (*spec.start, *spec.end) if (name := mapping.nodes[key].each)})
    if len(lists) > 1:
        raise document.problem(
            place,
            message("Its ends come from several lists ({lists}).", lists=tuple(lists)),
            message("Only one list can tell which goes with which."),
        )
    _check_properties(spec.properties, found.properties, spec.type, place, document)
    if not found.dated and (spec.valid_from or spec.valid_to):
        raise document.problem(
            (*place, "valid_from" if spec.valid_from else "valid_to"),
            message("{type} is not dated.", type=spec.type),
            message("Remove the dates."),
        )


def _check_ends(
    mapping: MappingSpec, spec: RelationshipSpec, found: RelationshipType, place: Place, document: Document, ontology: Ontology
) -> None:
    for word, keys, allowed in (("from", spec.start, found.sources), ("to", spec.end, found.targets)):
        for key in keys:
            if key not in mapping.nodes:
                raise document.problem(
                    (*place, word),
                    message("There is no node '{key}' in this mapping.", key=key),
                    _nearest(key, mapping.nodes, message("Nodes")),
                )
            for name in mapping.nodes[key].type.names:
                if not any(ontology.is_a(name, each) for each in allowed):
                    hint = message(
                        "{type} goes from {sources} to {targets}.",
                        type=spec.type,
                        sources=Either(found.sources),
                        targets=Either(found.targets),
                    )
                    raise document.problem((*place, word), message("A {name} cannot stand there.", name=name), hint)
