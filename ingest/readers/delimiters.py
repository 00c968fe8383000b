"""The delimiter of a text table, told from all of a sample: a title above the table may hold any character."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

DELIMITERS = (",", "\t", ";", "|")


class _Fit(NamedTuple):
    """How well a delimiter fits, the most telling first."""

    parted: int
    """Records that it parts, those with the commonest number of cells counted three times."""
    tight: int
    """Separators without a space behind them: a comma in a sentence has one."""


def sniff_delimiter(lines: Sequence[str]) -> str:
    """The candidate that parts the most records, above all into the same number of cells. A comma if none parts any."""
    fits = {delimiter: _fit(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: fits[delimiter])
    return best if fits[best].parted else ","


def _fit(lines: Sequence[str], delimiter: str) -> _Fit:
    records = [cells for cells in _records(lines, delimiter) if len(cells) > 1]
    widths = Counter(map(len, records))
    loose = sum(cell.startswith(" ") for cells in records for cell in cells[1:])
    separators = sum(len(cells) - 1 for cells in records)
    return _Fit(len(records) + 2 * max(widths.values(), default=0), separators - 2 * loose)


def _records(lines: Sequence[str], delimiter: str) -> list[list[str]]:
    """Records with their quotes heeded; where the quotes are broken, lines."""
    try:
        return list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return ["".join(line.split('"')[::2]).split(delimiter) for line in lines]
