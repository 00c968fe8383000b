"""Text as search sees it: one form for the same thing typed differently, and the pieces of it that are indexed."""

from __future__ import annotations

import re
import unicodedata

from graph.values.han import simplified

MAX_TEXT = 300
"""Longer names are indexed, and longer queries read, up to here (characters)."""

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_RUN = re.compile(f"[{_HAN}]+")
_SPACE_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s+(?=[{_HAN}])")
_WORD = re.compile(rf"[^\W_{_HAN}]+")
_SURROGATES = re.compile("[\ud800-\udfff\x00]")


def normalise(text: str) -> str:
    """The form in which names are compared: NFKC (full-width forms become plain), case folded, simplified characters, one space between
    words, none between Han. Lone surrogates (bytes of a wrong encoding on a command line) are dropped."""
    if text.isascii():
        return " ".join(text.replace("\x00", "").split())[:MAX_TEXT].lower()
    folded = " ".join(unicodedata.normalize("NFKC", _SURROGATES.sub("", text)).split())[:MAX_TEXT].casefold()
    return simplified(_SPACE_BETWEEN_HAN.sub("", folded)) if _HAN_RUN.search(folded) else folded


_PLAIN_LETTERS = str.maketrans(
    {"đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t"}
)
"""Letters that are no letter with an accent and so have no decomposition, as people type them in plain Latin."""

_SPELT_OUT = str.maketrans({"đ": "dj", "ð": "dh", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ŋ": "ng"})
"""The same, and vowels with two dots, as others type them: Djordje for Đorđe, Mueller for Müller."""


def without_marks(text: str) -> str:
    """Latin letters without their accents (``universität`` → ``universitat``), ``đ þ æ ø ł`` as plain letters."""
    if text.isascii():
        return text
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return bare.translate(_PLAIN_LETTERS)


def spelt_out(text: str) -> str:
    """The other way in which such letters are put into plain ones (``müller`` → ``mueller``)."""
    return text if text.isascii() else without_marks(unicodedata.normalize("NFC", text).translate(_SPELT_OUT))


def compact(text: str) -> str:
    """A code without what people leave out or add when they type it (``xq-346`` → ``xq346``)."""
    return "".join(letter for letter in text if letter.isalnum())


def han_runs(text: str) -> list[str]:
    """The stretches of Chinese characters."""
    return [] if text.isascii() else _HAN_RUN.findall(text)


def words(text: str) -> list[str]:
    """The words that are not Chinese: letters and digits, accents dropped."""
    return _WORD.findall(without_marks(text))


def is_han(text: str) -> bool:
    """Whether a text is one Chinese stretch and nothing else."""
    return _HAN_RUN.fullmatch(text) is not None


def only_han(text: str) -> str:
    """The normalised text, if it is one Chinese stretch and nothing else."""
    plain = normalise(text)
    return plain if is_han(plain) else ""


def han_pieces(text: str) -> list[str]:
    """Every character and every two neighbouring characters of the Chinese stretches, each once, in order."""
    pieces: dict[str, None] = {}
    for run in han_runs(text):
        pieces.update(dict.fromkeys(run))
        pieces.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    return list(pieces)


def query_pieces(run: str) -> list[str]:
    """What a name must contain to contain this Chinese stretch: its pairs, or the one character."""
    return [run] if len(run) == 1 else list(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
