"""The city with an office's dirt, loaded as an office would: a table of every planted defect, what the report says of it and where, and
what became of it in the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import lianyin
from ingest.report import Report
from ingest.report_parts import RowReport
from ingest.sample.dirt import Spot
from ingest.sample.write import CityFiles, write_city
from lianyin.client import Client
from lianyin.settings import Settings

ROSTER, STUDIOS, MEMBERS, ACCOUNTS = "科技镇长团团员花名册.xlsx", "劳模创新工作室台账.xlsx", "工作室成员名单.csv", "企业账号.csv"
NEEDS, ACHIEVEMENTS, AGREEMENTS = "企业需求(发单).xlsx", "科技成果.xlsx", "合作协议.csv"
MEETINGS, TRAININGS, PROJECTS, UPDATES, TARGETS = "会商走访记录.xlsx", "培训学徒.xlsx", "项目评审资助.xlsx", "工作动态.csv", "指标.xlsx"

REPEAT = "重复的行：前面已有一行说的是同一条"
SEVERAL = "简称可能指多家单位，未作推断"
SHORT = "企业简称，未与账号合并"
SHIFTED = "列错位：县区一栏是数字"
NO_YEAR = "没写年份：按文件年份补"
CHECK = "校验位不符：保留原文，不作标识"
LETTER = "含不该有的字母：O 应为 0，I 应为 1"

# file, column, kind of defect: how often it was planted, whether its row loads, what the report says of its cell.
# Where it says nothing the cell was understood for sure: the value that the truth names is stored (tests/city/test_dirt.py).
LOADS, STAYS_OUT = "loads", "stays out"
UNDERSTOOD: tuple[str, ...] = ()
TABLE: dict[tuple[str, str, str], tuple[int, str, tuple[str, ...]]] = {
    (ROSTER, "", "title-row"): (1, LOADS, UNDERSTOOD),
    (ROSTER, "", "repeated-header"): (1, STAYS_OUT, ("重复的表头",)),
    (ROSTER, "县(市、区)", "merged-cells"): (54, LOADS, UNDERSTOOD),
    (ROSTER, "批次", "batch-wording"): (4, LOADS, UNDERSTOOD),
    (ROSTER, "姓名", "space-in-name"): (3, LOADS, UNDERSTOOD),
    (ROSTER, "姓名", "duplicate"): (6, LOADS, (REPEAT,)),
    (ROSTER, "派出单位", "short-name"): (3, LOADS, UNDERSTOOD),
    (ROSTER, "派出单位", "ambiguous-short-name"): (3, LOADS, (SEVERAL,)),
    (ROSTER, "派出单位", "department-glued"): (3, LOADS, UNDERSTOOD),
    (ROSTER, "职称", "degree-in-title"): (3, LOADS, UNDERSTOOD),
    (ROSTER, "研究方向", "list-separator"): (3, LOADS, UNDERSTOOD),
    (ROSTER, "起止时间", "date-wording"): (4, LOADS, UNDERSTOOD),
    (ROSTER, "起止时间", "excel-serial"): (2, LOADS, UNDERSTOOD),
    (ROSTER, "手机", "full-width-digit"): (2, LOADS, UNDERSTOOD),
    (ROSTER, "手机", "hyphens"): (2, LOADS, UNDERSTOOD),
    (STUDIOS, "领衔人", "space-in-name"): (2, LOADS, UNDERSTOOD),
    (STUDIOS, "荣誉称号", "abbreviated-honour"): (2, LOADS, UNDERSTOOD),
    (STUDIOS, "成立时间", "date-wording"): (3, LOADS, UNDERSTOOD),
    (STUDIOS, "成立时间", "year-only"): (1, LOADS, UNDERSTOOD),
    (STUDIOS, "成员人数", "unit-in-number"): (2, LOADS, UNDERSTOOD),
    (STUDIOS, "成员人数", "full-width-digit"): (1, LOADS, UNDERSTOOD),
    (STUDIOS, "成员人数", "about"): (1, LOADS, ("约数",)),
    (STUDIOS, "所属工会", "short-union"): (3, LOADS, UNDERSTOOD),
    (STUDIOS, "所在单位", "short-firm"): (2, LOADS, (SHORT,)),
    (MEMBERS, "工作室", "short-studio"): (4, LOADS, UNDERSTOOD),
    (MEMBERS, "姓名", "duplicate"): (2, LOADS, (REPEAT,)),
    (MEMBERS, "技能等级", "skill-wording"): (4, LOADS, UNDERSTOOD),
    (MEMBERS, "进入时间", "date-wording"): (3, LOADS, UNDERSTOOD),
    (MEMBERS, "进入时间", "two-digit-year"): (2, LOADS, ("年份只有两位：补全世纪",)),
    (ACCOUNTS, "", "extra-column"): (1, STAYS_OUT, (SHIFTED,)),
    (ACCOUNTS, "统一社会信用代码", "full-width-digit"): (2, LOADS, UNDERSTOOD),
    (ACCOUNTS, "统一社会信用代码", "letter-o-in-code"): (2, LOADS, (LETTER, CHECK)),
    (ACCOUNTS, "统一社会信用代码", "duplicate"): (4, LOADS, (REPEAT,)),
    (ACCOUNTS, "行业", "industry-in-words"): (3, LOADS, UNDERSTOOD),
    (ACCOUNTS, "电话", "see-attachment"): (2, LOADS, UNDERSTOOD),
    (NEEDS, "编号", "duplicate"): (4, LOADS, (REPEAT,)),
    (NEEDS, "企业", "short-firm"): (3, LOADS, (SHORT,)),
    (NEEDS, "投入(万元)", "range"): (3, LOADS, UNDERSTOOD),
    (NEEDS, "投入(万元)", "negotiable"): (3, LOADS, ("面议，没有数额",)),
    (NEEDS, "投入(万元)", "unit-in-number"): (2, LOADS, UNDERSTOOD),
    (NEEDS, "截止", "date-wording"): (3, LOADS, UNDERSTOOD),
    (NEEDS, "截止", "excel-serial"): (3, LOADS, UNDERSTOOD),
    (NEEDS, "截止", "vague-date"): (2, LOADS, ("不合“截止日期”的规则",)),
    (NEEDS, "状态", "state-wording"): (2, LOADS, UNDERSTOOD),
    (NEEDS, "接单人", "space-in-name"): (2, LOADS, UNDERSTOOD),
    (NEEDS, "接单人", "list-separator"): (2, LOADS, UNDERSTOOD),
    (ACHIEVEMENTS, "", "repeated-header"): (1, STAYS_OUT, ("重复的表头",)),
    (ACHIEVEMENTS, "成果名称", "duplicate"): (2, LOADS, (REPEAT,)),
    (ACHIEVEMENTS, "完成人", "and-others"): (3, LOADS, UNDERSTOOD),
    (ACHIEVEMENTS, "学科", "dotted-discipline"): (2, LOADS, UNDERSTOOD),
    (ACHIEVEMENTS, "成熟度", "full-width-digit"): (2, LOADS, UNDERSTOOD),
    (ACHIEVEMENTS, "成熟度", "maturity-in-words"): (2, LOADS, ("只有文字说法，没有等级数",)),
    (ACHIEVEMENTS, "专利号", "patent-pending"): (2, LOADS, ("申请中，尚无编号",)),
    (ACHIEVEMENTS, "转化情况", "state-wording"): (3, LOADS, UNDERSTOOD),
    (AGREEMENTS, "乙方", "ambiguous-short-name"): (2, LOADS, (SEVERAL,)),
    (AGREEMENTS, "签订日期", "date-wording"): (5, LOADS, UNDERSTOOD),
    (AGREEMENTS, "签订日期", "numeral-date"): (2, LOADS, UNDERSTOOD),
    (AGREEMENTS, "合同额", "bare-amount"): (2, LOADS, UNDERSTOOD),
    (AGREEMENTS, "合同额", "slash-for-nothing"): (2, LOADS, UNDERSTOOD),
    (MEETINGS, "日期", "date-without-year"): (2, LOADS, (NO_YEAR,)),
    (MEETINGS, "日期", "excel-serial"): (2, LOADS, UNDERSTOOD),
    (MEETINGS, "参加人", "and-others"): (2, LOADS, UNDERSTOOD),
    (TRAININGS, "工作室", "studio-by-leader"): (3, LOADS, ("只写了领衔人，未认定是哪个工作室",)),
    (TRAININGS, "形式", "kind-wording"): (2, LOADS, UNDERSTOOD),
    (TRAININGS, "学员/人数", "unit-in-number"): (3, LOADS, UNDERSTOOD),
    (TRAININGS, "学员/人数", "full-width-digit"): (2, LOADS, UNDERSTOOD),
    (TRAININGS, "日期", "date-wording"): (2, LOADS, UNDERSTOOD),
    (PROJECTS, "总分", "full-width-digit"): (2, LOADS, UNDERSTOOD),
    (PROJECTS, "总分", "missing-score"): (2, STAYS_OUT, ("不合“总分”的规则",)),
    (PROJECTS, "专家", "list-separator"): (2, LOADS, UNDERSTOOD),
    (PROJECTS, "专家", "heads-for-names"): (2, LOADS, ("专家只有人数，没有姓名",)),
    (PROJECTS, "年度", "unit-in-number"): (2, LOADS, UNDERSTOOD),
    (UPDATES, "标题", "duplicate"): (2, LOADS, (REPEAT,)),
    (UPDATES, "日期", "date-wording"): (2, LOADS, UNDERSTOOD),
    (UPDATES, "日期", "date-without-year"): (2, LOADS, (NO_YEAR,)),
    (TARGETS, "", "shifted-columns"): (1, STAYS_OUT, (SHIFTED,)),
    (TARGETS, "目标", "at-least"): (1, LOADS, UNDERSTOOD),
    (TARGETS, "完成", "percent"): (1, LOADS, UNDERSTOOD),
}


@dataclass(frozen=True)
class Dirty:
    files: CityFiles
    client: Client
    report: Report

    def said(self, spot: Spot) -> list[RowReport]:
        """What the report says of the row of a spot, rejected or noticed."""
        rows = (*self.report.rejected, *self.report.notices)
        return [row for row in rows if (row.file, row.sheet, row.row) == (spot.file, spot.sheet, spot.row)]

    def of(self, kind: str) -> list[Spot]:
        return [spot for spot in self.files.spots if spot.kind == kind]

    def rows(self, query: str) -> list[list[object]]:
        found: list[list[object]] = self.client.cypher(query).to_dict()["rows"]  # type: ignore[assignment]
        return found


@pytest.fixture(scope="module")
def dirty(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dirty]:
    files = write_city(tmp_path_factory.mktemp("dirt"), dirt=True)
    store: Path = tmp_path_factory.mktemp("stores") / "dirty"
    with lianyin.open(f"kglite://{store.as_posix()}", settings=settings) as client:
        yield Dirty(files, client, client.ingest([files.files[0].parent], "city", date=files.city.reference_date))


def test_every_planted_defect_is_in_the_table_and_none_besides(dirty: Dirty) -> None:
    planted = Counter((spot.file, spot.column, spot.kind) for spot in dirty.files.spots)
    assert planted == {place: count for place, (count, _, _) in TABLE.items()}


def test_the_report_names_each_defect_at_its_file_sheet_row_and_column(dirty: Dirty) -> None:
    for spot in dirty.files.spots:
        _, fate, reasons = TABLE[spot.file, spot.column, spot.kind]
        said = dirty.said(spot)
        assert sorted(row.reason.zh for row in said) == sorted(reasons), spot
        assert any(row in dirty.report.rejected for row in said) == (fate == STAYS_OUT), spot
        if spot.column and spot.kind != "duplicate":
            assert {row.column for row in said} <= {spot.column}, spot
        assert all(row.hint.zh and row.hint.en and row.reason.en for row in said), spot


def test_the_report_says_nothing_of_clean_rows(dirty: Dirty) -> None:
    planted = {(spot.file, spot.sheet, spot.row) for spot in dirty.files.spots}
    said = {(row.file, row.sheet, row.row) for row in (*dirty.report.rejected, *dirty.report.notices)}
    assert said - planted == {(MEETINGS, "会商走访", 340)}, "which is alike in every cell to row 338, planted or not"
    totals = dirty.report.totals
    assert totals.rejected == sum(count for count, fate, _ in TABLE.values() if fate == STAYS_OUT) == 6
    assert totals.read == totals.new + totals.rejected


def test_the_quality_of_the_data_is_counted_by_table_column_and_rule(dirty: Dirty) -> None:
    left_out = "该值未载入。"
    counted = Counter((row.file, row.sheet, row.column, row.reason.zh, "rejected") for row in dirty.report.rejected)
    for row in dirty.report.notices:
        outcome = "left-out" if row.hint.zh.startswith(left_out) else "loaded"
        counted[row.file, row.sheet, row.column, row.reason.zh, outcome] += 1
    quality = dirty.report.quality
    assert {(each.file, each.sheet, each.column, each.rule.zh, each.outcome): each.rows for each in quality} == counted
    assert [each.rows for each in quality] == sorted(counted.values(), reverse=True)
    read = {(each.file, each.sheet): each.totals.read for each in dirty.report.files}
    assert all(each.share == pytest.approx(each.rows / read[each.file, each.sheet], abs=1e-6) for each in quality)


def test_each_of_the_twenty_duplicates_names_the_row_that_it_repeats(dirty: Dirty) -> None:
    spots = dirty.of("duplicate")
    assert len(spots) == 20
    for spot in spots:
        (said,) = dirty.said(spot)
        assert f"见第 {spot.expected.value} 行" in said.hint.zh and f"See row {spot.expected.value}:" in said.hint.en


def test_the_letter_o_in_a_code_is_kept_as_text_and_the_code_with_0_suggested(dirty: Dirty) -> None:
    for spot in dirty.of("letter-o-in-code"):
        assert all(f"可能是 {spot.expected.value}" in row.hint.zh for row in dirty.said(spot))
        codes = dirty.rows(f"MATCH (n:Enterprise) WHERE n.uscc IN ['{spot.raw}', '{spot.expected.value}'] RETURN n.uscc, n.id")
        assert [code for code, _ in codes] == [spot.raw], "one node, with the code as it was written"
        assert not str(codes[0][1]).startswith("uscc:"), "which is nobody's identifier"


def test_files_of_any_encoding_are_read_and_the_guess_is_reported(dirty: Dirty) -> None:
    encodings = {each.file: each.encoding for each in dirty.report.files if each.file.endswith(".csv")}
    assert encodings == {MEMBERS: "gb18030", ACCOUNTS: "utf-8", AGREEMENTS: "utf-8-sig", UPDATES: "utf-8"}
    header = {(each.file, each.header_row) for each in dirty.report.files}
    assert (ROSTER, 2) in header and (STUDIOS, 1) in header


def test_the_three_renamed_enterprises_are_one_node_each_under_both_names(dirty: Dirty) -> None:
    city = dirty.files.city
    renamed = [city.enterprises[number] for number in city.plants.renamed]
    assert len(renamed) == 3
    for firm in renamed:
        where = f"n.name IN ['{firm.name}', '{firm.former_name}'] OR '{firm.former_name}' IN n.aliases"
        ((name, code, aliases),) = dirty.rows(f"MATCH (n:Enterprise) WHERE {where} RETURN n.name, n.uscc, n.aliases")
        assert (name, code) == (firm.name, firm.uscc) and firm.former_name in list(aliases)  # type: ignore[call-overload]


def test_the_two_pairs_of_one_name_stay_two_people(dirty: Dirty) -> None:
    city = dirty.files.city
    assert len(city.plants.homonyms) == 2
    for pair in city.plants.homonyms:
        (name,) = {city.experts[expert].name for expert in pair}
        found = dirty.rows(f"MATCH (p:Person)-[:EMPLOYED_BY]->(o:Organization) WHERE p.name = '{name}' RETURN p.id, o.name")
        assert {str(home) for _, home in found} == {city.experts[expert].organisation for expert in pair}
        assert len({id for id, _ in found}) == 2
