"""Classifications and scales: industries, disciplines, patent classes and numbers, technology readiness, skill levels, countries."""

from __future__ import annotations

import re

from graph.errors import ValueProblem
from graph.messages import message
from graph.values.absence import no_value
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.codes import FAILED, code_text
from graph.values.normal import chinese_number, narrow, one_line, whole_number_text

SECTIONS = (
    ("A", 1, 5), ("B", 6, 12), ("C", 13, 43), ("D", 44, 46), ("E", 47, 50), ("F", 51, 52), ("G", 53, 60), ("H", 61, 62), ("I", 63, 65),
    ("J", 66, 69), ("K", 70, 70), ("L", 71, 72), ("M", 73, 75), ("N", 76, 79), ("O", 80, 82), ("P", 83, 83), ("Q", 84, 85), ("R", 86, 90),
    ("S", 91, 96), ("T", 97, 97),
)  # fmt: skip
"""GB/T 4754-2017: each section's letter, its first and its last division."""

SECTIONS_2011 = (("N", 76, 78), ("O", 79, 81), ("P", 82, 82), ("Q", 83, 84), ("R", 85, 89), ("S", 90, 95), ("T", 96, 96))
"""GB/T 4754-2011, which the securities regulator's classification follows, where it differs."""

PATENT_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
PENDING = frozenset({"申请中", "受理中", "已申请", "审查中", "已受理", "PENDING"})

SKILL_LEVELS = {
    "五级": "初级工", "四级": "中级工", "三级": "高级工", "二级": "技师", "一级": "高级技师",
    "初级工": "初级工", "中级工": "中级工", "高级工": "高级工", "技师": "技师", "高级技师": "高级技师",
    "特级技师": "特级技师", "首席技师": "首席技师", "学徒工": "学徒工", "初级": "初级工", "中级": "中级工", "高级": "高级工",
}  # fmt: skip

EU_COUNTRIES = {"UK": "GB", "EL": "GR"}
"""Codes that the European Union writes otherwise than ISO 3166."""


def _gb4754(text: str, _: Context) -> Cleaned:
    """``C3831``; digits alone get the letter of their section. A dotted or dashed chain (``D-D44--``) gives its last code."""
    parts = [part for part in re.split(r"[-.]", code_text(text)) if part]
    code = parts[-1] if parts else ""
    match = re.fullmatch(r"([A-T])?(\d{2,4})?", code)
    if not match or not code:
        raise ValueProblem(
            message("'{text}' is not an industry code", text=text),
            value=text,
            hint=message("Write the code of GB/T 4754, such as C3831, not its name."),
        )
    letter, digits = match[1] or "", match[2] or ""
    if not digits:
        return Cleaned(letter)
    section = _section(SECTIONS, digits)
    if section and letter in ("", section):
        return Cleaned(section + digits)
    if letter and letter == _section(SECTIONS_2011, digits):
        return Cleaned(letter + digits, flags=("old-edition",))
    return Cleaned(letter + digits, flags=("section-mismatch" if section else "unknown-code",), identifier=False)


def _section(sections: tuple[tuple[str, int, int], ...], digits: str) -> str:
    return next((letter for letter, first, last in sections if first <= int(digits[:2]) <= last), "")


def _gb13745(text: str, _: Context) -> Cleaned:
    """3, 5 or 7 digits of the 2009 edition; a code with dots is of the 1992 edition and is kept so, since its numbers mean other things."""
    code = code_text(text) if "." not in text else narrow(text).replace(" ", "")
    if re.fullmatch(r"\d{3}(\d{2}){0,2}", code):
        return Cleaned(code, {"Edition": "2009"})
    if re.fullmatch(r"\d{3}\.\d{2}(\.?\d{2})?", code):
        return Cleaned(f"{code[:6]}{code[6:].replace('.', '')}", {"Edition": "1992"}, ("old-edition",))
    raise ValueProblem(
        message("'{text}' is not a discipline code", text=text),
        value=text,
        hint=message("Write 3, 5 or 7 digits (GB/T 13745), such as 460 or 46020."),
    )


