"""Light questions beside heavy ones over HTTP: a real ``lianyin serve`` on this machine over the fictitious city.

One asker sends heavy questions without a pause (all paths within twelve hops, counted to the end or for two seconds), which keeps a core
busy; another asks one shortest path after another over one connection. Idle and busy spells take turns. Nothing is kept between
questions, so every answer is made.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import numpy as np

from benchmarks.options import Options
from benchmarks.report import Row, Section, Target
from lianyin.serving import read_note

SEED = 7
START_SECONDS = 60.0
SPELLS = 4
ALLOWED_MILLISECONDS = 25.0
SERVER = {"LIANYIN_MAX_KEPT_BYTES": "0", "LIANYIN_MAX_MILLISECONDS": "2000"}


def run(options: Options) -> list[Section]:
    with tempfile.TemporaryDirectory(prefix="lianyin-bench-http-") as folder, city_store(Path(folder), 1.0) as (url, pairs):
        idle, busy, heavy = measure(url, pairs, 30 if options.quick else 250)
    rows = tuple(
        _row(name, times) for name, times in (("light, idle", idle), ("light, beside a heavy one", busy), ("heavy", heavy)) if times
    )
    calm, loaded = (float(np.percentile(times, 99)) / 1000 for times in (idle, busy))
    told = f"idle p99 {calm:.1f} ms, busy p99 {loaded:.1f} ms: + {loaded - calm:.1f} ms"
    target = Target(
        "over HTTP, heavy queries on one core: a light query's p99", "≤ idle p99 + 25 ms", told, loaded <= calm + ALLOWED_MILLISECONDS
    )
    notes = (f"{len(heavy)} heavy questions were answered meanwhile; load of the machine {os.getloadavg()[0]:.1f}.",)
    return [Section("Light beside heavy over HTTP", rows, notes=notes, targets=(target,))]


def measure(url: str, pairs: Sequence[dict[str, str]], number: int) -> tuple[list[float], list[float], list[float]]:
    """Microseconds of light questions idle and busy, and of the heavy ones."""
    times: dict[bool, list[float]] = {False: [], True: []}
    heavy: list[float] = []
    spell(url, pairs, 20)
    for _ in range(SPELLS):
        for loaded in (False, True):
            over = threading.Event()
            asker = threading.Thread(target=ask_heavy, args=(url, pairs, over, heavy))
            if loaded:
                asker.start()
                time.sleep(0.5)
            times[loaded] += spell(url, pairs, number)
            over.set()
            if loaded:
                asker.join()
    return times[False], times[True], heavy


def spell(url: str, pairs: Sequence[dict[str, str]], number: int) -> list[float]:
    """One light question after another, a moment between them as people leave it."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    found = []
    for at in range(number):
        began = time.perf_counter()
        ask(connection, "/v1/paths", pairs[at % len(pairs)])
        found.append((time.perf_counter() - began) * 1e6)
        time.sleep(0.002)
    connection.close()
    return found


def ask_heavy(url: str, pairs: Sequence[dict[str, str]], over: threading.Event, times: list[float]) -> None:
    """All paths of up to twelve hops, again and again, until it is over."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=120)
    at = 0
    while not over.is_set():
        began = time.perf_counter()
        ask(connection, "/v1/paths", {**pairs[at % len(pairs)], "kind": "simple", "max_hops": "12", "limit": "5"})
        times.append((time.perf_counter() - began) * 1e6)
        at += 1
    connection.close()


def ask(connection: http.client.HTTPConnection, path: str, query: dict[str, str]) -> dict[str, object]:
    """Raises ``AssertionError`` for anything but 200."""
    connection.request("GET", f"{path}?{urlencode(query)}")
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (answer.status, body)
    document: dict[str, object] = json.loads(body)
    return document


@contextmanager
def city_store(folder: Path, scale: float) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """A server over the city of this scale, and twenty connected pairs as queries."""
    from graph.factory import open_store
    from ingest.sample.write import write_city
    from lianyin.client import Client
    from lianyin.settings import Settings, load_types

    settings = Settings(store=f"kglite://{folder}/store")
    write_city(folder / "city", seed=SEED, scale=scale)
    store = open_store(settings.store_url(), load_types(settings))
    try:
        client = Client(store, load_types(settings), settings)
        client.ingest([folder / "city"], "city", date="2020-09-10")
        rows: list[dict[str, dict[str, str]]] = client.connections("University", "Enterprise", max_hops=6, limit=2000).document["rows"]  # type: ignore[assignment]
    finally:
        store.close()
    pairs = [{"from": row["from"]["id"], "to": row["to"]["id"]} for row in rows[:: max(1, len(rows) // 20)][:20]]
    environment = {**os.environ, "LIANYIN_STORE": settings.store_url(), **SERVER}
    command = [sys.executable, "-m", "lianyin", "serve", "--port", "0"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield _address(server, settings.store_url()), pairs
    finally:
        server.terminate()
        server.wait(30)


def _address(server: subprocess.Popen[bytes], store: str) -> str:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        note = read_note(store)
        if note and _ready(note.url):
            return note.url
        time.sleep(0.1)
    raise RuntimeError(f"`lianyin serve` did not answer within {START_SECONDS:.0f} s (exit code {server.poll()}).")


def _ready(url: str) -> bool:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _row(name: str, times: Sequence[float]) -> Row:
    median, p95, p99 = np.percentile(times, (50, 95, 99)).tolist()
    return Row(name, len(times), median, p95, p99)
