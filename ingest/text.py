"""Texts as keys and as things to show: normal form, hashed keys, masks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import blake2b

SEPARATOR = "\x1f"
MASK = "＊"

_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_HAN_GAP = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b-\u200f\u2060\ufeff]")


def normal(text: str) -> str:
    """NFKC, trimmed, without control and zero-width characters, white space as one space and none between Han characters (``李   平`` and
    ``李平`` are one name in a list)."""
    if text.isascii() and text.isprintable() and " " not in text:
        return text
    visible = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()
    return _SPACES.sub(" ", _HAN_GAP.sub("", visible))


def hashed(prefix: str, parts: Iterable[str]) -> str:
    """16 hexadecimal digits from which the parts cannot be read; the prefix keeps equal keys of two lists apart."""
    return blake2b(SEPARATOR.join((prefix, *parts)).encode(), digest_size=8).hexdigest()


def mask(text: str) -> str:
    """The first character and a mark: enough to find the cell in the file, too little to read it."""
    trimmed = text.strip()
    return trimmed[:1] + MASK if trimmed else ""
