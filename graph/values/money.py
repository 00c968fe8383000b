"""Money: in 万元 (10,000 CNY) or in the unit of a named currency. A range keeps its two ends; 面议 states that there is no amount."""

from __future__ import annotations

import re

from graph.errors import ValueProblem
from graph.messages import message
from graph.model import Value
from graph.values.base import Cleaned, CleanedBy, Context
from graph.values.normal import DASH_TABLE, narrow
from graph.values.numbers import PLAIN_DECIMAL, parse_decimal

NEGOTIABLE = frozenset({"面议", "待定", "待议", "协商", "面谈", "双方协商", "另议", "TBD", "NEGOTIABLE"})

YUAN_IN = {"": 0, "元": 1, "千元": 1_000, "万": 10_000, "万元": 10_000, "百万元": 1_000_000, "亿": 100_000_000, "亿元": 100_000_000}
"""Yuan in one of each written unit; 0 where nothing is written, so that the column's own unit counts."""

_AMOUNT = re.compile(
    r"(?P<about>约|大约|近)?(?P<lead>不少于|不低于|至少|≥|>=?|不超过|≤|<=?)?(?P<sign>[¥￥])?(?P<number>[\d.,]+(?:[eE][+-]?\d+)?)"
    r"(?P<unit>亿元?|百万元|万元?|千元|元)?(人民币|RMB|CNY)?(?P<end>以上|起|以内|以下|左右)?"
)
_RANGE = re.compile(r"(?P<low>[^~至到-]+?)(?:[~-]|至|到)(?P<high>[^~至到-]+)")
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "$": "USD", "US$": "USD", "¥": "CNY", "￥": "CNY", "元": "CNY", "人民币": "CNY", "RMB": "CNY",
    "美元": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "円": "JPY", "港元": "HKD", "港币": "HKD",
}  # fmt: skip
_CURRENCY = re.compile(
    r"(?P<before>US\$|[€£$¥￥]|[A-Z]{3})?(?P<number>[+-]?[\d.,' ]*\d[\d.,]*(?:[eE][+-]?\d+)?)"
    r"(?P<scale>THOUSAND|MILLIONEN|MILLIONS?|MIO\.?|MLN|MN|TSD\.?|K|M|千|百万|万|億|亿)?"
    r"(?P<after>[€£$元円]|人民币|美元|欧元|英镑|日元|港元|港币|[A-Z]{3})?"
)
SCALES = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000, "億": 100_000_000}
SCALES |= dict.fromkeys(("K", "TSD", "TSD.", "THOUSAND"), 1_000)
SCALES |= dict.fromkeys(("M", "MN", "MLN", "MIO", "MIO.", "MILLION", "MILLIONS", "MILLIONEN"), 1_000_000)
"""By what a number is multiplied that has such a word after it."""
_AT_MOST = ("不超过", "≤", "<", "<=", "以内", "以下")


def _plain(text: str) -> str:
    return narrow(text).translate(DASH_TABLE).replace("~", "-").replace(" ", "").replace("--", "-")


def _problem(text: str) -> ValueProblem:
    return ValueProblem(
        message("'{text}' is not an amount", text=text),
        value=text,
        hint=message("Write 30, 30万元, 50-80 or 面议; if it means 'missing', list it under null_texts."),
    )


def _one(text: str, whole: str, unit: str, context: Context) -> tuple[float, tuple[str, ...]]:
    """One amount in 万元 and its flags; ``unit`` counts where the amount names none."""
    match = _AMOUNT.fullmatch(text)
    if not match:
        raise _problem(whole)
    factor = YUAN_IN[match["unit"] or unit]
    number = parse_decimal(match["number"], context.decimal_comma)
    flags = []
    if match["about"] or match["end"] == "左右":
        flags.append("approximate")
    if match["end"] in _AT_MOST or match["lead"] in _AT_MOST:
        flags.append("at-most")
    elif match["lead"] or match["end"] in ("以上", "起"):
        flags.append("at-least")
    return (number if factor == 10_000 else round(number * factor / 10_000, 10)), tuple(flags)


def _money_wan(text: str, context: Context) -> Cleaned:
    """An amount in 万元. A bare number is in 万元 too, unless the option ``unit`` says that the column is in another of ``YUAN_IN`` (元:
    also ``yuan``)."""
    plain = _plain(text)
    if plain.upper() in NEGOTIABLE:
        return Cleaned(None, flags=("negotiable",))
    unit_of_column = context.option("unit")
    own = "元" if unit_of_column == "yuan" else unit_of_column if YUAN_IN.get(unit_of_column) else "万"
    parts = _RANGE.fullmatch(plain) if not re.fullmatch(r"[\d.]+[eE]-\d+", plain) else None
    if parts is None:
        value, flags = _one(plain, text, own, context)
        return Cleaned(value, flags=flags)
    unit = re.search(r"(亿元?|百万元|万元?|千元|元)", parts["high"])
    low, _ = _one(parts["low"], text, unit[0] if unit else own, context)
    high, flags = _one(parts["high"], text, own, context)
    if low > high:
        raise ValueProblem(
            message("'{text}' runs from the larger amount to the smaller", text=text),
            value=text,
            hint=message("Write the smaller amount first."),
        )
    return Cleaned(None, {"Min": low, "Max": high}, flags)


def _money(text: str, context: Context) -> Cleaned:
    """An amount in units of a currency. The option ``currency`` says which the column is in; a text that names another is refused,
    and one that names its currency where the option is silent gives it as ``Currency``. The option ``scale`` multiplies what bears no word
    of its own for thousands or millions (``35 k€``)."""
    scale = int(context.option("scale") or 1)
    if not context.decimal_comma and PLAIN_DECIMAL.fullmatch(text):
        return Cleaned(_scaled(float(text), scale) + 0.0)  # so that -0.0 is 0.0
    plain = narrow(text)
    match = _CURRENCY.fullmatch(plain) or _CURRENCY.fullmatch(plain.upper().replace(" ", ""))
    if not match:
        raise ValueProblem(
            message("'{text}' is not an amount of money", text=text), value=text, hint=message("Write 50000, 50,000.00 or EUR 50000.")
        )
    written = match["before"] or match["after"] or ""
    currency = _SYMBOLS.get(written, written)
    expected = context.option("currency").upper()
    if currency and expected and currency != expected:
        raise ValueProblem(
            message("'{text}' is in {currency}, the column in {expected}", text=text, currency=currency, expected=expected),
            value=text,
            hint=message("Convert it, or correct the mapping."),
        )
    companions: dict[str, Value] = {"Currency": currency} if currency and not expected else {}
    return Cleaned(_scaled(parse_decimal(match["number"], context.decimal_comma), SCALES.get(match["scale"] or "", scale)), companions)


def _scaled(number: float, scale: int) -> float:
    """Rounded where it is multiplied: 0.29 thousand are 290, not 290.00000000000006."""
    return number if scale == 1 else round(number * scale, 10)


TYPES = (
    CleanedBy("money-wan", _money_wan, {"Min": "money-wan", "Max": "money-wan"}),
    CleanedBy("money", _money, {"Currency": "text"}),
)
