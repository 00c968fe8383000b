"""① to ③: plans, pairs, agreements, projects with their milestones."""

from __future__ import annotations

from cooperation.agreements import SIDES
from cooperation.ownership import districts
from cooperation.parameters import count
from cooperation.periods import period_of
from cooperation.questions.gaps import concerns_district, meetings
from cooperation.questions.lacking import draws_on
from cooperation.questions.links import DISTRICT, text_of
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids, refs
from cooperation.world import figure, on_day, text
from graph.ontology.schema import Label
from graph.values import last_day

TAGS = ("项目研发", "技术攻关", "工艺改进", "成果转化", "人才培养")
"""What the article says that guidance and cooperation come to."""


def plan_items(asked: QuestionContext) -> list[Line]:
    """The items of the year's plans: the open ones by deadline first, then those that are done."""
    world, year = asked.world, asked.given.count("year") or asked.day.year
    lines = []
    for item in world.nodes("PlanItem"):
        plans = [each for each in world.out(item.id, "ITEM_OF") if figure(world.node(each.target), "year") == year]
        if not plans:
            continue
        teams = [link.target for plan in plans for link in world.out(plan.target, "PLAN_OF")]
        concerned = world.out(item.id, "CONCERNS")
        due, done = text(item, "dueDate"), text(item, "doneOn")
        late = bool(due) and not done and last_day(due) < asked.day
        cells = (
            refs(teams),
            Ref(item.id),
            text(item, "kind") or None,
            refs([each.target for each in concerned]),
            due or None,
            done or None,
            late,
        )
        lines.append(Line(cells, ids(item, *plans, *concerned)))
    return sorted(lines, key=lambda line: (line.cells[5] is not None, str(line.cells[4] or "9999"), str(line.cells[1])))


def absent_studios(asked: QuestionContext) -> list[Line]:
    """Studios that no item of the year's plans concerns."""
    world, year = asked.world, asked.given.count("year") or asked.day.year
    planned = set()
    for link in world.links("CONCERNS"):
        plans = [each.target for each in world.out(link.source, "ITEM_OF")]
        if any(figure(world.node(plan), "year") == year for plan in plans):
            planned.add(link.target)
    lines = []
    for studio in world.nodes("Studio"):
        places = districts(world, studio.id)
        if studio.id not in planned and asked.given.text("district") in ("", *places):
            based = world.out(studio.id, "BASED_AT")
            lines.append(Line((refs(places), Ref(studio.id), refs([each.target for each in based])), ids(studio, *based)))
    return sorted(lines, key=lambda line: (str(line.cells[0]), str(line.cells[1])))


def outcomes(asked: QuestionContext) -> list[Line]:
    """The five tags of outcome by district: items of the year's plans that are done, in the districts of whom they concern."""
    world, year = asked.world, asked.given.count("year") or asked.day.year
    done: dict[tuple[str, str], list[str]] = {}
    for item in world.nodes("PlanItem"):
        if text(item, "doneOn")[:4] != str(year) or text(item, "kind") not in TAGS:
            continue
        concerned = [each.target for each in world.out(item.id, "CONCERNS")]
        places = {place for id in concerned for place in districts(world, id)}
        for place in places or {""}:
            done.setdefault((place, text(item, "kind")), []).append(item.id)
    wanted = asked.given.text("district")
    return [
        Line((Ref(place) if place else None, tag, len(items)), tuple(items))
        for (place, tag), items in sorted(done.items())
        if wanted in ("", place)
    ]


def pairs(asked: QuestionContext) -> list[Line]:
    """Pairs that hold on the day, with how often they met and whether they are demonstrations."""
    lines = []
    for pair in on_day(sorted(asked.world.links("PAIRED_WITH"), key=lambda each: each.id), asked.day):
        if concerns_district(asked, pair):
            met = meetings(asked.world, pair, asked.day)
            period = period_of(pair)
            last = text(met[-1], "date") if met else None
            cells = (Ref(pair.source), Ref(pair.target), period.start or None, period.end or None, pair.properties.get("demo") is True)
            lines.append(Line((*cells, len(met), last), ids(pair, *met)))
    return sorted(lines, key=lambda line: (str(line.cells[0]), str(line.cells[1])))


def agreements(asked: QuestionContext) -> list[Line]:
    """Agreements drawn up or signed in the year (all, if none is given): sides, who has still to sign, sums."""
    world, year = asked.world, asked.given.count("year")
    lines = []
    for agreement in world.nodes("Agreement"):
        on = text(agreement, "signedOn")
        if year is not None and on[:4] not in ("", str(year)):
            continue
        signed = {text_of(each, "side"): each for each in world.out(agreement.id, "SIGNED_BY")}
        between = {text_of(each, "side"): each for each in world.out(agreement.id, "BETWEEN")}
        sides = [(signed.get(side) or between.get(side)) for side in SIDES]
        waiting = [each.target for side, each in between.items() if side not in signed]
        if year is not None and not on and not waiting:
            continue
        told = [Ref(each.target) if each is not None else None for each in sides]
        sums = (figure(agreement, "contractWan"), figure(agreement, "paidWan"))
        links = (*signed.values(), *between.values())
        lines.append(
            Line(
                (Ref(agreement.id), text(agreement, "kind") or None, *told, on or None, refs(sorted(waiting)), *sums),
                ids(agreement, *links),
            )
        )
    return sorted(lines, key=lambda line: (str(line.cells[4] or ""), str(line.cells[0])))


