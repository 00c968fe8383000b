"""Number formats of workbooks: a stored number as the text that the office program shows.

``0.1`` under ``00.00`` shows as ``00.10``, 1 under ``000000`` as ``000001``, the day 44044 under ``yyyy"年"m"月"`` as the month 2020-08.
Digits are added, never taken away: a number keeps its decimals where a format would round it, marks of thousands and currencies are left
out, and what a format hides is read all the same."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

Shown = Callable[[str], str | None]
"""From the number as it is stored to the text that is shown; ``None`` where the plain reading is right."""

SIGNIFICANT = 15
"""Decimal digits that a spreadsheet keeps of a number."""
_ROUNDED = 10**SIGNIFICANT

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "yyyy-mm-dd h:mm", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
"""The formats that a workbook names by number only (ECMA-376, 18.8.30)."""
CHINESE_MONTHS = frozenset({27, 36, 50, 52, 57})
"""Those that mean year and month in a Chinese Excel, and a whole day in a Taiwanese or Japanese one."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|_.|\*.|(?P<bracket>\[[^\]]*\])|(?P<general>General)|(?P<exponent>E[+-])|(?P<am>AM/PM|A/P|上午/下午)'
    r"|(?P<digit>[0#?])|(?P<mark>[.,%@/])|(?P<date>[ymdhsegb]+|a{3,4})|(?P<bare>.)",
    re.IGNORECASE | re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*);?', re.DOTALL)
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\]")
_DIGITS = re.compile(r"-?\d+")
_CURRENCY = frozenset("$¥￥€£")
_COMPARE: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "<>": lambda a, b: a != b,
}


def plain_number(stored: str) -> str:
    """A number as a person would type it: digits as they stand, fractions with what a spreadsheet keeps of them. One that was stored
    rounded stays as it is stored, ``3.205821990010113E+17``: its last digits are lost."""
    if _DIGITS.fullmatch(stored):
        return stored
    number = float(stored)
    if is_rounded(stored):
        return f"{Decimal(stored).normalize():E}"
    return str(int(number)) if number.is_integer() else f"{Decimal(format(number, f'.{SIGNIFICANT}g')):f}"


def is_rounded(stored: str) -> bool:
    """Whether digits of a whole number were lost: it has more than are kept, and was not stored digit by digit."""
    return abs(float(stored)) >= _ROUNDED and not _DIGITS.fullmatch(stored)


def shown_by(code: str, epoch1904: bool = False) -> Shown | None:
    """What a format shows; ``None`` for one that shows what is read anyway."""
    sections = [match[1] for match in _SECTION.finditer(code)][: code.count(";") + 1]
    conditions = [_CONDITION.search(section) for section in sections]
    if not any(conditions):
        return _section(sections[0], epoch1904)
    shown = [_section(section, epoch1904) for section in sections]
    if not any(shown):
        return None

    def chosen(stored: str) -> str | None:
        number = Decimal(stored)
        for condition, show in zip(conditions, shown, strict=True):
            if condition is None or _COMPARE[condition[1]](number, Decimal(condition[2])):
                return show(stored) if show else None
        return None

    return chosen


def shown_by_number(number: int, epoch1904: bool = False) -> Shown | None:
    """``shown_by`` for a format that is built in."""
    if number in CHINESE_MONTHS:
        return lambda stored: _first_of_month(stored, epoch1904)
    return shown_by(BUILT_IN.get(number, "General"), epoch1904)


def _section(code: str, epoch1904: bool) -> Shown | None:
    tokens = [(match.lastgroup or "", match[match.lastgroup] if match.lastgroup else "") for match in _TOKEN.finditer(code)]
    kinds = {kind for kind, _ in tokens}
    if "date" in kinds and not kinds & {"digit", "exponent", "general"}:
        return _date_section(tokens, epoch1904)
    marks = {text for kind, text in tokens if kind == "mark"}
    if "exponent" in kinds or marks & {"@", "/"} or ("general" not in kinds and "digit" not in kinds):
        return None
    layout = _layout(tokens)
    return layout.show if layout.matters else None


