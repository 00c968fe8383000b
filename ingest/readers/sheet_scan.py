"""One pass over the XML of a sheet before it is opened: how far its cells reach, what is hidden, wrong or without a result, and what its
number cells show.

The pass looks at bytes, for speed, and so understands the regular form only: double quotes, no prefixes, references first. A sheet in
another form raises ``Irregular``: it is written again in the regular form (``xml_parts.regular_sheet``) and looked at then."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import Limits, Remark, RemarkKind
from ingest.readers.number_formats import Shown, is_rounded, plain_number
from ingest.readers.xml_parts import column_number

CHUNK = 1 << 20
LONGEST_ROW = 64 * CHUNK
"""Bytes of one row of a sheet's XML that are held; a row beyond it holds a cell that no limit allows."""
REMARKS = 1_000
"""Remarks of one kind that are kept for a sheet."""

_ROW = re.compile(rb'<row r="(\d{1,7})"([^<>]*)>')
_CELL = re.compile(rb'<c r="[A-Z]{1,3}(\d{1,7})"')
_BARE = re.compile(rb"<(?:c|row)[^ \w:]")
_OTHER_CELLS = [re.compile(rb'<c r="(?![A-Z]{1,3}\d{1,%d}")' % max(1, digits)) for digits in range(8)]
"""By a number of digits: a reference that has more in its row, or is none."""
_NARROW_CELLS = [re.compile(rb'<c r="(?![A-Z]\d{1,%d}")' % max(1, digits)) for digits in range(8)]
"""The same, or one to a column beyond Z: where a piece has none, no cell of it reaches further than is known."""
_PREFIXED = re.compile(rb":(?:sheetData|row|c|v|is|f|t|mergeCell)[\s/>]")
_INSTRUCTION = re.compile(rb"<\?(?!xml\b)")
_SINGLE_QUOTES = re.compile(rb"<(?:c|row|v|f|is|t|mergeCell)\b[^<>]*='")
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_WIDE = re.compile(rb'<c r="([A-Z]{2,3})\d')
_FORMULA = rb"\s*(?:<f\b[^<>]*/>|<f\b[^<>]*>[^<]*</f>)?\s*"
_NUMBER = rb"<v[^<>]*>\s*(-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*</v>"
_IS_NUMBER = rb'(?![^<>]* t="(?!n"))'
_ERROR = re.compile(rb'<c (?=[^<>]*\bt="e")r="([A-Z]{1,3})(\d+)"')
_NO_RESULT = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"[^<>]*>\s*<f\b(?:[^<>]*/>|[^<>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>')
_LONG_SIGN = re.compile(rb"<v[^<>]*+>\s*+-?(?:\d{16}|[\d.]++[eE]\+?\d)")
_LONG_NUMBER = rb"<v[^<>]*>\s*(-?(?:\d{16,}(?:\.\d*)?|\d+\.?\d*[eE]\+?\d{1,3}))\s*</v>"
_LONG = re.compile(rb'<c r="([A-Z]{1,3})(\d+)"' + _IS_NUMBER + rb"[^<>]*>" + _FORMULA + _LONG_NUMBER)
_LONG_DIGITS = b"long"
"""Stands for the style of a number that is taken for its many digits."""
REMEMBERED = 50_000
"""Distinct numbers whose texts are remembered; the memory is emptied when it is full."""

Texts = dict[int, list[tuple[int, str]]]
"""By row from 1: columns from 0 with the texts that their cells show."""


class Irregular(Exception):
    """A sheet whose XML is not of the regular form."""


@dataclass(slots=True)
class SheetFacts:
    """What a sheet holds besides the values of its cells."""

    remarks: tuple[Remark, ...] = ()
    shown: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Styles:
    """What the cells of each style show, where that differs from their value; the style 0 is that of a cell that names none."""

    shown: Mapping[int, Shown] = field(default_factory=dict)

    def pattern(self) -> re.Pattern[bytes] | None:
        """Finds the number cells of these styles: column, row, style, number."""
        if not self.shown:
            return None
        numbers = "|".join(map(str, sorted(self.shown, reverse=True))).encode()
        style = rb'(?=[^<>]* s="(' + numbers + rb')")'
        if 0 in self.shown:
            style = rb"(?:" + style + rb'|(?![^<>]* s="))'
        return re.compile(rb'<c r="([A-Z]{1,3})(\d+)"' + _IS_NUMBER + style + rb"[^<>]*>" + _FORMULA + _NUMBER)


