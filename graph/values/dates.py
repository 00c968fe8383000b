"""Dates with their precision: ISO 8601 text of a year, a month or a day, and nothing invented.

A stored date is ``2020``, ``2020-08`` or ``2020-08-03``. ``first_day`` and ``last_day`` say which days it may mean.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.normal import DASH_TABLE, narrow, plain_numerals, whole_number_text

EARLIEST, LATEST = 1000, 2999
SERIALS = range(10_000, 80_000)
"""Excel day numbers that are read as dates: 1927 to 2119. Smaller ones look like years."""
EPOCH_1900 = date(1899, 12, 30)
DAYS_1904 = 1462
PIVOT = 70
"""Years of two digits from here on are of the 20th century."""

ONGOING = frozenset({"至今", "今", "现在", "目前", "长期", "present", "ongoing", "now", ".."})
_NO_DATE = re.compile(r"0{4}(?:[-/.]\d\d?(?:[-/.]\d\d?(?: 00:00(?::00)?)?)?)?")

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"

_YEAR_FIRST = re.compile(r"(\d{4})(?:\s?[-./年]\s?(\d{1,2})(?:\s?[-./月]\s?(\d{1,2})\s?[日号]?|\s?月)?|\s?年度?)?")
_COMPACT = re.compile(r"((?:1[6-9]|20|21)\d\d)(0[1-9]|1[0-2])([0-3]\d)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{2})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?|年(?:(\d{1,2})月?(?:(\d{1,2})[日号]?)?)?)")
_NO_YEAR = re.compile(r"(\d{1,2})(?:[-./](\d{1,2})|月(?:(\d{1,2})[日号]?)?)")
_LOOSE = re.compile(
    r"(\d{4})年?(?:[年底末初中春夏秋冬]|上半年|下半年|第?[1-4]季度|[春夏秋冬]季)(?:前|左右)?|约(\d{4})年?|(\d{4})年?(?:左右|前后)"
)
_DAY_FIRST_ENGLISH = re.compile(rf"(?:(\d{{1,2}})(?:st|nd|rd|th)? )?{_MONTH},? (\d{{4}})", re.IGNORECASE)
_MONTH_FIRST_ENGLISH = re.compile(rf"{_MONTH} (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", re.IGNORECASE)
_TIME = re.compile(r"(?P<date>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[T ](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(?P<zone>Z|[+-]\d{2}:?\d{2})?")

NOT_A_DATE = message("Write 2020-08-03, 2020年8月3日, 2020.8 or 2020.")


class Found(NamedTuple):
    """A date as it was read, with its flags."""

    value: str
    flags: tuple[str, ...] = ()


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


def normal_date_text(text: str) -> str:
    """Plain width, one kind of dash, Chinese numerals as digits, no fraction that a spreadsheet added."""
    return whole_number_text(plain_numerals(narrow(text).translate(DASH_TABLE)))


def read_date(text: str, context: Context) -> Found:
    """One date, whatever way it is written. Raises ``ValueProblem`` with a hint."""
    plain = normal_date_text(text)
    for reader in (_year_first, _serial, _with_time, _english, _loose, _year_last, _short_year, _no_year):
        found = reader(plain, text, context)
        if found is not None:
            return found
    raise ValueProblem(message("'{text}' is not a valid date", text=text), value=text, hint=NOT_A_DATE)


def _dated(text: str, year: int, month: str | None, day: str | None = None, flags: tuple[str, ...] = ()) -> Found:
    """The stored form of a date that exists. Raises ``ValueProblem`` for 31 February."""
    if not EARLIEST <= year <= LATEST:
        raise ValueProblem(
            message("'{text}': the year {year} is impossible", text=text, year=year), value=text, hint=message("Check the year.")
        )
    if not month:
        return Found(f"{year:04d}", flags)
    if not 1 <= int(month) <= 12:
        raise ValueProblem(
            message("'{text}': there is no month {month}", text=text, month=int(month)),
            value=text,
            hint=message("Check the month; a year alone is also a valid date."),
        )
    if not day:
        return Found(f"{year:04d}-{int(month):02d}", flags)
    if not 1 <= int(day) <= monthrange(year, int(month))[1]:
        raise ValueProblem(
            message("'{text}': the month {year}-{month:02d} has no day {day}", text=text, year=year, month=int(month), day=int(day)),
            value=text,
            hint=message("Check the day, or leave it out: a month alone is also a valid date."),
        )
    return Found(f"{year:04d}-{int(month):02d}-{int(day):02d}", flags)


def _year_first(plain: str, text: str, _: Context) -> Found | None:
    match = _YEAR_FIRST.fullmatch(plain) or _COMPACT.fullmatch(plain)
    return _dated(text, int(match[1]), match[2], match[3]) if match else None


def _serial(plain: str, _: str, context: Context) -> Found | None:
    match = re.fullmatch(r"(\d{5})(?:\.\d+)?", plain)
    if not match or int(match[1]) not in SERIALS:
        return None
    days = int(match[1]) + (DAYS_1904 if context.epoch1904 else 0)
    return Found((EPOCH_1900 + timedelta(days=days)).isoformat())


def _with_time(plain: str, text: str, context: Context) -> Found | None:
    match = _TIME.fullmatch(plain)
    return _year_first(match["date"], text, context) if match else None


def _english(plain: str, text: str, _: Context) -> Found | None:
    match = _DAY_FIRST_ENGLISH.fullmatch(plain)
    if match:
        return _dated(text, int(match[3]), str(_MONTHS[match[2][:3].lower()]), match[1])
    match = _MONTH_FIRST_ENGLISH.fullmatch(plain)
    return _dated(text, int(match[3]), str(_MONTHS[match[1][:3].lower()]), match[2]) if match else None


def _loose(plain: str, text: str, _: Context) -> Found | None:
    """``2020年底前``, ``约2015年``: the year, flagged; the rest would be a guess."""
    match = _LOOSE.fullmatch(plain)
    return _dated(text, int(match[1] or match[2] or match[3]), None, None, ("approximate",)) if match else None


def _year_last(plain: str, text: str, context: Context) -> Found | None:
    """``31/12/2020``. Which is the day must be plain from the numbers or said by the option ``order`` (``dmy``, ``mdy``)."""
    match = _YEAR_LAST.fullmatch(plain)
    if not match:
        return None
    first, second, year = match[1], match[2], int(match[3])
    order = context.option("order") or ("dmy" if int(first) > 12 or first == second else "mdy" if int(second) > 12 else "")
    if order not in ("dmy", "mdy"):
        raise ValueProblem(
            message("'{text}' may be two dates", text=text),
            value=text,
            hint=message("Say which in the mapping: options: {order: dmy} or {order: mdy}."),
        )
    return _dated(text, year, second, first) if order == "dmy" else _dated(text, year, first, second)


def _short_year(plain: str, text: str, _: Context) -> Found | None:
    """``16.03`` is March 2016, flagged: no month is the 16th. ``20.08.03`` too is read year first, as is usual in Chinese files."""
    match = _SHORT_YEAR.fullmatch(plain)
    if not match:
        return None
    month, day = match[2] or match[4], match[3] or match[5]
    if not match[3] and "年" not in plain and int(match[1]) <= 12:
        return None
    year = int(match[1]) + (1900 if int(match[1]) >= PIVOT else 2000)
    return _dated(text, year, month, day, ("century-inferred",))


def _no_year(plain: str, text: str, context: Context) -> Found | None:
    """``9月10日``, ``09.05``: the file's year is taken, and flagged."""
    match = _NO_YEAR.fullmatch(plain)
    if not match:
        return None
    if context.year is None:
        raise ValueProblem(
            message("'{text}' gives no year", text=text),
            value=text,
            hint=message("Write the year, or put it into the file's name (2020), from which it is then taken."),
        )
    return _dated(text, context.year, match[1], match[2] or match[3], ("year-inferred",))


def absence(text: str) -> Cleaned | None:
    """``0000-00-00`` states that there is no date, ``至今`` that there is none yet."""
    plain = narrow(text)
    if _NO_DATE.fullmatch(plain):
        return Cleaned(None, flags=("no-date",))
    return Cleaned(None, flags=("ongoing",)) if plain.casefold() in ONGOING else None


def _date(text: str, context: Context) -> Cleaned:
    """One date. With the option ``part`` (``start``, ``end``) the text may be a range, of which that end is taken."""
    part = context.option("part")
    if part:
        from graph.values.ranges import part_of_range

        return part_of_range(text, part, context)
    absent = absence(text)
    if absent is not None:
        return absent
    found = read_date(text, context)
    return Cleaned(found.value, flags=found.flags)


def _date_time(text: str, context: Context) -> Cleaned:
    """A day with a time (``2020-09-10T08:30:00``, with its zone if one is given), or a date of any precision."""
    plain = normal_date_text(text)
    match = _TIME.fullmatch(plain)
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


TYPES = (CleanedBy("date", _date), CleanedBy("date-time", _date_time))
