"""Why: who said it, what the cell held, who said otherwise and what decided; alike on the command line and over HTTP."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

import lianyin
from api import create_app
from graph.model import ClaimKind, Draft, Source
from lianyin.answers.nodes import WhyAnswer, WhyPropertyAnswer
from lianyin.settings import Settings
from tests.lianyin.conftest import Command

HEADER = "编号,企业,需求名称,领域,状态"


@pytest.fixture
def disputed(command: Command, tmp_path: Path) -> Command:
    """Two files of one source that call one need differently."""
    for name, row in (
        ("甲.csv", "XQ-001,扬州示例重工有限公司,焊　接,装备,已发布"),
        ("乙.csv", "XQ-001,扬州示例重工有限公司,轻量化焊接,装备,已发布"),
    ):
        path = tmp_path / name
        path.write_text(f"{HEADER}\n{row}\n", encoding="utf-8")
        assert command("ingest", path).status == 0
    return command


def test_rows_that_disagree_are_named_and_what_decided(disputed: Command) -> None:
    found = disputed("why", "city-need:XQ-001", "名称", "--json").json
    TypeAdapter(WhyPropertyAnswer).validate_python(found)
    assert found["value"] == "焊接"
    assert found["reason"]["rule"] == "order"  # type: ignore[index]
    rows = [(each["file"], each["row"], each["values"], each["raw"], each["chosen"]) for each in found["sources"]]  # type: ignore[attr-defined]
    assert rows == [
        ("乙.csv", 2, {"name": "轻量化焊接"}, {}, False),
        ("甲.csv", 2, {"name": "焊接"}, {"name": "焊　接"}, True),
    ]
    (dispute,) = found["disputed"]  # type: ignore[misc]
    assert [(each["value"], each["file"]) for each in dispute["against"]] == [("轻量化焊接", "乙.csv")]
    told = disputed("why", "city-need:XQ-001", "名称").out
    assert "无从判断" in told
    assert "✓" in told and "✗" in told


def test_a_whole_node_says_what_is_disputed_and_nothing_else(disputed: Command) -> None:
    found = disputed("why", "city-need:XQ-001", "--json").json
    TypeAdapter(WhyAnswer).validate_python(found)
    assert [each["property"] for each in found["disputed"]] == ["name"]  # type: ignore[attr-defined]
    assert "也有说 轻量化焊接" in disputed("why", "city-need:XQ-001").out
    assert disputed("why", "扬州示例重工有限公司", "--json").json["disputed"] == []


def test_english_is_spoken_where_it_is_asked_for(disputed: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANYIN_LANGUAGE", "en")
    assert "nothing decides" in disputed("why", "city-need:XQ-001", "name").out


def test_an_act_stands_above_files_and_the_server_says_the_same(disputed: Command, store: Path) -> None:
    with lianyin.open(f"kglite://{store}") as client:
        officer = Source("person:platform:1", "An officer")
        client.ledger.act(officer, "move", lambda: [Draft(ClaimKind.NODE, "Need", "city-need:XQ-001", values={"state": "已接单"})])
    found = disputed("why", "city-need:XQ-001", "state", "--json").json
    assert (found["value"], found["reason"]["rule"]) == ("已接单", "act")  # type: ignore[index]
    settings = Settings(store=f"kglite://{store}", today="2020-09-10", language="zh")  # type: ignore[arg-type]
    with lianyin.open(settings=settings) as client:
        app = create_app(settings, client.store, token="a-token-of-a-test")
        with TestClient(app, base_url="http://127.0.0.1") as served:
            assert orjson.loads(served.get("/v1/nodes/city-need:XQ-001/why?property=state").content) == found


def test_what_the_mapping_states_is_not_told_as_what_a_row_says(command: Command, tmp_path: Path) -> None:
    text = "企业名称,统一社会信用代码\n示例阀门有限公司,91320594MA1MYY1234\n"
    (tmp_path / "accounts.csv").write_text(text, encoding="utf-8")
    assert command("ingest", tmp_path / "accounts.csv", "--mapping", "city-accounts").status == 0
    (source,) = command("why", "平台账号 示例阀门有限公司", "--json").json["sources"]  # type: ignore[misc]
    assert source["from_mapping"] == ["status"] and source["values"]["status"] == "已开通" and "status" not in source["raw"]
    assert "from the mapping, not from the row" in command("why", "平台账号 示例阀门有限公司").out
