"""Ties of people, whatever their type: what paths use. A tie joins a person to a node that stands for itself; hubs (a city, a field of the
first level) and link nodes (a secondment, an agreement) do not, since the relationships that paths take pass them by.

``docs/definitions.md`` defines the words: a tie *holds* on a day, two nodes are *connected*, a pair is *lost*.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cooperation.periods import Period, period_of
from cooperation.world import World
from graph.model import Relationship
from graph.values import last_day


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship of a person to another node, and when it holds."""

    person: str
    other: str
    link: Relationship

    @property
    def period(self) -> Period:
        """From and until when; an unknown end is open."""
        return period_of(self.link)


def stands_for_itself(world: World, id: str) -> bool:
    """Whether a node is neither hub nor link."""
    node = world.node(id)
    if node is None:
        return False
    known = world.ontology.node_types.get(node.type)
    return known is None or not (known.link or world.ontology.is_hub(node.type, node.properties))


def is_place(world: World, id: str) -> bool:
    """Whether a node is an organisation, a studio or team, or a project: what a person leaves when a tie to it ends."""
    return any(world.is_a(world.node(id), type) for type in ("Organization", "Collaboration", "Project"))


def all_ties(world: World, types: Iterable[str]) -> Iterator[Tie]:
    """Every tie of these types of every person, by type, then id; one between two people is one of each."""
    for type in types:
        for link in sorted(world.links(type), key=lambda each: each.id):
            for person, other in ((link.source, link.target), (link.target, link.source)):
                if person != other and world.is_a(world.node(person), "Person") and stands_for_itself(world, other):
                    yield Tie(person, other, link)


def ties_of(world: World, person: str) -> list[Tie]:
    """The ties of one person."""
    found = []
    for link in world.touching(person, *world.types()):
        other = link.target if link.source == person else link.source
        if other != person and stands_for_itself(world, other):
            found.append(Tie(person, other, link))
    return found


def ties_that_end(world: World) -> Iterator[Tie]:
    """Ties whose end is known."""
    known = world.ontology.relationship_types
    dated = [type for type in world.types() if type not in known or known[type].dated]
    return (tie for tie in all_ties(world, dated) if tie.period.end)


def ties_to_organisations(world: World) -> Iterator[Tie]:
    """Ties to an organisation."""
    return (tie for tie in all_ties(world, world.types()) if world.is_a(world.node(tie.other), "Organization"))


def people_at(world: World, node: str, day: datetime.date) -> dict[str, list[Relationship]]:
    """The people with a tie to a node that holds on the day, and the facts."""
    found: dict[str, list[Relationship]] = {}
    for link in world.touching(node, *world.types()):
        person = link.source if link.target == node else link.target
        if person != node and world.is_a(world.node(person), "Person") and period_of(link).covers(day):
            found.setdefault(person, []).append(link)
    return dict(sorted(found.items()))


def near(world: World, node: str, day: datetime.date, without: str = "") -> set[str]:
    """What a node is tied to on the day, hubs, links and ``without`` left out."""
    found = set()
    for link in world.touching(node, *world.types()):
        other = link.target if link.source == node else link.source
        if other not in (node, without) and period_of(link).covers(day) and stands_for_itself(world, other):
            found.add(other)
    return found


def connected(world: World, one: str, other: str, day: datetime.date, without: str = "") -> bool:
    """Whether two nodes are tied to each other on the day, or both to a third that is not ``without``."""
    around = near(world, one, day, without)
    return other in around or not around.isdisjoint(near(world, other, day, without))


def only_through(world: World, person: str, place: str, on: datetime.date, after: datetime.date) -> list[str]:
    """Which organisations, studios, teams and projects the person ties to a place on one day and nobody and nothing else connects with it
    on another; sorted."""
    ends = {tie.other for tie in ties_of(world, person) if tie.period.covers(on)} - {place}
    things = sorted(end for end in ends if is_place(world, end))
    around = near(world, place, after, person) if things else set()
    return [end for end in things if end not in around and around.isdisjoint(near(world, end, after, person))]


def ending(world: World, day: datetime.date, days: int) -> list[Tie]:
    """Ties that end on the day or within so many days after it and that no other tie of the same person to the same node continues, by
    end, then id."""
    last = day + datetime.timedelta(days=days)
    found = [tie for tie in ties_that_end(world) if day <= last_day(tie.period.end) <= last]
    lasting = [tie for tie in found if not continued(world, tie)]
    return sorted(lasting, key=lambda tie: (last_day(tie.period.end), tie.link.id))


def continued(world: World, tie: Tie) -> bool:
    """Whether another tie of the same person to the same node holds on the day after this one ends."""
    after = last_day(tie.period.end) + datetime.timedelta(days=1)
    return any(each.other == tie.other and each.link.id != tie.link.id and each.period.covers(after) for each in ties_of(world, tie.person))
