"""A table as it is interpreted: its headings (one row or two), what stands above them, and its first rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from graph.errors import FileProblem
from ingest.fit import two_rows
from ingest.interpretation.headings import read_heading
from ingest.interpretation.values import value_kinds
from ingest.readers import FormatOptions, Limits, Preview, SourceRow, header_of, preview, read_rows
from ingest.readers.base import DEFAULT_LIMITS, repeated_headings

SAMPLED_ROWS = 1_000
"""Rows that are looked at: enough to tell codes by their check digits, and who belongs to whom."""


@dataclass(frozen=True, slots=True)
class Table:
    """``header`` are the columns' names as a mapping must write them (``founders.name`` for every object of a JSON list), ``groups`` what
    stands above each (``""`` where nothing does), ``titles`` the texts above the headings, ``rows`` the first rows' cells under the names
    that the reader gives. ``double``: the names are made of two rows. ``objects``: column → the JSON list of objects that holds it.
    ``encoding``: in which the file was read though nothing proves it, ``""`` where it is proved."""

    file: str
    sheet: str
    kind: str
    header: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    groups: Mapping[str, str] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    double: bool = False
    objects: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""

    def texts(self, column: str) -> list[str]:
        """The filled cells of a column."""
        return [text for row in self.rows for text in self.cells(row, column) if text]

    def cells(self, row: Mapping[str, str], column: str) -> list[str]:
        """What a row has under a column: one text, or as many as a list of objects has places."""
        inside = self.objects.get(column)
        if inside is None:
            return [row.get(column, "").strip()]
        tail = column.removeprefix(inside)
        found = []
        for number in range(MOST_OBJECTS):
            if not any(key.startswith(f"{inside}.{number}.") for key in row):
                break
            found.append(row.get(f"{inside}.{number}{tail}", "").strip())
        return found


MOST_OBJECTS = 100
"""Places of a JSON list that are looked at."""
_NUMBERED = re.compile(r"^(.+?)\.\d+(\.\D.*)$")


def read_tables(path: Path, sheet: str = "", limits: Limits = DEFAULT_LIMITS) -> list[Table]:
    """The tables of a file, or of one sheet of it. Raises ``FileProblem``."""
    found, options = previews(path, limits)
    return [_read(path, each, limits, options) for each in found if not sheet or each.sheet == sheet]


def previews(path: Path, limits: Limits = DEFAULT_LIMITS) -> tuple[list[Preview], FormatOptions]:
    """The tables of a file and how they were opened: in the likeliest encoding, where none can be proved. Raises ``FileProblem``."""
    try:
        return preview(path, limits=limits), FormatOptions()
    except FileProblem as problem:
        likely = problem.where.get("encoding")
        if not isinstance(likely, str):
            raise
        options = FormatOptions(encoding=likely)
        return preview(path, options, limits), options


def _read(path: Path, table: Preview, limits: Limits, options: FormatOptions) -> Table:
    place = heading_row(table)
    row, cells = table.rows[place]
    above = table.rows[place - 1][1] if place else ()
    header, grouped = header_of(cells), _spread(above, cells)
    double = bool(repeated_headings(header) and grouped)
    if double:
        header = header_of(two_rows(above, cells))
    read = islice(read_rows(path, table, row, header, options, limits)(), SAMPLED_ROWS)
    rows = _carried_down(each.cells for each in read if isinstance(each, SourceRow))
    groups = {name: group for name, group in zip(header, grouped, strict=False) if name and group and group != name}
    titles = [cell.strip() for _, other in table.rows[:place] for cell in other if cell.strip() and cell not in grouped]
    columns, objects = _with_lists(filter(None, header)) if table.kind.startswith("json") else (tuple(filter(None, header)), {})
    return Table(
        table.file, table.sheet, table.kind, columns, rows, groups, tuple(dict.fromkeys(titles)), double, objects, options.encoding
    )


def _carried_down(rows: Iterable[Mapping[str, str]]) -> tuple[Mapping[str, str], ...]:
    """The rows with the text above for each mark that repeats it."""
    found: list[Mapping[str, str]] = []
    above: Mapping[str, str] = {}
    for cells in rows:
        above = {name: above.get(name, "") if text and value_kinds(text) == {"ditto"} else text for name, text in cells.items()}
        found.append(above)
    return tuple(found)


def _with_lists(header: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """The header with one column for each key of a list of objects, and the list of each."""
    columns: dict[str, None] = {}
    objects: dict[str, str] = {}
    for name in header:
        match = _NUMBERED.match(name)
        column = match[1] + match[2] if match else name
        columns[column] = None
        if match:
            objects[column] = match[1]
    return tuple(column for column in columns if column not in objects.values()), objects


def _spread(above: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    """The group above each heading, where the row above is one of groups: fewer texts than headings, the first of which begin them."""
    filled = [text for text in above if text.strip()]
    if len(filled) < 2 or len(filled) > len([text for text in cells if text.strip()]):
        return ()
    found, group = [], ""
    for index, cell in enumerate(cells):
        own = above[index].strip() if index < len(above) else ""
        group = own or group
        found.append("" if own == cell.strip() else group)
    return tuple(found)


def heading_row(table: Preview) -> int:
    """The place, among the preview's rows, of the one that names the columns: it knows the most words of headings, and holds the fewest
    values."""
    if table.kind in ("json", "json-lines", "parquet"):
        return 0
    texts = [cells for _, cells in table.rows]
    return max(range(len(texts)), key=lambda place: (_likeness(texts[place]) + _over_ticks(texts[place], texts[place + 1 :]), -place))


def _over_ticks(cells: Sequence[str], below: Sequence[Sequence[str]]) -> float:
    """How much a row looks like that of a matrix: texts, under all of which but the first there are only ticks and numbers, in more than
    one row, and under at least half of them (a row of totals is no matrix)."""
    named = [place for place, text in enumerate(cells) if place and text.strip()]
    places = [(number, place) for number, row in enumerate(below) for place in named if place < len(row) and row[place].strip()]
    marks = [below[number][place] for number, place in places]
    if len(named) < 2 or len({number for number, _ in places}) < 2 or len({place for _, place in places}) * 2 < len(named):
        return 0.0
    if any(_is_mark(cells[place]) for place in named):
        return 0.0
    return 3.0 * len(named) if sum(map(_is_mark, marks)) >= 0.9 * len(marks) else 0.0


def _is_mark(text: str) -> bool:
    return bool(value_kinds(text) & {"tick", "no", "number"})


def _likeness(cells: Sequence[str]) -> float:
    texts = [text.strip() for text in cells if text.strip()]
    known = sum(_as_heading(text) for text in texts)
    values = sum(_is_value(text) for text in texts)
    return known + 0.5 * len(texts) - 1.5 * values - 3 * (len(set(texts)) == 1) * len(texts)


def _as_heading(text: str) -> float:
    """How much a text looks like a heading: one that is a word for columns, or has such a word; less if it may be a name itself."""
    heading = read_heading(text)
    if heading.heads and not heading.rest:
        return 2.0
    found = 2.0 if heading.heads and len(text) <= 40 else 0.0
    return found - 1.5 if value_kinds(text) & {"person", "organisation"} else found


def _is_value(text: str) -> bool:
    kinds = value_kinds(text)
    told = bool(kinds & {"email", "phone", "date", "number", "money", "url", "tick"})
    return told or len(text) > 40 or text.isdigit()
