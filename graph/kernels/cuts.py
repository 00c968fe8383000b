"""What holds the graph together: one depth-first search that shows every cut node and bridge.

J. Hopcroft, R. Tarjan, Algorithm 447: efficient algorithms for graph manipulation, Communications of the ACM 16 (1973).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graph.kernels.arrays import DONE, STOPPED, Int32s, Int64s
from graph.kernels.compiled import compiled

STRIDE = 4096
"""Nodes between two looks at the budget."""


class Forest(NamedTuple):
    """A place for each node, in a forest of depth-first trees. ``order`` are the nodes as they were first met and ``met`` the place of each
    in it, so that the nodes below a node stand together: ``order[met[v]:met[v] + below[v]]``, itself the first. ``parent`` is -1 at a
    root. ``low`` is the least place that the nodes below reach by one hop out of the tree; ``root`` the tree's root."""

    order: Int32s
    met: Int32s
    parent: Int32s
    low: Int32s
    below: Int32s
    root: Int32s


@compiled
def explore(starts: Int32s, neighbors: Int32s, forest: Forest, budget: Int64s) -> int:
    """Fills ``forest``, whose arrays have a place for each node; ``met`` must hold -1 everywhere. ``neighbors`` are each node's, each
    once, both ways, without itself. Returns ``DONE`` or ``STOPPED``."""
    order, met, parent, low, below, root = forest
    nodes = starts.shape[0] - 1
    following, stack = np.empty(nodes, np.int32), np.empty(nodes, np.int32)
    count = 0
    for first in range(nodes):
        if met[first] >= 0:
            continue
        stack[0], depth = first, 1
        parent[first] = -1
        root[first] = first
        while depth > 0:
            node = stack[depth - 1]
            if met[node] < 0:
                if count % STRIDE == 0 and budget[1] != 0:
                    return STOPPED
                order[count] = node
                met[node] = low[node] = count
                following[node] = starts[node]
                below[node] = 1
                count += 1
            if following[node] < starts[node + 1]:
                neighbor = neighbors[following[node]]
                following[node] += 1
                if met[neighbor] < 0:
                    parent[neighbor], root[neighbor] = node, first
                    stack[depth] = neighbor
                    depth += 1
                elif neighbor != parent[node]:
                    low[node] = min(low[node], met[neighbor])
                continue
            depth -= 1
            above = parent[node]
            if above >= 0:
                low[above] = min(low[above], low[node])
                below[above] += below[node]
    return DONE
