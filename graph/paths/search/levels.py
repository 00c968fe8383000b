"""The levels of nodes around one, and how much of what is on each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.kernels.arrays import Codes, Flags, Int32s, Int64s
from graph.paths.ask.conditions import Rules
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import why_stop
from graph.projection import Projection

PIECE = 200_000
"""Adjacency entries looked at between two looks at the clock: some ten milliseconds."""


@dataclass(frozen=True, slots=True)
class Count:
    """``nodes`` of ``type`` at ``hop`` are joined to the hop before by a relationship of ``relationship``, which points ``forward``
    (outwards) or ``backward``. A node joined in several ways counts in each of them."""

    hop: int
    type: str
    relationship: str
    direction: Literal["forward", "backward"]
    nodes: int


@dataclass(frozen=True, slots=True)
class TypeCount:
    """``nodes`` of ``type`` at ``hop``, of which ``hubs`` are not walked through."""

    hop: int
    type: str
    nodes: int
    hubs: int


class Levels:
    """The levels of nodes around a centre. ``level_of`` is the hop of each node, -1 = not reached."""

    def __init__(self, projection: Projection, rules: Rules, context: AnswerContext, centre: int) -> None:
        self._projection = projection
        self._adjacency = rules.adjacency
        self._allowed = rules.allowed
        self._degree_asked = rules.degree_asked
        self._context = context
        self._shown = rules.open_kinds & ~rules.hidden
        self._work = context.bounds.work
        self.centre = centre
        self.levels: list[Int32s] = [np.array([centre], np.int32)]
        self.level_of = np.full(projection.node_count, -1, np.int16)
        self.level_of[centre] = 0
        self.limit: str | None = None

    def spread(self, max_hops: int) -> None:
        """Finds the levels, as far as the bounds allow. A level that was not finished counts with what was found of it."""
        for hop in range(1, max_hops + 1):
            fresh = [np.empty(0, np.int32)]
            for near, _codes in self._outwards(self._walkable(self.levels[-1], hop == 1)):
                new = np.unique(near[self.level_of[near] < 0])
                self.level_of[new] = hop
                fresh.append(new)
            self.levels.append(np.sort(np.concatenate(fresh)))
            if self.limit not in (None, "degree"):
                return

    def matching(self, kinds: Flags, codes: Flags | None, hop: int) -> Int32s:
        """The nodes of these kinds that an entry of these codes joins to the hop before (``None`` = any), by hop and number."""
        wanted = range(1, len(self.levels)) if hop == 0 else [hop] if hop < len(self.levels) else []
        found = [np.empty(0, np.int32)]
        for each in wanted:
            level = self.levels[each]
            level = level[kinds[self._adjacency.kinds[level]]]
            if codes is not None:
                joined = [near[codes[of]] for near, of in self._joining(each)]
                level = np.intersect1d(level, np.concatenate(joined)) if joined else level[:0]
            found.append(level.astype(np.int32))
        return np.concatenate(found)

    def types(self) -> tuple[TypeCount, ...]:
        """The nodes of each level by type."""
        rows: dict[tuple[int, str], list[int]] = {}
        for hop, level in enumerate(self.levels[1:], 1):
            for kind, passed, number in self._by_kind(level):
                row = rows.setdefault((hop, self._projection.node_kinds[kind].type), [0, 0])
                row[0] += number
                row[1] += 0 if passed else number
        return tuple(TypeCount(hop, type, *row) for (hop, type), row in sorted(rows.items()))

    def counts(self) -> tuple[Count, ...]:
        """The nodes of each level by type and by what joins them to the level before."""
        projection = self._projection
        node_types = sorted({kind.type for kind in projection.node_kinds})
        place = np.array([node_types.index(kind.type) for kind in projection.node_kinds], np.int64)
        ways = 2 * max(1, len(projection.relationship_types))
        way_of = 2 * np.repeat(projection.edge_kinds.types.astype(np.int64), 2) + np.tile((0, 1), len(projection.edge_kinds.types))
        rows = []
        for hop in range(1, len(self.levels)):
            pairs = [np.unique(near.astype(np.int64) * ways + way_of[codes]) for near, codes in self._joining(hop)]
            if not pairs:
                continue
            both = np.unique(np.concatenate(pairs))
            keys, numbers = np.unique(place[self._adjacency.kinds[both // ways]] * ways + both % ways, return_counts=True)
            for key, number in zip(keys.tolist(), numbers.tolist(), strict=True):
                type, way = node_types[key // ways], key % ways
                rows.append(Count(hop, type, projection.relationship_types[way // 2], "backward" if way % 2 else "forward", number))
        return tuple(rows)

    def walked(self, node: int) -> bool:
        """Whether a path may pass this node."""
        return bool(self._passable(np.array([node]))[0])

    def path_to(self, node: int) -> tuple[int, ...]:
        """From the centre to a node that was reached; backwards by the least number that leads there."""
        starts, neighbors, codes, _ = self._adjacency
        path = [node]
        for hop in range(int(self.level_of[node]) - 1, -1, -1):
            entries = slice(int(starts[path[-1]]), int(starts[path[-1] + 1]))
            near = neighbors[entries]
            fits = (self.level_of[near] == hop) & self._allowed.codes[codes[entries] ^ 1]
            before = near[fits]
            path.append(int(before[self._passable(before)][0]) if hop else self.centre)
        return tuple(reversed(path))

    def _joining(self, hop: int) -> Iterator[tuple[Int32s, Codes]]:
        """The entries (neighbours and codes) that lead from the level before to level ``hop``."""
        for near, codes in self._outwards(self._walkable(self.levels[hop - 1], hop == 1)):
            at = self.level_of[near] == hop
            yield near[at], codes[at]

    def _outwards(self, nodes: Int32s) -> Iterator[tuple[Int32s, Codes]]:
        """The allowed entries of these nodes, some at a time, to nodes that may be shown; ends early at a bound and notes which."""
        starts, neighbors, codes, kinds = self._adjacency
        lengths = (starts[nodes + 1] - starts[nodes]).astype(np.int64)
        ends = np.cumsum(lengths)
        first = 0
        while first < len(nodes):
            done = int(ends[first - 1]) if first else 0
            last = max(first + 1, int(np.searchsorted(ends, done + PIECE, "right")))
            self._work -= int(ends[last - 1]) - done
            stop = why_stop(self._context) or ("work" if self._work < 0 else None)
            if stop:
                self.limit = stop
                return
            entries = _ranges(starts[nodes[first:last]], lengths[first:last])
            near, of = neighbors[entries], codes[entries]
            fits = self._allowed.codes[of] & self._shown[kinds[near]]
            yield near[fits], of[fits]
            first = last

    def _walkable(self, level: Int32s, is_centre: bool) -> Int32s:
        if is_centre:
            return level
        passed = self._passable(level)
        starts = self._adjacency.starts
        heavy = self._allowed.kinds[self._adjacency.kinds[level]] & (starts[level + 1] - starts[level] > self._allowed.degree)
        if heavy.any() and not self._degree_asked:
            self.limit = self.limit or "degree"
        return level[passed]

    def _passable(self, nodes: Int32s) -> Flags:
        starts = self._adjacency.starts
        light = starts[nodes + 1] - starts[nodes] <= self._allowed.degree
        return np.asarray(light & self._allowed.kinds[self._adjacency.kinds[nodes]], np.bool_)

    def _by_kind(self, level: Int32s) -> list[tuple[int, bool, int]]:
        """How many there are of each kind, those that are walked through and the others apart."""
        keys = 2 * self._adjacency.kinds[level].astype(np.int64) + self._passable(level)
        found, numbers = np.unique(keys, return_counts=True)
        return [(key // 2, bool(key % 2), number) for key, number in zip(found.tolist(), numbers.tolist(), strict=True)]


def _ranges(begins: Int32s, lengths: Int64s) -> Int64s:
    """All numbers of the ranges that begin at ``begins`` and have these lengths."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    offsets: Int64s = np.repeat(begins - (ends - lengths), lengths)
    return offsets + np.arange(total, dtype=np.int64)
