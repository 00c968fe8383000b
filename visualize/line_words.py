"""What stands on a line: the relationship, its dates, and the row behind it where that is asked for."""

from __future__ import annotations

from collections.abc import Iterable

from graph.ontology.schema import Label
from visualize import words
from visualize.cards import em_width
from visualize.folding import Bundle, Folded
from visualize.view import ViewEdge

MOST_WORDED, MOST_WORDED_SPOKES = 40, 16
"""With more lines than this (between columns; around a centre) their words would cover each other: they are in the table only."""
WORDS_SIZE = 12
WORDS_LEADING = 1.25
LONGEST_PERIOD = 18
"""Longer dates on a line take two lines (in letters)."""


def has_words(folded: Folded, *, layered: bool) -> bool:
    """Whether the lines of this picture say what they are."""
    return len(folded.edges) + len(folded.bundles) <= (MOST_WORDED if layered else MOST_WORDED_SPOKES)


def edge_words(edge: ViewEdge) -> Label:
    """On up to five lines of text."""
    when = words.period(edge)
    if len(when.zh) > LONGEST_PERIOD:
        when = Label(when.zh.replace(" 至 ", " 至\n"), when.en.replace(" to ", " to\n"))
    row = words.short_row(edge.sources[0]) if edge.quoted and edge.sources else Label("", "")
    return Label("\n".join(filter(None, (edge.label.zh, when.zh, row.zh))), "\n".join(filter(None, (edge.label.en, when.en, row.en))))


def bundle_words(bundle: Bundle) -> Label:
    """``12 条``."""
    return Label(f"{bundle.count:,} 条", f"{bundle.count:,} lines")


def words_size(edges: Iterable[ViewEdge]) -> tuple[float, float]:
    """Width of the widest words and height of the highest in pixels, in either language."""
    texts = [text.split("\n") for edge in edges for text in (edge_words(edge).zh, edge_words(edge).en)]
    wide = max((em_width(line) * WORDS_SIZE for lines in texts for line in lines), default=0.0)
    return wide, max((len(lines) * WORDS_SIZE * WORDS_LEADING for lines in texts), default=0.0)
