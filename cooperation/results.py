"""③ Results 成果: who made them, in which studio or project, which need they solve, and where they are put to use."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.ownership import ownership
from cooperation.parameters import day, node, text
from cooperation.periods import check_not_future
from cooperation.roles import check_right
from cooperation.things import around, check_over
from graph.errors import RuleBroken, ValueProblem
from graph.messages import message
from graph.model import Draft, Value
from graph.ontology.schema import Label

KINDS = ("高校成果", "职工创新")
LEVELS = tuple(f"TRL{level}" for level in range(1, 10))


def _record(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    makers, studios, projects = given.texts("maker"), given.texts("studio"), given.texts("project")
    if not (makers or studios):
        raise ValueProblem(
            message("A result must have somebody who made it."), hint=message("Name the maker or the studio."), where={"parameter": "maker"}
        )
    theirs = ownership(context.desk.surroundings(), *makers, *studios, day=context.today)
    check_right(context.actor, "result.record", theirs, message("a result"))
    on = given.day("on", context.today)
    check_not_future(on, context.today, "result.record")
    values: dict[str, Value] = {
        "name": given.text("name"),
        "kind": given.text("kind"),
        "trl": given.text("trl").removeprefix("TRL"),
        "finishedOn": on.isoformat(),
    }
    return [
        node_draft("Achievement", context.subject, _with_level(values)),
        *(link_draft("CREATED", each, context.subject) for each in makers),
        *(link_draft("PRODUCED", each, context.subject) for each in (*studios, *projects)),
        *(link_draft("SOLVES", context.subject, each) for each in given.texts("need")),
        *(link_draft("IN_FIELD", context.subject, each) for each in given.texts("field")),
    ]


def _with_level(values: dict[str, Value]) -> dict[str, Value]:
    level = str(values.pop("trl"))
    return {**values, "trl": int(level)} if level else values


def _transform(context: ActionContext) -> Sequence[Draft]:
    """转化: the result is put to use in an enterprise, which says so itself, or an office does."""
    result, firm = around(context.desk, context.subject, "result"), context.given.text("enterprise")
    check_over(context.desk, context.actor, "result.transform", firm)
    if firm in result.ends("TRANSFORMED_AT", out=True):
        raise RuleBroken(message("It is already in use there."), rule="result.transform.once", where={"parameter": "enterprise"})
    on = context.given.day("on", context.today)
    check_not_future(on, context.today, "result.transform")
    first = {} if "transformedOn" in result.node.properties else {"transformedOn": on.isoformat()}
    return [
        node_draft("Achievement", context.subject, {"transformed": True, **first}),
        link_draft("TRANSFORMED_AT", context.subject, firm, validFrom=on.isoformat(), on=on.isoformat()),
    ]


ACTIONS = (
    Action(
        "record",
        "result",
        Label("登记成果", "record a result"),
        (
            text("name", "名称", "name", required=True),
            text("kind", "类别", "kind", *KINDS, required=True),
            node("maker", "完成人", "who made it; several may be given", "Person", required=False, many=True),
            node("studio", "工作室", "studio it comes from", "Studio", required=False, many=True),
            node("project", "项目", "project it comes from", "Project", required=False, many=True),
            node("need", "需求", "need it solves", "Need", required=False, many=True),
            node("field", "领域", "field", "Field", required=False, many=True),
            text("trl", "成熟度", "readiness", *LEVELS),
            day("on", "完成日期", "the day; today if not given"),
        ),
        _record,
        creates="Achievement",
    ),
    Action(
        "transform",
        "result",
        Label("成果转化", "put a result to use in an enterprise"),
        (
            node("result", "成果", "result", "Achievement"),
            node("enterprise", "企业", "enterprise", "Enterprise"),
            day("on", "转化日期", "the day; today if not given"),
        ),
        _transform,
        on="result",
    ),
)
