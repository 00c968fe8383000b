"""Workbooks (XLSX, XLSM, XLS, ODS): values as the text a person would type, merged cells filled from the workbook's own merge records.

Read by calamine (Rust), which loads a sheet at a time; ``Limits.unpacked_bytes`` bounds the memory. An Excel error value (#N/A)
reads as an empty cell. Formulas give the value that the workbook holds for them; nothing in it is ever run or fetched. What else is to be
known of a sheet stands in its preview's ``remarks``."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, load_workbook

from graph.errors import FileProblem
from ingest.readers.base import PREVIEW_ROWS, BrokenRow, FormatOptions, Limits, Preview, Remark, SourceRow, check_header, shape
from ingest.readers.package import REMARKS, Package, read_package

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_SAFE_INTEGER = 10**15


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


LARGEST_FORMATTED = 16 << 20
"""Bytes of an XLS file whose formats are read: xlrd holds every cell with its format, some 100 bytes each."""


def preview_spreadsheet(path: Path, name: str, options: FormatOptions, limits: Limits) -> list[Preview]:
    """One preview per visible sheet that has rows, or per sheet named in ``options.sheets`` (hidden or not)."""
    package = _package(path, name, limits)
    workbook = _open(path, name)
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
            remarks = package.of(sheet_name)
            found.append(Preview(name, sheet_name, "spreadsheet", tuple(top), epoch1904=package.epoch1904, remarks=remarks))
    if not found:
        raise FileProblem(f"{name} holds no row in any visible sheet.", hint="Fill in or unhide the sheet.", where={"file": name})
    return found


def _package(path: Path, name: str, limits: Limits) -> Package:
    """What the file holds besides its cells. An XLS file is asked for its date system and its hidden rows."""
    if zipfile.is_zipfile(path):
        return read_package(path, name, limits)
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        with xlrd.open_workbook(str(path), on_demand=True, logfile=io.StringIO()) as workbook:
            return Package(workbook.datemode == 1, _hidden_in_old_format(path))
    except XLRDError as error:
        raise _damaged(name, error) from error


def _hidden_in_old_format(path: Path) -> dict[str, tuple[Remark, ...]]:
    """Hidden rows of an XLS file, by sheet. They stand among its formats, for which every cell is read once more, and which are often torn
    where the cells are whole: of a large file, and of a torn one, it is said that nobody can tell."""
    import xlrd
    from xlrd.biffh import XLRDError

    if path.stat().st_size > LARGEST_FORMATTED:
        return {"": (Remark("hidden-unknown", 1),)}
    try:
        with xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO()) as workbook:
            return {
                sheet.name: tuple(Remark("hidden", row + 1) for row, info in sorted(sheet.rowinfo_map.items()) if info.hidden)[:REMARKS]
                for sheet in workbook.sheets()
            }
    except (XLRDError, AssertionError, LookupError, ValueError, struct.error, NotImplementedError):
        return {"": (Remark("hidden-unknown", 1),)}


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


def _too_long(table: Preview, row: int, header: Sequence[str], values: Sequence[str], limits: Limits) -> FileProblem:
    column = next(name for name, value in zip(header, values, strict=False) if len(value) > limits.cell_characters)
    return FileProblem(
        f"{table.file}, sheet {table.sheet}, row {row}, column '{column}': a cell is longer than {limits.cell_characters:,} characters.",
        hint="Shorten it.",
        where={"file": table.file, "sheet": table.sheet, "row": row, "column": column},
    )


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
            if max(map(len, values), default=0) > limits.cell_characters:
                raise _too_long(table, number, [*header, *[""] * len(values)], values, limits)
            padded = values if len(values) >= len(header) else values + [""] * (len(header) - len(values))
            shaped = shape(number, padded, header, len(header))
            if shaped is not None:
                yield shaped

    return rows
