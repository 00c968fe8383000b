"""The report as a page and as a workbook: every figure of the report, nothing of it run."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from graph.model import PublishedTotals
from ingest.outcome import Bilingual
from ingest.report import Report, report_of
from ingest.report_pages import SHOWN, page, workbook, write_any_report
from ingest.report_parts import FileReport, QualityCount, ReasonCount, RowReport, Skipped, Totals

HOSTILE = "<img src=x onerror=alert(1)>"
REASON = Bilingual("缺标识", "no id")


def report(rejected: int = 2) -> Report:
    rows = tuple(RowReport("需求.csv", "", number + 2, "编号", HOSTILE, REASON, Bilingual("=1+1", "=1+1")) for number in range(rejected))
    return Report(
        facts=PublishedTotals("L3", 4, nodes_new=7),
        files=(FileReport("需求.csv", "", "city-needs", "named", "city-needs", "utf-8", ",", 1, Totals(rejected + 8, 5, 1, 2, rejected)),),
        rejected=rows,
        rejected_by_reason=(ReasonCount("需求.csv", "编号", REASON, rejected),),
        quality=(QualityCount("需求.csv", "", "编号", REASON, "rejected", rejected, rejected / (rejected + 8)),),
        skipped=(Skipped("别的.csv", "", Bilingual("不合任何映射", "fits no mapping")),),
    )


class Texts(HTMLParser):
    """The cells of a page, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.cells: list[str] = []
        self.elements: set[str] = set()
        self.inside = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.elements.add(tag)
        if tag == "td":
            self.cells.append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.cells[-1] += data


def read(html: str) -> Texts:
    found = Texts()
    found.feed(html)
    return found


def test_the_page_shows_every_figure_and_hostile_texts_as_texts() -> None:
    html = page(report())
    found = read(html)
    assert HOSTILE in found.cells and not found.elements & {"img", "script", "link", "a"}
    assert "读取 10 = 新增 5 + 更新 1 + 未变 2 + 被拒 2（20.0%）" in html
    assert "http" not in html.replace("http-equiv", "")
    assert "缺标识 no id" in found.cells and "不合任何映射 fits no mapping" in found.cells


def test_the_quality_of_the_data_is_counted_by_table_column_and_rule(tmp_path: Path) -> None:
    told = ["需求.csv", "", "编号", "缺标识 no id", "整行被拒 rejected"]
    html = page(report())
    assert "数据质量 Data quality" in html
    cells = read(html).cells
    at = cells.index(told[-1])
    assert cells[at - 4 : at + 3] == [*told, "2", "20.0%"]
    workbook(report()).save(tmp_path / "r.xlsx")
    row = [cell.value for cell in openpyxl.load_workbook(tmp_path / "r.xlsx")["数据质量"][2]]
    assert [text or "" for text in row] == [*told, 2, "20.0%"]
    assert report_of(report().to_json()) == report()


def test_a_long_list_is_cut_on_the_page_and_says_so() -> None:
    html = page(report(SHOWN + 5))
    assert f"{SHOWN:,} / {SHOWN + 5:,}" in html
    assert read(html).cells.count(HOSTILE) == SHOWN


def test_the_workbook_holds_all_rows_and_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    workbook(report(SHOWN + 5)).save(path)
    book = openpyxl.load_workbook(path)
    assert book["被拒行"].max_row == SHOWN + 6
    assert [cell.value for cell in book["文件"][2]][3:] == [SHOWN + 13, 5, 1, 2, SHOWN + 5, "99.2%"]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("name", ["r.json", "r.html", "r.xlsx", "r"])
def test_the_ending_chooses_the_form(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    write_any_report(report(), path)
    head = path.read_bytes()[:20]
    if name.endswith("xlsx"):
        assert head.startswith(b"PK")
    elif name.endswith("html"):
        assert head.startswith(b"<!DOCTYPE html>")
    else:
        assert json.loads(path.read_text(encoding="utf-8"))["totals"]["read"] == 10
