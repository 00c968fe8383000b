"""Who stands between others: the share of shortest paths that pass a node."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analytics.answer import AnalysisAnswer, Column
from graph.analytics.asked import AnalysisContext, Numbers, stopped
from graph.kernels.betweenness import Dependencies
from graph.ontology.schema import Label
from graph.paths.search.deadline import stopped_by, stopping

SCORE = Column("betweenness", Label("中介度", "betweenness"))
ERROR = Column("error", Label("误差上限", "error at most"))

CONFIDENCE = 0.95
"""Probability that *all* the errors of a sampled answer hold."""

FEWEST = 10
"""Fewer sources than this say nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Betweenness of each node, and how far from the true one it may be (all zero if exact)."""

    scores: Numbers
    errors: Numbers
    sources: int
    limit: str | None


def between(asked: AnalysisContext) -> AnalysisAnswer:
    """Exact while a search from every node is within the bound on work, else from nodes drawn at random, as many as it allows."""
    found = estimate(asked)
    columns = [(SCORE, found.scores)]
    figures: dict[str, int | float] = {"sources": found.sources}
    zh, en = "精确。", "Exact."
    if found.limit is not None:
        columns.append((ERROR, found.errors))
        figures |= {"error": float(found.errors.max()), "confidence": CONFIDENCE}
        zh = f"由 {found.sources:,} 个随机起点估计（种子 {asked.query.seed}），各误差以 {CONFIDENCE:.0%} 的把握同时成立。"
        en = (
            f"Estimated from {found.sources:,} starts drawn at random (seed {asked.query.seed}); all errors hold together with "
            f"probability {CONFIDENCE:.0%}."
        )
    meaning = asked.says_simple(
        "中介度：其他各对节点之间的最短路径经过该节点的比例，平均到所有对（0 到 1）。" + zh,
        "Betweenness: the share of the shortest paths between two others that pass the node, on average over all pairs (0 to 1). " + en,
        directed=True,
    )
    return asked.ranked(meaning, columns, figures=figures, limit=found.limit)


def estimate(asked: AnalysisContext) -> Estimate:
    """Runs the searches. Raises ``Unfinished`` when stopped before a few were done."""
    from graph.kernels.betweenness import betweenness

    matrix = asked.graph.matrix(parallel=False)
    size, entries = asked.graph.size, matrix.nnz
    affordable = asked.context.bounds.work // max(1, size + entries)
    random = np.random.default_rng(asked.query.seed)
    exact = size <= affordable
    sources = random.permutation(size) if exact else random.integers(0, size, affordable)
    found = Dependencies(np.zeros(size), np.zeros(size))
    budget = np.array((asked.context.bounds.work, 0, 0), np.int64)
    with stopping(budget, asked.context):
        done = betweenness(matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), sources.astype(np.int64), found, budget)
    pairs = max(1.0, (size - 1.0) * (size - 2.0))
    if exact and done == size:
        return Estimate(found.sums / pairs, np.zeros(size), size, None)
    reason = stopped_by(budget) if done < len(sources) else "work"
    if done < FEWEST:
        raise stopped(reason, asked.context)
    return Estimate(found.sums * (size / done) / pairs, errors(found, size, done), done, reason)


def errors(found: Dependencies, size: int, done: int) -> Numbers:
    """How far each estimate may be off, all of them together with probability ``CONFIDENCE``: the lesser of Hoeffding's bound and the
    empirical Bernstein bound (A. Maurer, M. Pontil, 2009), each with half of what is left of the confidence, for values in 0 to
    size / (size - 1) drawn ``done`` times."""
    reach = size / (size - 1)
    scale = reach / max(1, size - 2)
    mean = found.sums * scale / done
    variance = np.maximum(0.0, found.squares * scale * scale / done - mean * mean) * (done / (done - 1))
    missed = (1 - CONFIDENCE) / 2
    hoeffding = reach * np.sqrt(np.log(2 * size / missed) / (2 * done))
    logarithm = np.log(4 * size / missed)
    bernstein = np.sqrt(2 * variance * logarithm / done) + 7 * reach * logarithm / (3 * (done - 1))
    least: Numbers = np.minimum(hoeffding, bernstein)
    return least
