"""What stands before anything happens: the people, firms, studios and needs on which agreements, meetings and the rest are built."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ingest.sample.city import Enterprise, Need, Studio
from ingest.sample.distribution import scaled, stream
from ingest.sample.people import Team


@dataclass(frozen=True, slots=True)
class Stage:
    """``quiet`` firms and ``isolated`` studios were cast for a part: nothing here may link them to an expert."""

    seed: int
    scale: float
    team: Team
    enterprises: tuple[Enterprise, ...]
    studios: tuple[Studio, ...]
    needs: tuple[Need, ...]
    quiet: frozenset[int]
    isolated: frozenset[int]

    def stream(self, part: str) -> random.Random:
        """The random numbers of one part."""
        return stream(self.seed, part)

    def count(self, number: float) -> int:
        """A number at the city's scale."""
        return scaled(number, self.scale)

    def open_studios(self) -> list[Studio]:
        """The studios that may meet experts."""
        return [studio for studio in self.studios if studio.number not in self.isolated and studio.enterprise not in self.quiet]

    def links(self) -> list[tuple[int, int, str]]:
        """(expert, enterprise, day) of every acceptance at a firm that is not quiet, the earliest first."""
        found = [(a.expert, need.enterprise, a.on) for need in self.needs if need.enterprise not in self.quiet for a in need.acceptances]
        return sorted(found, key=lambda link: (link[2], link[0], link[1]))
