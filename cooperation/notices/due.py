"""What should be told to whom on a day. Pure: the same facts and the same day give the same notices, each with an id of its own, so that
one that was written down already is not written again."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType

from cooperation.matching.ranking import Matcher
from cooperation.needs.moves import ENDED, OPEN_TO_EXPERTS, State, state_of
from cooperation.ownership import STEPPED_BACK, districts
from cooperation.periods import period_of
from cooperation.questions.gaps import meetings
from cooperation.ways import experts, terms_of
from cooperation.world import World, on_day, text
from graph.ontology.schema import Label
from graph.values import last_day

SILENT_DAYS = 90
"""After so many days without a meeting a pair is silent."""

ENDING_DAYS = 30
"""So long before a term ends its district is told: time to name a successor."""

NEAR_DAYS = 14
"""So long before a deadline those concerned are told."""

INVITED = 3
"""Experts who are told of a need that was published: those who fit best."""

LOOK_BACK_DAYS = 7
"""How far back something counts as news: whoever runs this once a week misses nothing, and the first run does not tell of years."""


@dataclass(frozen=True, slots=True)
class Due:
    """``kind`` of ``KINDS``; ``receiver`` as acts name an actor (``enterprise:…``, ``union``); ``about`` are node ids, the first what it is
    about; ``day`` is what makes it news: the same thing on another day is another notice."""

    kind: str
    receiver: str
    about: tuple[str, ...]
    day: str

    @property
    def id(self) -> str:
        """The node that it becomes."""
        key = "\x1f".join((self.kind, self.receiver, self.about[0], self.day))
        return f"platform:notice-{blake2b(key.encode(), digest_size=8).hexdigest()}"


KINDS: Mapping[str, Label] = MappingProxyType(
    {
        "published": Label("有一项需求适合您：“{0}”", "A need that may suit you was published: '{0}'"),
        "accepted": Label("{1}接下了需求“{0}”", "{1} took on the need '{0}'"),
        "silent": Label("“{0}”与{1}已满 90 天未会商", "'{0}' and {1} have not met for 90 days"),
        "term-ending": Label("{0}的挂职将于 {day} 结束", "The secondment of {0} ends on {day}"),
        "deadline": Label("需求“{0}”将于 {day} 截止", "The need '{0}' is due on {day}"),
    }
)
"""What is said of each: numbers stand for the captions of what it is about."""


def due(world: World, day: datetime.date, matcher: Callable[[], Matcher]) -> list[Due]:
    """All that should have been told by the day, by id."""
    found = [*_published(world, day, matcher), *_accepted(world, day), *_silent(world, day), *_ending(world, day), *_deadlines(world, day)]
    return sorted({each.id: each for each in found}.values(), key=lambda each: each.id)


def _published(world: World, day: datetime.date, matcher: Callable[[], Matcher]) -> Iterator[Due]:
    for need in world.nodes("Need"):
        since = text(need, "stateSince")
        if state_of(need) is State.PUBLISHED and _recent(since, day):
            for fit in matcher().for_need(need.id, day, limit=INVITED).fit:
                yield Due("published", f"expert:{fit.id}", (need.id,), since)


def _accepted(world: World, day: datetime.date) -> Iterator[Due]:
    for link in world.links("ACCEPTED"):
        on = period_of(link).start
        if _recent(on, day) and link.properties.get("state") != STEPPED_BACK:
            for posted in world.into(link.target, "POSTED"):
                yield Due("accepted", f"enterprise:{posted.source}", (link.target, link.source), f"{on} {link.source}")


def _silent(world: World, day: datetime.date) -> Iterator[Due]:
    for pair in on_day(world.links("PAIRED_WITH"), day):
        met = meetings(world, pair, day)
        since = max((text(met[-1], "date") if met else ""), period_of(pair).start)
        if since and (day - last_day(since)).days >= SILENT_DAYS:
            for receiver in (f"studio:{pair.source}", f"expert:{pair.target}", "union"):
                yield Due("silent", receiver, (pair.source, pair.target), since)


def _ending(world: World, day: datetime.date) -> Iterator[Due]:
    for person in experts(world):
        for term in terms_of(world, person):
            end = term.period.end
            if end and day <= last_day(end) <= day + datetime.timedelta(days=ENDING_DAYS):
                for district in districts(world, person):
                    yield Due("term-ending", f"district:{district}", (person,), last_day(end).isoformat())


def _deadlines(world: World, day: datetime.date) -> Iterator[Due]:
    for need in world.nodes("Need"):
        end = text(need, "dueDate")
        state = state_of(need)
        if not end or state in ENDED or state not in (OPEN_TO_EXPERTS | {State.SIGNED, State.UNDER_WAY}):
            continue
        if day <= last_day(end) <= day + datetime.timedelta(days=NEAR_DAYS):
            yield from (Due("deadline", receiver, (need.id,), last_day(end).isoformat()) for receiver in _parties(world, need.id))


def _parties(world: World, need: str) -> Iterable[str]:
    yield from (f"enterprise:{each.source}" for each in world.into(need, "POSTED"))
    yield from (f"expert:{each.source}" for each in world.into(need, "ACCEPTED") if each.properties.get("state") != STEPPED_BACK)


def _recent(since: str, day: datetime.date) -> bool:
    return len(since) >= len("2020-01-01") and 0 <= (day - last_day(since[:10])).days <= LOOK_BACK_DAYS
