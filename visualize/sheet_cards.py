"""Cards and shapes of a still sheet."""

from __future__ import annotations

from visualize.cards import LEADING, PADDING_X, Card, glyph_room
from visualize.families import SHAPES, Family, Theme
from visualize.places import Place, box_of
from visualize.svg import element, number, text_element

RADIUS = 6


def glyph(family: Family, x: float, y: float, radius: float, theme: Theme) -> str:
    """The shape of a family around a point."""
    color, corners = theme.families[family].line, SHAPES[family]
    if not corners:
        return element("circle", cx=x, cy=y, r=radius, fill=color)
    points = " ".join(f"{number(x + dx * radius)},{number(y + dy * radius)}" for dx, dy in corners)
    return element("polygon", points=points, fill=color)


def draw_card(card: Card, place: Place, language: str, theme: Theme, size: int) -> str:
    """A rounded box with the shape of its family and its words; a group has a second edge behind it, as of a pile."""
    left, top, right, bottom = box_of(card, place)
    ink = theme.families[card.family]
    border = theme.strong if card.ring else ink.line
    box = {"x": left, "y": top, "width": right - left, "height": bottom - top, "rx": RADIUS}
    parts = []
    if card.group:
        parts.append(element("rect", **{**box, "x": left + 3, "y": top + 3}, fill=ink.fill, stroke=border))
    parts.append(element("rect", **box, fill=ink.fill, stroke=border, stroke_width=3 if card.ring else 2 if card.bold else 1.2))
    parts.append(glyph(card.family, left + PADDING_X + size * 0.45, place[1], size * 0.4, theme))
    lines = (card.text.en if language == "en" else card.text.zh).split("\n")
    first = place[1] - (len(lines) - 1) / 2 * size * LEADING + size * 0.36
    weight = 600 if card.bold or card.group else 400
    for at, line in enumerate(lines):
        x, y = left + PADDING_X + glyph_room(size), first + at * size * LEADING
        parts.append(text_element(line, x, y, size=size, fill=theme.ink, weight=weight))
    return "".join(parts)
