"""From the parts of a file to definitions: what each type says of itself, before anything is known of other types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.messages import message
from graph.model import TRUST
from graph.ontology.document import Part
from graph.ontology.schema import Choice, DerivedEdge, Label, PropertyType, nearest
from graph.values import ENUM, VALUE_TYPES

ANY = "any"
VALID_FROM, VALID_TO, VIA = "validFrom", "validTo", "via"

SYNTHETIC = frozenset({"title", "type", "label", "node_type"})
RESERVED = {
    "node": SYNTHETIC | {"id", "entityType", "identifiers", "revision"},
    "relationship": SYNTHETIC | {"id", "revision", "source", "target", VALID_FROM, VALID_TO, VIA, TRUST},
}
"""Property names that the stores, the embedded engine or the ledger need for themselves."""
RESERVED_TYPES = frozenset({"Entity", "Claim", "Load", "Change", "Head"})

_NODE_NAME = re.compile(r"[A-Z][A-Za-z0-9]*")
_RELATIONSHIP_NAME = re.compile(r"[A-Z][A-Z0-9_]*")
_PROPERTY_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_SCHEME = re.compile(r"[a-z][a-z0-9-]*")
_COLOR = re.compile(r"#[0-9a-f]{6}")

_LABEL_KEYS = ("zh", "en")
_PROPERTY_KEYS = (*_LABEL_KEYS, "value", "many", "privacy", "published", "choices")
_NODE_KEYS = (
    *_LABEL_KEYS, "also", "extends", "abstract", "link", "hub", "hub_when",
    "identifiers", "color", "column", "vocabulary", "privacy", "confidential", "properties", "edges",
)  # fmt: skip
_RELATIONSHIP_KEYS = (
    *_LABEL_KEYS, "inverse", "clause", "worded_by", "vocabulary", "from", "to", "key", "key_when_given", "dated", "derived", "properties",
)  # fmt: skip
_EDGE_KEYS = ("type", "start", "end", "opposing", "valid_from", "valid_to", "properties")

HIGHEST_PRIVACY = 3
LAST_COLUMN = 9


@dataclass(slots=True)
class NodeDefinition:
    """What a file says of a node type. ``None`` means that it says nothing."""

    name: str
    part: Part
    label: Label
    also: tuple[str, ...]
    extends: str
    abstract: bool
    link: bool
    hub: bool | None
    hub_when: Part | None
    identifiers: tuple[str, ...]
    color: str
    column: int | None
    vocabulary: str
    privacy: int | None
    confidential: Part | None
    properties: dict[str, PropertyType] = field(default_factory=dict)
    edges: list[tuple[Part, DerivedEdge]] = field(default_factory=list)


@dataclass(slots=True)
class RelationshipDefinition:
    """What a file says of a relationship type."""

    name: str
    part: Part
    label: Label
    inverse: Label
    clause: Label
    vocabulary: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    key: tuple[str, ...]
    key_when_given: tuple[str, ...]
    worded_by: str
    dated: bool
    derived: bool
    properties: dict[str, PropertyType] = field(default_factory=dict)


def node_definition(name: str, part: Part) -> NodeDefinition:
    """Raises ``OntologyProblem`` with the line for anything that cannot stand."""
    keys = part.keys(_NODE_KEYS)
    if not _NODE_NAME.fullmatch(name) or name in RESERVED_TYPES:
        reserved = name in RESERVED_TYPES
        raise part.problem(
            message("'{name}' is reserved for the store.", name=name)
            if reserved
            else message("'{name}' is not a valid name for a node type.", name=name),
            message("Write it in CamelCase with Latin letters, such as Hospital; labels may be in any script."),
        )
    abstract = _truth(keys, "abstract")
    return NodeDefinition(
        name=name,
        part=part,
        label=_label(part),
        also=_texts(keys, "also"),
        extends=keys["extends"].text() if "extends" in keys else "",
        abstract=abstract,
        link=_truth(keys, "link"),
        hub=keys["hub"].truth() if "hub" in keys else None,
        hub_when=keys.get("hub_when"),
        identifiers=schemes(keys["identifiers"]) if "identifiers" in keys else (),
        color=_color(part, keys, abstract),
        column=keys["column"].number(0, LAST_COLUMN) if "column" in keys else None,
        vocabulary=keys["vocabulary"].text() if "vocabulary" in keys else "",
        privacy=keys["privacy"].number(0, HIGHEST_PRIVACY) if "privacy" in keys else None,
        confidential=keys.get("confidential"),
        properties=properties(keys.get("properties"), "node"),
        edges=[(edge, _edge(edge)) for edge in keys["edges"].items()] if "edges" in keys else [],
    )


def relationship_definition(name: str, part: Part) -> RelationshipDefinition:
    """Raises ``OntologyProblem`` with the line for anything that cannot stand."""
    keys = part.keys(_RELATIONSHIP_KEYS, required=("inverse", "clause", "from", "to"))
    if not _RELATIONSHIP_NAME.fullmatch(name):
        raise part.problem(
            message("'{name}' is not a valid name for a relationship type.", name=name),
            message("Write it in capitals, such as TREATS or WORKS_AT."),
        )
    clause = _label(keys["clause"])
    for language, text in (("zh", clause.zh), ("en", clause.en)):
        if "{source}" not in text or "{target}" not in text:
            raise keys["clause"].problem(
                message("The {language} sentence must contain {{source}} and {{target}}.", language=language),
                message("Write '{source}参加{target}'."),
            )
    keys["inverse"].keys(_LABEL_KEYS)
    keys["clause"].keys(_LABEL_KEYS)
    return RelationshipDefinition(
        name=name,
        part=part,
        label=_label(part),
        inverse=_label(keys["inverse"]),
        clause=clause,
        vocabulary=keys["vocabulary"].text() if "vocabulary" in keys else "",
        sources=keys["from"].texts(),
        targets=keys["to"].texts(),
        key=_texts(keys, "key"),
        key_when_given=_texts(keys, "key_when_given"),
        worded_by=keys["worded_by"].text() if "worded_by" in keys else "",
        dated=_truth(keys, "dated"),
        derived=_truth(keys, "derived"),
        properties=properties(keys.get("properties"), "relationship"),
    )


def properties(part: Part | None, owner: str) -> dict[str, PropertyType]:
    """The properties of a ``node`` or a ``relationship``, those that come with a value type's companions included."""
    found: dict[str, PropertyType] = {}
    for name, each in part.keys().items() if part is not None else ():
        kind = _property(name, each, owner)
        for one in (kind, *companions(kind)):
            if one.name in found:
                raise each.problem(
                    message("'{name}' already comes with '{kind_name}'.", name=one.name, kind_name=kind.name),
                    message("Remove or rename it."),
                )
            found[one.name] = one
    return found


