"""Memory for searches, kept by each thread between them."""

from __future__ import annotations

import threading

import numpy as np

from graph.kernels.arrays import Allowed, Job, Scratch
from graph.projection import Projection

STAMPS = 2**31 - 1
UNSEEN = -1


class Workspace:
    """Scratch arrays that grow with the graph and the stamps given out on them so far. Belongs to one thread."""

    def __init__(self) -> None:
        self._scratch = _empty(0)
        self._next = 0

    def scratch(self, nodes: int) -> Scratch:
        """Arrays with a place for each of ``nodes`` nodes or more."""
        if len(self._scratch.marks) < nodes:
            self._scratch, self._next = _empty(nodes), 0
        return self._scratch

    def stamps(self, span: int) -> int:
        """The first of ``span`` stamps that no search has used yet."""
        if self._next + span > STAMPS:
            self._scratch.marks.fill(UNSEEN)
            self._next = 0
        self._next += span
        return self._next - span


_local = threading.local()


def workspace() -> Workspace:
    """This thread's own."""
    found: Workspace | None = getattr(_local, "workspace", None)
    if found is None:
        found = _local.workspace = Workspace()
    return found


def job(projection: Projection, allowed: Allowed, work: int) -> Job:
    """A search of this thread, with this much work to spend."""
    return Job(projection.adjacency, allowed, workspace().scratch(projection.node_count), np.array((work, 0, 0), np.int64))


def _empty(nodes: int) -> Scratch:
    marks = np.full(nodes, UNSEEN, np.int32)
    queue_a, queue_b, order = (np.empty(nodes, np.int32) for _ in range(3))
    return Scratch(marks, queue_a, queue_b, order, np.empty(nodes, np.int64))
