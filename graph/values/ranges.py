"""Ranges of dates: ``2018.01-2020.12``, ``2020年8月—2022年7月``, ``2020.8至今``. Stored as ISO 8601 ``start/end``, open: ``..``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.absence import no_end, no_end_day
from graph.values.base import ABSENT, Cleaned, Context
from graph.values.date_words import normal_date_text
from graph.values.dates import END_OF_RANGE, NOT_A_DATE, absence, looks_like_a_day, read_date
from graph.values.days import first_day, last_day

OPEN = ".."

_PLAIN_SEPARATOR = re.compile(
    r"\s*(?:~|至|到|→|->|--| - | to | until | till | bis | au | à | al | hasta | t/m |/(?=\s?(?:\d{4}|\.\.)))\s*", re.IGNORECASE
)
_SINCE = re.compile(
    r"^(?:since|from|du|as of|seit|ab|depuis(?: le)?|à partir de|desde|dal?|vanaf|自|从|從)\s*(?=\d|[^\W\d_]{3,10}\.?\s\d)", re.IGNORECASE
)
_UNTIL = re.compile(
    r"^(?:-|until|till|to|up to|by|bis(?: zum)?|jusqu['’](?:à|en|au)|hasta|fino a[l]?|tot|截至|截止到?|至|到)\s*(?=\d)", re.IGNORECASE
)
_ON = re.compile(r"(?<=[\d月日年])\s?(?:起|开始|以来|以後|以后|から|onwards?|on|and later)$|\s?(?:至|-|~|到)$", re.IGNORECASE)
_TO_DATE = re.compile(r"\s?(?:up to|to|till|until) (?:date|now|present|today|the present)$", re.IGNORECASE)
_MONTH_AND_YEAR = re.compile(r"\d{1,2}\s?/\s?\d{4}")
_SCHOOL_YEAR = re.compile(r"(\d{4})[-/](\d{2}|\d{4})(?:学年度?|年度)?")
_HINT = message("Write 2020-08/2022-07, 2020.8-2022.7 or 2020年8月—2022年7月.")


def read_range(text: str, context: Context) -> tuple[Cleaned, Cleaned]:
    """The two ends; an end that is open or unknown has no value. Raises ``ValueProblem``, also for an end before its start."""
    absent = absence(text, context)
    if absent is not None:
        return absent, absent
    ends = read_ends(text, context)
    if ends is not None:
        _check_order(text, *ends)
        return ends
    try:
        only = read_date(text, context)
    except ValueProblem as problem:
        raise _not_a_range(text, _parted(text), context) from problem
    return Cleaned(only.value, flags=only.flags), ABSENT


def read_ends(text: str, context: Context) -> tuple[Cleaned, Cleaned] | None:
    """The two ends of a text that names two, or says that one is open; ``None`` if it does not."""
    plain = _parted(text)
    school_year = _SCHOOL_YEAR.fullmatch(plain)
    if school_year and (int(school_year[2]) - int(school_year[1]) - 1) % 100 == 0 and int(school_year[2]) > 12:
        start = int(school_year[1])
        return Cleaned(str(start)), Cleaned(str(start + 1))
    return next((ends for left, right in _halves(plain) if (ends := _read_halves(left, right, context)) is not None), None)


def _parted(text: str) -> str:
    """A text in which what says "since", "until" or "on" is a slash and an open end."""
    plain = _TO_DATE.sub(f"/{OPEN}", normal_date_text(text).replace("～", "~").replace("〜", "~"))
    if plain.replace("-", "").isdigit():
        return plain if plain[-1] != "-" else f"{plain[:-1]}/{OPEN}"
    on = _ON.sub(f"/{OPEN}", plain)
    since = _SINCE.sub("", on)
    if since != on:
        parts = any(True for _ in _PLAIN_SEPARATOR.finditer(since)) and not _MONTH_AND_YEAR.fullmatch(since)
        return since if parts or since.endswith(OPEN) else f"{since}/{OPEN}"
    return _UNTIL.sub(f"{OPEN}/", on)


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
        if right.strip() == OPEN or no_end(right) or no_end_day(right.strip()):
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


def ends_of_role(text: str, role: str, context: Context) -> Cleaned | None:
    """What a range says in the column of a ``start`` or an ``end``: of a start both ends; ``None`` if the text is no range. A date that
    cannot be (2012-13-05) is none."""
    plain = normal_date_text(text)
    if looks_like_a_day(plain) and not _SCHOOL_YEAR.fullmatch(plain):
        return None
    ends = read_ends(text, context)
    if ends is None:
        return None
    _check_order(text, *ends)
    start, end = ends
    if role == "end":
        return Cleaned(end.value, flags=(*end.flags, "range") if start.value else end.flags)
    flags = tuple(flag for flag in (*start.flags, *end.flags) if flag != "ongoing")
    if end.value is None:
        return Cleaned(start.value, flags=flags)
    return Cleaned(start.value, {END_OF_RANGE: end.value}, (*flags, "range"))


def part_of_range(text: str, part: str, context: Context) -> Cleaned:
    """The ``start`` or the ``end`` of a range."""
    start, end = read_range(text, context)
    return end if part == "end" else start
