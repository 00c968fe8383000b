"""Paths that share no node but their ends, where conditions speak of whole paths: a pattern, types to pass, a common day.

There no flow helps: what a path may do next depends on how it came. So all paths within the hop limit are found first, and the most of them
that share nothing are chosen exactly, as a set packing: a 0/1 variable a path, at most one path a node, solved by HiGHS (through scipy).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.clock import untimed
from graph.errors import QueryProblem
from graph.kernels.arrays import Job
from graph.messages import message
from graph.paths.ask.conditions import Rules
from graph.paths.ask.query import Conditions
from graph.paths.search.deadline import seconds_left, stopped_by
from graph.paths.search.disjoint import Disjoint
from graph.paths.search.product import simple_paths
from graph.projection import Projection

MOST_CHOSEN_FROM = 20_000
"""Paths found before some are chosen; to choose among so many takes a second or so. Where there are more, the answer says so (``rows``)
and chooses among those of the fewest hops."""

LONGEST_CHOICE = 10.0
"""Seconds for choosing at most: a hang-up is not noticed meanwhile."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Positions of the paths chosen, ascending. ``proven``: no more can be chosen, and no as many of fewer hops in all."""

    positions: tuple[int, ...]
    proven: bool


def disjoint_under(task: Job, projection: Projection, rules: Rules, ends: tuple[int, int], max_hops: int, limit: int) -> Disjoint:
    """Of all simple paths of at most ``max_hops`` that meet the conditions, each by itself, the most that share no node between the ends;
    of all sets of so many, one of the fewest hops in all. ``total`` is that number, ``None`` where a bound kept it from being known; the
    first ``limit`` of them are listed."""
    found = simple_paths(task, projection, rules, ends, max_hops, limit=MOST_CHOSEN_FROM, extent="first")
    choice = most_apart(found.paths, min(LONGEST_CHOICE, seconds_left()))
    chosen = tuple(found.paths[position] for position in choice.positions)
    met = found.limit or ("rows" if found.total is None else None)
    if task.budget[1]:
        met = stopped_by(task.budget)
    elif not choice.proven:
        met = "milliseconds"
    whole = found.total is not None and choice.proven
    if met is None and len(chosen) > limit:
        met = "rows"
    return Disjoint(chosen[:limit], len(chosen) if whole else None, met)


def most_apart(paths: Sequence[Sequence[int]], seconds: float) -> Choice:
    """The most of these paths, which have the same ends, that share no node between them; of the fewest hops in all. When the time is over,
    the best found by then, or what comes of taking the first that fits."""
    inner = [path[1:-1] for path in paths]
    greedy = _first_that_fit(inner)
    if len(greedy) == len(paths):
        return Choice(greedy, proven=True)
    with untimed():
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

    nodes, places = np.unique(np.concatenate([np.array(each, np.int64) for each in inner]), return_inverse=True)
    columns = np.repeat(np.arange(len(paths)), [len(each) for each in inner])
    shared = csr_array((np.ones(len(columns)), (places, columns)), shape=(len(nodes), len(paths)))
    hops = np.array([len(path) - 1 for path in paths], np.float64)
    one_more = float(hops.max() * _most(inner) + 1)
    solved = milp(
        hops - one_more,
        integrality=np.ones(len(paths), np.int64),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(shared, -np.inf, 1),
        options={"time_limit": max(seconds, 0.01), "mip_rel_gap": 0.0},
    )
    if solved.x is None:
        return Choice(greedy, proven=False)
    best = tuple(np.flatnonzero(solved.x > 0.5).tolist())
    if solved.status != 0 and len(best) < len(greedy):
        best = greedy
    return Choice(best, proven=solved.status == 0)


def check_apart(query: Conditions) -> None:
    """Raises ``QueryProblem`` where all paths would have to share a node."""
    if query.through:
        raise QueryProblem(
            message("Paths that share no node cannot all pass through the same one."),
            hint=message("Leave out through, require a type instead, or ask for simple paths."),
            where={"parameter": "through"},
        )


def _first_that_fit(inner: Sequence[Sequence[int]]) -> tuple[int, ...]:
    taken: set[int] = set()
    chosen = []
    for position, nodes in enumerate(inner):
        if taken.isdisjoint(nodes):
            taken.update(nodes)
            chosen.append(position)
    return tuple(chosen)


def _most(inner: Sequence[Sequence[int]]) -> int:
    """There are no more than there are nodes next to an end, and the direct one."""
    firsts, lasts = ({each[at] for each in inner if each} for at in (0, -1))
    return min(len(firsts), len(lasts)) + 1
