"""Where each card of a picture stands. Computed here, once and always the same: the browser moves nothing.

Paths run in columns from left to right; what is around a node stands in a tree on both its sides. Coordinates are in pixels at zoom 1,
y downwards, of the middle of a card. Members of a group have places too, outside of everything else, for when it is unfolded.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from visualize.cards import Card, cards_of, font_size
from visualize.folding import Folded, fold
from visualize.layout_columns import in_columns
from visualize.layout_tree import in_tree
from visualize.places import Heading, Place, box_of
from visualize.view import View

WIDE = 5
"""With more columns than this cards are narrower, and names take more lines."""
_GRID_GAP = 12.0
_OUTSIDE = 80.0


@dataclass(frozen=True, slots=True)
class Layout:
    """``places`` and ``cards`` by key, of nodes and groups. ``layered`` says that the picture has columns of paths; ``spine`` holds the
    pairs of cards whose lines carry a tree."""

    folded: Folded
    cards: Mapping[str, Card]
    places: Mapping[str, Place]
    headings: tuple[Heading, ...]
    font: int
    layered: bool
    spine: frozenset[frozenset[str]] = frozenset()

    def faint(self, source: str, target: str) -> bool:
        """Whether a line stays in the background: beside those of the tree it would hide them."""
        return bool(self.spine) and frozenset((source, target)) not in self.spine

    def shown(self) -> list[str]:
        """The keys of what is first seen: nodes, then groups."""
        return [*(node.key for node in self.folded.nodes), *(group.key for group in self.folded.groups)]

    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all that is first seen, headings included."""
        boxes = [box_of(self.cards[key], self.places[key]) for key in self.shown()]
        boxes += [(each.x, each.y - self.font, each.x, each.y + self.font) for each in self.headings]
        if not boxes:
            return 0.0, 0.0, 0.0, 0.0
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)


def lay_out(view: View) -> Layout:
    """Columns where nodes have columns, else a tree around the centre, or around the best connected node."""
    folded = fold(view)
    layered = any(node.column >= 0 for node in view.nodes)
    narrow = layered and max(node.column for node in view.nodes) >= WIDE
    cards = cards_of(view, folded, narrow)
    if not view.nodes:
        return Layout(folded, cards, {}, (), font_size(folded), layered)
    found = in_columns(view, folded, cards) if layered else in_tree(view, folded, cards)
    cards = {**cards, **{key: replace(cards[key], width=width) for key, width in found.widths.items()}}
    layout = Layout(folded, cards, found.places, found.headings, font_size(folded), layered, found.spine)
    return replace(layout, places={**found.places, **_unfolded(layout)}) if folded.groups else layout


def _unfolded(layout: Layout) -> dict[str, Place]:
    """Places of the members of groups: a grid for each group, beyond the edge that its card is nearest to, one grid below the other."""
    left, top, right, _ = layout.bounds()
    places: dict[str, Place] = {}
    next_free = {-1: top, 1: top}
    for group in sorted(layout.folded.groups, key=lambda each: (layout.places[each.key][1], each.key)):
        side = -1 if layout.places[group.key][0] < (left + right) / 2 else 1
        width = max(layout.cards[key].width for key in group.members) + _GRID_GAP
        height = max(layout.cards[key].height for key in group.members) + _GRID_GAP
        columns = max(1, round(math.sqrt(len(group.members) * height / width)))
        begin = (right + _OUTSIDE if side > 0 else left - _OUTSIDE) + side * width / 2
        for at, key in enumerate(group.members):
            row, column = divmod(at, columns)
            places[key] = (round(begin + side * column * width, 1), round(next_free[side] + (row + 0.5) * height, 1))
        next_free[side] += math.ceil(len(group.members) / columns) * height + 3 * _GRID_GAP
    return places
