"""The headings of an office's twelve files, and every variant that a mapping knows: all fit ``city``."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.ontology.schema import Ontology
from ingest.fit import choose
from ingest.mapping import MappingSpec, select_mappings
from ingest.readers import preview
from tests.ingest.reading import default_types

OFFICE = {
    "city-roster": "序号,批次,县(市、区),姓名,派出单位,职称,研究方向,挂职职务,起止时间,手机",
    "city-studios": "工作室名称,所在单位,领衔人,荣誉称号,成立时间,成员人数,级别,所属工会",
    "city-members": "工作室,姓名,工种,技能等级,进入时间",
    "city-accounts": "企业名称,统一社会信用代码,行业,镇街,联系人,电话",
    "city-needs": "编号,企业,需求名称,领域,投入(万元),截止,状态,接单人",
    "city-achievements": "成果名称,完成人,单位,学科,成熟度,专利号,转化情况",
    "city-agreements": "协议号,甲方,乙方,类型,签订日期,合同额,到账",
    "city-meetings": "日期,地点,参加人,内容,结果",
    "city-trainings": "工作室,形式,师傅,学员/人数,日期,获证",
    "city-projects": "项目,工作室,总分,专家,资助(万),年度",
    "city-updates": "标题,日期,县区,正文",
    "city-targets": "年度,指标,目标,完成,县区",
}
CITY = select_mappings("city", default_types())


def columns(name: str) -> list[str]:
    """``县(市、区)`` holds a comma of its own kind, none of CSV's."""
    return OFFICE[name].split(",")


def chosen(folder: Path, header: list[str], mappings: dict[str, MappingSpec], above: str = "") -> tuple[str, int, tuple[str, ...]]:
    path = folder / "a.csv"
    path.write_text(above + "\t".join(header) + "\n" + "\t".join("x" for _ in header) + "\n", encoding="utf-8")
    found = choose(preview(path)[0], mappings)
    return found.mapping, found.header_row, found.header


def test_there_are_twelve_files() -> None:
    assert set(OFFICE) == set(CITY)


@pytest.mark.parametrize("name", OFFICE)
def test_the_office_s_own_headings_fit(tmp_path: Path, mappings: dict[str, MappingSpec], name: str) -> None:
    assert chosen(tmp_path, columns(name), mappings) == (name, 1, tuple(columns(name)))


VARIANTS = [(name, column, other) for name, spec in CITY.items() for column, others in spec.columns.aliases.items() for other in others]


@pytest.mark.parametrize(("name", "column", "other"), VARIANTS)
def test_every_variant_of_a_heading_fits(tmp_path: Path, ontology: Ontology, name: str, column: str, other: str) -> None:
    mappings = select_mappings("city", ontology)
    header = columns(name) if column in columns(name) else [*columns(name), column]
    found, _, standard = chosen(tmp_path, [other if each == column else each for each in header], mappings)
    assert found == name
    assert column in standard


@pytest.mark.parametrize("name", OFFICE)
def test_wide_brackets_spaces_line_breaks_and_titles_do_not_matter(tmp_path: Path, mappings: dict[str, MappingSpec], name: str) -> None:
    wide = [f" {each} ".replace("(", "（").replace(")", "）") for each in columns(name)]
    assert chosen(tmp_path, wide, mappings, above="某市某表\n填报单位：某局\n") == (name, 3, tuple(columns(name)))
