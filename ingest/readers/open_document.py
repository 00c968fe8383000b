"""ODS workbooks, streamed: the texts that a person sees, cells merged downwards filled, numbers of columns and rows that repeat written
out. LibreOffice stores what each cell shows beside its value, so that no format has to be worked out but those of dates."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.parsers import expat

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import PREVIEW_ROWS, Limits, Remark
from ingest.readers.open_cells import Cell, cell_text
from ingest.readers.sheet_scan import REMARKS, check_grid
from ingest.readers.xml_parts import CHUNK, damaged, parser

OFFICE, TABLE, TEXT, STYLE, NUMBER = (
    f"urn:oasis:names:tc:opendocument:xmlns:{name} " for name in ("office:1.0", "table:1.0", "text:1.0", "style:1.0", "datastyle:1.0")
)
_SKIPPED = frozenset({OFFICE + "annotation", TEXT + "ruby-text", TABLE + "tracked-changes", OFFICE + "forms"})
_FILTERED = ("collapse", "filter")

Row = tuple[str, int, list[str]]
"""Sheet, row number from 1, cell texts."""


@dataclass(slots=True)
class OpenSheet:
    """One sheet as it was met: its first filled rows and what is to be known of it."""

    name: str
    visible: bool
    top: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)


def read_sheets(path: Path, name: str, limits: Limits) -> tuple[list[OpenSheet], bool, bool]:
    """All sheets, whether days are counted from 1904 on, and whether there are macros."""
    with _problems(name), zipfile.ZipFile(path) as archive:
        members = archive.namelist()
        content = _Content(name, limits, _styles(archive, name))
        with archive.open("content.xml") as stream:
            for sheet, number, cells in content.rows(stream):
                top = content.sheets[sheet].top
                if len(top) < PREVIEW_ROWS and any(cells):
                    top.append((number, tuple(cells)))
        macros = any(member.startswith("Basic/") for member in members)
        return list(content.sheets.values()), content.epoch1904, macros


def open_rows(path: Path, name: str, sheet: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows of one sheet, blank ones at its end left out."""
    with _problems(name), zipfile.ZipFile(path) as archive:
        content = _Content(name, limits, _styles(archive, name))
        with archive.open("content.xml") as stream:
            for found, number, cells in content.rows(stream):
                if found == sheet:
                    yield number, cells


