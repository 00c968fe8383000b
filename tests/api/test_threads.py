"""Many readers ask while loads are published: every answer is whole, and of one revision."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from lianyin.client import Client
from tests.api.conftest import MAPPING, graph_of

ROUNDS = 6
HEAD = "学校,姓名,职称,到校,离校\n"


def readings(client: Client, until: list[bool]) -> list[tuple[int, int]]:
    """For each answer: number of shortest paths told, and how many of their hops have no row behind them."""
    seen = []
    while not until:
        document = client.paths("示例大学", "示例重工有限公司", all=True, limit=100).document
        paths = document["paths"]
        assert isinstance(paths, list)
        bare = sum(not hop["sources"] for path in paths for hop in path["relationships"])
        assert document["total"] == len(paths)
        seen.append((len(paths), bare))
        assert client.search("示例大学").document["hits"]
    return seen


def test_readers_and_a_writer_do_not_disturb_each_other(own: TestClient, tmp_path: Path) -> None:
    client = graph_of(own)
    projects = "项目编号,项目名称,企业,专家,专家单位,角色,开始,结束\n"
    stop: list[bool] = []
    with ThreadPoolExecutor(4) as pool:
        readers = [pool.submit(readings, client, stop) for _ in range(4)]
        try:
            for turn in range(ROUNDS):
                folder = tmp_path / f"turn{turn}"
                folder.mkdir()
                (folder / "projects2.csv").write_text(
                    f"{projects}XM-9{turn},并发{turn},示例重工有限公司,张拟,示例大学,成员,2019-03,2021-12\n", "utf-8"
                )
                load = client.ingest([folder / "projects2.csv"], str(MAPPING)).facts.load
                if turn % 2:
                    client.undo(load)
        finally:
            stop.append(True)
        seen = [each for reader in readers for each in reader.result()]
    assert {bare for _, bare in seen} == {0}
    assert {paths for paths, _ in seen} <= set(range(2, 2 + ROUNDS))
    assert len({paths for paths, _ in seen}) > 1


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
    assert (response.status_code, response.json()["code"]) == (404, "not-found")
