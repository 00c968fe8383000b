"""What a picture says in both languages, apart from the data."""

from __future__ import annotations

from graph.ontology.schema import Label
from visualize.audience import Audience
from visualize.view import SourceRow, TypeCount, View, ViewEdge

TIE = Label("关系", "relationship")
ENDED = Label("已结束", "ended")
BOLD = Label("重点路径", "path to look at")

TABLE_OF_LINES = Label("关系", "Relationships")
TABLE_OF_NODES = Label("节点", "Nodes")
SOURCE = Label("来源：{place} 第{row}行", "Source: {place}, row {row}")

PAGE = {
    "source": SOURCE,
    "colon": Label("：", ": "),
    "more": Label("另有{type} {count}", "{count} more: {type}"),
    "fold": Label("收起{type} {count}", "fold {count}: {type}"),
    "lines": Label("{count} 条", "{count} lines"),
    "ties": Label("{count} 条关系", "{count} relationships"),
    "hits": Label("{count} 处", "{count} found"),
    "rows": Label("第 {from}–{to} 行，共 {count} 行", "rows {from}–{to} of {count}"),
    "search": Label("名称、代码", "name or code"),
    "allDays": Label("全部日期", "all dates"),
    "hint": Label("点选节点看它的关系，点选“另有”展开。", "Choose a node to see its relationships, a group to unfold it."),
}
"""What the page's script says; ``{names}`` are filled in there."""

FOOTERS = {
    Audience.PUBLIC: Label(
        "公开版：未公开身份的人员以身份和单位出现。", "Public edition: people appear by role and unit unless a published list names them."
    ),
    Audience.INTERNAL: Label(
        "内部版：本图含个人姓名，仅供内部使用，请勿外传。",
        "Internal edition: this picture names people. For internal use only; do not pass it on.",
    ),
}


def period(edge: ViewEdge) -> Label:
    """The dates of a relationship, as far as they are known; empty if none is."""
    start, end = edge.valid_from, edge.valid_to
    if start and end:
        return Label(start, start) if start == end else Label(f"{start} 至 {end}", f"{start} to {end}")
    if start:
        return Label(f"{start} 起", f"from {start}")
    if end:
        return Label(f"至 {end}", f"until {end}")
    return Label("", "")


def standing(edge: ViewEdge) -> Label:
    """Whether the relationship has ended, when the picture can tell."""
    if edge.ended:
        return ENDED
    return Label("止期不详", "end unknown") if edge.valid_from and not edge.valid_to else Label("", "")


def shown(view: View) -> Label:
    """``显示 12 / 137 条路径``: always said, also when everything is shown."""
    counted = view.counted
    return Label(
        f"显示 {counted.shown:,} / {counted.total:,} {counted.unit.zh}" + ("" if counted.complete else "，未列全"),
        f"showing {counted.shown:,} of {counted.total:,} {counted.unit.en}",
    )


def type_count(each: TypeCount) -> Label:
    """``企业 188``, or ``企业 80 / 188`` where the picture does not hold all."""
    count = f"{each.shown:,}" if each.shown >= each.total else f"{each.shown:,} / {each.total:,}"
    return Label(f"{each.label.zh} {count}", f"{each.label.en} {count}")


def line_meanings(view: View) -> list[Label]:
    """What the legend says of lines, and why a node has a ring."""
    meanings = [BOLD] if any(edge.bold for edge in view.edges) else []
    meanings += [TIE] if view.edges else []
    meanings += [ENDED] if any(edge.ended for edge in view.edges) else []
    return meanings


def time_of(view: View) -> Label:
    """Which facts, and the date of the data."""
    question = view.question
    when = {"any": Label("全部时间的记录", "facts of all dates"), "now": Label("当前有效的记录", "facts valid now")}.get(
        question.as_of, Label(f"{question.as_of} 当日有效的记录", f"facts valid on {question.as_of}")
    )
    if not question.data_date:
        return when
    return Label(f"{when.zh} · 数据日期 {question.data_date}", f"{when.en} · data of {question.data_date}")


def source_row(row: SourceRow) -> Label:
    """Which line of which file says so."""
    return Label(*(text.format(place=place_of(row), row=row.row) for text in (SOURCE.zh, SOURCE.en)))


def place_of(row: SourceRow) -> str:
    """File and sheet."""
    return f"{row.file}·{row.sheet}" if row.sheet else row.file


def short_row(row: SourceRow) -> Label:
    """The same in the little room on a line: the file's name without its ending, on two lines."""
    name = row.file.rpartition(".")[0] or row.file
    return Label(f"{name}\n第{row.row}行", f"{name}\nrow {row.row}")
