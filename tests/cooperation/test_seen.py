"""Who sees what of the named answers: the table is whole, and each scope reaches what it says and no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cooperation.acting import Desk
from cooperation.insight import INSIGHTS
from cooperation.lists import LISTS
from cooperation.needs import MOVES, NeedDesk
from cooperation.needs.deciding import NeedText
from cooperation.parameters import Arguments, ParameterType
from cooperation.questions.question import Line, Ref
from cooperation.questions.register import QUESTIONS
from cooperation.questions.seen import own_district, seen_of
from cooperation.roles import READING, Actor, Role, Scope
from cooperation.world import World
from graph.errors import Forbidden
from tests.cooperation.world import ACME, BETA, DAY, GAOYOU, HANJIANG, LI, ONTOLOGY, STUDIO, TALENT, UNION, ZHANG, build_more

ALL = {**{each.name: each for each in QUESTIONS.values()}, **INSIGHTS, **LISTS}
ANALYST, PUBLIC, REVIEWER = Actor(Role.ANALYST), Actor(Role.PUBLIC), Actor(Role.REVIEWER, "p:sun")


@pytest.fixture
def world(desk: Desk) -> Iterator[World]:
    build_more(desk.store)
    needs = NeedDesk(desk)
    needs.post(ACME, NeedText("焊接变形", "技术"), "n:1")
    for actor, move in ((ACME, "submit"), (TALENT, "publish"), (ZHANG, "accept")):
        needs.move(actor, "n:1", MOVES[move])
    yield World.read(desk.store, ONTOLOGY)


def test_every_named_answer_has_its_right_and_there_is_none_else() -> None:
    more = {"match-need", "match-expert", "targets", "reconcile", "rows"}
    assert {each.removeprefix("read.") for each in READING} == set(ALL) | more
    for role in Role:
        held = {right for right, scopes in READING.items() if role in scopes}
        assert held, role
    assert all(Role.TALENT in scopes for scopes in READING.values()), "the talent office sees everything"
    public = {right for right, scopes in READING.items() if Role.PUBLIC in scopes or Role.REVIEWER in scopes}
    assert public == {"read.progress", "read.targets", "read.rows"}, "counts; reviewers have their sheets"


@pytest.mark.parametrize(
    ("name", "given", "allowed", "refused"),
    [
        ("results-for", {"need": "n:1"}, [ACME, HANJIANG, TALENT, UNION, ANALYST], [BETA, GAOYOU, ZHANG, LI, STUDIO, PUBLIC, REVIEWER]),
        ("partners-for", {"studio": "s:zhao"}, [STUDIO, ACME, HANJIANG, UNION, TALENT], [BETA, GAOYOU, LI, PUBLIC, REVIEWER]),
        ("reviewers-for", {"project": "j:cooling"}, [UNION, TALENT], [STUDIO, ACME, HANJIANG, REVIEWER, ANALYST, PUBLIC]),
        ("why-no-match", {"need": "n:1"}, [ACME, HANJIANG], [BETA, GAOYOU, LI]),
    ],
)
def test_a_question_about_one_thing_is_asked_by_those_whose_it_is(
    world: World, name: str, given: dict[str, object], allowed: list[Actor], refused: list[Actor]
) -> None:
    for actor in allowed:
        assert seen_of(ALL[name], actor, Arguments(given), world, DAY).whole
    for actor in refused:
        with pytest.raises(Forbidden, match=f"read.{name}"):
            seen_of(ALL[name], actor, Arguments(given), world, DAY)


LINE_BY_LINE = set(
    "without-expert ageing silent-enterprises bridges batch-ends known-then pairs silent-pairs without-partner plan-items absent-studios "
    "agreements who-brought milestones training catalogue grants".split()
)
"""Each line of these is about one thing. A line that sums over several would tell one party of the others'."""


def test_only_answers_whose_lines_are_about_one_thing_are_looked_at_line_by_line() -> None:
    found = set()
    for name, question in ALL.items():
        scopes = set(READING[f"read.{name}"].values()) - {Scope.ALL}
        if any(each.name == "district" for each in question.parameters):
            scopes.discard(Scope.DISTRICT)
        if scopes and not any(each.required and each.takes is ParameterType.NODE for each in question.parameters):
            found.add(name)
    assert found == LINE_BY_LINE


def test_a_district_asks_about_itself(world: World) -> None:
    assert seen_of(ALL["ageing"], HANJIANG, Arguments({}), world, DAY).given.text("district") == HANJIANG.node
    assert seen_of(ALL["ageing"], HANJIANG, Arguments({"district": HANJIANG.node}), world, DAY).whole
    with pytest.raises(Forbidden, match="its own district"):
        seen_of(ALL["ageing"], HANJIANG, Arguments({"district": GAOYOU.node}), world, DAY)
    assert own_district(GAOYOU, "", "read.targets") == GAOYOU.node


def test_of_other_answers_each_line_is_looked_at(world: World) -> None:
    posted = world.into("n:1", "POSTED")[0].id
    lines = {
        "the need by what it rests on": Line(("…",), (posted,)),
        "the studio in a cell": Line(((Ref("s:zhao"),), None), ()),
        "another studio": Line((Ref("s:qian"),), ()),
        "an expert": Line((Ref("p:zhang"),), ()),
        "a university": Line((Ref("u:one"),), ()),
        "nothing": Line((3, "text", None), ()),
    }

    def seen(actor: Actor) -> set[str]:
        found = seen_of(ALL["agreements"], actor, Arguments({}), world, DAY)
        return {told for told, line in lines.items() if found.sees(line)}

    need, studio, other, expert = list(lines)[:4]
    assert seen(TALENT) == seen(UNION) == seen(ANALYST) == set(lines)
    assert seen(ACME) == {need, studio} and seen(BETA) == {other} and seen(STUDIO) == {studio}
    assert seen(ZHANG) == {need, expert} and seen(LI) == set()
    assert seen(HANJIANG) == {need, studio, expert} and seen(GAOYOU) == {other}
