"""NetworKit's graphs, and the care that it needs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from graph.analytics.scope import Subgraph
from graph.clock import untimed

if TYPE_CHECKING:
    import networkit

_turn = threading.Lock()


@contextmanager
def one_thread(seed: int | None = None) -> Iterator[None]:
    """NetworKit with one thread of its own and, if given, this seed: then the same question has the same answer. Its random numbers and
    its number of threads are the process's, so one question is answered at a time; others wait without holding Python's lock, which
    NetworKit lets go while it works. It cannot be stopped: check first that it will not take long."""
    with untimed():
        import networkit

    with _turn:
        networkit.setNumberOfThreads(1)
        if seed is not None:
            networkit.setSeed(seed, False)
        yield


def network(graph: Subgraph) -> networkit.Graph:
    """The pairs of different nodes that are linked, either way, each once and unweighted."""
    with untimed():
        import networkit

    rows, columns = graph.linked.nonzero()
    upper = rows < columns
    if not upper.any():
        return networkit.Graph(graph.size)
    one, other = (np.ascontiguousarray(each[upper], np.uint64) for each in (rows, columns))
    return networkit.GraphFromCoo((one, other), n=graph.size)
