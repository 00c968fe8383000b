"""Days as ISO text: moving, drawing and comparing them."""

from __future__ import annotations

import datetime
import random


def shifted(day: str, days: int) -> str:
    """The day so many days later (or earlier)."""
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days=days)).isoformat()


def between(random_numbers: random.Random, first: str, last: str) -> str:
    """A day from ``first`` to ``last``, both inclusive; ``first`` if they are the wrong way round."""
    span = (datetime.date.fromisoformat(last) - datetime.date.fromisoformat(first)).days
    return shifted(first, random_numbers.randint(0, max(0, span)))


def month_after(month: str, months: int) -> str:
    """The month so many months later."""
    year, number = divmod(int(month[:4]) * 12 + int(month[5:7]) - 1 + months, 12)
    return f"{year:04d}-{number + 1:02d}"


def month_ends(month: str) -> str:
    """The last day of a month."""
    return shifted(f"{month_after(month, 1)}-01", -1)
