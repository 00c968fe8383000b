"""Matching as it is answered: who fits, why, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.ontology.schema import Label
from lianyin.answers.common import AnyNode, Lack, Number
from lianyin.answers.questions import EvidenceRow, Facts, Rows
from lianyin.answers.reader import Reader
from lianyin.results import Column, Result, Table

if TYPE_CHECKING:
    from cooperation.matching.evaluation import Score
    from cooperation.matching.ranking import Fit, Ranking, Reason

MATCH_COLUMNS = (
    Column("rank", "名次", "rank", number=True),
    Column("fits", "符合", "fits"),
    Column("caption", "名称", "name"),
    Column("score", "得分", "score", number=True),
    Column("reasons", "理由", "reasons"),
    Column("fails", "不满足", "fails"),
    Column("rows", "来源", "rows", detail=True),
)
SCORE_COLUMNS = (
    Column("name", "方法", "method"),
    Column("ndcg", "nDCG@5", "nDCG@5", number=True),
    Column("recall", "recall@10", "recall@10", number=True),
    Column("needs", "需求数", "needs", number=True),
)
WORDS: Mapping[str, Label] = {
    "words": Label("同词", "same words"),
    "sense": Label("同义", "same sense"),
    "field": Label("同领域", "field"),
    "industry": Label("同行业", "industry worked with"),
    "readiness": Label("成熟度", "readiness"),
    "path": Label("有路径", "path to the enterprise"),
    "earlier": Label("曾合作", "earlier work"),
    "district": Label("同县区", "district"),
    "term": Label("任期", "term"),
    "load": Label("在手任务", "load"),
    "topic": Label("方向不符", "another topic"),
    "in place": Label("不在任", "not in place"),
    "conflict": Label("有利益关系", "a stake in the enterprise"),
    "stepped back": Label("已退单", "stepped back"),
}


@dataclass(frozen=True, slots=True)
class MatchReason:
    """Why one fits: the signal, its points, and the rows it rests on."""

    signal: str
    points: Number
    text: str | None
    rows: list[EvidenceRow]


@dataclass(frozen=True, slots=True)
class MatchFit:
    """Who or what fits or comes near; the score is the sum of the points of its reasons, ``fails`` are conditions that it does not meet."""

    node: AnyNode | None
    score: Number
    reasons: list[MatchReason]
    fails: list[str]


@dataclass(frozen=True, slots=True)
class SmallestChange:
    """The least that would have to change where nobody fits: the conditions to lift, and how many would fit then."""

    lift: list[str]
    would_fit: int
    example: AnyNode | None


@dataclass(frozen=True, slots=True)
class MatchAnswer:
    """Those who fit, best first, and those who come near."""

    subject: AnyNode | None
    kind: str
    as_of: str
    considered: int
    fit: list[MatchFit]
    near: list[MatchFit]
    nobody_fits: bool
    smallest_change: SmallestChange | None
    lacks: list[Lack]


def match_answer(ranking: Ranking, day: str, reader: Reader, facts: Facts, lacks: list[Lack]) -> MatchAnswer:  # noqa: PLR0917
    """The ranking, each reason with its points and the rows behind it."""
    reasons = [reason for fit in (*ranking.fit, *ranking.near) for reason in fit.reasons]
    behind = facts.rows(tuple(dict.fromkeys(id for reason in reasons for id in reason.facts)))
    return MatchAnswer(
        subject=_node(ranking.subject, reader, facts),
        kind=ranking.kind,
        as_of=day,
        considered=ranking.considered,
        fit=[_fit(fit, reader, facts, behind) for fit in ranking.fit],
        near=[_fit(fit, reader, facts, behind) for fit in ranking.near],
        nobody_fits=not ranking.fit,
        smallest_change=_change(ranking, reader, facts),
        lacks=lacks,
    )


def _node(id: str, reader: Reader, facts: Facts) -> AnyNode | None:
    node = facts.node(id)
    return reader.named(node) if node is not None else None


def _change(ranking: Ranking, reader: Reader, facts: Facts) -> SmallestChange | None:
    change = ranking.change
    if change is None:
        return None
    conditions = [_condition(condition, reader) for condition in change.conditions]
    return SmallestChange(conditions, change.fitting, _node(change.example, reader, facts))


def _fit(fit: Fit, reader: Reader, facts: Facts, behind: Rows) -> MatchFit:
    reasons = [_reason(reason, behind) for reason in fit.reasons]
    return MatchFit(_node(fit.id, reader, facts), fit.score, reasons, [_condition(condition, reader) for condition in fit.fails])


def _reason(reason: Reason, behind: Rows) -> MatchReason:
    rows = [row for id in reason.facts for row in behind.get(id, ())]
    return MatchReason(reason.signal, reason.points, reason.text or None, rows)


def _condition(condition: str, reader: Reader) -> str:
    """A condition as far as the reader may know it: what an enterprise must have is its own affair."""
    hidden = reader.ontology.node_type("Need").properties["mustHaves"].privacy > reader.clearance
    return "must" if hidden and condition.startswith("must: ") else condition


def match_table(answer: MatchAnswer, reader: Reader) -> Table:
    """Those who fit, then those who come near; where nobody fits, what would have to change."""
    ranked = [_row(rank, fit, reader) for rank, fit in enumerate(answer.fit, start=1)]
    change = answer.smallest_change
    title = () if change is None else (_change_told(change, reader),)
    return Table(MATCH_COLUMNS, [*ranked, *(_row(None, fit, reader) for fit in answer.near)], title=title)


def _row(rank: int | None, fit: MatchFit, reader: Reader) -> Sequence[object]:
    reasons = "；".join(f"{worded(reason.signal, reader)} {reason.points:g}{_space(reason.text)}" for reason in fit.reasons)
    sources = dict.fromkeys(f"{row['file']}:{row['row']}" for reason in fit.reasons for row in reason.rows)
    fails = "、".join(worded(condition, reader) for condition in fit.fails)
    name = fit.node.caption if fit.node is not None else None
    return (rank, "–" if rank is None else "✓", name, fit.score, reasons, fails, "；".join(list(sources)[:3]))


def _space(text: str | None) -> str:
    return f" {text}" if text else ""


def worded(signal: str, reader: Reader) -> str:
    """A signal or condition in the reader's words; a must-have in the need's own."""
    if signal == "must":
        return reader.label(Label("有必备条件未见", "a must-have is not shown"))
    if signal.startswith("must: "):
        return reader.label(Label(f"未见“{signal[6:]}”", f"not shown: {signal[6:]}"))
    known = WORDS.get(signal)
    return reader.label(known) if known is not None else signal


def _change_told(change: SmallestChange, reader: Reader) -> str:
    lifted = "、".join(worded(condition, reader) for condition in change.lift)
    zh = f"无人符合。最小的改变：放宽“{lifted}”，则 {change.would_fit} 个符合"
    return reader.label(Label(zh, f"Nobody fits. The smallest change: lift '{lifted}', then {change.would_fit} fit"))


def evaluation_result(scores: Sequence[Score], weights: Mapping[str, float], unknown: int) -> Result:
    """One row a way to rank."""
    rows = [(score.name, round(score.ndcg, 3), round(score.recall, 3), score.needs) for score in scores]
    document = {
        "scores": [{"name": score.name, "ndcg_at_5": score.ndcg, "recall_at_10": score.recall, "needs": score.needs} for score in scores],
        "learnt_weights": dict(weights),
        "not_in_the_graph": unknown,
    }
    return Result(document, SCORE_COLUMNS, rows)
