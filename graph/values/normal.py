"""Normal forms that several families share: width, spaces, Chinese numerals. Pure text to text."""

from __future__ import annotations

import re
import unicodedata

HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
DASH_TABLE = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")
"""For ``str.translate``: every dash that people type as the plain one."""

_SPACES = re.compile(r"\s+")
_HAN_GAP = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_UNSEEN = re.compile(r"[\u0000-\u0008\u000e-\u001f\u007f\u200b\u2060\ufeff]")
_DIGITS = {**{character: value for value, character in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "两": 2}
_TENS = re.compile(
    r"(?:(?P<hundreds>[一二三四五六七八九两])百零?)?(?:(?P<tens>[一二三四五六七八九])?(?P<ten>十))?(?P<ones>[一二三四五六七八九])?"
)


def is_plain(text: str) -> bool:
    """Whether a text is printable ASCII without two spaces in a row: then its normal forms are itself, trimmed. Most cells are."""
    return text.isascii() and text.isprintable() and "  " not in text


def one_line(text: str) -> str:
    """NFC, trimmed, every run of white space as one space, unseen control characters removed. Width is kept: ``Ａ`` may be meant."""
    if is_plain(text):
        return text.strip()
    return _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()


def narrow(text: str) -> str:
    """NFKC besides: full-width digits and letters become plain ones. For codes, numbers and dates."""
    if is_plain(text):
        return text.strip()
    return _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", text))).strip()


def compact(text: str) -> str:
    """``narrow`` without any white space, in capitals: how codes are compared."""
    return narrow(text).replace(" ", "").upper()


def close_han_gaps(text: str) -> str:
    """Removes spaces between Han characters, U+3000 included, and keeps those of Latin names."""
    return _HAN_GAP.sub("", text)


def chinese_number(text: str) -> int | None:
    """``十三`` and ``一百零二`` (up to 999), or digit by digit ``二〇二〇``; ``None`` if it is neither."""
    if not text:
        return None
    match = _TENS.fullmatch(text)
    if match:
        tens = _DIGITS[match["tens"] or "一"] if match["ten"] else 0
        return _DIGITS.get(match["hundreds"], 0) * 100 + tens * 10 + _DIGITS.get(match["ones"], 0)
    if all(character in _DIGITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    return None


_NUMERALS = re.compile(r"[〇○零一二三四五六七八九十百两]+")


def plain_numerals(text: str) -> str:
    """Chinese numerals written as digits: ``二〇二〇年九月十日`` becomes ``2020年9月10日``."""
    return _NUMERALS.sub(lambda match: _written(match[0]), text)


def _written(numerals: str) -> str:
    value = chinese_number(numerals)
    return numerals if value is None else str(value)


def whole_number_text(text: str) -> str:
    """Digits that a spreadsheet wrote as a number with a fraction of zero, without it: ``2017.0`` becomes ``2017``."""
    return text[: text.index(".")] if re.fullmatch(r"\d+\.0+", text) else text
