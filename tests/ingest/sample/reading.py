"""Reads the files back without any of our own readers: cells as text, by row number as the file is opened."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from openpyxl import load_workbook

from ingest.sample.tables import ENCODINGS


@cache
def cells(path: Path, sheet: str = "") -> tuple[tuple[str, ...], ...]:
    """All rows; empty cells are empty text. ``sheet`` chooses one of a workbook, the first without it."""
    if path.suffix == ".csv":
        with path.open(encoding=ENCODINGS[path.name], newline="") as stream:
            return tuple(tuple(row) for row in csv.reader(stream))
    book = load_workbook(path)
    chosen = book[sheet] if sheet else book.worksheets[0]
    return tuple(tuple("" if value is None else str(value) for value in row) for row in chosen.iter_rows(values_only=True))


def records(path: Path, sheet: str = "") -> list[dict[str, str]]:
    """The rows under the first one, by header."""
    header, *rows = cells(path, sheet)
    return [dict(zip(header, row, strict=True)) for row in rows]
