"""Which record is which, whenever its document, or a later edition of it, is read again."""

from __future__ import annotations

from hashlib import blake2b

from graph.ledger.fold import SEPARATOR


def record_place(series: tuple[str, str, str], key: str) -> str:
    """The source, file and sheet under which a record is known, and its key, as one text."""
    return SEPARATOR.join((*series, key))


def identity_at(place: str, occurrence: int) -> str:
    """The identity of the record at this place; ``occurrence`` counts how often its key came before."""
    return blake2b(f"{place}{SEPARATOR}{occurrence}".encode(), digest_size=12).hexdigest()


def record_identity(series: tuple[str, str, str], key: str, occurrence: int) -> str:
    """Both in one."""
    return identity_at(record_place(series, key), occurrence)
