"""The rubric: by which criteria projects are judged in a year, how many points each can get, and from which totals a verdict follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import orjson

from cooperation.acting import Desk
from cooperation.world import World
from graph.errors import ValueProblem
from graph.messages import message
from graph.model import Node

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {"先进性": 10.0, "创新性": 10.0, "难度": 10.0, "经济效益": 40.0, "社会效益": 10.0, "成熟度": 10.0, "应用推广": 10.0}
)
"""A rubric of 100 points that enterprises use, taken where a year has none of its own."""

EXCELLENT, PASSED, FAILED = "优秀", "合格", "不合格"
EXCELLENT_SHARE, PASSED_SHARE = 0.9, 0.6
"""Of all points: from these shares on a total is excellent, or passed."""


@dataclass(frozen=True, slots=True)
class Rubric:
    """``weights``: the greatest score of each criterion, above 0. ``excellent_from`` and ``passed_from`` are totals."""

    year: int
    weights: Mapping[str, float]
    excellent_from: float
    passed_from: float

    def verdict(self, total: float) -> str:
        """What a total means."""
        return EXCELLENT if total >= self.excellent_from else PASSED if total >= self.passed_from else FAILED

    def check(self, scores: Mapping[str, float]) -> float:
        """The total of a reviewer's scores. Raises ``ValueProblem`` unless every criterion has one score in its range."""
        for name in scores:
            if name not in self.weights:
                raise ValueProblem(
                    message("'{name}' is not a criterion of {year}.", name=name, year=self.year),
                    hint=message("Criteria: {weights}.", weights=tuple(self.weights)),
                    where={"parameter": "score"},
                )
        for name, most in self.weights.items():
            if name not in scores:
                raise ValueProblem(
                    message("'{name}' has no score.", name=name),
                    hint=message("Give a score between 0 and {most:g}.", most=most),
                    where={"parameter": "score"},
                )
            if not 0 <= scores[name] <= most:
                raise ValueProblem(
                    message("{name}: {score:g} is not between 0 and {most:g}.", name=name, score=scores[name], most=most),
                    value=f"{scores[name]:g}",
                    where={"parameter": "score"},
                )
        return round(sum(scores.values()), 6)


def rubric_id(year: int) -> str:
    """The id of the rubric of a year."""
    return f"platform:rubric-{year}"


def rubric_of(desk: Desk, year: int) -> Rubric:
    """The rubric of a year: its own, or the one taken where there is none."""
    found = desk.store.facts(nodes=(rubric_id(year),)).nodes
    return read_rubric(found[0], year) if found else made_of(year, WEIGHTS)


def rubric_in(world: World, year: int) -> Rubric:
    """The same among the facts of a read model."""
    found = world.node(rubric_id(year))
    return read_rubric(found, year) if found is not None else made_of(year, WEIGHTS)


def read_rubric(node: Node, year: int) -> Rubric:
    """A rubric from its node."""
    weights = {str(name): float(points) for name, points in orjson.loads(str(node.properties["weights"])).items()}
    return made_of(year, weights)


def made_of(year: int, weights: Mapping[str, float]) -> Rubric:
    """The rubric of these weights."""
    whole = sum(weights.values())
    return Rubric(year, weights, round(whole * EXCELLENT_SHARE, 6), round(whole * PASSED_SHARE, 6))
