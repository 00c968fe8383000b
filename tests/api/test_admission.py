"""Heavy questions take turns, light ones never wait for them, and whoever hangs up frees what worked for them."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import orjson
import pytest

from api import create_app
from api.admission import heavy_places, is_heavy
from graph.factory import open_store
from graph.model import Node, Relationship
from graph.store import Store
from lianyin.settings import Settings, load_types
from tests.api.running import running
from tests.contract.world import publish

HANG = 20.0
"""Seconds after which what should have ended, or should have been answered, has not."""

COMPILED = 120.0
"""Seconds in which the slowest machine has compiled a kernel."""

ENDLESS = {"query": "RETURN size([x IN range(1,100000) | [y IN range(1,100000) | x * y % 7]]) AS n"}
ALL_PATHS = "/v1/paths?from=n:0&to=n:39&kind=simple&max_hops=12&limit=1000"
TABLE = "/v1/connections?from_type=Organization&to_type=Organization&max_hops=1"
LIGHT = ("/v1/paths?from=n:0&to=n:39", "/v1/search?text=n", "/v1/nodes/n:0", "/healthz", "/readyz", "/v1/stats")


@contextmanager
def dense(folder: Path, **chosen: object) -> Iterator[tuple[str, Store]]:
    """A server over forty organizations of which each works with each: more simple paths than anybody could count."""
    settings = Settings(store=f"kglite://{folder.as_posix()}", today="2020-09-10", language="zh", **chosen)  # type: ignore[arg-type]
    with closing(open_store(settings.store_url(), load_types(settings))) as store:
        ids = [f"n:{number}" for number in range(40)]
        nodes = [Node(id, "Organization", {"name": id}) for id in ids]
        edges = [Relationship(f"COOPERATES_WITH:{a}>{b}", "COOPERATES_WITH", a, b, {}) for a, b in combinations(ids, 2)]
        publish(store, *nodes, *edges)
        with running(create_app(settings, store)) as address:
            # Where kernels were never compiled, the first question waits for the compiler, which no bound here is about.
            assert httpx2.get(address + LIGHT[0], timeout=COMPILED).status_code == 200
            yield address, store


def eventually(holds: Callable[[], bool]) -> bool:
    begun = time.monotonic()
    while time.monotonic() - begun < HANG:
        if holds():
            return True
        time.sleep(0.01)
    return False


def hang_up(address: str, request: bytes, after: float = 0.5) -> None:
    """Asks, waits a little, and closes the connection before there is an answer."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port), timeout=HANG) as connection:
        connection.sendall(request)
        connection.settimeout(after)
        with pytest.raises(TimeoutError):
            connection.recv(1)


