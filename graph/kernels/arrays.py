"""What the kernels take: arrays bundled by purpose. No numba here, so that anyone may import it cheaply."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Flags: TypeAlias = npt.NDArray[np.bool_]
Int32s: TypeAlias = npt.NDArray[np.int32]
Int64s: TypeAlias = npt.NDArray[np.int64]
Codes: TypeAlias = npt.NDArray[np.unsignedinteger[Any]]

DONE = 0
"""The search ran to its end."""

STOPPED = 1
"""The budget ran out, or somebody asked the search to stop."""

MET = 2
"""The two sides of a search met."""

MOST_WAYS = 1 << 61
"""Numbers of paths stop growing here (two of them still add up in 64 bits); an answer that holds one says that it was cut."""


class Adjacency(NamedTuple):
    """Who is next to whom, both directions in one list.

    The entries of node ``v`` are ``starts[v]:starts[v + 1]``, by ascending neighbour, then edge. ``codes`` is twice the edge's kind,
    plus 1 where the node is the relationship's target. ``kinds`` gives each node's kind."""

    starts: Int32s
    neighbors: Int32s
    codes: Codes
    kinds: Codes


class Allowed(NamedTuple):
    """What a path may use: ``kinds`` of nodes it may pass through, none of them with more than ``degree`` adjacency entries (its ends
    are always allowed), and ``codes`` it may take, seen from the node that the hop leaves. ``every_code`` says that all are true,
    which spares looking."""

    kinds: Flags
    codes: Flags
    every_code: bool
    degree: int


class Scratch(NamedTuple):
    """Work space of one thread, one place a node in each array. ``marks`` is stamped: what an earlier search left there
    is below the ``base`` of the next one, so nothing is ever cleared."""

    marks: Int32s
    queue_a: Int32s
    queue_b: Int32s
    order: Int32s
    ways: Int64s


class Job(NamedTuple):
    """All that a search works with. ``budget`` has three places: how many adjacency entries may still be looked at; not 0 asks the
    search to stop (another thread may write it); the search sets 1 when it met a node that it would pass but for its degree."""

    adjacency: Adjacency
    allowed: Allowed
    scratch: Scratch
    budget: Int64s


class Found(NamedTuple):
    """How a two-sided search ended. ``status`` is ``MET``, ``DONE`` (no path) or ``STOPPED``; ``hops`` is the least number when met.
    ``deeper`` says, when not met, that the hop limit ended the search and longer paths may exist. ``depth_a``/``depth_b`` are the
    last levels that are complete; their nodes stand in ``queue_a[begin_a:end_a]`` and ``queue_b[begin_b:end_b]``.
    ``left``/``right`` are the nodes of the hop where the sides met."""

    status: int
    hops: int
    deeper: bool
    depth_a: int
    begin_a: int
    end_a: int
    depth_b: int
    begin_b: int
    end_b: int
    left: int
    right: int


class Table(NamedTuple):
    """Where pairs are written. ``totals[h]`` counts the pairs of ``h`` hops; ``sources``, ``targets`` and ``ways`` have a row of
    places for each ``h``, filled as far as they go."""

    totals: Int64s
    sources: Int32s
    targets: Int32s
    ways: Int64s
