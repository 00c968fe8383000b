"""How much each node stands between others: Brandes's accumulation over shortest paths, a search from each source.

U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25 (2001).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.kernels.arrays import Int32s, Int64s
from graph.kernels.compiled import compiled


class Dependencies(NamedTuple):
    """A place for each node: the sum over sources of the share of their shortest paths that pass it (the number of targets reached through
    it, a target of which only half the paths pass counting half), and the sum of the squares of that."""

    sums: npt.NDArray[np.float64]
    squares: npt.NDArray[np.float64]


@compiled
def search(starts: Int32s, neighbors: Int32s, source: int, hops: Int32s, order: Int32s, ways: npt.NDArray[np.float64]) -> int:
    """Breadth first from ``source``. Fills ``hops`` (-1 = not reached), ``ways`` (numbers of shortest paths) and ``order``; returns how
    many nodes were reached."""
    hops[:] = -1
    hops[source], ways[source], order[0] = 0, 1.0, source
    head, tail = 0, 1
    while head < tail:
        node = order[head]
        head += 1
        for entry in range(starts[node], starts[node + 1]):
            neighbor = neighbors[entry]
            if hops[neighbor] < 0:
                hops[neighbor], ways[neighbor] = hops[node] + 1, 0.0
                order[tail] = neighbor
                tail += 1
            if hops[neighbor] == hops[node] + 1:
                ways[neighbor] += ways[node]
    return tail


@compiled
def betweenness(starts: Int32s, neighbors: Int32s, sources: Int64s, found: Dependencies, budget: Int64s) -> int:
    """Adds up the dependencies of each of ``sources`` on every node; ``starts`` and ``neighbors`` lead along relationships, each pair once.
    Returns for how many sources it was done before the budget ended it."""
    nodes = starts.shape[0] - 1
    hops, order = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    ways, share = np.empty(nodes, np.float64), np.empty(nodes, np.float64)
    for number in range(sources.shape[0]):
        budget[0] -= nodes + starts[nodes]
        if budget[0] < 0 or budget[1] != 0:
            return number
        source = sources[number]
        reached = search(starts, neighbors, source, hops, order, ways)
        for position in range(reached - 1, -1, -1):
            node = order[position]
            total = 0.0
            for entry in range(starts[node], starts[node + 1]):
                neighbor = neighbors[entry]
                if hops[neighbor] == hops[node] + 1:
                    total += (1.0 + share[neighbor]) / ways[neighbor]
            share[node] = total * ways[node]
            if node != source:
                found.sums[node] += share[node]
                found.squares[node] += share[node] * share[node]
    return len(sources)
