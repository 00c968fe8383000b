"""Questions that count: 7, 10, 16, 17."""

from __future__ import annotations

import re
from collections.abc import Iterable
from statistics import median

from cooperation.needs.moves import State, state_of
from cooperation.ownership import districts
from cooperation.parameters import count
from cooperation.parameters import node as node_parameter
from cooperation.questions.lacking import draws_on, requires
from cooperation.questions.links import DISTRICT, text_of
from cooperation.questions.question import Cell, Line, Question, QuestionContext, Ref, column, ids
from cooperation.targets import person_times, progress
from cooperation.world import World, figure, text
from graph.model import Node, Relationship
from graph.ontology.schema import Label
from graph.values import first_day


def by_district(asked: QuestionContext) -> list[Line]:
    """Every indicator of the year by district, with target, count and gap."""
    year = asked.given.count("year") or asked.day.year
    lines = []
    for row in progress(asked.world, year, asked.given.text("district")):
        counted = row.counted.value if row.counted else None
        cells: tuple[Cell, ...] = (
            Ref(row.place),
            row.indicator.label.zh,
            row.target,
            _rounded(counted),
            row.reported,
            row.gap,
            row.verdict,
        )
        rows = (*row.rests_on, *(row.counted.rows if row.counted else ()))
        lines.append(Line(cells, rows))
    return lines


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def funnel(asked: QuestionContext) -> list[Line]:
    """How many needs came how far, and how many days lie between taking on and signing, at the median."""
    world = asked.world
    reached: dict[str, list[tuple[str, ...]]] = {"发单": [], "接单": [], "签约": [], "完成": []}
    days: list[int] = []
    for need in world.nodes("Need"):
        wanted = asked.given.text("district")
        if wanted and wanted not in districts(world, need.id):
            continue
        reached["发单"].append(ids(need))
        accepted = world.into(need.id, "ACCEPTED")
        signed = [each for each in world.into(need.id, "COVERS") if text(world.node(each.source), "signedOn")]
        if accepted:
            reached["接单"].append(ids(*accepted))
        if accepted and signed:
            reached["签约"].append(ids(*signed))
            days += _between(world, accepted, signed)
        if accepted and state_of(need) is State.COMPLETED:
            reached["完成"].append(ids(need))
    first = len(reached["发单"])
    return [
        Line(
            (stage, len(rows), round(len(rows) / first, 4) if first else None, float(median(days)) if stage == "签约" and days else None),
            tuple(id for each in rows for id in each),
        )
        for stage, rows in reached.items()
    ]


def _between(world: World, accepted: Iterable[Relationship], signed: Iterable[Relationship]) -> list[int]:
    taken = sorted(on for each in accepted if (on := text_of(each, "at") or text_of(each, "validFrom")))
    agreed = sorted(text(world.node(each.source), "signedOn") for each in signed)
    if not taken or len(taken[0]) < len("2020-01-01") or len(agreed[0]) < len("2020-01-01"):
        return []  # a day that is not known gives no number of days
    gap = (first_day(agreed[0][:10]) - first_day(taken[0][:10])).days
    return [gap] if gap >= 0 else []


def contracted_and_paid(asked: QuestionContext) -> list[Line]:
    """Agreements that universities signed, by university and year: what was contracted, what was paid, how many tell neither."""
    sums: dict[tuple[str, str], list[Node]] = {}
    links: dict[tuple[str, str], list[Relationship]] = {}
    for link in sorted(asked.world.links("SIGNED_BY"), key=lambda each: each.id):
        agreement = asked.world.node(link.source)
        if agreement is not None and asked.world.is_a(asked.world.node(link.target), "University"):
            if asked.given.text("university") in ("", link.target):
                key = (text(agreement, "signedOn")[:4], link.target)
                sums.setdefault(key, []).append(agreement)
                links.setdefault(key, []).append(link)
    lines = []
    for (year, university), agreements in sorted(sums.items()):
        contracted, paid = _sum(agreements, "contractWan"), _sum(agreements, "paidWan")
        without = sum(figure(each, "contractWan") is None for each in agreements)
        lines.append(
            Line((year or None, Ref(university), len(agreements), contracted, paid, without), ids(*agreements, *links[year, university]))
        )
    return lines


def _sum(nodes: Iterable[Node], name: str) -> float | None:
    known = [value for node in nodes if (value := figure(node, name)) is not None]
    return round(sum(known), 6) if known else None


