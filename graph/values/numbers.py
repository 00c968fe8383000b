"""Numbers: integers, decimals, percentages, counts of people and things."""

from __future__ import annotations

import math
import re

from graph.errors import ValueProblem
from graph.messages import Message, message
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.normal import DASH_TABLE, chinese_number, narrow, whole_number_text

LARGEST_INTEGER = 2**63 - 1
"""Both stores keep integers in 64 bits."""

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
PLAIN_DECIMAL = re.compile(r"-?\d{1,300}(\.\d+)?", re.ASCII)
"""As machines write it, and finite."""
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
_PLAINLY_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_BATCH = re.compile(r"第?\s*(?P<number>\d{1,3}|[一二三四五六七八九十百零〇]{1,5})\s*(批次?|期|届)?")
_COUNT = re.compile(
    r"(?P<about>约|大约|近|左右)?\s*(?P<lead>超过|不少于|至少|>=?|≥)?\s*(?P<number>\d[\d,]*|[一二三四五六七八九十百两]+)\s*"
    r"(?P<more>多|余)?\s*(人次|人|名|位|家|个|项|件|次|岁|年|学时|小时)?\s*(?P<above>以上|及以上|\+)?\s*(?P<around>左右|上下)?"
)


def parse_decimal(text: str, decimal_comma: bool = False) -> float:
    """A finite number. Thousands may be grouped. The comma is the decimal mark with ``decimal_comma``, and where it cannot part
    thousands (``211562,5``). Raises ``ValueProblem``."""
    if not decimal_comma and PLAIN_DECIMAL.fullmatch(text):
        return float(text) + 0.0
    plain = narrow(text).translate(DASH_TABLE).replace(" ", "").replace("'", "")
    if decimal_comma:
        plain = plain.replace(".", "").replace(",", ".") if "," in plain else plain
    elif _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    elif _PLAINLY_DECIMAL_COMMA.fullmatch(plain):
        plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise ValueProblem(message("'{text}' is not a number", text=text), value=text, hint=_number_hint(plain))
    number = float(plain)
    if not math.isfinite(number):
        raise ValueProblem(message("'{text}' is too large a number", text=text), value=text, hint=message("Check the cell."))
    return number + 0.0  # so that -0.0 is 0.0


def _number_hint(plain: str) -> Message:
    if "," in plain:
        return message("Write 1234.5, or set decimal_comma for the file if the comma is its decimal mark.")
    return message("Write digits only; if the text means 'missing', list it under null_texts.")


def parse_integer(text: str) -> int:
    """A whole number that fits 64 bits. Raises ``ValueProblem``."""
    plain = whole_number_text(narrow(text).replace(" ", ""))
    if _GROUPED.fullmatch(plain) and "." not in plain:
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[+-]?\d{1,19}", plain) or abs(int(plain)) > LARGEST_INTEGER:
        raise ValueProblem(message("'{text}' is not a whole number", text=text), value=text, hint=_number_hint(plain))
    return int(plain)


def _integer(text: str, _: Context) -> Cleaned:
    return Cleaned(parse_integer(text))


def _decimal(text: str, context: Context) -> Cleaned:
    """``0.76``, ``1,234.5``; ``76%`` is 0.76."""
    plain = narrow(text)
    if plain.endswith("%"):
        return Cleaned(round(parse_decimal(plain[:-1], context.decimal_comma) / 100, 10))
    return Cleaned(parse_decimal(text, context.decimal_comma))


def _percent(text: str, context: Context) -> Cleaned:
    """In per cent: ``28.69`` and ``28.69%`` are the same. With the option ``unit: fraction`` a bare 0.2869 is it too."""
    plain = narrow(text)
    if plain.endswith("%"):
        return Cleaned(parse_decimal(plain[:-1], context.decimal_comma))
    number = parse_decimal(plain, context.decimal_comma)
    return Cleaned(number * 100 if context.option("unit") == "fraction" else number)


def _count(text: str, _: Context) -> Cleaned:
    """``6人``, ``约10``, ``20家以上``, ``十余人``: the number, with a flag where it is not exact."""
    plain = whole_number_text(narrow(text))
    match = _COUNT.fullmatch(plain)
    if not match:
        raise ValueProblem(
            message("'{text}' is not a count", text=text), value=text, hint=message("Write a whole number, such as 6 or 6人.")
        )
    written = match["number"]
    number = int(written.replace(",", "")) if written[0].isdigit() else chinese_number(written)
    if number is None or number > LARGEST_INTEGER:
        raise ValueProblem(message("'{text}' is not a count", text=text), value=text, hint=message("Write it in digits."))
    flags = ["at-least"] if match["lead"] or match["more"] or match["above"] else []
    if match["about"] or match["around"]:
        flags.append("approximate")
    return Cleaned(number, flags=tuple(flags))


def _batch_number(text: str, _: Context) -> Cleaned:
    """``第十三批``, ``13期``, ``十三``: 13. 批, 期 and 届 are one thing."""
    match = _BATCH.fullmatch(whole_number_text(narrow(text)))
    number = None
    if match:
        number = int(match["number"]) if match["number"].isdigit() else chinese_number(match["number"])
    if not number:
        raise ValueProblem(message("'{text}' is not a batch", text=text), value=text, hint=message("Write 13, 第13批 or 第十三期."))
    return Cleaned(number)


TYPES = (
    CleanedBy("integer", _integer),
    CleanedBy("decimal", _decimal),
    CleanedBy("percent", _percent),
    CleanedBy("count", _count),
    CleanedBy("batch-number", _batch_number),
)
