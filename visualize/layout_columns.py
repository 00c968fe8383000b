"""Paths in columns, one for each step, ordered so that few lines cross."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import numpy as np

from graph.ontology.schema import Label
from visualize.cards import Card, widest
from visualize.folding import Folded, neighbours_of, pairs_of
from visualize.line_words import has_words, words_size
from visualize.places import Heading, Place, Placed
from visualize.view import View

LANE, LANE_WITHOUT_WORDS = 48.0, 130.0
"""Between two columns, where lines run; the first is beside what they say."""
ROW_GAP, TIGHT_ROW_GAP = 36.0, 12.0
"""Between two cards of a column; the smaller one in columns of more than ``TALL``."""
TALL = 7
HEADING_ROOM = 24.0
_SWEEPS = 12
_BEGINNINGS = 12
_SWAP_CAP = 120
"""Up to this many lines, neighbours in a column are also swapped as long as that saves crossings."""
_SEED = 7


def in_columns(view: View, folded: Folded, cards: Mapping[str, Card]) -> Placed:
    """Each node in its column (-1 stands at the far right), a group below the nodes that it belongs to."""
    column_of = {node.key: node.column for node in view.nodes}
    last = max(column_of.values())
    columns: list[list[str]] = [[] for _ in range(last + 2)]
    for node in folded.nodes:
        columns[node.column if node.column >= 0 else last + 1].append(node.key)
    below: list[list[str]] = [[] for _ in range(last + 2)]
    for group in folded.groups:
        below[column_of[group.members[0]]].append(group.key)
    standing = [at for at, column in enumerate(columns) if column or below[at]]
    ordered = _with_few_crossings([columns[at] for at in standing], folded)
    return _placed(view, folded, [[*column, *below[at]] for at, column in zip(standing, ordered, strict=True)], cards)


def _placed(view: View, folded: Folded, columns: Sequence[Sequence[str]], cards: Mapping[str, Card]) -> Placed:
    """Columns centred on one line, all rows equally high."""
    tallest = max(map(len, columns))
    words = words_size(folded.edges) if has_words(folded, layered=True) else (0.0, 0.0)
    gap = TIGHT_ROW_GAP if tallest > TALL else max(ROW_GAP, words[1])
    pitch = max(card.height for card in cards.values()) + gap
    heights = _heights(columns)
    places: dict[str, Place] = {}
    widths: dict[str, float] = {}
    headings = []
    left = 0.0
    lane = LANE + words[0] if words[0] else LANE_WITHOUT_WORDS
    for column in columns:
        width = widest(cards, column)
        x = round(left + width / 2, 1)
        places.update({key: (x, round(heights[key] * pitch, 1)) for key in column})
        widths.update(dict.fromkeys(column, width))
        headings.append(Heading(x, -(tallest - 1) / 2 * pitch - pitch / 2 - HEADING_ROOM / 2, _types_of(view, column)))
        left += width + lane
    return Placed(places, widths, tuple(headings))


def _types_of(view: View, column: Sequence[str]) -> Label:
    standing = set(column)
    labels = list(dict.fromkeys(node.type_label for node in view.nodes if node.key in standing))
    return Label(" / ".join(label.zh for label in labels), " / ".join(label.en for label in labels))


def _with_few_crossings(columns: list[list[str]], folded: Folded) -> list[list[str]]:
    """Each column ordered by where its neighbours stand (barycentre sweeps), from several seeded beginnings; the best order met wins."""
    neighbours, edges = neighbours_of(folded), pairs_of(folded)
    small = len(edges) <= _SWAP_CAP
    shuffle = random.Random(_SEED)
    best, fewest = columns, _crossings(columns, edges)
    for _ in range(_BEGINNINGS if small else 1):
        for sweep in range(_SWEEPS):
            columns = [list(column) for column in columns]
            for column in columns if sweep % 2 == 0 else reversed(columns):
                heights = _heights(columns)
                column.sort(key=lambda key: (_middle(neighbours.get(key, ()), heights, heights[key]), key))
            if small:
                _swap_neighbours(columns, edges)
            crossings = _crossings(columns, edges)
            if crossings < fewest:
                best, fewest = columns, crossings
        if fewest[0] == 0:
            break
        columns = [shuffle.sample(column, len(column)) for column in columns]
    return best


def _swap_neighbours(columns: list[list[str]], edges: Sequence[tuple[str, str]]) -> None:
    fewest = _crossings(columns, edges)
    for column in columns:
        for at in range(len(column) - 1):
            column[at], column[at + 1] = column[at + 1], column[at]
            crossings = _crossings(columns, edges)
            if crossings < fewest:
                fewest = crossings
            else:
                column[at], column[at + 1] = column[at + 1], column[at]


def _crossings(columns: Sequence[Sequence[str]], edges: Sequence[tuple[str, str]]) -> tuple[int, float]:
    """How many pairs of lines between the same two columns cross, then how far the lines climb in all."""
    column_of = {key: at for at, column in enumerate(columns) for key in column}
    heights = _heights(columns)
    by_pair: dict[tuple[int, int], list[tuple[float, float]]] = {}
    climb = 0.0
    for one, other in edges:
        left, right = sorted((one, other), key=lambda key: column_of[key])
        by_pair.setdefault((column_of[left], column_of[right]), []).append((heights[left], heights[right]))
        climb += abs(heights[left] - heights[right])
    crossings = 0
    for lines in by_pair.values():
        starts, ends = np.array(lines).T
        crossings += int(((starts[:, None] < starts) & (ends[:, None] > ends)).sum())
    return crossings, climb


def _heights(columns: Sequence[Sequence[str]]) -> dict[str, float]:
    """The row of each key, each column centred on 0."""
    return {key: at - (len(column) - 1) / 2 for column in columns for at, key in enumerate(column)}


def _middle(neighbours: Sequence[str], heights: Mapping[str, float], here: float) -> float:
    return sum(heights[key] for key in neighbours) / len(neighbours) if neighbours else here
