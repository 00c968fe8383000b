"""The shape of an ontology once it is loaded and checked. Frozen; everything derived reads it from here.

Words: a *node type* may extend others; a *link type* is a node type whose nodes stand for a dated relation that has relations
of its own (a secondment, an agreement); its ``edges`` are the direct relationships that the ledger writes beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import NotFound


@dataclass(frozen=True, slots=True)
class Label:
    """What people read."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class PropertyType:
    """One property. ``value`` names a value type of ``graph.values``; ``many`` makes it a list (a set folded from all claims).
    ``privacy`` is its class: 0 public, 1 internal, 2 personal, 3 high risk; ``privacy_published`` replaces it on a node
    whose ``published`` is true."""

    name: str
    value: str
    many: bool
    privacy: int
    privacy_published: int
    label: Label


@dataclass(frozen=True, slots=True)
class DerivedEdge:
    """A direct relationship that a link node stands for.

    Two shapes. ``start``/``end``: (relationship type, direction seen from the link, ``in`` or ``out``) of the two ends, e.g. Secondment:
    start ``("HAS_TERM", "in")``, end ``("SENT_BY", "out")``. Opposing sides: both ends are the same, and ``opposing`` names the relationship
    property (``side``) whose different values make a pair; the lesser canonical id is then the start. ``valid_from``/``valid_to`` name the
    link's properties that date it. ``properties`` copies link properties onto it."""

    type: str
    start: tuple[str, str]
    end: tuple[str, str]
    opposing: str
    valid_from: str
    valid_to: str
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NodeType:
    """A node type with everything inherited filled in. ``ancestors`` run from parent to root. ``identifiers`` are the schemes whose
    ids name such a node (``uscc``, ``pic``), the strongest first. ``column`` orders types from left to right in path pictures."""

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


@dataclass(frozen=True, slots=True)
class RelationshipType:
    """A relationship type. ``key`` names the properties that, with type and ends, tell parallel relationships apart. ``label`` reads from source
    to target, ``inverse`` back. ``clause`` is a sentence about one hop with ``{source}`` and ``{target}``."""

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


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types. Names are looked up exactly, or in either language by ``node_type``/``relationship_type``."""

    node_types: Mapping[str, NodeType]
    relationship_types: Mapping[str, RelationshipType]

    def node_type(self, name: str) -> NodeType:
        """By name (any case), Chinese label or English label. Raises ``NotFound`` with the nearest names."""
        found = self.node_types.get(name)
        if found is None:
            wanted = name.strip().casefold()
            for candidate in self.node_types.values():
                if wanted in (candidate.name.casefold(), candidate.label.zh.casefold(), candidate.label.en.casefold()):
                    return candidate
            raise NotFound(
                f"There is no node type '{name}'.", hint="Types: " + ", ".join(sorted(self.node_types)), where={"parameter": "type"}
            )
        return found

    def relationship_type(self, name: str) -> RelationshipType:
        """By name (any case) or label. Raises ``NotFound``."""
        found = self.relationship_types.get(name)
        if found is None:
            wanted = name.strip().casefold()
            for candidate in self.relationship_types.values():
                if wanted in (candidate.name.casefold(), candidate.label.zh.casefold(), candidate.label.en.casefold()):
                    return candidate
            raise NotFound(f"There is no relationship type '{name}'.", hint="Types: " + ", ".join(sorted(self.relationship_types)))
        return found

    def is_a(self, node_type: str, ancestor: str) -> bool:
        """Whether ``node_type`` is ``ancestor`` or extends it."""
        return node_type == ancestor or ancestor in self.node_types[node_type].ancestors

    def descendants(self, node_type: str) -> tuple[str, ...]:
        """The type itself and all types that extend it, by name."""
        return tuple(sorted(name for name in self.node_types if self.is_a(name, node_type)))

    def labels(self, node_type: str) -> tuple[str, ...]:
        """The store's labels for a node of this type, beyond ``Entity``: ancestors from the root, then the type itself."""
        return (*reversed(self.node_types[node_type].ancestors), node_type)
