"""Dates in the names and titles of files: ``团员名单2024年5月``, ``export_20240529``, ``y2024``, ``2023-24``, ``2024年第三季度``, ``as of
29 May 2024``. A name is no cell: the date stands among other words and numbers, so each way of writing has a pattern of its own, the
longest first.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

EARLIEST, LATEST = 1949, 2099
"""Years that a list of an office may be of; other numbers of four digits are something else."""

REACH = 12
"""Characters before a date in which 截至 or the like is looked for."""

_DASHES = str.maketrans("–—―~", "----")
_HAN_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile(r"[〇零○一二三四五六七八九]{4}(?=年)")
_HAN_NUMBER = re.compile(r"(?:[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[月日号])")

_Y = r"(?P<y>(?:19|20)\d\d)"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>[12]\d|3[01]|0?[1-9])"
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)}
_NAMED_MONTH = r"(?P<named>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_GAP = r"[\s_,.\-]*"
_ORDINAL = r"(?:st|nd|rd|th)?"
_NO_DIGIT_BEFORE, _NO_DIGIT_AFTER = r"(?<![\d.])", r"(?!\d)"
_QUARTERS = {**{name: number for number, name in enumerate("一二三四", start=1)}, **{str(number): number for number in range(1, 5)}}

_STATED = re.compile(
    r"截至|截止|数据日期|数据时间|统计时点|统计日期|更新日期|更新于|报告期|填报日期|as\s+of|as\s+at|updated|data\s+of", re.IGNORECASE
)
"""Words after which the date of the data stands; a date behind one goes before the others of the text."""

_NO_YEARS = re.compile(r"horizon[\s_-]*2020|(?<![a-z])h2020|(?:gb|iso|jb|yy)[\s_/]*[tz]?[\s_]*\d+(?:\.\d+)?[-—]\d{4}", re.IGNORECASE)
"""Programmes and standards whose names hold a year."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date as a text gives it. ``date`` is ISO and may be partial. ``one_year`` is false for a span of several years, which says nothing
    of the year of a day without one. ``unsure``: the text can be read otherwise too. ``stated``: it stands behind 截至 or the like.
    ``begins`` is the beginning of a quarter, half-year or span, whose end ``date`` is."""

    date: str
    begins: str = ""
    one_year: bool = True
    unsure: bool = False
    stated: bool = False


@dataclass(frozen=True, slots=True)
class DatesInText:
    """All dates of one text, in its order; ``yearless`` are the ends (``"09"`` of 第三季度, a month) that stand there without a year."""

    dates: tuple[FoundDate, ...] = ()
    yearless: tuple[str, ...] = ()


def dates_in(text: str) -> DatesInText:
    """The dates that a file's name or title holds."""
    plain = left = _plain(text)
    dates: list[tuple[int, FoundDate]] = []
    yearless: list[str] = []
    for pattern, read in _WAYS:
        for match in pattern.finditer(left):
            found = read(match)
            if isinstance(found, str):
                yearless.append(found)
            elif found is not None:
                stated = _STATED.search(plain[max(0, match.start() - REACH) : match.start()]) is not None
                dates.append((match.start(), replace(found, stated=stated)))
        left = pattern.sub(_blank, left)
    return DatesInText(*_joined([found for _, found in sorted(dates, key=itemgetter(0))], yearless))


def without_dates(text: str) -> str:
    """The text in lower case without its dates: what names of editions of one list have in common."""
    left = _plain(text)
    for pattern, _ in _WAYS:
        left = pattern.sub("", left)
    return left


def _blank(match: re.Match[str]) -> str:
    """What was read is not read again as something shorter."""
    return "\0" * len(match.group())


