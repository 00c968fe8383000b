"""① Co-building 共建协作: a team's plan for a year, its items tied to studios and needs."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.parameters import count, day, node, text
from cooperation.periods import check_not_future
from cooperation.things import around, check_over
from graph.errors import RuleBroken, ValueProblem
from graph.messages import message
from graph.model import Draft
from graph.ontology.schema import Label

KINDS = ("技术攻关", "素质提升", "智力支撑平台", "项目研发", "工艺改进", "成果转化", "人才培养")
"""What the article says that studios and teams build together, and its five tags of outcome."""

YEARS = range(1949, 2101)


def _plan(context: ActionContext) -> Sequence[Draft]:
    team = around(context.desk, context.given.text("team"), "team")
    check_over(context.desk, context.actor, "plan.plan", team.node.id)
    year = context.given.count("year") or 0
    if year not in YEARS:
        raise ValueProblem(message("{year} is not a valid year.", year=year), where={"parameter": "year"})
    for each in team.ends("PLAN_OF", out=False):
        if team.others[each].properties.get("year") == year:
            raise RuleBroken(
                message("'{name}' already has a plan for {year}: '{plan}'.", name=team.node.caption, year=year, plan=each),
                rule="plan.plan.once",
                legal=["item"],
                where={"parameter": "year"},
            )
    return [
        node_draft("Plan", context.subject, {"name": f"{team.node.caption}{year}年共建计划", "year": year}),
        link_draft("PLAN_OF", context.subject, team.node.id),
    ]


def _item(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    plan = around(context.desk, given.text("plan"), "plan")
    check_over(context.desk, context.actor, "plan.item", plan.node.id)
    concerned = [id for name in ("studio", "need", "expert") for id in given.texts(name)]
    if not concerned:
        raise ValueProblem(
            message("An item must be tied to a studio or a need."),
            hint=message("Name the studio or the need."),
            where={"parameter": "studio"},
        )
    return [
        node_draft("PlanItem", context.subject, {"name": given.text("name"), "kind": given.text("kind"), "dueDate": given.iso("due")}),
        link_draft("ITEM_OF", context.subject, plan.node.id),
        *(link_draft("CONCERNS", context.subject, each) for each in concerned),
    ]


def _done(context: ActionContext) -> Sequence[Draft]:
    item = around(context.desk, context.subject, "item")
    check_over(context.desk, context.actor, "plan.done", context.subject)
    if "doneOn" in item.node.properties:
        raise RuleBroken(
            message("It was already completed on {done_on}.", done_on=item.node.properties["doneOn"]),
            rule="plan.done.once",
            where={"parameter": "item"},
        )
    on = context.given.day("on", context.today)
    check_not_future(on, context.today, "plan.done")
    return [node_draft("PlanItem", context.subject, {"doneOn": on.isoformat(), "outcome": context.given.text("outcome")})]


ACTIONS = (
    Action(
        "plan",
        "plan",
        Label("制定计划", "draw up a team's plan of a year"),
        (node("team", "科技镇长团", "team", "TownHeadTeam"), count("year", "年度", "year", required=True)),
        _plan,
        creates="Plan",
    ),
    Action(
        "item",
        "plan",
        Label("列入计划", "put an item into a plan"),
        (
            node("plan", "计划", "plan", "Plan"),
            text("name", "事项", "what is to be done", required=True),
            text("kind", "类别", "kind", *KINDS, required=True),
            node("studio", "工作室", "studio; several may be given", "Studio", required=False, many=True),
            node("need", "需求", "need", "Need", required=False, many=True),
            node("expert", "专家", "expert", "Person", required=False, many=True),
            day("due", "截止", "by when"),
        ),
        _item,
        creates="PlanItem",
    ),
    Action(
        "done",
        "plan",
        Label("完成事项", "enter that an item is done"),
        (
            node("item", "事项", "item", "PlanItem"),
            text("outcome", "完成情况", "what came of it", required=True),
            day("on", "日期", "the day; today if not given"),
        ),
        _done,
        on="item",
    ),
)
