"""An answer that a limit ended before its end says so everywhere, and no number that is not one."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import lianyin
from graph.errors import Unfinished
from lianyin.cli.exits import UNFINISHED
from lianyin.settings import Settings
from tests.lianyin.conftest import Command

ENDS = ("示例大学", "示例重工有限公司")


@pytest.fixture
def stopped(loaded: Command, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line with the first example, and no work allowed."""
    monkeypatch.setenv("LIANYIN_MAX_WORK", "1")
    return loaded


def test_connections_have_no_total(stopped: Command) -> None:
    document = stopped("connections", "高校", "企业", "--json").json
    assert (document["total"], document["by_hops"], document["finished"], document["limit"]) == (None, None, False, "work")
    assert document["at_least"] == 0
    ran = stopped("connections", "高校", "企业")
    assert ran.status == UNFINISHED == 13
    assert "共 至少 0 对" in ran.out
    assert "未算完" in ran.err and "LIANYIN_MAX_WORK" in ran.err


def test_count_prints_no_number(stopped: Command) -> None:
    ran = stopped("connections", "高校", "企业", "--count")
    assert ran.status == 13 and not ran.out.strip().isdigit()
    assert "未算完" in ran.err


def test_a_path_that_was_not_found_yet_is_not_said_to_be_missing(stopped: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = stopped("path", *ENDS)
    assert ran.status == 13
    assert "没有路径" not in ran.out and ran.out.startswith("未算完")
    monkeypatch.setenv("LIANYIN_LANGUAGE", "en")
    assert stopped("path", *ENDS).out.startswith("Not finished")
    document = stopped("path", *ENDS, "--json").json
    assert (document["total"], document["paths"], document["finished"]) == (None, [], False)


@pytest.mark.parametrize(
    "arguments",
    [("neighbourhood", "示例大学"), ("common-neighbours", *ENDS), ("connect", *ENDS), ("what-if", "--leave", "示例大学")],
    ids=lambda arguments: arguments[0],
)
def test_no_answer_ends_well_that_did_not_end(stopped: Command, arguments: tuple[str, ...]) -> None:
    ran = stopped(*arguments)
    if ran.status != 0:  # a question this small may be answered within any bound
        assert ran.status == 13
        assert "未算完" in ran.err
        document = stopped(*arguments, "--json").json
        assert document["finished"] is False
        assert document.get("total") is None


def test_analyses_and_tables_refuse_half_an_answer(stopped: Command) -> None:
    for arguments in (("coverage", "高校", "企业"),):
        ran = stopped(*arguments)
        assert ran.status == 13
        assert ran.error.startswith("错误 未算完")


def test_a_file_says_itself_that_it_is_a_part(stopped: Command, tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    assert stopped("connections", "高校", "企业", "-o", str(path)).status == 13
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row[0][:3] for row in csv.reader(file)][-1] == "未算完"
    assert stopped("pairs", "高校", "企业", "-o", str(path)).status == 13
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [row[0][:3] for row in csv.reader(file)][-1] == "未算完"


def test_what_is_finished_ends_well(loaded: Command) -> None:
    document = loaded("connections", "高校", "企业", "--json").json
    assert document["finished"] is True
    assert document["total"] == document["at_least"] == sum(document["by_hops"].values())  # type: ignore[attr-defined]
    assert loaded("connections", "高校", "企业", "--count").out == f"{document['total']}\n"


def test_python_says_it_too(example_store: Path, store: Path, loaded: Command) -> None:  # noqa: ARG001 - the store is filled by then
    with lianyin.open(settings=Settings(store=f"kglite://{store}", max_work=1)) as client:
        found = client.connections("University", "Enterprise")
        assert (found.finished, found.to_dict()["total"]) == (False, None)
        with pytest.raises(Unfinished):
            client.picture(*ENDS)


def test_the_demonstration_says_that_it_was_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: Command) -> None:
    monkeypatch.setenv("LIANYIN_MAX_WORK", "1")
    ran = command("demo", str(tmp_path / "demo"))
    assert ran.status == 13
    assert "未算完" in ran.err
