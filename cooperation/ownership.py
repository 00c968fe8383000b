"""Who owns a node, and in which districts it lies: one answer for whoever acts and whoever reads.

A person is their own and lies where they are posted; an organisation, studio or team is its own and lies where it stands. Everything else
belongs to those who stand behind it: a need to the enterprise that posted it, a milestone to its project, a project to all who run it or
take part, a meeting to those it involved.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from types import MappingProxyType

from cooperation.periods import Period
from cooperation.roles import Resource
from cooperation.surroundings import Surroundings, is_a, sources, targets
from graph.model import Node

STEPPED_BACK = "退单"
"""The state of an acceptance that its expert took back."""

SELF_OWNED = frozenset({"Organization", "Collaboration"})
"""Types whose nodes act for themselves; people do so too, as takers."""

FAR = frozenset({"University", "Institute", "Department"})
"""They lie in a district too, and yet what they do is not the district's."""

PLACED = frozenset({"Person", "Organization", "Collaboration", "Event", "Project", "Place", "Secondment"})
"""Types whose nodes say themselves where they lie."""

OUT, INTO = True, False

BEHIND: Mapping[str, tuple[tuple[str, bool], ...]] = MappingProxyType(
    {
        "Account": (("OF", OUT),),
        "Achievement": (("CREATED", INTO), ("PRODUCED", INTO), ("TRANSFORMED_AT", OUT)),
        "Agreement": (("BETWEEN", OUT), ("SIGNED_BY", OUT)),
        "Collaboration": (("BASED_AT", OUT),),
        "Event": (("INVOLVES", OUT),),
        "Funding": (("FUNDS", OUT),),
        "Milestone": (("MILESTONE_OF", OUT),),
        "Need": (("POSTED", INTO),),
        "Plan": (("PLAN_OF", OUT),),
        "PlanItem": (("ITEM_OF", OUT), ("CONCERNS", OUT)),
        "Project": (("RUN_BY", OUT), ("PARTICIPATES_IN", INTO), ("PRINCIPAL_INVESTIGATOR_OF", INTO)),
        "Target": (("FOR", OUT),),
        "WorkUpdate": (("MENTIONS", OUT),),
    }
)
"""By type: who stands behind a node of it or of a subtype. Whose they are, it is, and where they lie, it lies."""

TAKERS: Mapping[str, str] = MappingProxyType({"Need": "ACCEPTED", "Review": "WROTE", "Secondment": "HAS_TERM", "TalentTeam": "INTRODUCED"})
"""By type: the relationship of the people who took a node of it on. It does not lie where they are posted."""


def ownership(around: Surroundings, *ids: str, day: datetime.date) -> Resource:
    """Whose these nodes are, taken together, on a day: a person lies in the districts of terms that are not over by then. A node that is
    not there is nobody's."""
    return Ownerships(around, day).over(*ids)


