"""Rejected rows handed back (退回): a workbook for each file, its rows as they stood under its own headings, with the reason beside them,
to be mended and loaded again."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from graph.errors import FileProblem
from graph.explanations import system_reason
from graph.messages import message
from ingest.readers import FormatOptions, Preview, list_files, preview, raw_rows
from ingest.report import Report
from ingest.report_parts import FileReport, RowReport

ADDED = ("原行号 row", "列 column", "原因 reason", "怎么改 what to do")
"""Columns put behind the file's own. No mapping knows them, so that a mended workbook loads as it is."""

MOST_COLUMNS = 16_384 - len(ADDED)
"""What a worksheet holds."""

_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\")


def write_rejected(report: Report, paths: Sequence[Path], folder: Path) -> list[Path]:
    """Reads the files again and writes ``<file>.rejected.xlsx`` into ``folder`` for each that has rejected rows (as far as the report lists
    them, see ``ingest.report.LISTED``). The rows hold personal data as the file does: only the owner may read them. Raises ``FileProblem``
    for a file that has changed meanwhile, or cannot be written."""
    sources = {path.name: path for path, _ in list_files(paths)}
    written = []
    for name in dict.fromkeys(each.file for each in report.rejected):
        path = folder / f"{name}.rejected.xlsx"
        tables = [each for each in report.files if each.file == name]
        book = Workbook(write_only=True)
        for table in tables:
            rows = {each.row: each for each in report.rejected if (each.file, each.sheet) == (name, table.sheet)}
            if rows:
                _add_sheet(book, sources[name], table, rows)
        _save(book, folder, path)
        written.append(path)
    return written


def _add_sheet(book: Workbook, path: Path, table: FileReport, rows: Mapping[int, RowReport]) -> None:
    options = FormatOptions(table.delimiter, table.encoding.removesuffix("-sig"))
    top = next((each for each in preview(path, options) if each.sheet == table.sheet), None)
    if top is None:
        raise _changed(path)
    sheet = book.create_sheet((table.sheet.translate(_NOT_IN_SHEET_NAMES) or "rejected")[:_SHEET_NAME])
    header = next((cells for number, cells in top.rows if number == table.header_row), None)
    if header is None:
        raise _changed(path)
    width = len(header)
    found = list(_rejected(path, top, options, rows))
    if len(found) != len(rows):
        raise _changed(path)
    width = min(MOST_COLUMNS, max([width, *(len(cells) for _, cells in found)]))
    sheet.append([_text(sheet, text, bold=True) for text in (*_padded(header, width), *ADDED)])
    for why, cells in found:
        reason, hint = (f"{text.zh} {text.en}".strip() for text in (why.reason, why.hint))
        sheet.append([_text(sheet, text) for text in (*_padded(cells, width), str(why.row), why.column, reason, hint)])


def _rejected(path: Path, table: Preview, options: FormatOptions, rows: Mapping[int, RowReport]) -> Iterator[tuple[RowReport, list[str]]]:
    for number, cells in raw_rows(path, table, options):
        if number in rows:
            yield rows[number], cells


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _text(sheet: WriteOnlyWorksheet, text: str, *, bold: bool = False) -> Cell:
    """As text whatever it looks like: a code keeps its zeros, and nothing becomes a formula. Control characters, which no workbook can
    hold, are left out."""
    cell = WriteOnlyCell(sheet, value=ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = "s"
    cell.number_format = "@"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _save(book: Workbook, folder: Path, path: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            book.save(stream)
    except OSError as problem:
        raise FileProblem(
            message("{file} cannot be written: {reason}.", file=path.name, reason=system_reason(problem)), where={"file": str(path)}
        ) from problem


def _changed(path: Path) -> FileProblem:
    return FileProblem(
        message("{file} has changed since it was loaded.", file=path.name),
        hint=message("Load it again; then its rejected rows can be handed back."),
        where={"file": path.name},
    )
