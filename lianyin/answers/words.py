"""Answers in words: what kind of paths these are, in which order they stand, which limit cut them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from graph.ontology.schema import Label
from lianyin.answers.reader import Document, documents, inner
from lianyin.language import Language, say
from lianyin.results import Result

LIMITS: Mapping[str, Label] = {
    "rows": Label("列出的条数", "rows listed"),
    "hops": Label("步数", "hops"),
    "degree": Label("关系过多的节点未经过", "nodes with too many relationships were not passed"),
    "milliseconds": Label("时间", "time"),
    "work": Label("计算量", "work"),
    "count": Label("路径数", "number of paths"),
    "bytes": Label("内存", "memory"),
    "cancelled": Label("被取消", "it was cancelled"),
    "nodes": Label("节点数", "nodes"),
    "relationships": Label("关系数", "relationships"),
}
"""What an answer may have met, by the name that its ``limit`` has."""

ORDERS: Mapping[str, Label] = {
    "shortest": Label("只列一条：同长的路径中节点编号最先的", "one only: of those equally short, the first by the ids of its nodes"),
    "all-shortest": Label("同长，按节点编号排列", "all equally short, by the ids of their nodes"),
    "k-shortest": Label(
        "代价小的在前，其次步数少的，再按节点编号", "the least cost first, then the fewest hops, then by the ids of their nodes"
    ),
    "simple": Label("步数少的在前，再按节点编号", "the fewest hops first, then by the ids of their nodes"),
    "disjoint": Label("步数少的在前，再按节点编号", "the fewest hops first, then by the ids of their nodes"),
}
"""In which order the paths of each kind stand."""

PAIRS_ORDER = Label("步数少的在前，再按两端编号", "the fewest hops first, then by the ids of the ends")


def limit_note(document: Document, language: Language) -> str | None:
    """Which limit cut the answer, if one did."""
    limit = document["limit"]
    if limit is None:
        return None
    known = LIMITS.get(str(limit), Label(str(limit), str(limit)))
    if document.get("finished") is False:
        return unfinished_note(document, known, language)
    return say(language, f"未列全：达到上限 {known.zh}", f"Not complete: met the limit of {known.en}")


SETTINGS: Mapping[str, str] = {
    "milliseconds": "LIANYIN_MAX_MILLISECONDS",
    "work": "LIANYIN_MAX_WORK",
    "bytes": "LIANYIN_MAX_BYTES",
    "rows": "LIANYIN_MAX_ROWS",
}
"""Which setting raises a limit."""


def unfinished_note(document: Document, limit: Label, language: Language) -> str:
    """That the answer is a part, of how many at least, and what to do."""
    least = document.get("at_least")
    part = say(language, f"；至少 {least:,}", f"; at least {least:,}") if isinstance(least, int) and document.get("total") is None else ""
    setting = SETTINGS.get(str(document["limit"]))
    do = say(language, f"。请缩小范围，或调大 {setting}", f". Ask for less, or raise {setting}") if setting else ""
    return say(language, f"未算完：达到上限 {limit.zh}", f"Not finished: met the limit of {limit.en}") + part + do


def total_words(document: Document, language: Language) -> str:
    """The total, or that so many were found before a limit ended the search."""
    total, least = document["total"], document.get("at_least")
    return f"{total}" if total is not None else say(language, f"至少 {least}", f"at least {least}")


def paths_title(document: Document, language: Language) -> str:
    """How many paths of which kind and length, or why there is none."""
    paths = documents(document, "paths")
    if not paths and document["finished"] is False:
        zh, en = "未算完，还没有查到路径；不等于没有。", "Not finished: no path was found yet, which does not mean that there is none."
        return say(language, zh, en)
    if not paths:
        note = document["note"] and inner(document, "note")[language]
        return say(language, "没有路径。", "No path.") + (say(language, "", " ") + str(note) if note else "")
    total = "?" if document["total"] is None else f"{document['total']:,}"
    told = counted(str(document["kind"]), _lengths(document), total, len(paths))
    return say(language, told.zh, told.en)


def counted(kind: str, hops: str, total: str, listed: int) -> Label:
    """``hops`` is one length or a span of them, ``total`` a number or ``?``."""
    if kind == "k-shortest":
        return Label(f"最优的 {listed} 条路径，{hops} 步", f"the best {listed} paths, {hops} hops")
    if kind == "simple":
        return Label(f"全部路径 {total} 条，列出 {listed} 条，{hops} 步", f"{total} paths in all, {listed} listed, {hops} hops")
    if kind == "disjoint":
        return Label(
            f"互不共用中间节点的路径 {total} 条，列出 {listed} 条，{hops} 步",
            f"{total} paths that share no node but their ends, {listed} listed, {hops} hops",
        )
    return Label(f"{hops} 步，最短路径 {total} 条，列出 {listed} 条", f"{hops} hops, {total} shortest paths, {listed} listed")


def _lengths(document: Document) -> str:
    hops = [cast(int, path["hops"]) for path in documents(document, "paths")]
    return str(hops[0]) if min(hops) == max(hops) else f"{min(hops)}–{max(hops)}"


def about_note(document: Document, language: Language) -> str:
    """How old the data is, which days count, and when it was known, if not now."""
    date = document["data_date"] or say(language, "未知", "unknown")
    known = document.get("recorded_as_of")
    then = say(language, f"；当时所知 {known}", f"; as known on {known}") if known else ""
    return say(language, f"数据日期 {date}；时间范围 {document['as_of']}{then}", f"Data of {date}; as of {document['as_of']}{then}")


def notes(result: Result, language: Language) -> tuple[str, ...]:
    """What stands below an answer: what was cut, in which order the rest stands, and how old the data is."""
    document = result.document
    ordered = document.get("order")
    order = say(language, "顺序：", "Order: ") + str(inner(document, "order")[language]) if ordered and len(result) > 1 else None
    return tuple(filter(None, (limit_note(document, language), order, about_note(document, language))))
