"""What can be compared of nodes: their visible properties, their names in comparable form, and who stands near them in the graph."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from graph.identity.names import OrganisationName, bare_places, organisation_name, plain_name
from graph.identity.subjects import Subjects, subjects_of
from graph.model import Node, Properties, Relationship
from graph.ontology import Ontology
from graph.privacy import existence_class, identifier_class, name_class, visible_properties

CROWD = 400
"""A node that touches more others than this tells nothing of any of them."""


TITLED = frozenset({"Field", "Achievement", "Need", "Project"})
"""Types of what people work on."""


class Sort(StrEnum):
    """Which comparison a node takes part in."""

    PERSON = "Person"
    ORGANISATION = "Organization"
    PROJECT = "Project"


@dataclass(frozen=True, slots=True)
class Portrait:
    """A node that may be compared. ``names`` are its name and other names in plain form; ``organisation`` those of an organisation in
    parts; ``codes`` its identifiers by scheme; ``near`` its neighbours by relationship type."""

    node: Node
    sort: Sort
    properties: Properties
    names: tuple[str, ...]
    organisation: tuple[OrganisationName, ...]
    codes: Mapping[str, frozenset[str]]
    near: Mapping[str, frozenset[str]]


@dataclass(slots=True)
class Population:
    """All nodes that may be compared, and what is needed to compare them. ``types`` holds every node's type, ``links`` every node's
    neighbours, ``frequency`` how many of a sort bear a name."""

    portraits: dict[str, Portrait] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    captions: dict[str, str] = field(default_factory=dict)
    links: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    degree: Counter[str] = field(default_factory=Counter)
    frequency: Counter[tuple[Sort, str]] = field(default_factory=Counter)
    sizes: Counter[Sort] = field(default_factory=Counter)
    hubs: frozenset[str] = frozenset()
    subjects: Subjects = field(default_factory=Subjects)

    def rarity(self, id: str) -> float:
        """How much it tells to stand next to this node, in bits: much for a project of three people, nothing for a city."""
        if self.types.get(id, "") in self.hubs or self.degree[id] > CROWD:
            return 0.0
        return math.log2(CROWD / max(2, self.degree[id]))

    def neighbours(self, id: str) -> set[str]:
        """The nodes that touch this one."""
        return {other for ends in self.links.get(id, {}).values() for other in ends}

    def around(self, id: str) -> set[str]:
        """The nodes at most two relationships away, not through a crowd or a hub."""
        near = self.neighbours(id)
        return near.union(*(self.neighbours(other) for other in near if self.rarity(other) > 1.0)) - {id}


def take_in(nodes: Iterable[Node], relationships: Iterable[Relationship], ontology: Ontology, clearance: int) -> Population:
    """The nodes as a reader of this clearance may compare them: what such a reader may not see plays no part, and who may not be named
    is not there."""
    found = Population(hubs=frozenset(name for name, each in ontology.node_types.items() if each.hub))
    chosen: list[Node] = []
    titles: dict[str, str] = {}
    for node in nodes:
        if existence_class(ontology, node) > clearance:
            continue
        found.types[node.id] = node.type
        if node.type in TITLED and name_class(ontology, node) <= clearance:
            titles[node.id] = node.caption
        if sort_of(node, ontology) is not None and name_class(ontology, node) <= clearance:
            chosen.append(node)
        elif node.type in ("City", "District"):
            found.captions[node.id] = node.caption
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for each in relationships:
        if each.source in found.types and each.target in found.types:
            links[each.source][each.type].append(each.target)
            links[each.target][each.type].append(each.source)
            found.degree[each.source] += 1
            found.degree[each.target] += 1
    found.links = {id: dict(ends) for id, ends in links.items()}
    places = bare_places(found.captions.values())
    for node in chosen:
        portrait = _portrait(node, found, ontology, clearance, places)
        found.portraits[node.id] = portrait
        found.sizes[portrait.sort] += 1
        for key in {*portrait.names, *(part.core for part in portrait.organisation)}:
            found.frequency[portrait.sort, key] += 1
    found.subjects = subjects_of({id: each.near for id, each in found.portraits.items() if each.sort is Sort.PERSON}, titles)
    return found


def sort_of(node: Node, ontology: Ontology) -> Sort | None:
    """Which comparison the node takes part in, if any. A department is named within its university only and is left out."""
    known = ontology.node_types.get(node.type)
    if known is None or node.properties.get("named") is False or node.type == "Department":
        return None
    line = (node.type, *known.ancestors)
    return next((sort for sort in Sort if sort in line), None)


def _portrait(node: Node, found: Population, ontology: Ontology, clearance: int, places: frozenset[str]) -> Portrait:
    sort = sort_of(node, ontology) or Sort.ORGANISATION
    seen = visible_properties(ontology, node, clearance)
    aliases = seen.get("aliases", ())
    others = (*(aliases if isinstance(aliases, tuple) else ()), str(seen.get("shortName", "")))
    names = tuple(dict.fromkeys(plain_name(name) for name in (node.caption, *others) if name))
    return Portrait(
        node=node,
        sort=sort,
        properties=seen,
        names=names,
        organisation=tuple(organisation_name(name, places) for name in names) if sort is Sort.ORGANISATION else (),
        codes=_codes(node, seen, ontology, clearance),
        near={type: frozenset(ends) for type, ends in found.links.get(node.id, {}).items()},
    )


def _codes(node: Node, seen: Properties, ontology: Ontology, clearance: int) -> dict[str, frozenset[str]]:
    """Identifiers by scheme: those that the node's ids are made of (these were checked when they were loaded), and hashes of ID numbers."""
    schemes = {scheme for each in (node.type, *ontology.node_type(node.type).ancestors) for scheme in ontology.node_type(each).identifiers}
    # A platform's account number is one of many that somebody may have.
    schemes -= {"platform"}
    codes: dict[str, set[str]] = {}
    for id in (node.id, *node.identifiers):
        scheme, _, code = id.partition(":")
        if scheme in schemes and identifier_class(ontology, node, id) <= clearance:
            codes.setdefault(scheme, set()).add(code)
    if "idHash" in seen:
        codes["idHash"] = {str(seen["idHash"])}
    return {scheme: frozenset(values) for scheme, values in codes.items()}