@dataclass(frozen=True, slots=True)
class _Layout:
    """A section of a format for numbers: ``whole`` holds the places before the point and the texts between them, from the left."""

    before: str
    whole: tuple[str, ...]
    decimals: int
    percent: bool
    after: str
    scaled: bool

    @property
    def matters(self) -> bool:
        padded = self.whole.count("0") > 1 or self.decimals > 0
        return not self.scaled and (padded or self.percent or self.spaced or bool(self.before.strip() or self.after.strip()))

    @property
    def spaced(self) -> bool:
        return any(place not in "0#?" for place in self.whole)

    def show(self, stored: str) -> str | None:
        if is_rounded(stored):
            return plain_number(stored)
        plain = plain_number(stored)
        if self.percent:
            plain = f"{(Decimal(plain) * 100).normalize():f}"
        sign, plain = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
        whole, _, decimals = plain.partition(".")
        if self.spaced and not decimals:
            whole = self._placed(whole)
        else:
            whole = whole.zfill(self.whole.count("0"))
        decimals = decimals.ljust(self.decimals, "0")
        number = f"{whole}.{decimals}" if decimals else whole
        return f"{sign}{self.before}{number}{'%' if self.percent else ''}{self.after}".strip()

    def _placed(self, digits: str) -> str:
        """Digits put into their places from the right: ``3600100`` under ``000-0000`` is ``360-0100``."""
        found: list[str] = []
        left = list(digits)
        places = list(self.whole)
        while places:
            place = places.pop()
            if place not in "0#?":
                if left or "0" in places:
                    found.append(place)
            elif left:
                found.append(left.pop())
            elif place == "0":
                found.append("0")
        return "".join((*left, *reversed(found)))


def _layout(tokens: list[tuple[str, str]]) -> _Layout:
    last = max((at for at, (kind, _) in enumerate(tokens) if kind in ("digit", "general")), default=-1)
    before = after = ""
    whole: list[str] = []
    decimals, point, percent, scaled = 0, False, False, False
    for at, (kind, text) in enumerate(tokens):
        if kind == "digit" and not point:
            whole.append(text)
        elif kind == "digit":
            decimals += text == "0"
        elif kind == "mark":
            point = point or text == "."
            percent = percent or text == "%"
            scaled = scaled or (text == "," and at > last)
        elif kind in ("quoted", "escaped", "bare", "date") and text not in _CURRENCY:
            if at > last:
                after += text
            elif not whole:
                before += text
            elif not point:
                whole += text
            else:  # a text among the decimals: 0.0"a"0
                scaled = True
    return _Layout(before.lstrip(), tuple(whole), decimals, percent, after.rstrip(), scaled)


def _date_section(tokens: list[tuple[str, str]], epoch1904: bool) -> Shown | None:
    """Year and month, or the year alone, where no more is shown; minutes are told from months by the hours or seconds beside them."""
    letters = "".join(text.lower()[0] for kind, text in tokens if kind == "date")
    if "h" in letters or "s" in letters or any(kind == "bracket" and re.fullmatch(r"\[[hms]+\]", text, re.I) for kind, text in tokens):
        return None
    if "a" in letters:
        return lambda stored: _part(stored, epoch1904, 10)
    if "d" in letters or not set(letters) & set("yeg"):
        return None
    length = 7 if "m" in letters else 4
    return lambda stored: _part(stored, epoch1904, length)


def _part(stored: str, epoch1904: bool, length: int) -> str | None:
    day = day_of(float(stored), epoch1904)
    return day.isoformat()[:length] if day else None


def _first_of_month(stored: str, epoch1904: bool) -> str | None:
    day = day_of(float(stored), epoch1904)
    return day.isoformat()[:7] if day and day.day == 1 else None


def day_of(serial: float, epoch1904: bool) -> datetime.date | None:
    """The day that a spreadsheet counts by a number (its 1900 has a 29th of February); ``None`` beyond its calendar."""
    if not 1 <= serial < 2_958_466:
        return None
    if epoch1904:
        return datetime.date(1904, 1, 1) + datetime.timedelta(int(serial))
    return datetime.date(1899, 12, 30 if serial >= 60 else 31) + datetime.timedelta(int(serial))
