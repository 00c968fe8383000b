"""The parts of a text that may be a name: what stands beside it is no part of it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.search.near import SLIPPING
from graph.search.queries import parts
from graph.search.text import only_han

LONGEST_TOGETHER = 24
"""Chinese characters typed without a space that are tried as a name and something else."""

MOST_WORDS = 6
"""A text of more words is read as one name."""


def named_within(text: str) -> Iterator[str]:
    """The parts of a text that may be a name, the longest first: words apart; of Chinese in one piece its beginnings, then its ends."""
    words = parts(text)
    if 1 < len(words) <= MOST_WORDS:
        spans = [(end - start, start, end) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
        yield from (" ".join(words[start:end]) for length, start, end in sorted(spans, reverse=True) if length < len(words))
    run = only_han(text)[:LONGEST_TOGETHER]
    yield from (run[:length] for length in range(len(run) - 1, 1, -1))
    yield from (run[-length:] for length in range(len(run) - 1, SLIPPING, -1))
