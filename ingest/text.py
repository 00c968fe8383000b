"""Texts as keys and as things to show: normal form, hashed keys, masks."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

from graph.values.normal import close_han_gaps, narrow, unwrapped

SEPARATOR = "\x1f"
MASK = "＊"


def normal(text: str) -> str:
    """NFKC, trimmed, without unseen characters and what programs wrap texts in, white space as one space and none between Han characters
    (``李   平`` and ``李平`` are one name in a list)."""
    if text.isalnum() and text.isascii():
        return text
    return close_han_gaps(narrow(unwrapped(text.strip())))


def hashed(prefix: str, parts: Iterable[str]) -> str:
    """16 hexadecimal digits from which the parts cannot be read; the prefix keeps equal keys of two lists apart."""
    return blake2b(SEPARATOR.join((prefix, *parts)).encode(), digest_size=8).hexdigest()


def mask(text: str) -> str:
    """The first character and a mark: enough to find the cell in the file, too little to read it."""
    trimmed = text.strip()
    return trimmed[:1] + MASK if trimmed else ""
