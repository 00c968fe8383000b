"""Handover radar: for every secondment that ends soon, what hangs on it alone, and who could take it over."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from cooperation.insight.handover import handovers
from cooperation.matching.signals import AROUND, FARTHEST
from cooperation.needs.moves import ENDED, state_of
from cooperation.ownership import STEPPED_BACK, districts
from cooperation.parameters import count
from cooperation.periods import period_of
from cooperation.questions.lacking import ENDING_TIES
from cooperation.questions.links import DISTRICT
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids, refs
from cooperation.ways import Term, Way, advises, experts, in_place, terms_of, ways
from cooperation.world import World
from graph.ontology.schema import Label
from graph.values import last_day

DAYS = 90


def standing_ways(world: World, day: datetime.date) -> list[Way]:
    """The ways from a university to an enterprise of which term and acceptance cover the day."""
    found = (way for way in ways(world) if world.is_a(world.node(way.home), "University"))
    return [way for way in found if way.term.period.covers(day) and period_of(way.accepted).covers(day)]


def ending(world: World, day: datetime.date, days: int) -> list[Term]:
    """The terms that end on the day or within so many days after it, by end, then id."""
    last = day + datetime.timedelta(days=days)
    found = [
        term
        for person in experts(world)
        for term in terms_of(world, person)
        if term.period.end and day <= last_day(term.period.end) <= last
    ]
    return sorted(found, key=lambda term: (last_day(term.period.end), term.id))


def lost_pairs(on_its_last_day: Iterable[Way], term: str) -> Mapping[tuple[str, str], list[Way]]:
    """The pairs of university and enterprise that only this term connects on that day, with the ways that do."""
    held: dict[tuple[str, str], list[Way]] = {}
    for way in on_its_last_day:
        held.setdefault((way.home, way.enterprise), []).append(way)
    return {pair: found for pair, found in sorted(held.items()) if {way.term.id for way in found} == {term}}


def needs_at_risk(world: World, person: str, after: datetime.date) -> list[str]:
    """Needs that the person has taken on and not finished, and that nobody else who took them on will be in place for."""
    found = []
    for link in world.out(person, "ACCEPTED"):
        need = world.node(link.target)
        if need is None or state_of(need) in ENDED or link.properties.get("state") == STEPPED_BACK:
            continue
        others = {each.source for each in world.into(link.target, "ACCEPTED") if each.properties.get("state") != STEPPED_BACK} - {person}
        if not any(in_place(world, other, after) for other in others):
            found.append(link.target)
    return sorted(found)


def successors(world: World, term: Term, firms: Iterable[str], after: datetime.date) -> list[str]:
    """Who will be in place and has a path of at most 3 hops to one of these enterprises already; colleagues of the same home first, then
    the nearest, then by id."""
    hops = hops_from(world, firms)
    found = []
    for person in experts(world):
        if person != term.expert and person in hops and in_place(world, person, after):
            homes = {home for each in terms_of(world, person) for home in each.homes}
            found.append((not homes & set(term.homes), hops[person], person))
    return [person for _, _, person in sorted(found)]


def hops_from(world: World, start: Iterable[str]) -> dict[str, int]:
    """How many hops, of at most 3, everything lies from these."""
    found = dict.fromkeys(start, 0)
    edge = set(found)
    for hops in range(1, FARTHEST + 1):
        near = {end for id in edge for each in world.touching(id, *AROUND) for end in (each.source, each.target)}
        edge = near - found.keys()
        found.update(dict.fromkeys(edge, hops))
    return found


def radar(asked: QuestionContext) -> list[Line]:
    """One line a term and pair that is lost with it; one without a pair where only needs are at risk. Then the same of every other tie of
    people that ends."""
    world, wanted = asked.world, asked.given.text("district")
    days = DAYS if asked.given.count("days") is None else asked.given.count("days") or 0
    of_day: dict[datetime.date, list[Way]] = {}
    lines = []
    for term in ending(world, asked.day, days):
        if wanted and wanted not in districts(world, term.expert):
            continue
        end = last_day(term.period.end)
        after = end + datetime.timedelta(days=1)
        if end not in of_day:
            of_day[end] = standing_ways(world, end)
        lost = lost_pairs(of_day[end], term.id)
        if any(each.period.covers(after) for each in terms_of(world, term.expert) if each.id != term.id):
            continue  # they stay by another term
        risk = needs_at_risk(world, term.expert, after)
        kept = [each for each in advises(world, term.expert) if period_of(each).covers(after)]
        for pair, found in lost.items():
            follow = successors(world, term, [pair[1]], after)
            at_risk = [way.need for way in found if way.need in risk]
            facts = ids(term.id, *term.links, *(each for way in found for each in (way.accepted, way.posted)), *kept)
            cells = (
                Ref(term.expert),
                end.isoformat(),
                Ref(pair[0]),
                Ref(pair[1]),
                refs(sorted(set(at_risk))),
                refs(follow[:3]),
                bool(kept),
            )
            lines.append(Line(cells, facts))
        if risk and not lost:
            links = [each for each in world.out(term.expert, "ACCEPTED") if each.target in risk]
            lines.append(
                Line((Ref(term.expert), end.isoformat(), None, None, refs(risk), (), bool(kept)), ids(term.id, *term.links, *links))
            )
    return lines + handovers(world, asked.day, days, wanted)


QUESTION = Question(
    0,
    "radar",
    Label("交接雷达", "Handover radar"),
    Label(
        "限期内结束的挂职、任职等：唯一靠它相连的两端、有风险的需求、已有路径的接任者；聘为顾问者联系仍在",
        "Terms and other ties that end soon: pairs they alone connect, needs at risk, successors with a path; who advises keeps the tie",
    ),
    (count("days", "天数", "days; 90 if not given"), DISTRICT),
    (
        column("expert", "离任者", "leaving"),
        column("end", "结束", "ends"),
        column("university", "高校或单位", "university or organisation"),
        column("enterprise", "企业等", "enterprise or other"),
        column("needs", "有风险的需求", "needs at risk"),
        column("successors", "可接任者", "successors"),
        column("advises", "受聘顾问", "advises after"),
    ),
    radar,
    needs=(ENDING_TIES,),
)
