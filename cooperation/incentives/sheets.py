"""Score sheets: what a reviewer is shown of the projects that they judge. Blind: neither who runs a project nor what others scored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from cooperation.incentives.ranking import flags_of, total_of
from cooperation.incentives.rubric import rubric_in
from cooperation.world import World, figure, text


@dataclass(frozen=True, slots=True)
class Sheet:
    """One review of a reviewer. ``project`` is its title; its id and links may say whose it is and are not told. ``criteria``: the greatest
    score of each; ``scores`` and ``total`` are the reviewer's own, once given."""

    review: str
    year: int
    project: str
    programme: str
    flags: tuple[str, ...]
    criteria: Mapping[str, float]
    scores: Mapping[str, float]
    total: float | None


def sheets_of(world: World, reviewer: str) -> list[Sheet]:
    """The reviews that somebody was asked for, those still to be scored first."""
    found = []
    for wrote in world.out(reviewer, "WROTE"):
        review = world.node(wrote.target)
        project = next((world.node(link.target) for link in world.out(wrote.target, "EVALUATES")), None)
        if review is None or project is None:
            continue
        year = int(figure(review, "year") or 0)
        criteria = rubric_in(world, year).weights
        given = text(review, "scores")
        scores = {str(name): float(points) for name, points in orjson.loads(given).items()} if given else {}
        found.append(
            Sheet(review.id, year, project.caption, text(project, "programme"), flags_of(project), criteria, scores, total_of(review))
        )
    return sorted(found, key=lambda sheet: (sheet.total is not None, -sheet.year, sheet.project, sheet.review))
