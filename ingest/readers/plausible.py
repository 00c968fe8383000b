"""Whether a decoded text reads as text of a language, or as bytes that were decoded as something they are not."""

from __future__ import annotations

from functools import cache

from ingest.readers.common_characters import COMMON, TRADITIONAL

_HIRAGANA, _KATAKANA, _HANGUL = ("\u3041", "\u3096"), ("\u30a1", "\u30fa"), ("\uac00", "\ud7a3")
_LATIN_LETTERS = frozenset("ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝßàáâãäåæçèéêëìíîïñòóôõöøùúûüýÿŒœŠšŽž")
_LATIN_MARKS = frozenset("€“”‘’–—…«»°§£©®·•")
KANA_SHARE = 0.2
"""Of the characters beyond ASCII in a Japanese text, at least so many are kana."""
FEW_KANA = 0.03
"""The same where the others are common Han characters."""


@cache
def _scores() -> dict[str, float]:
    """2 for the commonest Chinese characters, simplified or traditional; 1 for the common ones; 0.5 for marks."""
    found = dict.fromkeys(_level_one("gb2312", range(0xB0, 0xD8)) + _level_one("big5", range(0xA4, 0xC7)), 1.0)
    found |= dict.fromkeys(COMMON + TRADITIONAL, 2.0)
    wide = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    marks = "　、。〈〉《》「」『』【】〔〕〇（），．：；！？—…·‘’“”％＋－／＝～①②③④⑤⑥⑦⑧⑨⑩ⅠⅡⅢⅣⅤ℃㎡"
    return found | dict.fromkeys(marks, 0.5) | {chr(code): 0.5 for code in wide}


def _level_one(codec: str, leads: range) -> str:
    """The Han characters that an encoding has in its first, common level."""
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF)) if codec == "big5" else range(0xA1, 0xFF)
    pairs = b"".join(bytes((lead, trail)) for lead in leads for trail in trails)
    return "".join(character for character in pairs.decode(codec, "ignore") if "\u4e00" <= character <= "\u9fff")


def han_score(text: str) -> float:
    """How much a text reads as Chinese: near 2 for office tables, near 0 or below for bytes that are something else; 0 without anything
    beyond ASCII. Rare Han characters count nothing, what does not belong into Chinese against it."""
    scores = _scores()
    found = [scores.get(character, 0.0 if "\u4e00" <= character <= "\u9fff" else -2.0) for character in text if character > "\x7f"]
    return sum(found) / len(found) if found else 0.0


def reads_as(sample: bytes, encoding: str) -> bool:
    """Whether bytes read as Japanese, Korean or Western European text in that encoding (``japanese``: in either of two)."""
    if encoding == "japanese":
        return reads_as(sample, "shift_jis") or reads_as(sample, "euc_jp")
    codec = {"shift_jis": "cp932", "euc-kr": "cp949"}.get(encoding, encoding)
    try:
        text = sample.decode(codec)
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 4:
            return False
        text = sample[: error.start].decode(codec)
    beyond = [character for character in text if character > "\x7f"]
    if not beyond:
        return False
    if encoding == "cp1252":
        return all(character in _LATIN_LETTERS or character in _LATIN_MARKS for character in beyond) and _within_words(text)
    bounds = (_HANGUL,) if encoding == "euc-kr" else (_HIRAGANA, _KATAKANA)
    share = sum(first <= character <= last for character in beyond for first, last in bounds) / len(beyond)
    half_width = sum("\uff61" <= character <= "\uff9f" for character in beyond) / len(beyond)
    if encoding == "shift_jis" and share >= FEW_KANA and han_score(text) >= 1.0:
        return half_width < 0.1  # a table of names and titles, with hardly a sentence
    return half_width < 0.1 and share >= (0.8 if encoding == "euc-kr" else KANA_SHARE)


def _within_words(text: str) -> bool:
    """Most letters with accents stand beside plain ones."""
    accented = [at for at, character in enumerate(text) if character in _LATIN_LETTERS]
    beside = sum(text[at - 1 : at].isascii() or text[at + 1 : at + 2].isascii() for at in accented)
    return 10 * beside >= 9 * len(accented)