NOBODYS = Resource()


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the nodes of a type are: people, their own, in districts of their own account; who stands behind them, and who took them on."""

    person: bool
    self_owned: bool
    placed: bool
    behind: tuple[tuple[str, bool], ...]
    taken_by: tuple[str, ...]


class Ownerships:
    """The same for many nodes of one revision, such as the lines of a list: each node is looked at once."""

    def __init__(self, around: Surroundings, day: datetime.date) -> None:
        self._around = around
        self._day = day
        self._rules: dict[str, _Rule] = {}
        self._with_behind: dict[str, Resource] = {}
        self._alone: dict[str, Resource] = {}

    def over(self, *ids: str) -> Resource:
        """Whose these nodes are, taken together."""
        return self._of(ids[0]) if len(ids) == 1 else _together(map(self._of, ids))

    def _of(self, id: str) -> Resource:
        found = self._with_behind.get(id)
        if found is None:
            found = self._with_behind[id] = _together(map(self._by_itself, self._all_behind(id)))
        return found

    def _all_behind(self, id: str) -> list[Node]:
        """The node and everything that stands behind it, each once; none of what is not there."""
        first = self._around.node(id)
        reached, seen = [] if first is None else [first], {id}
        for node in reached:
            for link, direction in self._rule(node).behind:
                for relationship in self._around.out(node.id, link) if direction is OUT else self._around.into(node.id, link):
                    end = relationship.target if direction is OUT else relationship.source
                    if end not in seen and (behind := self._around.node(end)) is not None:
                        reached.append(behind)
                    seen.add(end)
        return reached

    def _by_itself(self, node: Node) -> Resource:
        found = self._alone.get(node.id)
        if found is None:
            found = self._alone[node.id] = self._without_behind(node)
        return found

    def _without_behind(self, node: Node) -> Resource:
        rule = self._rule(node)
        places = frozenset(_places_of(self._around, node.id, self._day)) if rule.placed else frozenset()
        if rule.person:
            return Resource(takers=frozenset({node.id}), districts=places)
        taken = self._around.into(node.id, *rule.taken_by) if rule.taken_by else ()
        takers = frozenset([link.source for link in taken if link.properties.get("state") != STEPPED_BACK])
        return Resource(frozenset({node.id}) if rule.self_owned else frozenset(), takers, places)

    def _rule(self, node: Node) -> _Rule:
        rule = self._rules.get(node.type)
        if rule is None:
            family = _family(self._around, node)
            rule = self._rules[node.type] = _Rule(
                "Person" in family,
                not SELF_OWNED.isdisjoint(family),
                FAR.isdisjoint(family) and not PLACED.isdisjoint(family),
                tuple(behind for type in family for behind in BEHIND.get(type, ())),
                tuple(TAKERS[type] for type in family if type in TAKERS),
            )
        return rule


def districts(around: Surroundings, id: str, day: datetime.date | None = None) -> tuple[str, ...]:
    """The districts that a node itself lies in, sorted: by its own address, by its town, as a studio by its enterprise, as a need by who
    posted it; those that a person is posted to by terms not over on ``day`` (by any term without one), and of a team those of its terms."""
    found = _places_of(around, id, day)
    for type, link, direction in (("Collaboration", "BASED_AT", OUT), ("Need", "POSTED", INTO)):
        if is_a(around, id, type):
            for behind in targets(around, id, link) if direction is OUT else sources(around, id, link):
                found |= _places_of(around, behind, day)
    return tuple(sorted(found))


def _family(around: Surroundings, node: Node) -> tuple[str, ...]:
    """The type of a node and those it extends."""
    known = around.ontology.node_types.get(node.type)
    return (node.type, *known.ancestors) if known is not None else (node.type,)


def _places_of(around: Surroundings, id: str, day: datetime.date | None) -> set[str]:
    """The districts in which a node lies by what it says of itself, without those behind it."""
    node = around.node(id)
    if node is None:
        return set()
    family = _family(around, node)
    if "District" in family:
        return {id}
    if "City" in family:
        return set()
    found: set[str] = set()
    if "Person" in family:
        places = [place for term in _terms(around, id, day) for place in targets(around, term, "POSTED_TO")]
    elif "TownHeadTeam" in family:
        places = [place for term in sources(around, id, "IN_TEAM") for place in targets(around, term, "POSTED_TO")]
    else:
        places = []
    for place in (*places, *targets(around, id, "LOCATED_IN", "POSTED_TO", "PART_OF")):
        found |= _districts_over(around, place)
    return found


def _districts_over(around: Surroundings, place: str) -> set[str]:
    """The districts in which a place lies: itself, or those that its town is part of; an organisation where it stands."""
    if is_a(around, place, "District"):
        return {place}
    addresses = targets(around, place, "LOCATED_IN") if is_a(around, place, "Organization") else [place]
    above = {up for address in addresses for up in (address, *targets(around, address, "PART_OF"))}
    return {up for up in above if is_a(around, up, "District")}


def _terms(around: Surroundings, person: str, day: datetime.date | None) -> list[str]:
    """The secondments of a person that are not over on the day; all of them without one."""
    terms = targets(around, person, "HAS_TERM")
    return terms if day is None else [term for term in terms if not _is_over(around.node(term), day)]


def _is_over(term: Node | None, day: datetime.date) -> bool:
    end = "" if term is None else str(term.properties.get("endDate", ""))
    return Period("", end).is_over(day)


def _together(parts: Iterable[Resource]) -> Resource:
    return reduce(_joined, parts, NOBODYS)


def _joined(one: Resource, other: Resource) -> Resource:
    if one is NOBODYS:
        return other
    return Resource(_union(one.owners, other.owners), _union(one.takers, other.takers), _union(one.districts, other.districts))


def _union(one: frozenset[str], other: frozenset[str]) -> frozenset[str]:
    """Both; the very set that was given where the other is empty, so that many needs of one enterprise share it."""
    if not one:
        return other
    return one | other if other else one
