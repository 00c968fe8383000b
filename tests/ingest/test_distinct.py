"""A built-in mapping takes a table by itself only where it is plainly of its kind: ten tables that come near one."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import MappingProblem
from graph.ontology.schema import Ontology
from ingest.fit import choose
from ingest.mapping import MappingSpec, load_mapping_text
from ingest.readers import preview
from tests.ingest.test_mapping_files import GOOD

# Each has all columns that a built-in mapping needs, mostly under its aliases, and is something else.
NEAR = {
    "suppliers of a firm": "序号,企业名称,统一社会信用代码,县(市、区),联系人,电话,备注\n1,苏州某某科技有限公司,,昆山市,王总,,\n",
    "an enterprise register": "企业名称,统一社会信用代码,所属行业,所在镇街,县区\n苏州某某科技有限公司,,C34,某某镇,昆山市\n",
    "contracts of a university": "合同编号,甲方,乙方,类型,签约日期,合同金额\nHT-1,示例公司,示例大学,技术开发,2020-01-02,3万元\n",
    "a board": "届,县区,姓名,单位,职务,任期\n第三届,昆山市,李样,示例大学,理事,2020-2024\n",
    "minutes": "时间,地点,人员,内容\n2020-01-02,会议室,李样、王例,座谈\n",
    "members of a choir": "工作室,成员,工种,等级\n红星合唱工作室,李样,男高音,一级\n",
    "needs of another office": "编号,企业名称,需求名称,技术领域,状态\n1,示例公司,焊接变形,制造,已完成\n",
    "a provincial foundation": "项目批准号,项目名称,依托单位,负责人,起止年月\nBK20190001,示例,示例大学,李样,2019.01-2021.12\n",
    "schools of a district": "name,code,department,address,level\n示例小学,0012,区教育局,示例路1号,小学\n",
    "items of a catalogue": "id,types,status\n1,book,active\n",
}


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", NEAR)
def test_a_table_that_only_comes_near_a_built_in_mapping_is_not_taken_by_it(
    tmp_path: Path, mappings: dict[str, MappingSpec], name: str
) -> None:
    with pytest.raises(MappingProblem) as refused:
        choose(preview(write(tmp_path / "list.csv", NEAR[name]))[0], mappings)
    assert "those that tell its kind" in refused.value.detail or "fits several" in refused.value.detail
    assert "lianyin mapping draft list.csv" in refused.value.hint or "--mapping" in refused.value.hint


@pytest.mark.parametrize("name", NEAR)
def test_who_names_the_mapping_has_it(tmp_path: Path, mappings: dict[str, MappingSpec], name: str) -> None:
    table = preview(write(tmp_path / "list.csv", NEAR[name]))[0]
    assert choose(table, mappings, named=True).fits


def test_every_built_in_mapping_says_what_is_its_own(mappings: dict[str, MappingSpec]) -> None:
    assert all(spec.columns.distinctive for spec in mappings.values())


def test_a_mapping_of_ones_own_takes_its_tables_by_its_columns(tmp_path: Path, ontology: Ontology) -> None:
    own = load_mapping_text(GOOD, "own.yaml", ontology)
    assert choose(preview(write(tmp_path / "a.csv", "姓名,派出单位\n"))[0], own).own


def test_a_distinctive_column_that_is_none_is_refused(ontology: Ontology) -> None:
    text = GOOD.replace("columns:\n", "columns:\n  distinctive: [姓明]\n", 1)
    with pytest.raises(MappingProblem, match=r"columns\.distinctive\.0: '姓明' is not one of the columns"):
        load_mapping_text(text, "own.yaml", ontology)
