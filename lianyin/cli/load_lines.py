"""What is said of a load: its sums, what was rejected, noticed, passed over or not used, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from lianyin.cli.session import current_settings
from lianyin.language import Language, say

if TYPE_CHECKING:
    from graph.ontology.schema import NodeType
    from ingest.report import Report
    from ingest.report_parts import RowReport
    from lianyin.answers.reader import Reader

SHOWN_FILES = 3
"""Files of one date that are named before the rest is counted."""

SHOWN_CHANGES = 20
"""Changes that a trial load tells before the table; ``--json`` has more."""

SHOWN_RULES = 8
"""Rules that are counted on stderr; all of them are in the report."""

SHOWN_SKIPPED = 20
"""Files passed over that are said on stderr; all of them are in the report."""

SHOWN_REJECTED = 20
"""Rejected rows that are said on stderr; all of them are in the report."""


def change_lines(report: Report, reader: Reader) -> tuple[str, ...]:
    """The first changes that a load which was only tried out would make."""
    from lianyin.answers.differences import Difference, difference_lines

    if report.difference is None:
        return (say(reader.language, "太大，未逐项比较", "too large to be compared fact by fact"),)
    return tuple(difference_lines(cast(Difference, report.difference), reader, SHOWN_CHANGES))


def summary(report: Report, language: Language) -> str:
    """Rows and facts of the load, in one line."""
    totals, facts = report.totals, report.facts
    rows = say(
        language,
        f"读取 {totals.read} = 新增 {totals.new} + 更新 {totals.updated} + 未变 {totals.unchanged} + 被拒 {totals.rejected}",
        f"read {totals.read} = new {totals.new} + updated {totals.updated} + unchanged {totals.unchanged} + rejected {totals.rejected}",
    )
    nodes = f"+{facts.nodes_new} ~{facts.nodes_updated} -{facts.nodes_removed}"
    relationships = f"+{facts.relationships_new} ~{facts.relationships_updated} -{facts.relationships_removed}"
    if not facts.load:
        return say(
            language,
            f"试导入，未作记录：{rows}；将使节点 {nodes}，关系 {relationships}",
            f"Tried out, nothing recorded: {rows}; it would change nodes {nodes}, relationships {relationships}",
        )
    return say(
        language,
        f"{facts.load}：{rows}；节点 {nodes}，关系 {relationships}",
        f"{facts.load}: {rows}; nodes {nodes}, relationships {relationships}",
    )


def usage_lines(report: Report, language: Language) -> Iterator[str]:
    """What of the tables was not used, what stands alone, and what to do next."""
    from ingest.advice import advice
    from lianyin.settings import load_types

    for table in report.files:
        place = f"{table.file}{f' [{table.sheet}]' if table.sheet else ''}"
        if table.unused:
            listed = say(language, "、", ", ").join(
                f"{each.column}（{each.value}）" if language == "zh" else f"{each.column} ({each.value})" for each in table.unused
            )
            yield say(language, f"{place} 没用上的列：{listed}", f"{place}: columns not used: {listed}")
    if report.alone:
        types = load_types(current_settings()).node_types
        listed = say(language, "、", ", ").join(f"{_label(types[each.type], language)} {each.nodes}" for each in report.alone)
        yield say(language, f"没有连上任何关系的节点：{listed}", f"nodes connected to nothing: {listed}")
    for step in advice(report.files, report.facts.load, report.example):
        yield say(language, step.zh, step.en)


def _label(type: NodeType, language: Language) -> str:
    return say(language, type.label.zh, type.label.en)


def row_line(row: RowReport, language: Language) -> str:
    """A rejected row: where it stands, what is wrong with it and what to do."""
    place = f"{row.file}{f' [{row.sheet}]' if row.sheet else ''}:{row.row}"
    column = f" {row.column}={row.value!r}" if row.column else ""
    reason, hint = (say(language, text.zh, text.en) for text in (row.reason, row.hint))
    return re.sub(r"\s+", " ", f"{place}{column}: {reason} {hint}").strip()


def date_lines(report: Report, language: Language) -> list[str]:
    """Of what day each table is and where that was told from, tables of one date together; then what is doubtful about it."""
    files: dict[tuple[str, str], dict[str, None]] = {}
    for each in report.files:
        files.setdefault((each.date, say(language, each.date_told.zh, each.date_told.en)), {})[each.file] = None
    lines = []
    for (date, told_from), names in files.items():
        shown = "、".join(list(names)[:SHOWN_FILES]) + ("" if len(names) <= SHOWN_FILES else f" … ({len(names)})")
        lines.append(say(language, f"数据日期 {date}（取自{told_from}）：{shown}", f"Data of {date} (from {told_from}): {shown}"))
    for each in report.files:
        place = f"{each.file}{f' [{each.sheet}]' if each.sheet else ''}"
        for doubt in each.date_doubts:
            advice = say(language, "；不对请用 --date 指定", "; if that is wrong, say --date")
            lines.append(say(language, f"日期存疑 {place}：{doubt.zh}", f"date in doubt, {place}: {doubt.en}") + advice)
    return lines


def rejected_lines(report: Report, language: Language) -> list[str]:
    """The first rejected rows, each with its place and reason."""
    lines = [say(language, "被拒 ", "rejected ") + row_line(row, language) for row in report.rejected[:SHOWN_REJECTED]]
    left = report.totals.rejected - len(lines)
    if left > 0:
        lines.append(say(language, f"被拒 另有 {left} 行，见报告", f"rejected {left} more rows: see the report"))
    return lines


def _quality_lines(report: Report, language: Language) -> list[str]:
    """By table, column and rule, the most frequent first; what was rejected is said row by row already."""
    counted = [each for each in report.quality if each.outcome != "rejected"]
    lines = []
    for each in counted[:SHOWN_RULES]:
        place = f"{each.file}{f' [{each.sheet}]' if each.sheet else ''}{f' {each.column}' if each.column else ''}"
        left_out = each.outcome == "left-out"
        zh = f"质量 {place}：{each.rule.zh}，{each.rows} 行（{each.share:.1%}），{'该值未载入' if left_out else '照载，请核对'}"
        en = f"quality {place}: {each.rule.en}; {each.rows} rows ({each.share:.1%}), {'left out' if left_out else 'loaded, please check'}"
        lines.append(say(language, zh, en))
    left = len(counted) - SHOWN_RULES
    if left > 0:
        lines.append(say(language, f"质量 另有 {left} 条，见报告", f"quality: {left} more in the report"))
    return lines


def notice_lines(report: Report, language: Language) -> list[str]:
    """Rules that rows broke, files passed over, rows that are missing now."""
    lines = _quality_lines(report, language)
    for one in report.skipped[:SHOWN_SKIPPED]:
        place = f"{one.file}{f' [{one.sheet}]' if one.sheet else ''}"
        lines.append(say(language, f"跳过 {place}：{one.reason.zh}", f"skipped {place}: {one.reason.en}"))
    if len(report.skipped) > SHOWN_SKIPPED:
        left = len(report.skipped) - SHOWN_SKIPPED
        lines.append(say(language, f"跳过 另有 {left} 个，见报告", f"skipped {left} more: see the report"))
    if report.gone_total:
        closed = sum(each.closed for each in report.gone)
        left = report.gone_total - closed
        if closed:
            lines.append(say(language, f"没有了的行 {closed}，已收回", f"{closed} rows are missing now: taken back"))
        if left:
            advice = say(
                language, "仍保留；若文件是全量名单，加 --close-gone 收回", "still held; add --close-gone where the file is the full list"
            )
            lines.append(say(language, f"没有了的行 {left}，", f"{left} rows are missing now: ") + advice)
    return lines
