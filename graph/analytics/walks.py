"""Where paths may go, as the kernels of whole tables take it."""

from __future__ import annotations

import numpy as np

from graph.clock import untimed
from graph.errors import Unfinished
from graph.kernels.arrays import DONE, Flags, Int32s, Int64s
from graph.kernels.reach import Reached, Ways
from graph.messages import message
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import stopped_by, stopping


def adjacency(sources: Int64s, targets: Int64s, size: int, *, both: bool) -> tuple[Int32s, Int32s]:
    """Starts and neighbours of ``size`` nodes, each neighbour once; ``both`` ways or from sources to targets. Loops lead nowhere."""
    with untimed():
        from scipy.sparse import coo_array

    if both:
        sources, targets = np.concatenate((sources, targets)), np.concatenate((targets, sources))
    apart = sources != targets
    matrix = coo_array((np.ones(int(apart.sum()), np.bool_), (sources[apart], targets[apart])), shape=(size, size)).tocsr()
    return matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32)


def columns_of(places: Int64s, size: int) -> Int32s:
    """For each node its column in a table whose columns are ``places``, or -1."""
    column = np.full(size, -1, np.int32)
    column[places] = np.arange(len(places))
    return column


def reached_from(walk: Ways, sources: Int64s, width: int, max_hops: int, budget: Int64s, *, counting: bool) -> tuple[Reached, bool]:
    """The table of ``width`` columns, and whether it is whole."""
    from graph.kernels.reach import reach

    found = Reached(np.empty((len(sources), width), np.int16), np.zeros((len(sources), width) if counting else (0, 0), np.int64))
    return found, reach(walk, sources, max_hops, found, budget) == DONE


def rows_at_once(width: int, context: AnswerContext, cell: int) -> int:
    """Rows of so many cells of ``cell`` bytes that fit in an eighth of the memory that a question may take."""
    return int(max(1, context.bounds.bytes // 8 // max(1, width * cell)))


def whole_table(walk: Ways, sources: Int64s, width: int, max_hops: int, context: AnswerContext) -> Reached:
    """With numbers of paths. Raises ``Unfinished`` when stopped: half a table would show zeros that are none."""
    budget = np.array((context.bounds.work, 0, 0), np.int64)
    with stopping(budget, context):
        found, whole = reached_from(walk, sources, width, max_hops, budget, counting=True)
    if not whole:
        raise refused(stopped_by(budget))
    return found


def refused(limit: str) -> Unfinished:
    """What is said when a table could not be finished."""
    return Unfinished(
        message(
            "The table could not be finished: the limit on {limit} was reached, and half a table would show zeros that are not real.",
            limit=limit,
        ),
        hint=message("Ask for fewer rows or columns, fewer hops, or a smaller part of the graph."),
        where={"parameter": limit},
    )


def within_degree(passable: Flags, degrees: Int64s, most: int) -> tuple[Flags, bool]:
    """``passable`` without nodes of more than ``most`` relationships, and whether that left any out."""
    low: Flags = degrees <= most
    return passable & low, bool((passable & ~low).any())
