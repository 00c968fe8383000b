"""② Pairing 结对共享: a studio and a matched expert."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import Around, link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
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


def standing_pairing(context: ActionContext) -> Relationship:
    """The pairing of the two that holds today. Raises ``RuleBroken`` without one."""
    studio, expert = around(context.desk, context.subject, "studio"), context.given.text("expert")
    for each in pairings_between(studio, expert):
        if period_of(each).covers(context.today):
            return each
    raise RuleBroken(message("The two are not paired today."), rule="pairing.none", legal=["pair"], where={"parameter": "expert"})


def _pair(context: ActionContext) -> Sequence[Draft]:
    expert = context.given.text("expert")
    check_over(context.desk, context.actor, "pairing.pair", context.subject, expert)
    start, end = context.given.iso("since") or context.day, context.given.iso("until")
    check_order(start, end, "pairing.pair")
    studio = around(context.desk, context.subject, "studio")
    if any(each.type in ("LEADS", "MEMBER_OF") and each.source == expert for each in studio.relationships):
        raise RuleBroken(
            message("A studio cannot be paired with one of its own people."), rule="pairing.own", where={"parameter": "expert"}
        )
    known = [period_of(each) for each in pairings_between(studio, expert)]
    check_apart(Period(start, end), known, "pairing.pair", message("The two are paired"))
    demo = context.given.flag("demo") or ""
    return [link_draft(PAIRED, context.subject, expert, validFrom=start, validTo=end, demo=demo)]


def _unpair(context: ActionContext) -> Sequence[Draft]:
    expert = context.given.text("expert")
    check_over(context.desk, context.actor, "pairing.unpair", context.subject, expert)
    standing = standing_pairing(context)
    end = context.given.day("on", context.today)
    check_not_future(end, context.today, "pairing.unpair")
    start = str(standing.properties.get("validFrom", ""))
    check_order(start, end.isoformat(), "pairing.unpair", "on")
    return [link_draft(PAIRED, context.subject, expert, validFrom=start, validTo=end.isoformat())]


def _demonstrate(context: ActionContext) -> Sequence[Draft]:
    check_over(context.desk, context.actor, "pairing.demonstrate", context.subject)
    standing = standing_pairing(context)
    start = str(standing.properties.get("validFrom", ""))
    return [link_draft(PAIRED, context.subject, context.given.text("expert"), validFrom=start, demo=True)]


def _embed(context: ActionContext) -> Sequence[Draft]:
    """An expert works inside a studio's project 嵌入式: only with one who is paired with that studio."""
    expert = context.given.text("expert")
    project = around(context.desk, context.subject, "project")
    studios = [each for each in project.ends("RUN_BY", out=True) if project.others[each].type == "Studio"]
    check_over(context.desk, context.actor, "pairing.embed", *(studios or [context.subject]))
    paired = (period_of(each) for studio in studios for each in pairings_between(around(context.desk, studio), expert))
    if not any(each.covers(context.today) for each in paired):
        raise RuleBroken(
            message("Only an expert who is paired with the studio that runs the project can be embedded in it."),
            rule="pairing.embed.paired",
            legal=["pair"],
            where={"parameter": "expert"},
        )
    start, end = context.given.iso("since") or context.day, context.given.iso("until")
    check_order(start, end, "pairing.embed")
    return [
        node_draft("Project", context.subject, {}),
        link_draft("PARTICIPATES_IN", expert, context.subject, role="嵌入专家", validFrom=start, validTo=end),
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
