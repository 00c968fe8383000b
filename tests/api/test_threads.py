"""Many readers ask while loads are published: every answer is whole, and of one revision."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from lianyin.client import Client
from tests.api.conftest import MAPPING, graph_of

ROUNDS, READERS = 6, 4


def read(client: Client, seen: list[tuple[int, int]], until: list[bool]) -> None:
    """Notes of each answer the number of shortest paths, and how many of their hops have no row behind them."""
    while not until:
        document = client.paths("示例大学", "示例重工有限公司", kind="all-shortest", limit=100).document
        paths = document["paths"]
        assert isinstance(paths, list)
        assert document["total"] == len(paths)
        seen.append((len(paths), sum(not hop["sources"] for path in paths for hop in path["relationships"])))
        assert client.search("示例大学").document["hits"]


def test_readers_and_a_writer_do_not_disturb_each_other(own: TestClient, tmp_path: Path) -> None:
    client = graph_of(own)
    header = "项目编号,项目名称,企业,专家,专家单位,角色,开始,结束\n"
    stop: list[bool] = []
    seen: list[list[tuple[int, int]]] = [[] for _ in range(READERS)]
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(read, client, each, stop) for each in seen]
        try:
            for turn in range(ROUNDS):
                file = tmp_path / f"turn{turn}" / "projects2.csv"
                file.parent.mkdir()
                file.write_text(f"{header}XM-9{turn},并发{turn},示例重工有限公司,张拟,示例大学,成员,2019-03,2021-12\n", "utf-8")
                client.ingest([file], str(MAPPING))
                marks = [len(each) for each in seen]
                # An answer that was begun before the load may come after it; the second one cannot.
                wait_until(lambda marks=marks: all(len(each) > mark + 2 for each, mark in zip(seen, marks, strict=True)))  # type: ignore[misc]
        finally:
            stop.append(True)
        for reader in readers:
            reader.result()
    told = {each for reader in seen for each in reader}
    assert {bare for _, bare in told} == {0}
    after = set(range(3, 3 + ROUNDS))  # each load adds one project, and with it one path
    assert after <= {paths for paths, _ in told} <= after | {2}


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_a_question_is_asked_again_when_a_load_falls_into_it(own: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    client = graph_of(own)
    original, calls = Client.evidence, []

    def disturbed(self: Client, relationships: list[str]) -> object:
        calls.append(len(calls))
        if len(calls) == 1:
            client.undo("L1")
        return original(self, relationships)

    monkeypatch.setattr(Client, "evidence", disturbed)
    response = own.get("/v1/paths?from=示例大学&to=示例重工有限公司")
    assert (response.status_code, response.json()["code"]) == (404, "empty")
