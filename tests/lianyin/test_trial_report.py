"""A trial load's report that has nowhere to go."""

from __future__ import annotations

from pathlib import Path

from tests.lianyin.conftest import Command


def test_a_trial_loads_report_that_cannot_be_written_says_that_nothing_was_recorded(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "需求.csv"
    path.write_text("编号,企业,需求名称,领域,状态\nXQ-001,扬州示例重工有限公司,焊接,装备,已发布\n", encoding="utf-8")
    ran = command("ingest", path, "--preview", "--report", tmp_path / "需求.csv" / "report.json")
    assert ran.status != 0
    assert "没有写入任何内容" in ran.error
