"""The shape of an ontology once it is loaded and checked. Frozen; everything derived reads it from here.

Words: a *node type* may extend others; a *link type* is a node type whose nodes stand for a dated relation that has relations
of its own (a secondment, an agreement); its ``edges`` are the direct relationships that the ledger writes beside it.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from graph.errors import NotFound
from graph.messages import Message, message
from graph.model import Value

NO_CONDITION: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Label:
    """What people read."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list. ``value`` is what is stored, ``also`` other ways to write it."""

    value: str
    label: Label
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyType:
    """One property. ``value`` names a value type of ``graph.values``; ``many`` makes it a list (a set folded from all claims).
    ``privacy`` is its class: 0 public, 1 internal, 2 personal, 3 high risk; ``privacy_published`` replaces it on a node
    whose ``published`` is true. ``choices`` closes the list of values (value type ``enum``). ``companion_of`` names the property whose
    text gives this one too (``budgetWan`` of ``50-80`` gives ``budgetWanMin``), or is ``""``."""

    name: str
    value: str
    many: bool
    privacy: int
    privacy_published: int
    label: Label
    choices: tuple[Choice, ...] = ()
    companion_of: str = ""


@dataclass(frozen=True, slots=True)
class DerivedEdge:
    """A direct relationship that a link node stands for.

    Two shapes. ``start``/``end``: (relationship type, direction seen from the link, ``in`` or ``out``) of the two ends, e.g. Secondment:
    start ``("HAS_TERM", "in")``, end ``("SENT_BY", "out")``. Opposing sides: both ends are the same, and ``opposing`` names the
    relationship property (``side``) whose different values make a pair; the lesser canonical id is then the start.
    ``valid_from``/``valid_to`` name the link's properties that date it, the first that the link has. ``properties`` copies link
    properties onto it."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    opposing: str
    valid_from: tuple[str, ...]
    valid_to: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Confidential:
    """Which nodes of a type are kept from most readers: those whose properties equal ``when`` (a secret need) are there only from class
    ``privacy`` on."""

    when: Mapping[str, Value]
    privacy: int

    def holds(self, properties: Mapping[str, Value]) -> bool:
        """Whether a node with these properties is one of them."""
        return all(properties.get(name) == value for name, value in self.when.items())


@dataclass(frozen=True, slots=True)
class NodeType:
    """A node type with everything inherited filled in. ``ancestors`` run from parent to root. ``identifiers`` are the schemes whose
    ids name such a node (``uscc``, ``pic``), the strongest first. ``column`` orders types from left to right in path pictures. ``hub``
    says that every such node is a hub; ``hub_when`` that those are whose properties equal these (a first-level Field). ``also`` are
    other words for the type. ``privacy`` is the class from which a reader learns that such a node exists at all; ``confidential`` raises it
    for some of them."""

    name: str
    label: Label
    ancestors: tuple[str, ...]
    abstract: bool
    link: bool
    hub: bool
    identifiers: tuple[str, ...]
    color: str
    column: int
    properties: Mapping[str, PropertyType]
    edges: tuple[DerivedEdge, ...]
    vocabulary: str
    hub_when: Mapping[str, Value] = field(default_factory=lambda: NO_CONDITION)
    also: tuple[str, ...] = ()
    privacy: int = 0
    confidential: Confidential | None = None

    def existence_class(self, properties: Mapping[str, Value]) -> int:
        """The class from which a reader learns that a node of this type with these properties exists."""
        if self.confidential is None or not self.confidential.holds(properties):
            return self.privacy
        return max(self.privacy, self.confidential.privacy)


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type. ``key`` names the properties that, with type and ends, tell parallel relationships apart; those of
    ``key_when_given`` do so only where they have a value, so that a type may gain them and what is stored stays. ``label`` reads from
    source to target, ``inverse`` back. ``clause`` is a sentence about one hop with ``{source}`` and ``{target}``; where a relationship has
    the property ``worded_by``, the source's own word (``consultant of``) stands in the sentence instead. ``sources`` and ``targets`` are
    node types, each standing for all that extend it too. A ``dated`` one has ``validFrom`` and ``validTo`` among its properties. A
    ``derived`` one is written by the ledger or by an analysis, never by a source."""

    name: str
    label: Label
    inverse: Label
    clause: Label
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    key: tuple[str, ...]
    dated: bool
    derived: bool
    properties: Mapping[str, PropertyType]
    vocabulary: str = ""
    key_when_given: tuple[str, ...] = ()
    worded_by: str = ""


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types. Names are looked up exactly, or in either language by ``node_type``/``relationship_type``."""

    node_types: Mapping[str, NodeType]
    relationship_types: Mapping[str, RelationshipType]

    def node_type(self, name: str) -> NodeType:
        """By name (any case), Chinese label, English label or another word for it. Raises ``NotFound`` with the nearest names."""
        found = self.node_types.get(name) or next(
            (each for each in self.node_types.values() if name.strip().casefold() in node_type_words(each)), None
        )
        if found is None:
            words = {word: each.name for each in self.node_types.values() for word in node_type_words(each)}
            hint = nearest(name, self.node_types, message("Types"), words)
            raise NotFound(message("There is no node type '{name}'.", name=name), hint=hint, where={"parameter": "type"})
        return found

    def relationship_type(self, name: str) -> RelationshipType:
        """By name (any case) or label. Raises ``NotFound`` with the nearest names."""
        found = self.relationship_types.get(name) or next(
            (each for each in self.relationship_types.values() if name.strip().casefold() in relationship_type_words(each)), None
        )
        if found is None:
            words = {word: each.name for each in self.relationship_types.values() for word in relationship_type_words(each)}
            hint = nearest(name, self.relationship_types, message("Types"), words)
            raise NotFound(message("There is no relationship type '{name}'.", name=name), hint=hint, where={"parameter": "type"})
        return found

    def is_hub(self, node_type: str, properties: Mapping[str, Value]) -> bool:
        """Whether a node of this type with these properties is a hub: left out of paths unless asked for."""
        found = self.node_types[node_type]
        return found.hub or (bool(found.hub_when) and all(properties.get(name) == value for name, value in found.hub_when.items()))

    def is_a(self, node_type: str, ancestor: str) -> bool:
        """Whether ``node_type`` is ``ancestor`` or extends it."""
        return node_type == ancestor or ancestor in self.node_types[node_type].ancestors

    def descendants(self, node_type: str) -> tuple[str, ...]:
        """The type itself and all types that extend it, by name."""
        return tuple(sorted(name for name in self.node_types if self.is_a(name, node_type)))

    def labels(self, node_type: str) -> tuple[str, ...]:
        """The store's labels for a node of this type, beyond ``Entity``: ancestors from the root, then the type itself."""
        return (*reversed(self.node_types[node_type].ancestors), node_type)


def node_type_words(node_type: NodeType) -> frozenset[str]:
    """Everything that a person may type for it, casefolded."""
    words = (node_type.name, node_type.label.zh, node_type.label.en, *node_type.also)
    return frozenset(word.casefold() for word in words)


def relationship_type_words(relationship_type: RelationshipType) -> frozenset[str]:
    """Everything that a person may type for it, casefolded."""
    return frozenset(word.casefold() for word in (relationship_type.name, relationship_type.label.zh, relationship_type.label.en))


def nearest(name: str, known: Iterable[str], what: Message, words: Mapping[str, str] | None = None) -> Message:
    """A hint for a word that nobody knows: the nearest known one, or all of them. ``words`` maps further words to the known ones that
    they mean."""
    right = {each.casefold(): each for each in known}
    meanings = {word.casefold(): meaning for word, meaning in (words or {}).items()} | right
    near = difflib.get_close_matches(name.strip().casefold(), meanings, n=1, cutoff=0.55)
    if near:
        return message("Did you mean '{name}'?", name=meanings[near[0]])
    return message("{what}: {known}.", what=what, known=sorted(right.values()))
