"""The handover radar over any dated tie: an office whose tables know no secondments, only employments with an end, has it too."""

from __future__ import annotations

import datetime

from cooperation.ownership import districts
from cooperation.periods import period_of
from cooperation.questions.question import Cell, Line, Ref, ids, refs
from cooperation.ties import Tie, ending, is_place, only_through, people_at, ties_of
from cooperation.ways import advises
from cooperation.world import World
from graph.values import last_day

SUCCESSORS = 3


def handovers(world: World, day: datetime.date, days: int, district: str) -> list[Line]:
    """One line a tie that ends, to an organisation, a studio or team, or a project, and a node that only its person connects with that; one
    without such a node where nothing hangs on the person alone. Ties that rest on a secondment are told by their terms."""
    lines = []
    for tie in ending(world, day, days):
        if not is_place(world, tie.other) or "via" in tie.link.properties:
            continue
        if not district or district in (*districts(world, tie.person), *districts(world, tie.other)):
            lines += _lines(world, tie)
    return lines


def _lines(world: World, tie: Tie) -> list[Line]:
    end = last_day(tie.period.end)
    after = end + datetime.timedelta(days=1)
    colleagues = [person for person in people_at(world, tie.other, after) if person != tie.person]
    lost = only_through(world, tie.person, tie.other, end, after)
    kept = [each for each in advises(world, tie.person) if period_of(each).covers(after)]
    lines = []
    for node in lost or [""]:
        follow = sorted(colleagues, key=lambda person: (node not in {each.other for each in _holding(world, person, after)}, person))
        other: Cell = Ref(node) if node else None
        cells = (Ref(tie.person), end.isoformat(), Ref(tie.other), other, (), refs(follow[:SUCCESSORS]), bool(kept))
        facts = [each.link for each in _holding(world, tie.person, end) if each.other == node]
        lines.append(Line(cells, ids(tie.link, *facts, *kept)))
    return lines


def _holding(world: World, person: str, day: datetime.date) -> list[Tie]:
    return [each for each in ties_of(world, person) if each.period.covers(day)]
