"""From folders of YAML to one checked ``Ontology``. A bad definition fails here, with its file and line, and nowhere later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from graph.errors import FileProblem
from graph.messages import message
from graph.ontology import definitions
from graph.ontology.check import check
from graph.ontology.definitions import ANY, VALID_FROM, VALID_TO, VIA, NodeDefinition, RelationshipDefinition
from graph.ontology.document import Part, parse
from graph.ontology.resolve import resolve
from graph.ontology.schema import Label, Ontology, PropertyType, RelationshipType, nearest

_TOP_KEYS = ("every_node", "node_types", "relationship_types", "extend")
_EXTENSION_KEYS = ("properties", "also", "identifiers", "from", "to")
_DATES = (
    PropertyType(VALID_FROM, "date", False, 0, 0, Label("起", "valid from")),
    PropertyType(VALID_TO, "date", False, 0, 0, Label("止", "valid to")),
)
_VIA = PropertyType(VIA, "text", False, 0, 0, Label("依据", "via"))


@dataclass(slots=True)
class Gathered:
    """What all files say together, before inheritance."""

    every_node: dict[str, PropertyType] = field(default_factory=dict)
    nodes: dict[str, NodeDefinition] = field(default_factory=dict)
    relationships: dict[str, RelationshipDefinition] = field(default_factory=dict)
    extensions: list[tuple[str, Part]] = field(default_factory=list)


def load_ontology(*folders: Path) -> Ontology:
    """The built-in types and those of further folders, which may add types and extend known ones but never redefine one.

    Raises ``OntologyProblem`` (file and line in ``where``) for a definition that cannot stand, ``FileProblem`` for a folder that cannot be
    read."""
    gathered = Gathered()
    builtin = files("graph.ontology").joinpath("types")
    for resource in sorted(builtin.iterdir(), key=lambda each: each.name):
        if resource.name.endswith(".yaml"):
            _gather(gathered, parse(resource.read_text(encoding="utf-8"), f"graph/ontology/types/{resource.name}"))
    for folder in folders:
        for path in _type_files(folder):
            _gather(gathered, parse(_read(path), str(path)))
    for name, part in gathered.extensions:
        _extend(gathered, name, part)
    return _build(gathered)


@cache
def default_ontology() -> Ontology:
    """The built-in types alone."""
    return load_ontology()


def _type_files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise FileProblem(
            message("There is no folder of types at {folder}.", folder=folder),
            hint=message("Check LIANYIN_ONTOLOGY."),
            where={"file": str(folder)},
        )
    found = sorted(path for path in folder.iterdir() if path.suffix in (".yaml", ".yml"))
    if not found:
        raise FileProblem(
            message("The folder {folder} contains no .yaml file.", folder=folder),
            hint=message("Check LIANYIN_ONTOLOGY."),
            where={"file": str(folder)},
        )
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(
            message("{path} cannot be read: {error}.", path=path, error=error),
            hint=message("Save it as UTF-8 text."),
            where={"file": str(path)},
        ) from error


def _gather(gathered: Gathered, top: Part) -> None:
    """Adds what one file says. A type or a common property that is there already is not redefined but refused."""
    keys = top.keys(_TOP_KEYS)
    if "every_node" in keys:
        for name, kind in definitions.properties(keys["every_node"], "node").items():
            if name in gathered.every_node:
                raise keys["every_node"].keys()[name].problem(message("Every node already has it."), message("Remove it."))
            gathered.every_node[name] = kind
    for name, part in keys["node_types"].keys().items() if "node_types" in keys else ():
        _refuse_second(gathered, name, part)
        gathered.nodes[name] = definitions.node_definition(name, part)
    for name, part in keys["relationship_types"].keys().items() if "relationship_types" in keys else ():
        _refuse_second(gathered, name, part)
        gathered.relationships[name] = definitions.relationship_definition(name, part)
    if "extend" in keys:
        gathered.extensions += list(keys["extend"].keys().items())


def _refuse_second(gathered: Gathered, name: str, part: Part) -> None:
    first = gathered.nodes.get(name) or gathered.relationships.get(name)
    if first is not None:
        place = message("{file}, line {line}", file=first.part.file, line=first.part.line)
        raise part.problem(
            message("There is already a type '{name}' ({place}).", name=name, place=place),
            message("Choose another name, or add to it under extend: {name}.", name=name),
        )


def _extend(gathered: Gathered, name: str, part: Part) -> None:
    """Adds properties, other words, identifiers or ends to a known type."""
    keys = part.keys(_EXTENSION_KEYS)
    node, relationship = gathered.nodes.get(name), gathered.relationships.get(name)
    if node is not None:
        part.keys(("properties", "also", "identifiers"))
        node.also += keys["also"].texts() if "also" in keys else ()
        node.identifiers += definitions.schemes(keys["identifiers"]) if "identifiers" in keys else ()
        node.properties |= _new_properties(keys.get("properties"), "node", _known_properties(gathered, node))
    elif relationship is not None:
        part.keys(("properties", "from", "to"))
        relationship.sources += keys["from"].texts() if "from" in keys else ()
        relationship.targets += keys["to"].texts() if "to" in keys else ()
        relationship.properties |= _new_properties(keys.get("properties"), "relationship", set(relationship.properties))
    else:
        raise part.problem(
            message("There is no type '{name}' to extend.", name=name),
            nearest(name, [*gathered.nodes, *gathered.relationships], message("Types")),
        )


def _known_properties(gathered: Gathered, node: NodeDefinition) -> set[str]:
    """The names of a type's own properties and of those that it inherits."""
    known = set(gathered.every_node)
    passed: set[str] = set()
    current: NodeDefinition | None = node
    while current is not None and current.name not in passed:
        passed.add(current.name)
        known |= set(current.properties)
        current = gathered.nodes.get(current.extends)
    return known


