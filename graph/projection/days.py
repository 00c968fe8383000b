"""Partial ISO dates as day numbers: what a dated relationship's windows are compared by.

A date of any precision is a span of days: ``2020`` begins on 1 January and ends on 31 December. Day 0 is 1970-01-01. A start that is
not known lies before every day, an end that is not known after.
"""

from __future__ import annotations

import datetime

from graph.values import days

BEFORE_ALL = -(2**31)
AFTER_ALL = 2**31 - 1
EPOCH = datetime.date(1970, 1, 1).toordinal()
LENGTHS = (0, 4, 7, 10)
"""Lengths of a date text: not known, year, month, day. A precision is an index into these."""


def precision(text: str) -> int:
    """0 to 3 for ``""``, ``2020``, ``2020-08``, ``2020-08-03``. Raises ``ValueError`` for another length."""
    return LENGTHS.index(len(text))


def _whole(text: str) -> str:
    """The text, unless a part of it is 00: that is no way to say that a month or a day is not known."""
    if "-00" in text:
        raise ValueError(f"'{text}' is no date of the calendar")
    return text


def first_day(text: str) -> int:
    """The number of the first day of a date, ``BEFORE_ALL`` for ``""``. Raises ``ValueError`` when there is no such date."""
    return days.first_day(_whole(text)).toordinal() - EPOCH if text else BEFORE_ALL


def last_day(text: str) -> int:
    """The number of the last day of a date, ``AFTER_ALL`` for ``""``. Raises ``ValueError`` when there is no such date."""
    return days.last_day(_whole(text)).toordinal() - EPOCH if text else AFTER_ALL


def day_text(day: int, known: int = 3) -> str:
    """A day number as a date of this precision; ``""`` for precision 0."""
    return datetime.date.fromordinal(day + EPOCH).isoformat()[: LENGTHS[known]] if known else ""
