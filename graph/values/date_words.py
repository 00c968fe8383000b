"""Words in dates: months and days of the week in several languages, eras, times of day, and what makes a date approximate."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from graph.values.normal import DASH_TABLE, narrow, plain_numerals, whole_number_text

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")

ERAS = {"令和": (2018, 99), "平成": (1988, 31), "昭和": (1925, 64), "大正": (1911, 15), "明治": (1867, 45)}
"""The year before the first of each era, and its last year."""
_LETTERS = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正", "M": "明治"}
MINGUO = 1911

_MINGUO = re.compile(r"^(?:中[华華])?民[国國]\s?(\d{1,3}|元)(?=\s?[年./-])")
_ERA = re.compile(r"^(令和|平成|昭和|大正|明治)\s?(\d{1,2}|元)(?=\s?[年./-])")
_ERA_LETTER = re.compile(r"^([RHSTM])(\d{1,2})(?=[./-]\d{1,2}[./-]\d{1,2}$)", re.IGNORECASE)

_HAN_WEEKDAY = re.compile(
    r"[\s,，(]*(?:(?:星期|周|週|礼拜|禮拜)[1-7日天一二三四五六]|[月火水木金土日]曜日?|(?<=\()[月火水木金土日](?=\)))\)?"
)
_WEEKDAY = re.compile(r"^([^\W\d_]{2,12})\.?,?\s+(?=.*\d)|,?\s*\(?([^\W\d_]{2,12})\.?\)?$")
_HALF_DAY = r"(?:上午|下午|中午|早上|早晨|晚上|凌晨|午前|午後|[ap]\.?m\.?)"
_ZONE = r"(?:\s?(?:Z|UTC|GMT|CST|CET|CEST|[+-]\d{2}:?\d{2}))?"
_TIME = re.compile(
    rf"(?<=[\d日号])(?:T|,?\s|(?<=[日号]))\s?{_HALF_DAY}?\s?\d{{1,2}}(?::\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?|[时時点](?:\d{{1,2}}分?)?(?:\d{{1,2}}秒)?)\s?"
    rf"(?:{_HALF_DAY}|uhr|h)?{_ZONE}$|(?<=[\d日号])\s?{_HALF_DAY}$",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:circa|ca\.?|c\.|approx\.?|approximately|about|around|roughly|etwa|ungefähr|gegen|um|vers|environ|env\.?|hacia|aprox\.?|约|約|大约|大約|大概|~|±)\s?(?=\S)",
    re.IGNORECASE,
)
_PERHAPS = re.compile(r"\s?(?:\(?\?\)?|左右|前后|前後|頃|ごろ|ころ)$")


class Written(NamedTuple):
    """A date's text in plain digits and one kind of dash, without what says nothing of the day; ``about`` if it says that it is one of
    several."""

    text: str
    about: bool = False


@cache
def months() -> Mapping[str, int]:
    """The months by their names and abbreviations, small and without points."""
    from babel.dates import get_month_names  # few files need it

    found = {"sept": 9, "mrz": 3}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.casefold().strip("."), number)
    return found


@cache
def weekdays() -> frozenset[str]:
    """The days of the week by their names and abbreviations, small and without points."""
    from babel.dates import get_day_names

    return frozenset(_weekday_names(get_day_names)) - months().keys()


def _weekday_names(names: object) -> Iterator[str]:
    assert callable(names)
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            yield from (name.casefold().strip(".") for name in names(width, "format", language).values())
    yield from ("tues", "weds", "thur", "thurs")


def normal_date_text(text: str) -> str:
    """Plain width, one kind of dash, Chinese numerals as digits, no fraction that a spreadsheet added."""
    return whole_number_text(plain_numerals(narrow(text).translate(DASH_TABLE)))


def written(plain: str) -> Written:
    """A normal date text without time, day of the week and era."""
    if plain.replace("-", "").isdigit():  # as machines write it
        return Written(plain)
    text = _without_weekday(_TIME.sub("", plain))
    about = _ABOUT.match(text)
    if about:
        text = text[about.end() :]
    perhaps = _PERHAPS.search(text)
    if perhaps:
        text = text[: perhaps.start()]
    return Written(_without_era(text.strip()), bool(about or perhaps))


def _without_weekday(text: str) -> str:
    text = _HAN_WEEKDAY.sub("", text).replace("()", "").strip()
    if not any(letter.isalpha() and letter < "\u0250" for letter in text):
        return text
    match = _WEEKDAY.search(text)
    if match and (match[1] or match[2]).casefold() in weekdays():
        return (text[: match.start()] + text[match.end() :]).strip()
    return text


def _without_era(text: str) -> str:
    """民国109年 and 令和2年 are 2020年. An era that has no such year stays as it is, and is no date."""
    match = _MINGUO.match(text)
    if match:
        return f"{MINGUO + _year_of_era(match[1])}{text[match.end() :]}"
    match = _ERA.match(text) or _ERA_LETTER.match(text)
    if not match:
        return text
    before, most = ERAS[_LETTERS.get(match[1].upper(), match[1])]
    year = _year_of_era(match[2])
    return f"{before + year}{text[match.end() :]}" if 1 <= year <= most else text


def _year_of_era(text: str) -> int:
    return 1 if text == "元" else int(text)
