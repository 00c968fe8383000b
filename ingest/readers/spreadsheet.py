"""Workbooks (XLSX, XLSM, XLS, ODS): values as the text a person sees, merged cells filled from the workbook's own merge records.

XLSX and XLS are read by calamine (Rust), which loads a sheet at a time; ``Limits.unpacked_bytes`` bounds the memory. Number cells whose
format shows something else than their value (000123, 2020.10, a month) read as they show. An Excel error value (#N/A) reads as an empty
cell. Formulas give the value that the workbook holds for them; nothing in it is ever run or fetched. What else is to be known of a sheet
stands in its preview's ``remarks``."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, load_workbook

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import (
    PREVIEW_ROWS,
    BrokenRow,
    FormatOptions,
    Limits,
    Preview,
    Remark,
    SourceRow,
    TableRows,
    check_header,
    shaper,
)
from ingest.readers.detect import is_open_document
from ingest.readers.number_formats import plain_number
from ingest.readers.old_workbook import read_old_workbook
from ingest.readers.open_document import open_rows, read_sheets
from ingest.readers.package import read_package

Cell = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
_SAFE_INTEGER = 10**15
REMEMBERED = 20_000
"""Numbers with a fraction whose texts are remembered."""


def _open(path: Path, name: str, regular: bytes = b"") -> CalamineWorkbook:
    """``regular``: the same workbook in regular XML, read in its place."""
    try:
        return load_workbook(io.BytesIO(regular) if regular else path)
    except PasswordError as error:
        raise FileProblem(
            message("{name} is an encrypted workbook (protected by a password).", name=name),
            hint=message("Remove the password and save it."),
            where={"file": name},
        ) from error
    except (CalamineError, OSError) as error:
        raise _damaged(name, error) from error


def _damaged(name: str, error: Exception) -> FileProblem:
    return FileProblem(
        message("{name} is a damaged workbook: {error}.", name=name, error=error),
        hint=message("Open it in Excel, save it again, and load that."),
        where={"file": name},
    )


def cell_text(value: Cell) -> str:
    """What a person would type: whole numbers without a point, dates as ISO, no time of day where it is midnight."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _SAFE_INTEGER else _fraction_text(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return str(value)


@lru_cache(maxsize=REMEMBERED)
def _fraction_text(value: float) -> str:
    """Amounts and rates repeat down a column."""
    return plain_number(repr(value))


def preview_spreadsheet(path: Path, name: str, options: FormatOptions, limits: Limits) -> list[Preview]:
    """One preview per visible sheet that has rows, or per sheet named in ``options.sheets`` (hidden or not)."""
    found = _open_document(path, name, limits) if is_open_document(path) else _other(path, name, options.sheets, limits)
    names = [table.sheet for table, _ in found]
    missing = [sheet for sheet in options.sheets if sheet not in names]
    if missing:
        raise FileProblem(
            message("{name} has no sheet '{missing}'.", name=name, missing=missing[0]),
            hint=message("Its sheets: {names}", names=tuple(names)),
            where={"file": name, "sheet": missing[0]},
        )
    if options.sheets:
        chosen = [table for sheet in options.sheets for table, _ in found if table.sheet == sheet]
    else:
        chosen = [table for table, visible in found if visible]
    filled = [table for table in chosen if table.rows]
    if not filled:
        raise FileProblem(
            message("{name} contains no row in any visible sheet.", name=name),
            hint=message("Fill in or unhide the sheet."),
            where={"file": name},
        )
    return filled


def _open_document(path: Path, name: str, limits: Limits) -> list[tuple[Preview, bool]]:
    """The sheets of an ODS file, and whether each is visible."""
    sheets, epoch1904, macros = read_sheets(path, name, limits)
    whole = (Remark("macros"),) if macros else ()
    return [
        (
            Preview(
                name,
                sheet.name,
                "spreadsheet",
                tuple(sheet.top),
                epoch1904=epoch1904,
                remarks=(*whole, *sheet.remarks),
                merged=tuple(sheet.merged),
            ),
            sheet.visible,
        )
        for sheet in sheets
    ]