def is_waiting(address: str) -> bool:
    """Whether another heavy question is let in to wait; it leaves at once."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname, place.port)) as connection:
        connection.sendall(get(ALL_PATHS))
        connection.settimeout(0.5)
        try:
            return not connection.recv(1)
        except TimeoutError:
            return True


def get(target: str) -> bytes:
    return f"GET {target} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n".encode()


def post(target: str, body: object) -> bytes:
    data = orjson.dumps(body)
    head = f"POST {target} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncontent-length: {len(data)}\r\n\r\n"
    return head.encode() + data


@pytest.mark.parametrize(
    ("target", "heavy"),
    [
        ("/v1/paths?from=a&to=b", False),
        ("/v1/paths?from=a&to=b&kind=all-shortest&max_hops=6&limit=100", False),
        ("/v1/paths?from=a&to=b&kind=simple", True),
        ("/v1/paths?from=a&to=b&max_hops=7", True),
        ("/v1/paths?from=a&to=b&kind=all-shortest&limit=101", True),
        ("/v1/paths?from=a&to=b&pattern=x", True),
        ("/v1/connections?from_type=a&to_type=b", True),
        ("/v1/neighbourhood?node=a", False),
        ("/v1/neighbourhood?node=a&max_hops=3", True),
        ("/v1/pictures?around=a", True),
        ("/v1/export?format=csv", True),
        ("/v1/verification", True),
        ("/v1/nodes/a/why", False),
        ("/v1/autocomplete?q=a", False),
        ("/v1/loads", False),
        ("/v1/needs?state=x", False),
        ("/v1/questions", False),
        ("/v1/acts", False),
        ("/v1/notices", False),
        ("/v1/common-neighbours?node=a&node=b", False),
        ("/v1/common-neighbours?node=a&node=b&pattern=x", True),
        ("/v1/what-has-yet-to-be-thought-of", True),
    ],
)
def test_what_is_heavy(target: str, heavy: bool) -> None:
    path, _, query = target.partition("?")
    assert is_heavy("GET", path, query.encode()) is heavy


def test_whatever_changes_or_carries_a_question_of_its_own_is_heavy() -> None:
    assert is_heavy("POST", "/v1/cypher", b"") and is_heavy("POST", "/v1/loads", b"")


def test_one_core_is_left_to_light_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    for cores, places in ((1, 1), (2, 1), (8, 7)):
        monkeypatch.setattr("os.cpu_count", lambda cores=cores: cores)
        assert heavy_places(Settings()) == places
    assert heavy_places(Settings(max_heavy=3)) == 3


def test_light_questions_are_answered_while_heavy_ones_run_and_wait(tmp_path: Path) -> None:
    with dense(tmp_path / "store", max_heavy=1, max_milliseconds=60_000) as (address, _):
        place = urlsplit(address)
        heavy = [socket.create_connection((place.hostname, place.port)) for _ in range(3)]
        try:
            for number, each in enumerate(heavy):
                each.sendall(get(f"{ALL_PATHS}&max_degree={1000 + number}"))
            for target in LIGHT:
                assert httpx2.get(address + target, timeout=HANG).status_code == 200
        finally:
            for each in heavy:
                each.close()


def test_who_comes_to_a_full_queue_is_told_when_to_come_back(tmp_path: Path) -> None:
    with dense(tmp_path / "store", max_heavy=1, max_waiting=0, max_milliseconds=60_000) as (address, _):
        place = urlsplit(address)
        with socket.create_connection((place.hostname, place.port)) as first:
            first.sendall(get(ALL_PATHS))
            time.sleep(0.3)
            refused = httpx2.get(address + ALL_PATHS, timeout=HANG)
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert int(refused.headers["retry-after"]) >= 1
        assert refused.json()["code"] == "busy" and refused.json()["hint"]


def test_who_waits_too_long_is_told_so(tmp_path: Path) -> None:
    with dense(tmp_path / "store", max_heavy=1, max_waiting_milliseconds=200, max_milliseconds=60_000) as (address, _):
        place = urlsplit(address)
        with socket.create_connection((place.hostname, place.port)) as first:
            first.sendall(get(ALL_PATHS))
            time.sleep(0.3)
            assert httpx2.get(address + ALL_PATHS, timeout=HANG).status_code == 503


def test_who_hangs_up_stops_the_search(tmp_path: Path) -> None:
    """With one place for heavy questions, the next one is answered only if the thread of the first is free again."""
    with dense(tmp_path / "store", max_heavy=1, max_milliseconds=120_000, max_work=10**15) as (address, _):
        hang_up(address, get(ALL_PATHS))
        assert httpx2.get(address + TABLE, timeout=HANG).status_code == 200


def test_who_hangs_up_ends_the_process_of_a_query(tmp_path: Path) -> None:
    with dense(tmp_path / "store", max_heavy=1, max_milliseconds=120_000) as (address, store):
        hang_up(address, post("/v1/cypher", ENDLESS), after=1.5)
        found = httpx2.post(f"{address}/v1/cypher", json={"query": "RETURN 1 AS one"}, timeout=HANG)
        assert found.json()["rows"] == [[1]]
        assert eventually(lambda: not store._runner._queries._running)  # type: ignore[attr-defined]


def test_who_hangs_up_leaves_the_queue(tmp_path: Path) -> None:
    with dense(tmp_path / "store", max_heavy=1, max_waiting=1, max_milliseconds=120_000, max_work=10**15) as (address, _):
        place = urlsplit(address)
        with socket.create_connection((place.hostname, place.port)) as first:
            first.sendall(get(ALL_PATHS))
            time.sleep(0.3)
            hang_up(address, get(ALL_PATHS), after=0.3)
            assert eventually(lambda: is_waiting(address))  # there is room in the queue again
        assert httpx2.get(address + TABLE, timeout=HANG).status_code == 200


def test_a_query_that_met_its_time_says_so_and_is_not_kept(tmp_path: Path) -> None:
    with dense(tmp_path / "store", max_milliseconds=300, max_work=10**15) as (address, _):
        found = httpx2.get(address + ALL_PATHS, timeout=HANG)
        assert (found.json()["truncated"], found.json()["limit"]) == (True, "milliseconds")
        assert found.headers["cache-control"] == "no-store"


def test_the_attack_queries_leave_the_server_standing(tmp_path: Path) -> None:
    doubling = "WITH 'abcdefgh' AS s " + " ".join("WITH s + s AS s" for _ in range(40)) + " RETURN size(s) AS n"
    with dense(tmp_path / "store", max_milliseconds=500, max_bytes=200_000_000) as (address, _):
        for query in (ENDLESS["query"], doubling):
            found = httpx2.post(f"{address}/v1/cypher", json={"query": query}, timeout=HANG)
            assert found.status_code == 200 and found.json()["limit"] in ("milliseconds", "bytes")
        assert httpx2.get(f"{address}/v1/nodes/n:0", timeout=HANG).status_code == 200
