"""Kernels that take a graph's arrays from one revision to the next: look-up in packed texts, and one merge of sorted neighbours."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.kernels.arrays import Codes, Int32s, Int64s
from graph.kernels.compiled import compiled

Bytes = npt.NDArray[np.uint8]


class Packed(NamedTuple):
    """Texts in one piece of memory (``graph.projection.texts``): text ``i`` is ``data[offsets[i]:offsets[i + 1]]``."""

    data: Bytes
    offsets: Int64s


class Entries(NamedTuple):
    """Adjacency entries by owner: those of node ``v`` are ``starts[v]:starts[v + 1]``, by neighbour, then direction, then edge."""

    starts: Int32s
    neighbors: Int32s
    codes: Codes
    edges: Int32s


class Renumbering(NamedTuple):
    """What became of the old numbers. ``old_nodes`` gives each new node its old number, or -1; ``nodes`` and ``edges`` each old one its
    new number, or -1 where it is gone; ``codes`` each old code its new one. Numbers that stay keep their order. ``shifts`` says by how
    much the edges of each block of ``BLOCK`` move, or ``MIXED`` where they do not move alike: a small table that stays in the
    processor's cache, where most look-ups end."""

    old_nodes: Int32s
    nodes: Int32s
    edges: Int32s
    shifts: Int32s
    codes: Codes


BLOCK_BITS = 6
BLOCK = 1 << BLOCK_BITS
MIXED = -(2**31)


@compiled
def renumber(removed: Int64s, places: Int64s, now: Int32s) -> None:
    """Fills ``now`` with the new number of each old one (-1: removed) when ``removed`` ones go and new ones come before the old
    ``places``; both ascend."""
    gone, come, shift = 0, 0, 0
    for number in range(len(now)):
        while come < len(places) and places[come] <= number:
            come += 1
            shift += 1
        if gone < len(removed) and removed[gone] == number:
            now[number] = -1
            gone += 1
            shift -= 1
        else:
            now[number] = number + shift


@compiled
def block_shifts(now: Int32s, shifts: Int32s) -> None:
    """Fills ``shifts``: how far each block of numbers moves, ``MIXED`` where one is gone or they move differently."""
    for block in range(len(shifts)):
        first = block * BLOCK
        shift = now[first] - first
        if now[first] < 0:
            shift = MIXED
        for number in range(first, min(first + BLOCK, len(now))):
            if now[number] != number + shift:
                shift = MIXED
                break
        shifts[block] = shift


@compiled
def _compare(data: Bytes, begin: int, end: int, wanted: Bytes, first: int, last: int) -> int:
    """-1, 0 or 1: the order of two texts as bytes, which is their order as text."""
    for step in range(min(end - begin, last - first)):
        left, right = data[begin + step], wanted[first + step]
        if left != right:
            return -1 if left < right else 1
    left_size, right_size = end - begin, last - first
    return 0 if left_size == right_size else (-1 if left_size < right_size else 1)


@compiled
def places(texts: Packed, wanted: Packed, found: npt.NDArray[np.bool_]) -> Int64s:
    """For each wanted text the first place in the ascending ``texts`` that is not before it; ``found`` says whether it stands there."""
    count = len(texts.offsets) - 1
    positions = np.empty(len(wanted.offsets) - 1, np.int64)
    for each in range(len(positions)):
        first, last = wanted.offsets[each], wanted.offsets[each + 1]
        low, high = 0, count
        while low < high:
            middle = (low + high) // 2
            if _compare(texts.data, texts.offsets[middle], texts.offsets[middle + 1], wanted.data, first, last) < 0:
                low = middle + 1
            else:
                high = middle
        positions[each] = low
        found[each] = low < count and _compare(texts.data, texts.offsets[low], texts.offsets[low + 1], wanted.data, first, last) == 0
    return positions


@compiled
def _before(neighbor: int, code: int, edge: int, other: int, other_code: int, other_edge: int) -> bool:
    """Whether an entry of one node stands before another."""
    if neighbor != other:
        return neighbor < other
    if code & 1 != other_code & 1:
        return code & 1 < other_code & 1
    return edge < other_edge


@compiled
def merge(old: Entries, added: Entries, renumbered: Renumbering, merged: Entries) -> int:
    """Fills ``merged`` with the old entries whose edge stays and the added ones, under new numbers; returns how many there are.
    ``added`` has the new numbers already, and ``merged`` room for all."""
    to = 0
    merged.starts[0] = 0
    for node in range(len(merged.starts) - 1):
        more, last_added = added.starts[node], added.starts[node + 1]
        was = renumbered.old_nodes[node]
        if was >= 0:
            for entry in range(old.starts[was], old.starts[was + 1]):
                edge = old.edges[entry]
                shift = renumbered.shifts[edge >> BLOCK_BITS]
                if shift != MIXED:
                    edge += shift
                else:
                    edge = renumbered.edges[edge]
                    if edge < 0:
                        continue
                neighbor = renumbered.nodes[old.neighbors[entry]]
                code = renumbered.codes[old.codes[entry]]
                while more < last_added and _before(added.neighbors[more], added.codes[more], added.edges[more], neighbor, code, edge):
                    merged.neighbors[to], merged.codes[to], merged.edges[to] = added.neighbors[more], added.codes[more], added.edges[more]
                    to += 1
                    more += 1
                merged.neighbors[to], merged.codes[to], merged.edges[to] = neighbor, code, edge
                to += 1
        for rest in range(more, last_added):
            merged.neighbors[to], merged.codes[to], merged.edges[to] = added.neighbors[rest], added.codes[rest], added.edges[rest]
            to += 1
        merged.starts[node + 1] = to
    return to
