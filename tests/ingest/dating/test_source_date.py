"""Which of the things that tell a source's date is believed, and what is said when they contradict each other."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import QueryProblem
from ingest.dating import SourceDate, Stated, checked_date, date_of
from ingest.dating.source_date import title_of
from ingest.readers.properties import saved_on

TODAY = datetime.date(2026, 11, 30)


def dated(name: str = "名单.xlsx", **stated: str) -> SourceDate:
    return date_of(Stated(name, **stated), TODAY)


def told(found: SourceDate) -> tuple[str, str, int | None]:
    return found.date, found.origin, found.year


def test_the_first_that_tells_a_date_wins() -> None:
    everything = {"title": "截至2023年5月", "sheet": "2022年", "saved": "2021-01-01"}
    assert told(dated("名单2024.xlsx", given="2025-02", **everything)) == ("2025-02", "given", 2025)
    assert told(dated("名单2024.xlsx", saved="2024-06-01")) == ("2024", "file-name", 2024)
    assert told(dated(**everything))[:2] == ("2023-05", "title")
    assert told(dated(sheet="2022年", saved="2022-06-01")) == ("2022", "sheet", 2022)
    assert told(dated(saved="2021-01-01")) == ("2021-01-01", "properties", None)
    assert told(dated()) == ("2026-11-30", "load", None)


def test_the_more_exact_of_two_that_agree_is_taken_without_a_word() -> None:
    found = dated("名单2024.xlsx", title="团员名单（截至2024年5月）", saved="2024-06-03")
    assert told(found) == ("2024-05", "title", 2024)
    assert found.doubts == ()


def test_a_contradiction_is_told_and_no_year_invented() -> None:
    found = dated("名单2024.xlsx", title="截至2023年5月")
    assert told(found) == ("2024", "file-name", None)
    assert "2024" in found.doubts[0].zh
    assert "2023-05" in found.doubts[0].zh


def test_a_workbook_saved_before_its_date_is_told() -> None:
    assert "2023-12-01" in dated("名单2024.xlsx", saved="2023-12-01").doubts[0].en
    assert dated("名单2024.xlsx", saved="2026-11-30").doubts == ()


def test_a_date_to_come_is_not_believed() -> None:
    found = dated("2030年规划企业.csv")
    assert told(found) == ("2026-11-30", "load", None)
    assert "2030" in found.doubts[0].zh
    assert told(dated("2026年第四季度.csv")) == ("2026-11", "file-name", 2026)
    assert dated("名单.xlsx", saved="2031-01-01").origin == "load"


def test_several_dates_in_one_name() -> None:
    found = dated("2023年度团员名单20240115.xlsx")
    assert told(found) == ("2024-01-15", "file-name", None)
    assert "2023" in found.doubts[0].zh
    assert told(dated("2019年名单.csv", title="2018年印发，截至2019年6月"))[0] == "2019-06"


def test_a_quarter_without_a_year_is_the_last_that_was() -> None:
    assert told(dated("第三季度发单表.xlsx")) == ("2026-09", "file-name", None)
    assert told(dated("第四季度发单表.xlsx", saved="2025-02-03"))[0] == "2024-12"
    assert dated("第三季度发单表.xlsx").doubts


def test_what_is_given_must_be_a_date() -> None:
    assert checked_date("2024-05") == "2024-05"
    with pytest.raises(QueryProblem, match="not a valid date"):
        checked_date("2024-13")
    with pytest.raises(QueryProblem):
        checked_date("May")


def test_the_title_is_what_stands_above_the_header() -> None:
    rows = ((1, ("团员名单", "团员名单")), (2, ("截至2024年5月", "")), (3, ("姓名", "单位")), (4, ("甲", "2020年")))
    assert title_of(rows, 3) == "团员名单；截至2024年5月"


def test_properties_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.properties.modified = datetime.datetime(2024, 5, 29, 8)
    book.save(path)
    # openpyxl writes its own time of saving; what is read back is that day
    assert saved_on(path) == datetime.datetime.now(datetime.UTC).date().isoformat()
    (tmp_path / "b.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert saved_on(tmp_path / "b.csv") == ""
