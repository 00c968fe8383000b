"""File names as a reader may see them: an office names files after people (``张三-简历.xlsx``), and a name is a name wherever it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.projection import Projection

MASK = "＊"

SHORTEST_NAME = 2
"""Characters: one alone is in half of all file names."""


@dataclass(frozen=True, slots=True)
class FileNames:
    """``withheld`` are the names of nodes that the reader may not see."""

    withheld: frozenset[str]

    def shown(self, text: str) -> str:
        """The text with each withheld name in it masked."""
        for name in sorted({part for part in _parts(text) if part in self.withheld}, key=len, reverse=True):
            text = text.replace(name, MASK * len(name))
        return text


def file_names(projection: Projection, clearance: int) -> FileNames:
    """For a reader of this clearance."""
    hidden = (projection.name_classes > clearance).nonzero()[0]
    return FileNames(frozenset(name for number in hidden if len(name := projection.names[int(number)]) >= SHORTEST_NAME))


def _parts(text: str) -> Iterator[str]:
    """Every piece of a text: a file name has at most a few thousand, a graph has more names."""
    for start in range(len(text)):
        for end in range(start + SHORTEST_NAME, len(text) + 1):
            yield text[start:end]
