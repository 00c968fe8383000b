"""Tables of pairs where single nodes and relationships say it all: a search from each source over lists of neighbours that are laid out
once for the question, and kept for the next one under the same conditions."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from graph.kernels.arrays import STOPPED, Adjacency, Flags, Int32s, Job, Table
from graph.paths.search.pairs import Found, Pair, PairBlock, Sides, in_order, room_for, rows_of
from graph.paths.search.workspace import STAMPS

if TYPE_CHECKING:
    from graph.paths.search.pairs_plain_kernel import Neighbours, Ways

    Lists = tuple[Neighbours, Neighbours, Flags]
    Key = tuple[int, int, bytes, tuple[str, bytes, int]]

FEWER = 8
"""How many times fewer the targets must be for the search to begin at them: their rows have to be put in order afterwards."""

NOBODY = np.zeros(0, np.bool_)


def plain_pairs(task: Job, sides: Sides, max_hops: int, limit: int) -> Found:
    """The pairs of a table, the first ``limit`` of them listed."""
    if sides.held_targets is not None and FEWER * len(sides.held_targets) < len(sides.sources):
        return _from_the_far_side(task, sides, max_hops, limit)
    table = room_for(max_hops, limit)
    whole = _search(task, sides.sources, _laid_out(task, sides, 0), table)
    return Found(table.totals, rows_of(table, limit), whole)


def pairs_of(task: Job, sides: Sides, sources: Int32s, max_hops: int) -> PairBlock:
    """All pairs of some of the sources, by start, then hops, then end."""
    table = room_for(max_hops, len(sources) * len(sides.targets))
    whole = _search(task, sources, _laid_out(task, sides, 0), table)
    return in_order(table, whole)


def _search(task: Job, sources: Int32s, lists: Lists, table: Table) -> bool:
    from graph.paths.search.pairs_plain_kernel import pairs

    known, base = _room.taken(len(task.adjacency.kinds), len(sources) * len(table.totals))
    return pairs(task, base, sources, lists, known, table) != STOPPED


class _Room(threading.local):
    """Work space of one thread, kept between questions, and the stamps given out on it so far."""

    known: Ways | None = None
    stamps = 0

    def taken(self, nodes: int, span: int) -> tuple[Ways, int]:
        """Arrays with a place for each of ``nodes`` nodes, and the first of ``span`` stamps that nobody has used on them."""
        from graph.paths.search.pairs_plain_kernel import Ways

        if self.known is None or len(self.known.marks) < nodes or self.stamps + span > STAMPS:
            marks, target_marks = (np.full(nodes, -1, np.int32) for _ in range(2))
            ways, target_ways = (np.empty(nodes, np.int64) for _ in range(2))
            self.known = Ways(marks, ways, target_marks, target_ways, *(np.empty(nodes, np.int32) for _ in range(2)))
            self.stamps = 0
        self.stamps += span
        return self.known, self.stamps - span


_room = _Room()


def _from_the_far_side(task: Job, sides: Sides, max_hops: int, limit: int) -> Found:
    """A search from each target, walking relationships backwards. Its rows are of one end each, so that they are put in order."""
    turned = Sides(sides.kinds, sides.targets, sides.target_kinds, sides.sources, sides.both)
    lists = _laid_out(task, turned, 1)
    totals = np.zeros(max_hops + 1, np.int64)
    rows: list[Pair] = []
    for node in sides.targets:
        table = room_for(max_hops, min(limit, 1) * len(sides.sources))
        whole = _search(task, np.array([node], np.int32), lists, table)
        totals += table.totals
        found = [Pair(pair.end, pair.start, pair.hops, pair.ways) for pair in rows_of(table, len(sides.sources))]
        rows = sorted([*rows, *found], key=lambda pair: (pair.hops, pair.start, pair.end))[:limit]
        if not whole:
            return Found(totals, rows, whole=False)
    return Found(totals, rows, whole=True)


def _laid_out(task: Job, sides: Sides, flip: int) -> Lists:
    """The neighbours that may be passed, the neighbours that are targets, and who could stand at either end."""
    kinds, passable = sides.kinds, task.allowed.kinds
    steps = _kept.lists(task, ("kinds", passable.tobytes(), flip), lambda: passable[kinds])
    named = ("nodes", sides.held_targets.tobytes()) if sides.held_targets is not None else ("kinds", sides.target_kinds.tobytes())
    ends = _kept.lists(task, (*named, flip), sides.target_mask)
    return steps, ends, sides.both[kinds] if sides.both.any() else NOBODY


class _Kept:
    """The lists of the latest questions, by what they depend on. Safe for several threads."""

    ROOM = 4
    """Lists: two answer a question."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Each entry holds the arrays whose addresses are in its key, so that no other array can come to have one of them.
        self._lists: OrderedDict[Key, tuple[Adjacency, Neighbours]] = OrderedDict()

    def lists(self, task: Job, chosen: tuple[str, bytes, int], mask: Callable[[], Flags]) -> Neighbours:
        """Each node's neighbours among those of ``mask``, which ``chosen`` stands for (its last value: 1 walks backwards)."""
        from graph.paths.search.pairs_plain_kernel import neighbours

        graph = task.adjacency
        key: Key = (id(graph.neighbors), id(graph.kinds), task.allowed.codes.tobytes(), chosen)
        with self._lock:
            found = self._lists.get(key)
            if found is not None:
                self._lists.move_to_end(key)
                return found[1]
        made = neighbours(task, mask(), chosen[-1])
        with self._lock:
            self._lists[key] = (graph, made)
            while len(self._lists) > self.ROOM:
                self._lists.popitem(last=False)
        return made


_kept = _Kept()
