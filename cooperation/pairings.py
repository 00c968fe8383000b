"""② Pairing 结对共享: a studio and a matched expert."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import Around, link_draft, node_draft
from cooperation.actions.action import Action, Case
from cooperation.parameters import day, flag, node, text
from cooperation.periods import Period, check_apart, check_not_future, check_order, period_of
from cooperation.things import around, check_over
from graph.errors import RuleBroken
from graph.messages import message
from graph.model import Draft, Relationship
from graph.ontology.schema import Label

PAIRED = "PAIRED_WITH"


def pairings_between(studio: Around, expert: str) -> list[Relationship]:
    """All times that the two were paired."""
    return [each for each in studio.relationships if each.type == PAIRED and each.target == expert]


def standing_pairing(case: Case) -> Relationship:
    """The pairing of the two that holds today. Raises ``RuleBroken`` without one."""
    studio, expert = around(case.desk, case.subject, "studio"), case.given.text("expert")
    for each in pairings_between(studio, expert):
        if period_of(each).covers(case.today):
            return each
    raise RuleBroken(message("The two are not paired today."), rule="pairing.none", legal=["pair"], where={"parameter": "expert"})


def _pair(case: Case) -> Sequence[Draft]:
    expert = case.given.text("expert")
    check_over(case.desk, case.actor, "pairing.pair", case.subject, expert)
    start, end = case.given.iso("since") or case.day, case.given.iso("until")
    check_order(start, end, "pairing.pair")
    studio = around(case.desk, case.subject, "studio")
    if any(each.type in ("LEADS", "MEMBER_OF") and each.source == expert for each in studio.relationships):
        raise RuleBroken(
            message("A studio cannot be paired with one of its own people."), rule="pairing.own", where={"parameter": "expert"}
        )
    known = [period_of(each) for each in pairings_between(studio, expert)]
    check_apart(Period(start, end), known, "pairing.pair", message("The two are paired"))
    demo = case.given.flag("demo") or ""
    return [link_draft(PAIRED, case.subject, expert, validFrom=start, validTo=end, demo=demo)]


def _unpair(case: Case) -> Sequence[Draft]:
    expert = case.given.text("expert")
    check_over(case.desk, case.actor, "pairing.unpair", case.subject, expert)
    standing = standing_pairing(case)
    end = case.given.day("on", case.today)
    check_not_future(end, case.today, "pairing.unpair")
    start = str(standing.properties.get("validFrom", ""))
    check_order(start, end.isoformat(), "pairing.unpair", "on")
    return [link_draft(PAIRED, case.subject, expert, validFrom=start, validTo=end.isoformat())]


def _demonstrate(case: Case) -> Sequence[Draft]:
    check_over(case.desk, case.actor, "pairing.demonstrate", case.subject)
    standing = standing_pairing(case)
    start = str(standing.properties.get("validFrom", ""))
    return [link_draft(PAIRED, case.subject, case.given.text("expert"), validFrom=start, demo=True)]


def _embed(case: Case) -> Sequence[Draft]:
    """An expert works inside a studio's project 嵌入式: only with one who is paired with that studio."""
    expert = case.given.text("expert")
    project = around(case.desk, case.subject, "project")
    studios = [each for each in project.ends("RUN_BY", out=True) if project.others[each].type == "Studio"]
    check_over(case.desk, case.actor, "pairing.embed", *(studios or [case.subject]))
    paired = (period_of(each) for studio in studios for each in pairings_between(around(case.desk, studio), expert))
    if not any(each.covers(case.today) for each in paired):
        raise RuleBroken(
            message("Only an expert who is paired with the studio that runs the project can be embedded in it."),
            rule="pairing.embed.paired",
            legal=["pair"],
            where={"parameter": "expert"},
        )
    start, end = case.given.iso("since") or case.day, case.given.iso("until")
    check_order(start, end, "pairing.embed")
    return [
        node_draft("Project", case.subject, {}),
        link_draft("PARTICIPATES_IN", expert, case.subject, role="嵌入专家", validFrom=start, validTo=end),
    ]


_STUDIO = node("studio", "工作室", "studio", "Studio")
_EXPERT = node("expert", "专家", "expert", "Person")
_UNTIL = day("until", "截止", "last day")

ACTIONS = (
    Action(
        "pair",
        "pairing",
        Label("结对", "pair a studio with an expert"),
        (_STUDIO, _EXPERT, day("since", "开始", "first day; today if not given"), _UNTIL, flag("demo", "共建示范", "a demonstration pair")),
        _pair,
        on="studio",
    ),
    Action(
        "unpair",
        "pairing",
        Label("解除结对", "end a pairing"),
        (_STUDIO, _EXPERT, day("on", "结束日期", "last day; today if not given"), text("reason", "理由", "reason", required=True)),
        _unpair,
        on="studio",
    ),
    Action(
        "demonstrate",
        "pairing",
        Label("认定共建示范", "name a pair a demonstration of joint building"),
        (_STUDIO, _EXPERT),
        _demonstrate,
        on="studio",
    ),
    Action(
        "embed",
        "pairing",
        Label("嵌入项目", "embed a paired expert in a studio's project"),
        (node("project", "项目", "project", "Project"), _EXPERT, day("since", "开始", "first day; today if not given"), _UNTIL),
        _embed,
        on="project",
    ),
)
