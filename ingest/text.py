"""Texts as keys and as things to show: normal form, hashed keys, masks."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
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


def hashed(key: str, prefix: str, parts: Iterable[str]) -> str:
    """16 hexadecimal digits under a secret key: who has not the key can neither read the parts nor try out whose they are. The prefix
    keeps equal keys of two lists apart."""
    digest = _keyed(key).copy()
    digest.update(SEPARATOR.join((prefix, *parts)).encode())
    return digest.hexdigest()


@cache
def _keyed(key: str) -> blake2b:
    """The beginning of every hash under a key."""
    return blake2b(digest_size=8, key=_secret(key))


@cache
def _secret(key: str) -> bytes:
    return blake2b(key.encode(), digest_size=32, person=b"lianyin ids").digest()


def fingerprint(key: str) -> str:
    """By which two keys are told apart, and from which none can be found."""
    return blake2b(b"fingerprint", digest_size=8, key=_secret(key)).hexdigest()


def mask(text: str) -> str:
    """The first character and a mark: enough to find the cell in the file, too little to read it."""
    trimmed = text.strip()
    return trimmed[:1] + MASK if trimmed else ""
