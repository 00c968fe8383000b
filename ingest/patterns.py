"""Patterns that people write in mappings, run by RE2: however a pattern is made, the time it takes grows with the text alone.

Python's own engine tries out every way in which a pattern can be read, and ``^(a+)+$`` has a way for each grouping of a text. RE2 has no
lookaheads, lookbehinds or references back, for which no such promise can be kept. Patterns are written as in Python; where RE2 would
read one otherwise, it is put into RE2's words first, or refused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import re2

from graph.messages import message

LONGEST = 10_000
"""Characters of one pattern; the longest of ours has about 1,000."""

_PIECE = re.compile(r"\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\.|\[\^?\]?|\{,\d+\}|\(\?(?:[=!>(]|<[=!]|P=)|.", re.DOTALL)
_GROUP = re.compile(r"\\(?:([1-9]\d?)|g<(\w+)>|(.)|$)", re.DOTALL)
_SPACE = r"\t-\r\x1c-\x20\x{85}\p{Z}"
_WORD = r"\p{L}\p{N}_"
_OUTSIDE = {"w": f"[{_WORD}]", "W": f"[^{_WORD}]", "s": f"[{_SPACE}]", "S": f"[^{_SPACE}]", "d": r"\p{Nd}", "D": r"\P{Nd}", "Z": r"\z"}
_INSIDE = {"w": _WORD, "s": _SPACE, "d": r"\p{Nd}", "D": r"\P{Nd}"}
_ESCAPES = {"\\": "\\", "n": "\n", "t": "\t"}


@dataclass(frozen=True)
class Pattern:
    """A compiled pattern; ``text`` is what stands in the mapping. ``groups`` counts its groups."""

    text: str
    groups: int
    _engine: Any = field(repr=False, compare=False)

    def is_in(self, text: str) -> bool:
        """Whether the pattern is found anywhere in the text."""
        return self._engine.search(_bytes(text)) is not None

    def part_of(self, text: str) -> str | None:
        """What the first group of the first match holds, or the whole match of a pattern without groups; ``None`` without a match, ``""``
        for a group that took no part in it."""
        match = self._engine.search(_bytes(text))
        if match is None:
            return None
        part: bytes | None = match.group(1 if self.groups else 0)
        return (part or b"").decode("utf-8", "replace")

    def replaced(self, text: str, by: Sequence[str | int]) -> str:
        r"""The text with every match replaced by texts and groups (``template`` makes them of ``\1 by hand``)."""
        if not self.is_in(text):
            return text
        plain = _bytes(text).decode()
        replaced: str = self._engine.sub(lambda match: "".join(_texts(match, by)), plain)
        return replaced

    def template(self, text: str) -> tuple[str | int, ...]:
        r"""The texts and groups of a replacement: ``\1`` … ``\99``, ``\g<name>``, ``\\``, ``\n``, ``\t``. Raises ``ValueError`` for any
        other escape and for a group that the pattern has not."""
        parts: list[str | int] = []
        end = 0
        for match in _GROUP.finditer(text):
            parts.append(text[end : match.start()])
            end = match.end()
            parts.append(_ESCAPES[match[3]] if match[3] in _ESCAPES else self._group(match))
        return tuple(part for part in (*parts, text[end:]) if part != "")

    def _group(self, match: re.Match[str]) -> int:
        name = match[1] or match[2] or ""
        number = int(name) if name.isdecimal() else self._names.get(name, self.groups + 1)
        if not name or number > self.groups:
            raise ValueError(message("the replacement's {escape} is no group of the pattern {pattern}", escape=match[0], pattern=self.text))
        return number

    @cached_property
    def _names(self) -> dict[str, int]:
        return dict(self._engine.groupindex)


@cache
def compiled(text: str) -> Pattern:
    """The pattern of a mapping. Raises ``ValueError`` that says what of it cannot be run."""
    if len(text) > LONGEST:
        raise ValueError(message("a pattern has at most {longest:,} characters, this one {count:,}", longest=LONGEST, count=len(text)))
    options = re2.Options()
    options.log_errors = False
    try:
        engine = re2.compile(_in_words_of_engine(text), options)
    except (re2.error, UnicodeEncodeError) as error:
        raise ValueError(message("not a regular expression ({error})", error=_reason(error))) from error
    return Pattern(text, engine.groups, engine)


def _in_words_of_engine(text: str) -> str:
    """The pattern as RE2 writes it: letters, digits and blanks of every script; ``{,3}`` from none on; ``\\u4e00`` by its number."""
    found: list[str] = []
    inside = False
    pieces = _PIECE.findall(text)
    for place, piece in enumerate(pieces):
        if piece[0] == "\\":
            if piece == r"\b" and not inside:
                _check_boundary(pieces, place)
            found.append(_escape(piece, inside))
        elif piece[0] == "[":
            found.append(r"\[" + piece[1:] if inside else piece)
            inside = not (inside and piece.endswith("]"))
        elif piece.startswith("(?") and not inside:
            raise ValueError(
                message("the pattern uses {part}, but patterns cannot look ahead or behind; say it by 'excludes' or 'keep'", part=piece)
            )
        else:
            inside = inside and piece != "]"
            found.append("{0," + piece[2:] if piece.startswith("{,") and not inside else piece)
    return "".join(found)


def _escape(piece: str, inside: bool) -> str:
    letter = piece[1:2]
    if letter in ("u", "U") and len(piece) > 2:
        return rf"\x{{{piece[2:]}}}"
    if letter == "C" or (inside and letter in ("W", "S")):
        raise ValueError(message("the pattern uses {part} where it is not available; list the characters instead", part=piece))
    return (_INSIDE if inside else _OUTSIDE).get(letter, piece)


def _check_boundary(pieces: Sequence[str], place: int) -> None:
    """RE2 sees the edge of a word between letters of ASCII and anything else; where that is not what Python sees, it is told."""
    for beside in pieces[max(0, place - 1) : place + 2]:
        if len(beside) == 1 and not beside.isascii() and beside.isalnum():
            raise ValueError(
                message(
                    r"the pattern uses \b beside {letter}, but it knows the letters A to Z only; write (?:^|\s) or (?:$|\s)", letter=beside
                )
            )


def _reason(error: Exception) -> str:
    told = error.args[0] if error.args else ""
    return told.decode("utf-8", "replace") if isinstance(told, bytes) else str(told)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _texts(match: Any, by: Sequence[str | int]) -> Sequence[str]:
    return [part if isinstance(part, str) else match.group(part) or "" for part in by]