class _problems:
    """Turns what a torn archive or torn XML raises into a ``FileProblem``."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if isinstance(error, expat.ExpatError):
            raise damaged(self._name) from error
        if isinstance(error, zipfile.BadZipFile | zlib.error | EOFError | KeyError | NotImplementedError | RuntimeError):
            raise FileProblem(
                message(
                    "{name} is a damaged workbook: a part of it cannot be unpacked, or does not have the stated size.", name=self._name
                ),
                hint=message("Open it in LibreOffice, save it again, and load that."),
                where={"file": self._name},
            ) from error


@dataclass(slots=True)
class _Styles:
    """Which styles of cells show a year, or year and month, only; which styles of tables hide them."""

    dates: dict[str, int] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)

    def length(self, style: str) -> int:
        """How much of an ISO date a style shows: 4, 7 or all of it."""
        for _ in range(len(self.cells) + 1):
            if style in self.dates:
                return self.dates[style]
            if style not in self.cells:
                break
            style = self.cells[style]
        return 0


def _styles(archive: zipfile.ZipFile, name: str) -> _Styles:
    styles = _Styles()
    if "styles.xml" in archive.namelist():
        reading = parser(name, namespaces=True)
        watch = _StyleWatch(styles)
        reading.StartElementHandler, reading.EndElementHandler = watch.start, watch.end
        with archive.open("styles.xml") as stream:
            while chunk := stream.read(CHUNK):
                reading.Parse(chunk)
    return styles


class _StyleWatch:
    def __init__(self, styles: _Styles) -> None:
        self._styles = styles
        self._name = ""
        self._parts: set[str] = set()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == NUMBER + "date-style":
            self._name, self._parts = attributes.get(STYLE + "name", ""), set()
        elif tag == STYLE + "style":
            self._name = attributes.get(STYLE + "name", "")
            above = attributes.get(STYLE + "data-style-name") or attributes.get(STYLE + "parent-style-name")
            if above and above != self._name:
                self._styles.cells[self._name] = above
        elif tag == STYLE + "table-properties" and attributes.get(TABLE + "display") == "false":
            self._styles.hidden.add(self._name)
        elif tag.startswith(NUMBER):
            self._parts.add(tag.removeprefix(NUMBER))

    def end(self, tag: str) -> None:
        if tag == NUMBER + "date-style":
            shown = self._parts
            day = shown & {"day", "day-of-week", "week-of-year", "quarter", "hours", "minutes", "seconds"}
            self._styles.dates[self._name] = 0 if day or "year" not in shown else 7 if "month" in shown else 4


class _Content:
    """``content.xml`` while it is parsed: rows are taken from it as they end."""

    def __init__(self, name: str, limits: Limits, styles: _Styles) -> None:
        self._name, self._limits, self._styles = name, limits, styles
        self._watch = _StyleWatch(styles)
        self.sheets: dict[str, OpenSheet] = {}
        self.epoch1904 = False
        self._done: list[Row] = []
        self._sheet: OpenSheet | None = None
        self._number = 0
        self._widest = 1
        self._repeat = 1
        self._cells: list[str] = []
        self._blank = 0
        self._cell: Cell | None = None
        self._columns: list[tuple[int, str]] = []
        self._skipping = 0
        self._depth = 0
        self._downwards: dict[int, tuple[int, str]] = {}

    def rows(self, stream: IO[bytes]) -> Iterator[Row]:
        reading = parser(self._name, namespaces=True)
        reading.StartElementHandler, reading.EndElementHandler = self._start, self._end
        reading.CharacterDataHandler = self._text
        while chunk := stream.read(CHUNK):
            reading.Parse(chunk)
            yield from self._done
            self._done.clear()
        reading.Parse(b"", True)
        yield from self._done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._skipping or tag in _SKIPPED:
            self._skipping += 1
        elif self._cell is not None:
            self._in_cell(self._cell, tag, attributes)
        elif tag in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            style = attributes.get(TABLE + "style-name") or self._column_style()
            self._cell = Cell(attributes, self._styles.length(style), tag == TABLE + "table-cell")
        elif tag == TABLE + "table-row":
            self._begin_row(attributes)
        elif tag == TABLE + "table" and self._sheet is None:
            self._begin_sheet(attributes)
        elif tag == TABLE + "table-column":
            self._columns.append((_repeated(attributes, "columns"), attributes.get(TABLE + "default-cell-style-name", "")))
        elif tag == TABLE + "null-date":
            self.epoch1904 = attributes.get(TABLE + "date-value", "").startswith("1904-01-01")
        elif self._sheet is None:
            self._watch.start(tag, attributes)

    def _end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            self._end_cell()
        elif self._cell is not None:
            self._cell.leave()
        elif tag == TABLE + "table-row":
            self._end_row()
        elif tag == TABLE + "table":
            self._sheet = None
        elif self._sheet is None:
            self._watch.end(tag)

    def _text(self, text: str) -> None:
        if self._cell is not None and not self._skipping:
            self._cell.add(text)

    @staticmethod
    def _in_cell(cell: Cell, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == TEXT + "p":
            cell.begin_line()
        elif tag == TEXT + "s":
            cell.add(" " * min(1_000, _whole(attributes.get(TEXT + "c", "1"))))
        elif tag == TEXT + "tab":
            cell.add("\t")
        elif tag == TEXT + "line-break":
            cell.add("\n")
        cell.enter()

    def _begin_sheet(self, attributes: Mapping[str, str]) -> None:
        name = attributes.get(TABLE + "name", "")
        style = attributes.get(TABLE + "style-name", "")
        self._sheet = self.sheets.setdefault(name, OpenSheet(name, style not in self._styles.hidden))
        self._number, self._widest, self._columns, self._downwards = 0, 1, [], {}

    def _column_style(self) -> str:
        at = len(self._cells) + self._blank
        for repeated, style in self._columns:
            at -= repeated
            if at < 0:
                return style
        return ""

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._repeat = _repeated(attributes, "rows")
        self._cells, self._blank = [], 0
        if attributes.get(TABLE + "visibility") in _FILTERED:
            self._remark(Remark("hidden", self._number + 1))

    def _remark(self, remark: Remark) -> None:
        if self._sheet is not None and len(self._sheet.remarks) < REMARKS:
            self._sheet.remarks.append(remark)

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None or self._sheet is None:
            return
        text, kind = cell_text(cell)
        column = len(self._cells) + self._blank
        if kind:
            self._remark(Remark(kind, self._number + 1, column))
        if not text:
            self._blank += cell.repeated
            return
        if column + cell.repeated > self._limits.grid_cells:
            check_grid(self._number + 1, column + cell.repeated, self._name, self._sheet.name, self._limits)
        self._widest = max(self._widest, column + cell.repeated)
        check_grid(self._number + self._repeat, self._widest, self._name, self._sheet.name, self._limits)
        self._cells += [""] * self._blank + [text] * cell.repeated
        self._blank = 0
        if cell.rows > 1:
            self._downwards[column] = (self._number + cell.rows, text)
        if cell.columns > 1 and self._number < 4 * PREVIEW_ROWS:
            self._sheet.merged.append((self._number + 1, column, column + cell.columns - 1))

    def _end_row(self) -> None:
        first, self._number = self._number + 1, self._number + self._repeat
        if self._sheet is None:
            return
        self._downwards = {column: each for column, each in self._downwards.items() if each[0] >= first}
        if not self._cells and not self._downwards:
            return
        last = self._number if self._cells else min(self._number, max(end for end, _ in self._downwards.values()))
        for number in range(first, last + 1):
            cells = list(self._cells)
            for column, (end, text) in self._downwards.items():
                if number <= end:
                    cells += [""] * (column + 1 - len(cells))
                    cells[column] = text
            self._done.append((self._sheet.name, number, cells))


def _repeated(attributes: Mapping[str, str], what: str) -> int:
    return max(1, _whole(attributes.get(f"{TABLE}number-{what}-repeated", "1")))


def _whole(text: str) -> int:
    return int(text) if re.fullmatch(r"\d{1,9}", text) else 1
