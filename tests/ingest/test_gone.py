"""Files that are loaded again with rows missing: told row by row, taken back only when asked, and never because a row is torn."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lianyin.client import Client
from lianyin.client import open as open_graph
from lianyin.settings import Settings

HEADER = "编号,企业,需求名称,领域,状态"
ROWS = [f"XQ-00{number},扬州示例重工有限公司,需求{number},装备,已发布" for number in (1, 2, 3)]


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    with open_graph(settings=Settings(store=f"kglite://{tmp_path}/store")) as opened:
        yield opened


def write(tmp_path: Path, rows: list[str]) -> Path:
    path = tmp_path / "需求.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def needs(client: Client) -> list[str]:
    return [str(row[0]) for row in client.cypher("MATCH (n:Need) RETURN n.id AS id ORDER BY id").rows]


def test_missing_rows_are_told_and_stay(client: Client, tmp_path: Path) -> None:
    client.ingest([write(tmp_path, ROWS)])
    report = client.ingest([write(tmp_path, ROWS[:1])])
    assert [(each.file, each.row, each.closed) for each in report.gone] == [("需求.csv", 3, False), ("需求.csv", 4, False)]
    assert (report.gone_total, report.totals.unchanged, len(needs(client))) == (2, 1, 3)
    assert report.to_json()["gone_total"] == 2


def test_a_full_list_takes_its_missing_rows_back_and_undo_brings_them_again(client: Client, tmp_path: Path) -> None:
    client.ingest([write(tmp_path, ROWS)])
    tried = client.preview([write(tmp_path, ROWS[:1])], close_gone=True)
    assert (tried.facts.nodes_removed, len(needs(client))) == (2, 3)
    report = client.ingest([write(tmp_path, ROWS[:1])], close_gone=True)
    assert all(each.closed for each in report.gone)
    assert needs(client) == ["city-need:XQ-001"]
    assert (report.facts.nodes_removed, report.facts.relationships_removed) == (2, tried.facts.relationships_removed)
    again = client.ingest([write(tmp_path, ROWS[:1])], close_gone=True)
    assert again.gone_total == 0
    client.undo(again.facts.load)
    client.undo(report.facts.load)
    assert len(needs(client)) == 3


def test_a_row_that_is_rejected_now_is_not_taken_for_missing(client: Client, tmp_path: Path) -> None:
    client.ingest([write(tmp_path, ROWS)])
    report = client.ingest([write(tmp_path, [ROWS[0], ROWS[1] + ",一格,又一格"])], close_gone=True)
    assert (report.totals.rejected, report.gone_total) == (1, 2)
    assert not any(each.closed for each in report.gone)
    assert len(needs(client)) == 3


def test_another_file_of_the_same_source_is_no_reloading(client: Client, tmp_path: Path) -> None:
    client.ingest([write(tmp_path, ROWS)])
    other = tmp_path / "需求二.csv"
    other.write_text(f"{HEADER}\n{ROWS[0]}", encoding="utf-8")
    assert client.ingest([other], close_gone=True).gone_total == 0
