"""Six families of types, each with a colour and a shape of its own.

Forty types in forty colours tell nobody anything. Six colours chosen after Okabe and Ito are told apart by the colour-blind, and the shape
says the same once more; the type itself stands in words. Colours are ``#rrggbb``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.ontology.schema import NodeType


class Family(StrEnum):
    """What kind of thing a type is."""

    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"
    PERSON = "person"
    COOPERATION = "cooperation"
    KNOWLEDGE = "knowledge"
    OCCASION = "occasion"


ACTORS = frozenset((Family.INSTITUTION, Family.ENTERPRISE, Family.PERSON))
"""Who acts. The other families are what ties them together."""

_ROOTS: Mapping[str, Family] = {
    "Enterprise": Family.ENTERPRISE,
    "Organization": Family.INSTITUTION,
    "Person": Family.PERSON,
    "Collaboration": Family.PERSON,
    "Account": Family.PERSON,
    "Achievement": Family.KNOWLEDGE,
    "Field": Family.KNOWLEDGE,
    "Honour": Family.KNOWLEDGE,
    "Rubric": Family.KNOWLEDGE,
    "Place": Family.OCCASION,
    "Event": Family.OCCASION,
    "Milestone": Family.OCCASION,
    "Notice": Family.OCCASION,
    "Plan": Family.OCCASION,
    "WorkUpdate": Family.OCCASION,
}
"""By the nearest of these that a type is or extends."""


def family_of(node_type: NodeType) -> Family:
    """The family of a type; one that extends nothing known here is a place or date when it is a hub, else something that people do
    together."""
    for name in (node_type.name, *node_type.ancestors):
        if name in _ROOTS:
            return _ROOTS[name]
    return Family.OCCASION if node_type.hub else Family.COOPERATION


@dataclass(frozen=True, slots=True)
class Ink:
    """A family's colours: ``line`` for its shape and border, ``fill`` under text."""

    line: str
    fill: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour of a picture on a light or a dark ground."""

    paper: str
    ink: str
    soft: str
    tie: str
    rule: str
    strong: str
    families: Mapping[Family, Ink]


LIGHT = Theme(
    paper="#ffffff",
    ink="#1b2430",
    soft="#55606e",
    tie="#8a95a3",
    rule="#d9dee5",
    strong="#b3261e",
    families={
        Family.INSTITUTION: Ink("#0067a6", "#e3f0fa"),
        Family.ENTERPRISE: Ink("#c24e00", "#fdeadb"),
        Family.PERSON: Ink("#8a6d00", "#fcf3cf"),
        Family.COOPERATION: Ink("#00785a", "#dcf3ea"),
        Family.KNOWLEDGE: Ink("#a03c7c", "#f8e6f1"),
        Family.OCCASION: Ink("#4a525c", "#eceff2"),
    },
)
DARK = Theme(
    paper="#14181d",
    ink="#eef2f6",
    soft="#aeb8c4",
    tie="#748190",
    rule="#38424d",
    strong="#ff8a80",
    families={
        Family.INSTITUTION: Ink("#56b4e9", "#15334a"),
        Family.ENTERPRISE: Ink("#ff8f4a", "#46260f"),
        Family.PERSON: Ink("#f0c93a", "#3d3310"),
        Family.COOPERATION: Ink("#2cc295", "#0f3a2e"),
        Family.KNOWLEDGE: Ink("#e490c4", "#45223a"),
        Family.OCCASION: Ink("#d5dbe2", "#2b333c"),
    },
)
THEMES: Mapping[str, Theme] = {"light": LIGHT, "dark": DARK}

SHAPES: Mapping[Family, tuple[tuple[float, float], ...]] = {
    Family.INSTITUTION: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    Family.ENTERPRISE: ((-0.55, -0.95), (0.55, -0.95), (1.1, 0.0), (0.55, 0.95), (-0.55, 0.95), (-1.1, 0.0)),
    Family.PERSON: (),
    Family.COOPERATION: ((0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)),
    Family.KNOWLEDGE: ((0.0, -1.05), (1.1, 0.9), (-1.1, 0.9)),
    Family.OCCASION: ((-1.1, -0.9), (1.1, -0.9), (0.0, 1.05)),
}
"""Corners around the middle, for a shape of radius 1; none is a circle."""
