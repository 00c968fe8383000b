"""A table that no mapping takes is told as sentences, asked about where unsure, refused without a terminal, taken with ``--yes``; what was
proposed and answered is kept beside the file."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lianyin.cli import asking
from tests.lianyin.conftest import Command
from tests.lianyin.office_tables import TABLES, OfficeTable

SURE = "姓名,工作单位,职务,开始时间\n周拟涛,江北样本大学,教授,2020-09\n吴虚宁,示范理工学院,讲师,2021-03\n"
VISITS = next(table for table in TABLES if table.name == "visits")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sits somebody at the terminal who types these lines."""

    def type_in(text: str) -> None:
        monkeypatch.setattr(asking, "on_terminal", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return type_in


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_preview_says_the_sentences_and_stops(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "人员.csv", SURE)
    ran = command("ingest", path, "--preview")
    assert ran.status == 0 and "周拟涛（人员）任职于江北样本大学（高校），2020-09 起" in ran.out and "没有导入" in ran.out
    assert command("stats", "--json").json["nodes"] == 0 and list(tmp_path.glob("*.yaml")) == []
    document = command("ingest", path, "--preview", "--json").json
    (table,) = document["tables"]  # type: ignore[misc]
    assert table["chosen"] == "interpreted" and table["sentences"][0]["row"] == 2 and "mapping:" in str(document["mapping"])


def test_a_sure_table_loads_and_its_mapping_is_kept(command: Command, tmp_path: Path) -> None:
    path = write(tmp_path, "人员.csv", SURE)
    ran = command("ingest", path, "--yes")
    kept = tmp_path / "人员.csv.mapping.yaml"
    assert ran.status == 0 and kept.is_file() and str(kept) in ran.err
    again = command("ingest", path, "--json").json
    assert again["totals"] == {"read": 2, "new": 0, "updated": 0, "unchanged": 2, "rejected": 0}
    assert again["files"][0]["chosen"] == "kept"  # type: ignore[index]


def test_without_a_terminal_an_unsure_table_is_refused_with_its_draft(command: Command, tmp_path: Path) -> None:
    path = tmp_path / VISITS.file
    VISITS.write(path)
    ran = command("ingest", path)
    draft = tmp_path / f"{VISITS.file}.draft.yaml"
    assert ran.status == 10 and "谈了什么" in ran.err and draft.is_file() and draft.name in ran.err
    assert command("stats", "--json").json["nodes"] == 0
    assert command("ingest", path, "--mapping", draft).status == 0


def test_on_a_terminal_what_is_unsure_is_asked_and_the_answer_kept(command: Command, tmp_path: Path, typed: Callable[[str], None]) -> None:
    path = tmp_path / VISITS.file
    VISITS.write(path)
    typed("4\ny\n\n")  # 谈了什么: leave it out; load; of today
    ran = command("ingest", path)
    assert ran.status == 0 and "“谈了什么”" in ran.err and "没用上：谈了什么" in ran.err
    kept = (tmp_path / f"{VISITS.file}.mapping.yaml").read_text(encoding="utf-8")
    assert "NOT USED" in kept
    assert command("search", "缺焊接人才", "--json").json["hits"] == []


def test_on_a_terminal_who_says_no_loads_nothing(command: Command, tmp_path: Path, typed: Callable[[str], None]) -> None:
    typed("n\n")
    ran = command("ingest", write(tmp_path, "人员.csv", SURE))
    assert ran.status == 130 and list(tmp_path.glob("*.yaml")) == []
    assert command("stats", "--json").json["nodes"] == 0


def test_several_files_and_sheets_are_read_together(command: Command, tmp_path: Path) -> None:
    grants = next(table for table in TABLES if table.name == "grants")
    grants.write(tmp_path / grants.file)
    people = write(tmp_path, "人员.csv", SURE)
    report = command("ingest", tmp_path / grants.file, people, "--yes", "--json").json
    read = {(each["file"], each["sheet"]) for each in report["files"]}  # type: ignore[union-attr,index]
    assert read == {("grants.xlsx", "Projects"), ("grants.xlsx", "Organisations"), ("人员.csv", "")}


def test_a_table_of_which_nothing_can_be_made_names_what_to_do(command: Command, tmp_path: Path) -> None:
    ran = command("ingest", write(tmp_path, "n.csv", "a,b\n1,2\n3,4\n"))
    assert ran.status == 10 and "lianyin mapping draft" in ran.err


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_ten_office_tables_give_their_first_right_path(command: Command, tmp_path: Path, table: OfficeTable) -> None:
    path = tmp_path / table.file
    table.write(path)
    ran = command("ingest", path, "--yes")
    assert ran.status == 0, ran.err
    (first, *_) = command("path", *table.path, "--json").json["paths"]  # type: ignore[misc]
    assert table.through in [node["caption"] for node in first["nodes"]]
