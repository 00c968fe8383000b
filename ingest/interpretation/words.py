"""What the words of a relation column mean: types of relationships, each with a pattern that no earlier one takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from ingest.text import normal

GENERIC = "TIED_TO"
"""The type of a tie that keeps its source's word."""


@dataclass(frozen=True, slots=True)
class Word:
    """Words for one type of relationship. ``ends``: which kinds may stand at its start and end (``po``: from a person to an organisation);
    ``back``: words that say it from the other end."""

    type: str
    ends: tuple[str, ...]
    pattern: str
    back: str = ""

    def says(self, text: str) -> bool:
        """Whether the word is one of these, from either end."""
        return self.backwards(text) or re.search(self.pattern, normal(text), re.IGNORECASE) is not None

    def backwards(self, text: str) -> bool:
        """Whether the word says the relation from its end."""
        return bool(self.back) and re.search(self.back, normal(text), re.IGNORECASE) is not None


@cache
def relation_words() -> tuple[Word, ...]:
    """The entries of ``relation_words.yaml``, in order."""
    data = yaml.safe_load(files("ingest").joinpath("interpretation", "relation_words.yaml").read_text(encoding="utf-8"))
    return tuple(Word(each["type"], tuple(each["ends"]), each["pattern"], each.get("back", "")) for each in data)


def meaning(text: str, ends: str) -> Word | None:
    """What a word says between two kinds of ends, in either direction; ``None`` where only its own text does."""
    return next((word for word in relation_words() if (ends in word.ends or ends[::-1] in word.ends) and word.says(text)), None)


def meanings(texts: Iterable[str], ends: str) -> tuple[Word, ...]:
    """The entries that some of these words mean, in order."""
    found = {word.type for text in texts if (word := meaning(text, ends)) is not None}
    return tuple(word for word in relation_words() if word.type in found)