def milestones(asked: QuestionContext) -> list[Line]:
    """Milestones of projects: open ones by deadline, then those reached."""
    world = asked.world
    lines = []
    for milestone in world.nodes("Milestone"):
        projects = world.out(milestone.id, "MILESTONE_OF")
        due, done = text(milestone, "dueDate"), text(milestone, "doneOn")
        late = bool(due) and not done and last_day(due) < asked.day
        phases = [text(world.node(each.target), "phase") for each in projects]
        cells = (refs([each.target for each in projects]), "、".join(phases), Ref(milestone.id), due or None, done or None, late)
        lines.append(Line(cells, ids(milestone, *projects)))
    return sorted(lines, key=lambda line: (line.cells[4] is not None, str(line.cells[3] or "9999"), str(line.cells[2])))


_YEAR = count("year", "年度", "year; that of the day if not given")
_STUDIO = column("studio", "工作室", "studio")

LISTS = (
    Question(
        0,
        "plan-items",
        Label("年度计划事项", "Items of the yearly plans"),
        Label("未完成的按截止日期在前", "open ones by deadline first"),
        (_YEAR,),
        (
            column("team", "团", "team"),
            column("item", "事项", "item"),
            column("kind", "类别", "kind"),
            column("for", "对象", "concerns"),
            column("due", "截止", "due"),
            column("done", "完成", "done"),
            column("late", "逾期", "late"),
        ),
        plan_items,
        needs=(draws_on("PlanItem"),),
    ),
    Question(
        0,
        "absent-studios",
        Label("未列入计划的工作室", "Studios absent from the plans"),
        Label("当年没有任何计划事项涉及的工作室", "no item of the year's plans concerns them"),
        (_YEAR, DISTRICT),
        (column("district", "县区", "district"), _STUDIO, column("enterprise", "企业", "enterprise")),
        absent_studios,
        needs=(draws_on("Studio"), draws_on("PlanItem")),
    ),
    Question(
        0,
        "outcomes",
        Label("五类成效", "Outcomes by tag"),
        Label("当年已完成的计划事项，按县区与类别", "items of the year's plans that are done, by district and tag"),
        (_YEAR, DISTRICT),
        (column("district", "县区", "district"), column("tag", "类别", "tag"), column("done", "完成数", "done", number=True)),
        outcomes,
        needs=(draws_on("PlanItem"),),
    ),
    Question(
        0,
        "pairs",
        Label("结对一览", "Pairs"),
        Label("当日有效的结对与会商次数", "pairs of the day and how often they met"),
        (DISTRICT,),
        (
            _STUDIO,
            column("expert", "专家", "expert"),
            column("since", "开始", "since"),
            column("until", "截止", "until"),
            column("demo", "共建示范", "demonstration"),
            column("met", "会商次数", "met", number=True),
            column("last", "最近会商", "last met"),
        ),
        pairs,
        needs=(draws_on("PAIRED_WITH"),),
    ),
    Question(
        0,
        "agreements",
        Label("协议一览", "Agreements"),
        Label("各方、待签方、合同额与到账", "sides, who has still to sign, contracted and paid"),
        (count("year", "年度", "signed in this year, or not signed yet"),),
        (
            column("agreement", "协议", "agreement"),
            column("kind", "类别", "kind"),
            column("first", "甲方", "first side"),
            column("second", "乙方", "second side"),
            column("on", "签订日期", "signed on"),
            column("waiting", "待签", "still to sign"),
            column("contracted", "合同额（万元）", "contracted (10,000 CNY)", number=True),
            column("paid", "到账（万元）", "paid (10,000 CNY)", number=True),
        ),
        agreements,
        needs=(draws_on("Agreement"),),
        clearance=1,
    ),
    Question(
        0,
        "milestones",
        Label("项目里程碑", "Milestones of projects"),
        Label("未达成的按截止日期在前", "open ones by deadline first"),
        (),
        (
            column("project", "项目", "project"),
            column("phase", "阶段", "phase"),
            column("milestone", "里程碑", "milestone"),
            column("due", "截止", "due"),
            column("done", "达成", "reached"),
            column("late", "逾期", "late"),
        ),
        milestones,
        needs=(draws_on("Milestone"),),
    ),
)
