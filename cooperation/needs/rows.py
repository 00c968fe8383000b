"""One need as a row of a list, and how it is read from the facts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cooperation.needs.moves import ENDED, State
from cooperation.ownership import Ownerships
from cooperation.roles import Resource
from graph.model import Node, Relationship
from graph.ontology.schema import Ontology
from graph.values import last_day

LIES = frozenset({"LOCATED_IN", "PART_OF"})
"""Relationships that say where an enterprise or a town lies."""

PLACED = ("Organization", "Collaboration", "Place")
"""Types of what posts needs, and of where that lies."""

BELONGS = frozenset({"POSTED", "ACCEPTED", "IN_FIELD"})
"""Relationships that say whose a need is, and in which field."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need in a list. ``due`` and ``since`` are ISO dates or ``""``; ``resource`` is whose it is and where it lies; ``links`` are the ids
    of the relationships that this was read from."""

    id: str
    name: str
    kind: str
    state: State
    due: str
    since: str
    secret: bool
    enterprises: tuple[str, ...]
    fields: tuple[str, ...]
    resource: Resource
    links: frozenset[str] = frozenset()

    @property
    def takers(self) -> frozenset[str]:
        """The experts who have taken it on and not stepped back."""
        return self.resource.takers

    @property
    def districts(self) -> frozenset[str]:
        """The districts that it lies in, by id."""
        return self.resource.districts

    def is_overdue(self, day: str) -> bool:
        """Whether it is still open on ``day`` (ISO) though its deadline is over."""
        return bool(self.due) and self.state not in ENDED and last_day(self.due).isoformat() < day


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where organisations and towns lie: nodes by id, bare of their properties, and relationships of ``LIES`` by the node that they leave.
    By it needs that changed are placed without reading their towns again."""

    ontology: Ontology
    nodes: Mapping[str, Node]
    links: Mapping[str, tuple[Relationship, ...]]

    @classmethod
    def empty(cls, ontology: Ontology) -> Addresses:
        """None yet."""
        return cls(ontology, {}, {})

    def extended(self, nodes: Iterable[Node], relationships: Iterable[Relationship]) -> Addresses:
        """With these too. A relationship that is known takes the place of the one before it."""
        wanted = {type for root in PLACED for type in self.ontology.descendants(root)}
        placed = {node.id: Node(node.id, node.type, {}) for node in nodes if node.type in wanted and self.type_of(node.id) != node.type}
        lying: dict[str, dict[str, Relationship]] = {}
        for link in relationships:
            if link.type in LIES:
                lying.setdefault(link.source, {before.id: before for before in self.links.get(link.source, ())})[link.id] = link
        known = {**self.nodes, **placed} if placed else self.nodes
        links = {**self.links, **{id: tuple(found.values()) for id, found in lying.items()}} if lying else self.links
        return Addresses(self.ontology, known, links)

    def type_of(self, id: str) -> str:
        """The type of a node, ``""`` of one that is not known."""
        node = self.nodes.get(id)
        return "" if node is None else node.type


class NeedSurroundings:
    """What is around needs, of the facts that say whose they are: ``cooperation.surroundings.Surroundings``."""

    def __init__(self, needs: Mapping[str, Node], links: Mapping[str, Sequence[Relationship]], addresses: Addresses) -> None:
        """``links``: those of ``BELONGS``, by need."""
        self._needs = needs
        self._links = links
        self._addresses = addresses

    @property
    def ontology(self) -> Ontology:
        return self._addresses.ontology

    def node(self, id: str) -> Node | None:
        return self._needs.get(id) or self._addresses.nodes.get(id)

    def out(self, id: str, *types: str) -> Sequence[Relationship]:
        return [link for link in self._addresses.links.get(id, ()) if link.type in types]

    def into(self, id: str, *types: str) -> Sequence[Relationship]:
        return [link for link in self._links.get(id, ()) if link.type in types]


def need_of(belonging: Relationship) -> str:
    """The need that a relationship of ``BELONGS`` is about."""
    return belonging.source if belonging.type == "IN_FIELD" else belonging.target


def rows_of(nodes: Iterable[Node], relationships: Iterable[Relationship], addresses: Addresses) -> dict[str, NeedRow]:
    """The needs among these nodes as rows, by id."""
    needs = {node.id: node for node in nodes if node.type == "Need"}
    links: dict[str, list[Relationship]] = {}
    for link in relationships:
        if link.type in BELONGS:
            links.setdefault(need_of(link), []).append(link)
    # Whose a need is does not depend on the day: no person's place enters into it.
    theirs = Ownerships(NeedSurroundings(needs, links, addresses), datetime.date.min)
    return {id: _row(node, links.get(id, ()), theirs.over(id)) for id, node in needs.items()}


def _row(node: Node, links: Sequence[Relationship], resource: Resource) -> NeedRow:
    get = node.properties.get
    return NeedRow(
        id=node.id,
        name=node.caption,
        kind=str(get("kind", "")),
        state=State(str(get("state", State.PUBLISHED))),
        due=str(get("dueDate", "")),
        since=str(get("stateSince", get("postedOn", ""))),
        secret=get("secrecy") is True,
        enterprises=tuple(sorted({link.source for link in links if link.type == "POSTED"})),
        fields=tuple(sorted({link.target for link in links if link.type == "IN_FIELD"})),
        resource=resource,
        links=frozenset(link.id for link in links),
    )