def _new_properties(part: Part | None, owner: str, known: set[str]) -> dict[str, PropertyType]:
    if part is None:
        return {}
    added = definitions.properties(part, owner)
    for name, kind in added.items():
        if name in known:
            place = part.keys()[kind.companion_of or name]
            raise place.problem(
                message("There is already a property '{name}'.", name=name),
                message("Choose another name: what others rely on cannot be changed."),
            )
    return added


def _build(gathered: Gathered) -> Ontology:
    node_types = resolve(gathered.nodes, gathered.every_node)
    roots = tuple(sorted(name for name, node_type in node_types.items() if not node_type.ancestors))
    relationship_types = {
        name: _relationship_type(definition, roots) for name, definition in sorted(gathered.relationships.items(), key=lambda item: item[0])
    }
    ontology = Ontology(MappingProxyType(node_types), MappingProxyType(relationship_types))
    check(ontology, gathered.nodes, gathered.relationships)
    return ontology


def _relationship_type(definition: RelationshipDefinition, roots: tuple[str, ...]) -> RelationshipType:
    implied: Iterable[PropertyType] = (*(_DATES if definition.dated else ()), *((_VIA,) if definition.derived else ()))
    properties: Mapping[str, PropertyType] = {**definition.properties, **{each.name: each for each in implied}}
    return RelationshipType(
        name=definition.name,
        label=definition.label,
        inverse=definition.inverse,
        clause=definition.clause,
        sources=_ends(definition.sources, roots),
        targets=_ends(definition.targets, roots),
        key=definition.key,
        key_when_given=definition.key_when_given,
        worded_by=definition.worded_by,
        dated=definition.dated,
        derived=definition.derived,
        properties=MappingProxyType(properties),
        vocabulary=definition.vocabulary,
    )


def _ends(names: tuple[str, ...], roots: tuple[str, ...]) -> tuple[str, ...]:
    """``any`` stands for all types that extend none."""
    return roots if ANY in names else tuple(dict.fromkeys(names))
