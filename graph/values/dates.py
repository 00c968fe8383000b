"""Dates with their precision: ISO 8601 text of a year, a month or a day, and nothing invented.

A stored date is ``2020``, ``2020-08`` or ``2020-08-03``; ``graph.values.days`` says which days it may mean.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.absence import no_end, no_end_day
from graph.values.base import Cleaned, Context
from graph.values.date_words import months, normal_date_text, written
from graph.values.normal import narrow

EARLIEST, LATEST = 1000, 2999
SERIALS = range(10_000, 80_000)
"""Excel day numbers that are read as dates: 1927 to 2119. Smaller ones look like years."""
EPOCH_1900 = date(1899, 12, 30)
DAYS_1904 = 1462
PIVOT = 70
"""Years of two digits from here on are of the 20th century."""

END_OF_RANGE = "/end"
"""The companion of a start that was written as a range."""

_NO_DATE = re.compile(
    r"0{4}(?:[-/.]\d\d?(?:[-/.]\d\d?(?: 00:00(?::00)?)?)?)?|0{1,2}[-/.]0{1,2}[-/.]0{4}"
    r"|1900[-/.]0?1[-/.]0?0(?: .*)?|1899[-/.]12[-/.]3[01](?: .*)?"
)
"""Zeros, and the day before a spreadsheet's first."""


_YEAR_FIRST = re.compile(r"(\d{4})(?:\s?[-./年]\s?(\d{1,2})(?:\s?[-./月]\s?(\d{1,2})\s?[日号]?|\s?月)?|\s?年度?)?")
_COMPACT = re.compile(r"((?:1[6-9]|20|21)\d\d)(0[1-9]|1[0-2])([0-3]\d)?")
_YEAR_LAST = re.compile(r"(\d{1,2})([-./])(\d{1,2})[-./](\d{4})")
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})\s?[-./]\s?((?:19|20)\d\d)")
_SHORT_YEAR = re.compile(r"(\d{2})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?|年(?:(\d{1,2})月?(?:(\d{1,2})[日号]?)?)?)")
_NO_YEAR = re.compile(r"(\d{1,2})(?:[-./](\d{1,2})|月(?:(\d{1,2})[日号]?)?)")
_PART_OF_YEAR = re.compile(
    r"(\d{4})年?(?:[年底末初中春夏秋冬]|上半年|下半年|第?[1-4]季度?|[春夏秋冬]季|夏天|冬天)(?:前|左右)?|(\d{4})年度"
    r"|(\d{4})[ /-]?(?:[QT][1-4]|[1-4][QT]|[HS][12]|[12][HS])|(?:[QT][1-4]|[1-4][QT]|[HS][12]|[12][HS]|FY|CY)[ '/-]{0,2}(\d{4})"
    r"|[1-4](?:\.|st|nd|rd|th|er|e|ème)? ?(?:quartal|quarter|half|trimestre|semestre|halbjahr)(?: of| de)? (\d{4})"
    r"|(?:(?:first|second|third|fourth) (?:quarter|half)|spring|summer|autumn|fall|winter|early|mid|late|end|beginning"
    r"|anfang|mitte|ende|frühjahr|frühling|sommer|herbst|printemps|été|automne|hiver"
    r"|début|fin|mi|inicio|finales|wise|sose|ws|ss)[- ](?:of |de |in )?(\d{4})",
    re.IGNORECASE,
)
_PART_OF_MONTH = re.compile(r"(\d{4})(?:年|[-./])\s?(\d{1,2})\s?月?(?:上旬|中旬|下旬|初|中|底|末|月初|月底)")
_UNKNOWN_PARTS = re.compile(r"(\d{4})([-/.])(?:00\2(?:00|0)|(\d{2})\2(?:00|0))")
_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.|er|º|ª)?"
_NAME = r"([^\W\d_]{3,12})\.?"
_DAY_FIRST_WORDED = re.compile(rf"(?:{_DAY}[ -]?(?:of |de |d['’])?)?{_NAME}(?:[ ,/-]+(?:de |del |of )?('?\d{{2}}|\d{{4}}))?", re.IGNORECASE)
_MONTH_FIRST_WORDED = re.compile(rf"{_NAME} {_DAY},? (\d{{4}})", re.IGNORECASE)
_YEAR_FIRST_WORDED = re.compile(rf"(\d{{4}})[ ,./-]+{_NAME}(?:[ ,./-]+{_DAY})?", re.IGNORECASE)

