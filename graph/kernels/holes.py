"""What the contacts of a node have to do with each other: sums over triangles, for Burt's structural holes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph.kernels.arrays import DONE, STOPPED, Int32s, Int64s
from graph.kernels.compiled import compiled

Float64s = npt.NDArray[np.float64]


class Shares(NamedTuple):
    """Contacts of each node, both ways, without itself (``starts``, ``neighbors``). For each entry ``share`` is the node's part for that
    contact of all it has, ``mutual`` what the *contact* has for the node against the most that the contact has for anybody."""

    starts: Int32s
    neighbors: Int32s
    share: Float64s
    mutual: Float64s


@compiled
def holes(shares: Shares, constraint: Float64s, redundant: Float64s, budget: Int64s) -> int:
    """Fills for each node i the constraint ``Σj (p_ij + Σq p_iq p_qj)²`` and ``Σj Σq p_iq m_jq``, j and q contacts of i. Returns ``DONE``
    or ``STOPPED``."""
    starts, neighbors, share, mutual = shares
    nodes = starts.shape[0] - 1
    mark = np.full(nodes, -1, np.int32)
    through = np.zeros(nodes, np.float64)
    for node in range(nodes):
        begin, end = starts[node], starts[node + 1]
        for entry in range(begin, end):
            mark[neighbors[entry]], through[neighbors[entry]] = node, share[entry]
        doubled = 0.0
        for entry in range(begin, end):
            contact = neighbors[entry]
            budget[0] -= starts[contact + 1] - starts[contact]
            if budget[0] < 0 or budget[1] != 0:
                return STOPPED
            for other in range(starts[contact], starts[contact + 1]):
                third = neighbors[other]
                if mark[third] == node:
                    through[third] += share[entry] * share[other]
                    doubled += share[entry] * mutual[other]
        total = 0.0
        for entry in range(begin, end):
            total += through[neighbors[entry]] * through[neighbors[entry]]
        constraint[node], redundant[node] = total, doubled
    return DONE
