"""Whose a node is: the same for whoever acts (the store), whoever reads (the world) and for rows of a list, on every town."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.needs.need_list import read_needs
from cooperation.ownership import Ownerships, districts, ownership
from cooperation.roles import Resource
from cooperation.surroundings import StoreSurroundings
from cooperation.world import World
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import RecordDrafts
from graph.store import Store
from tests.cooperation.facts import DAY, Facts
from tests.cooperation.world import OFFICE_FILE, ONTOLOGY
from tests.graph.ledger.builders import Clock, link, load, node, row

HANJIANG, GAOYOU = "gb2260:321003", "gb2260:321084"


def check_equal(store: Store, day: datetime.date) -> int:
    """Desk, world and list say the same of every node; how many nodes there are."""
    world, listed = World.read(store, ONTOLOGY), read_needs(store, ONTOLOGY)
    theirs = Ownerships(world, day)
    ids = sorted(node.id for node in world.all_nodes())
    for id in ids:
        at_the_desk = ownership(StoreSurroundings(store, ONTOLOGY), id, day=day)
        assert at_the_desk == ownership(world, id, day=day) == theirs.over(id), id
    for need in world.nodes("Need"):
        assert listed.rows[need.id].resource == theirs.over(need.id), need.id
    return len(ids)


NODES: Mapping[str, tuple[str, ...]] = {
    "City": ("gb2260:321000",),
    "District": (HANJIANG, GAOYOU),
    "Town": ("t:one", "t:two"),
    "Enterprise": ("e:one", "e:two"),
    "University": ("u:one",),
    "Agency": ("o:one",),
    "Person": ("p:one", "p:two"),
    "Studio": ("s:one", "s:two"),
    "TownHeadTeam": ("g:team",),
    "TalentTeam": ("g:talents",),
    "Secondment": ("m:one", "m:two"),
    "Need": ("n:one", "n:two"),
    "Project": ("j:one",),
    "Milestone": ("i:one",),
    "Agreement": ("a:one",),
    "Meeting": ("v:one",),
    "Plan": ("l:one",),
    "PlanItem": ("l:item",),
    "Funding": ("f:one",),
    "Review": ("r:one",),
    "Achievement": ("x:one",),
    "Account": ("c:one",),
    "WorkUpdate": ("w:one",),
    "Target": ("k:one",),
}


def ends(types: tuple[str, ...]) -> tuple[str, ...]:
    """The nodes that a relationship may have at an end of these types."""
    allowed = [type for type in NODES if "any" in types or any(ONTOLOGY.is_a(type, wanted) for wanted in types)]
    return tuple(id for type in allowed for id in NODES[type])


LINKS = tuple(
    (type, source, target)
    for type in (
        "LOCATED_IN PART_OF POSTED_TO HAS_TERM IN_TEAM BASED_AT POSTED ACCEPTED RUN_BY PARTICIPATES_IN PRINCIPAL_INVESTIGATOR_OF "
        "MILESTONE_OF BETWEEN SIGNED_BY INVOLVES PLAN_OF ITEM_OF CONCERNS FUNDS EVALUATES WROTE CREATED PRODUCED TRANSFORMED_AT OF "
        "MENTIONS FOR INTRODUCED"
    ).split()
    for source in ends(ONTOLOGY.relationship_types[type].sources)
    for target in ends(ONTOLOGY.relationship_types[type].targets)
    if source != target
)


@st.composite
def towns(draw: st.DrawFn) -> list[RecordDrafts]:
    """Every node, with any of the relationships that the ontology allows; some acceptances taken back, some terms over."""
    over = draw(st.lists(st.sampled_from(NODES["Secondment"]), unique=True))
    dates = {id: "2020-01-01" if id in over else "2021-07" for id in NODES["Secondment"]}
    rows = [
        row(number, node(id, type, name=id, **({"endDate": dates[id]} if id in dates else {})))
        for number, (type, id) in enumerate(((type, id) for type, ids in NODES.items() for id in ids), start=1)
    ]
    chosen = draw(st.lists(st.sampled_from(LINKS), max_size=60, unique=True))
    back = draw(st.booleans())
    for number, (type, source, target) in enumerate(chosen, start=len(rows) + 1):
        state = {"state": "退单"} if type == "ACCEPTED" and back and source == "p:one" else {}
        rows.append(row(number, link(type, source, target, **state)))
    return rows


@given(towns(), st.sampled_from((DAY, DAY - datetime.timedelta(days=400))))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_desk_world_and_list_agree_on_random_towns(
    tmp_path_factory: pytest.TempPathFactory, rows: list[RecordDrafts], day: datetime.date
) -> None:
    folder: Path = tmp_path_factory.mktemp("town")
    store = open_store(f"kglite://{(folder / 'store').as_posix()}", ONTOLOGY)
    try:
        load(Ledger(store, ONTOLOGY, Clock()), OFFICE_FILE, rows)
        assert check_equal(store, day) == sum(map(len, NODES.values()))
    finally:
        store.close()


@pytest.fixture
def facts() -> Facts:
    """A city with a district and its town; an enterprise with a studio, an expert posted to the town, a need and a project."""
    facts = Facts()
    for id, type in (("c:yz", "City"), (HANJIANG, "District"), (GAOYOU, "District"), ("t:one", "Town"), ("u:one", "University")):
        facts.node(id, type)
    facts.link("PART_OF", HANJIANG, "c:yz")
    facts.link("PART_OF", "t:one", HANJIANG)
    for firm, place in (("e:one", "t:one"), ("e:two", GAOYOU), ("u:one", HANJIANG)):
        facts.node(firm, "University" if firm == "u:one" else "Enterprise")
        facts.link("LOCATED_IN", firm, place)
    facts.node("s:one", "Studio")
    facts.link("BASED_AT", "s:one", "e:one")
    facts.expert("p:one", "u:one", "t:one", "2020-07", "2021-07")
    facts.expert("p:gone", "u:one", GAOYOU, "2018-07", "2019-07")
    facts.node("f:weld", "Field")
    facts.need("n:one", "e:one", "f:weld")
    facts.link("ACCEPTED", "p:one", "n:one")
    facts.link("ACCEPTED", "p:gone", "n:one", state="退单")
    facts.node("j:one", "Project")
    facts.link("RUN_BY", "j:one", "s:one")
    facts.link("PARTICIPATES_IN", "p:gone", "j:one")
    facts.node("i:one", "Milestone")
    facts.link("MILESTONE_OF", "i:one", "j:one")
    return facts


def resource(owners: str = "", takers: str = "", *places: str) -> Resource:
    return Resource(frozenset(owners.split()), frozenset(takers.split()), frozenset(places))


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("e:one", resource("e:one", "", HANJIANG)),
        ("s:one", resource("s:one e:one", "", HANJIANG)),
        ("n:one", resource("e:one", "p:one", HANJIANG)),
        ("j:one", resource("s:one e:one", "p:gone", HANJIANG)),
        ("i:one", resource("s:one e:one", "p:gone", HANJIANG)),
        ("p:one", resource("", "p:one", HANJIANG)),
        ("p:gone", resource("", "p:gone")),
        ("u:one", resource("u:one")),
        ("t:one", resource("", "", HANJIANG)),
        (HANJIANG, resource("", "", HANJIANG)),
        ("c:yz", resource()),
        ("nobody", resource()),
    ],
)
def test_whose_a_node_is(facts: Facts, id: str, expected: Resource) -> None:
    assert ownership(facts.world, id, day=DAY) == expected


def test_several_nodes_are_everybodys_whose_one_of_them_is(facts: Facts) -> None:
    assert ownership(facts.world, "n:one", "e:two", day=DAY) == resource("e:one e:two", "p:one", HANJIANG, GAOYOU)
    assert ownership(facts.world, day=DAY) == resource()


def test_a_district_is_told_of_whom_is_posted_to_it_on_the_day_or_ever(facts: Facts) -> None:
    world = facts.world
    assert ownership(world, "p:gone", day=datetime.date(2019, 7, 31)).districts == {GAOYOU}
    assert (districts(world, "p:gone"), districts(world, "p:gone", DAY)) == ((GAOYOU,), ())
    assert districts(world, "u:one") == (HANJIANG,), "where it stands, though what it does is not the district's"
    assert districts(world, "n:one") == districts(world, "s:one") == (HANJIANG,), "the district, and not its whole city"


def test_reviews_are_blind(facts: Facts) -> None:
    facts.node("r:one", "Review")
    facts.link("WROTE", "p:one", "r:one")
    facts.link("EVALUATES", "r:one", "j:one")
    assert ownership(facts.world, "r:one", day=DAY) == resource("", "p:one"), "its reviewer's, and not of those who are judged"
