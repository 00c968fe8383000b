"""What every reader gives: previews of tables, then their rows, each with the number a person sees in the file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from graph.errors import FileProblem
from graph.messages import message
from graph.values.normal import is_plain

Kind = Literal["delimited", "spreadsheet", "json-lines", "json", "parquet"]
Quoting = Literal["minimal", "none"]
RemarkKind = Literal["hidden", "hidden-unknown", "error", "no-result", "rounded", "macros", "links"]

PREVIEW_ROWS = 10
"""How many rows from the top of a table are looked through for the header (offices put titles above it)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that protect the reader from a hostile or broken file; each breach is a ``FileProblem`` that names the limit."""

    cell_characters: int = 1_000_000
    columns: int = 1_000
    line_bytes: int = 16_000_000
    """Longest line of a JSONL file."""
    unpacked_bytes: int = 1_000_000_000
    """What a workbook may unpack to: it is held in memory sheet by sheet."""
    unpacked_ratio: int = 200
    """Unpacked size over packed size; beyond it (and above 10 MB) a workbook is taken for a zip bomb."""
    grid_cells: int = 40_000_000
    """Rows times columns of a sheet, which is held as a full grid: about 1 GB."""
    quoting_errors: int = 1_000
    """Rows with broken quotes before the file's quoting is declared wrong."""


@dataclass(frozen=True, slots=True)
class FormatOptions:
    """What a mapping says of the file; an empty field is detected. ``escape`` is the character that escapes a quote."""

    delimiter: str = ""
    encoding: str = ""
    quoting: Quoting = "minimal"
    escape: str = ""
    decimal_comma: bool = False
    sheets: tuple[str, ...] = ()


class Remark(NamedTuple):
    """Something to know of a sheet that its cells do not say: ``hidden`` rows, an ``error`` in a cell, a formula with ``no-result``, a
    long number that was stored ``rounded``; of a workbook: ``macros``, ``links`` to other files. ``row`` counts from 1 and ``column`` from
    0; -1 where none is meant."""

    kind: RemarkKind
    row: int = 0
    column: int = -1


@dataclass(frozen=True, slots=True)
class Preview:
    """One table before its rows are read: the top rows with their row numbers. ``encoding`` and ``delimiter`` are empty where they
    mean nothing. ``merged`` lists the cells that span columns: row from 1, first and last column from 0. ``shown`` holds, by row, the
    texts that number cells show where these differ from their values; ``regular`` the workbook in regular XML, where it is written
    otherwise."""

    file: str
    sheet: str
    kind: Kind
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str = ""
    delimiter: str = ""
    epoch1904: bool = False
    remarks: tuple[Remark, ...] = ()
    merged: tuple[tuple[int, int, int], ...] = ()
    shown: Mapping[int, Sequence[tuple[int, str]]] = field(default_factory=dict, repr=False, compare=False)
    regular: bytes = field(default=b"", repr=False, compare=False)


class SourceRow(NamedTuple):
    """One record. ``row`` counts as a person counts in the file (the first line is 1; a record of several lines has its first line's
    number). ``cells`` maps header to the text as it stands."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """A record that cannot be split into the header's columns. ``reason`` is ``shifted columns``, ``broken quoting`` or ``broken json``;
    ``detail`` says what was found (no cell text: it may be personal)."""

    row: int
    reason: str
    detail: str


NO_OPTIONS = FormatOptions()
DEFAULT_LIMITS = Limits()

_SPACES = re.compile(r"\s+")


def clean_header(text: str) -> str:
    """NFKC, without outer spaces or a stray byte-order mark, inner white space (line breaks in a header cell) as one space."""
    if is_plain(text):
        return text.strip()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text).strip().strip("\ufeff").strip())


def header_of(cells: Sequence[str], aliases: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The cleaned header names of a row, by their standard name where ``aliases`` (alias → standard name) knows one; empty cells at its end
    are dropped."""
    names = [clean_header(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(aliases.get(name, name) for name in names) if aliases else tuple(names)


def check_header(header: Sequence[str], file: str, row: int, limits: Limits) -> None:
    """Raises ``FileProblem`` for two columns of one name, or too many columns."""
    if len(header) > limits.columns:
        raise FileProblem(
            message(
                "{file} has {count} columns in row {row}; at most {columns} are read.",
                file=file,
                count=len(header),
                row=row,
                columns=limits.columns,
            ),
            hint=message("Check the delimiter, or split the file."),
            where={"file": file, "row": row},
        )
    seen: set[str] = set()
    for name in header:
        if name and name in seen:
            raise FileProblem(
                message("{file}, row {row}: the column '{name}' occurs twice in the header.", file=file, row=row, name=name),
                hint=message("Rename one of the two columns."),
                where={"file": file, "row": row, "column": name},
            )
        seen.add(name)


def shape(row: int, values: Sequence[str], header: Sequence[str], full_width: int) -> SourceRow | BrokenRow | None:
    """Cells under their headers; ``None`` for a blank row. ``full_width`` counts the header's nameless end columns too. Cells beyond
    the header must be empty, cells under a name must be there: otherwise the columns are shifted and no cell can be trusted."""
    if not any(map(str.strip, values)):
        return None
    count = len(values)
    if not count == full_width == len(header):
        if count < len(header) or any(value.strip() for value in values[full_width:]):
            return BrokenRow(row, "shifted columns", f"{len(header)} columns expected, {count} found")
    cells = dict(zip(header, values, strict=False))
    cells.pop("", None)
    return SourceRow(row, cells)
