"""The value types of dates, moments and ranges of dates."""

from __future__ import annotations

import re
from datetime import datetime

from graph.errors import ValueProblem
from graph.messages import message
from graph.model import Value
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.date_words import normal_date_text
from graph.values.dates import absence, read_date
from graph.values.ranges import OPEN, ends_of_role, part_of_range, read_range

_MOMENT = re.compile(
    r"(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T ](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?P<zone>Z|[+-]\d{2}:?\d{2})?"
)


def _date(text: str, context: Context) -> Cleaned:
    """One date. With the option ``part`` (``start``, ``end``) the text may be a range, of which that end is taken. With ``role``
    (``start``, ``end``: what the date is of something that lasts) it may be one too: of a start, the end goes with it."""
    part = context.option("part")
    if part:
        return part_of_range(text, part, context)
    absent = absence(text, context)
    if absent is not None:
        return absent
    try:
        found = read_date(text, context)
    except ValueProblem:
        role = context.option("role")
        if not role:
            raise
        ends = ends_of_role(text, role, context)
        if ends is None:
            raise
        return ends
    return Cleaned(found.value, flags=found.flags)


def _date_time(text: str, context: Context) -> Cleaned:
    """A day with a time (``2020-09-10T08:30:00``, with its zone if one is given), or a date of any precision."""
    plain = normal_date_text(text)
    match = _MOMENT.fullmatch(plain)
    if not match:
        return _date(text, context)
    day = _date(match["date"], context)
    hours, _, rest = match["time"].partition(":")
    zone = (match["zone"] or "").replace("Z", "+00:00")
    zone = zone if ":" in zone or not zone else f"{zone[:3]}:{zone[3:]}"
    try:
        moment = datetime.fromisoformat(f"{day.value}T{int(hours):02d}:{rest}{zone}")
    except ValueError as error:
        raise ValueProblem(
            message("'{text}' is not a valid time", text=text), value=text, hint=message("It looks like 2020-09-10 08:30.")
        ) from error
    return Cleaned(moment.isoformat(), flags=day.flags)


def _date_range(text: str, context: Context) -> Cleaned:
    """The range as ``start/end``, and its ends as ``From`` and ``To``."""
    start, end = read_range(text, context)
    flags = tuple(dict.fromkeys((*start.flags, *end.flags)))
    if start.value is None and end.value is None:
        return Cleaned(None, flags=flags)
    ends: dict[str, Value] = {suffix: each.value for suffix, each in (("From", start), ("To", end)) if each.value is not None}
    return Cleaned(f"{start.value or OPEN}/{end.value or OPEN}", ends, flags)


TYPES = (
    CleanedBy("date", _date),
    CleanedBy("date-time", _date_time),
    CleanedBy("date-range", _date_range, {"From": "date", "To": "date"}),
)