def _joined(dates: Sequence[FoundDate], yearless: Sequence[str]) -> tuple[tuple[FoundDate, ...], tuple[str, ...]]:
    """A year and, elsewhere in the text, a quarter or month without one belong together."""
    years = [each for each in dates if len(each.date) == 4 and each.one_year]
    if len(yearless) == 1 and len(dates) == 1 and years:
        return (FoundDate(f"{years[0].date}-{yearless[0]}", stated=years[0].stated),), ()
    return tuple(dates), () if dates else tuple(yearless)


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DASHES).casefold()
    text = _NO_YEARS.sub(lambda match: " " * len(match.group()), text)
    text = _HAN_YEAR.sub(lambda match: match.group().translate(_HAN_DIGITS), text)
    return _HAN_NUMBER.sub(lambda match: str(_han_number(match.group())), text)


def _han_number(text: str) -> int:
    tens, found, ones = text.rpartition("十")
    if not found:
        return int(text.translate(_HAN_DIGITS))
    return int(tens.translate(_HAN_DIGITS) or 1) * 10 + int(ones.translate(_HAN_DIGITS) or 0)


Read = FoundDate | str | None


def _day(match: re.Match[str]) -> Read:
    month = match["m"] if "m" in match.groupdict() else str(_MONTHS[match["named"]])
    return _real(int(match["y"]), int(month), int(match["d"]))


def _real(year: int, month: int, day: int = 0) -> FoundDate | None:
    if not EARLIEST <= year <= LATEST or day > monthrange(year, month)[1]:
        return None
    return FoundDate(f"{year:04d}-{month:02d}" + (f"-{day:02d}" if day else ""))


