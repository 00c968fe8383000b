"""The rows of a table as they stand, told by their numbers: for handing somebody's own rows back to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ingest.readers.apart.reading import current
from ingest.readers.base import DEFAULT_LIMITS, FormatOptions, Limits, Preview, SourceRow
from ingest.readers.delimited import raw_delimited
from ingest.readers.open import read_rows
from ingest.readers.spreadsheet import raw_spreadsheet


def raw_rows(path: Path, table: Preview, options: FormatOptions, limits: Limits = DEFAULT_LIMITS) -> Iterator[tuple[int, list[str]]]:
    """(row number, its cells in the file's order), rows that cannot be split into columns included: a line with broken quotes is one cell.
    Of JSON and Parquet, the cells stand in the order of the preview's header."""
    if apart := current():
        yield from apart.raw_rows(path, table, options, limits)
    elif table.kind == "delimited":
        yield from raw_delimited(path, table, options, limits)
    elif table.kind == "spreadsheet":
        yield from raw_spreadsheet(path, table, limits)
    else:
        header = table.rows[0][1]
        for row in read_rows(path, table, 0, header, options, limits)():
            if isinstance(row, SourceRow):
                yield row.row, [row.cells.get(name, "") for name in header]
            else:
                yield row.row, []
