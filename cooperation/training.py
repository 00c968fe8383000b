"""④ Training 人才培养: apprenticeships, lectures, mentoring; who attained which skill level in it."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.acting import link_draft, node_draft
from cooperation.actions.action import Action, ActionContext
from cooperation.ownership import ownership
from cooperation.parameters import count, day, node, number, text
from cooperation.periods import Period, check_apart, check_not_future, check_order, period_of
from cooperation.roles import check_right
from cooperation.things import around, check_over
from graph.errors import RuleBroken, ValueProblem
from graph.messages import message
from graph.model import Draft, Value
from graph.ontology.schema import Label

KINDS = ("新型学徒制", "专家讲师团", "师徒传帮带")

LEVELS = ("学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
"""From the lowest to the highest: 三级 高级工 < 二级 技师 < 一级 高级技师, since 2022 also 特级 and 首席."""


def _train(context: ActionContext) -> Sequence[Draft]:
    given = context.given
    studios, mentors, trainees = given.texts("studio"), given.texts("mentor"), given.texts("trainee")
    theirs = ownership(context.desk.surroundings(), *studios, day=context.today)
    check_right(context.actor, "training.train", theirs, message("a training"))
    on, attendees = given.day("on", context.today), given.count("attendees")
    check_not_future(on, context.today, "training.train")
    if attendees is None and not trainees:
        raise ValueProblem(
            message("Say who was trained, or how many."), hint=message("Give trainees or attendees."), where={"parameter": "attendees"}
        )
    if attendees is not None and attendees < len(trainees):
        raise RuleBroken(
            message("{count} people are named, but attendees is {attendees}.", count=len(trainees), attendees=attendees),
            rule="training.train.attendees",
            where={"parameter": "attendees"},
        )
    if set(mentors) & set(trainees):
        raise RuleBroken(message("Nobody can train themselves."), rule="training.train.self", where={"parameter": "trainee"})
    values: dict[str, Value] = {"name": f"{given.text('kind')} {on}", "kind": given.text("kind"), "date": on.isoformat()}
    if attendees is not None:
        values["attendees"] = attendees
    hours = given.number("hours")
    if hours is not None:
        values["hours"] = hours
    involved = (*studios, *mentors, *trainees)
    return [node_draft("Training", context.subject, values), *(link_draft("INVOLVES", context.subject, each) for each in involved)]


def _mentor(context: ActionContext) -> Sequence[Draft]:
    mentor, apprentice = context.subject, context.given.text("apprentice")
    found = around(context.desk, mentor, "mentor")
    studios = sorted({*found.ends("LEADS", out=True), *found.ends("MEMBER_OF", out=True)})
    check_over(context.desk, context.actor, "training.mentor", *studios, mentor)
    if mentor == apprentice:
        raise RuleBroken(message("Nobody can mentor themselves."), rule="training.mentor.self", where={"parameter": "apprentice"})
    start, end = context.given.iso("since") or context.day, context.given.iso("until")
    check_order(start, end, "training.mentor")
    known = [period_of(each) for each in found.relationships if each.type == "MENTORS" and each.target == apprentice]
    check_apart(Period(start, end), known, "training.mentor", message("The two are already mentor and apprentice"))
    return [link_draft("MENTORS", mentor, apprentice, validFrom=start, validTo=end)]


def _upgrade(context: ActionContext) -> Sequence[Draft]:
    person, training, level = context.subject, context.given.text("training"), context.given.text("level")
    found, event = around(context.desk, person, "person"), around(context.desk, training, "training")
    check_over(context.desk, context.actor, "training.upgrade", training)
    if person not in event.ends("INVOLVES", out=True):
        raise RuleBroken(
            message("This person did not take part in that training."), rule="training.upgrade.present", where={"parameter": "training"}
        )
    now = str(found.node.properties.get("skillLevel", ""))
    if now in LEVELS and LEVELS.index(level) <= LEVELS.index(now):
        raise RuleBroken(
            message("{level} is not above the current level, {now}.", level=level, now=now),
            rule="training.upgrade.level",
            legal=LEVELS[LEVELS.index(now) + 1 :],
            where={"parameter": "level"},
        )
    on = context.given.day("on", context.today)
    check_not_future(on, context.today, "training.upgrade")
    at = on.isoformat()
    return [
        node_draft("Person", person, {"skillLevel": level}),
        link_draft("ATTAINED", person, training, level=level, on=at, validFrom=at),
    ]


ACTIONS = (
    Action(
        "train",
        "training",
        Label("登记培训", "record a training"),
        (
            text("kind", "形式", "kind", *KINDS, required=True),
            node("studio", "工作室", "studio; several may be given", "Studio", many=True),
            node("mentor", "师傅", "who taught", "Person", required=False, many=True),
            node("trainee", "学员", "who was taught", "Person", required=False, many=True),
            count("attendees", "人数", "how many were taught"),
            number("hours", "学时", "hours"),
            day("on", "日期", "the day; today if not given"),
        ),
        _train,
        creates="Training",
    ),
    Action(
        "mentor",
        "training",
        Label("师徒结对", "make somebody another's mentor"),
        (
            node("mentor", "师傅", "mentor", "Person"),
            node("apprentice", "徒弟", "apprentice", "Person"),
            day("since", "开始", "first day; today if not given"),
            day("until", "截止", "last day"),
        ),
        _mentor,
        on="mentor",
    ),
    Action(
        "upgrade",
        "training",
        Label("技能晋级", "enter a skill level that somebody attained"),
        (
            node("person", "人员", "who", "Person"),
            node("training", "培训", "in which training", "Training"),
            text("level", "技能等级", "skill level", *LEVELS, required=True),
            day("on", "日期", "the day; today if not given"),
        ),
        _upgrade,
        on="person",
    ),
)