def _other(path: Path, name: str, wanted: Sequence[str], limits: Limits) -> list[tuple[Preview, bool]]:
    """The sheets of an XLSX or XLS file, and whether each is visible; the rows of those that are wanted, by default of the visible ones."""
    package = read_package(path, name, limits) if zipfile.is_zipfile(path) else read_old_workbook(path, name, limits)
    workbook = _open(path, name, package.regular)
    found = []
    for sheet in workbook.sheets_metadata:
        visible = str(sheet.visible).rsplit(".", 1)[-1] == "Visible"
        shown = package.shown.get(sheet.name, {})
        read = _sheet(workbook, sheet.name, name) if (sheet.name in wanted if wanted else visible) else None
        filled = ((number, tuple(values)) for number, values in _rows(read, shown) if any(values)) if read else iter(())
        top = tuple(islice(filled, PREVIEW_ROWS))
        table = Preview(
            name,
            sheet.name,
            "spreadsheet",
            top,
            epoch1904=package.epoch1904,
            remarks=package.of(sheet.name),
            merged=tuple(_merged_across(read)) if read else (),
            shown=shown,
            regular=package.regular,
        )
        found.append((table, visible))
    return found


def _sheet(workbook: CalamineWorkbook, sheet: str, name: str) -> CalamineSheet:
    try:
        return workbook.get_sheet_by_name(sheet)
    except (CalamineError, OSError) as error:
        raise _damaged(name, error) from error


def _merged_across(sheet: CalamineSheet) -> Iterator[tuple[int, int, int]]:
    for (top, left), (_, right) in sorted(sheet.merged_cell_ranges or []):
        if right > left and top < 4 * PREVIEW_ROWS:
            yield top + 1, left, right


def _rows(sheet: CalamineSheet, shown: Mapping[int, Sequence[tuple[int, str]]]) -> Iterator[tuple[int, list[str]]]:
    """(sheet row from 1, cell texts), merged cells filled with their first cell's text."""
    merged = _Merged(sheet.merged_cell_ranges or [])
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [value if type(value) is str else cell_text(value) for value in values]
        for column, text in shown.get(number, ()):
            if column < len(cells):
                cells[column] = text
        yield number, merged.fill(number, cells)


def _sheet_rows(path: Path, table: Preview, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    if is_open_document(path):
        return open_rows(path, table.file, table.sheet, limits)
    workbook = _open(path, table.file, table.regular)
    return _rows(_sheet(workbook, table.sheet, table.file), table.shown)


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
        message(
            "{file}, sheet {sheet}, row {row}, column '{column}': a cell is longer than {cell_characters:,} characters.",
            file=table.file,
            sheet=table.sheet,
            row=row,
            column=column,
            cell_characters=limits.cell_characters,
        ),
        hint=message("Shorten it."),
        where={"file": table.file, "sheet": table.sheet, "row": row, "column": column},
    )


def raw_spreadsheet(path: Path, table: Preview, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Every row of the sheet, merged cells filled."""
    return _sheet_rows(path, table, limits)


def read_spreadsheet(path: Path, table: Preview, header_row: int, header: tuple[str, ...], limits: Limits) -> TableRows:
    """Gives the rows below ``header_row``, under ``header`` (already renamed)."""
    check_header(header, table.file, header_row, limits)

    def rows(late: list[Remark]) -> Iterator[SourceRow | BrokenRow]:
        shape, told = shaper(header, len(header), late, fixed=True)
        for number, values in _sheet_rows(path, table, limits):
            if number <= header_row:
                continue
            if max(map(len, values), default=0) > limits.cell_characters:
                raise _too_long(table, number, [*header, *[""] * len(values)], values, limits)
            shaped = shape(number, values)
            if shaped is not None:
                yield shaped
        told()

    return TableRows(rows)
