"""Many short texts in one piece of memory: ids and captions of a whole graph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import overload

import numpy as np

from graph.kernels.arrays import Int64s


class Texts(Sequence[str]):
    """Immutable texts, packed as UTF-8 (``data``) with ``offsets`` (one more than texts). Costs 8 bytes a text beside its own bytes, and
    can stand in a memory-mapped file."""

    __slots__ = ("_bounds", "data", "offsets")

    def __init__(self, data: bytes | memoryview, offsets: Int64s) -> None:
        self.data = data
        self.offsets = offsets
        self._bounds = offsets.data

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        parts = [text.encode() for text in texts]
        offsets = np.zeros(len(parts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), out=offsets[1:])
        offsets.setflags(write=False)
        return cls(b"".join(parts), offsets)

    def __len__(self) -> int:
        return len(self._bounds) - 1

    @overload
    def __getitem__(self, position: int) -> str: ...

    @overload
    def __getitem__(self, position: slice) -> list[str]: ...

    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, slice):
            return [self[each] for each in range(*position.indices(len(self)))]
        if not 0 <= position < len(self):
            raise IndexError(position)
        return str(self._part(position), "utf-8")

    def find(self, text: str) -> int:
        """The position of a text, or -1. The texts must ascend (by code point, which is the order of UTF-8 too)."""
        wanted = text.encode(errors="surrogatepass")
        position = bisect_left(range(len(self)), wanted, key=self._part)
        return position if position < len(self) and self._part(position) == wanted else -1

    def _part(self, position: int) -> bytes:
        return bytes(self.data[self._bounds[position] : self._bounds[position + 1]])
