"""Ranges of dates: ``2018.01-2020.12``, ``2020年8月—2022年7月``, ``2020.8至今``. Stored as ISO 8601 ``start/end``, open: ``..``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.errors import ValueProblem
from graph.messages import message
from graph.model import Value
from graph.values.base import ABSENT, Cleaned, CleanedBy, Context
from graph.values.dates import NOT_A_DATE, absence, first_day, last_day, normal_date_text, read_date

OPEN = ".."

_PLAIN_SEPARATOR = re.compile(r"\s*(?:~|至|到|--| - | to |/(?=\s?(?:\d{4}|\.\.)))\s*")
_HINT = message("Write 2020-08/2022-07, 2020.8-2022.7 or 2020年8月—2022年7月.")


def read_range(text: str, context: Context) -> tuple[Cleaned, Cleaned]:
    """The two ends; an end that is open or unknown has no value. Raises ``ValueProblem``, also for an end before its start."""
    absent = absence(text)
    if absent is not None:
        return absent, absent
    plain = normal_date_text(text).replace("～", "~").removeprefix("自").removeprefix("从")
    plain = re.sub(r"(?<=\d|月|日|年)起$|(?:至|-|~|到)$", "/..", plain)
    plain = re.sub(r"(?:至|到|-|~)?(至今|今|现在|目前)$", "/..", plain)
    for left, right in _halves(plain):
        ends = _read_halves(left, right, context)
        if ends is not None:
            _check_order(text, *ends)
            return ends
    try:
        only = read_date(text, context)
    except ValueProblem as problem:
        raise _not_a_range(text, plain, context) from problem
    return Cleaned(only.value, flags=only.flags), ABSENT


def _not_a_range(text: str, plain: str, context: Context) -> ValueProblem:
    """Says what is wrong with the end that looks like a date but is none (``2019.14``), or else what a range looks like."""
    for half in (half for halves in _halves(plain) for half in halves):
        try:
            read_date(half, context)
        except ValueProblem as problem:
            if problem.hint != NOT_A_DATE:
                return ValueProblem(message("'{text}': {detail}", text=text, detail=problem.detail), value=text, hint=problem.hint)
    return ValueProblem(message("'{text}' is not a range of dates", text=text), value=text, hint=_HINT)


def _halves(plain: str) -> Iterator[tuple[str, str]]:
    """Ways to part the text, the plain separators first; a lone dash may part it or belong to a date."""
    for match in _PLAIN_SEPARATOR.finditer(plain):
        yield plain[: match.start()], plain[match.end() :]
    dashes = [match.start() for match in re.finditer("-", plain)]
    middle = len(plain) / 2
    for at in sorted(dashes, key=lambda place: (abs(place - middle), place)):
        yield plain[:at], plain[at + 1 :]


def _read_halves(left: str, right: str, context: Context) -> tuple[Cleaned, Cleaned] | None:
    """Both ends, or ``None`` if the text parts elsewhere. An end without a year takes the start's."""
    if not left.strip() or not right.strip():
        return None
    try:
        start = ABSENT if left.strip() == OPEN else _end(left.strip(), context)
        if right.strip() == OPEN:
            return start, Cleaned(None, flags=("ongoing",))
        years = replace(context, year=int(str(start.value)[:4])) if start.value else context
        end = _end(right.strip(), years)
    except ValueProblem:
        return None
    flags = tuple(flag for flag in end.flags if flag != "year-inferred" or not start.value)
    return start, Cleaned(end.value, flags=flags)


def _end(text: str, context: Context) -> Cleaned:
    found = read_date(text, context)
    return Cleaned(found.value, flags=found.flags)


def _check_order(text: str, start: Cleaned, end: Cleaned) -> None:
    if start.value and end.value and first_day(str(start.value)) > last_day(str(end.value)):
        raise ValueProblem(message("'{text}' ends before it begins", text=text), value=text, hint=message("Check both dates."))


def part_of_range(text: str, part: str, context: Context) -> Cleaned:
    """The ``start`` or the ``end`` of a range."""
    start, end = read_range(text, context)
    return end if part == "end" else start


def _date_range(text: str, context: Context) -> Cleaned:
    """The range as ``start/end``, and its ends as ``From`` and ``To``."""
    start, end = read_range(text, context)
    flags = tuple(dict.fromkeys((*start.flags, *end.flags)))
    if start.value is None and end.value is None:
        return Cleaned(None, flags=flags)
    ends: dict[str, Value] = {suffix: each.value for suffix, each in (("From", start), ("To", end)) if each.value is not None}
    return Cleaned(f"{start.value or OPEN}/{end.value or OPEN}", ends, flags)


TYPES = (CleanedBy("date-range", _date_range, {"From": "date", "To": "date"}),)
