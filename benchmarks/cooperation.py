"""How long the desk's lists take over many needs, and how long ranking takes, in a warm process.

    python -m benchmarks.cooperation [--needs 100000] [--scales 1 25] [--asked 200]

The needs are loaded as a file would be, with enterprises in nine districts, and taken on by experts; each list is asked as it stands,
and right after a need was posted, so that it has to follow. Prints Markdown, and ends with an error where p95 is above 50 ms for a list,
30 ms for a ranking on the city (scale 1) or 300 ms on one of twenty-five times the size.
"""

from __future__ import annotations

import argparse
import datetime
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from cooperation.needs.moves import State
from graph.factory import open_store
from graph.ledger import Ledger
from graph.model import ClaimKind, Draft, Record, RecordDrafts, Source
from graph.ontology import default_ontology
from ingest.sample.write import write_city
from lianyin.client import Client
from lianyin.client import open as open_graph
from lianyin.settings import Settings

SEED = 20200910
DAY = datetime.date(2020, 9, 10)
LIST_MS, RANKING_MS = 50.0, {1.0: 30.0, 25.0: 300.0}
DISTRICTS, FIRMS, EXPERTS = 9, 10_000, 2_000
BATCH = 5_000
MOVED = 50


def rows(needs: int) -> Iterator[RecordDrafts]:
    """A platform of so many needs."""
    chosen = np.random.default_rng(SEED)
    states = [each.value for each in State]

    def node(type: str, id: str, **values: str) -> Draft:
        return Draft(ClaimKind.NODE, type, id, values={"name": id, **values})

    def link(type: str, start: str, end: str, **values: str) -> Draft:
        return Draft(ClaimKind.RELATIONSHIP, type, start, end, values=values)

    number = 0

    def row(*drafts: Draft) -> RecordDrafts:
        nonlocal number
        number += 1
        return RecordDrafts(Record("needs.csv", "", number, str(number)), drafts)

    for each in range(DISTRICTS):
        yield row(node("District", f"d:{each}"))
    for each in range(min(FIRMS, needs)):
        firm = f"e:{each}"
        yield row(
            node("Enterprise", firm),
            link("LOCATED_IN", firm, f"d:{each % DISTRICTS}"),
            node("Account", f"a:{each}"),
            link("OF", f"a:{each}", firm),
        )
    for each in range(EXPERTS):
        yield row(node("Person", f"p:{each}"))
    for each in range(needs):
        need = f"n:{each}"
        due = (DAY + datetime.timedelta(days=int(chosen.integers(-200, 200)))).isoformat()
        posted = link("POSTED", f"e:{chosen.integers(min(FIRMS, needs))}", need, validFrom="2020-01-01")
        taken = link("ACCEPTED", f"p:{chosen.integers(EXPERTS)}", need, validFrom="2020-02-01", state="接单")
        yield row(node("Need", need, state=states[int(chosen.integers(len(states)))], dueDate=due, kind="技术"), posted, taken)


def loaded(folder: Path, needs: int) -> Client:
    """The platform, open."""
    ontology = default_ontology()
    store = open_store(f"kglite://{(folder / 'needs').as_posix()}", ontology)
    recording = Ledger(store, ontology).begin("needs")
    source, held = Source("bench", "A platform", "2020-09-01"), []
    for each in rows(needs):
        held.append(each)
        if len(held) == BATCH:
            recording.record(source, "bench/needs.csv", held)
            held = []
    recording.record(source, "bench/needs.csv", held)
    recording.publish()
    return Client(store, ontology, Settings(today=DAY, clearance=3))


def milliseconds(ask: Callable[[int], object], times: int, before: Callable[[int], object] | None = None) -> np.ndarray:
    """Of each question; what is done ``before`` one is not counted."""
    found = []
    for number in range(times + 1):
        if before is not None:
            before(number)
        began = time.perf_counter()
        ask(number)
        found.append((time.perf_counter() - began) * 1e3)
    return np.array(found[1:])


def told(name: str, found: np.ndarray, allowed: float) -> bool:
    """Prints a row; whether p95 is as wanted."""
    median, p95, most = np.percentile(found, (50, 95, 100))
    print(f"| {name} | {len(found)} | {median:.1f} | {p95:.1f} | {most:.1f} | {allowed:.0f} | {p95 / allowed:.2f} |", flush=True)
    return bool(p95 <= allowed)


def lists(needs: int, asked: int) -> bool:
    """The desk's lists, as they stand and after a move."""
    with tempfile.TemporaryDirectory(prefix="lianyin-bench-") as folder:
        client = loaded(Path(folder), needs)
        platform = client.platform
        asks: dict[str, Callable[[int], object]] = {
            "mine": lambda number: platform.needs(f"enterprise:e:{number % 1000}", mine=True),
            "overdue": lambda _: platform.needs("talent", overdue=True),
            "by district": lambda number: platform.needs(f"district:d:{number % DISTRICTS}", district=f"d:{number % DISTRICTS}"),
        }
        fine = True
        for name, ask in asks.items():
            ask(0)
            fine &= told(f"{name}, {needs:,} needs", milliseconds(ask, asked), LIST_MS)
        for name, ask in asks.items():
            moved = milliseconds(ask, MOVED, lambda number: _move(client, number))
            fine &= told(f"{name}, right after a move", moved, LIST_MS)
        client.close()
        client.store.close()
        return fine


def _move(client: Client, number: int) -> None:
    firm = f"enterprise:e:{number}"
    client.platform.post_need(firm, {"name": f"need {number}", "kind": "技术"})


def ranking(scale: float, asked: int) -> bool:
    """Experts for needs of the city."""
    with tempfile.TemporaryDirectory(prefix="lianyin-bench-") as folder:
        settings = Settings(clearance=3, today=DAY, hash_key_file=Path(folder) / "hash.key")
        write_city(Path(folder) / "city", scale=scale)
        with open_graph(f"kglite://{(Path(folder) / 'store').as_posix()}", settings=settings) as client:
            client.ingest([Path(folder) / "city"], "city")
            matcher = client.models.matcher
            needs = [node.id for node in matcher.world.nodes("Need")]
            chosen = [needs[at] for at in np.random.default_rng(SEED).permutation(len(needs))[: asked + 1]]
            found = milliseconds(lambda number: matcher.for_need(chosen[number % len(chosen)], DAY), asked)
            return told(f"experts for a need, city × {scale:g} ({len(needs):,} needs)", found, RANKING_MS.get(scale, RANKING_MS[25.0]))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.cooperation", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--needs", type=int, default=100_000)
    parser.add_argument("--scales", type=float, nargs="*", default=[1.0, 25.0])
    parser.add_argument("--asked", type=int, default=200)
    given = parser.parse_args(arguments)
    print("| ms | asked | median | p95 | most | limit | p95 / limit |\n|---|--:|--:|--:|--:|--:|--:|")
    fine = lists(given.needs, given.asked) if given.needs else True
    for scale in given.scales:
        fine &= ranking(scale, given.asked)
    if not fine:
        sys.exit("A list or a ranking took longer than its limit at p95.")


if __name__ == "__main__":
    main()