NOT_A_DATE = message("Write 2020-08-03, 2020年8月3日, 2020.8 or 2020.")
SAY_ORDER = message("Say which in the mapping: options: {dmy} or {mdy}.", dmy="{order: dmy}", mdy="{order: mdy}")


class Found(NamedTuple):
    """A date as it was read, with its flags."""

    value: str
    flags: tuple[str, ...] = ()


def read_date(text: str, context: Context) -> Found:
    """One date, whatever way it is written. Raises ``ValueProblem`` with a hint."""
    plain, about = written(normal_date_text(text))
    for reader in (_year_first, _serial, _worded, _part_of_year, _part_of_month, _year_last, _month_and_year, _short_year, _no_year):
        found = reader(plain, text, context)
        if found is not None:
            return Found(found.value, tuple(dict.fromkeys((*found.flags, "approximate")))) if about else found
    raise ValueProblem(message("'{text}' is not a valid date", text=text), value=text, hint=NOT_A_DATE)


def looks_like_a_day(plain: str) -> bool:
    """Whether a normal date text has the form of one date, be there such a day or not."""
    text = written(plain).text
    return any(form.fullmatch(text) for form in (_YEAR_FIRST, _YEAR_LAST, _SHORT_YEAR))


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
    if match is None:
        return None
    unknown = _UNKNOWN_PARTS.fullmatch(plain)  # 2020-00-00, as databases write a year alone
    return _dated(text, int(unknown[1]), unknown[3]) if unknown else _dated(text, int(match[1]), match[2], match[3])


def _serial(plain: str, _: str, context: Context) -> Found | None:
    match = re.fullmatch(r"(\d{5})(?:\.\d+)?", plain)
    if not match or int(match[1]) not in SERIALS:
        return None
    days = int(match[1]) + (DAYS_1904 if context.epoch1904 else 0)
    return Found((EPOCH_1900 + timedelta(days=days)).isoformat())


def _worded(plain: str, text: str, context: Context) -> Found | None:
    """``1 Sept. 2020``, ``September 1st, 2020``, ``1er septembre 2020``, ``Sep-20``. Without a year the file's is taken, and flagged."""
    if not any(map(str.isalpha, plain)):
        return None
    match = _MONTH_FIRST_WORDED.fullmatch(plain)
    if match and (month := _month(match[1])):
        return _dated(text, int(match[3]), month, match[2])
    match = _YEAR_FIRST_WORDED.fullmatch(plain)
    if match and (month := _month(match[2])):
        return _dated(text, int(match[1]), month, match[3])
    match = _DAY_FIRST_WORDED.fullmatch(plain)
    month = _month(match[2]) if match else ""
    if not match or not month:
        return None
    if not match[3]:
        return _dated(text, _year_of_file(text, context), month, match[1], ("year-inferred",))
    flags = () if len(match[3]) == 4 else ("century-inferred",)
    return _dated(text, _whole_year(match[3].strip("'")), month, match[1], flags)


def _month(name: str) -> str:
    number = months().get(name.casefold())
    return str(number) if number else ""


def _part_of_year(plain: str, text: str, _: Context) -> Found | None:
    """``2020年底前``, ``2020年上半年``, ``Q3 2020``: the year, flagged; the rest would be a guess."""
    match = _PART_OF_YEAR.fullmatch(plain)
    return _dated(text, int(next(filter(None, match.groups()))), None, None, ("approximate",)) if match else None


