"""XLS workbooks (Excel 97–2003): what their cells do not say, looked at with xlrd before calamine opens them."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.biffh import XLRDError
from xlrd.book import Book
from xlrd.compdoc import CompDoc, CompDocError
from xlrd.sheet import Sheet

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import Limits, Remark
from ingest.readers.number_formats import Shown, is_rounded, plain_number, shown_by
from ingest.readers.package import Package
from ingest.readers.sheet_scan import REMARKS, Texts, check_grid

LARGEST_FORMATTED = 16 << 20
"""Bytes of an XLS file whose formats are read: xlrd holds every cell with its format, some 100 bytes each."""
_CELLS = frozenset((0x0006, 0x0007, 0x007E, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x027E, 0x0406))
"""The records of BIFF that hold a cell, or several: they begin with row and column."""
_MULTIPLE = frozenset((0x00BD, 0x00BE))
_BEGIN = 0x0809
_TORN = (XLRDError, CompDocError, AssertionError, LookupError, ValueError, struct.error, NotImplementedError)


def read_old_workbook(path: Path, name: str, limits: Limits) -> Package:
    """The date system, hidden rows and what number cells show. Formats are often torn where the cells are whole: then, and in a large file,
    it is said that nobody can tell. Raises ``FileProblem`` for a torn file and for cells that reach too far."""
    try:
        _check_grids(path, name, limits)
        with xlrd.open_workbook(str(path), on_demand=True, logfile=io.StringIO()) as workbook:
            epoch1904 = workbook.datemode == 1
    except _TORN as error:
        raise FileProblem(
            message("{name} is a damaged workbook: {error}.", name=name, error=error),
            hint=message("Open it in Excel, save it again, and load that."),
            where={"file": name},
        ) from error
    if path.stat().st_size > LARGEST_FORMATTED:
        return Package(epoch1904, {"": (Remark("hidden-unknown", 1),)})
    try:
        with xlrd.open_workbook(str(path), formatting_info=True, logfile=io.StringIO()) as workbook:
            shows = _formats(workbook, epoch1904)
            found = {sheet.name: _facts(sheet, shows) for sheet in workbook.sheets()}
    except _TORN:
        return Package(epoch1904, {"": (Remark("hidden-unknown", 1),)})
    return Package(epoch1904, {name: each[0] for name, each in found.items()}, {name: each[1] for name, each in found.items()})


def _formats(workbook: Book, epoch1904: bool) -> dict[int, Shown]:
    """By number of the cell's style, for those that show something else than the value."""
    found = {}
    for number, style in enumerate(workbook.xf_list):
        format = workbook.format_map.get(style.format_key)
        show = shown_by(format.format_str, epoch1904) if format else None
        if show:
            found[number] = show
    return found


def _facts(sheet: Sheet, shows: dict[int, Shown]) -> tuple[tuple[Remark, ...], Texts]:
    hidden = [Remark("hidden", row + 1) for row, info in sorted(sheet.rowinfo_map.items()) if info.hidden]
    rounded: list[Remark] = []
    shown: Texts = {}
    for row, column, value, style in _numbers(sheet):
        stored = repr(value).removesuffix(".0")
        show = shows.get(style)
        text = show(stored) if show else None
        if is_rounded(repr(value)):
            text = plain_number(repr(value))
            rounded.append(Remark("rounded", row + 1, column))
        if text is not None:
            shown.setdefault(row + 1, []).append((column, text))
    return (*hidden[:REMARKS], *rounded[:REMARKS]), shown


def _numbers(sheet: Sheet) -> Iterator[tuple[int, int, float, int]]:
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                yield row, column, float(sheet.cell_value(row, column)), sheet.cell_xf_index(row, column)


def _check_grids(path: Path, name: str, limits: Limits) -> None:
    """Row and column are 16 bits each in every record of a cell, so that two small records may ask for four thousand million cells."""
    content = path.read_bytes()
    book = CompDoc(content, logfile=io.StringIO())
    stream = book.get_named_stream("Workbook") or book.get_named_stream("Book") or b""
    rows = columns = at = 0
    while at + 8 <= len(stream):
        kind, length, row, column = struct.unpack_from("<HHHH", stream, at)
        if kind == _BEGIN:
            rows = columns = 0
        elif kind in _CELLS and length >= 4:
            end = at + 4 + length
            last = struct.unpack_from("<H", stream, end - 2)[0] if kind in _MULTIPLE and end <= len(stream) else column
            rows, columns = max(rows, row + 1), max(columns, last + 1)
            if rows * columns > limits.grid_cells:
                check_grid(rows, columns, name, "?", limits)
        at += 4 + length
