"""What planners and analysts ask about cooperation: the twenty questions, insights, lists, matching, targets, the platform's counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from graph.errors import QueryProblem
from graph.messages import message
from graph.ontology.schema import Label
from lianyin.answers.matching import MatchAnswer, match_answer, match_table
from lianyin.answers.questions import LinesAnswer, QuestionsAnswer, lines_table, questions_answer, questions_table
from lianyin.answers.targets import (
    ReconciliationAnswer,
    TargetsAnswer,
    reconciliation_answer,
    reconciliation_table,
    targets_table,
    targets_told,
)
from lianyin.operation import operation
from lianyin.requests import Help, NonemptyText, Nothing, Request, Rest, Text

if TYPE_CHECKING:
    from cooperation.reconciliation import Unloaded
    from lianyin.session import Session

SEEING = (400, 403, 404, 409)

AsOf = Annotated[str, Field(max_length=10), Help("日期", "On this day; today if not given.", "DAY", example="2020-09-10")]
Limit = Annotated[int, Field(ge=0, le=10_000), Help("最多列出", "Lines listed; the total is exact all the same.")]


@dataclass(frozen=True, slots=True)
class AskByName(Request):
    """A question by its number or name; what it takes itself (``?district=邗江区``) its list tells."""

    name: Annotated[NonemptyText, Help("序号或名称", "Its number or name.", "NAME", positional=True, example="12")]
    given: Annotated[Mapping[str, object], Rest()] = field(default_factory=dict)
    as_of: AsOf = ""
    limit: Limit = 100


@dataclass(frozen=True, slots=True)
class AskInsight(AskByName):
    """An insight by its name."""

    name: Annotated[NonemptyText, Help("名称", "Its name.", "NAME", positional=True, example="radar")]


@dataclass(frozen=True, slots=True)
class AskList(AskByName):
    """A list by its name."""

    name: Annotated[NonemptyText, Help("名称", "Its name.", "NAME", positional=True, example="pairs")]


@dataclass(frozen=True, slots=True)
class MatchNode(Request):
    """A need or an expert, and what to match it with."""

    node: Annotated[NonemptyText, Help("需求或专家", "A need or an expert: id or name.", "NODE", example="city-need:XQ-002")]
    kind: Annotated[Literal["experts", "alumni", "studios", "achievements"] | None, Help("对象", "For a need.", "KIND")] = None
    as_of: AsOf = ""
    limit: Annotated[int, Field(ge=0, le=10_000), Help("最多列出", "Of those who fit, and of those who come near.")] = 10


@dataclass(frozen=True, slots=True)
class TargetsOfYear(Request):
    """A year, and perhaps one place."""

    year: Annotated[int, Field(ge=1949, le=2100), Help("年度", "Of this year.", "YEAR", example=2020)]
    place: Annotated[
        Text, Field(max_length=200), Help("地区", "Only of this city or district.", "NAME", "--place --district", example="扬州市")
    ] = ""


@dataclass(frozen=True, slots=True)
class ExplainingRow(Request):
    """A row that a load refused, or one that repeats another (``repeats``), with the count that it belongs to."""

    count: Annotated[Text, Help("计数", "The count that it belongs to.", example="needs")]
    file: str
    row: Annotated[int, Field(ge=1)]
    zh: str
    en: str
    sheet: str = ""
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Reconcile(Request):
    """The platform's own counts, and rows of a load's report that may explain a difference."""

    counts: Annotated[
        Mapping[Text, int],
        Field(max_length=20),
        Help("平台数", "The platform's counts by name.", example={"experts": 581, "achievements": 1277, "needs": 436}),
    ]
    unloaded: Annotated[
        tuple[ExplainingRow, ...], Field(max_length=100_000), Help("未载入的行", "Rows that a load refused, or that repeat another.")
    ] = ()


@operation("GET /v1/questions", questions_table)
def questions(session: Session, asked: Nothing) -> QuestionsAnswer:  # noqa: ARG001
    """The twenty questions with what each takes. 二十问一览。"""
    from cooperation.questions.register import QUESTIONS

    return questions_answer(QUESTIONS.values())


@operation("GET /v1/questions/{name}", lines_table, actor="optional", heavy=True, problems=SEEING)
def question(session: Session, asked: AskByName) -> LinesAnswer:
    """One of the twenty questions, with the rows behind each line. 二十问之一。"""
    from cooperation.questions.register import question_named
    from lianyin.questioning import lines_answer

    return lines_answer(session, question_named(asked.name), asked.given, asked.as_of, asked.limit)


@operation("GET /v1/insights", questions_table)
def insights(session: Session, asked: Nothing) -> QuestionsAnswer:  # noqa: ARG001
    """What no one else tells a planner. 洞察一览。"""
    from cooperation.insight import INSIGHTS

    return questions_answer(INSIGHTS.values())


@operation("GET /v1/insights/{name}", lines_table, actor="optional", heavy=True, problems=SEEING)
def insight(session: Session, asked: AskInsight) -> LinesAnswer:
    """Handover radar, missing pairs, why nobody fits, ties that stay. 洞察之一。"""
    from cooperation.insight import INSIGHTS
    from lianyin.questioning import lines_answer, named

    return lines_answer(session, named(INSIGHTS, asked.name), asked.given, asked.as_of, asked.limit)


@operation("GET /v1/lists", questions_table)
def lists(session: Session, asked: Nothing) -> QuestionsAnswer:  # noqa: ARG001
    """The reading lists of the five mechanisms. 可查的一览。"""
    from cooperation.lists import LISTS

    return questions_answer(LISTS.values())


@operation("GET /v1/lists/{name}", lines_table, actor="optional", problems=SEEING)
def listing(session: Session, asked: AskList) -> LinesAnswer:
    """Plans, pairs, agreements, milestones, the catalogue, the ranking, grants. 一览之一。"""
    from cooperation.lists import LISTS
    from lianyin.questioning import lines_answer, named

    return lines_answer(session, named(LISTS, asked.name), asked.given, asked.as_of, asked.limit)


@operation("GET /v1/match/{node}", match_table, actor="optional", heavy=True, problems=SEEING)
def match(session: Session, asked: MatchNode) -> MatchAnswer:
    """Who fits a need, or which needs fit an expert; the points of the reasons add up to the score. 匹配。"""
    from cooperation.matching.ranking import EXPERTS, KIND_NEEDS
    from cooperation.questions.seen import check_sees
    from lianyin.answers.common import lacks_told
    from lianyin.answers.lacking import lacks_of
    from lianyin.questioning import day_of, facts_of

    node, day = session.node(asked.node, "node"), day_of(session, asked.as_of)
    if session.actor is not None:
        right = "read.match-need" if node.type == "Need" else "read.match-expert"
        check_sees(session.world, session.actor, right, node.id, day=day)
    matcher = session.models.matcher_for(session.reader.clearance)
    if node.type == "Need":
        ranking = matcher.for_need(node.id, day, asked.kind or EXPERTS, asked.limit)
    elif node.type == "Person" and not asked.kind:
        ranking = matcher.for_person(node.id, day, asked.limit)
    else:
        raise QueryProblem(
            message(
                "'{name}' is of type {type}: needs are matched with people, studios and results, and people with needs.",
                name=node.caption,
                type=node.type,
            ),
            where={"parameter": "kind" if asked.kind else "node"},
        )
    lacks = lacks_told(lacks_of(session.world, KIND_NEEDS[ranking.kind]))
    return match_answer(ranking, day.isoformat(), session.reader, facts_of(session), lacks)


@operation("GET /v1/targets/{year}", targets_table, command="targets", actor="optional", problems=SEEING)
def targets(session: Session, asked: TargetsOfYear) -> TargetsAnswer:
    """Targets of a year: what is aimed at, counted and reported, the gap, and the very facts counted. A city's stock of skilled workers is
    reported and never counted. 年度指标。"""
    from cooperation.parameters import node
    from cooperation.questions.seen import own_district
    from cooperation.reading import read_node
    from cooperation.roles import Role
    from cooperation.targets import TARGET_NEEDS, listed, progress
    from lianyin.answers.common import lacks_told
    from lianyin.answers.lacking import lacks_of
    from lianyin.questioning import counts_only, facts_of

    wanted = node("place", "地区", "city or district", "City", "District")
    place = read_node(wanted, asked.place, session.node, session.ontology) if asked.place else ""
    if session.actor is not None and session.actor.role is Role.DISTRICT:
        place = own_district(session.actor, place, "read.targets")
    rows = progress(session.world, asked.year, place)
    return TargetsAnswer(
        year=asked.year,
        verdicts=dict(listed(rows)),
        rows=targets_told(rows, session.reader, facts_of(session), counts_only=counts_only(session)),
        lacks=lacks_told(lacks_of(session.world, TARGET_NEEDS)),
    )


@operation(
    "POST /v1/reconciliation",
    reconciliation_table,
    actor="optional",
    right="read.reconcile",
    resource=message("the platform's counts"),
    heavy=True,
    problems=SEEING,
)
def reconcile(session: Session, asked: Reconcile) -> ReconciliationAnswer:
    """The platform's own counts beside the graph's, with what explains each difference. 核对平台数。"""
    from cooperation.reconciliation import reconcile

    compared = reconcile(session.models.world, session.store, asked.counts, [_unloaded(row) for row in asked.unloaded])
    return reconciliation_answer(compared)


def _unloaded(row: ExplainingRow) -> Unloaded:
    from cooperation.reconciliation import COUNTS, Unloaded

    if row.count not in COUNTS:
        raise QueryProblem(
            message("'{count}' is not one of the platform's counts.", count=row.count),
            hint=message("Counts: {counts}.", counts=tuple(COUNTS)),
            where={"parameter": "unloaded"},
        )
    return Unloaded(row.count, row.file, row.sheet, row.row, Label(row.zh, row.en), row.repeats)
