"""Many short texts in one piece of memory: ids and captions of a whole graph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np

from graph.kernels.arrays import Flags, Int32s, Int64s

if TYPE_CHECKING:
    from graph.kernels.merging import Packed

NO_BYTES = np.empty(0, np.uint8)
NO_BYTES.setflags(write=False)


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

    def packed(self) -> Packed:
        """What kernels take."""
        from graph.kernels.merging import Packed

        return Packed(np.frombuffer(self.data, np.uint8) if len(self.data) else NO_BYTES, self.offsets)

    def _part(self, position: int) -> bytes:
        return bytes(self.data[self._bounds[position] : self._bounds[position + 1]])


def found_in(texts: Texts, wanted: Sequence[str]) -> tuple[Flags, Int64s]:
    """For each wanted text whether the ascending ``texts`` hold it, and the first place that is not before it."""
    from graph.kernels.merging import places

    found = np.zeros(len(wanted), np.bool_)
    if not len(wanted):
        return found, np.empty(0, np.int64)
    return found, places(texts.packed(), Texts.of(wanted).packed(), found)


def numbering(count: int, removed: Int64s, places: Int64s) -> tuple[Int32s, Int64s]:
    """How ``count`` numbers move when some are ``removed`` (ascending, each once) and others come before those at ``places`` (ascending):
    the new number of each old one (-1: removed), and those of the new ones."""
    from graph.kernels.merging import renumber

    now = np.empty(count, np.int32)
    renumber(removed, places, now)
    return now, places - np.searchsorted(removed, places) + np.arange(len(places))


def spliced(texts: Texts, removed: Int64s, inserted: Sequence[tuple[int, str]]) -> Texts:
    """The texts without those at the places ``removed`` (ascending, each once) and with the ``inserted`` ones before the old places given
    with them (ascending)."""
    if not len(removed) and not inserted:
        return texts
    new = [(place, text.encode()) for place, text in inserted]
    offsets, data = texts.offsets, texts.packed().data
    gone = int((offsets[removed + 1] - offsets[removed]).sum())
    total = int(offsets[-1] - offsets[0]) - gone + sum(len(text) for _, text in new)
    to_data = np.empty(total, np.uint8)
    to_offsets = np.zeros(len(texts) - len(removed) + len(new) + 1, np.int64)
    # Runs of texts that stay are copied whole; a removal at a place comes after what is inserted before it.
    events = sorted([*((place, 0, text) for place, text in new), *((place, 1, b"") for place in removed.tolist())], key=lambda e: e[:2])
    place = number = size = 0
    for stop, removes, text in (*events, (len(texts), 0, b"")):
        if stop > place:
            begin, end = int(offsets[place]), int(offsets[stop])
            to_data[size : size + end - begin] = data[begin:end]
            np.add(offsets[place + 1 : stop + 1], size - begin, out=to_offsets[number + 1 : number + 1 + stop - place])
            number, size, place = number + stop - place, size + end - begin, stop
        if removes:
            place += 1
        elif number < len(to_offsets) - 1:
            to_data[size : size + len(text)] = np.frombuffer(text, np.uint8) if text else NO_BYTES
            number, size = number + 1, size + len(text)
            to_offsets[number] = size
    for array in (to_data, to_offsets):
        array.setflags(write=False)
    return Texts(to_data.data, to_offsets)
