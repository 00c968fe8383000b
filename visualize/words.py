"""What a picture says in both languages, apart from the data."""

from __future__ import annotations

from graph.ontology.schema import Label
from visualize.audience import Audience
from visualize.view import SourceRow, View, ViewEdge

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
        return Label("已结束", "ended")
    return Label("止期不详", "end unknown") if edge.valid_from and not edge.valid_to else Label("", "")


def shown(view: View) -> Label:
    """``显示 12 / 137 条路径``: always said, also when everything is shown."""
    counted = view.counted
    return Label(
        f"显示 {counted.shown:,} / {counted.total:,} {counted.unit.zh}" + ("" if counted.complete else "，未列全"),
        f"showing {counted.shown:,} of {counted.total:,} {counted.unit.en}",
    )


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
    place = f"{row.file}·{row.sheet}" if row.sheet else row.file
    return Label(f"来源：{place} 第{row.row}行", f"Source: {place}, row {row.row}")


def short_row(row: SourceRow) -> Label:
    """The same in the little room on a line: the file's name without its ending, on two lines."""
    name = row.file.rpartition(".")[0] or row.file
    return Label(f"{name}\n第{row.row}行", f"{name}\nrow {row.row}")