def companions(kind: PropertyType) -> tuple[PropertyType, ...]:
    """The further properties that the text of this one gives: ``budgetWanMin`` and ``budgetWanMax`` of ``budgetWan``."""
    words = {"Min": Label("下限", "from"), "Max": Label("上限", "to"), "From": Label("起", "from"), "To": Label("止", "to")}
    words |= {"Currency": Label("币种", "currency"), "Edition": Label("版本", "edition")}

    def one(suffix: str, value: str) -> PropertyType:
        word = words.get(suffix, Label(suffix, suffix))
        label = Label(f"{kind.label.zh}{word.zh}", f"{kind.label.en}, {word.en}")
        return PropertyType(kind.name + suffix, value, False, kind.privacy, kind.privacy_published, label, (), kind.name)

    return tuple(one(suffix, value) for suffix, value in VALUE_TYPES[kind.value].companions.items())


def _property(name: str, part: Part, owner: str) -> PropertyType:
    keys = part.keys(_PROPERTY_KEYS, required=("value",))
    if name in RESERVED[owner]:
        raise part.problem(
            message("The property name '{name}' is reserved.", name=name), message("Choose another name: professionalTitle, kind, name …")
        )
    if not _PROPERTY_NAME.fullmatch(name):
        raise part.problem(
            message("'{name}' is not a valid name for a property.", name=name),
            message("Write it in camelCase with Latin letters, such as bedCount."),
        )
    value = keys["value"].text()
    if value not in VALUE_TYPES:
        raise keys["value"].problem(
            message("There is no value type '{value}'.", value=value), nearest(value, VALUE_TYPES, message("Value types"))
        )
    if (value == ENUM) != ("choices" in keys):
        raise part.problem(
            message("A closed list needs both 'value: enum' and 'choices'."), message("Add the missing one, or use 'value: text'.")
        )
    privacy = keys["privacy"].number(0, HIGHEST_PRIVACY) if "privacy" in keys else 0
    published = keys["published"].number(0, HIGHEST_PRIVACY) if "published" in keys else privacy
    if published > privacy:
        raise keys["published"].problem(
            message("Being on a published list cannot make a property more private."), message("Write 0 to {privacy}.", privacy=privacy)
        )
    return PropertyType(name, value, _truth(keys, "many"), privacy, published, _label(part), _choices(keys.get("choices")))


