"""The report of a load as a page to read and as a workbook to work through. ``ingest.report`` holds what both show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from graph.formulas import defused
from ingest.outcome import Bilingual
from ingest.report import Report, write_report
from ingest.report_parts import RowReport, Totals

SHOWN = 1_000
"""Rows that a page lists; the workbook and the JSON report have them all."""

Row = tuple[str | int, ...]

FILES = (
    "文件 file",
    "工作表 sheet",
    "映射 mapping",
    "读取 read",
    "新增 new",
    "更新 updated",
    "未变 unchanged",
    "被拒 rejected",
    "被拒率 share",
)
REASONS = ("文件 file", "列 column", "原因 reason", "行数 rows")
QUALITY = ("文件 file", "工作表 sheet", "列 column", "规则 rule", "处理 outcome", "行数 rows", "占比 share")
OUTCOMES = {"rejected": "整行被拒 rejected", "left-out": "该值未载入 left out", "loaded": "照载，请核对 loaded, please check"}
GONE = ("文件 file", "工作表 sheet", "原行号 row", "已收回 taken back")
ROWS = ("文件 file", "工作表 sheet", "行 row", "列 column", "值 value", "原因 reason", "怎么改 what to do")


def write_any_report(report: Report, path: Path) -> None:
    """As the path's ending asks: ``.html``, ``.xlsx``, else JSON. Raises ``OSError`` if it cannot."""
    ending = path.suffix.lower()
    if ending in (".html", ".htm"):
        path.write_text(page(report), encoding="utf-8")
    elif ending == ".xlsx":
        workbook(report).save(path)
    else:
        write_report(report, path)


def page(report: Report) -> str:
    """One HTML page that needs nothing else; every text in it is escaped."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(loader=PackageLoader("ingest", "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.get_template("report.html").render(
        load=report.facts.load,
        totals=_totals(report.totals),
        facts=report.facts,
        tables=(
            ("各文件 By file", FILES, file_rows(report)),
            ("数据质量 Data quality", QUALITY, quality_rows(report)),
            ("被拒的原因 Why rows were rejected", REASONS, reason_rows(report, rejected=True)),
            (f"被拒的行 Rejected rows{_cut(report.rejected)}", ROWS, list(listed_rows(report.rejected[:SHOWN]))),
            ("提示的原因 What to look at", REASONS, reason_rows(report, rejected=False)),
            (f"提示 Notices{_cut(report.notices)}", ROWS, list(listed_rows(report.notices[:SHOWN]))),
            (f"这次没有了的行 Rows that are missing now ({report.gone_total})", GONE, gone_rows(report)[:SHOWN]),
            (
                "跳过 Skipped",
                ("文件 file", "工作表 sheet", "原因 reason"),
                [(each.file, each.sheet, both(each.reason)) for each in report.skipped],
            ),
        ),
        truncated=report.truncated,
    )


def workbook(report: Report) -> Workbook:
    """A sheet for each table; texts that a spreadsheet would run are defused."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _fill(first, "文件", FILES, file_rows(report))
    _fill(book.create_sheet(), "数据质量", QUALITY, quality_rows(report))
    _fill(book.create_sheet(), "被拒原因", REASONS, reason_rows(report, rejected=True))
    _fill(book.create_sheet(), "被拒行", ROWS, listed_rows(report.rejected))
    _fill(book.create_sheet(), "没有了的行", GONE, gone_rows(report))
    _fill(book.create_sheet(), "提示原因", REASONS, reason_rows(report, rejected=False))
    _fill(book.create_sheet(), "提示", ROWS, listed_rows(report.notices))
    return book


def file_rows(report: Report) -> list[Row]:
    """One row a table of a file, then the sum."""
    rows: list[Row] = [(each.file, each.sheet, each.mapping, *_totals(each.totals)) for each in report.files]
    return [*rows, ("合计 total", "", "", *_totals(report.totals))]


def quality_rows(report: Report) -> list[Row]:
    """By table, column and rule: how many rows, what share of all, and what became of them."""
    return [
        (each.file, each.sheet, each.column, both(each.rule), OUTCOMES[each.outcome], each.rows, f"{each.share:.1%}")
        for each in report.quality
    ]


def reason_rows(report: Report, *, rejected: bool) -> list[Row]:
    """How often each rule was broken, by file and column, the most frequent first."""
    counted = report.rejected_by_reason if rejected else report.notices_by_reason
    return [(each.file, each.column, both(each.reason), each.count) for each in counted]


def listed_rows(rows: Iterable[RowReport]) -> Iterable[Row]:
    """Row by row; personal values are masked already."""
    return ((each.file, each.sheet, each.row, each.column, each.value, both(each.reason), both(each.hint)) for each in rows)


def gone_rows(report: Report) -> list[Row]:
    """Rows of an earlier load that are missing now."""
    return [(each.file, each.sheet, each.row, "是 yes" if each.closed else "否 no") for each in report.gone]


def both(text: Bilingual) -> str:
    """Both languages, once where they are the same."""
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}".strip()


def _totals(totals: Totals) -> Row:
    share = f"{totals.rejected / totals.read:.1%}" if totals.read else "–"
    return totals.read, totals.new, totals.updated, totals.unchanged, totals.rejected, share


def _cut(rows: Sequence[RowReport]) -> str:
    return f" ({SHOWN:,} / {len(rows):,})" if len(rows) > SHOWN else ""


def _fill(sheet: Worksheet, title: str, head: Row, rows: Iterable[Row]) -> None:
    sheet.title = title
    sheet.append(head)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([defused(each) if isinstance(each, str) else each for each in row])
    for number, name in enumerate(head, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, min(50, 3 * len(str(name))))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
