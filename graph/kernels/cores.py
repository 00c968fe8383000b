"""How thickly nodes hang together: core numbers.

V. Batagelj, M. Zaveršnik, An O(m) algorithm for cores decomposition of networks, 2003.
"""

from __future__ import annotations

import numpy as np

from graph.kernels.arrays import DONE, STOPPED, Int32s, Int64s
from graph.kernels.compiled import compiled

STRIDE = 4096
"""Nodes between two looks at the budget."""


@compiled
def cores(starts: Int32s, neighbors: Int32s, core: Int64s, budget: Int64s) -> int:
    """Fills ``core`` with each node's number: nodes are taken away by degree, the least first, and each lowers its neighbours' that are
    still there. ``neighbors`` are each node's, each once, both ways, without itself. Returns ``DONE`` or ``STOPPED``."""
    nodes = starts.shape[0] - 1
    core[:] = starts[1:] - starts[:-1]
    most = 0
    for node in range(nodes):
        most = max(most, core[node])
    begins = np.zeros(most + 2, np.int64)
    for node in range(nodes):
        begins[core[node] + 1] += 1
    begins = np.cumsum(begins)
    order, place = np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    filled = begins.copy()
    for node in range(nodes):
        place[node] = filled[core[node]]
        order[place[node]] = node
        filled[core[node]] += 1
    for position in range(nodes):
        if position % STRIDE == 0 and budget[1] != 0:
            return STOPPED
        node = order[position]
        for entry in range(starts[node], starts[node + 1]):
            neighbor = neighbors[entry]
            degree = core[neighbor]
            if degree <= core[node]:
                continue
            first = begins[degree]
            other = order[first]
            if other != neighbor:
                order[first], order[place[neighbor]] = neighbor, other
                place[other], place[neighbor] = place[neighbor], first
            begins[degree] += 1
            core[neighbor] -= 1
    return DONE