def _choices(part: Part | None) -> tuple[Choice, ...]:
    found = []
    for value, each in part.keys().items() if part is not None else ():
        keys = each.keys(("en", "zh", "also"), required=("en",))
        found.append(Choice(value, Label(keys["zh"].text() if "zh" in keys else value, keys["en"].text()), _texts(keys, "also")))
    return tuple(found)


def _edge(part: Part) -> DerivedEdge:
    keys = part.keys(_EDGE_KEYS, required=("type", "start", "end"))
    return DerivedEdge(
        type=keys["type"].text(),
        start=_step(keys["start"]),
        end=_step(keys["end"]),
        opposing=keys["opposing"].text() if "opposing" in keys else "",
        valid_from=_texts(keys, "valid_from"),
        valid_to=_texts(keys, "valid_to"),
        properties=_texts(keys, "properties"),
    )


def _step(part: Part) -> tuple[str, str]:
    type, _, direction = part.text().partition(" ")
    if direction.strip() not in ("in", "out"):
        raise part.problem(
            message("'{text}' is not a relationship type followed by a direction.", text=part.text()),
            message("Write 'HAS_TERM in' or 'SENT_BY out'."),
        )
    return type, direction.strip()


def _label(part: Part) -> Label:
    keys = part.keys(required=_LABEL_KEYS)
    return Label(keys["zh"].text(), keys["en"].text())


def _color(part: Part, keys: Mapping[str, Part], abstract: bool) -> str:
    if "color" not in keys:
        if not abstract:
            raise part.problem(message("'color' is missing."), message("Add one such as '#7cb8f4', light enough for dark text."))
        return ""
    color = keys["color"].text()
    if not _COLOR.fullmatch(color):
        raise keys["color"].problem(
            message("'{color}' is not a valid colour.", color=color),
            message("Write six lower-case hexadecimal digits in quotes, such as '#7cb8f4'."),
        )
    return color


def schemes(part: Part) -> tuple[str, ...]:
    """Identifier schemes, the strongest first."""
    found = part.texts()
    for item, scheme in zip(part.items(), found, strict=True):
        if not _SCHEME.fullmatch(scheme):
            raise item.problem(
                message("'{scheme}' is not a valid name for an identifier scheme.", scheme=scheme),
                message("Write it in lower case, such as uscc or hospital-no."),
            )
    return found


def _truth(keys: Mapping[str, Part], name: str) -> bool:
    return name in keys and keys[name].truth()


def _texts(keys: Mapping[str, Part], name: str) -> tuple[str, ...]:
    return keys[name].texts() if name in keys else ()
