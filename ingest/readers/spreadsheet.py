"""Workbooks (XLSX, XLSM, XLS, ODS): values as the text a person would type, merged cells filled from the workbook's own merge records.

Read by calamine (Rust), which loads a sheet at a time; ``Limits.unpacked_bytes`` bounds the memory. An Excel error value (#N/A)
reads as an empty cell. Formulas give the value that the workbook holds for them; nothing in it is ever run or fetched."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, load_workbook

from graph.errors import FileProblem
from ingest.readers.base import PREVIEW_ROWS, BrokenRow, FormatOptions, Limits, Preview, SourceRow, check_header, shape

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_DATE_1904 = re.compile(rb'<(?:\w+:)?workbookPr[^>]*date1904="(?:1|true)"|<table:null-date[^>]*table:date-value="1904-01-01"')
_SAFE_INTEGER = 10**15
_HEAD = 16_000_000
"""Where the date system must have been stated: at the head of the workbook's main part."""


def _open(path: Path, name: str) -> CalamineWorkbook:
    try:
        return load_workbook(path)
    except PasswordError as error:
        raise FileProblem(
            f"{name} is an encrypted workbook (protected by a password).", hint="Remove the password and save it.", where={"file": name}
        ) from error
    except (CalamineError, OSError) as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> FileProblem:
    return FileProblem(
        f"{name} is a damaged workbook: {error}.", hint="Open it in Excel, save it again, and load that.", where={"file": name}
    )


def cell_text(value: Cell) -> str:
    """What a person would type: whole numbers without a point, dates as ISO, no time of day where it is midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _SAFE_INTEGER else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return str(value)


def preview_spreadsheet(path: Path, name: str, options: FormatOptions) -> list[Preview]:
    """One preview per visible sheet that has rows, or per sheet named in ``options.sheets`` (hidden or not)."""
    workbook = _open(path, name)
    epoch1904 = _is_1904(path)
    hidden = {sheet.name for sheet in workbook.sheets_metadata if str(sheet.visible).rsplit(".", 1)[-1] != "Visible"}
    missing = [sheet for sheet in options.sheets if sheet not in workbook.sheet_names]
    if missing:
        raise FileProblem(
            f"{name} has no sheet '{missing[0]}'.",
            hint="Its sheets: " + ", ".join(workbook.sheet_names),
            where={"file": name, "sheet": missing[0]},
        )
    found = []
    for sheet_name in options.sheets or [each for each in workbook.sheet_names if each not in hidden]:
        top = []
        for number, values in _rows(workbook, sheet_name, name):
            if any(values):
                top.append((number, tuple(values)))
            if len(top) >= PREVIEW_ROWS:
                break
        if top:
            found.append(Preview(name, sheet_name, "spreadsheet", tuple(top), epoch1904=epoch1904))
    if not found:
        raise FileProblem(f"{name} holds no row in any visible sheet.", hint="Fill in or unhide the sheet.", where={"file": name})
    return found


def _is_1904(path: Path) -> bool:
    """Whether days are counted from 1904 on, as old Macs did: what a serial number in a text column means depends on it."""
    if not zipfile.is_zipfile(path):
        return _old_workbook_is_1904(path)
    with zipfile.ZipFile(path) as archive:
        main = "xl/workbook.xml" if "xl/workbook.xml" in archive.namelist() else "content.xml"
        with archive.open(main) as stream:
            return bool(_DATE_1904.search(stream.read(_HEAD)))


def _old_workbook_is_1904(path: Path) -> bool:
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        with xlrd.open_workbook(str(path), on_demand=True, logfile=io.StringIO()) as workbook:
            return bool(workbook.datemode == 1)
    except XLRDError as error:
        raise _damaged(path.name, error) from error


def _rows(workbook: CalamineWorkbook, sheet_name: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(sheet row from 1, cell texts), merged cells filled with their first cell's text."""
    try:
        sheet: CalamineSheet = workbook.get_sheet_by_name(sheet_name)
        merged = _Merged(sheet.merged_cell_ranges or [])
        for number, values in enumerate(sheet.iter_rows(), start=1):
            yield number, merged.fill(number, [cell_text(value) for value in values])
    except (CalamineError, OSError) as error:
        raise _damaged(name, error) from error


class _Merged:
    """Fills vertical merges while rows go by; only ranges that end below the current row are kept. Merges across columns stay in
    their first column: a title is not a value of every column it spans."""

    def __init__(self, ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
        self._starting: dict[int, list[tuple[int, int]]] = {}
        for (top, left), (bottom, _right) in ranges:
            if bottom > top:
                self._starting.setdefault(top + 1, []).append((bottom + 1, left))
        self._open: list[tuple[int, int, str]] = []

    def fill(self, number: int, cells: list[str]) -> list[str]:
        self._open = [each for each in self._open if each[0] >= number]
        for _last, column, text in self._open:
            if column < len(cells):
                cells[column] = text
        for last, column in self._starting.pop(number, ()):
            if column < len(cells):
                self._open.append((last, column, cells[column]))
        return cells


def raw_spreadsheet(path: Path, table: Preview) -> Iterator[tuple[int, list[str]]]:
    """Every row of the sheet, merged cells filled."""
    return _rows(_open(path, table.file), table.sheet, table.file)


def read_spreadsheet(
    path: Path, table: Preview, header_row: int, header: tuple[str, ...], limits: Limits
) -> Callable[[], Iterator[SourceRow | BrokenRow]]:
    """A function that gives the rows below ``header_row``, under ``header`` (already renamed)."""
    check_header(header, table.file, header_row, limits)

    def rows() -> Iterator[SourceRow | BrokenRow]:
        workbook = _open(path, table.file)
        for number, values in _rows(workbook, table.sheet, table.file):
            if number <= header_row:
                continue
            if any(len(value) > limits.cell_characters for value in values):
                raise FileProblem(
                    f"{table.file}, sheet {table.sheet}, row {number}: a cell is longer than {limits.cell_characters:,} characters.",
                    hint="Shorten it.",
                    where={"file": table.file, "sheet": table.sheet, "row": number},
                )
            padded = values if len(values) >= len(header) else values + [""] * (len(header) - len(values))
            shaped = shape(number, padded, header, len(header))
            if shaped is not None:
                yield shaped

    return rows
