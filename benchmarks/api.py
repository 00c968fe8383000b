"""What the HTTP door costs: a path answer against a bare FastAPI endpoint that returns the same bytes, and autocomplete, in one run.

    python -m benchmarks.api [--requests 2000] [--scale 1]

On the fictitious city. CPU is the whole process's (its threads included), for requests handed over in process as a server hands
them over (ASGI), so that neither sockets nor a client are measured. "kept" is an answer that was given before at this revision,
"made" one that is made anew each time (nothing is kept). Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Response

from api import create_app
from graph.factory import open_store
from ingest.sample.write import write_city
from lianyin.client import Client
from lianyin.settings import Settings, load_types

Ask = Callable[[str, dict[str, object]], Awaitable[bytes]]
SEED = 7
WARM = 50


def asking(app: Any) -> Ask:
    """Hands a GET to the application and collects the body."""

    async def ask(path: str, query: dict[str, object]) -> bytes:
        parts: list[bytes] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            assert message.get("status", 200) == 200, message
            parts.append(message.get("body", b""))

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": urlencode(query).encode(),
            "root_path": "",
            "headers": [(b"host", b"127.0.0.1"), (b"accept", b"*/*")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        await app(scope, receive, send)
        return b"".join(parts)

    return ask


def bare(body: bytes) -> dict[str, FastAPI]:
    """FastAPI with one endpoint and nothing else: one that runs on the loop, one that runs in a thread as ours do."""
    on_loop, in_thread = FastAPI(), FastAPI()

    @on_loop.get("/v1/paths")
    async def first() -> Response:
        return Response(body, media_type="application/json")

    @in_thread.get("/v1/paths")
    def second() -> Response:
        return Response(body, media_type="application/json")

    return {"bare FastAPI, async": on_loop, "bare FastAPI, sync": in_thread}


async def cpu(ask: Ask, queries: Sequence[dict[str, object]], number: int) -> float:
    """Microseconds of CPU a request."""
    for at in range(WARM):
        await ask("/v1/paths", queries[at % len(queries)])
    started = time.process_time()
    for at in range(number):
        await ask("/v1/paths", queries[at % len(queries)])
    return (time.process_time() - started) / number * 1e6


async def latencies(ask: Ask, typed: Sequence[str]) -> list[float]:
    """Milliseconds of each completion."""
    found = []
    for text in typed:
        started = time.perf_counter()
        await ask("/v1/autocomplete", {"text": text, "limit": 8})
        found.append((time.perf_counter() - started) * 1e3)
    return found


def questions(client: Client) -> list[dict[str, object]]:
    """Twenty connected pairs of a university and an enterprise."""
    rows: Any = client.connections("University", "Enterprise", max_hops=6, limit=2000).document["rows"]
    return [{"from": row["from"]["id"], "to": row["to"]["id"]} for row in rows[:: max(1, len(rows) // 20)][:20]]


def typed(client: Client) -> list[str]:
    """What people type on the way to a name: its first characters, one after another."""
    names = [name for name in client.models.projection.names[:] if len(name) > 2]
    return [name[:length] for name in names[:: max(1, len(names) // 200)] for length in (1, 2, 3, 4)]


async def measure(settings: Settings, number: int) -> None:
    store = open_store(settings.store_url(), load_types(settings))
    try:
        kept = create_app(settings, store)
        made = create_app(settings.model_copy(update={"max_kept_bytes": 0}), store)
        client: Client = kept.state.client
        asked = questions(client)[:1]
        body = await asking(made)("/v1/paths", asked[0])
        apps = {**bare(body), "Lianyin, kept": kept, "Lianyin, made": made}
        costs = {name: await cpu(asking(app), asked, number) for name, app in apps.items()}
        print(f"\nOne path answer of {len(body):,} bytes, {number:,} requests each, {client.stats().document['nodes']:,} nodes\n")
        print("| endpoint | CPU µs a request | against bare async | against bare sync |\n|---|--:|--:|--:|")
        first, second = costs["bare FastAPI, async"], costs["bare FastAPI, sync"]
        for name, cost in costs.items():
            print(f"| {name} | {cost:,.0f} | {cost / first:.2f} | {cost / second:.2f} |")
        times = sorted(await latencies(asking(made), typed(client)))
        tail = times[int(len(times) * 0.95)]
        print(f"\nAutocomplete, made anew: {len(times):,} completions, median {statistics.median(times):.1f} ms, p95 {tail:.1f} ms")
    finally:
        store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--scale", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lianyin-bench-") as folder:
        settings = Settings(store=f"kglite://{folder}/store")
        write_city(Path(folder) / "city", seed=SEED, scale=options.scale)
        store = open_store(settings.store_url(), load_types(settings))
        Client(store, load_types(settings), settings).ingest([Path(folder) / "city"], "city", date="2020-09-10")
        store.close()
        asyncio.run(measure(settings, options.requests))


if __name__ == "__main__":
    main()
