"""What every reader gives: previews of tables, then their rows, each with the number a person sees in the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from graph.errors import FileProblem
from graph.messages import Message, message
from graph.values.normal import HAN, narrow
from ingest.readers.json_lists import JsonList

Kind = Literal["delimited", "spreadsheet", "json-lines", "json", "parquet", "graph"]
Quoting = Literal["minimal", "none"]
RemarkKind = Literal[
    "hidden", "hidden-unknown", "error", "no-result", "rounded", "macros", "links", "short", "beside", "private-use", "mark-inside"
]

ITEM_MARK = "\u2063"
"""The invisible separator: stands before every item of a list that came as a list, where an item holds what else would part it."""
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
    graph_bytes: int = 64_000_000
    """Largest graph file (GEXF, GraphML, Pajek, GML): it is held in memory."""
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
    """Something to know of a table that its cells do not say. Of a sheet: ``hidden`` rows, an ``error`` in a cell, a formula with
    ``no-result``, a long number that was stored ``rounded``; of a workbook: ``macros``, ``links`` to other files. Of any table, with the
    number of rows: rows that end early (``short``), cells ``beside`` the table; of a text file: ``private-use`` characters, a byte-order
    ``mark-inside`` it. ``row`` counts from 1 and ``column`` from 0; -1 where none is meant."""

    kind: RemarkKind
    row: int = 0
    column: int = -1
    times: int = 1


@dataclass(frozen=True, slots=True)
class Preview:
    """One table before its rows are read: the top rows with their row numbers. ``encoding`` and ``delimiter`` are empty where they
    mean nothing. ``merged`` lists the cells that span columns: row from 1, first and last column from 0. ``shown`` holds, by row, the
    texts that number cells show where these differ from their values; ``regular`` the workbook in regular XML, where it is written
    otherwise; ``place`` where in a JSON document the table lies."""

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
    place: JsonList | None = field(default=None, repr=False, compare=False)


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
    detail: Message


NO_OPTIONS = FormatOptions()
DEFAULT_LIMITS = Limits()

_BESIDE_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")
NEO4J_ROLES = {"ID": "id", "LABEL": "type", "START_ID": "source", "END_ID": "target", "TYPE": "type"}
_NEO4J_ROLE = re.compile(r"([^:]*):(ID|LABEL|START_ID|END_ID|TYPE)(?:\([^)]*\))?(?:\{.*\})?")
_NEO4J_TYPE = re.compile(
    r"(.+):(?:int|long|float|double|boolean|byte|short|char|string|point|date|localtime|time|localdatetime|datetime|duration)"
    r"(?:\[\])?(?:\{.*\})?"
)
_REPEATED = re.compile(r"(.+)#(\d+)")


def clean_header(text: str) -> str:
    """The form in which headings are compared, on the sheet and in a mapping: NFKC, without unseen characters, outer spaces and the star
    of a required column, inner white space (line breaks in a header cell) as one space, and none beside a Han character: ``*姓 名`` is
    ``姓名``."""
    found = narrow(text)
    if not found.isascii() and " " in found:
        found = _BESIDE_HAN.sub("", found)
    if ":" in found:
        found = _of_graph(found)
    return (found.strip("* ") or found) if "*" in found else found


def _of_graph(heading: str) -> str:
    """A heading of neo4j-admin's import files without what it says to that program: ``age:int`` is ``age``, ``:START_ID(Person)`` is
    ``source``."""
    match = _NEO4J_ROLE.fullmatch(heading)
    if match:
        return match[1] or NEO4J_ROLES[match[2]]
    typed = _NEO4J_TYPE.fullmatch(heading)
    return typed[1] if typed else heading


CORNER = "#1"
"""What the first column is called that has no name."""
CORNER_COLUMNS = 2
"""Columns with names that a heading row has at least for its first to be called so."""


def header_of(cells: Sequence[str], aliases: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The cleaned header names of a row, by their standard name where ``aliases`` (alias → standard name) knows one and no cell bears it
    itself; empty cells at the end are dropped. A name that comes again is numbered, ``备注#2``, so that all differ. A first column without
    a name before others that have one (the corner of a matrix, the index of an export) is called ``#1``."""
    names = [clean_header(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > CORNER_COLUMNS and not names[0] and all(names[1:]):
        names[0] = CORNER
    if aliases:
        literal = set(names)
        names = [name if aliases.get(name) in literal else aliases.get(name, name) for name in names]
    counts: dict[str, int] = {}
    for at, name in enumerate(names):
        counts[name] = counts.get(name, 0) + 1
        if name and counts[name] > 1:
            names[at] = f"{name}#{counts[name]}"
    return tuple(names)


def graph_table(cells: Sequence[str]) -> str:
    """``nodes`` or ``edges`` for the heading of a file that is written for neo4j-admin's import; else empty."""
    roles = {match[2] for cell in cells if (match := _NEO4J_ROLE.fullmatch(cell.strip().strip("\ufeff")))}
    return "edges" if {"START_ID", "END_ID"} <= roles else "nodes" if "ID" in roles else ""


def repeated_headings(header: Sequence[str]) -> list[tuple[str, str]]:
    """(the numbered name, the heading that comes again) for each column whose heading an earlier column has."""
    matches = [_REPEATED.fullmatch(name) for name in header]
    return [(match[0], match[1]) for match in matches if match and match[1] in header]


def check_header(header: Sequence[str], file: str, row: int, limits: Limits) -> None:
    """Raises ``FileProblem`` for too many columns."""
    if len(header) > limits.columns:
        raise FileProblem(
            message(
                "{file} has {count} columns in row {row}; at most {most} are read.",
                file=file,
                count=len(header),
                row=row,
                most=limits.columns,
            ),
            hint=message("Check the delimiter, or split the file."),
            where={"file": file, "row": row},
        )


@dataclass(slots=True)
class TableRows:
    """Reads the rows of a table when it is called. ``late`` holds what is known of them once the last has been read."""

    read: Callable[[list[Remark]], Iterator[SourceRow | BrokenRow]]
    late: list[Remark] = field(default_factory=list)

    def __call__(self) -> Iterator[SourceRow | BrokenRow]:
        self.late.clear()
        return self.read(self.late)


Shape = Callable[[int, list[str]], SourceRow | BrokenRow | None]


def shaper(header: Sequence[str], full_width: int, late: list[Remark], *, fixed: bool = False) -> tuple[Shape, Callable[[], None]]:
    """What puts the cells of a row under their headers (``None`` for a blank row), and what, in the end, adds to ``late`` how many rows end
    early or hold cells that stand under no header.

    ``full_width`` counts the header's nameless end columns too. In a text file a filled cell beyond it means that the row's columns are
    shifted, and no cell can be trusted; in a sheet (``fixed``) it is a note beside the table."""
    width = len(header)
    nameless = [at for at, name in enumerate(header) if not name]
    short: list[int] = []
    beside: list[int] = []

    def shape(row: int, values: list[str]) -> SourceRow | BrokenRow | None:
        if not any(map(str.strip, values)):
            return None
        if len(values) != width:
            if len(values) < width:
                if not fixed:
                    short.append(row)
                values = values + [""] * (width - len(values))
            elif any(map(str.strip, values[width:])):
                if not fixed and any(map(str.strip, values[full_width:])):
                    return BrokenRow(
                        row, "shifted columns", message("{expected} columns expected, {found} found", expected=width, found=len(values))
                    )
                beside.append(row)
        cells = dict(zip(header, values, strict=False))
        if nameless:
            cells.pop("", None)
            if any(values[at].strip() for at in nameless):
                beside.append(row)
        if beside and beside[-1] == row and not any(map(str.strip, cells.values())):
            return None  # a note stands where the table has a blank row
        return SourceRow(row, cells)

    def told() -> None:
        found: list[tuple[RemarkKind, list[int]]] = [("short", short), ("beside", beside)]
        late.extend(Remark(kind, rows[0], times=len(set(rows))) for kind, rows in found if rows)

    return shape, told
