"""One shortest path between two nodes: ours against C, libraries and databases on the same graph."""

from __future__ import annotations

from contextlib import ExitStack

from benchmarks import ours, peers
from benchmarks.c_baseline import CompiledSearch, compiler
from benchmarks.graphs import Pair, made, random_pairs
from benchmarks.measuring import Engine, Samples, check_equal, interleaved, ratio
from benchmarks.options import Options
from benchmarks.report import Section, Target, row, rows

OURS = "Lianyin"
DATED = "Lianyin, valid on a day"
C, C_INSIDE = "C, called as ours is", "C, called from C"
NETWORKX, NETWORKIT, KGLITE, NEO4J = "networkx", "NetworKit", "kglite, Cypher", "Neo4j, Cypher over Bolt"
ROUNDS = 20
NO_COMPILER = "no C compiler here"
NO_SERVER = "no server here (`make neo4j`)"


def run(options: Options) -> list[Section]:
    """On the largest graph that was asked for; databases only on S and M, where loading them takes less than half a minute."""
    size = options.size
    projection = made(size)
    pairs = random_pairs(size, 400 if options.quick else 2_000)
    with ExitStack() as stack:
        every, dated = ours.allowed(projection), ours.allowed(projection, as_of=ours.DAY)
        engines: list[Engine[Pair]] = [Engine(OURS, ours.one(projection, every))]
        command = compiler()
        if command:
            compiled = CompiledSearch(projection, command)
            stack.callback(compiled.close)
            engines.append(Engine(C, lambda pair: compiled.shortest(pair, ours.MAX_HOPS)))
        engines.append(Engine(NETWORKIT, peers.networkit_search(size)))
        if not options.quick and size.edges <= 1_000_000:
            engines.append(Engine(NETWORKX, peers.networkx_search(size), share=100, warm=1))
            engines.append(Engine(KGLITE, peers.kglite_search(size, ours.MAX_HOPS), share=10))
            search = stack.enter_context(peers.neo4j_search(size, ours.MAX_HOPS))
            if search:
                engines.append(Engine(NEO4J, search, share=10))
        found = interleaved(engines, pairs, ROUNDS)
        compared = check_equal(found, OURS, len)  # type: ignore[arg-type]
        extra = interleaved([Engine(DATED, ours.one(projection, dated))], pairs, ROUNDS)
        if command:
            extra[C_INSIDE] = Samples(dict(enumerate(compiled.timed(pairs, ours.MAX_HOPS))))
    notes = [f"{compared:,} answers compared with ours: all of the same number of hops."]
    if command:
        notes.append("C is called by ctypes and its path made a tuple, as ours is; called from C, nothing but the search is timed.")
    table = (*rows(found), *(row(name, samples) for name, samples in extra.items()))
    return [Section(f"One shortest path on {size.name}", table, notes=tuple(notes), targets=tuple(_targets(found, size.name)))]


def _targets(found: dict[str, Samples], graph: str) -> list[Target]:
    def against(name: str, work: str, wanted: str, median: float, high: float, missing: str) -> Target:
        if name not in found:
            return Target(work, wanted, missing, None)
        ratios = [ratio(found[name], found[OURS], percentile) for percentile in (50, 99)]
        told = f"{ratios[0]:,.1f}× at the median, {ratios[1]:,.1f}× at p99"
        return Target(work, wanted, told, ratios[0] >= median and ratios[1] >= high)

    work = f"shortest path, {graph}, against"
    not_run = "not asked for (`--quick`, or on L)"
    return [
        _against_c(found, work),
        against(NETWORKX, f"{work} networkx", "≥ 5× at the median, ≥ 20× at p99", 5, 20, not_run),
        against(NETWORKIT, f"{work} NetworKit BidirectionalBFS", "faster at both", 1, 1, not_run),
        against(NEO4J, f"{work} Neo4j's own over Bolt", "≥ 50× at the median", 50, 0, NO_SERVER if KGLITE in found else not_run),
        against(KGLITE, f"{work} the embedded store's own", "≥ 5× at the median", 5, 0, not_run),
    ]


def _against_c(found: dict[str, Samples], work: str) -> Target:
    wanted = "median and p99 ≤ 2×"
    if C not in found:
        return Target(f"{work} C", wanted, NO_COMPILER, None)
    ratios = [1 / ratio(found[C], found[OURS], percentile) for percentile in (50, 99)]
    return Target(f"{work} C", wanted, f"{ratios[0]:.2f}× at the median, {ratios[1]:.2f}× at p99", max(ratios) <= 2)
