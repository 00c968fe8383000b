"""The card of each thing that is drawn: its words on at most a few lines, and how large that is in pixels.

A card is the same in both languages, as large as the longer of the two needs it, so that changing the language moves nothing. Widths are
estimated, a little generously: fonts differ from machine to machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.ontology.schema import Label
from visualize.captions import cut_apart
from visualize.families import Family
from visualize.folding import Folded
from visualize.view import View, ViewNode

ROOMY = 24
"""Up to this many cards the words are larger."""
FONT, LARGE_FONT = 13, 15
LEADING = 1.3
"""Line height, in font sizes."""
PADDING_X, PADDING_Y = 9, 4
LINES = 2
LINE_WIDTH, NARROW_WIDTH = 26, 18
"""Of a line, in Latin letters."""
_NARROW = frozenset("iljtfrI.,:;'|!()[]-·")


@dataclass(frozen=True, slots=True)
class Card:
    """What is written on a card. ``width`` and ``height`` are in pixels at zoom 1; ``rank`` says who gets room first."""

    key: str
    text: Label
    family: Family
    width: float
    height: float
    rank: int
    bold: bool = False
    ring: bool = False
    group: bool = False


def font_size(folded: Folded) -> int:
    """The size of the words on the cards, in pixels at zoom 1."""
    return LARGE_FONT if len(folded.nodes) + len(folded.groups) <= ROOMY else FONT


def cards_of(view: View, folded: Folded, narrow: bool = False) -> dict[str, Card]:
    """A card for every node, folded or not, and for every group, by key."""
    size = font_size(folded)
    width, lines = (NARROW_WIDTH, LINES + 1) if narrow else (LINE_WIDTH, LINES)
    zh = cut_apart([node.caption.zh for node in view.nodes], width, lines)
    en = cut_apart([node.caption.en for node in view.nodes], width, lines)
    cards = {}
    for node, first, second in zip(view.nodes, zh, en, strict=True):
        cards[node.key] = _card(node, Label(first, second), size)
    for group in folded.groups:
        box = _size(group.caption, size)
        # A group stands for many, so it is named before the last of those that are drawn one by one.
        cards[group.key] = Card(group.key, group.caption, group.family, *box, rank=1, group=True)
    return cards


def _card(node: ViewNode, text: Label, size: int) -> Card:
    if node.hint and "\n" not in text.zh:
        text = Label(f"{text.zh}\n{node.hint}", f"{text.en}\n{node.hint}")
    return Card(node.key, text, node.family, *_size(text, size), node.rank, node.bold, bool(node.ring.zh))


def _size(text: Label, size: int) -> tuple[float, float]:
    lines = [*text.zh.split("\n"), *text.en.split("\n")]
    height = max(text.zh.count("\n"), text.en.count("\n")) + 1
    wide = max(em_width(line) for line in lines) * size
    return round(wide + glyph_room(size) + 2 * PADDING_X), round(height * size * LEADING + 2 * PADDING_Y)


def glyph_room(size: int) -> float:
    """What the shape before the words takes of a card, its distance to them included."""
    return size * 0.9 + 7


def em_width(text: str) -> float:
    """How wide a text is drawn, in font sizes."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.0
    if letter in _NARROW or letter == " ":
        return 0.33
    return 0.72 if letter.isupper() or letter in "mwMW@%&" else 0.58


def widest(cards: Mapping[str, Card], keys: Sequence[str]) -> float:
    """The width that all cards of one column get."""
    return max((cards[key].width for key in keys), default=0.0)
