"""Who asks: what the headers of a request say about its reader. Read once, before anything else."""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from graph.errors import QueryProblem
from graph.messages import message
from lianyin.language import Language
from lianyin.serving import CLEARANCE_HEADER, TODAY_HEADER, TOKEN_HEADER
from lianyin.settings import Settings


class WrongToken(Exception):
    """The token is not this server's: whoever sent it looked for another one."""


@dataclass(frozen=True, slots=True)
class Asker:
    """``clearance`` is never above the server's own, unless the asker holds the server's token (they could open the store themselves)."""

    clearance: int
    language: Language
    today: datetime.date


def asker_of(headers: Mapping[bytes, bytes], settings: Settings, token: str) -> Asker:
    """Reads the headers. Raises ``WrongToken``, or ``QueryProblem`` for a value that cannot be."""
    given = headers.get(TOKEN_HEADER)
    if given is not None and not secrets.compare_digest(given, token.encode()):
        raise WrongToken
    clearance = _clearance(headers.get(CLEARANCE_HEADER), settings.clearance)
    return Asker(
        clearance if given is not None else min(clearance, settings.clearance),
        _language(headers.get(b"accept-language", b""), settings.language),
        _today(headers.get(TODAY_HEADER)) or settings.today or datetime.date.today(),
    )


def _clearance(text: bytes | None, default: int) -> int:
    if text is None:
        return default
    if text not in (b"0", b"1", b"2", b"3"):
        raise QueryProblem(message("A clearance must be 0, 1, 2 or 3."), where={"parameter": CLEARANCE_HEADER.decode()})
    return int(text)


def _today(text: bytes | None) -> datetime.date | None:
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text.decode("ascii"))
    except ValueError:
        raise QueryProblem(
            message("The date of the query is not a valid date."),
            hint=message("Write it as 2020-09-10."),
            where={"parameter": TODAY_HEADER.decode()},
        ) from None


def _language(accepted: bytes, default: Language) -> Language:
    """The first of the two languages that the header names; its order is its preference in every browser."""
    for part in accepted.lower().split(b","):
        if part.strip().startswith(b"zh"):
            return "zh"
        if part.strip().startswith(b"en"):
            return "en"
    return default
