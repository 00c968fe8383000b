"""③ Talent teams 人才团队: who brought which team to which enterprise."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.parameters import day, node, text
from cooperation.periods import check_not_future
from cooperation.things import check_over
from graph.model import Draft
from graph.ontology.schema import Label


def _introduce(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    by, firms = given.texts("by"), given.texts("enterprise")
    check_over(context.desk, context.actor, "team.introduce", *by, *firms)
    on = given.day("on", context.today)
    check_not_future(on, context.today, "team.introduce")
    at = on.isoformat()
    return [
        node_draft("TalentTeam", context.subject, {"name": given.text("name"), "level": given.text("level")}),
        *(link_draft("INTRODUCED", each, context.subject, at=at, validFrom=at) for each in by),
        *(link_draft("BASED_AT", context.subject, each) for each in firms),
        *(link_draft("MEMBER_OF", each, context.subject, role="成员", validFrom=at) for each in given.texts("member")),
        *(
            link_draft("PARTICIPATES_IN", each, project, role="团队成员", validFrom=at)
            for each in given.texts("member")
            for project in given.texts("project")
        ),
    ]


ACTIONS = (
    Action(
        "introduce",
        "team",
        Label("引进团队", "introduce a talent team to an enterprise"),
        (
            text("name", "名称", "name", required=True),
            node("by", "引进人", "expert who brought it; several may be given", "Person", many=True),
            node("enterprise", "企业", "enterprise it works for", "Enterprise", many=True),
            node("member", "成员", "member", "Person", required=False, many=True),
            node("project", "项目", "project its members work on", "Project", required=False, many=True),
            text("level", "级别", "level"),
            day("on", "引进日期", "the day; today if not given"),
        ),
        _introduce,
        creates="TalentTeam",
    ),
)