def trainings(asked: QuestionContext) -> list[Line]:
    """Trainings of the year by studio and kind: person-times, skill upgrades, and how many trainings tell no number."""
    world, year = asked.world, asked.given.count("year") or asked.day.year
    found: dict[tuple[str, str], list[Node]] = {}
    for node in world.nodes("Training"):
        if text(node, "date")[:4] == str(year):
            studios = [each.target for each in world.out(node.id, "INVOLVES") if world.is_a(world.node(each.target), "Studio")]
            for studio in studios or [""]:
                if asked.given.text("studio") in ("", studio):
                    found.setdefault((studio, text(node, "kind")), []).append(node)
    lines = []
    for (studio, kind), held in sorted(found.items()):
        people = [person_times(world, node) for node in held]
        known = [each for each in people if each is not None]
        cells = (
            Ref(studio) if studio else None,
            kind,
            len(held),
            sum(known) if known else None,
            _upgrades(world, held),
            people.count(None),
        )
        lines.append(Line(cells, ids(*held, *(each for node in held for each in world.out(node.id, "INVOLVES")))))
    return lines


def _upgrades(world: World, held: Iterable[Node]) -> int:
    """Levels attained that are entered, else those that the certificates tell (``高级工8人`` is 8, a level alone 1)."""
    total = 0
    for node in held:
        attained = len(world.into(node.id, "ATTAINED"))
        told = text(node, "certificates")
        numbers = [int(each) for each in re.findall(r"(\d+)\s*[人名]", told)]
        total += attained or sum(numbers) or bool(told)
    return total


_YEAR = count("year", "年度", "year; that of the day if not given")

QUESTIONS = (
    Question(
        7,
        "progress",
        Label("各县区进展与缺口", "Progress by district"),
        Label("按所在镇街、县区统计，与指标对照", "counted by town and district, beside the targets"),
        (_YEAR, DISTRICT),
        (
            column("place", "地区", "place"),
            column("indicator", "指标", "indicator"),
            column("target", "目标", "target", number=True),
            column("counted", "统计", "counted", number=True),
            column("reported", "上报", "reported", number=True),
            column("gap", "缺口", "gap", number=True),
            column("verdict", "结论", "verdict"),
        ),
        by_district,
        needs=(requires("City", "District"), draws_on("Target")),
    ),
    Question(
        10,
        "funnel",
        Label("从接单到签约", "From taking on to signing"),
        Label(
            "发单、接单、签约、完成的需求数，接单到签约天数的中位数",
            "needs that came so far, and the median of days from taking on to signing",
        ),
        (DISTRICT,),
        (
            column("stage", "阶段", "stage"),
            column("needs", "需求数", "needs", number=True),
            column("share", "占发单", "of all posted", number=True),
            column("days", "接单到签约天数（中位）", "days to signing (median)", number=True),
        ),
        funnel,
        needs=(requires("Need"), draws_on("ACCEPTED"), draws_on("Agreement")),
    ),
    Question(
        16,
        "contract-paid",
        Label("合同额与到账", "Contracted and paid"),
        Label("高校签署的协议，按签订年度与高校合计", "agreements that universities signed, by year and university"),
        (node_parameter("university", "高校", "only this university", "University", required=False),),
        (
            column("year", "年度", "year"),
            column("university", "高校", "university"),
            column("agreements", "协议数", "agreements", number=True),
            column("contracted", "合同额（万元）", "contracted (10,000 CNY)", number=True),
            column("paid", "到账（万元）", "paid (10,000 CNY)", number=True),
            column("without", "未载合同额", "without a sum", number=True),
        ),
        contracted_and_paid,
        needs=(requires("Agreement"), requires("University")),
        clearance=1,
    ),
    Question(
        17,
        "training",
        Label("培训人次与晋级", "Training and upgrades"),
        Label(
            "按工作室与形式合计当年培训：人次（记录的人数，否则点名的学员）、晋级",
            "trainings of the year by studio and kind: person-times (the number given, else trainees named), upgrades",
        ),
        (_YEAR, node_parameter("studio", "工作室", "only this studio", "Studio", required=False)),
        (
            column("studio", "工作室", "studio"),
            column("kind", "形式", "kind"),
            column("trainings", "场次", "trainings", number=True),
            column("people", "人次", "person-times", number=True),
            column("upgrades", "晋级", "upgrades", number=True),
            column("unknown", "未载人数的场次", "without a number", number=True),
        ),
        trainings,
        needs=(requires("Training"),),
    ),
)
