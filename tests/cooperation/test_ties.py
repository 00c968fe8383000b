"""Ties of any kind: an office whose tables know no secondments has its radar too, and lines are what brute force finds."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from cooperation.insight import INSIGHTS
from cooperation.questions.lacking import ENDING_TIES, TIES, lacking
from cooperation.questions.register import QUESTIONS
from cooperation.ties import connected, only_through
from tests.cooperation.facts import DAY, Facts, cells

PLACES, PEOPLE = ("m0", "m1", "m2"), ("p0", "p1", "p2", "p3")
ENDS = ("", "2020-08-31", "2020-10-15", "2020-12-09", "2020-12-10")
LAST = datetime.date(2020, 12, 9)
"""90 days on."""


def museum() -> Facts:
    """Two people tie a museum to a foundation and a school; one of these ties ends in November."""
    facts = Facts()
    for id in ("museum", "foundation", "school"):
        facts.node(id, "Agency")
    for id in ("leaver", "stayer"):
        facts.node(id, "Person")
    facts.link("EMPLOYED_BY", "leaver", "museum", validFrom="2018-01-01", validTo="2020-11-30")
    facts.link("EMPLOYED_BY", "leaver", "foundation", validFrom="2019-01-01")
    facts.link("EMPLOYED_BY", "stayer", "museum", validFrom="2017-01-01")
    facts.link("EMPLOYED_BY", "stayer", "school", validFrom="2017-01-01")
    return facts


def test_the_radar_tells_who_leaves_and_what_only_they_connect() -> None:
    (line,) = cells(INSIGHTS["radar"], museum())
    assert line[:4] == ("leaver", "2020-11-30", "museum", "foundation")
    assert line[5] == ["stayer"]


def test_a_tie_that_goes_on_is_no_handover() -> None:
    facts = museum()
    facts.link("EMPLOYED_BY", "leaver", "museum", validFrom="2020-12-01")
    assert cells(INSIGHTS["radar"], facts) == []


def test_who_leaves_where_nothing_hangs_on_them_is_listed_all_the_same() -> None:
    facts = museum()
    facts.link("EMPLOYED_BY", "stayer", "foundation", validFrom="2020-01-01")
    (line,) = cells(INSIGHTS["radar"], facts)
    assert line[:4] == ("leaver", "2020-11-30", "museum", None)


def test_single_points_are_organisations_where_there_are_no_terms() -> None:
    lines = cells(QUESTIONS[12], museum())
    assert [(line[0], line[1], line[3]) for line in lines] == [("foundation", "leaver", ["museum"]), ("school", "stayer", ["museum"])]


def test_what_hangs_on_one_person_needs_no_batch() -> None:
    assert [line[1] for line in cells(QUESTIONS[5], museum(), person="leaver")] == ["foundation"]


def test_ties_that_stay_are_told_without_terms() -> None:
    facts = museum()
    facts.node("old", "Person")
    facts.node("exhibition", "Project")
    facts.link("PARTICIPATES_IN", "museum", "exhibition")
    facts.link("EMPLOYED_BY", "old", "museum", validFrom="2010-01-01", validTo="2019-12-31")
    facts.link("PARTICIPATES_IN", "old", "exhibition", validFrom="2020-05-01")
    assert [line[:2] + line[3:] for line in cells(INSIGHTS["ties-that-stay"], facts)] == [("old", "2019-12-31", "exhibition", "2020-05-01")]


def test_what_nobody_loaded_is_lacking() -> None:
    facts = museum()
    assert lacking(facts.world, (TIES, ENDING_TIES)) == []
    wanted = [each.types for each in lacking(facts.world, QUESTIONS[1].needs)]
    assert wanted == [("HAS_TERM",), ("SENT_BY",), ("ACCEPTED",), ("POSTED",)]
    empty = Facts()
    assert lacking(empty.world, (TIES, ENDING_TIES)) == [TIES, ENDING_TIES]
    undated = Facts()
    undated.node("p", "Person")
    undated.node("o", "Agency")
    undated.link("EMPLOYED_BY", "p", "o", validFrom="2020-01-01")
    assert lacking(undated.world, (TIES, ENDING_TIES)) == [ENDING_TIES]


def test_every_question_and_insight_says_what_it_rests_on() -> None:
    without = [each.name for each in (*QUESTIONS.values(), *INSIGHTS.values()) if not each.needs]
    assert without == ["known-then"]  # whatever there was


@st.composite
def offices(draw: st.DrawFn) -> Facts:
    facts = Facts()
    for id in PLACES:
        facts.node(id, "Agency")
    for id in PEOPLE:
        facts.node(id, "Person")
        for place in draw(st.sets(st.sampled_from(PLACES), max_size=3)):
            end = draw(st.sampled_from(ENDS))
            facts.link("EMPLOYED_BY", id, place, validFrom="2019-01-01", **({"validTo": end} if end else {}))
    return facts


@given(offices())
def test_the_radar_is_what_looking_at_every_tie_finds(facts: Facts) -> None:
    def holds(end: str, day: datetime.date) -> bool:
        return not end or end >= day.isoformat()

    ties = [(each.source, each.target, str(each.properties.get("validTo", ""))) for each in facts.relationships]
    found: set[tuple[object, ...]] = set()
    for person, place, end in ties:
        if not end or not DAY.isoformat() <= end <= LAST.isoformat():
            continue
        last = datetime.date.fromisoformat(end)
        after = last + datetime.timedelta(days=1)
        others = [other for who, other, until in ties if who == person and other != place and holds(until, last)]
        lost = [
            other
            for other in others
            if not any(
                {place, other} <= {there for one, there, until in ties if one == who and holds(until, after)}
                for who in PEOPLE
                if who != person
            )
        ]
        found |= {(person, end, place, other) for other in lost or [None]}
    assert {line[:4] for line in cells(INSIGHTS["radar"], facts)} == found


def test_connected_means_by_a_tie_or_over_one_node() -> None:
    world = museum().world
    assert connected(world, "museum", "foundation", DAY)
    assert not connected(world, "museum", "foundation", DAY, without="leaver")
    assert not connected(world, "foundation", "school", DAY)
    assert only_through(world, "leaver", "museum", DAY, DAY) == ["foundation"]
