"""Normal forms that several families share: width, spaces, Chinese numerals. Pure text to text."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

HAN = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
DASH_TABLE = dict.fromkeys(map(ord, "\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\ufe58\ufe63\uff0d"), "-")
"""For ``str.translate``: every dash that people type as the plain one."""

LONGEST_REMEMBERED = 200
"""Characters of a text whose narrow form is remembered for a moment."""

_HAN_GAP = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_NEVER_SEEN = (
    r"\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u180b-\u180f\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_UNSEEN = re.compile(rf"[{_NEVER_SEEN}]|(?<![\u0600-\u0dff])[\u200c\u200d]")
"""Characters that nobody sees: controls, soft hyphens, directions, variation selectors. Joiners are seen in the scripts that need them."""
_PERHAPS_UNSEEN = re.compile(rf"[{_NEVER_SEEN}\u200c\u200d]")
_DIGITS = {**{character: value for value, character in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "两": 2}
_WHOLE = re.compile(r"\d+\.0+")
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
    return _seen(unicodedata.normalize("NFC", text))


def narrow(text: str) -> str:
    """NFKC besides: full-width digits and letters become plain ones. For codes, numbers and dates."""
    if is_plain(text):
        return text.strip()
    return _narrowed(text) if len(text) <= LONGEST_REMEMBERED else _narrowed.__wrapped__(text)


@lru_cache(maxsize=4096)
def _narrowed(text: str) -> str:
    """One cell is asked for it several times over."""
    return _seen(unicodedata.normalize("NFKC", text))


def _seen(text: str) -> str:
    """A text without unseen characters, every run of white space as one space, trimmed. Letters and digits alone, as most names are,
    hold neither."""
    if text.isalnum():
        return text
    return " ".join((_UNSEEN.sub("", text) if _PERHAPS_UNSEEN.search(text) else text).split())


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_FORMULA = re.compile(r'=\s*"((?:[^"]|"")*)"')
_QUOTED = re.compile(r"[\"＂]([^\"＂]+)[\"＂]")
_TEXT_MARK = re.compile(r"['＇‘’](?=[\d=+@-]|[^\s'＇‘’]*\d)([^\s'＇‘’]+)")
_WRAPPERS = "='\"＂＇‘’"
_ESCAPES = 4
"""How often a text may have been escaped on its way (``&amp;amp;``)."""


def unwrapped(text: str) -> str:
    """What a cell says without what programs put around it: HTML entities (``&amp;``), the spreadsheet's ``="000123"`` and ``'000123``."""
    if "&" in text:
        for _ in range(_ESCAPES):
            plain = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
            if plain == text:
                break
            text = plain
    if text[:1] in _WRAPPERS:
        match = _FORMULA.fullmatch(text) or _QUOTED.fullmatch(text) or _TEXT_MARK.fullmatch(text)
        if match:
            return match[1].replace('""', '"').strip()
    return text


_DOTS = frozenset("·•‧∙⋅・･.．")
_INTERPUNCT = re.compile(rf"(?<=[{HAN}])\s*[{''.join(sorted(_DOTS))}]\s*(?=[{HAN}])")
_LONG_WORD_STOP = re.compile(r"(?<=\w{5})\.$")
_DASHES = re.compile("--+")
_KEY_TABLE = {
    **DASH_TABLE,
    **dict.fromkeys(map(ord, "‘’‛ʼʹʻ′´`＇"), "'"),
    **dict.fromkeys(map(ord, "“”„‟«»「」『』〝〞″＂"), '"'),
    **dict.fromkeys(map(ord, "\u200c\u200d"), ""),
    **dict.fromkeys(map(ord, "•‧∙⋅・･"), "·"),
}
_KEY_LETTERS = frozenset(letter for letter in map(chr, _KEY_TABLE) if letter.isalnum())
_STOPS = " 。.,，、;；"


def name_form(text: str) -> str:
    """What something is called, as it is shown: ``one_line`` without spaces between Han characters and without a full stop behind it. The
    point of an abbreviation stays (``Example Co. Ltd.``)."""
    plain = close_han_gaps(one_line(text))
    if not plain or plain[-1] not in "。.":
        return plain
    return plain.rstrip("。").rstrip() or plain if plain[-1] == "。" else _LONG_WORD_STOP.sub("", plain)


def key_form(text: str) -> str:
    """A name or code as a key: however it is written, ``key_form(name_form(text)) == key_form(text)``. Plain width, one kind of dash,
    quotation mark, apostrophe and interpunct, no stop behind it; case is kept, for it may tell codes apart."""
    if text.isascii() and text.isalnum():
        return text
    plain = narrow(text)
    if plain.isalnum() and _KEY_LETTERS.isdisjoint(plain):
        return plain
    plain = one_interpunct(close_han_gaps(plain.translate(_KEY_TABLE)))
    plain = _DASHES.sub("-", plain) if "--" in plain else plain
    return whole_number_text(plain.rstrip(_STOPS))


def one_interpunct(text: str) -> str:
    """The dots within names of peoples as one kind: ``艾力·买买提``."""
    return text if _DOTS.isdisjoint(text) else _INTERPUNCT.sub("·", text)


def compact(text: str) -> str:
    """``narrow`` without any white space, in capitals: how codes are compared."""
    return narrow(text).replace(" ", "").upper()


def close_han_gaps(text: str) -> str:
    """Removes spaces between Han characters, U+3000 included, and keeps those of Latin names."""
    return text if text.isascii() or len(text.split(None, 1)) < 2 else _HAN_GAP.sub("", text)


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
    return text[: text.index(".")] if ".0" in text and _WHOLE.fullmatch(text) else text