def _ipc(text: str, _: Context) -> Cleaned:
    code = re.sub(r"\(\d{4}\.\d\d\)$", "", narrow(text).upper().replace(" ", ""))
    match = re.fullmatch(r"([A-H]\d{2}[A-Z])(?:(\d{1,4})/(\d{2,6}))?", code)
    if not match:
        raise ValueProblem(
            message("'{text}' is not a patent class", text=text), value=text, hint=message("It looks like B23K 26/342 or B23K.")
        )
    return Cleaned(f"{match[1]} {match[2]}/{match[3]}" if match[2] else match[1])


def _trl(text: str, _: Context) -> Cleaned:
    """A level from 1 to 9. Words (小试, 中试, 样机) are no level: standards define them differently, so they give none."""
    plain = re.sub(r"^(TRL|技术成熟度|成熟度|第)[ :-]*|[级期]$", "", narrow(whole_number_text(text)).upper()).strip()
    level = int(plain) if plain.isdigit() else chinese_number(plain)
    if level is not None and 1 <= level <= 9:
        return Cleaned(level)
    if level is None and re.search(r"小试|中试|样机|实验室|产业化|量产|概念|原理|小批|批量|定型|研发|在研", plain):
        return Cleaned(None, flags=("in-words",))
    raise ValueProblem(
        message("'{text}' is not a technology readiness level", text=text), value=text, hint=message("Write 1 to 9, or TRL6.")
    )


def patent_check_character(digits: str) -> str:
    """The check character after the dot of a Chinese application number of 8 or 12 digits (ZC 0006-2003)."""
    return "0123456789X"[sum(int(digit) * weight for digit, weight in zip(digits, PATENT_WEIGHTS, strict=False)) % 11]


def _patent(text: str, _: Context) -> Cleaned:
    code = narrow(text).upper().replace(" ", "")
    if code in PENDING:
        return Cleaned(None, flags=("pending",))
    match = re.fullmatch(r"(ZL|CN)?(\d{12}|\d{8})\.?([\dX])?", code)
    if match and (match[1] or match[3]) and (match[1] != "CN" or match[3]):
        if not match[3]:
            return Cleaned(f"ZL{match[2]}.{patent_check_character(match[2])}")
        holds = match[3] == patent_check_character(match[2])
        return Cleaned(f"ZL{match[2]}.{match[3]}", flags=() if holds else (FAILED,), identifier=holds)
    if re.fullmatch(r"(?!ZL)[A-Z]{2}\d{5,13}[A-Z]?\d?", code) or re.fullmatch(r"ZL\d{4}XN\d{6}", code):
        return Cleaned(code)  # XN: the fictitious numbers of the sample city
    raise ValueProblem(
        message("'{text}' is not a patent number", text=text), value=text, hint=message("It looks like ZL200310100002.X or US1234567B2.")
    )


def _skill_level(text: str, _: Context) -> Cleaned:
    """``二级/技师``, ``高级工（三级）``, ``技师``: the name of the level (技师 is above 高级工)."""
    words = [word for word in re.split(r"[()/、 ]", narrow(text)) if word]
    levels = {SKILL_LEVELS[word] for word in words if word in SKILL_LEVELS}
    if len(levels) != 1:
        raise ValueProblem(
            message("'{text}' is not a single skill level", text=text),
            value=text,
            hint=message("Write 初级工, 中级工, 高级工, 技师, 高级技师, 特级技师 or 首席技师."),
        )
    return Cleaned(levels.pop())


def _no_country(text: str) -> bool:
    return text.casefold() != "na" and no_value(text)


def _country(text: str, _: Context) -> Cleaned:
    """An ISO 3166 code of two letters (``NA`` is Namibia unless the mapping says that it means missing), or a name."""
    plain = one_line(text)
    if re.fullmatch(r"[A-Za-z]{2}", plain):
        return Cleaned(EU_COUNTRIES.get(plain.upper(), plain.upper()))
    if re.search(r"\d", plain):
        raise ValueProblem(
            message("'{text}' is not a country", text=text),
            value=text,
            hint=message("Write its two-letter ISO 3166 code, or its name."),
        )
    return Cleaned(plain or None)


TYPES = (
    CleanedBy("gb4754", _gb4754),
    CleanedBy("gb13745", _gb13745, {"Edition": "text"}),
    CleanedBy("ipc", _ipc),
    CleanedBy("trl", _trl),
    CleanedBy("patent", _patent),
    CleanedBy("skill-level", _skill_level),
    CleanedBy("country", _country, absent=_no_country),
)
