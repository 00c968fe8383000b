"""How well affiliations are read: precision and recall against labels, each miss with its text. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.affiliations.gazetteer import Gazetteer
from graph.affiliations.institutions import plain
from graph.affiliations.reading import read_affiliation


@dataclass(frozen=True, slots=True)
class Labelled:
    """What a person read in a text: the ``universities`` it names (none is an answer), in which ``half`` of the sample it is."""

    text: str
    universities: frozenset[str]
    half: str = ""
    year: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Miss:
    """A text that was not read as the label says: what was chosen wrongly, what was not found, what was asked instead."""

    text: str
    wrong: tuple[str, ...]
    missing: tuple[str, ...]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts of (text, university) pairs. ``asked``: texts with a question; ``none``: texts that name none, of which ``none_right`` were so
    read."""

    texts: int
    labelled: int
    chosen: int
    right: int
    asked: int
    none: int
    none_right: int
    misses: tuple[Miss, ...]

    @property
    def precision(self) -> float | None:
        """Right of those chosen; ``None`` if none was."""
        return self.right / self.chosen if self.chosen else None

    @property
    def recall(self) -> float | None:
        """Right of those labelled; ``None`` if none is."""
        return self.right / self.labelled if self.labelled else None


def evaluate(rows: Iterable[Labelled], gazetteer: Gazetteer) -> Scores:
    """Reads every labelled text with what its row gives, and counts."""
    counts = dict.fromkeys(("texts", "labelled", "chosen", "right", "asked", "none", "none_right"), 0)
    misses: list[Miss] = []
    for row in rows:
        read = read_affiliation(row.text, gazetteer, year=row.year, place=row.place)
        chosen = frozenset(map(plain, read.universities))
        label = frozenset(map(plain, row.universities))
        counts["texts"] += 1
        counts["labelled"] += len(label)
        counts["chosen"] += len(chosen)
        counts["right"] += len(chosen & label)
        counts["asked"] += bool(read.doubts)
        counts["none"] += not label
        counts["none_right"] += not label and not chosen
        if chosen != label:
            asked = tuple(dict.fromkeys(name for each in read.doubts for name in each.candidates))
            misses.append(Miss(row.text, tuple(sorted(chosen - label)), tuple(sorted(label - chosen)), asked))
    return Scores(**counts, misses=tuple(misses))
