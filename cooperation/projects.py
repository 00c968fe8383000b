"""③ Joint projects 联合攻关: applications, phases, milestones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.ownership import ownership
from cooperation.parameters import day, node, number, text
from cooperation.periods import check_not_future, check_order
from cooperation.roles import check_right
from cooperation.things import around, check_over
from graph.errors import RuleBroken
from graph.messages import message
from graph.model import Draft, Value
from graph.ontology.schema import Label

PHASES: Mapping[str, tuple[str, ...]] = {
    "申报": ("立项", "未立项", "撤回"),
    "立项": ("实施", "终止"),
    "实施": ("结题", "终止"),
    "结题": (),
    "未立项": (),
    "撤回": (),
    "终止": (),
}
"""Each phase with those that may follow. A project from a file may be in a phase that is not here: it may move to any of these."""

DECIDED = ("立项", "未立项")
"""An office tells what the funder decided; everything else is the project's own."""


def _apply(context: ActionContext) -> Sequence[Draft]:
    """Joint application 共同申报: somebody runs it, others take part."""
    given = context.given
    runners, experts, organisations = given.texts("run_by"), given.texts("expert"), given.texts("organisation")
    theirs = ownership(context.desk.surroundings(), *runners, *experts, *organisations, day=context.today)
    check_right(context.actor, "project.apply", theirs, message("a project"))
    start, end = given.iso("since"), given.iso("until")
    check_order(start, end, "project.apply")
    values: dict[str, Value] = {
        "name": given.text("name"),
        "programme": given.text("programme"),
        "level": given.text("level"),
        "phase": "申报",
        "startDate": start,
        "endDate": end,
    }
    amount = given.number("amount_wan")
    if amount is not None:
        values["amountWan"] = amount
    return [
        node_draft("Project", context.subject, values),
        *(link_draft("RUN_BY", context.subject, each) for each in runners),
        *(link_draft("PARTICIPATES_IN", each, context.subject, role="专家", validFrom=start) for each in experts),
        *(link_draft("PARTICIPATES_IN", each, context.subject, role="参加单位", validFrom=start) for each in organisations),
        *(link_draft("IN_FIELD", context.subject, each) for each in given.texts("field")),
    ]


def _advance(context: ActionContext) -> Sequence[Draft]:
    project = around(context.desk, context.subject, "project")
    wanted = context.given.text("phase")
    check_over(context.desk, context.actor, "project.decide" if wanted in DECIDED else "project.advance", project.node.id)
    phase = str(project.node.properties.get("phase", ""))
    legal = PHASES.get(phase, tuple(PHASES))
    if wanted not in legal:
        raise RuleBroken(
            message("A project cannot move from '{phase}' to '{wanted}'.", phase=phase, wanted=wanted),
            rule="project.advance.phase",
            legal=legal,
            where={"parameter": "phase"},
        )
    on = context.given.day("on", context.today)
    check_not_future(on, context.today, "project.advance")
    dated = {"立项": "approvedOn", "结题": "closedOn"}.get(wanted)
    open_ones = [each for each in project.ends("MILESTONE_OF", out=False) if "doneOn" not in project.others[each].properties]
    if wanted == "结题" and open_ones:
        names = "、".join(project.others[each].caption for each in open_ones)
        raise RuleBroken(
            message("Some milestones are still open: {names}.", names=names),
            rule="project.advance.milestones",
            legal=["reach"],
            where={"parameter": "phase"},
        )
    return [node_draft("Project", context.subject, {"phase": wanted, **({dated: on.isoformat()} if dated else {})})]


def _milestone(context: ActionContext) -> Sequence[Draft]:
    project = around(context.desk, context.given.text("project"), "project")
    check_over(context.desk, context.actor, "project.milestone", project.node.id)
    return [
        node_draft("Milestone", context.subject, {"name": context.given.text("name"), "dueDate": context.given.iso("due")}),
        link_draft("MILESTONE_OF", context.subject, project.node.id),
    ]


def _reach(context: ActionContext) -> Sequence[Draft]:
    milestone = around(context.desk, context.subject, "milestone")
    check_over(context.desk, context.actor, "project.reach", context.subject)
    if "doneOn" in milestone.node.properties:
        raise RuleBroken(
            message("It was already reached on {done_on}.", done_on=milestone.node.properties["doneOn"]),
            rule="project.reach.once",
            where={"parameter": "milestone"},
        )
    on = context.given.day("on", context.today)
    check_not_future(on, context.today, "project.reach")
    return [node_draft("Milestone", context.subject, {"doneOn": on.isoformat(), "outcome": context.given.text("evidence")})]


ACTIONS = (
    Action(
        "apply",
        "project",
        Label("共同申报", "apply for a project together"),
        (
            text("name", "名称", "name", required=True),
            node("run_by", "承担单位", "studio or organisation that runs it; several may be given", "Studio", "Organization", many=True),
            node("expert", "专家", "expert who takes part", "Person", required=False, many=True),
            node("organisation", "参加单位", "organisation that takes part", "Organization", required=False, many=True),
            node("field", "领域", "field", "Field", required=False, many=True),
            text("programme", "计划类别", "programme"),
            text("level", "级别", "level"),
            number("amount_wan", "金额（万元）", "sum applied for (10,000 CNY)"),
            day("since", "开始", "first day"),
            day("until", "截止", "last day"),
        ),
        _apply,
        creates="Project",
    ),
    Action(
        "advance",
        "project",
        Label("推进项目", "move a project to another phase"),
        (
            node("project", "项目", "project", "Project"),
            text("phase", "阶段", "phase", *(phase for phase in PHASES if phase != "申报"), required=True),
            day("on", "日期", "the day; today if not given"),
        ),
        _advance,
        on="project",
    ),
    Action(
        "milestone",
        "project",
        Label("设里程碑", "set a milestone"),
        (
            node("project", "项目", "project", "Project"),
            text("name", "名称", "name", required=True),
            day("due", "截止", "by when", required=True),
        ),
        _milestone,
        creates="Milestone",
    ),
    Action(
        "reach",
        "project",
        Label("达成里程碑", "reach a milestone"),
        (
            node("milestone", "里程碑", "milestone", "Milestone"),
            text("evidence", "依据", "what shows it", required=True),
            day("on", "日期", "the day; today if not given"),
        ),
        _reach,
        on="milestone",
    ),
)
