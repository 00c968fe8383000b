"""What reading costs: rows read, cleaned, checked and made into claims, against a bare `csv.reader` over the same file in the same run.

    python -m benchmarks.ingest [--rows 1000 10000 100000 1000000]

The file is made: participations of 20,000 organisations in projects, four to a project, in the layout of the public CORDIS lists. A trial
load (`--dry-run`) does everything but write: `claims` is the time until the last row has become claims, `and compared` the time until it is
known besides what they would change in the graph. Each size runs in a process of its own, which tells its peak memory; `growth` is the time
of a row over that of the smallest size, and the load of the machine stands above. Ends with an error where the largest size takes more than
60 times the bare loop for its claims, or 1 GB.
"""

from __future__ import annotations

import argparse
import csv
import gc
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

SEED = 20200910
ALLOWED_TIMES = 60.0
ALLOWED_MEGABYTES = 1_000.0
HEADER = tuple(
    "rcn role pic type contribution country start_date end_date max_contribution total_cost start_year end_year duration".split()
)
TYPES = ("HES", "PRC", "REC", "PUB", "OTH")


class Measured(NamedTuple):
    rows: int
    bare: float
    claims: float
    compared: float
    megabytes: float

    @property
    def times(self) -> float:
        return self.claims / self.bare


def write_rows(path: Path, rows: int) -> None:
    """A file of so many rows, four to a project."""
    generator = np.random.default_rng(SEED)
    organisations = generator.integers(0, 20_000, rows).tolist()
    years = generator.integers(2014, 2017, rows // 4 + 1).tolist()
    money = generator.integers(10_000, 900_000, rows).tolist()
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number, (organisation, amount) in enumerate(zip(organisations, money, strict=True)):
            project = number // 4
            year = years[project]
            role = "coordinator" if number % 4 == 0 else "participant"
            kind = TYPES[organisation % len(TYPES)]
            cells = (100_000 + project, role, 900_000_000 + organisation, kind, f"{amount}.5", "CN", f"{year}-03-01", f"{year + 3}-02-28")
            writer.writerow((*cells, 100_000 + 1_000 * project, 100_000 + 1_300 * project, year, year + 3, 36))


def measure(path: Path, rows: int) -> Measured:
    """Both over the same file, ours between two bare loops."""
    from ingest.contacts import LEFT_OUT
    from ingest.mapping import select_mappings
    from ingest.pipeline import Progress, ingest
    from lianyin.__main__ import ALLOCATIONS_BEFORE_COLLECTING
    from lianyin.client import open as open_graph
    from lianyin.settings import Settings

    gc.set_threshold(ALLOCATIONS_BEFORE_COLLECTING, 50, 50)  # as the command line sets it
    before = bare(path)
    with tempfile.TemporaryDirectory() as folder, open_graph(settings=Settings(store=f"kglite://{folder}/store")) as client:
        from graph.ledger import Rehearsals

        rehearsals = Rehearsals(client.ledger)
        mappings = select_mappings("cordis-participation", client.ontology, ())
        read: list[float] = []

        def told(at: Progress) -> None:
            if at.done:
                read.append(time.process_time() - began)

        began = time.process_time()
        report = ingest(
            [path], ledger=rehearsals, ontology=client.ontology, mappings=mappings, named=True, contacts=LEFT_OUT, progress=told
        )
        compared = time.process_time() - began
    assert report.totals.read == rows == report.totals.new, report.totals
    return Measured(rows, (before + bare(path)) / 2, read[0], compared, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def bare(path: Path) -> float:
    """Seconds of CPU that `csv.reader` alone takes."""
    began = time.process_time()
    with path.open(newline="", encoding="utf-8") as stream:
        for _ in csv.reader(stream):
            pass
    return time.process_time() - began


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--rows", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    sizes = arguments.parse_args().rows
    print(f"Load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print("| rows | bare, s | claims, s | times | and compared, s | times | rows a second | growth | peak, MB |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    measured: list[Measured] = []
    for rows in sizes:
        with tempfile.TemporaryDirectory() as folder, multiprocessing.get_context("spawn").Pool(1) as pool:
            path = Path(folder) / "participation.csv"
            write_rows(path, rows)
            found: Measured = pool.apply(measure, (path, rows))
        measured.append(found)
        cells = (
            f"{found.bare:.3f}",
            f"{found.claims:.2f}",
            f"{found.times:.0f}",
            f"{found.compared:.2f}",
            f"{found.compared / found.bare:.0f}",
        )
        growth = found.claims / found.rows / (measured[0].claims / measured[0].rows)
        print(
            "|",
            " | ".join((f"{rows:,}", *cells, f"{rows / found.claims:,.0f}", f"{growth:.2f}", f"{found.megabytes:,.0f}")),
            "|",
            flush=True,
        )
    last = measured[-1]
    if last.times > ALLOWED_TIMES or last.megabytes > ALLOWED_MEGABYTES:
        sys.exit(f"{last.rows:,} rows: {last.times:.0f} times the bare loop (at most {ALLOWED_TIMES:.0f}), {last.megabytes:,.0f} MB.")


if __name__ == "__main__":
    main()
