"""``ingest``, ``loads``, ``undo``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graph.model import LOAD_KINDS
from lianyin.answers.loading import LOADS_LISTED
from lianyin.answers.reader import inner
from lianyin.cli.editions import edition_lines
from lianyin.cli.exits import ROWS_REJECTED
from lianyin.cli.output import Answer
from lianyin.cli.session import answers, current_settings, opened, progress_bar
from lianyin.language import Language, say

if TYPE_CHECKING:
    from graph.ontology.schema import NodeType
    from ingest.pipeline import Progress
    from ingest.report import Report, RowReport
    from lianyin.answers.reader import Reader

SHOWN_CHANGES = 20
"""Changes that a trial load tells before the table; ``--json`` has more."""

SHOWN_FILES = 3
"""Files of one date that are named on stderr; all of them are in the report."""

SHOWN_RULES = 8
"""Rules that are counted on stderr; all of them are in the report."""

SHOWN_SKIPPED = 20
"""Files passed over that are said on stderr; all of them are in the report."""

SHOWN_REJECTED = 20
"""Rejected rows that are said on stderr; all of them are in the report."""


@click.command()
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True)
@click.option("--mapping", metavar="NAME", help="A mapping's name or family, or a YAML file; by default the headers propose one. 指定映射")
@click.option(
    "--report",
    "report_path",
    metavar="FILE",
    help="Where to write the report (.json, .html, .xlsx); by default into the store's reports. 报告位置",
)
@click.option(
    "--rejected",
    "rejected_path",
    metavar="DIR",
    help="Write the rejected rows here as they stood, with the reasons, to be mended. 退回被拒的行",
)
@click.option(
    "--preview", "--dry-run", is_flag=True, help="Only try it out: what would change is listed, nothing is recorded. 试导入，不记录"
)
@click.option(
    "--date",
    metavar="DATE",
    default="",
    help="Of what day the data is (2024, 2024-05, 2024-05-29); by default as the file tells, else today. 数据日期",
)
@click.option("--edition-of", metavar="LOAD", default="", help="The files are other editions of those of this load. 是某次导入的另一期")
@click.option("--new-series", is_flag=True, help="The files are no editions of any that are loaded. 不是已导入名单的另一期")
@click.option("--close-gone", is_flag=True, help="The files are full lists: take back what their missing rows said. 收回已没有的行")
@click.option("--strict", is_flag=True, help="Exit with 11 if any row was rejected. 有行被拒即以 11 退出")
@answers
def ingest(
    paths: tuple[str, ...],
    *,
    mapping: str | None,
    report_path: str | None,
    rejected_path: str | None,
    preview: bool,
    date: str,
    edition_of: str,
    new_series: bool,
    close_gone: bool,
    strict: bool,
) -> Answer:
    """Load files and folders (CSV, TSV, XLSX, XLS, ODS, JSON, JSONL, Parquet) as one load. 导入表格。

    Good rows load, every rejected row is reported with its place and reason. Loading the same files again changes nothing.
    """
    from lianyin.answers.loading import report_result
    from lianyin.reports import keep_report

    with opened() as client, progress_bar(say(client.settings.language, "导入", "Loading")) as draw:
        load = client.preview if preview else client.ingest
        said = {"close_gone": close_gone, "new_series": new_series}
        report = load(paths, mapping, told(draw), date=date, edition_of=edition_of, **said)
        chosen = Path(report_path) if report_path else None
        notes = keep_report(report, chosen, client.store_url) if chosen or not preview else ()
        changes = _changes(report, client.reader) if preview else ()
        if rejected_path:
            notes += handed_back(report, paths, Path(rejected_path))
    language = current_settings().language
    totals = report.totals
    nothing_loaded = totals.read > 0 and totals.rejected == totals.read
    return Answer(
        report_result(report.to_json()),
        prose=(_summary(report, language), *changes, *usage_lines(report, language)),
        notes=(
            *date_lines(report, language),
            *edition_lines(report, language),
            *_rejected_lines(report, language),
            *_notice_lines(report, language),
            *notes,
        ),
        status=ROWS_REJECTED if nothing_loaded or (strict and totals.rejected) else 0,
    )


@click.group(invoke_without_command=True)
@click.option("--kind", "kinds", type=click.Choice(LOAD_KINDS), multiple=True, help="Only loads of this kind; may be repeated. 只列某类")
@click.option("--limit", type=int, default=LOADS_LISTED, show_default=True, help="So many of the last ones. 最多列出最近几次")
@click.pass_context
@answers
def loads(context: click.Context, kinds: tuple[str, ...], limit: int) -> Answer | None:
    """List the loads, oldest first, and what to do about one that was interrupted. 导入记录。

    What is done on the platform is a load of its own, of kind act.
    """
    if context.invoked_subcommand is not None:
        return None
    with opened() as client:
        result, language = client.loads(kinds, limit), client.reader.language
    earlier = say(language, "还有更早的记录：--limit 或 --kind", "There are earlier ones: --limit, or --kind.")
    return Answer(result, notes=(earlier,) if result.document["truncated"] else ())


@loads.command()
@click.argument("first", metavar="LOAD")
@click.argument("second", metavar="LOAD")
@answers
def compare(first: str, second: str) -> Answer:
    """What the files of two loads say differently, from the first to the second, such as two editions of one file. 比较两次导入。

    What stands the same in both counts for both, whichever load read it first.
    """
    with opened() as client:
        result = client.compare_loads(first, second)
    return Answer(result, prose=_compared(result.to_dict(), current_settings().language))


@click.command()
@click.argument("load", metavar="LOAD")
@answers
def undo(load: str) -> Answer:
    """Take a load back, exactly: the graph is as if it had never been loaded. 撤销一次导入。"""
    with opened() as client:
        return Answer(client.undo(load))


def _changes(report: Report, reader: Reader) -> tuple[str, ...]:
    """The first changes that a load which was only tried out would make."""
    from lianyin.answers.differences import difference_lines

    if report.difference is None:
        return (say(reader.language, "太大，未逐项比较", "too large to be compared fact by fact"),)
    return tuple(difference_lines(report.difference, reader, SHOWN_CHANGES))


def _compared(document: Mapping[str, object], language: Language) -> tuple[str, ...]:
    first, second, rows, facts = (inner(document, name) for name in ("first", "second", "rows", "facts"))
    nodes = f"+{facts['nodes_new']} ~{facts['nodes_updated']} -{facts['nodes_removed']}"
    links = f"+{facts['relationships_new']} ~{facts['relationships_updated']} -{facts['relationships_removed']}"
    lost, came, different, same = (rows[f"{name}_total"] for name in ("only_first", "only_second", "different", "same"))
    return (
        f"{first['id']} {first['name']} → {second['id']} {second['name']}",
        say(
            language,
            f"行：新增 {came}，改变 {different}，没有了 {lost}，相同 {same}；节点 {nodes}，关系 {links}",
            f"rows: new {came}, changed {different}, gone {lost}, the same {same}; nodes {nodes}, relationships {links}",
        ),
        *(
            (say(language, "未列全：总数见上", "Not all listed: the totals are above"),)
            if inner(document, "difference")["truncated"]
            else ()
        ),
    )


def handed_back(report: Report, paths: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """Writes the rejected rows as they stood; a line for each workbook."""
    from ingest.rejected import write_rejected

    return tuple(f"rejected rows: {path}" for path in write_rejected(report, [Path(each) for each in paths], folder))


def told(draw: Callable[[str, int, int], None] | None) -> Callable[[Progress], None] | None:
    """How far a load is, for ``progress_bar``."""
    if draw is None:
        return None
    return lambda at: draw(f"{at.file} ({at.number}/{at.tables})", at.read, at.read if at.done else 0)


def _summary(report: Report, language: Language) -> str:
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
    from lianyin.client import load_types

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
    for step in advice(report):
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


def _rejected_lines(report: Report, language: Language) -> list[str]:
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


def _notice_lines(report: Report, language: Language) -> list[str]:
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
