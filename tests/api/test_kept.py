"""Answers are kept while the graph stands still, and not a moment longer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import graph.paths
from api.kept import PART, Kept
from graph.paths import AnswerContext, PathAnswer, PathQuery
from graph.projection import Projection
from tests.api.conftest import EXAMPLE, MAPPING, graph_of, serving

PATH = "/v1/paths?from=示例大学&to=示例重工有限公司"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which path questions reached the graph."""
    seen: list[str] = []
    original = graph.paths.find_paths

    def counted(projection: Projection, query: PathQuery, context: AnswerContext) -> PathAnswer:
        seen.append(query.start)
        return original(projection, query, context)

    monkeypatch.setattr(graph.paths, "find_paths", counted)
    return seen


def test_the_same_question_is_answered_once_and_unchanged_is_said_in_a_word(own: TestClient, asked: list[str]) -> None:
    first, second = own.get(PATH), own.get(PATH)
    assert (first.content, first.headers["etag"]) == (second.content, second.headers["etag"])
    assert len(asked) == 1
    again = own.get(PATH, headers={"if-none-match": f'"other", W/{first.headers["etag"]}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert len(asked) == 1


def test_a_load_ends_it(own: TestClient, asked: list[str]) -> None:
    first = own.get(PATH)
    assert own.post("/v1/loads/L1/undo").status_code == 200
    gone = own.get(PATH, headers={"if-none-match": first.headers["etag"]})
    assert (gone.status_code, gone.json()["code"]) == (404, "empty")
    files = [("files", (each.name, each.read_bytes())) for each in sorted(EXAMPLE.glob("*.csv"))]
    assert own.post("/v1/loads", files=[*files, ("mapping_file", ("m.yaml", MAPPING.read_bytes()))]).status_code == 200
    back = own.get(PATH)
    assert back.status_code == 200
    assert back.headers["etag"] != first.headers["etag"]
    assert back.json()["paths"][0]["relationships"][0]["sources"][0]["load"] == "L3"


def test_readers_do_not_share(own: TestClient, asked: list[str]) -> None:
    bodies = {own.get(PATH, headers={"lianyin-clearance": str(clearance)}).content for clearance in (0, 2, 0, 2)}
    assert (len(bodies), len(asked)) == (2, 2)
    tags = {own.get(PATH, headers={"accept-language": language}).headers["etag"] for language in ("zh", "en")}
    assert len(tags) == 2
    ended = own.get("/v1/nodes/示例大学", headers={"lianyin-today": "2030-01-01"}).headers["etag"]
    assert ended != own.get("/v1/nodes/示例大学").headers["etag"]


def test_actors_do_not_share(own: TestClient) -> None:
    tags = {own.get(PATH, headers={"lianyin-actor": actor}).headers["etag"] for actor in ("talent", "union")}
    assert len(tags) == 2


def test_what_may_be_personal_is_kept_by_no_browser(own: TestClient) -> None:
    assert own.get(PATH).headers["cache-control"] == "no-store"
    assert own.get(PATH, headers={"lianyin-clearance": "0"}).headers["cache-control"] == "private, no-cache"
    assert own.get("/v1/loads").headers["cache-control"] == "no-store"


def test_failures_are_not_kept(own: TestClient) -> None:
    assert "etag" not in own.get("/v1/nodes/没有此人").headers
    assert "etag" not in own.get("/v1/loads").headers


def test_the_memory_is_bounded(example_store: Path, tmp_path: Path, asked: list[str]) -> None:
    shutil.copytree(example_store, tmp_path / "store")
    with serving(tmp_path / "store", max_kept_bytes=100_000) as client:
        sizes = [len(client.get(f"{PATH}&limit={limit}").content) for limit in (*range(1, 101), *range(1, 101))]
        kept = _kept(client)
        assert sum(sizes[:100]) > 100_000 > max(sizes) * PART
        assert 90_000 < kept._used == sum(len(each.body) for each in kept._answers.values()) <= 100_000
    with serving(tmp_path / "store", max_kept_bytes=0) as client:
        before = len(asked)
        client.get(PATH), client.get(PATH)
        assert len(asked) == before + 2


def _kept(client: TestClient) -> Kept:
    layer = client.app.middleware_stack  # type: ignore[attr-defined]
    while not isinstance(layer, Kept):
        layer = getattr(layer, "_app", None) or layer.app
    return layer


def test_stats_follow_at_once(own: TestClient) -> None:
    before = own.get("/v1/stats").json()
    assert graph_of(own).undo("L1").document["load"] == "L2"
    after = own.get("/v1/stats").json()
    assert (before["nodes"], after["nodes"], after["revision"]) == (20, 0, before["revision"] + 1)