def _part_of_month(plain: str, text: str, _: Context) -> Found | None:
    """``2020年9月上旬``: the month, flagged."""
    match = _PART_OF_MONTH.fullmatch(plain)
    return _dated(text, int(match[1]), match[2], None, ("approximate",)) if match else None


def _month_and_year(plain: str, text: str, _: Context) -> Found | None:
    """``03/2017``, ``3.2017``."""
    match = _MONTH_AND_YEAR.fullmatch(plain)
    return _dated(text, int(match[2]), match[1]) if match else None


def _year_last(plain: str, text: str, context: Context) -> Found | None:
    """``31/12/2020``. Which is the day must be plain from the numbers, from the points (no month stands first before one), or be said by
    the option ``order`` (``dmy``, ``mdy``)."""
    match = _YEAR_LAST.fullmatch(plain)
    if not match:
        return None
    first, second, year = match[1], match[3], int(match[4])
    order = context.option("order") or _order_of(match)
    if order not in ("dmy", "mdy"):
        raise ValueProblem(message("'{text}' may be two dates", text=text), value=text, hint=SAY_ORDER)
    return _dated(text, year, second, first) if order == "dmy" else _dated(text, year, first, second)


def _order_of(match: re.Match[str]) -> str:
    """What the numbers themselves say; ``""`` if nothing."""
    first, second = int(match[1]), int(match[3])
    if first > 12 or first == second:
        return "dmy"
    return "mdy" if second > 12 else "dmy" if match[2] == "." else ""


def order_of_column(texts: Iterable[str]) -> str:
    """Whether the days of a column stand first (``dmy``) or second (``mdy``), told by those that can only be read one way; ``""`` if none
    can, or if they disagree."""
    found = set()
    for text in texts:
        match = _YEAR_LAST.fullmatch(written(normal_date_text(text)).text)
        if match and match[1] != match[3] and (int(match[1]) > 12) != (int(match[3]) > 12):
            found.add("dmy" if int(match[1]) > 12 else "mdy")
    return found.pop() if len(found) == 1 else ""


def _short_year(plain: str, text: str, _: Context) -> Found | None:
    """``16.03`` is March 2016, flagged: no month is the 16th. ``20.08.03`` too is read year first, as is usual in Chinese files."""
    match = _SHORT_YEAR.fullmatch(plain)
    if not match:
        return None
    month, day = match[2] or match[4], match[3] or match[5]
    if not match[3] and "年" not in plain and int(match[1]) <= 12:
        return None
    return _dated(text, _whole_year(match[1]), month, day, ("century-inferred",))


def _whole_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else int(digits) + (1900 if int(digits) >= PIVOT else 2000)


def _no_year(plain: str, text: str, context: Context) -> Found | None:
    """``9月10日``, ``09.05``: the file's year is taken, and flagged."""
    match = _NO_YEAR.fullmatch(plain)
    if not match:
        return None
    return _dated(text, _year_of_file(text, context), match[1], match[2] or match[3], ("year-inferred",))


def _year_of_file(text: str, context: Context) -> int:
    """Raises ``ValueProblem`` if nobody knows it."""
    if context.year is None:
        raise ValueProblem(
            message("'{text}' gives no year", text=text),
            value=text,
            hint=message("Write the year, or put it into the file's name (2020), from which it is then taken."),
        )
    return context.year


def absence(text: str, context: Context) -> Cleaned | None:
    """``0000-00-00`` states that there is no date, ``至今`` that there is none yet; as an end, ``9999-12-31`` too."""
    plain = narrow(text)
    if plain[:1] in "01" and _NO_DATE.fullmatch(plain):
        return Cleaned(None, flags=("no-date",))
    is_word = not plain[:1].isdigit()
    if (is_word and no_end(text)) or (context.option("role") == "end" and no_end_day(plain)):
        return Cleaned(None, flags=("ongoing",))
    return None
