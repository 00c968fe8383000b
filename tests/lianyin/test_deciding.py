"""The date of a source and the edition that a list may be of: asked on a terminal where in doubt, the answer kept; elsewhere the proposal
is taken and told."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lianyin.cli import asking
from tests.lianyin.conftest import TODAY, Command

HEADER = "编号,企业,需求名称,领域,状态"
Typed = Callable[[str], None]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Sits somebody at the terminal who types these lines."""

    def type_in(text: str) -> None:
        monkeypatch.setattr(asking, "on_terminal", lambda: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))

    return type_in


def needs(folder: Path, name: str, *numbers: int, title: str = "") -> Path:
    rows = [f"XQ-{number:03},扬州示例重工有限公司,需求{number},装备,已发布" for number in numbers]
    path = folder / name
    path.write_text("\n".join([*([title] if title else []), HEADER, *rows]), encoding="utf-8")
    return path


def loaded_date(command: Command, *arguments: str | Path) -> tuple[str, str]:
    report = command("ingest", *arguments, "--json").json
    (file,) = report["files"]  # type: ignore[misc]
    return file["date"], file["date_origin"]


def test_a_date_that_nothing_tells_is_asked_and_kept_while_the_file_stays(command: Command, tmp_path: Path, typed: Typed) -> None:
    path = needs(tmp_path, "需求表.csv", 1, 2)
    typed("2019-13\n2019-05\n")
    ran = command("ingest", path)
    kept = tmp_path / "需求表.csv.date.yaml"
    assert ran.status == 0 and "没有写明数据日期：需求表.csv" in ran.err and "“2019-13”不是有效的日期" in ran.err and str(kept) in ran.err
    assert f"[{TODAY}]" in ran.err, "the day of the load is proposed"
    typed("")
    assert loaded_date(command, path) == ("2019-05", "answer")
    needs(tmp_path, "需求表.csv", 1, 2, 3)
    typed("\n")
    assert loaded_date(command, path) == (TODAY, "answer"), "another content is asked about again; the proposal is the default"


def test_what_is_doubtful_of_a_date_is_said_with_the_question(command: Command, tmp_path: Path, typed: Typed) -> None:
    path = needs(tmp_path, "需求_2018年5月.csv", 1, title="截至2019年6月30日")
    typed("2019-06-30\n")
    ran = command("ingest", path)
    assert "文件名说 2018-05，标题说 2019-06-30" in ran.err.replace("表头上方的标题", "标题") and "[2018-05]" in ran.err
    typed("")
    assert loaded_date(command, path) == ("2019-06-30", "answer")


@pytest.mark.parametrize("option", [(), ("--yes",), ("--date", "2017"), ("--preview",)])
def test_nobody_is_asked_without_a_terminal_or_where_it_is_said(
    command: Command, tmp_path: Path, typed: Typed, option: tuple[str, ...]
) -> None:
    path = needs(tmp_path, "需求表.csv", 1, 2)
    if option:
        typed("")
    assert loaded_date(command, path, *option) == (("2017", "given") if "--date" in option else (TODAY, "load"))
    assert list(tmp_path.glob("*.yaml")) == []


def test_a_file_without_doubt_is_not_asked_about(command: Command, tmp_path: Path, typed: Typed) -> None:
    typed("")
    assert loaded_date(command, needs(tmp_path, "需求_2019.csv", 1)) == ("2019", "file-name")


def test_files_that_tell_nothing_are_one_question(command: Command, tmp_path: Path, typed: Typed) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    needs(folder, "甲.csv", 1)
    needs(folder, "乙.csv", 2)
    typed("2016\n")
    report = command("ingest", folder, "--json").json
    assert {(each["file"], each["date"]) for each in report["files"]} == {("甲.csv", "2016"), ("乙.csv", "2016")}  # type: ignore[union-attr,index]


@pytest.mark.parametrize(("answer", "edition"), [("2\n", "L1"), ("1\n", None), ("\n", None)])
def test_a_list_that_may_be_another_edition_is_asked_about_once(
    command: Command, tmp_path: Path, typed: Typed, answer: str, edition: str | None
) -> None:
    command("ingest", needs(tmp_path, "需求_2018.csv", *range(1, 11)))
    later = needs(tmp_path, "名单_2019.csv", 9, 10, *range(20, 28))
    typed(answer)
    ran = command("ingest", later, "--json")
    (file,) = ran.json["files"]  # type: ignore[misc]
    assert "10 个关键列相同" not in ran.err or "2/10" in ran.err
    assert "1. 另一份名单" in ran.err and "2. L1 的另一期" in ran.err
    assert (file["edition"] or {}).get("load") == edition and file["edition_doubts"] == []
    typed("")
    assert command("ingest", later).status == 0, "the load keeps the answer"


def test_without_a_terminal_a_possible_edition_is_told(command: Command, tmp_path: Path) -> None:
    command("ingest", needs(tmp_path, "需求_2018.csv", *range(1, 11)))
    (file,) = command("ingest", needs(tmp_path, "名单_2019.csv", 9, 10, *range(20, 28)), "--json").json["files"]  # type: ignore[misc]
    assert file["edition"] is None and "--edition-of L1" in file["edition_doubts"][0]["zh"]
    assert (file["possible_edition"]["load"], file["possible_edition"]["known"]) == ("L1", 2)


def test_a_kept_date_that_somebody_spoilt_is_refused(command: Command, tmp_path: Path) -> None:
    path = needs(tmp_path, "需求表.csv", 1)
    (tmp_path / "需求表.csv.date.yaml").write_text("dates: {'': 十月}\nsha256: x\n", encoding="utf-8")
    ran = command("ingest", path)
    assert ran.status == 4 and "需求表.csv.date.yaml" in ran.err
