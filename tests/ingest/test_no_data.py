"""Rows that are no records of their table, ditto marks, and names that contradict each other: told, and nothing else loaded."""

from __future__ import annotations

import pytest

from ingest.ditto import CARRIED, FROM_THE_LEFT, NOTHING_ABOVE
from ingest.known_names import TWO_KEYS, TWO_NAMES
from ingest.no_data import GROUP, LONE, NOTE, PAGE, SIGNATURE, TOTAL, no_record
from ingest.outcome import Bilingual
from tests.ingest.tables import FIRMS, PEOPLE, mapped_rows, names, told

TOTALS = """
合计|2|;合　计|5项|5;小计：3人|3|3;共 12 家||;共12家|12|;江苏省合计|12|3;邗江区|小计|12;|合计|5
总计：人民币 50 万元||;合计金额|50|;平均|3.2|4;本页小计|1|2
Grand Total: 2||;Total|5|5;TOTAL||;Subtotal Jiangsu|5|;Jiangsu total|5|;Total: 5 people||;Total firms: 12||
Sum|3|4;Average|3.5|
Summe|12|3;Zwischensumme|1|;Gesamt: 4||;Sous-total|3|;Total général|12|;Итого|5|;計|12|;小計|3|;総計|3|
合計：3社||;合计（人）|5|80%
"""
NOTES = """
注：以上数据截至2020年底||;备注：|本表由某填|;说明||;注1：见正文||;数据来源：教育部||;Note: provisional||
Source: Ministry|2020|;Notes 1: a||;* provisional figures||
Anmerkung: vorläufig||;Quelle: Statistik||;Remarque : provisoire||;Stand: 2020-12-31||;備考：なし||
※ 数据未经审核||
"""
SIGNATURES = """
制表人：某|2024年1月|;审核：某||;填报日期：2020-12-31||;制表：某|审核：某|2024-01-01;制表：|某|审核：
2024年1月5日||;（盖章）||;单位负责人（签字）：||
Prepared by: Somebody||;Prepared by Some Body|2020-01-01|;Date: 2020-01-01||;Signature: ____||
Erstellt von: Jemand||;Établi par : quelqu'un||;作成者：誰か||
"""
PAGES = """
第 1 页 共 3 页||;第2页||;Page 1 of 3||;- 3 -||;以下空白||;3 rows selected||;Fortsetzung||
*** End of report ***||;（续表）||
"""
GROUPS = """
一、邗江区||;（二）江都区||;第三批||;【高校】||;2. Universities||;Section B||;邗江区：||
"""
RECORDS = """
合计科技有限公司|扬州|;合计科技有限公司||;共工|扬州示例大学|讲师;Total|Paris|France;Total SE|Paris|x
Sum|Example University|x;负责人：某|扬州大学|教授
注建国|扬州大学|;说明|扬州大学|教授;Source Code Ltd|Berlin|12;Note Printing Co|Melbourne|;Date Palm Ltd|Dubai|
计算所|北京|;Datum GmbH|Wien|;Mean Wang|University|
备注科技|扬州|;共享科技有限公司||;Contact Ltd|Leeds|;总装备部||;第一医院||;2020|项目|x;张三|120|
第九设计院|北京|;A.B. Sample|Leeds|;Media||
"""


def rows(text: str) -> list[list[str]]:
    return [row.split("|") for line in text.strip().split("\n") for row in line.split(";") if row]


def reason(cells: list[str]) -> Bilingual | None:
    found = no_record(dict(zip("abcdefg", cells, strict=False)))
    return found.reason if found else None


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        (kind, cells)
        for kind, text in ((TOTAL, TOTALS), (NOTE, NOTES), (SIGNATURE, SIGNATURES), (PAGE, PAGES), (GROUP, GROUPS))
        for cells in rows(text)
    ],
)
def test_a_row_that_is_no_record_is_told_as_what_it_is(kind: Bilingual, cells: list[str]) -> None:
    assert reason(cells) == kind


@pytest.mark.parametrize("cells", rows(RECORDS))
def test_a_record_that_begins_like_one_is_a_record(cells: list[str]) -> None:
    assert reason(cells) is None


def test_nothing_of_a_footer_is_loaded() -> None:
    lines = [
        ("张拟", "扬州示例大学", "教授"),
        ("合计", "2", ""),
        ("制表人：某", "2024年1月", ""),
        ("Grand Total: 2", "", ""),
        ("注：完", "", ""),
    ]
    found = mapped_rows(PEOPLE, "姓名 单位 职称", lines)
    assert names(found, "Person", "Organization") == {"张拟", "扬州示例大学"}
    assert [each.reason for each in found.rejected] == [TOTAL, SIGNATURE, TOTAL, NOTE]


