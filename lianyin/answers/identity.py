"""Candidates and judgements as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from graph.identity.candidates import Candidates
    from graph.identity.judgements import Contradiction, Judgement
    from graph.identity.quality import Measured, Quality
    from graph.ledger.rehearsal import Difference
    from graph.model import Node, PublishedTotals

CANDIDATE_COLUMNS = (
    Column("score", "得分", "score", number=True),
    Column("type", "类型", "type"),
    Column("left", "一", "one"),
    Column("right", "另一", "other"),
    Column("reasons", "理由", "reasons"),
    Column("left_id", "编号一", "id of one"),
    Column("right_id", "编号二", "id of other"),
)
JUDGEMENT_COLUMNS = (
    Column("verdict", "认定", "verdict"),
    Column("left", "编号一", "one"),
    Column("right", "编号二", "other"),
    Column("actor", "认定人", "by"),
    Column("at", "时间", "at"),
    Column("note", "理由", "because"),
    Column("load", "记录", "act"),
)
CONTRADICTION_COLUMNS = (
    Column("left", "编号一", "one"),
    Column("right", "编号二", "other"),
    Column("apart", "认定为不同", "judged different by"),
    Column("chain", "却由此相连", "yet joined by"),
)
JUDGED_COLUMNS = (
    Column("left", "编号一", "one"),
    Column("right", "编号二", "other"),
    Column("verdict", "认定", "verdict"),
    Column("act", "记录", "act"),
    Column("nodes_changed", "改动节点", "nodes changed", number=True),
    Column("relationships_changed", "改动关系", "relationships changed", number=True),
)
PREVIEW_COLUMNS = (Column("change", "改动", "change"), Column("id", "编号", "id"), Column("name", "名称", "name"))
QUALITY_COLUMNS = (
    Column("threshold", "阈值", "threshold", number=True),
    Column("right", "提对", "right", number=True),
    Column("wrong", "提错", "wrong", number=True),
    Column("missed", "漏提", "missed", number=True),
    Column("precision", "精确率", "precision", number=True),
    Column("recall", "召回率", "recall", number=True),
    Column("f1", "F1", "F1", number=True),
)
SAMPLE_COLUMNS = (Column("name", "样例", "set"), Column("same", "同一对数", "same pairs", number=True), *QUALITY_COLUMNS)


def candidates_document(found: Candidates, limit: int, least: float) -> Document:
    """``candidates`` (``left``, ``right``, ``score``, ``reasons``), and how many pairs were compared, refused, left out."""
    listed = found.found[:limit]
    return {
        "least": least,
        "total": len(found.found),
        "compared": found.compared,
        "refused": found.refused,
        "judged": found.judged,
        "crowded": list(found.crowded),
        "candidates": [
            {
                "left": _brief(each.left),
                "right": _brief(each.right),
                "score": round(each.score, 4),
                "reasons": [
                    {"feature": one.feature, "points": round(one.points, 2), "zh": one.words.zh, "en": one.words.en} for one in each.reasons
                ],
            }
            for each in listed
        ],
        "truncated": len(listed) < len(found.found),
        "limit": "rows" if len(listed) < len(found.found) else None,
    }


def _brief(node: Node) -> Document:
    return {"id": node.id, "type": node.type, "caption": node.caption}


def candidates_result(document: Document, reader: Reader) -> Result:
    """One row a pair."""
    rows = []
    for each in documents(document, "candidates"):
        left, right = inner(each, "left"), inner(each, "right")
        reasons = "；".join(f"{one[reader.language]} {float(str(one['points'])):+.1f}" for one in documents(each, "reasons"))
        kind = reader.type_label(str(left["type"]))
        rows.append((each["score"], kind, left["caption"], right["caption"], reasons, left["id"], right["id"]))
    return Result(document, CANDIDATE_COLUMNS, rows)


def judgements_document(found: Sequence[Judgement]) -> Document:
    """``judgements``: ids, verdict, by whom, when, why, and the act to undo."""
    names = [column.key for column in JUDGEMENT_COLUMNS]
    return {"judgements": [{name: str(getattr(each, name)) for name in names} | {"type": each.type} for each in found]}


def judgements_result(document: Document) -> Result:
    """One row a judgement."""
    rows = [tuple(each[column.key] for column in JUDGEMENT_COLUMNS) for each in documents(document, "judgements")]
    return Result(document, JUDGEMENT_COLUMNS, rows)


def contradictions_document(found: Sequence[Contradiction]) -> Document:
    """``contradictions``: the pair, who judged it different, and the chain of statements that joins it."""
    return {
        "contradictions": [
            {
                "left": each.left,
                "right": each.right,
                "apart": each.apart.source,
                "chain": [{"left": claim.subject, "right": claim.object, "source": claim.source} for claim in each.chain],
            }
            for each in found
        ]
    }


def contradictions_result(document: Document) -> Result:
    """One row a pair."""
    rows = [
        (
            *(each[name] for name in ("left", "right", "apart")),
            "；".join(f"{one['left']} = {one['right']} ({one['source']})" for one in documents(each, "chain")),
        )
        for each in documents(document, "contradictions")
    ]
    return Result(document, CONTRADICTION_COLUMNS, rows)


def judged_document(left: str, right: str, verdict: str, done: PublishedTotals) -> Document:
    """What was judged, the act that recorded it, and how many facts changed."""
    return {
        "left": left,
        "right": right,
        "verdict": verdict,
        "act": done.load,
        "revision": done.revision,
        "nodes_changed": done.nodes_new + done.nodes_updated + done.nodes_removed,
        "relationships_changed": done.relationships_new + done.relationships_updated + done.relationships_removed,
    }


def judged_result(document: Document) -> Result:
    """One row."""
    return Result(document, JUDGED_COLUMNS, [tuple(document[column.key] for column in JUDGED_COLUMNS)])


def preview_document(found: Difference, reader: Reader) -> Document:
    """``changes``: ``new``, ``changed`` or ``gone``, the fact's id and what it is called."""
    nodes = [("new", each) for each in found.new.nodes] + [("changed", each) for each in found.after.nodes]
    nodes += [("gone", each) for each in found.gone.nodes]
    links = [("new", each) for each in found.new.relationships] + [("changed", each) for each in found.after.relationships]
    links += [("gone", each) for each in found.gone.relationships]
    told = [{"change": change, **reader.brief(node)} for change, node in nodes]
    told += [
        {"change": change, "id": link.id, "type": link.type, "caption": reader.relationship_label(link.type)} for change, link in links
    ]
    return {"changes": told, "truncated": found.truncated}


