"""The k best paths by weight where conditions speak of whole paths: a pattern, what must be passed, a common day.

There a path is no sum of free hops: which relationships bear a hop depends on the others, and the best beginning may lead nowhere. So all
paths within the hop limit are found first, and then weighed, each hop by the cheapest relationship that is evidence for it.
"""

from __future__ import annotations

from graph.kernels.arrays import Int64s, Job
from graph.paths.ask.conditions import Rules
from graph.paths.ask.weights import MICRO
from graph.paths.search.deadline import stopped_by
from graph.paths.search.evidence import Evidence
from graph.paths.search.plain import Shortest
from graph.paths.search.product import simple_paths
from graph.projection import Projection

MOST_WEIGHED = 20_000
"""Paths that are found before they are weighed; weighing so many takes some seconds. Where there are more, the answer says so
(``rows``) and ranks those of the fewest hops."""


def weighted_paths(
    task: Job, projection: Projection, rules: Rules, ends: tuple[int, int], max_hops: int, *, limit: int, costs: Int64s
) -> Shortest:
    """The first ``limit`` simple paths by cost, then hops, then the numbers of their nodes. ``costs`` are millionths by the code of an
    adjacency entry. ``total`` is ``None`` where there may be more than listed."""
    found = simple_paths(task, projection, rules, ends, max_hops, limit=MOST_WEIGHED, extent="every")
    evidence = Evidence(projection, rules)
    weighed = []
    for path in found.paths:
        if task.budget[1] != 0:
            break
        hops = evidence.hops(path)
        weighed.append((sum(min(int(costs[projection.adjacency.codes[entry]]) for entry in hop) for hop in hops), len(path), path))
    ranked = sorted(weighed)[:limit]
    best = tuple(path for _, _, path in ranked)
    met = found.limit
    if len(weighed) < len(found.paths):
        met = met or stopped_by(task.budget)
    elif found.total is not None and found.total > len(weighed):
        met = met or "rows"
    return Shortest(
        len(best[0]) - 1 if best else 0, found.total if len(best) < limit else None, best, met, tuple(cost / MICRO for cost, _, _ in ranked)
    )
