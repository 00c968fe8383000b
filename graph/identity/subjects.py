"""What people work on, in words: the pairs of adjacent characters (Han) of their fields and of what they led, made and took on. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from graph.values.normal import HAN

WORK = frozenset({"EXPERT_IN", "CREATED", "ACCEPTED", "PRINCIPAL_INVESTIGATOR_OF"})
"""Relationships from a person to what they work on."""

POINTS_PER_BIT = 0.25
"""Pairs of characters overlap and go together, so that each tells only a part of what it would tell alone."""

_RUNS = re.compile(rf"[{HAN}]{{2,}}")


@dataclass(frozen=True, slots=True)
class Subjects:
    """``words``: by a person's id what they work on; ``frequency``: how many people a word belongs to."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    frequency: Mapping[str, int] = field(default_factory=dict)

    def shared(self, one: str, other: str) -> tuple[float, list[str]]:
        """How much it tells that the two share words, in bits (0 where they share none or only what everybody has), and the rarest."""
        both = self.words.get(one, frozenset()) & self.words.get(other, frozenset())
        rarest = sorted(both, key=lambda word: (self.frequency[word], word))
        points = POINTS_PER_BIT * sum(math.log2(len(self.words) / max(2, self.frequency[word])) for word in both)
        return max(0.0, points), rarest


def subjects_of(near: Mapping[str, Mapping[str, frozenset[str]]], titles: Mapping[str, str]) -> Subjects:
    """Of each person (id) with their neighbours by relationship type, the words in the titles of what they work on."""
    words: dict[str, frozenset[str]] = {}
    for person, ends in near.items():
        found = {word for type in WORK & ends.keys() for id in ends[type] for word in words_of(titles.get(id, ""))}
        if found:
            words[person] = frozenset(found)
    return Subjects(words, Counter(word for found in words.values() for word in found))


def words_of(title: str) -> set[str]:
    """激光焊接 has 激光, 光焊, 焊接."""
    return {a + b for run in _RUNS.findall(title) for a, b in pairwise(run)}