def _year_last(match: re.Match[str]) -> Read:
    first, second, year = int(match["a"]), int(match["b"]), int(match["y"])
    if first > 12 or second > 12 or first == second:
        day, month = (first, second) if second <= 12 else (second, first)
        return _real(year, month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None
    return FoundDate(str(year), unsure=True)


def _month(match: re.Match[str]) -> Read:
    month = match["m"] if "m" in match.groupdict() else str(_MONTHS[match["named"]])
    return _real(int(match["y"]), int(month))


def _short_month(match: re.Match[str]) -> Read:
    return _real(2000 + int(match["yy"]), int(match["m"]))


def _quarter(match: re.Match[str]) -> Read:
    month, year = 3 * _QUARTERS[match["q"]], match["y"]
    return FoundDate(f"{year}-{month:02d}", f"{year}-{month - 2:02d}")


def _half(match: re.Match[str]) -> Read:
    month, year = 6 if match["h"] in "上1" else 12, match["y"]
    return FoundDate(f"{year}-{month:02d}", f"{year}-{month - 5:02d}")


def _bare_half(match: re.Match[str]) -> Read:
    return "06" if match["h"] == "上" else "12"


def _span(match: re.Match[str]) -> Read:
    """``2023-24``, ``2023-2024学年``, ``2015-2024``: to the end of the last year. ``2011-12`` may be a month as well."""
    first, last = int(match["y"]), match["last"]
    if len(last) == 4:
        return FoundDate(last, match["y"], one_year=False) if first < int(last) <= LATEST else None
    if int(last) == (first + 1) % 100 and (int(last) > 12 or match["school"]):
        return FoundDate(str(first + 1), match["y"], one_year=False)
    if 1 <= int(last) <= 12:
        return FoundDate(f"{first}-{last}", unsure=int(last) == (first + 1) % 100)
    return FoundDate(str(first))


def _republic(match: re.Match[str]) -> Read:
    year = int(match["roc"]) + 1911
    if match["m"] and match["d"]:
        return _real(year, int(match["m"]), int(match["d"]))
    return _real(year, int(match["m"])) if match["m"] else FoundDate(str(year))


def _year(match: re.Match[str]) -> Read:
    year = int(match["y"])
    return FoundDate(str(year)) if EARLIEST <= year <= LATEST else None


def _bare_month(match: re.Match[str]) -> Read:
    return f"{int(match['m']):02d}"


def _bare_quarter(match: re.Match[str]) -> Read:
    return f"{3 * _QUARTERS[match['q'] or match['q2']]:02d}"


_ROC_DAY = r"(?:\s*(?P<m>1[0-2]|0?[1-9])\s*月(?:\s*(?P<d>[12]\d|3[01]|0?[1-9])\s*[日号])?)?"
_CLOCK = r"(?:[t_-]?(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?)?"
_COMPACT_DAY = r"(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
_NO_LETTER_OF_A_CODE = r"(?<![^a-z][a-uw-xz])(?<!^[a-uw-xz])"
"""Of ``h2020`` the year is part of a name; ``y2020`` and ``v2020`` are editions."""

_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Read]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"民国\s*(?P<roc>\d{{1,3}})\s*年{_ROC_DAY}", _republic),
        (rf"{_Y}\s*年\s*{_M}\s*月\s*{_D}(?!\d)\s*[日号]?", _day),
        (rf"{_Y}\s*年?度?\s*第?\s*(?P<q>[一二三四1-4])\s*季度?", _quarter),
        (rf"{_Y}\s*年?度?\s*(?P<h>[上下])半年", _half),
        (rf"{_Y}\s*年\s*{_M}\s*月份?[底末初]?", _month),
        (rf"{_NO_DIGIT_BEFORE}{_Y}(?P<s>[-/._ ]){_M}(?P=s){_D}{_NO_DIGIT_AFTER}", _day),
        (rf"{_NO_DIGIT_BEFORE}(?P<a>\d\d?)(?P<s>[-/._])(?P<b>\d\d?)(?P=s){_Y}{_NO_DIGIT_AFTER}", _year_last),
        (rf"(?<!\d){_Y}{_COMPACT_DAY}{_CLOCK}{_NO_DIGIT_AFTER}", _day),
        (rf"(?<!\d){_D}{_ORDINAL}{_GAP}{_NAMED_MONTH}{_GAP}{_Y}{_NO_DIGIT_AFTER}", _day),
        (rf"(?<![a-z]){_NAMED_MONTH}{_GAP}{_D}{_ORDINAL}[\s_,]+{_Y}{_NO_DIGIT_AFTER}", _day),
        (rf"(?<![a-z]){_NAMED_MONTH}{_GAP}{_Y}{_NO_DIGIT_AFTER}", _month),
        (rf"(?<!\d){_Y}{_GAP}{_NAMED_MONTH}(?![a-z])", _month),
        (rf"(?<!\d){_Y}[-_ ]?q(?P<q>[1-4]){_NO_DIGIT_AFTER}", _quarter),
        (rf"(?<![a-z\d])q(?P<q>[1-4])[-_ ]?{_Y}{_NO_DIGIT_AFTER}", _quarter),
        (rf"(?<!\d){_Y}[-_ ]?h(?P<h>[12]){_NO_DIGIT_AFTER}", _half),
        (
            rf"{_NO_DIGIT_BEFORE}{_Y}\s*年?[-/_至](?P<last>(?:19|20)\d\d|\d\d){_NO_DIGIT_AFTER}(?!\s*月)(?P<school>\s*(?:学年|年度))?",
            _span,
        ),
        (rf"{_NO_DIGIT_BEFORE}{_Y}[-/._ ]{_M}{_NO_DIGIT_AFTER}", _month),
        (rf"{_NO_DIGIT_BEFORE}(?P<m>0[1-9]|1[0-2])[-/._]{_Y}{_NO_DIGIT_AFTER}", _month),
        (rf"(?<!\d){_Y}(?P<m>0[1-9]|1[0-2]){_NO_DIGIT_AFTER}", _month),
        (rf"(?<!\d)(?P<yy>\d\d)\s*年\s*{_M}\s*月份?", _short_month),
        (rf"(?<![\d.])(?<!\d{{4}}[-/]){_NO_LETTER_OF_A_CODE}{_Y}(?!\s*[级届])(?:\s*年度?)?(?![\d%]|\.\d)", _year),
        (r"第?\s*(?P<q>[一二三四])\s*季度|(?<![a-z\d])q(?P<q2>[1-4])(?![a-z\d])", _bare_quarter),
        (r"(?P<h>[上下])半年", _bare_half),
        (r"(?<![\d年])(?P<m>1[0-2]|0?[1-9])\s*月份?", _bare_month),
    )
)
