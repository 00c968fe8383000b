"""② Meetings 会商 and visits 走访: who met whom about what. The log by which a pair counts as silent or alive."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.parameters import count, day, node, text
from cooperation.periods import check_not_future
from cooperation.things import check_over
from graph.errors import ValueProblem
from graph.messages import message
from graph.model import Draft, Properties
from graph.ontology.schema import Label

MEETING_KINDS = ("会商", "技术指导", "咨询会诊", "技术交流")
VISIT_KINDS = ("走访", "调研")
WITH = ("studio", "expert", "enterprise", "need")
"""Parameters that say who and what it was about."""


def _recorded(context: ActionContext, type: str) -> Sequence[Draft]:
    involved = [id for name in WITH for id in context.given.texts(name)]
    if len(involved) < 2:
        raise ValueProblem(
            message("A meeting needs at least two participants."),
            hint=message("Name a studio, expert, enterprise or need."),
            where={"parameter": "expert"},
        )
    check_over(context.desk, context.actor, f"meeting.{_NAMES[type]}", *involved)
    on = context.given.day("on", context.today)
    check_not_future(on, context.today, f"meeting.{_NAMES[type]}")
    kind, place = context.given.text("kind"), context.given.text("place")
    values: Properties = {
        "name": f"{place} {kind}".strip(),
        "kind": kind,
        "date": on.isoformat(),
        "place": place,
        "result": context.given.text("result"),
    }
    attendees = context.given.count("attendees")
    counted = {} if attendees is None else {"attendees": attendees}
    return [node_draft(type, context.subject, {**values, **counted}), *(link_draft("INVOLVES", context.subject, each) for each in involved)]


_NAMES = {"Meeting": "meet", "Visit": "visit"}


def _meet(context: ActionContext) -> Sequence[Draft]:
    return _recorded(context, "Meeting")


def _visit(context: ActionContext) -> Sequence[Draft]:
    return _recorded(context, "Visit")


_PARTIES = (
    node("studio", "工作室", "studio; several may be given", "Studio", required=False, many=True),
    node("expert", "专家", "expert; several may be given", "Person", required=False, many=True),
    node("enterprise", "企业", "enterprise; several may be given", "Enterprise", required=False, many=True),
    node("need", "需求", "need it was about", "Need", required=False, many=True),
    day("on", "日期", "the day; today if not given"),
    text("place", "地点", "place"),
    text("result", "结果", "what came of it"),
    count("attendees", "人数", "how many took part"),
)

ACTIONS = (
    Action(
        "meet",
        "meeting",
        Label("会商", "record a meeting"),
        (text("kind", "类别", "kind", *MEETING_KINDS, required=True), *_PARTIES),
        _meet,
        creates="Meeting",
    ),
    Action(
        "visit",
        "meeting",
        Label("走访", "record a visit"),
        (text("kind", "类别", "kind", *VISIT_KINDS, required=True), *_PARTIES),
        _visit,
        creates="Visit",
    ),
)
