"""What is around a node, whoever answers: a world that is read already, or the store as it stands while somebody acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from graph.model import Node, Relationship
from graph.ontology.schema import Ontology
from graph.store import Store


class Surroundings(Protocol):
    """Nodes by id, and the relationships at each. ``cooperation.world.World`` is one; ``StoreSurroundings`` another."""

    @property
    def ontology(self) -> Ontology:
        """What the types mean."""

    def node(self, id: str) -> Node | None:
        """A node by its id."""

    def out(self, id: str, *types: str) -> Sequence[Relationship]:
        """The relationships of these types that leave a node, by id."""

    def into(self, id: str, *types: str) -> Sequence[Relationship]:
        """Those that reach it."""


class StoreSurroundings:
    """The newest revision of a store. Each node is asked for once, so this must not outlive the decision it is made for."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        self._ontology = ontology
        self._nodes: dict[str, Node | None] = {}
        self._relationships: dict[str, tuple[Relationship, ...]] = {}

    @property
    def ontology(self) -> Ontology:
        return self._ontology

    def node(self, id: str) -> Node | None:
        if id not in self._nodes:
            self._read_nodes((id,))
        return self._nodes[id]

    def out(self, id: str, *types: str) -> Sequence[Relationship]:
        return self._with_ends([link for link in self._touching(id) if link.source == id and link.type in types])

    def into(self, id: str, *types: str) -> Sequence[Relationship]:
        return self._with_ends([link for link in self._touching(id) if link.target == id and link.type in types])

    def _touching(self, id: str) -> tuple[Relationship, ...]:
        known = self._relationships.get(id)
        if known is None:
            links = self._store.facts(touching=(id,)).relationships
            known = self._relationships[id] = tuple(sorted(links, key=lambda link: link.id))
        return known

    def _with_ends(self, links: Sequence[Relationship]) -> Sequence[Relationship]:
        """The same links, once the nodes at their ends have been read together."""
        if unknown := {end for link in links for end in (link.source, link.target)} - self._nodes.keys():
            self._read_nodes(unknown)
        return links

    def _read_nodes(self, ids: Iterable[str]) -> None:
        wanted = sorted(ids)
        self._nodes.update(dict.fromkeys(wanted))
        self._nodes.update((node.id, node) for node in self._store.facts(nodes=wanted).nodes)


def targets(around: Surroundings, id: str, *types: str) -> list[str]:
    """Where the relationships of these types that leave a node lead, each node once, sorted."""
    return sorted({link.target for link in around.out(id, *types)})


def sources(around: Surroundings, id: str, *types: str) -> list[str]:
    """Where those that reach it come from."""
    return sorted({link.source for link in around.into(id, *types)})


def is_a(around: Surroundings, id: str, type: str) -> bool:
    """Whether a node is there and of a type or one of its subtypes."""
    node = around.node(id)
    if node is None:
        return False
    return node.type == type or (node.type in around.ontology.node_types and around.ontology.is_a(node.type, type))
