"""The facts as questions about cooperation read them: by type, and from each end. A read model of one revision, kept up by what changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cooperation.periods import period_of
from graph.model import Node, Relationship
from graph.ontology.schema import Ontology
from graph.privacy import confidential_types, existence_class
from graph.projection.delta import Delta
from graph.projection.follow import SMALL, read_changes
from graph.store import Store

NOBODY: Sequence[Relationship] = ()


class World:
    """Immutable for whoever reads; what is grouped is grouped once, when first asked for."""

    def __init__(
        self, ontology: Ontology, revision: int, nodes: Mapping[str, Node], relationships: Mapping[str, Mapping[str, Relationship]]
    ) -> None:
        """``nodes`` by id; ``relationships`` by type, then id."""
        self.ontology = ontology
        self.revision = revision
        self._nodes = nodes
        self._relationships = relationships
        self._of_type: dict[str, Sequence[Node]] = {}
        self._out: dict[str, Mapping[str, Sequence[Relationship]]] = {}
        self._into: dict[str, Mapping[str, Sequence[Relationship]]] = {}
        self._known_to: dict[int, World] = {}

    @classmethod
    def of(cls, ontology: Ontology, revision: int, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> World:
        """A world of these facts."""
        by_type: dict[str, dict[str, Relationship]] = {}
        known = {node.id: node for node in nodes}
        for each in relationships:
            by_type.setdefault(each.type, {})[each.id] = each
        return cls(ontology, revision, known, by_type)

    @classmethod
    def read(cls, store: Store, ontology: Ontology) -> World:
        """The newest revision of a store, whole."""
        head, nodes, relationships = store.scan()
        return cls.of(ontology, head.revision, nodes, relationships)

    def followed(self, store: Store) -> World:
        """The store's newest revision; only what changed is read, unless that is much."""
        if store.head().revision == self.revision:
            return self
        delta = read_changes(store, self.revision, SMALL)
        return World.read(store, self.ontology) if delta is None else self._with(delta)

    def _with(self, delta: Delta) -> World:
        nodes = dict(self._nodes)
        for id in delta.gone_nodes:
            nodes.pop(id, None)
        nodes.update((node.id, node) for node in delta.nodes)
        touched = {each.type for each in delta.relationships} | {type_of(id) for id in delta.gone_relationships}
        anew = {type: dict(self._relationships.get(type, {})) for type in touched}
        for id in delta.gone_relationships:
            anew[type_of(id)].pop(id, None)
        for each in delta.relationships:
            anew[each.type][each.id] = each
        return World(self.ontology, delta.revision, nodes, {**self._relationships, **anew})

    def known_to(self, clearance: int) -> World:
        """What is left of it for a reader of this clearance: without the nodes that are kept from them (a secret need), and without what
        hangs on these. Itself where nothing is kept."""
        found = self._known_to.get(clearance)
        if found is None:
            found = self._known_to[clearance] = self._without_confidential(clearance)
        return found

    def _without_confidential(self, clearance: int) -> World:
        types = confidential_types(self.ontology, clearance)
        kept_back = {id for id, node in self._nodes.items() if node.type in types and existence_class(self.ontology, node) > clearance}
        if not kept_back:
            return self
        nodes = {id: node for id, node in self._nodes.items() if id not in kept_back}
        relationships = {
            type: {id: each for id, each in links.items() if each.source in nodes and each.target in nodes}
            for type, links in self._relationships.items()
        }
        return World(self.ontology, self.revision, nodes, relationships)

    def node(self, id: str) -> Node | None:
        """A node by its id."""
        return self._nodes.get(id)

    def relationship(self, id: str) -> Relationship | None:
        """A relationship by its id."""
        return self._relationships.get(type_of(id), {}).get(id)

    def nodes(self, type: str) -> Sequence[Node]:
        """All nodes of a type or its subtypes, by id."""
        found = self._of_type.get(type)
        if found is None:
            chosen = (node for node in self._nodes.values() if self.is_a(node, type))
            found = self._of_type[type] = sorted(chosen, key=lambda node: node.id)
        return found

    def is_a(self, node: Node | None, type: str) -> bool:
        """Whether a node is of a type or one of its subtypes."""
        return node is not None and (node.type == type or (node.type in self.ontology.node_types and self.ontology.is_a(node.type, type)))

    def all_nodes(self) -> Iterator[Node]:
        """Every node."""
        return iter(self._nodes.values())

    def types(self) -> tuple[str, ...]:
        """The relationship types that there are, sorted."""
        return tuple(sorted(self._relationships))

    def links(self, type: str) -> Iterator[Relationship]:
        """All relationships of a type."""
        return iter(self._relationships.get(type, {}).values())

    def out(self, id: str, *types: str) -> list[Relationship]:
        """The relationships of these types that leave a node, by id."""
        return sorted((each for type in types for each in self._ends(self._out, type).get(id, NOBODY)), key=lambda each: each.id)

    def into(self, id: str, *types: str) -> list[Relationship]:
        """Those that reach it."""
        return sorted((each for type in types for each in self._ends(self._into, type).get(id, NOBODY)), key=lambda each: each.id)

    def touching(self, id: str, *types: str) -> list[Relationship]:
        """Both."""
        return [*self.out(id, *types), *self.into(id, *types)]

    def _ends(self, kept: dict[str, Mapping[str, Sequence[Relationship]]], type: str) -> Mapping[str, Sequence[Relationship]]:
        found = kept.get(type)
        if found is None:
            grouped: dict[str, list[Relationship]] = {}
            for each in self.links(type):
                grouped.setdefault(each.source if kept is self._out else each.target, []).append(each)
            found = kept[type] = grouped
        return found


def type_of(relationship: str) -> str:
    """The type that a relationship's id begins with."""
    return relationship.partition(":")[0]


def on_day(relationships: Iterable[Relationship], day: datetime.date) -> list[Relationship]:
    """Those that may hold on that day; an unknown date counts as valid."""
    return [each for each in relationships if period_of(each).covers(day)]


def text(node: Node | None, name: str) -> str:
    """A property as text, ``""`` if there is none."""
    return "" if node is None else str(node.properties.get(name, ""))


def figure(node: Node | None, name: str) -> float | None:
    """A property as a number, ``None`` if there is none: unknown is not zero."""
    found = None if node is None else node.properties.get(name)
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None
