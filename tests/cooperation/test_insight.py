"""Insights: each line is what brute force finds on random small towns, and rests on facts."""

from __future__ import annotations

import datetime
from itertools import combinations

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation.insight import INSIGHTS
from cooperation.insight.missing_pairs import CHAIN
from cooperation.matching.conditions import smallest_change
from cooperation.world import World
from tests.cooperation.facts import DAY, Facts, cells
from tests.cooperation.world import ONTOLOGY
from tests.examples import examples

UNIVERSITIES, FIRMS, PEOPLE = ("u0", "u1", "u2"), ("e0", "e1", "e2"), ("p0", "p1", "p2", "p3", "p4")
ENDS = ("2020-08-31", "2020-10-15", "2020-12-05", "2020-12-15", "2021-07-31")
FOREVER = datetime.date(2020, 12, 9)
"""90 days on."""


@st.composite
def towns(draw: st.DrawFn) -> Facts:
    facts = Facts()
    facts.node("d", "District")
    for id in UNIVERSITIES:
        facts.node(id, "University")
    for id in FIRMS:
        facts.node(id, "Enterprise")
        facts.link("LOCATED_IN", id, "d")
    facts.node("f", "Field", level=2)
    for id in PEOPLE:
        facts.expert(id, draw(st.sampled_from(UNIVERSITIES)), "d", "2020-01-01", draw(st.sampled_from(ENDS)))
        if draw(st.booleans()):
            facts.link("EXPERT_IN", id, "f")
        if draw(st.integers(0, 3)) == 0:
            facts.link("ADVISES", id, "d", validFrom="2020-10-01")
    for number in range(draw(st.integers(1, 6))):
        need = facts.need(f"n{number}", draw(st.sampled_from(FIRMS)), "f", draw(st.sampled_from(("已发布", "对接中", "已完成"))))
        for person in draw(st.sets(st.sampled_from(PEOPLE), max_size=2)):
            facts.link("ACCEPTED", person, need, validFrom="2020-03-01")
    for number in range(draw(st.integers(0, 3))):
        event = facts.node(f"m{number}", "Meeting", date=draw(st.sampled_from(("2020-02-01", "2020-09-05"))))
        for end in draw(st.sets(st.sampled_from((*PEOPLE, *FIRMS)), min_size=2, max_size=3)):
            facts.link("INVOLVES", event, end)
    return facts


def pairs(facts: Facts, day: datetime.date, without: str = "") -> set[tuple[str, str]]:
    """University and enterprise that somebody connects on the day, by looking at every combination."""
    found = set()
    ends = {(each.type, each.source, each.target) for each in facts.relationships}
    for person in PEOPLE:
        term = facts.nodes[f"{person}-term"]
        if person == without or not str(term.properties["startDate"]) <= day.isoformat() <= str(term.properties["endDate"]):
            continue
        for university in UNIVERSITIES:
            for need in (id for id, node in facts.nodes.items() if node.type == "Need"):
                for firm in FIRMS:
                    if {("SENT_BY", term.id, university), ("ACCEPTED", person, need), ("POSTED", firm, need)} <= ends:
                        found.add((university, firm))
    return found


@settings(max_examples=examples(60), deadline=None)
@given(towns())
def test_the_radar_tells_the_pairs_that_go_with_each_term(facts: Facts) -> None:
    told = {(row[0], row[1], row[2], row[3]) for row in cells(INSIGHTS["radar"], facts) if row[2] is not None}
    by_force = set()
    for person in PEOPLE:
        end = datetime.date.fromisoformat(str(facts.nodes[f"{person}-term"].properties["endDate"]))
        if DAY <= end <= FOREVER:
            by_force |= {(person, end.isoformat(), *pair) for pair in pairs(facts, end) - pairs(facts, end, without=person)}
    assert told == by_force


@settings(max_examples=examples(60), deadline=None)
@given(towns())
def test_the_radar_tells_needs_that_nobody_else_holds_and_who_stays_an_adviser(facts: Facts) -> None:
    takers: dict[str, set[str]] = {}
    for each in facts.relationships:
        if each.type == "ACCEPTED":
            takers.setdefault(each.target, set()).add(each.source)
    ends = {person: str(facts.nodes[f"{person}-term"].properties["endDate"]) for person in PEOPLE}
    advisers = {each.source for each in facts.relationships if each.type == "ADVISES"}
    told: dict[str, set[str]] = {}
    for row in cells(INSIGHTS["radar"], facts):
        told.setdefault(str(row[0]), set()).update(row[4])  # type: ignore[arg-type]
        assert row[6] is (row[0] in advisers)
        assert row[0] not in row[5]  # type: ignore[operator]
        assert all(ends[other] > ends[str(row[0])] for other in row[5])  # type: ignore[attr-defined]
    for person in PEOPLE:
        if DAY.isoformat() <= ends[person] <= FOREVER.isoformat():
            risk = {
                need
                for need, held in takers.items()
                if person in held
                and facts.nodes[need].properties["state"] != "已完成"
                and all(ends[other] <= ends[person] for other in held - {person})
            }
            assert told.get(person, set()) <= risk
            lost = pairs(facts, datetime.date.fromisoformat(ends[person])) - pairs(
                facts, datetime.date.fromisoformat(ends[person]), without=person
            )
            if not lost:
                assert told.get(person, set()) == risk


