"""Stored dates of any precision, and the days that they may mean: ``2020``, ``2020-08``, ``2020-08-03``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date


def first_day(partial: str) -> date:
    """The first day that a stored date may mean: ``2020`` gives 1 January 2020. Raises ``ValueError`` for what is not a stored date."""
    year, month, day = _parts(partial)
    return date(year, 1 if month is None else month, 1 if day is None else day)


def last_day(partial: str) -> date:
    """The last day that a stored date may mean: ``2020-02`` gives 29 February 2020. Raises ``ValueError`` for what is not a stored date."""
    year, month, day = _parts(partial)
    month = 12 if month is None else month
    return date(year, month, monthrange(year, month)[1] if day is None else day)


def precision(partial: str) -> str:
    """``year``, ``month`` or ``day``."""
    return ("year", "month", "day")[partial.count("-")]


def _parts(partial: str) -> tuple[int, int | None, int | None]:
    match = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", partial)
    if not match:
        raise ValueError(f"'{partial}' is not a date of ISO 8601")
    year, month, day = match.groups()
    return int(year), int(month) if month else None, int(day) if day else None
