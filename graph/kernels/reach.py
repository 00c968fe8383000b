"""Who lies how many hops from each of many nodes, and by how many shortest paths: whole tables of it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.kernels.arrays import DONE, MOST_WAYS, STOPPED, Flags, Int32s, Int64s
from graph.kernels.compiled import compiled

FAR = -1
"""Not within the hop limit."""


class Ways(NamedTuple):
    """Where paths may go: ``starts`` and ``neighbors`` lead along what may be walked, each neighbour once; ``passable`` are the
    nodes that a path may pass between its ends; ``column`` is each node's place in the table, or -1."""

    starts: Int32s
    neighbors: Int32s
    passable: Flags
    column: Int32s


class Reached(NamedTuple):
    """The table, a row for each source: least hops (``FAR``: none) and number of shortest paths to each node that has a column. ``ways``
    may have no rows: then they are not counted."""

    hops: npt.NDArray[np.int16]
    ways: Int64s


@compiled
def reach(walk: Ways, sources: Int64s, max_hops: int, reached: Reached, budget: Int64s) -> int:
    """Fills the table. A source is at 0 hops of itself. Returns ``DONE`` or ``STOPPED``; then the last row begun is not whole."""
    starts, neighbors, passable, column = walk
    nodes = starts.shape[0] - 1
    hops, ways = np.empty(nodes, np.int32), np.empty(nodes, np.int64)
    marks, order = np.full(nodes, -1, np.int32), np.empty(nodes, np.int32)
    counting = reached.ways.shape[0] > 0
    reached.hops[:] = FAR
    for row in range(sources.shape[0]):
        source = sources[row]
        marks[source], hops[source], ways[source], order[0] = row, 0, 1, source
        head, tail = 0, 1
        while head < tail:
            node = order[head]
            head += 1
            if column[node] >= 0:
                reached.hops[row, column[node]] = hops[node]
                if counting:
                    reached.ways[row, column[node]] = ways[node]
            if hops[node] == max_hops or not (passable[node] or node == source):
                continue
            budget[0] -= starts[node + 1] - starts[node]
            if budget[0] < 0 or budget[1] != 0:
                return STOPPED
            for entry in range(starts[node], starts[node + 1]):
                neighbor = neighbors[entry]
                if marks[neighbor] != row:
                    marks[neighbor], hops[neighbor], ways[neighbor] = row, hops[node] + 1, 0
                    order[tail] = neighbor
                    tail += 1
                if hops[neighbor] == hops[node] + 1:
                    ways[neighbor] = min(ways[neighbor] + ways[node], MOST_WAYS)
    return DONE
