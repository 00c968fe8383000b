"""The platform's counts against a load's own report: refused rows and repeats explain a difference row by row, the rest is left."""

from __future__ import annotations

from pathlib import Path

import pytest

import lianyin
from graph.errors import FileProblem, QueryProblem
from lianyin.operations.planning import ExplainingRow
from lianyin.unloaded import unloaded_rows
from tests.graph.ledger.builders import NEW, link, load, node, row
from tests.lianyin.conftest import Command

NEEDS = """编号,企业,需求名称,领域,状态
XQ-1,扬州示例重工有限公司,焊接,装备,已发布
XQ-1,扬州示例重工有限公司,焊接,装备,已发布
编号,企业,需求名称,领域,状态
XQ-2,扬州示例重工有限公司,喷涂,装备,已发布,多出一格
XQ-3,扬州示例泵业有限公司,密封,装备,已发布
"""


@pytest.fixture
def report(command: Command, tmp_path: Path) -> Path:
    (tmp_path / "企业需求.csv").write_text(NEEDS, encoding="utf-8")
    command("ingest", tmp_path / "企业需求.csv", "--mapping", "city-needs", "--report", tmp_path / "report.json")
    return tmp_path / "report.json"


def test_rows_that_were_refused_or_repeat_others_explain_a_difference(command: Command, report: Path) -> None:
    plain = command("reconcile", "--needs", "5", "--json").json["counts"][0]  # type: ignore[index]
    assert (plain["counted"], plain["difference"], plain["rejected"], plain["unexplained"]) == (2, 3, 0, 3)
    ran = command("reconcile", "--needs", "5", "--report", report, "--json")
    found = ran.json["counts"][0]  # type: ignore[index]
    assert (found["rejected"], found["repeated"], found["unexplained"]) == (1, 1, 1), "a header in the midst is no record"
    assert [(each["file"], each["row"], each["repeats"]) for each in found["rows"]] == [
        ("企业需求.csv", 5, False),
        ("企业需求.csv", 3, True),
    ]
    assert "列错位" in found["rows"][0]["zh"] and found["rows"][0]["en"]
    assert "企业需求.csv:5" in command("reconcile", "--needs", "5", "--report", report, "--format", "csv").out


def test_what_is_equal_needs_no_explanation_and_too_many_here_have_none(command: Command, report: Path) -> None:
    for reported, unexplained in ((2, 0), (1, -1), (3, 0), (4, 0)):
        found = command("reconcile", "--needs", str(reported), "--report", report, "--json").json["counts"][0]  # type: ignore[index]
        assert found["unexplained"] == unexplained


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    for name, text in (("a.json", "{}"), ("b.json", "no"), ("c.json", '{"files": 1}')):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(FileProblem, match=name):
            unloaded_rows(tmp_path / name)
    with pytest.raises(FileProblem, match="none"):
        unloaded_rows(tmp_path / "none.json")


def test_accounts_of_one_enterprise_are_found_to_be_one_and_short_names_are_no_accounts(tmp_path: Path) -> None:
    with lianyin.open(f"kglite://{tmp_path.as_posix()}/store") as client:
        drafts = [node("e:1", "Enterprise", name="示例企业"), *(node(f"platform:{number}", "Account", name="账号") for number in (1, 2))]
        load(client.ledger, NEW, [row(1, *drafts, link("OF", "platform:1", "e:1"), link("OF", "platform:2", "e:1"))])
        found = client.reconcile({"accounts": 2}).document["counts"][0]  # type: ignore[index]
        assert (found["counted"], found["merged"], found["unexplained"]) == (1, 1, 0)


def test_loads_that_were_undone_and_what_was_entered_here_explain_the_rest(command: Command, report: Path, tmp_path: Path) -> None:
    def compared(reported: int) -> tuple[object, ...]:
        found = command("reconcile", "--needs", str(reported), "--json").json["counts"][0]  # type: ignore[index]
        return tuple(found[name] for name in ("counted", "difference", "taken_back", "own", "unexplained"))

    more = NEEDS.replace("XQ-3", "XQ-8").replace("XQ-1", "XQ-9")  # two needs, and 喷涂 as a shifted row again
    (tmp_path / "更多.csv").write_text(more, encoding="utf-8")
    assert command("ingest", tmp_path / "更多.csv", "--mapping", "city-needs").status == 0
    assert compared(4) == (4, 0, 0, 0, 0)
    assert command("undo", "L2").status == 0
    assert compared(4) == (2, 2, 2, 0, 0) and compared(5) == (2, 3, 2, 0, 1)
    with lianyin.open(f"kglite://{(tmp_path / 'store').as_posix()}") as client:
        load(
            client.ledger,
            NEW,
            [row(1, node("platform:1", "Account", name="账号"), link("OF", "platform:1", client.id_of("扬州示例重工有限公司", "actor")))],
        )
        client.on_behalf_of("enterprise:扬州示例重工有限公司").post_need(name="打磨", kind="技术", need="my:1")
    assert compared(2) == (3, -1, 0, 1, 0) and compared(1) == (3, -2, 0, 1, -1) and compared(3)[3] == 0


def test_a_row_of_a_count_that_there_is_not_is_refused(tmp_path: Path) -> None:
    with (
        lianyin.open(f"kglite://{tmp_path.as_posix()}/store") as client,
        pytest.raises(QueryProblem, match="'dances' is not one of the platform's counts"),
    ):
        client.reconcile({"needs": 1}, (ExplainingRow("dances", "a.csv", 2, "", ""),))
