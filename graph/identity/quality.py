"""How good the candidates are, measured against pairs whose truth is known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

THRESHOLDS = (0.5, 0.8, 0.9, 0.95, 0.99)
"""Scores at which quality is told beside the one that proposes."""


@dataclass(frozen=True, slots=True)
class Quality:
    """At ``threshold``: pairs rightly proposed, wrongly proposed and missed."""

    threshold: float
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """Of the proposed, the share that is right; ``None`` where nothing was proposed."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of the pairs that are the same, the share that was proposed; ``None`` where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of the two."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else None


@dataclass(frozen=True, slots=True)
class Measured:
    """One set: its name, how many pairs are labelled and how many of them are the same, and the quality at each threshold."""

    name: str
    pairs: int
    same: int
    quality: tuple[Quality, ...]


def measure(labels: Mapping[tuple[str, str], bool], scores: Mapping[tuple[str, str], float], threshold: float) -> Quality:
    """``labels``: of each pair (ids, the lesser first) whether it is the same; ``scores``: of each pair that was compared, its score."""
    proposed = {pair for pair in labels if scores.get(pair, 0.0) >= threshold}
    right = sum(labels[pair] for pair in proposed)
    return Quality(threshold, right, len(proposed) - right, sum(labels.values()) - right)


def measure_all(
    labels: Mapping[tuple[str, str], bool], scores: Mapping[tuple[str, str], float], also: Iterable[float] = ()
) -> list[Quality]:
    """The same at every threshold, ascending."""
    return [measure(labels, scores, threshold) for threshold in sorted({*THRESHOLDS, *also})]
