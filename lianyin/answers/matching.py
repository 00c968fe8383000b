"""Matching as it is answered: who fits, why, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cooperation.matching.ranking import Fit, Ranking
from graph.ontology.schema import Label
from lianyin.answers.questions import Facts, Rows
from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from cooperation.matching.evaluation import Score

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


def match_document(ranking: Ranking, day: str, reader: Reader, facts: Facts) -> Document:
    """The ranking, each reason with its points and the rows behind it."""
    reasons = [each for fit in (*ranking.fit, *ranking.near) for each in fit.reasons]
    behind = facts.rows(tuple(dict.fromkeys(id for each in reasons for id in each.facts)))
    subject = facts.node(ranking.subject)
    return {
        "subject": reader.brief(subject) if subject is not None else None,
        "kind": ranking.kind,
        "as_of": day,
        "considered": ranking.considered,
        "fit": [_fit(each, reader, facts, behind) for each in ranking.fit],
        "near": [_fit(each, reader, facts, behind) for each in ranking.near],
        "nobody_fits": not ranking.fit,
        "smallest_change": _change(ranking, reader, facts),
    }


def _change(ranking: Ranking, reader: Reader, facts: Facts) -> Document | None:
    change = ranking.change
    if change is None:
        return None
    example = facts.node(change.example)
    told = reader.brief(example) if example is not None else None
    return {"lift": [_told_to(each, reader) for each in change.conditions], "would_fit": change.fitting, "example": told}


def _fit(fit: Fit, reader: Reader, facts: Facts, behind: Rows) -> Document:
    found = facts.node(fit.id)
    reasons = [
        {
            "signal": each.signal,
            "points": each.points,
            "text": each.text or None,
            "rows": [row for id in each.facts for row in behind.get(id, ())],
        }
        for each in fit.reasons
    ]
    return {
        "node": reader.brief(found) if found is not None else None,
        "score": fit.score,
        "reasons": reasons,
        "fails": [_told_to(each, reader) for each in fit.fails],
    }


def match_result(document: Document, reader: Reader) -> Result:
    """Those who fit, then those who come near."""
    rows = []
    for fits, key in ((True, "fit"), (False, "near")):
        for rank, each in enumerate(documents(document, key), start=1):
            reasons = documents(each, "reasons")
            told = "；".join(_reason(one, reader) for one in reasons)
            sources = dict.fromkeys(f"{row['file']}:{row['row']}" for one in reasons for row in documents(one, "rows"))
            name = inner(each, "node")["caption"] if each["node"] else None
            fails = "、".join(worded(str(one), reader) for one in each["fails"])  # type: ignore[attr-defined]
            rows.append((rank if fits else None, "✓" if fits else "–", name, each["score"], told, fails, "；".join(list(sources)[:3])))
    return Result(document, MATCH_COLUMNS, rows)


def _told_to(condition: str, reader: Reader) -> str:
    """A condition as far as the reader may know it: what an enterprise must have is its own affair."""
    hidden = reader.ontology.node_type("Need").properties["mustHaves"].privacy > reader.clearance
    return "must" if hidden and condition.startswith("must: ") else condition


def _reason(reason: Document, reader: Reader) -> str:
    text = f" {reason['text']}" if reason["text"] else ""
    return f"{worded(str(reason['signal']), reader)} {reason['points']:g}{text}"


def worded(signal: str, reader: Reader) -> str:
    """A signal or condition in the reader's words; a must-have in the need's own."""
    if signal == "must":
        return reader.label(Label("有必备条件未见", "a must-have is not shown"))
    if signal.startswith("must: "):
        return reader.label(Label(f"未见“{signal[6:]}”", f"not shown: {signal[6:]}"))
    found = WORDS.get(signal)
    return reader.label(found) if found is not None else signal


def change_told(document: Document, reader: Reader) -> str:
    """The least that would have to change, as a sentence; ``""`` where somebody fits."""
    change = document["smallest_change"]
    if not isinstance(change, Mapping):
        return ""
    lifted = "、".join(worded(str(each), reader) for each in change["lift"])
    fitting = change["would_fit"]
    zh = f"无人符合。最小的改变：放宽“{lifted}”，则 {fitting} 个符合"
    return reader.label(Label(zh, f"Nobody fits. The smallest change: lift '{lifted}', then {fitting} fit"))


def evaluation_result(scores: Sequence[Score], weights: Mapping[str, float], unknown: int) -> Result:
    """One row a way to rank."""
    rows = [(each.name, round(each.ndcg, 3), round(each.recall, 3), each.needs) for each in scores]
    document = {
        "scores": [{"name": each.name, "ndcg_at_5": each.ndcg, "recall_at_10": each.recall, "needs": each.needs} for each in scores],
        "learnt_weights": dict(weights),
        "not_in_the_graph": unknown,
    }
    return Result(document, SCORE_COLUMNS, rows)
