"""Colours that are seen on their ground, by everybody, and shapes that say the same."""

from __future__ import annotations

import itertools

import pytest

from tests.visualize.example_graph import ONTOLOGY
from visualize.families import DARK, LIGHT, SHAPES, Family, Theme, family_of

_DEUTERANOPIA = ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969))
"""Machado, Oliveira and Fernandes 2009, severity 1, on linear colours."""


def linear(color: str) -> list[float]:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def contrast(one: str, other: str) -> float:
    lights = sorted(0.2126 * red + 0.7152 * green + 0.0722 * blue for red, green, blue in (linear(one), linear(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_words_and_shapes_are_seen(theme: Theme) -> None:
    for ink in theme.families.values():
        assert contrast(ink.line, theme.paper) >= 3
        assert contrast(ink.line, ink.fill) >= 3
        assert contrast(theme.ink, ink.fill) >= 7
    assert contrast(theme.soft, theme.paper) >= 4.5
    assert contrast(theme.strong, theme.paper) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_families_differ_for_the_colour_blind_too(theme: Theme) -> None:
    def seen(color: str) -> list[float]:
        return [max(0.0, sum(weight * part for weight, part in zip(row, linear(color), strict=True))) ** (1 / 2.2) for row in _DEUTERANOPIA]

    for one, other in itertools.combinations(theme.families.values(), 2):
        assert sum((a - b) ** 2 for a, b in zip(seen(one.line), seen(other.line), strict=True)) ** 0.5 > 0.06
    assert len({SHAPES[family] for family in Family}) == len(Family)


def test_every_type_has_a_family() -> None:
    found = {name: family_of(each) for name, each in ONTOLOGY.node_types.items()}
    assert found == {
        "University": Family.COOPERATION,  # this small ontology does not say that a university is an organisation
        "Person": Family.PERSON,
        "Need": Family.COOPERATION,
        "Enterprise": Family.ENTERPRISE,
        "Secondment": Family.COOPERATION,
    }
