"""Affiliations as they are answered: what a text names, what is left to a person, and how good that is on labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.affiliations.evaluation import Miss, Scores
from graph.affiliations.institutions import NameKind
from graph.affiliations.reading import Affiliation
from graph.affiliations.surroundings import Rest
from graph.ontology.schema import Label
from lianyin.answers.reader import Document
from lianyin.language import Language, say
from lianyin.results import Column, Result

COLUMNS = (
    Column("text", "原文", "text"),
    Column("rows", "行数", "rows", number=True),
    Column("universities", "高校", "universities"),
    Column("units", "院系", "units"),
    Column("how", "依据", "how"),
    Column("questions", "待认定", "to be decided"),
    Column("apart", "自成单位", "of its own"),
)
SCORE_COLUMNS = (
    Column("half", "部分", "part"),
    Column("texts", "文本", "texts", number=True),
    Column("labelled", "应有高校", "labelled", number=True),
    Column("chosen", "认出", "chosen", number=True),
    Column("right", "正确", "right", number=True),
    Column("precision", "准确率", "precision", number=True),
    Column("recall", "召回率", "recall", number=True),
    Column("asked", "留待认定", "asked", number=True),
    Column("none", "无高校", "none", number=True),
    Column("none_right", "其中判对", "of these right", number=True),
)
HOW: Mapping[NameKind | Rest, Label] = {
    NameKind.NAME: Label("校名", "its name"),
    NameKind.LATER: Label("后来的校名", "its later name"),
    NameKind.RENAMED: Label("曾用名", "a former name"),
    NameKind.MERGED: Label("已并入", "became part of it"),
    NameKind.SHORT: Label("简称", "a short name"),
    NameKind.SHARED: Label("同名多家", "several go by this name"),
    Rest.HOSPITAL: Label("附属医院", "its hospital"),
    Rest.SCHOOL: Label("附属学校", "its school"),
    Rest.COMPANY: Label("校办企业", "its company"),
    Rest.OWN_COLLEGE: Label("院系或独立学院", "a unit, or a college of its own"),
}


def affiliation_document(read: Affiliation, rows: int) -> Document:
    """One text. ``until`` is the year in which the name as written ended, null if unknown or still."""
    return {
        "text": read.text,
        "rows": rows,
        "universities": [
            {
                "name": each.name,
                "code": each.code or None,
                "institution": each.institution,
                "written": each.written,
                "how": str(each.kind),
                "until": each.until or None,
                "unit": each.unit or None,
                "read_as": each.slip or None,
                "decided_by": each.decided_by or None,
            }
            for each in read.named
        ],
        "questions": [{"written": each.written, "why": str(each.why), "candidates": list(each.candidates)} for each in read.doubts],
        "apart": [{"written": each.written, "kind": str(each.kind), "of": each.of or None} for each in read.apart],
    }


def affiliations_result(found: Sequence[tuple[int, Affiliation]], language: Language) -> Result:
    """A row a text."""
    rows = [
        (
            read.text,
            count,
            "；".join(read.universities),
            "；".join(each.unit for each in read.named if each.unit),
            "；".join(_how(each.kind, each.decided_by or (str(each.until) if each.until else ""), language) for each in read.named),
            "；".join(f"{each.written}: {'、'.join(each.candidates) or '?'}" for each in read.doubts),
            "；".join(f"{each.written} ({_how(each.kind, each.of, language)})" for each in read.apart),
        )
        for count, read in found
    ]
    document = {
        "affiliations": [affiliation_document(read, count) for count, read in found],
        "texts": len(found),
        "named": sum(bool(read.named) for _, read in found),
        "asked": sum(bool(read.doubts) for _, read in found),
    }
    return Result(document, COLUMNS, rows)


def _how(kind: NameKind | Rest, detail: str, language: Language) -> str:
    label = HOW[kind]
    told = say(language, label.zh, label.en)
    return f"{told} ({detail})" if detail else told


def scores_result(measured: Mapping[str, Scores], language: Language) -> Result:
    """A row a part of the labels, all together last."""
    rows = [
        (
            half or say(language, "全部", "all"),
            each.texts,
            each.labelled,
            each.chosen,
            each.right,
            _rounded(each.precision),
            _rounded(each.recall),
            each.asked,
            each.none,
            each.none_right,
        )
        for half, each in measured.items()
    ]
    document = {
        "parts": [
            {**dict(zip((column.key for column in SCORE_COLUMNS), row, strict=True)), "misses": [_miss(one) for one in each.misses]}
            for row, each in zip(rows, measured.values(), strict=True)
        ]
    }
    return Result(document, SCORE_COLUMNS, rows)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _miss(miss: Miss) -> Document:
    return {"text": miss.text, "wrong": list(miss.wrong), "missing": list(miss.missing), "asked": list(miss.asked)}
