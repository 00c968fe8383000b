"""Loads on the command line: tried out fact by fact, listed with what to do, compared, refused when a file changes under them."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest
from fastapi.testclient import TestClient

import lianyin
from api import create_app
from api.schemas.loads import ReportAnswer
from lianyin.answers.differences import ComparisonAnswer
from lianyin.answers.loading import LoadsAnswer
from lianyin.requests import adapter
from lianyin.settings import Settings
from tests.lianyin.conftest import Command

HEADER = "编号,企业,需求名称,领域,状态"
FIRST = ("XQ-001,扬州示例重工有限公司,焊接,装备,已发布", "XQ-002,扬州示例重工有限公司,铸造,装备,已发布")
SECOND = ("XQ-001,扬州示例重工有限公司,轻量化焊接,装备,已发布", "XQ-003,扬州示例泵业有限公司,密封,新材料,已发布")


def write(folder: Path, rows: tuple[str, ...]) -> Path:
    path = folder / "需求.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


@pytest.fixture
def twice(command: Command, tmp_path: Path) -> Command:
    """Two editions of one file, loaded."""
    assert command("ingest", write(tmp_path, FIRST)).status == 0
    assert command("ingest", write(tmp_path, SECOND), "--close-gone").status == 0
    return command


def test_a_trial_load_lists_exactly_what_the_load_then_does(command: Command, tmp_path: Path) -> None:
    command("ingest", write(tmp_path, FIRST))
    file = write(tmp_path, SECOND)
    tried = command("ingest", file, "--close-gone", "--dry-run", "--json").json
    ReportAnswer.model_validate(tried)
    nodes = tried["difference"]["nodes"]  # type: ignore[index]
    assert {"city-need:XQ-003"} <= {each["id"] for each in nodes["new"]}
    (changed,) = nodes["changed"]
    assert changed["caption"] == "轻量化焊接"
    assert changed["changes"] == [{"property": "name", "before": "焊接", "after": "轻量化焊接"}]
    assert [each["id"] for each in nodes["gone"]] == ["city-need:XQ-002"]
    facts = tried["facts"]
    assert [len(nodes[kind]) for kind in ("new", "changed", "gone")] == [
        facts[name]  # type: ignore[index]
        for name in ("nodes_new", "nodes_updated", "nodes_removed")
    ]
    done = command("ingest", file, "--close-gone", "--json").json
    assert done["facts"] == facts
    assert done["difference"] is None


def test_a_trial_load_tells_people_the_first_changes(command: Command, tmp_path: Path) -> None:
    command("ingest", write(tmp_path, FIRST))
    told = command("ingest", write(tmp_path, SECOND), "--close-gone", "--dry-run").out
    assert "改变 轻量化焊接 (企业需求)  名称: 焊接 → 轻量化焊接" in told
    assert "没有了 铸造 (企业需求)" in told
    assert "新增 扬州示例泵业有限公司 –发单→ 密封" in told


def test_two_editions_are_compared(twice: Command) -> None:
    found = twice("loads", "compare", "L1", "L2", "--json").json
    adapter(ComparisonAnswer).validate_python(found)
    rows = found["rows"]
    assert [rows[f"{name}_total"] for name in ("only_first", "only_second", "different", "same")] == [1, 1, 1, 0]  # type: ignore[index]
    shown = twice("loads", "compare", "L1", "L2")
    assert "行：新增 1，改变 1，没有了 1，相同 0" in shown.out
    assert "轻量化焊接" in shown.out
    back = twice("loads", "compare", "L2", "L1", "--json").json
    assert [each["id"] for each in back["difference"]["nodes"]["new"]] == [  # type: ignore[index]
        each["id"]
        for each in found["difference"]["nodes"]["gone"]  # type: ignore[index]
    ]


def test_what_cannot_be_compared_says_why(twice: Command) -> None:
    missing = twice("loads", "compare", "L1", "L9")
    assert missing.status != 0
    assert "L9" in missing.error
    twice("undo", "L2")
    assert "L2" in twice("loads", "compare", "L3", "L1").error


def test_the_list_says_what_became_of_each_load_and_what_to_do(twice: Command, store: Path, tmp_path: Path) -> None:
    with lianyin.open(f"kglite://{store}") as client:
        client.ledger.begin("需求.csv", ("city/需求.csv",))  # and then the machine goes off
    twice("undo", "L2")
    told = twice("loads").out
    for word in ("有效", "已撤销", "中断，未记录", "把这些文件再导入一次"):
        assert word in told
    document = twice("loads", "--json").json
    adapter(LoadsAnswer).validate_python(document)
    advice = {each["id"]: each["advice"] for each in document["loads"]}  # type: ignore[attr-defined]
    assert [id for id, each in advice.items() if each] == ["L3"]
    last = twice("loads", "--kind", "ingest", "--limit", "1")
    assert "L3" in last.out and "L2" not in last.out and "--limit" in last.error
    assert [each["id"] for each in twice("loads", "--kind", "undo", "--json").json["loads"]] == ["L4"]  # type: ignore[attr-defined]
    for limit in ("0", "1000000000"):
        refused = twice("loads", "--limit", limit)
        assert refused.status != 0 and "limit" in refused.error


def test_the_server_says_the_same(twice: Command, store: Path) -> None:
    here = {name: twice(*name.split(), "--json").json for name in ("loads", "loads compare L1 L2")}
    settings = Settings(store=f"kglite://{store}", today="2020-09-10", language="zh")  # type: ignore[arg-type]
    with lianyin.open(settings=settings) as client:
        app = create_app(settings, client.store, token="a-token-of-a-test")
        with TestClient(app, base_url="http://127.0.0.1") as served:
            assert orjson.loads(served.get("/v1/loads").content) == here["loads"]
            assert orjson.loads(served.get("/v1/loads/L1/comparison/L2").content) == here["loads compare L1 L2"]
            assert served.get("/v1/loads/L1/comparison/L9").status_code == 404
            assert served.get("/v1/loads/L9/comparison/L1").json()["where"] == {"parameter": "load"}


def test_who_may_not_see_a_name_does_not_learn_it_from_a_difference(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "科技镇长团团员花名册.csv"
    head = "序号,批次,县(市、区),姓名,派出单位,职称,研究方向,挂职职务,起止时间,手机"
    path.write_text(f"{head}\n1,第十三批,邗江区,张拟拟,扬州大学,副教授,电机,副镇长,2020.8-2021.8,\n", encoding="utf-8")
    settings = Settings(store=f"kglite://{tmp_path}/own", clearance=0, language="zh")
    with lianyin.open(settings=settings) as client:
        tried = client.preview([path])
        assert tried.difference is not None
        assert "张拟拟" not in str(tried.difference)
        assert "张拟拟" in str(client.read_by(clearance=3).preview([path]).difference)
