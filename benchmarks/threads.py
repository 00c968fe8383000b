"""Two threads against one, on questions that are answered in the kernels and so without Python's lock.

Rounds with one thread and with two take turns. Every thread answers the same questions as the one does, so two have twice the work.
What the machine has to give at that time is measured beside it, by checksums of a large piece of memory: where two threads of these do not
reach 1.8 times one, others are using the cores, and nothing can be said of ours.
"""

from __future__ import annotations

import os
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks import ours
from benchmarks.graphs import made, random_pairs
from benchmarks.options import Options
from benchmarks.report import Section, Target
from graph.paths import ConnectionsQuery, find_connections

ROUNDS = 8
WANTED = 1.8
EACH = 20
PLAIN, TABLE, SHORTEST = "checksums in C", f"tables: 3 hops from {EACH} universities", "all shortest paths, one listed"


def run(options: Options) -> list[Section]:
    found = measure(works(options))
    plain, ours_ = found[PLAIN][2], found[TABLE][2]
    told = f"{ours_:.2f}× on tables ({found[SHORTEST][2]:.2f}× on searches of a tenth of a millisecond)"
    if plain < WANTED and ours_ < WANTED:
        target = Target("two threads", "≥ 1.8× the throughput of one", f"{told}; plain C reached {plain:.2f}×: the cores are in use", None)
    else:
        target = Target("two threads", "≥ 1.8× the throughput of one", told, ours_ >= WANTED)
    lines = [(name, f"{one:,.1f}", f"{two:,.1f}", f"{ratio:.2f}") for name, (one, two, ratio) in found.items()]
    notes = (f"{os.cpu_count()} cores, load of the machine {os.getloadavg()[0]:.1f}; the best of {ROUNDS} rounds each.",)
    head = ("work", "one thread, batches a second", "two threads", "ratio")
    return [Section(f"Two threads on {options.size.name}", table=(head, *lines), notes=notes, targets=(target,))]


def works(options: Options) -> dict[str, Callable[[], None]]:
    """Each a batch of some tenths of a second at most."""
    projection = made(options.size)
    memory = bytes(16_000_000 if options.quick else 80_000_000)
    search = ours.listing(projection, "all-shortest", 1, ours.MAX_HOPS)
    pairs = random_pairs(options.size, 100 if options.quick else 1_000, salt=5)
    universities = [id for id in projection.node_ids[:2_000] if projection.kind(projection.number(id)).type == "University"]
    tables = [
        ConnectionsQuery("University", "Enterprise", 3, from_nodes=tuple(universities[first : first + EACH]), count=True)
        for first in range(0, EACH * (2 if options.quick else 5), EACH)
    ]
    context = ours.context()

    def searching() -> None:
        for pair in pairs:
            search(pair)

    def tabulating() -> None:
        for query in tables:
            find_connections(projection, query, context)

    return {PLAIN: lambda: (zlib.crc32(memory), None)[1], TABLE: tabulating, SHORTEST: searching}


def measure(batches: dict[str, Callable[[], None]]) -> dict[str, tuple[float, float, float]]:
    """Batches a second with one thread and with two, and their ratio, at the best of all rounds."""
    best = {(name, threads): float("inf") for name in batches for threads in (1, 2)}
    with ThreadPoolExecutor(2) as pool:
        for number in range(ROUNDS + 1):
            for name, batch in batches.items():
                for threads in (1, 2):
                    began = time.perf_counter()
                    for done in [pool.submit(batch) for _ in range(threads)]:
                        done.result()
                    if number:  # the first round warms each thread up
                        best[name, threads] = min(best[name, threads], time.perf_counter() - began)
    return {name: (1 / best[name, 1], 2 / best[name, 2], 2 * best[name, 1] / best[name, 2]) for name in batches}
