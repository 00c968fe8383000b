"""How a search grows with the graph: S, M, L, and the law that it follows.

Time grows with what a search looks at and with how far apart in memory that lies. The adjacency entries it looks at are counted beside
it: they are the same on every machine. The exponent *e* of ``median ~ edges ** e`` is fitted by least squares on logarithms.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks import ours
from benchmarks.graphs import SIZES, Size, made, random_pairs
from benchmarks.measuring import Engine, interleaved
from benchmarks.options import Options
from benchmarks.report import Section, Target
from graph.paths.search.plain import one_shortest
from graph.paths.search.workspace import job

QUESTIONS = 1_000


def run(options: Options) -> list[Section]:
    sizes = [size for size in SIZES.values() if not options.quick or size.name != "L"]
    lines, medians, looks = [], [], []
    for size in sizes:
        times, entries, hops = one_graph(size)
        medians.append(float(np.median(times)))
        looks.append(float(np.median(entries)))
        quantiles = [f"{value:,.1f}" for value in np.percentile(times, (50, 95, 99))]
        lines.append((size.name, f"{size.nodes:,}", f"{size.edges:,}", f"{np.mean(hops):.2f}", *quantiles, f"{looks[-1]:,.0f}"))
    head = ("graph", "nodes", "edges", "hops, mean", "median, µs", "p95", "p99", "entries looked at, median")
    time_law, look_law = (exponent([size.edges for size in sizes], values) for values in (medians, looks))
    told = f"median ~ edges^{time_law:.2f}; entries looked at ~ edges^{look_law:.2f}"
    degree = (
        "A search from both ends meets after looking at about the square root of the graph (exponent 0.5 where all degrees are equal); "
        "hubs make the meeting sooner. Time grows faster than looks once the arrays no longer fit the caches."
    )
    target = Target(f"growth {' → '.join(size.name for size in sizes)}", "the table, and the law it follows", told, True)
    return [Section("Growth of one shortest path", table=(head, *lines), notes=(told + ".", degree), targets=(target,))]


def one_graph(size: Size) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Microseconds, adjacency entries looked at, and hops of each question."""
    projection = made(size)
    rules = ours.allowed(projection)
    pairs = random_pairs(size, QUESTIONS)
    found = interleaved([Engine("Lianyin", ours.one(projection, rules))], pairs, 10)["Lianyin"]
    entries, hops = [], []
    for pair in pairs:
        task = job(projection, rules, ours.WORK)
        hops.append(len(one_shortest(task, pair, ours.MAX_HOPS)) - 1)
        entries.append(ours.WORK - int(task.budget[0]))
    return found.microseconds, np.array(entries), np.array(hops)


def exponent(sizes: list[int], values: list[float]) -> float:
    """The slope of a straight line through the logarithms."""
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])
