"""PageRank: how often somebody is at a node who follows links at random and now and then starts anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from graph.analytics.answer import AnalysisAnswer, Column
from graph.analytics.asked import AnalysisContext, check_time
from graph.analytics.checks import problem
from graph.kernels.arrays import Int64s
from graph.messages import message
from graph.ontology.schema import Label
from graph.paths.ask.checks import visible_number

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Float64s = npt.NDArray[np.float64]

TOLERANCE = 1e-13
"""Sum of all changes in a step that ends the iteration. The error left is at most ``damping / (1 - damping)`` times it."""

MOST_STEPS = 10_000
"""Far beyond what the tolerance takes, 185 steps at the usual damping; close to 1 it takes more than anybody waits for."""

SCORE = Column("pagerank", Label("PageRank", "PageRank"))


def pagerank(asked: AnalysisContext) -> AnalysisAnswer:
    """Starts anew at any node, all alike."""
    return _answer(asked, np.full(asked.graph.size, 1 / max(1, asked.graph.size)), Label("任一节点", "any node"))


def personalised(asked: AnalysisContext) -> AnalysisAnswer:
    """Starts anew at one of the chosen nodes, all of these alike."""
    start = np.zeros(asked.graph.size)
    start[_chosen(asked)] = 1.0
    start /= max(1.0, start.sum())
    return _answer(asked, start, Label("所选节点之一", "one of the chosen nodes"))


def rank(matrix: csr_array, damping: float, start: Float64s, asked: AnalysisContext | None = None) -> tuple[Float64s, int]:
    """The stationary distribution and the steps it took: ``r = d (M r + start * (what r has at nodes without a way out)) + (1 - d) start``,
    where ``M`` spreads each node's rank over its entries in ``matrix`` (rows: from, columns: to). L. Page, S. Brin and others, The
    PageRank citation ranking, 1999. Raises ``QueryProblem`` when it does not settle or its time is over."""
    if not len(start):
        return start, 0
    out = np.asarray(matrix.sum(axis=1)).ravel()
    shares = np.divide(1.0, out, out=np.zeros_like(out), where=out > 0)
    dead_ends = np.flatnonzero(out == 0)
    along = matrix.T.tocsr()
    found = start.copy()
    for step in range(1, MOST_STEPS + 1):
        if asked is not None:
            check_time(asked.context)
        following = damping * (along @ (found * shares) + found[dead_ends].sum() * start) + (1 - damping) * start
        following /= following.sum()
        change = float(np.abs(following - found).sum())
        found = following
        if change < TOLERANCE:
            return found, step
    raise problem(
        message("PageRank with damping {damping} does not converge in {most_steps:,} steps.", damping=damping, most_steps=MOST_STEPS),
        message("Choose a lower value; 0.85 is usual."),
        "damping",
    )


def _chosen(asked: AnalysisContext) -> Int64s:
    """The places of the nodes asked for. Raises ``NotFound`` for one that is not there, ``QueryProblem`` for one outside the part."""
    places = []
    for id in dict.fromkeys(asked.query.nodes):
        number = visible_number(asked.projection, id, "nodes", asked.context.clearance)
        place = int(np.searchsorted(asked.graph.nodes, number))
        if place == asked.graph.size or asked.graph.nodes[place] != number:
            raise problem(
                message("'{id}' is not in the part of the graph that is analysed.", id=id),
                message("Include its type with include_types."),
                "nodes",
            )
        places.append(place)
    return np.array(places, np.int64)


def _answer(asked: AnalysisContext, start: Float64s, anew: Label) -> AnalysisAnswer:
    query = asked.query
    matrix = asked.graph.matrix(parallel=query.parallel, loops=True)
    found, steps = rank(matrix, query.damping, start, asked)
    meaning = asked.says(
        f"PageRank：随机沿关系走的人停在该节点的概率。阻尼 {query.damping}；以 {1 - query.damping:g} 的概率、或走到无出路的节点时，"
        f"从{anew.zh}重新开始；"
        f"迭代至总变化小于 {TOLERANCE:g}。",
        f"PageRank: the probability of finding there somebody who follows relationships at random. Damping {query.damping}; with "
        f"probability "
        f"{1 - query.damping:g}, and from nodes without a way out, they start anew at {anew.en}; iterated until all changes sum to "
        f"less than "
        f"{TOLERANCE:g}.",
    )
    return asked.ranked(meaning, [(SCORE, found)], figures={"steps": steps})
