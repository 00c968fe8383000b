"""In which unit a column of amounts is, told by its heading: ``经费（千元）``, ``Volumen (k€)``, ``金額（百万円）``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

CURRENCIES: Mapping[str, str] = {
    "EUR": "eur|€|欧元",
    "GBP": "gbp|£|pound|英镑",
    "CHF": r"\bchf\b|franken",
    "JPY": "jpy|円|日元|yen",
    "HKD": r"hkd|hk\$|港元|港币",
    "USD": r"usd|us\$|\$|dollar|美元",
    "KRW": "krw|₩|원",
    "CNY": "元|cny|rmb|人民币|¥|￥",
}
"""Currency → what names it; the first that is found counts."""
SCALES = (
    ("100000000", re.compile(r"亿|億")),
    ("1000000", re.compile(r"百万|(?<![a-z])(?:mio|mln|mn|million(?:s|en)?|m(?=[€£$]))(?![a-z])")),
    ("10000", re.compile(r"万")),
    (
        "1000",
        re.compile(
            r"千|(?<![a-z])(?:k(?=[€£$]|eur|usd|gbp|chf)|tsd|tausend|thousands?|teur|milliers|miles|migliaia)(?![a-z])|[£$€]?k\b|['’.,]000|\b000s?\b"
        ),
    ),
)
"""By what amounts are multiplied → the words that say so."""
_WORDS: Mapping[str, str] = {"": "yuan", "1000": "千元", "10000": "万", "1000000": "百万元", "100000000": "亿元"}


class AmountUnit(NamedTuple):
    """``currency``: its code, or ``""``; ``scale``: by what amounts are multiplied, ``""`` for 1; ``word``: the unit in which
    ``graph.values.money`` reads amounts of China; ``chinese``: amounts of China that are not in single yuan."""

    currency: str
    scale: str
    word: str
    chinese: bool


def unit_of(heading: str) -> AmountUnit:
    """The unit that a heading names."""
    plain = heading.casefold()
    currency = next((code for code, words in CURRENCIES.items() if re.search(words, plain)), "")
    scale = next((scale for scale, pattern in SCALES if pattern.search(plain)), "")
    chinese = bool(scale) and (currency == "CNY" or (not currency and scale == "10000"))
    return AmountUnit(currency, scale, _WORDS[scale], chinese)
