"""What a workbook holds besides its values: the date system, macros, links to other files, hidden rows, formulas without a result.

XLSX and ODS are zip archives of XML. Every part is read once, in chunks, before a sheet is opened: calamine holds a sheet as a full grid,
so that one cell in the last row and column would ask for gigabytes; a part that unpacks to more than it states fails its check sum.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import IO

from graph.errors import FileProblem
from ingest.readers.base import Limits, Remark, RemarkKind

CHUNK = 1 << 20
LONGEST_ROW = 64 * CHUNK
"""Bytes of one row of a sheet's XML that are held; a row beyond it holds a cell that no limit allows."""
REMARKS = 1_000
"""Remarks of one kind that are kept for a sheet."""

_DATE_1904 = re.compile(rb'<(?:\w+:)?workbookPr[^>]*date1904="(?:1|true)"|<table:null-date[^>]*table:date-value="1904-01-01"')
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_ROW_END = re.compile(rb"</(?:\w+:)?row>|<(?:\w+:)?row\b[^>]*/>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_PLAIN_ROW = re.compile(rb"<row\b([^>]*)>")
"""Without a prefix, as nearly all are: four times as fast to find."""
_WIDE = re.compile(rb'r="([A-Z]{2,3})\d')
_ERROR = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})(\d+)"')
_NO_RESULT = re.compile(
    rb'<(?:\w+:)?c\b[^>]*\br="([A-Z]{1,3})(\d+)"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)(?![\w-])([^>]*)>|</table:(table-row|table)>")
_ODS_REPEATED = re.compile(rb'number-(?:rows|columns)-repeated="(\d+)"')
_ODS_NAME = re.compile(rb'table:name="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Package:
    """``remarks`` by sheet; those of the whole workbook under ``""``."""

    epoch1904: bool = False
    remarks: Mapping[str, tuple[Remark, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, sheet: str) -> tuple[Remark, ...]:
        return (*self.remarks.get("", ()), *self.remarks.get(sheet, ()))


def read_package(path: Path, name: str, limits: Limits) -> Package:
    """Looks through an XLSX or ODS file. Raises ``FileProblem`` for a sheet whose grid is too large, a part that is torn or states a false
    size, and XML that defines entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [each for each in archive.namelist() if each.endswith((".xml", ".rels"))]
            book = _read(archive, "xl/workbook.xml")
            sheets = _sheet_parts(book, _read(archive, "xl/_rels/workbook.xml.rels"))
            found: dict[str, tuple[Remark, ...]] = {"": tuple(_of_whole(archive.namelist()))}
            epoch1904 = bool(_DATE_1904.search(book))
            for member in members:
                with archive.open(member) as stream:
                    if member == "content.xml":
                        epoch1904 = _scan_open_document(stream, name, limits, found) or epoch1904
                    else:
                        sheet = sheets.get(member, "")
                        remarks = _scan_sheet(stream, name, sheet or member, limits)
                        if sheet:
                            found[sheet] = remarks
            return Package(epoch1904, found)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise FileProblem(
            f"{name} is a damaged workbook: a part of it cannot be unpacked, or is not of the size that it states.",
            hint="Open it in Excel, save it again, and load that.",
            where={"file": name},
        ) from error


def _read(archive: zipfile.ZipFile, member: str) -> bytes:
    if member not in archive.namelist():
        return b""
    with archive.open(member) as stream:
        return stream.read(16 * CHUNK)


def _of_whole(members: list[str]) -> Iterator[Remark]:
    if any(PurePosixPath(each).name == "vbaProject.bin" or each.startswith("Basic/") for each in members):
        yield Remark("macros")
    if any(each.startswith("xl/externalLinks/") for each in members):
        yield Remark("links")


def _attribute(tag: bytes, name: str) -> str:
    match = re.search(rb"\b(?:\w+:)?" + name.encode() + rb'="([^"]*)"', tag)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""


def _sheet_parts(book: bytes, relations: bytes) -> dict[str, str]:
    """The sheet that each part of the archive holds."""
    targets = {_attribute(each, "Id"): _attribute(each, "Target") for each in _RELATION.findall(relations)}
    found = {}
    for tag in _SHEET.findall(book):
        match = re.search(rb'\b\w+:id="([^"]*)"', tag)
        target = targets.get(match[1].decode("utf-8", "replace"), "") if match else ""
        if target:
            found[target.lstrip("/") if target.startswith("/") else f"xl/{target}"] = _attribute(tag, "name")
    return found


def _chunks(stream: IO[bytes], name: str, end: re.Pattern[bytes]) -> Iterator[bytes]:
    """The text in pieces that end where a row ends, so that no tag is cut."""
    held = b""
    first = True
    while chunk := stream.read(CHUNK):
        if first and re.search(rb"<!(?:DOCTYPE|ENTITY)", chunk[:4096]):
            raise FileProblem(
                f"{name} defines entities in its XML, which no office program writes.", hint="Save the table as CSV.", where={"file": name}
            )
        first = False
        held += chunk
        at = held.rfind(b"</row>")  # the commonest end, found backwards
        cut = at + 6 if at >= 0 else max((match.end() for match in end.finditer(held, max(0, len(held) - len(chunk) - 64))), default=0)
        if cut or len(held) > LONGEST_ROW:
            yield held[: cut or len(held)]
            held = held[cut:] if cut else b""
    yield held


def _scan_sheet(stream: IO[bytes], name: str, sheet: str, limits: Limits) -> tuple[Remark, ...]:
    last, widest = 0, 26
    hidden: list[Remark] = []
    errors: list[Remark] = []
    empty: list[Remark] = []
    for text in _chunks(stream, name, _ROW_END):
        for attributes in (_ROW if b":row" in text else _PLAIN_ROW).findall(text):
            number = _NUMBER.search(attributes)
            last = int(number[1]) if number else last + 1
            if b"hidden" in attributes and _HIDDEN.search(attributes) and len(hidden) < REMARKS:
                hidden.append(Remark("hidden", last))
        widest = max([widest, *map(column_number, set(_WIDE.findall(text)))])
        _check_grid(last, widest, name, sheet, limits)
        errors += _cells(text, b't="e"', _ERROR, "error", REMARKS - len(errors))
        empty += _cells(text, b"f>", _NO_RESULT, "no-result", REMARKS - len(empty))
    return (*hidden, *errors, *empty)


def _cells(text: bytes, sign: bytes, pattern: re.Pattern[bytes], kind: RemarkKind, room: int) -> list[Remark]:
    if room <= 0 or sign not in text:
        return []
    return [Remark(kind, int(row), column_number(column) - 1) for column, row in pattern.findall(text)[:room]]


def column_number(letters: bytes) -> int:
    """``A`` is 1, ``XFD`` 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _check_grid(rows: int, columns: int, name: str, sheet: str, limits: Limits) -> None:
    if rows * columns > limits.grid_cells:
        grid = f"a grid of more than {limits.grid_cells:,} cells"
        raise FileProblem(
            f"{name}, sheet {sheet}: its cells reach to row {rows:,} and column {columns:,}, {grid}.",
            hint="Delete what stands far below or beside the table, or save the table as CSV; text is read without a size limit.",
            where={"file": name, "sheet": sheet, "row": rows},
        )


def _repeated(attributes: bytes) -> int:
    match = _ODS_REPEATED.search(attributes)
    return int(match[1]) if match else 1


@dataclass(slots=True)
class _OpenSheet:
    """One sheet of an ODS file while its tags go by: blank cells and rows count once something stands beyond them."""

    name: str = ""
    row: int = 0
    rows: int = 0
    columns: int = 0
    column: int = 0
    repeated: int = 1
    filled: bool = False
    hidden: list[Remark] = field(default_factory=list)

    def begin_row(self, attributes: bytes) -> None:
        self.repeated, self.column, self.filled = _repeated(attributes), 0, False
        if re.search(rb'table:visibility="(?:collapse|filter)"', attributes) and len(self.hidden) < REMARKS:
            self.hidden.append(Remark("hidden", self.row + 1))

    def cell(self, attributes: bytes) -> None:
        self.column += _repeated(attributes)
        if b"value-type" in attributes:
            self.filled = True
            self.columns = max(self.columns, self.column)

    def end_row(self) -> None:
        self.row += self.repeated
        if self.filled:
            self.rows = self.row


def _scan_open_document(stream: IO[bytes], name: str, limits: Limits, found: dict[str, tuple[Remark, ...]]) -> bool:
    """Adds the remarks of each sheet; whether days are counted from 1904 on."""
    epoch1904 = False
    sheet = _OpenSheet()
    for text in _chunks(stream, name, re.compile(rb"</table:table-row>")):
        epoch1904 = epoch1904 or bool(_DATE_1904.search(text))
        for match in _ODS_TAG.finditer(text):
            kind, attributes, end = match[1], match[2] or b"", match[3]
            if kind == b"table":
                title = _ODS_NAME.search(attributes)
                sheet = _OpenSheet(html.unescape(title[1].decode("utf-8", "replace")) if title else "")
            elif kind == b"table-row":
                sheet.begin_row(attributes)
                if attributes.endswith(b"/"):
                    sheet.end_row()
            elif kind:
                sheet.cell(attributes)
            elif end == b"table-row":
                sheet.end_row()
                _check_grid(sheet.rows, max(1, sheet.columns), name, sheet.name, limits)
            else:
                found[sheet.name] = tuple(sheet.hidden)
    return epoch1904
