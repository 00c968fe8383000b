"""Characters and Latin letters in one text: 扬州daxue, yangzhou大学, 扬州dx."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.search.pinyin import readings_of
from graph.search.text import is_han, without_marks

_PART = re.compile(r"[a-z]+|[^a-z\s]+")
_MOST_CHARACTERS = 12
"""Characters that one stretch of letters may stand for."""


def parts_of(plain: str) -> tuple[str, ...]:
    """The stretches of characters and of letters in a normalised text; none where it is not of both, or of anything else."""
    found = tuple(_PART.findall(without_marks(plain)))
    han = [part for part in found if is_han(part)]
    latin = [part for part in found if part.isascii()]
    return found if han and latin and len(han) + len(latin) == len(found) else ()


def spells(parts: Sequence[str], name: str) -> bool:
    """Whether a name holds these parts one after another, the letters as pinyin or initials of its characters."""
    return any(_from(parts, name, at) for at in range(len(name)))


def _from(parts: Sequence[str], name: str, at: int) -> bool:
    if not parts:
        return True
    if at >= len(name):
        return False
    first, *rest = parts
    if is_han(first):
        return name.startswith(first, at) and _from(rest, name, at + len(first))
    return any(_from(rest, name, end) for end in _ends(first, name, at))


def _ends(letters: str, name: str, at: int) -> list[int]:
    """Where the characters may end that these letters spell."""
    if not any(letters.startswith(each[0]) for each in readings_of(name[at : at + 1]) if each):
        return []
    return [end for end in range(at + 1, min(len(name), at + _MOST_CHARACTERS) + 1) if _spelt(letters, name[at:end])]


def _spelt(letters: str, characters: str) -> bool:
    readings = [readings_of(each) for each in characters]
    if len(letters) == len(characters):
        return all(any(each.startswith(letter) for each in found) for letter, found in zip(letters, readings, strict=True))
    reached = {0}
    for found in readings:
        reached = {start + len(each) for start in reached for each in found if letters.startswith(each, start)}
    return len(letters) in reached
