"""How experts connect: their home organisations, what they took on, when."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from cooperation.periods import Period
from cooperation.world import World, text
from graph.model import Relationship

TERM = "HAS_TERM"


@dataclass(frozen=True, slots=True)
class Term:
    """One secondment of an expert: its node, home organisations, districts or towns, and when."""

    id: str
    expert: str
    homes: tuple[str, ...]
    places: tuple[str, ...]
    period: Period
    links: tuple[Relationship, ...]


def terms_of(world: World, expert: str) -> list[Term]:
    """The secondments of an expert, by their id."""
    return [_term(world, expert, link) for link in world.out(expert, TERM)]


def _term(world: World, expert: str, link: Relationship) -> Term:
    node = world.node(link.target)
    sent, posted = world.out(link.target, "SENT_BY"), world.out(link.target, "POSTED_TO")
    return Term(
        id=link.target,
        expert=expert,
        homes=tuple(each.target for each in sent),
        places=tuple(each.target for each in posted),
        period=Period(text(node, "startDate"), text(node, "endDate")),
        links=(link, *sent, *posted),
    )


def experts(world: World) -> list[str]:
    """Everybody who is or was seconded, by id."""
    return sorted({each.source for each in world.links(TERM)})


def in_place(world: World, expert: str, day: datetime.date) -> bool:
    """Whether a term of the expert covers the day."""
    return any(term.period.covers(day) for term in terms_of(world, expert))


def advises(world: World, expert: str) -> list[Relationship]:
    """The districts that an expert advises: the tie that stays after a term."""
    return [each for each in world.out(expert, "ADVISES") if world.is_a(world.node(each.target), "District")]


@dataclass(frozen=True, slots=True)
class Way:
    """University (or another home organisation), expert, need, enterprise, with the facts in between: the pattern of the house."""

    home: str
    expert: str
    need: str
    enterprise: str
    term: Term
    accepted: Relationship
    posted: Relationship
    sent: Relationship


def ways(world: World) -> Iterator[Way]:
    """All ways from a home organisation through a term, an expert and a need that the expert took on, to its enterprise."""
    for accepted in sorted(world.links("ACCEPTED"), key=lambda each: each.id):
        for posted in world.into(accepted.target, "POSTED"):
            for term in terms_of(world, accepted.source):
                for sent in (each for each in term.links if each.type == "SENT_BY"):
                    yield Way(sent.target, accepted.source, accepted.target, posted.source, term, accepted, posted, sent)
