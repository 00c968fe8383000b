"""CSV and TSV, streamed. One broken row costs one row: quoting errors are taken back to the first line of the record."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

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
    clean_header,
    graph_table,
    shaper,
)
from ingest.readers.delimiters import sniff_delimiter
from ingest.readers.encodings import codec_of, detect_encoding

SAMPLE_LINES = 200
"""Lines from which the delimiter is told."""
_STATED = re.compile(r'"?sep=(.)"?\s*')
"""The first line by which Excel is told the delimiter."""


class _Lines:
    """The physical lines of a text file with the number of the next one; lines can be put back."""

    def __init__(self, stream: Iterator[str]) -> None:
        self._stream = stream
        self._returned: deque[str] = deque()
        self.consumed: list[str] = []
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._returned.popleft() if self._returned else next(self._stream)
        self.number += 1
        self.consumed.append(line)
        return line

    def put_back_all_but_first(self) -> None:
        rest = self.consumed[1:]
        self._returned.extendleft(reversed(rest))
        self.number -= len(rest)


def _csv_reader(lines: Iterator[str], delimiter: str, options: FormatOptions) -> Iterator[list[str]]:
    if options.quoting == "none":
        return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, escapechar=options.escape or None)
    escape = options.escape or None
    return csv.reader(lines, delimiter=delimiter, strict=True, escapechar=escape, doublequote=escape is None)


def preview_delimited(path: Path, name: str, options: FormatOptions, limits: Limits) -> Preview:
    """Encoding, delimiter and the top rows. Decodes the whole file once, strictly."""
    found = detect_encoding(path, name, options.encoding)
    table = Preview(name, "", "delimited", (), found.name, remarks=found.remarks)
    with open_lines(path, table) as lines:
        top = [line for line in islice(lines, SAMPLE_LINES) if line.strip()]
    stated = _STATED.fullmatch(top[0]) if top else None
    delimiter = options.delimiter or (stated[1] if stated else sniff_delimiter(top))
    with open_lines(path, table) as lines:
        records = ((row, tuple(cells)) for row, cells in _records(lines, delimiter, options, name, limits))
        rows = tuple(islice((each for each in records if not (stated and each[0] == 1)), PREVIEW_ROWS))
    if not rows:
        raise FileProblem(
            message("{name} contains no row.", name=name),
            hint=message("A table needs a header row and at least one row."),
            where={"file": name},
        )
    return replace(table, sheet=graph_table(rows[0][1]), rows=rows, delimiter=delimiter)


@contextmanager
def open_lines(path: Path, table: Preview) -> Iterator[_Lines]:
    """The lines of a text file, without byte-order marks inside where the look at its encoding met some."""
    with path.open("r", encoding=codec_of(table.encoding), newline="") as stream:
        marked = any(remark.kind == "mark-inside" for remark in table.remarks)
        yield _Lines((line.replace("\ufeff", "") for line in stream) if marked else stream)


def _records(lines: _Lines, delimiter: str, options: FormatOptions, name: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Records that parse, with their first line's number; broken ones are left out (the preview's need)."""
    for found in _parse(lines, delimiter, options, name, limits):
        if not isinstance(found, BrokenRow):
            yield found


def _parse(lines: _Lines, delimiter: str, options: FormatOptions, name: str, limits: Limits) -> Iterator[tuple[int, list[str]] | BrokenRow]:
    # The csv module's limit is one for the process; ours is the same for every file, so setting it here is safe.
    csv.field_size_limit(limits.cell_characters)
    consumed = lines.consumed
    reader = _csv_reader(lines, delimiter, options)
    broken = 0
    while True:
        consumed.clear()
        start = lines.number + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            broken += 1
            if broken > limits.quoting_errors:
                raise FileProblem(
                    message(
                        "{name}: more than {quoting_errors} rows have broken quotes, the latest in row {start}.",
                        name=name,
                        quoting_errors=limits.quoting_errors,
                        start=start,
                    ),
                    hint=message("If this file does not quote its cells, set format.quoting: none in the mapping."),
                    where={"file": name, "row": start},
                ) from error
            if consumed and len(consumed[0]) > limits.cell_characters:
                raise _too_long(name, start, _long_column(consumed[0], delimiter, limits), limits) from error
            yield BrokenRow(start, "broken quoting", message("a quote is opened but not closed, or stands inside a cell"))
            lines.put_back_all_but_first()
            reader = _csv_reader(lines, delimiter, options)
            continue
        if cells:
            yield start, cells


def _too_long(name: str, row: int, column: int, limits: Limits) -> FileProblem:
    return FileProblem(
        message(
            "{name}, row {row}, column {column}: a cell is longer than {cell_characters:,} characters.",
            name=name,
            row=row,
            column=column,
            cell_characters=limits.cell_characters,
        ),
        hint=message("Check the delimiter and the quotes around that row."),
        where={"file": name, "row": row, "column": column},
    )


def _long_column(line: str, delimiter: str, limits: Limits) -> int:
    """Which cell of a line is too long, from 1."""
    cell = re.compile(rf'(?:"[^"]*(?:""[^"]*)*"?)?[^{re.escape(delimiter)}]*')
    place = 0
    for column in count(1):
        found = cell.match(line, place)
        if found is None or found.end() - place > limits.cell_characters or found.end() >= len(line):
            return column
        place = found.end() + 1
    raise AssertionError("unreachable")


def raw_delimited(path: Path, table: Preview, options: FormatOptions, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Every record with its first line's number; one with broken quotes as its line, in one cell."""
    with open_lines(path, table) as lines:
        for found in _parse(lines, table.delimiter, options, table.file, limits):
            yield (found.row, [lines.consumed[0].rstrip("\r\n")]) if isinstance(found, BrokenRow) else found


def read_delimited(
    path: Path, table: Preview, header_row: int, header: tuple[str, ...], options: FormatOptions, limits: Limits
) -> TableRows:
    """Streams the rows below ``header_row`` (a row number of the preview) under ``header`` (already renamed)."""
    raw_header = next(cells for row, cells in table.rows if row == header_row)
    check_header(header, table.file, header_row, limits)
    if clean_header("".join(raw_header[len(header) :])):
        raise ValueError("the header given is shorter than the named columns of the file")

    def rows(late: list[Remark]) -> Iterator[SourceRow | BrokenRow]:
        shape, told = shaper(header, len(raw_header), late)
        with open_lines(path, table) as lines:
            for found in _parse(lines, table.delimiter, options, table.file, limits):
                if isinstance(found, BrokenRow):
                    if found.row > header_row:
                        yield found
                    continue
                row, values = found
                if row > header_row:
                    shaped = shape(row, values)
                    if shaped is not None:
                        yield shaped
        told()

    return TableRows(rows)
