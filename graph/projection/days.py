"""Partial ISO dates as day numbers: what a dated relationship's windows are compared by.

A date of any precision is a span of days: ``2020`` begins on 1 January and ends on 31 December. Day 0 is 1970-01-01. A start that is
not known lies before every day, an end that is not known after.
"""

from __future__ import annotations

import calendar
import datetime

BEFORE_ALL = -(2**31)
AFTER_ALL = 2**31 - 1
EPOCH = datetime.date(1970, 1, 1).toordinal()
LENGTHS = (0, 4, 7, 10)
"""Lengths of a date text: not known, year, month, day. A precision is an index into these."""


def precision(text: str) -> int:
    """0 to 3 for ``""``, ``2020``, ``2020-08``, ``2020-08-03``. Raises ``ValueError`` for another length."""
    return LENGTHS.index(len(text))


def first_day(text: str) -> int:
    """The number of the first day of a date, ``BEFORE_ALL`` for ``""``. Raises ``ValueError`` when there is no such date."""
    if not text:
        return BEFORE_ALL
    year, month, day = _parts(text)
    return datetime.date(year, month or 1, day or 1).toordinal() - EPOCH


def last_day(text: str) -> int:
    """The number of the last day of a date, ``AFTER_ALL`` for ``""``. Raises ``ValueError`` when there is no such date."""
    if not text:
        return AFTER_ALL
    year, month, day = _parts(text)
    month = month or 12
    return datetime.date(year, month, day or calendar.monthrange(year, month)[1]).toordinal() - EPOCH


def day_text(day: int, known: int = 3) -> str:
    """A day number as a date of this precision; ``""`` for precision 0."""
    return datetime.date.fromordinal(day + EPOCH).isoformat()[: LENGTHS[known]] if known else ""


def _parts(text: str) -> tuple[int, int, int]:
    """Year, month, day; 0 for what the text leaves open."""
    precision(text)
    parts = text.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts) or [len(part) for part in parts] != [4, 2, 2][: len(parts)]:
        raise ValueError(f"'{text}' is no date of the form 2020, 2020-08 or 2020-08-03")
    year, month, day = (*map(int, parts), 0, 0)[:3]
    if len(parts) > 1 and not 1 <= month <= 12 or len(parts) > 2 and day < 1:
        raise ValueError(f"'{text}' is no date of the calendar")
    return year, month, day
