"""DOMAIN's row of who sees what, on the city: every role asks, and sees its own and no more."""

from __future__ import annotations

from typing import Any

import pytest

from cooperation.roles import READING, Role, Scope
from graph.errors import Forbidden
from lianyin.client import Client

DISTRICT = "district:邗江区"
PLACE = "邗江区"
FAMILIES = {"questions": "question", "insights": "insight", "lists": "listing"}


def lines(client: Client, name: str, actor: str, family: str = "listing", **given: object) -> list[dict[str, Any]]:
    document: Any = getattr(client.on_behalf_of(actor), family)(name, given, "", 10_000).document
    return [each["cells"] for each in document["lines"]]


@pytest.fixture(scope="module")
def office(client: Client) -> Client:
    return client.read_by(clearance=2)


def test_a_studio_sees_its_own_pairs(office: Client) -> None:
    every = lines(office, "pairs", "talent")
    studio = every[0]["studio"]
    own = lines(office, "pairs", f"studio:{studio['id']}")
    assert own == [each for each in every if each["studio"] == studio] and 0 < len(own) < len(every)
    expert = own[0]["expert"]
    assert lines(office, "pairs", f"expert:{expert['id']}") == [each for each in every if each["expert"] == expert]
    with pytest.raises(Forbidden):
        lines(office, "without-partner", "public", "question")


def test_a_district_sees_itself_and_the_union_no_terms(office: Client) -> None:
    every = lines(office, "ageing", "talent", "question")
    own = lines(office, "ageing", DISTRICT, "question")
    assert own == lines(office, "ageing", "talent", "question", district=PLACE) and 0 < len(own) < len(every)
    with pytest.raises(Forbidden, match="own district"):
        lines(office, "ageing", DISTRICT, "question", district="高邮市")
    places = {row["place"]["caption"] for row in office.on_behalf_of(DISTRICT).targets(2020).document["rows"]}  # type: ignore[attr-defined]
    assert places == {PLACE}
    for name in ("batch-ends", "single-points"):
        assert lines(office, name, "talent", "question") and 0 < len(lines(office, name, DISTRICT, "question"))
        with pytest.raises(Forbidden, match="union"):
            lines(office, name, "union", "question")
    assert lines(office, "pairs", "union") == lines(office, "pairs", "talent")


def test_matches_are_for_those_whose_they_are(office: Client) -> None:
    world = office.models.world
    posted = next(each for each in sorted(world.links("POSTED"), key=lambda each: each.id) if world.into(each.source, "OF"))
    expert = next(each.source for each in sorted(world.links("HAS_TERM"), key=lambda each: each.id))
    assert office.on_behalf_of(f"enterprise:{posted.source}").match(posted.target).document == office.match(posted.target).document
    assert office.on_behalf_of(f"expert:{expert}").match(expert).document["subject"]
    other = next(each.source for each in world.links("POSTED") if each.source != posted.source and world.into(each.source, "OF"))
    for node, actor in ((posted.target, f"enterprise:{other}"), (posted.target, f"expert:{expert}"), (expert, f"enterprise:{other}")):
        with pytest.raises(Forbidden) as refused:
            office.on_behalf_of(actor).match(node)
        asked = world.node(node)
        assert asked is not None and asked.caption not in str(refused.value) and node not in str(refused.value)


def test_an_analyst_sees_pseudonyms_and_the_public_counts(office: Client) -> None:
    told = {each["expert"]["caption"] for each in lines(office, "pairs", "talent")}
    pseudonyms = {each["expert"]["caption"] for each in lines(office, "pairs", "analyst")}
    unpublished = {node.caption for node in office.models.world.nodes("Person") if not node.properties.get("published")}
    assert told & unpublished and not pseudonyms & unpublished
    document: Any = office.on_behalf_of("public").targets(2020).document
    counted: Any = office.on_behalf_of("talent").targets(2020).document
    assert [row["counted"] for row in document["rows"]] == [row["counted"] for row in counted["rows"]]
    assert any(row["counted_from"] for row in counted["rows"]) and any(row["rows"] for row in counted["rows"])
    assert not any(row["counted_from"] or row["unknown_ids"] or row["rows"] for row in document["rows"])
    progress: Any = office.on_behalf_of("public").question("7").document
    assert progress["total"] and not any(line["rows"] for line in progress["lines"])
    with pytest.raises(Forbidden):
        office.on_behalf_of("public").reconcile({"needs": 1})
    assert office.on_behalf_of("analyst").reconcile({"needs": 436}).document["equal"]


@pytest.mark.parametrize("role", ["public", "reviewer"])
def test_those_who_see_counts_alone_are_refused_all_else(office: Client, role: str) -> None:
    someone = next(iter(office.models.world.nodes("Person"))).id
    actor = role if role == "public" else f"{role}:{someone}"
    for right in READING:
        name = right.removeprefix("read.")
        if Role(role) in READING[right] or name.startswith(("match", "reconcile", "rows", "targets")):
            continue
        family = next((asked for listed, asked in FAMILIES.items() if name in _names(office, listed)), "")
        with pytest.raises(Forbidden):
            lines(office, name, actor, family)
    assert READING["read.progress"][Role(role)] is Scope.ALL


def _names(client: Client, family: str) -> set[str]:
    document: Any = getattr(client, family)().document
    return {each["name"] for each in document["questions"]}