def test_real_names_that_begin_like_footers_load() -> None:
    found = mapped_rows(PEOPLE, "姓名 单位 职称", [("共工", "合计科技有限公司", "讲师"), ("注建国", "总计测绘研究所", "")])
    assert names(found, "Organization") == {"合计科技有限公司", "总计测绘研究所"}
    assert not told(found)


@pytest.mark.parametrize("mark", ["同上", "〃", '"', "″", "ditto", "Idem", "ebd.", "do.", "々", "''"])
def test_a_ditto_mark_says_what_the_row_above_says(mark: str) -> None:
    found = mapped_rows(PEOPLE, "姓名 单位 职称", [("张拟", "扬州示例大学", "教授"), ("李样本", mark, mark), ("王虚构", mark, "讲师")])
    assert names(found, "Organization") == {"扬州示例大学"}
    assert len(found.ends("EMPLOYED_BY")) == 3
    assert [(each.column, each.reason) for each in found.notices()] == [("单位", CARRIED), ("职称", CARRIED), ("单位", CARRIED)]
    assert "row 2" in found.notices()[0].hint.en


def test_a_ditto_mark_with_nothing_above_it_names_nobody() -> None:
    found = mapped_rows(PEOPLE, "姓名 单位 职称", [("张拟", "同上", "教授"), ("李样本", "扬州示例大学", "〃")])
    assert [each.row for each in found.rejected] == [2]
    assert [(each.column, each.reason, each.dropped) for each in found.notices()] == [("职称", CARRIED, False)]
    alone = mapped_rows(PEOPLE, "姓名 单位 职称", [("李样本", "扬州示例大学", "〃")])
    assert [(each.reason, each.dropped) for each in alone.notices()] == [(NOTHING_ABOVE, True)]


def test_totals_are_passed_over_by_ditto_marks() -> None:
    found = mapped_rows(PEOPLE, "姓名 单位 职称", [("张拟", "扬州示例大学", ""), ("小计", "1", ""), ("李样本", "同上", "")])
    assert names(found, "Organization") == {"扬州示例大学"}


def test_as_on_the_left() -> None:
    found = mapped_rows(FIRMS, "编号 单位 城市", [("1", "扬州市", "同左")])
    assert [each.reason for each in found.notices()] == [FROM_THE_LEFT]


def test_one_key_with_two_names_and_one_name_with_two_keys_are_told() -> None:
    lines = [("A1", "示例重工有限公司"), ("A1", "样本泵业有限公司"), ("A2", "示例重工有限公司"), ("A1", "示例重工有限公司。")]
    found = mapped_rows(FIRMS, "编号 单位", lines)
    assert len(found.loaded) == 4
    said = [
        (each.drafts.record.row, notice.reason)
        for each in found.loaded
        for notice in each.notices
        if notice.reason in (TWO_NAMES, TWO_KEYS)
    ]
    assert said == [(3, TWO_NAMES), (4, TWO_KEYS)]


def test_the_only_filled_cell_of_a_wide_row_is_told() -> None:
    found = mapped_rows(FIRMS, "编号 单位 城市", [("邗江区", "", ""), ("A1", "", "")])
    assert [each.reason for each in found.notices()] == [LONE]


def test_two_names_on_two_lines_of_a_cell_are_told() -> None:
    found = mapped_rows(PEOPLE, "姓名 单位", [("张拟\n李样本", "扬州示例大学")])
    assert [each.reason.en for each in found.notices()] == ["looks like more than one person"]


def test_two_units_on_two_lines_of_a_cell_are_told() -> None:
    found = mapped_rows(PEOPLE, "姓名 单位", [("张拟", "扬州示例大学\n南京样本大学")])
    assert [each.reason.en for each in found.notices()] == ["two lines in one cell: they may be two names"]


def test_a_ditto_mark_takes_nothing_from_a_row_of_another_delimiter() -> None:
    rows = [("张拟;示例大学;教授", "", "", "", ""), ("同上", "示例大学", "", "", "")]
    found = mapped_rows(PEOPLE, "姓名 单位 职称 起 止", rows)
    assert names(found, "Person") == set() and len(told(found)) >= 2