def scan_sheet(stream: IO[bytes], name: str, sheet: str, styles: Styles, limits: Limits) -> SheetFacts:
    """Raises ``FileProblem`` for cells that reach too far, ``Irregular`` for XML that must be put into regular form first."""
    last, widest = 0, 26
    hidden: list[Remark] = []
    errors: list[Remark] = []
    empty: list[Remark] = []
    numbers = _Numbers(styles)
    for text in row_chunks(stream):
        _check_form(text)
        for number, attributes in _ROW.findall(text):
            last = max(last, int(number))
            if b"hidden" in attributes and _HIDDEN.search(attributes) and len(hidden) < REMARKS:
                hidden.append(Remark("hidden", int(number)))
        digits = min(7, len(str(last)))
        if _NARROW_CELLS[digits].search(text) or 10**digits * widest > limits.grid_cells:
            if _OTHER_CELLS[digits].search(text) or 10**digits * widest > limits.grid_cells:
                last = max([last, *map(int, set(_cell_rows(text)))])
            widest = max([widest, *(column_number(letters.decode()) for letters in set(_WIDE.findall(text)))])
        check_grid(last, widest, name, sheet, limits)
        errors += _remarks(text, b't="e"', _ERROR, "error", REMARKS - len(errors))
        empty += _remarks(text, b"</f>", _NO_RESULT, "no-result", REMARKS - len(empty))
        numbers.look(text)
    return SheetFacts((*hidden, *errors, *empty, *dict.fromkeys(numbers.rounded)), numbers.shown)


def row_chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The text in pieces that end where a row ends, so that no tag is cut."""
    held = b""
    while chunk := stream.read(CHUNK):
        held += chunk
        cut = held.rfind(b"</row>") + 6
        if cut > 5 or len(held) > LONGEST_ROW:
            yield held[: cut if cut > 5 else len(held)]
            held = held[cut:] if cut > 5 else b""
    yield held


def _check_form(text: bytes) -> None:
    """One character is looked for faster than two: where it is absent, so is what begins with it."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in text or (b"!" in text and b"<!" in text):
        raise Irregular
    if (b"?" in text and _INSTRUCTION.search(text)) or _PREFIXED.search(text):
        raise Irregular
    if b"'" in text and b"='" in text and _SINGLE_QUOTES.search(text):
        raise Irregular
    rows, cells = text.count(b'<row r="'), text.count(b'<c r="')
    if text.count(b"<row") == rows and text.count(b"<c") == cells:
        return
    if _BARE.search(text) or text.count(b"<row ") != rows or text.count(b"<c ") != cells:
        raise Irregular


def _cell_rows(text: bytes) -> list[bytes]:
    """The row in which each cell says that it stands."""
    found = _CELL.findall(text)
    if len(found) != text.count(b"<c "):
        raise Irregular
    return found


def _remarks(text: bytes, sign: bytes, pattern: re.Pattern[bytes], kind: RemarkKind, room: int) -> list[Remark]:
    if room <= 0 or sign not in text:
        return []
    return [Remark(kind, int(row), column_number(column.decode()) - 1) for column, row in pattern.findall(text)[:room]]


class _Numbers:
    """Collects what number cells show; equal numbers of one style are worked out once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles.shown
        self._pattern = styles.pattern()
        self._known: dict[tuple[bytes, bytes], str | None] = {}
        self.shown: Texts = {}
        self.rounded: list[Remark] = []

    def look(self, text: bytes) -> None:
        if _LONG_SIGN.search(text):
            self._take((column, row, _LONG_DIGITS, number) for column, row, number in _LONG.findall(text))
        if self._pattern is not None:
            self._take(self._pattern.findall(text))

    def _take(self, found: Iterable[tuple[bytes, bytes, bytes, bytes]]) -> None:
        for letters, row, style, number in found:
            key = style, number
            if key in self._known:
                text = self._known[key]
            else:
                if len(self._known) >= REMEMBERED:
                    self._known.clear()
                text = self._known[key] = self._shown(style, number.decode())
            if text is None:
                continue
            column = column_number(letters.decode()) - 1
            self.shown.setdefault(int(row), []).append((column, text))
            if "E+" in text and is_rounded(number.decode()) and len(self.rounded) < REMARKS:
                self.rounded.append(Remark("rounded", int(row), column))

    def _shown(self, style: bytes, number: str) -> str | None:
        return plain_number(number) if style == _LONG_DIGITS else self._styles[int(style or 0)](number)


def check_grid(rows: int, columns: int, name: str, sheet: str, limits: Limits) -> None:
    """A sheet is held as a full grid, so that one cell in the last row and column would ask for gigabytes."""
    if rows * columns > limits.grid_cells:
        raise FileProblem(
            message(
                "{name}, sheet {sheet}: its cells reach to row {rows:,} and column {columns:,}, a grid of more than {most:,} cells.",
                name=name,
                sheet=sheet,
                rows=rows,
                columns=columns,
                most=limits.grid_cells,
            ),
            hint=message("Delete what stands far below or beside the table, or save the table as CSV; text is read without a size limit."),
            where={"file": name, "sheet": sheet, "row": rows},
        )