@settings(max_examples=examples(60), deadline=None)
@given(towns())
def test_missing_pairs_are_those_that_nobody_connects_with_the_shortest_chain(facts: Facts) -> None:
    told = cells(INSIGHTS["missing-pairs"], facts)
    ever = {pair for day in ("2020-03-02", *ENDS) for pair in pairs(facts, datetime.date.fromisoformat(day))}
    strong: dict[str, set[str]] = {}
    for each in facts.relationships:
        if each.type in ("EXPERT_IN", "ACCEPTED") and str(facts.nodes[f"{each.source}-term"].properties["endDate"]) >= DAY.isoformat():
            home = next(link.target for link in facts.relationships if link.type == "SENT_BY" and link.source == f"{each.source}-term")
            strong.setdefault(home, set()).add(each.source)
    wanting = {
        each.source
        for each in facts.relationships
        if each.type == "POSTED" and facts.nodes[each.target].properties["state"] in ("已发布", "已接单", "对接中")
    }
    by_force = {(home, firm) for home, people in strong.items() for firm in wanting if len(people) >= 2 and (home, firm) not in ever}
    assert {(row[1], row[3]) for row in told} == by_force
    graph: nx.Graph[str] = nx.Graph([(each.source, each.target) for each in facts.relationships if each.type in CHAIN])
    for row in told:
        home, firm, chain, introducer = str(row[1]), str(row[3]), row[5], row[6]
        assert isinstance(chain, list)
        if home in graph and firm in graph and nx.has_path(graph, firm, home):
            assert len(chain) + 1 == nx.shortest_path_length(graph, firm, home)
            assert all(graph.has_edge(a, b) for a, b in zip([firm, *chain], [*chain, home], strict=True))
            assert introducer == next((id for id in chain if facts.nodes[id].type == "Person"), None)
        else:
            assert (chain, introducer) == ([], None)


@settings(max_examples=examples(60), deadline=None)
@given(towns())
def test_ties_that_stay_are_what_happened_after_the_last_term(facts: Facts) -> None:
    told = {(row[0], row[3], row[4]) for row in cells(INSIGHTS["ties-that-stay"], facts)}
    by_force = set()
    for each in facts.relationships:
        person = each.target if each.type == "INVOLVES" else each.source
        if person in PEOPLE and each.type in ("INVOLVES", "ACCEPTED", "ADVISES"):
            on = str(facts.nodes[each.source].properties["date"]) if each.type == "INVOLVES" else str(each.properties["validFrom"])
            other = each.source if each.type == "INVOLVES" else each.target
            end = str(facts.nodes[f"{person}-term"].properties["endDate"])
            if end < DAY.isoformat() and end < on <= DAY.isoformat():
                by_force.add((person, other, on))
    assert told == by_force


CONDITIONS = ("a", "b", "c", "d")


@given(st.dictionaries(st.sampled_from("pqrstuv"), st.sets(st.sampled_from(CONDITIONS)), max_size=7))
def test_the_smallest_change_is_the_least_that_lets_most_fit(failed: dict[str, set[str]]) -> None:
    found = smallest_change((who, sorted(conditions)) for who, conditions in failed.items())
    if not failed or any(not conditions for conditions in failed.values()):
        assert found is None
        return
    for size in range(1, len(CONDITIONS) + 1):
        helped = {
            lifted: [who for who, conditions in failed.items() if conditions <= set(lifted)] for lifted in combinations(CONDITIONS, size)
        }
        if any(helped.values()):
            break
    most = max(map(len, helped.values()))
    assert found is not None
    assert (len(found.conditions), found.fitting) == (size, most)
    assert helped[found.conditions] and found.example in helped[found.conditions]


def test_a_world_that_follows_is_the_world_that_is_read_anew() -> None:
    facts = Facts()
    facts.node("u", "University")
    world = World.of(ONTOLOGY, 1, facts.nodes.values(), facts.relationships)
    assert [node.id for node in world.nodes("Organization")] == ["u"]
    assert world.nodes("Person") == [] and world.out("u", "UNIT_OF") == []
