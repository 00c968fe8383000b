"""What speaks for somebody and a need besides their texts: fields, industries, readiness, paths, earlier work, district, load, term. Each
a value from 0 to 1 with the facts that it rests on.

What hangs on the need itself (who took it on, what was agreed on it) never speaks for anybody: it is the answer, not a reason.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cooperation.matching.industries import code_of, nearness, worked_with
from cooperation.needs.moves import ENDED, State
from cooperation.ownership import STEPPED_BACK, districts
from cooperation.periods import period_of
from cooperation.world import World, figure, text
from graph.model import Relationship
from graph.values import last_day

AROUND = (
    "ACCEPTED",
    "POSTED",
    "BASED_AT",
    "LEADS",
    "MEMBER_OF",
    "PAIRED_WITH",
    "COVERS",
    "SIGNED_BY",
    "INVOLVES",
    "TRANSFORMED_AT",
    "CREATED",
)
"""Along which relationships somebody is near an enterprise; hubs are left out."""

FARTHEST = 3
"""Hops to an enterprise beyond which nobody would introduce anybody."""

BUSY = 5
"""Needs at once that make somebody fully loaded: the mean load of those who have any is below 2 in the sample city."""

OFTEN = 3
"""Earlier works with an enterprise beyond which more tell nothing new."""


@dataclass(frozen=True, slots=True)
class Signal:
    """``value`` from 0 to 1, and the ids of what it rests on."""

    value: float
    facts: tuple[str, ...] = ()


NONE = Signal(0.0)
NO_FACTS: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """A need as signals look at it: what was there before it, and around its enterprises."""

    world: World
    need: str
    day: datetime.date
    fields: frozenset[str]
    firms: tuple[str, ...]
    districts: frozenset[str]
    own: frozenset[str]
    near: Mapping[str, tuple[int, Relationship]]


def setting_of(world: World, need: str, day: datetime.date) -> Setting:
    """Reads what is around a need."""
    covering = {each.source for each in world.into(need, "COVERS")}
    firms = tuple(sorted({each.source for each in world.into(need, "POSTED")}))
    own = frozenset({need, *covering, *(each.source for each in world.into(need, "INVOLVES"))})
    fields = {each.target for each in world.out(need, "IN_FIELD")}
    return Setting(world, need, day, frozenset(fields), firms, frozenset(districts(world, need)), own, _near(world, firms, own))


def _near(world: World, firms: Sequence[str], own: frozenset[str]) -> Mapping[str, tuple[int, Relationship]]:
    """All within one hop less than the farthest: whoever is farther is looked at from their own end."""
    found: dict[str, tuple[int, Relationship]] = {}
    edge = set(firms)
    seen = set(firms) | own
    for hops in range(1, FARTHEST):
        further: dict[str, Relationship] = {}
        for id in sorted(edge):
            for link in world.touching(id, *AROUND):
                other = link.target if link.source == id else link.source
                if other not in seen:
                    further.setdefault(other, link)
        found.update({id: (hops, link) for id, link in further.items()})
        seen |= further.keys()
        edge = set(further)
    return MappingProxyType(found)


def field_shared(setting: Setting, who: str) -> Signal:
    """1 for a field of the need's own, or one below it; ½ for having taken on other needs of that field."""
    world = setting.world
    for link in world.out(who, "EXPERT_IN", "IN_FIELD"):
        above = {link.target, *(each.target for each in world.out(link.target, "BROADER"))}
        if above & setting.fields:
            return Signal(1.0, (link.id,))
    for link in world.out(who, "ACCEPTED"):
        if link.target != setting.need:
            for other in world.out(link.target, "IN_FIELD"):
                if other.target in setting.fields:
                    return Signal(0.5, (link.id, other.id))
    return NONE


def industry_known(setting: Setting, who: str) -> Signal:
    """How near the nearest industry of an enterprise that somebody worked with is to the industry of the need's own (GB/T 4754): 1 for one
    class, ¾ for one group, ½ for one division, ¼ for one section. The need's own enterprise does not count: that is earlier work."""
    world = setting.world
    wanted = [code for firm in setting.firms if (code := code_of(world, firm))]
    best, facts = 0.0, NO_FACTS
    if wanted:
        for firm, links in worked_with(world, who, setting.own):
            if firm not in setting.firms:
                near = max(nearness(code, code_of(world, firm)) for code in wanted)
                if near > best:
                    best, facts = near, (*links, firm, *setting.firms[:1])
    return Signal(best, facts) if best else NONE