def preview_result(document: Document) -> Result:
    """One row a fact."""
    rows = [(each["change"], each["id"], each["caption"]) for each in documents(document, "changes")]
    return Result(document, PREVIEW_COLUMNS, rows)


def quality_document(found: Sequence[Quality], pairs: int) -> Document:
    """``quality``: at each threshold what was right, wrong and missed, with precision, recall and F1 (null where nothing is counted)."""
    names = [column.key for column in QUALITY_COLUMNS]
    return {"pairs": pairs, "quality": [{name: getattr(each, name) for name in names} for each in found]}


def quality_result(document: Document) -> Result:
    """One row a threshold."""
    rows = [tuple(each[column.key] for column in QUALITY_COLUMNS) for each in documents(document, "quality")]
    return Result(document, QUALITY_COLUMNS, rows)


def samples_document(found: Sequence[Measured]) -> Document:
    """``sets``: each with its ``name``, ``pairs`` (labelled), ``same`` (of these) and ``quality`` as above."""
    return {"sets": [{"name": each.name, "same": each.same, **quality_document(each.quality, each.pairs)} for each in found]}


def samples_result(document: Document) -> Result:
    """One row a set and threshold."""
    rows = [
        (told["name"], told["same"], *(each[column.key] for column in QUALITY_COLUMNS))
        for told in documents(document, "sets")
        for each in documents(told, "quality")
    ]
    return Result(document, SAMPLE_COLUMNS, rows)
