"""Many to many: which universities reach which enterprises, counted by hops, against products of sparse matrices by scipy.

scipy multiplies blocks of rows, which keeps its memory bounded and its caches warm; columns that are no targets are left out of the
last product. Both count the pairs at each number of hops.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import scipy.sparse

from benchmarks import ours
from benchmarks.graphs import NODE_TYPES, Size, made, simple_edges
from benchmarks.options import Options
from benchmarks.report import Section, Target
from graph.errors import QueryProblem
from graph.paths import ConnectionsQuery, find_connections

BLOCK = 1_000
SOURCES = 1_000
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Table:
    """One question: from how many universities (0 = all), within how many hops."""

    hops: int
    sources: int

    def named(self) -> str:
        return f"{self.hops} hops from {f'{self.sources:,} universities' if self.sources else 'all universities'}"


def run(options: Options) -> list[Section]:
    size = options.size
    asked = (Table(2, 0), Table(3, SOURCES)) if not options.quick else (Table(2, SOURCES), Table(3, 50))
    lines, targets = [], []
    for table in asked:
        work = f"many to many, {size.name}, {table.named()}, against scipy.sparse"
        try:
            own, peer, pairs = compare(size, table)
        except QueryProblem as problem:
            targets.append(Target(work, "≤ 1×", f"refused: {problem.detail}", None))
            continue
        told = f"{own / peer:.2f}×"
        lines.append((table.named(), f"{pairs:,}", f"{own:,.2f}", f"{peer:,.2f}", told))
        targets.append(Target(work, "≤ 1×", told, own <= peer))
    head = ("table", "pairs", "Lianyin, s", "scipy.sparse, s", "ratio")
    note = f"The median of {ROUNDS} rounds by turns; as many pairs at each number of hops."
    return [Section(f"Tables of pairs on {size.name}, counted", table=(head, *lines), notes=(note,), targets=tuple(targets))]


def compare(size: Size, table: Table) -> tuple[float, float, int]:
    """Seconds of ours and of scipy, and the number of pairs. Raises ``AssertionError`` where they differ."""
    projection = made(size)
    universities = np.flatnonzero(projection.adjacency.kinds == NODE_TYPES.index("University"))
    chosen = universities[:: max(1, len(universities) // table.sources)][: table.sources] if table.sources else universities
    ids = tuple(projection.node_ids[int(number)] for number in chosen) if table.sources else ()
    query = ConnectionsQuery("University", "Enterprise", table.hops, from_nodes=ids, count=True)
    context = ours.context()
    mine = lambda: find_connections(projection, query, context).by_hops  # noqa: E731
    theirs = lambda: products(size, chosen, table.hops)  # noqa: E731
    find_connections(projection, ConnectionsQuery("University", "Enterprise", 1, count=True), context)
    times: dict[Callable[[], Mapping[int, int]], list[float]] = {mine: [], theirs: []}
    answers: list[Mapping[int, int]] = []
    for _ in range(ROUNDS):
        for work, taken in times.items():
            began = time.perf_counter()
            answers.append(work())
            taken.append(time.perf_counter() - began)
    assert all(dict(each) == dict(answers[0]) for each in answers), answers
    return float(np.median(times[mine])), float(np.median(times[theirs])), sum(answers[0].values())


@cache
def matrices(size: Size) -> tuple[Any, Any]:
    """Who is next to whom, and the same with enterprises for columns alone."""
    projection = made(size)
    sources, targets = simple_edges(projection)
    rows, columns = np.concatenate((sources, targets)), np.concatenate((targets, sources))
    whole = scipy.sparse.csr_array((np.ones(len(rows), np.float32), (rows, columns)), shape=(projection.node_count,) * 2)
    return whole, whole[:, projection.adjacency.kinds == NODE_TYPES.index("Enterprise")].tocsr()


def products(size: Size, sources: np.ndarray, hops: int) -> dict[int, int]:
    """Pairs at each number of hops: those that walks of so many or fewer hops join, less those of fewer. Of three hops, walks of three
    and of one or two are added; a walk of three that goes back and forth joins ends that one of one hop joins."""
    whole, wanted = matrices(size)
    totals = dict.fromkeys(range(1, hops + 1), 0)
    for first in range(0, len(sources), BLOCK):
        walks = whole[sources[first : first + BLOCK]]
        near = wanted[sources[first : first + BLOCK]]
        before, seen = near.nnz, near
        totals[1] += before
        for length in range(2, hops + 1):
            seen = seen + walks @ wanted
            totals[length] += seen.nnz - before
            before = seen.nnz
            if length < hops:
                walks = walks @ whole
    return {length: number for length, number in totals.items() if number}
