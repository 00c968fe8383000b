"""Administrative divisions (GB/T 2260): codes with the years in which they stood, and what became of those that ended.

The codes and their years come from python-stdnum's table, which runs from 1980 on. A county's code that ended in the year in which one
other began under the same name in the same prefecture, or else in the same province (江都市 became 江都区), is followed by it; the few
successors of other names are listed here, and where there is doubt there is none.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from stdnum import numdb

from graph.errors import ValueProblem
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.codes import code_text

MERGED = {"321011": "321003"}
"""Codes whose district was merged into one of another name: 维扬区 into 邗江区, 2011."""

STATISTICS_CODES = range(71, 80)
"""The last two digits that the statistics office gives to development zones, which GB/T 2260 leaves out."""

_SPAN = re.compile(r"(?:\[(\d{4})?-(\d{4})?\])?([^,\[\]]+)")
_KIND = re.compile(r"(自治县|市辖区|[县市区旗])$")


class Standing(NamedTuple):
    """A name that a code meant, from and to a year (0: not known, or still)."""

    name: str
    since: int
    until: int


@cache
def standings(code: str) -> tuple[Standing, ...]:
    """What a six-digit code has meant, in order; empty if the standard does not know it."""
    parts = numdb.get("cn/loc").info(code)
    properties = parts[1][1] if len(parts) == 2 else {}
    spans = _SPAN.findall(str(properties.get("county", "")))
    return tuple(Standing(name, int(since or 0), int(until or 0)) for since, until, name in spans)


@cache
def successor(code: str) -> str | None:
    """The code that followed one which ended, or ``None`` if it stands or nobody knows."""
    if code in MERGED:
        return MERGED[code]
    past = standings(code)
    if not past or not past[-1].until or code.endswith("00"):
        return None
    stem = _KIND.sub("", past[-1].name)
    began = (past[-1].until, past[-1].until + 1)
    near = [other for other, name, since in _counties(code[:4]) if name == stem and since in began and other != code]
    if not near:
        prefectures = (f"{code[:2]}{number:02d}" for number in range(100))
        near = [
            other for each in prefectures for other, name, since in _counties(each) if name == stem and since in began and other != code
        ]
    return near[0] if len(near) == 1 else None


@cache
def _counties(prefecture: str) -> tuple[tuple[str, str, int], ...]:
    """Each county code of a prefecture with each name it has borne, without 县, 市, 区 or 旗, and the year in which that began."""
    if not standings(prefecture + "00"):
        return ()
    codes = (f"{prefecture}{number:02d}" for number in range(1, 100))
    return tuple((code, _KIND.sub("", each.name), each.since) for code in codes for each in standings(code) if each.since)


def current_code(code: str) -> str:
    """The code that stands today for what ``code`` meant: itself, or the last of its successors."""
    seen = {code}
    while (following := successor(code)) is not None and following not in seen:
        seen.add(following)
        code = following
    return code


def _gb2260(text: str, _: Context) -> Cleaned:
    """2, 4 or 6 digits; 9 for a town, 12 for a village, as the statistics office extends it. Zeros are added or taken off."""
    code = code_text(text)
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", code):
        raise ValueProblem(f"'{text}' is not a division code", value=text, hint="It has 6 digits, such as 321003; 9 for a town.")
    if len(code) == 12 and code.endswith("000"):
        code = code[:9]
    if len(code) == 9 and code.endswith("000"):
        code = code[:6]
    code = code.ljust(6, "0")
    known = standings(code[:6])
    if not known and not standings(code[:2] + "0000"):
        return Cleaned(code, flags=("unknown-province",), identifier=False)
    if not known:
        statistics = int(code[4:6]) in STATISTICS_CODES
        return Cleaned(code, flags=("statistics-code",) if statistics else ("unknown-code",))
    following = current_code(code[:6])
    suggested = following if len(code) == 6 and following != code else ""
    return Cleaned(code, flags=("superseded",) if known[-1].until else (), suggested=suggested)


TYPES = (CleanedBy("gb2260", _gb2260),)
