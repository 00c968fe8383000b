"""Groups that are more closely linked within than to the rest."""

from __future__ import annotations

import numpy as np

from graph.analytics.answer import AnalysisAnswer
from graph.analytics.asked import AnalysisContext, check_time, check_work
from graph.analytics.components import by_first, grouped
from graph.analytics.networks import network, one_thread
from graph.analytics.scope import Subgraph
from graph.clock import untimed
from graph.kernels.arrays import Int64s
from graph.messages import message

RUNS = 5
"""Runs from different orders of the nodes, of which the one of greatest modularity is answered."""

ROUNDS = 10
"""Rounds of one run, which ends before when a round changes nothing."""

PASSES = 40
"""How often a run looks at a relationship at most, as seen on graphs of up to a million relationships."""


def communities(asked: AnalysisContext) -> AnalysisAnswer:
    """The greatest first; equal ones by their first node's id."""
    query, graph = asked.query, asked.graph
    check_work(RUNS * PASSES * (len(graph.sources) + graph.size), asked.context, message("Finding communities"))
    groups = leiden(asked)
    meaning = asked.says_simple(
        f"社群：Leiden 算法（分辨率 {query.resolution:g}，种子 {query.seed}），{RUNS} 次中模块度最高的一次；同一种子得同一结果。",
        f"Communities: the Leiden algorithm (resolution {query.resolution:g}, seed {query.seed}), of {RUNS} runs the one of greatest "
        f"modularity; "
        "the same seed gives the same groups.",
    )
    found = modularity(graph, groups, query.resolution)
    return grouped(asked, groups, meaning, {"communities": int(groups.max(initial=-1)) + 1, "modularity": found})


def leiden(asked: AnalysisContext) -> Int64s:
    """Each node's group, numbered from 0 by first member. V. Traag, L. Waltman, N. van Eck, From Louvain to Leiden, Scientific Reports 9
    (2019), as NetworKit has it."""
    with untimed():
        from networkit.community import ParallelLeiden

    graph, query = asked.graph, asked.query
    if not graph.size:
        return np.empty(0, np.int64)
    whole = network(graph)
    best, greatest = np.empty(0, np.int64), -np.inf
    for run in range(RUNS):
        check_time(asked.context)
        with one_thread((query.seed + run) % 2**32):
            found = np.array(ParallelLeiden(whole, True, ROUNDS, query.resolution).run().getPartition().getVector())
        quality = modularity(graph, found, query.resolution)
        if quality > greatest:
            best, greatest = found, quality
    return by_first(best)


def modularity(graph: Subgraph, groups: Int64s, resolution: float) -> float:
    """The share of links within groups less what chance would put there (M. Newman, 2004), −1/2 to 1; 0 without links."""
    matrix = graph.linked
    if not matrix.nnz:
        return 0.0
    _, groups = np.unique(groups, return_inverse=True)
    coordinates = matrix.tocoo()
    within = float((groups[coordinates.row] == groups[coordinates.col]).mean())
    degrees = np.bincount(groups, np.diff(matrix.indptr))
    return within - resolution * float(((degrees / matrix.nnz) ** 2).sum())
