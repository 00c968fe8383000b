"""Answers in words: what kind of paths these are, in which order they stand, which limit cut them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.ontology.schema import Label
from lianyin.language import Language, say

if TYPE_CHECKING:
    from lianyin.answers.common import Dated
    from lianyin.answers.paths import PathsAnswer
    from lianyin.answers.reader import Document

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


def total_words(total: int | None, at_least: int, language: Language) -> str:
    """The total, or that so many were found before a limit ended the search."""
    return f"{total}" if total is not None else say(language, f"至少 {at_least}", f"at least {at_least}")


def paths_title(answer: PathsAnswer, language: Language) -> str:
    """How many paths of which kind and length, or why there is none."""
    if not answer.paths and not answer.finished:
        zh, en = "未算完，还没有查到路径；不等于没有。", "Not finished: no path was found yet, which does not mean that there is none."
        return say(language, zh, en)
    if not answer.paths:
        note = say(language, answer.note.zh, " " + answer.note.en) if answer.note else ""
        return say(language, "没有路径。", "No path.") + note
    total = "?" if answer.total is None else f"{answer.total:,}"
    lengths = [path.hops for path in answer.paths]
    told = counted(answer.kind, span_of(lengths), total, len(lengths))
    return say(language, told.zh, told.en)


def span_of(lengths: Sequence[int]) -> str:
    """``3``, or ``3–5``."""
    return str(lengths[0]) if min(lengths) == max(lengths) else f"{min(lengths)}–{max(lengths)}"


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


def about_note(answer: Dated, language: Language) -> str:
    """How old the data is, which days count, and when it was known, if not now."""
    date = answer.data_date or say(language, "未知", "unknown")
    known = answer.recorded_as_of
    then = say(language, f"；当时所知 {known}", f"; as known on {known}") if known else ""
    return say(language, f"数据日期 {date}；时间范围 {answer.as_of}{then}", f"Data of {date}; as of {answer.as_of}{then}")


def answer_notes(answer: Dated, language: Language, listed: int) -> tuple[str, ...]:
    """What stands below an answer: what was cut, in which order the rest stands, and how old the data is."""
    ordered: Label | None = getattr(answer, "order", None)
    order = say(language, f"顺序：{ordered.zh}", f"Order: {ordered.en}") if ordered and listed > 1 else None
    told = {name: getattr(answer, name, None) for name in ("limit", "finished", "total", "at_least")}
    return tuple(filter(None, (limit_note(told, language), order, about_note(answer, language))))
