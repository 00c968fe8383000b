"""What a run of the harness was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.graphs import SIZES, Size


@dataclass(frozen=True, slots=True)
class Options:
    """``quick`` asks for fewer questions and leaves out what takes long to load; ``files`` are what ``load`` loads."""

    size: Size = SIZES["M"]
    quick: bool = False
    files: tuple[Path, ...] = field(default=())
