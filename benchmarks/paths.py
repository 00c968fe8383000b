"""Shortest paths on a made graph: our kernels against networkx, in one run.

    python -m benchmarks.paths [--nodes 100000] [--edges 1000000] [--pairs 2000] [--peer-pairs 40]

The graph is seeded: every edge leaves a node chosen evenly; half of them reach one of the hubs (a tenth of the nodes, by a power
law), half any node. Prints Markdown: median, p95, p99, and how many times faster than networkx on the same pairs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence

import numpy as np

from graph.kernels.arrays import Allowed
from graph.ontology import default_ontology
from graph.paths import AnswerContext, Bounds, ConnectionsQuery, PathQuery, find_connections, find_paths
from graph.paths.conditions import compile_conditions
from graph.paths.query import Sources
from graph.paths.search import one_shortest, shortest_paths
from graph.paths.workspace import job
from graph.projection import NodeKind, Projection, from_arrays
from graph.projection.build import EdgeArrays, NodeArrays
from graph.projection.projection import EdgeKinds
from graph.projection.texts import Texts

SEED = 20200910
TYPES = ("University", "Enterprise", "Person", "Project", "Need")
WORK = 2_000_000_000
MAX_HOPS = 12


def made_graph(nodes: int, edges: int) -> Projection:
    """The graph described above, dated by month."""
    generator = np.random.default_rng(SEED)
    hubs = generator.permutation(nodes)[: max(1, nodes // 10)]
    weights = 1 / np.arange(1, len(hubs) + 1) ** 0.8
    sources = generator.integers(0, nodes, edges)
    targets = generator.integers(0, nodes, edges)
    to_hub = generator.random(edges) < 0.5
    targets[to_hub] = generator.choice(hubs, int(to_hub.sum()), p=weights / weights.sum())
    days = 16_000 + 30 * np.arange(120)
    kinds = EdgeKinds(
        np.zeros(120, np.uint16),
        days.astype(np.int32),
        (days + 730).astype(np.int32),
        np.full(120, 4 * 3 + 3, np.uint8),
        np.full(120, 2, np.uint8),
    )
    ids = Texts.of(f"n:{number:08}" for number in range(nodes))
    public = np.zeros(nodes, np.uint8)
    node_kinds = tuple(NodeKind(name, hub=False, link=False) for name in TYPES)
    return from_arrays(
        NodeArrays(ids, ids, public, public, node_kinds, generator.integers(0, len(TYPES), nodes).astype(np.uint16)),
        EdgeArrays(
            Texts.of(f"r:{number:08}" for number in range(edges)),
            sources.astype(np.int32),
            targets.astype(np.int32),
            ("PARTICIPATES_IN",),
            kinds,
            generator.integers(0, 120, edges).astype(np.int32),
        ),
        default_ontology(),
        1,
    )


def timed(work: Callable[[tuple[int, int]], object], pairs: Sequence[tuple[int, int]]) -> np.ndarray:
    """Microseconds of each."""
    times = []
    for pair in pairs:
        began = time.perf_counter()
        work(pair)
        times.append((time.perf_counter() - began) * 1e6)
    return np.array(times)


def no_evidence(ids: Sequence[str]) -> Sources:
    """No store stands behind a made graph."""
    return dict.fromkeys(ids, ())


def row(name: str, times: np.ndarray) -> str:
    median, p95, p99 = np.percentile(times, (50, 95, 99))
    return f"| {name} | {len(times)} | {median:,.1f} | {p95:,.1f} | {p99:,.1f} |"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in (("nodes", 100_000), ("edges", 1_000_000), ("pairs", 2_000), ("peer-pairs", 40)):
        arguments.add_argument(f"--{name}", type=int, default=value)
    given = arguments.parse_args()
    began = time.perf_counter()
    projection = made_graph(given.nodes, given.edges)
    print(f"{given.nodes:,} nodes, {given.edges:,} edges, made in {time.perf_counter() - began:.2f} s,", end=" ")
    print(f"{projection.array_bytes() / given.edges:.1f} bytes an edge.\n")
    generator = np.random.default_rng(SEED + 1)
    pairs = [(int(a), int(b)) for a, b in generator.integers(0, given.nodes, (given.pairs, 2)) if a != b]
    compare(projection, pairs, pairs[: given.peer_pairs])


def compare(projection: Projection, pairs: Sequence[tuple[int, int]], few: Sequence[tuple[int, int]]) -> None:
    """Ours on all pairs, networkx on a few, and the few side by side."""
    import datetime

    import networkx as nx

    someone = AnswerContext(datetime.date(2020, 9, 10), "", 3, no_evidence, Bounds(degree=10**6))
    every = compile_conditions(projection, PathQuery("", ""), someone).allowed
    dated = compile_conditions(projection, PathQuery("", "", as_of="2019-04-14"), someone).allowed

    def one(rules: Allowed) -> Callable[[tuple[int, int]], tuple[int, ...]]:
        return lambda pair: one_shortest(job(projection, rules, WORK), pair, MAX_HOPS)

    def every_one(pair: tuple[int, int]) -> object:
        return shortest_paths(job(projection, every, WORK), pair, MAX_HOPS, 20)

    def told(pair: tuple[int, int]) -> object:
        ids = projection.node_ids
        return find_paths(projection, PathQuery(ids[pair[0]], ids[pair[1]], kind="all-shortest"), someone).as_json()

    first = timed(one(every), pairs[:1])[0]
    print(f"First search of the process (numba's import and its cache, or compiling): {first / 1e6:.2f} s.")
    for warm in (one(dated), every_one, told):
        timed(warm, pairs[:3])
    thousandth = timed(one(every), pairs)[999 % len(pairs)]
    print(f"The thousandth: {thousandth:.1f} µs.\n")

    print("| work, µs | pairs | median | p95 | p99 |\n|---|---|---|---|---|")
    ours = timed(one(every), few)
    ours_all = timed(every_one, few)
    print(row("one shortest", timed(one(every), pairs)))
    print(row("one shortest, valid on a day", timed(one(dated), pairs)))
    print(row("all shortest, counted, 20 listed", timed(every_one, pairs)))
    print(row("all shortest, told as JSON", timed(told, pairs)))
    simple: nx.Graph[int] = nx.Graph()
    simple.add_nodes_from(range(projection.node_count))
    owners = np.repeat(np.arange(projection.node_count), np.diff(projection.adjacency.starts))
    simple.add_edges_from(zip(owners.tolist(), projection.adjacency.neighbors.tolist(), strict=True))
    peer = timed(lambda pair: nx.bidirectional_shortest_path(simple, *pair), few)
    peer_all = timed(lambda pair: sum(1 for _ in nx.all_shortest_paths(simple, *pair)), few[:5])
    print(row("networkx, one shortest", peer))
    print(row("networkx, all shortest", peer_all))
    for name, mine, theirs in (("one", ours, peer), ("all", ours_all[:5], peer_all)):
        ratios = [np.percentile(theirs, q) / np.percentile(mine, q) for q in (50, 99)]
        print(f"\nAgainst networkx, {name} shortest, same pairs: {ratios[0]:.0f}× at the median, {ratios[1]:.0f}× at p99.")
    for pair in few:
        expected = len(nx.bidirectional_shortest_path(simple, *pair))
        assert len(one(every)(pair)) == expected == shortest_paths(job(projection, every, WORK), pair, MAX_HOPS, 1).hops + 1
    began = time.perf_counter()
    table = find_connections(projection, ConnectionsQuery("University", "Enterprise", 2, count=True), someone)
    print(f"\nUniversity × Enterprise within 2 hops: {table.total:,} pairs in {time.perf_counter() - began:.2f} s ({table.limit}).")


if __name__ == "__main__":
    main()
