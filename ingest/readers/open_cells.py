"""One cell of an ODS sheet: from its value and what it shows to the text that a person would type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Literal

from ingest.readers.base import RemarkKind
from ingest.readers.number_formats import is_rounded, plain_number

_OFFICE, _TABLE = (f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0 " for name in ("office", "table"))
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
_TIME = re.compile(r"P(?:(\d+)D)?T(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_SHOWN_NUMBER = re.compile(r"-?\d{1,3}(?:[,\u00a0\u202f' ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_STORED = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")

_VALUES = tuple(_OFFICE + name for name in ("value", "date-value", "time-value", "boolean-value", "string-value"))

Kind = RemarkKind | Literal[""]


class Cell:
    """A cell while its XML goes by. ``shown`` says how much of an ISO date its style shows (0: all)."""

    __slots__ = ("columns", "formula", "length", "lines", "repeated", "rows", "type", "value", "wrong", "_depth")

    def __init__(self, attributes: Mapping[str, str], length: int, covers: bool) -> None:
        self.type = attributes.get(_OFFICE + "value-type", "")
        self.value = next((attributes[key] for key in _VALUES if key in attributes), "")
        self.wrong = attributes.get(_CALC + "value-type") == "error"
        self.formula = _TABLE + "formula" in attributes
        self.repeated = _count(attributes.get(_TABLE + "number-columns-repeated", "1"))
        self.columns = _count(attributes.get(_TABLE + "number-columns-spanned", "1")) if covers else 1
        self.rows = _count(attributes.get(_TABLE + "number-rows-spanned", "1")) if covers else 1
        self.length = length
        self.lines: list[str] = []
        self._depth = 0

    def begin_line(self) -> None:
        self.lines.append("")

    def enter(self) -> None:
        self._depth += 1

    def leave(self) -> None:
        self._depth -= 1

    def add(self, text: str) -> None:
        if self.lines and self._depth:
            self.lines[-1] += text


def cell_text(cell: Cell) -> tuple[str, Kind]:
    """The text of a cell, and what there is to say of it."""
    shown = "\n".join(cell.lines)
    if cell.wrong:
        return "", "error"
    if not cell.type:
        return shown, "no-result" if cell.formula and not shown else ""
    if cell.type in ("float", "currency", "percentage"):
        return _number(cell, shown.strip())
    if cell.type in ("date", "time"):
        return (_date(cell) if cell.type == "date" else _time(cell)) or shown, ""
    return (cell.value.upper() if cell.type == "boolean" else shown or cell.value), ""


def _date(cell: Cell) -> str:
    day, _, time = cell.value.partition("T")
    if cell.length:
        return day[: cell.length]
    return f"{day} {time}" if time.strip("0:.") else day


def _time(cell: Cell) -> str:
    match = _TIME.fullmatch(cell.value)
    return f"{int(match[1] or 0) * 24 + int(match[2]):02}:{match[3]}:{match[4]}" if match else ""


def _number(cell: Cell, shown: str) -> tuple[str, Kind]:
    """What is shown, where it is the number with zeros or words added; the number itself, where what is shown is rounded."""
    stored = cell.value.strip()
    if not _STORED.fullmatch(stored):
        return shown, ""
    if is_rounded(stored):
        return plain_number(stored), "rounded"
    plain = plain_number(stored)
    if cell.type == "percentage":
        per_cent = Decimal(plain) * 100
        return (shown if _same(shown.removesuffix("%"), per_cent) else f"{per_cent.normalize():f}%"), ""
    digits = re.sub(r"\D", "", shown)
    if plain.isdigit() and digits and digits.lstrip("0") == plain.lstrip("0") and not _grouped(shown):
        return shown, ""
    number = _SHOWN_NUMBER.search(shown)
    if number is not None:
        written = re.sub(r"[,\u00a0\u202f' ]", "", number[0])
        if _same(written, Decimal(plain)):
            return written, ""
    return plain, ""


def _grouped(shown: str) -> bool:
    match = _SHOWN_NUMBER.search(shown)
    return bool(match and re.search(r"[,\u00a0\u202f' ]", match[0])) or bool(set(shown) & set("$¥￥€£.,"))


def _same(text: str, number: Decimal) -> bool:
    try:
        return Decimal(text) == number
    except InvalidOperation:
        return False


def _count(text: str) -> int:
    return max(1, int(text)) if re.fullmatch(r"\d{1,9}", text) else 1
