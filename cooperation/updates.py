"""Work updates 工作动态: news of the teams, tied to what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.parameters import day, node, text
from cooperation.periods import check_not_future
from cooperation.things import check_over
from graph.errors import RuleBroken
from graph.messages import message
from graph.model import Draft
from graph.ontology.schema import Label
from graph.store import QueryLimits

SAME = "MATCH (n:WorkUpdate) WHERE n.name = $name AND n.date = $date RETURN n.id LIMIT 1"


def _report(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    mentioned = [id for name in ("expert", "enterprise", "studio", "district") for id in given.texts(name)]
    check_over(context.desk, context.actor, "update.report", *mentioned)
    on = given.day("on", context.today)
    check_not_future(on, context.today, "update.report")
    title = given.text("title")
    same = context.desk.store.cypher(SAME, {"name": title, "date": on.isoformat()}, QueryLimits(rows=1, trusted=True)).rows
    if same:
        raise RuleBroken(
            message("'{same}' of the same day already has this title.", same=same[0][0]),
            rule="update.report.once",
            where={"parameter": "title"},
        )
    return [
        node_draft("WorkUpdate", context.subject, {"name": title, "date": on.isoformat(), "body": given.text("body")}),
        *(link_draft("MENTIONS", context.subject, each) for each in mentioned),
    ]


ACTIONS = (
    Action(
        "report",
        "update",
        Label("发布动态", "publish a work update"),
        (
            text("title", "标题", "title", required=True),
            text("body", "正文", "text", required=True),
            day("on", "日期", "the day; today if not given"),
            node("expert", "提及专家", "expert it mentions", "Person", required=False, many=True),
            node("enterprise", "提及企业", "enterprise it mentions", "Enterprise", required=False, many=True),
            node("studio", "提及工作室", "studio it mentions", "Studio", required=False, many=True),
            node("district", "县区", "district", "District", many=True),
        ),
        _report,
        creates="WorkUpdate",
    ),
)
