"""The ranking of a year's projects: the same facts give the same order, whoever asks and however they were loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from graph.model import Node

FLAGS: Mapping[str, str] = {"rapid": "推进快", "hightech": "含量高", "difficult": "难度大", "effective": "效益显著"}
"""The properties of a project that put it first, with the words of the plan."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One project: ``place`` from 1 (equals share one), ``mean`` of the totals of ``reviews``, ``flags`` it has, in the plan's words."""

    place: int
    project: Node
    mean: float
    reviews: tuple[Node, ...]
    flags: tuple[str, ...]


def flags_of(project: Node) -> tuple[str, ...]:
    """The four flags, those that a project has."""
    return tuple(word for name, word in FLAGS.items() if project.properties.get(name) is True)


def total_of(review: Node) -> float | None:
    """The total of a review, ``None`` before it is scored: unknown is not zero."""
    found = review.properties.get("total")
    return float(found) if isinstance(found, (int, float)) and not isinstance(found, bool) else None


def rank(projects: Iterable[tuple[Node, Iterable[Node]]]) -> list[Ranked]:
    """Projects with their reviews of one year, best first: by the mean of the totals, then by how many flags they have, then by id. Those
    without a scored review are left out. Equal in mean and flags is equal in place."""
    rows: list[tuple[float, int, Node, tuple[Node, ...]]] = []
    for project, reviews in projects:
        scored = tuple(sorted((each for each in reviews if total_of(each) is not None), key=lambda each: each.id))
        if scored:
            mean = round(fmean(total for each in scored if (total := total_of(each)) is not None), 6)
            rows.append((mean, len(flags_of(project)), project, scored))
    rows.sort(key=lambda row: (-row[0], -row[1], row[2].id))
    found: list[Ranked] = []
    for position, (mean, flagged, project, reviews) in enumerate(rows, start=1):
        equal = position > 1 and rows[position - 2][:2] == (mean, flagged)
        found.append(Ranked(found[-1].place if equal else position, project, mean, reviews, flags_of(project)))
    return found
