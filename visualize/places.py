"""What the ways of laying out give back. Coordinates are in pixels at zoom 1, y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.ontology.schema import Label
from visualize.cards import Card

Place = tuple[float, float]
"""The middle of a card."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Words above a column or a block of cards, around the middle ``x``."""

    x: float
    y: float
    text: Label


@dataclass(frozen=True, slots=True)
class Placed:
    """``places`` and ``widths`` by the key of a node or group: the cards of one column are equally wide. ``spine`` holds the pairs of
    cards whose lines carry a tree; none means that all lines are alike."""

    places: Mapping[str, Place]
    widths: Mapping[str, float]
    headings: tuple[Heading, ...] = ()
    spine: frozenset[frozenset[str]] = frozenset()


def box_of(card: Card, place: Place) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a card."""
    x, y = place
    return x - card.width / 2, y - card.height / 2, x + card.width / 2, y + card.height / 2
