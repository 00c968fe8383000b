"""``lianyin mapping``: which mappings there are, which fits a table, whether one holds, and a first one to edit."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from tests.lianyin.conftest import MAPPING, Command

NEEDS = "序号,需求编号,需求企业,需求名称,技术领域,状态\n1,XQ-001,扬州示例重工有限公司,焊接,装备,已发布\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "需求.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_nearest_mapping_is_proposed_with_what_fits_and_what_does_not(command: Command, tmp_path: Path) -> None:
    ran = command("mapping", "propose", write(tmp_path, NEEDS), "--json")
    assert ran.status == 0
    document = orjson.loads(ran.out)
    first, second, third = document["proposals"]
    assert document["file"] == "需求.csv"
    assert first == {
        "sheet": "",
        "mapping": "city-needs",
        "fits": True,
        "header_row": 1,
        "matched": {"需求编号": "编号", "需求企业": "企业", "需求名称": "需求名称", "技术领域": "领域", "状态": "状态"},
        "missing": [],
        "unused": ["序号"],
    }
    assert not second["fits"] and second["missing"] and not third["fits"]


def test_a_table_that_fits_nothing_is_told_what_it_lacks_and_what_to_do(command: Command, tmp_path: Path) -> None:
    ran = command("mapping", "propose", write(tmp_path, NEEDS.replace("状态", "进展")), "--limit", "1")
    assert ran.status == 0
    assert "city-needs" in ran.out and "状态" in ran.out and "进展" in ran.out
    assert "lianyin mapping draft" in ran.err


def test_mappings_are_listed_and_one_can_be_checked(command: Command, tmp_path: Path) -> None:
    listed = orjson.loads(command("mapping", "list", "--json").out)["mappings"]
    names = [each["mapping"] for each in listed]
    assert {"city-roster", "nsfc", "ror", "cordis-weekly"} <= set(names) and len(names) == len(set(names))
    city = orjson.loads(command("mapping", "check", "city", "--json").out)["mappings"]
    assert len(city) == 12
    own = orjson.loads(command("mapping", "check", MAPPING, "--json").out)["mappings"]
    assert own[0]["required"] and own[0]["nodes"]
    broken = tmp_path / "broken.yaml"
    broken.write_text(Path(MAPPING).read_text(encoding="utf-8").replace("type: University", "type: Univercity"), encoding="utf-8")
    ran = command("mapping", "check", broken)
    assert ran.status != 0
    assert "broken.yaml 第 " in ran.error and "是不是“University”？" in ran.error


def test_a_draft_is_written_checked_and_loads_the_table_that_it_was_told_from(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("姓名,工作单位\n示例甲,示例大学\n示例乙,示例研究所\n", encoding="utf-8")
    draft = tmp_path / "mine.yaml"
    assert command("mapping", "draft", path, "-o", draft).status == 0
    assert command("mapping", "check", draft).status == 0
    ran = command("ingest", path, "--mapping", draft, "--json")
    assert orjson.loads(ran.out)["totals"]["new"] == 2
    again = command("mapping", "draft", path, "-o", draft)
    assert again.status != 0 and "无法写入" in again.err, "what somebody has edited is not written over"


def test_a_table_that_names_nobody_is_not_drafted(command: Command, tmp_path: Path) -> None:
    ran = command("mapping", "draft", write(tmp_path, "a,a\n1,2\n"))
    assert ran.status != 0
    assert "没有一列写的是人员、机构或项目" in ran.error


@pytest.mark.parametrize("arguments", [("propose", "gone.csv"), ("draft", "gone.csv"), ("check", "gone.yaml"), ("check", "citty")])
def test_what_is_not_there_is_named(command: Command, arguments: tuple[str, str]) -> None:
    ran = command("mapping", *arguments)
    assert ran.status != 0
    assert arguments[1].split(".")[0] in ran.error
