"""What a graph takes: bytes of all arrays an edge, and the most memory that a process ever held which builds L and asks it.

    python -m benchmarks.memory L

is that process: it makes the arrays of ends and kinds, builds the projection, asks 1,000 shortest paths, and prints JSON.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks import ours
from benchmarks.graphs import SIZES, Size, made, random_pairs
from benchmarks.options import Options
from benchmarks.report import Section, Target

GIGABYTE = 2**30
QUESTIONS = 1_000


def run(options: Options) -> list[Section]:
    sizes = [SIZES["S"], SIZES["M"]] if options.quick else list(SIZES.values())
    found = {size.name: in_a_process(size) for size in sizes}
    head = (
        "graph",
        "bytes an edge, all arrays",
        "ids and names, bytes an edge",
        "built in s",
        "median of 1,000 searches, µs",
        "peak of the process",
    )
    body = [
        (name, f"{each['arrays']:.1f}", f"{each['texts']:.1f}", f"{each['built']:.2f}", f"{each['median']:.1f}", f"{each['peak']:.2f} GiB")
        for name, each in found.items()
    ]
    most = max(each["arrays"] for name, each in found.items() if name != "S")
    targets = [Target("memory, all arrays", "≤ 24 bytes an edge", f"{most:.1f}", most <= 24)]
    large = found.get("L")
    targets.append(
        Target("L is built and queried", "within 2 GB", f"{large['peak']:.2f} GiB", large["peak"] * GIGABYTE <= 2e9)
        if large
        else Target("L is built and queried", "within 2 GB", "not asked for (`--quick`)", None)
    )
    note = (
        "All arrays: what searches read and what names edges and kinds; of S its nodes weigh most. The peak counts Python, numpy and numba."
    )
    return [Section("Memory, each graph in a process of its own", table=(head, *body), notes=(note,), targets=tuple(targets))]


def in_a_process(size: Size) -> dict[str, float]:
    """The figures that the process prints."""
    done = subprocess.run([sys.executable, "-m", "benchmarks.memory", size.name], capture_output=True, text=True, check=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def measure(size: Size) -> dict[str, float]:
    """Builds, asks, and looks at the peak."""
    began = time.perf_counter()
    projection = made(size)
    built = time.perf_counter() - began
    search = ours.one(projection, ours.allowed(projection))
    times = []
    for pair in random_pairs(size, QUESTIONS):
        started = time.perf_counter()
        search(pair)
        times.append((time.perf_counter() - started) * 1e6)
    texts = (projection.node_ids, projection.names, projection.relationship_ids)
    return {
        "arrays": projection.array_bytes() / size.edges,
        "texts": sum(len(each.data) + each.offsets.nbytes for each in texts) / size.edges,
        "built": built,
        "median": float(np.median(times)),
        "peak": peak_kilobytes() / 2**20,
    }


def peak_kilobytes() -> int:
    """The most memory that this program held. ``ru_maxrss`` would also count what the process was before it became this program: a copy
    of the harness, with all other engines' graphs."""
    status = Path("/proc/self/status")
    told = re.search(r"^VmHWM:\s*(\d+)", status.read_text(encoding="utf-8"), re.M) if status.exists() else None
    return int(told.group(1)) if told else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    print(json.dumps(measure(SIZES[sys.argv[1]])))
