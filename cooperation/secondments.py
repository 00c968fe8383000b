"""Terms 挂职 of the seconded experts, and the tie that stays after them (人才科技工作顾问)."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.parameters import day, flag, node, text
from cooperation.periods import Period, check_apart, check_order, period_of
from cooperation.things import around, check_over
from graph.messages import message
from graph.model import Draft, Value
from graph.ontology.schema import Label


def _second(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    person = around(context.desk, given.text("expert"), "expert")
    check_over(context.desk, context.actor, "secondment.second", given.text("place"))
    start, end = given.iso("since"), given.iso("until")
    check_order(start, end, "secondment.second")
    terms = [person.others[each].properties for each in person.ends("HAS_TERM", out=True)]
    known = [Period(str(each.get("startDate", "")), str(each.get("endDate", ""))) for each in terms]
    check_apart(Period(start, end), known, "secondment.second", message("They are already seconded"))
    values: dict[str, Value] = {
        "name": f"{given.text('post')} {start}".strip(),
        "role": "团长" if given.flag("leader") else "团员",
        "post": given.text("post"),
        "startDate": start,
        "endDate": end,
    }
    return [
        node_draft("Secondment", context.subject, values),
        link_draft("HAS_TERM", person.node.id, context.subject),
        link_draft("SENT_BY", context.subject, given.text("home")),
        link_draft("POSTED_TO", context.subject, given.text("place")),
        *(link_draft("IN_TEAM", context.subject, each) for each in given.texts("team")),
        *(link_draft("IN_BATCH", context.subject, each) for each in given.texts("batch")),
    ]


def _advise(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    person, district = around(context.desk, context.subject, "expert"), given.text("district")
    check_over(context.desk, context.actor, "secondment.advise", district)
    start, end = given.iso("since") or context.day, given.iso("until")
    check_order(start, end, "secondment.advise")
    known = [period_of(each) for each in person.relationships if each.type == "ADVISES" and each.target == district]
    check_apart(Period(start, end), known, "secondment.advise", message("They already advise it"))
    return [link_draft("ADVISES", context.subject, district, validFrom=start, validTo=end)]


ACTIONS = (
    Action(
        "second",
        "secondment",
        Label("登记挂职", "enter a secondment"),
        (
            node("expert", "专家", "expert", "Person"),
            node("home", "派出单位", "home organisation", "Organization"),
            node("place", "挂职地", "town or district", "Town", "District"),
            day("since", "开始", "first day", required=True),
            day("until", "截止", "last day", required=True),
            text("post", "挂职职务", "post"),
            flag("leader", "团长", "leads the team"),
            node("team", "科技镇长团", "team", "TownHeadTeam", required=False, many=True),
            node("batch", "批次", "batch", "Batch", required=False, many=True),
        ),
        _second,
        creates="Secondment",
    ),
    Action(
        "advise",
        "secondment",
        Label("聘为顾问", "make somebody an adviser of a district"),
        (
            node("expert", "专家", "expert", "Person"),
            node("district", "县区", "district", "District"),
            day("since", "开始", "first day; today if not given"),
            day("until", "截止", "last day"),
        ),
        _advise,
        on="expert",
    ),
)
