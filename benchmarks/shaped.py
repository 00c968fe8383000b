"""Many to many under conditions on whole paths: a pattern against typed products of sparse matrices by scipy, others against each pair
asked alone.

scipy is told by hand what ours finds out: which hops the pattern has, and that a walk of it comes to a node twice only where it goes to and
fro over ``KNOWS_VIA``. So there is no target, only a ratio. What libraries have no counterpart for is compared with our own search from
node to node, pair by pair, on some of the pairs: the same hops and as many paths.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import scipy.sparse

from benchmarks import ours
from benchmarks.graphs import NODE_TYPES, SEED, Pair, Size, ends_and_types, made
from benchmarks.kinds import PATTERN, TYPED_HOPS
from benchmarks.options import Options
from benchmarks.report import Section
from graph.paths import ConnectionsQuery, PathQuery, find_connections
from graph.paths.ask.conditions import compile_conditions
from graph.paths.search.product import simple_paths
from graph.paths.search.workspace import job

ROUNDS = 3
SOURCES, ALONE = 100, 200
OTHERS: Mapping[str, Mapping[str, object]] = {
    "through a person and a project, 3 hops": {"max_hops": 3, "through_types": ("Person", "Project")},
    "on one common day, 2 hops": {"max_hops": 2, "together": True},
}


def run(options: Options) -> list[Section]:
    size = options.size
    own, peer, pairs = against_products(size)
    lines = [(f"`{PATTERN}`, all universities", f"{pairs:,}", f"{own:,.2f}", f"scipy.sparse {peer:,.2f} s", f"{own / peer:.2f}×")]
    for name, conditions in OTHERS.items():
        count = 20 if options.quick else SOURCES
        taken, rows, alone = against_pairs(size, conditions, count)
        each = taken / max(1, rows)
        line = f"a pair alone {1e6 * alone:,.0f} µs, here {1e6 * each:,.1f} µs"
        lines.append((f"{name}, from {count} universities", f"{rows:,}", f"{taken:,.2f}", line, f"{each / alone:.3f}×"))
    head = ("table", "pairs", "Lianyin, s", "beside it", "ratio")
    note = f"The median of {ROUNDS} rounds by turns; as many pairs at each number of hops. Pairs asked alone: the same hops, as many paths."
    return [Section(f"Tables under conditions on whole paths, {size.name}", table=(head, *lines), notes=(note,))]


def against_products(size: Size) -> tuple[float, float, int]:
    """Seconds of ours and of scipy, and the number of pairs. Raises ``AssertionError`` where they differ."""
    projection = made(size)
    query = ConnectionsQuery("University", "Enterprise", TYPED_HOPS, pattern=PATTERN, count=True)
    steps = typed_steps(size)
    mine = lambda: dict(find_connections(projection, query, ours.context()).by_hops)  # noqa: E731
    theirs = lambda: products(*steps)  # noqa: E731
    mine()
    times: dict[Callable[[], Mapping[int, int]], list[float]] = {mine: [], theirs: []}
    answers: list[Mapping[int, int]] = []
    for _ in range(ROUNDS):
        for work, taken in times.items():
            began = time.perf_counter()
            answers.append(work())
            taken.append(time.perf_counter() - began)
    assert all(each == answers[0] for each in answers), answers
    return float(np.median(times[mine])), float(np.median(times[theirs])), sum(answers[0].values())


def typed_steps(size: Size) -> tuple[Any, Any, Any]:
    """The steps of the pattern as matrices: university to person, person to person, person to enterprise."""
    projection = made(size)
    sources, targets, kinds = ends_and_types(projection)
    names = np.array(projection.relationship_types)[projection.edge_kinds.types[kinds]]
    types = projection.adjacency.kinds

    def step(name: str, near: str, far: str, turned: bool) -> Any:
        left, right = (targets, sources) if turned else (sources, targets)
        fits = (names == name) & (types[left] == NODE_TYPES.index(near)) & (types[right] == NODE_TYPES.index(far)) & (left != right)
        shape = (projection.node_count, projection.node_count)
        found = scipy.sparse.csr_array((np.ones(int(fits.sum()), np.float32), (left[fits], right[fits])), shape=shape)
        found.data[:] = 1
        return found

    return (
        step("SECONDED_FROM", "University", "Person", turned=True),
        step("KNOWS_VIA", "Person", "Person", turned=False),
        step("DIRECTOR_OF", "Person", "Enterprise", turned=False),
    )


def products(first: Any, middle: Any, last: Any) -> dict[int, int]:
    """Pairs at each number of hops: those that walks of the shape join, less those of fewer hops and those that go to and fro."""
    near = first @ middle
    three = (near @ last).tocsr()
    twice = (near @ middle).tocsr()
    to_and_fro = scipy.sparse.diags_array(middle.multiply(middle.T).sum(axis=1))
    four = ((twice - first @ to_and_fro) @ last).tocsr()
    four.data[np.abs(four.data) < 0.5] = 0
    four.eliminate_zeros()
    three.data[:], four.data[:] = 1, 1
    both = (three + four).nnz
    return {hops: number for hops, number in ((3, three.nnz), (4, both - three.nnz)) if number}


def against_pairs(size: Size, conditions: Mapping[str, Any], count: int) -> tuple[float, int, float]:
    """Seconds of a table from some universities, its rows, and the seconds of a pair asked alone, on the average. Raises
    ``AssertionError`` where they differ."""
    projection = made(size)
    universities = np.flatnonzero(projection.adjacency.kinds == NODE_TYPES.index("University"))
    chosen = universities[:: max(1, len(universities) // count)][:count]
    ids = tuple(projection.node_ids[int(number)] for number in chosen)
    query = ConnectionsQuery("University", "Enterprise", from_nodes=ids, count=True, **conditions)
    find_connections(projection, query, ours.context())
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        total = find_connections(projection, query, ours.context()).total
        times.append(time.perf_counter() - began)
    taken, found = alone(size, chosen, conditions)
    for (start, end), (hops, ways) in found.items():
        one = ConnectionsQuery(
            "University", "Enterprise", from_nodes=(projection.node_ids[start],), to_nodes=(projection.node_ids[end],), **conditions
        )
        rows = find_connections(projection, one, ours.context()).rows
        assert [(len(row.path.hops), row.ways) for row in rows] == ([(hops, ways)] if ways else []), (start, end)
    return float(np.median(times)), total, taken / len(found)


def alone(size: Size, chosen: np.ndarray, conditions: Mapping[str, Any]) -> tuple[float, dict[Pair, tuple[int, int]]]:
    """Some pairs, each asked for by itself, conditions compiled once: the seconds, and of each pair the fewest hops and how many paths."""
    projection = made(size)
    enterprises = np.flatnonzero(projection.adjacency.kinds == NODE_TYPES.index("Enterprise"))
    generator = np.random.default_rng(SEED + 5)
    asked = PathQuery("", "", **conditions)
    rules = compile_conditions(projection, asked, ours.context())
    pairs = list(zip(generator.choice(chosen, ALONE).tolist(), generator.choice(enterprises, ALONE).tolist(), strict=True))
    found: dict[Pair, tuple[int, int]] = {}
    began = time.perf_counter()
    for pair in pairs:
        task = job(projection, rules.allowed, ours.WORK)
        paths = simple_paths(task, projection, rules, pair, asked.max_hops, limit=1, extent="least")
        found[pair] = paths.hops, paths.total or 0
    return time.perf_counter() - began, found