def path_to_enterprise(setting: Setting, who: str) -> Signal:
    """1 for a tie to the enterprise itself, ½ over one in between, ⅓ over two; nothing beyond."""
    found = hops_to(setting, who)
    return NONE if found is None else Signal(1 / found[0], (found[1].id,))


def hops_to(setting: Setting, who: str) -> tuple[int, Relationship] | None:
    """How many hops somebody is from the need's enterprises, and the relationship at their end."""
    if who in setting.near:
        return setting.near[who]
    for link in setting.world.touching(who, *AROUND):
        other = link.target if link.source == who else link.source
        if other not in setting.own and setting.near.get(other, (0, link))[0] == FARTHEST - 1:
            return FARTHEST, link
    return None


def earlier_work(setting: Setting, who: str) -> Signal:
    """Agreements, meetings, visits and other needs that both the person and the enterprise were part of; 3 or more count fully."""
    world = setting.world
    theirs = {each.source: each for each in world.into(who, "COVERS", "SIGNED_BY", "INVOLVES")}
    theirs.update({each.target: each for each in world.out(who, "ACCEPTED")})
    shared: dict[str, tuple[str, str]] = {}
    for firm in setting.firms:
        links = [*world.into(firm, "SIGNED_BY", "INVOLVES"), *world.out(firm, "POSTED")]
        for link in links:
            event = link.target if link.source == firm else link.source
            if event in theirs and event not in setting.own:
                shared[event] = (theirs[event].id, link.id)
    facts = tuple(id for pair in shared.values() for id in pair)
    return Signal(min(len(shared), OFTEN) / OFTEN, facts[: 2 * OFTEN]) if shared else NONE


def same_district(setting: Setting, who: str) -> Signal:
    """1 for somebody posted to, or placed in, the enterprise's district."""
    shared = setting.districts & set(districts(setting.world, who))
    facts = [each.id for each in setting.world.out(who, "HAS_TERM", "BASED_AT", "LOCATED_IN")]
    return Signal(1.0, tuple(facts[:1])) if shared else NONE


def held_now(world: World, who: str, need: str, day: datetime.date) -> list[Relationship]:
    """The other needs that somebody has taken on and not finished."""
    found = []
    for link in world.out(who, "ACCEPTED"):
        state = State(text(world.node(link.target), "state") or State.PUBLISHED.value)
        if link.target != need and state not in ENDED and link.properties.get("state") != STEPPED_BACK and period_of(link).covers(day):
            found.append(link)
    return found


def load(setting: Setting, who: str) -> Signal:
    """How loaded somebody is: 5 needs at once count fully. It speaks against."""
    held = held_now(setting.world, who, setting.need, setting.day)
    return Signal(min(len(held), BUSY) / BUSY, tuple(each.id for each in held[:BUSY])) if held else NONE


def readiness(setting: Setting, who: str) -> Signal:
    """The highest readiness of a result of theirs (TRL of 9), against what the need asks for where it does."""
    wanted = figure(setting.world.node(setting.need), "hasTrl") or 9.0
    best, fact = 0.0, ""
    for link in setting.world.out(who, "CREATED", "PRODUCED"):
        level = figure(setting.world.node(link.target), "trl") or 0.0
        if level > best:
            best, fact = level, link.id
    return Signal(min(best / wanted, 1.0), (fact,)) if fact else NONE


def term_left(setting: Setting, who: str) -> Signal:
    """1 for a term that lasts until the need's deadline (or a year on, where it has none); the share of that time that it covers else."""
    due = text(setting.world.node(setting.need), "dueDate")
    until = last_day(due) if due else setting.day + datetime.timedelta(days=365)
    best, fact = 0.0, ""
    for link in setting.world.out(who, "HAS_TERM"):
        end = text(setting.world.node(link.target), "endDate")
        left = 1.0 if not end else (last_day(end) - setting.day).days / max((until - setting.day).days, 1)
        if min(left, 1.0) > best:
            best, fact = min(left, 1.0), link.id
    return Signal(best, (fact,)) if fact else NONE


SIGNALS: Mapping[str, Callable[[Setting, str], Signal]] = MappingProxyType(
    {
        "field": field_shared,
        "industry": industry_known,
        "readiness": readiness,
        "path": path_to_enterprise,
        "earlier": earlier_work,
        "district": same_district,
        "term": term_left,
        "load": load,
    }
)
"""Besides ``words`` and ``sense``."""
