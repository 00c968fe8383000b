"""Nodes as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lianyin.answers.nodes import PropertySource, WhyPropertyAnswer
from lianyin.answers.reader import Reader, span
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from lianyin.answers.history import PropertyHistory
    from lianyin.answers.nodes import HitsAnswer, NodeAnswer, NodeSource, WhyAnswer

HIT_COLUMNS = (
    Column("caption", "名称", "caption"),
    Column("type", "类型", "type"),
    Column("hint", "区别", "hint"),
    Column("id", "编号", "id"),
)
RELATIONSHIP_COLUMNS = (
    Column("type", "关系", "relationship"),
    Column("direction", "方向", "direction"),
    Column("caption", "对方", "other end"),
    Column("other_type", "类型", "type"),
    Column("dates", "起止", "dates"),
    Column("id", "对方编号", "id of the other end"),
)
SOURCE_COLUMNS = (
    Column("file", "文件", "file"),
    Column("sheet", "工作表", "sheet"),
    Column("row", "行", "row", number=True),
    Column("says", "内容", "says"),
    Column("source", "来源", "source"),
    Column("source_date", "来源日期", "source date"),
    Column("load", "导入记录", "load"),
    Column("chosen", "采用", "stands"),
)


def hits_table(answer: HitsAnswer, reader: Reader) -> Table:
    """One row a hit."""
    rows = [(hit.caption, reader.type_label(hit.type), hit.hint, hit.id) for hit in answer.hits]
    return Table(HIT_COLUMNS, rows, notes=() if rows else (say(reader.language, "没有找到。", "Nothing found."),))


def node_table(answer: NodeAnswer, reader: Reader) -> Table:
    """One row a relationship that is listed; before them the node and its properties."""
    rows = [
        (
            reader.relationship_label(row.type),
            "→" if row.direction == "out" else "←",
            row.other.caption,
            reader.type_label(row.other.type),
            span(row.valid_from, row.valid_to, row.ended),
            row.other.id,
        )
        for row in answer.relationships
    ]
    cut = say(reader.language, f"未列全：{len(rows)} / {answer.total} 条关系", f"Not all listed: {len(rows)} of {answer.total}")
    return Table(RELATIONSHIP_COLUMNS, rows, tuple(_node_lines(answer, reader)), (cut,) if answer.truncated else ())


def _node_lines(answer: NodeAnswer, reader: Reader) -> Iterator[str]:
    node = answer.node
    yield f"{node.caption}  {reader.type_label(node.type)}  {node.id}"
    for name, value in node.properties.items():
        yield f"  {name}: {'、'.join(value) if isinstance(value, list) else value}"
    yield from _history_lines(answer.history, reader)
    if node.identifiers:
        yield say(reader.language, "  又名 ", "  also ") + ", ".join(node.identifiers)


def why_table(answer: WhyAnswer, reader: Reader) -> Table:
    """One row a source row; before them what stands, and why."""
    rows = [
        (source.file, source.sheet, source.row, _says(source), source.source, source.source_date, source.load, _mark(source))
        for source in answer.sources
    ]
    title = f"{answer.node.caption}  {answer.node.id}"
    if isinstance(answer, WhyPropertyAnswer):
        title += f"  {answer.property} = {answer.value}"
    lines = (title, *_reasons(answer, reader), *_history_lines(answer.history, reader))
    nothing = say(reader.language, "没有来源行说到它。", "No row says so.")
    return Table(SOURCE_COLUMNS, rows, lines, () if rows else (nothing,))


def _history_lines(history: list[PropertyHistory], reader: Reader) -> Iterator[str]:
    """What changed from one edition of a source to another, and when."""
    for changed in history:
        yield f"  {changed.property}  {say(reader.language, changed.zh, changed.en)}"


def _reasons(answer: WhyAnswer, reader: Reader) -> Iterator[str]:
    """Why the value stands, or which properties rows disagree about."""
    language = reader.language
    if isinstance(answer, WhyPropertyAnswer):
        if answer.reason:
            yield f"  {say(language, answer.reason.zh, answer.reason.en)}"
        return
    for each in answer.disputed:
        others = "、".join(dict.fromkeys(str(one.value) for one in each.against))
        against = say(language, f"也有说 {others}", f"others say {others}")
        yield f"  {each.property} = {each.value}  {against}  {say(language, each.reason.zh, each.reason.en)}"


def _mark(source: NodeSource) -> str:
    if not isinstance(source, PropertySource):
        return ""
    return "✓" if source.chosen else "✗"


def _says(source: NodeSource) -> str:
    """``name: 扬州大学; city: 扬州``, with what the cell itself held where that differs, and a mark at what the mapping states."""
    parts = []
    for name, value in sorted(source.values.items()):
        text = "、".join(value) if isinstance(value, list) else str(value)
        mark = " （映射所定，非该行所说 from the mapping, not from the row）" if name in source.from_mapping else ""
        parts.append(f"{name}: {text}" + (f" ({source.raw[name]!r})" if name in source.raw else mark))
    return "; ".join(parts)
