"""The city's files hold for any city: places by the country's table, what several bear by the places around, the rest told."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from graph.model import ClaimKind
from graph.ontology.schema import Ontology
from ingest.mapping import MappingSpec
from tests.ingest.conftest import MapFile
from tests.ingest.reading import MappedFile, map_files

HEADER = "批次,县(市、区),姓名,派出单位,挂职职务,起止时间\n"


def roster(*places: str) -> str:
    rows = (f"13,{place},示例{number},示例大学,副镇长,2020.9-2021.8\n" for number, place in enumerate(places))
    return HEADER + "".join(rows)


def districts(found: MappedFile) -> dict[str, str]:
    return {draft.subject: str(draft.values["name"]) for draft in map(found.node, found.ids("District"))}


def told(found: MappedFile) -> list[tuple[str, str]]:
    return [(notice.value, notice.reason.en) for notice in found.notices()]


def test_a_roster_of_other_cities(mapped: MapFile) -> None:
    found = mapped("花名册.csv", roster("昆山市", "启东市", "Kunshan", "崑山", "苏州市昆山市"))
    assert (found.read, len(found.rejected), told(found)) == (5, 0, [])
    assert districts(found) == {"gb2260:320583": "昆山市", "gb2260:320681": "启东市"}
    assert {draft.values["name"] for draft in map(found.node, found.ids("City"))} == {"苏州市", "南通市"}
    assert found.ends("PART_OF") == {("gb2260:320583", "gb2260:320500"), ("gb2260:320681", "gb2260:320600")}


def test_districts_of_one_name_stay_apart(mapped: MapFile) -> None:
    found = mapped("花名册.csv", roster("南京市鼓楼区", "徐州市鼓楼区"))
    assert districts(found) == {"gb2260:320106": "鼓楼区", "gb2260:320302": "鼓楼区"}
    assert found.ids("TownHeadTeam") == {"city-team:南京市鼓楼区/13", "city-team:徐州市鼓楼区/13"}


def test_the_places_around_decide_and_are_named(mapped: MapFile) -> None:
    found = mapped("花名册.csv", roster("玄武区", "昆山市", "鼓楼"))
    assert "gb2260:320106" in found.ids("District")
    assert told(found) == [("鼓楼", "several places bear this name: told from the others in the table")]


def test_what_they_do_not_decide_loads_without_the_link(mapped: MapFile) -> None:
    found = mapped("花名册.csv", roster("昆山市", "鼓楼区"))
    assert found.ids("District") == {"gb2260:320583"} and len(found.rejected) == 0
    (notice,) = found.notices()
    assert notice.dropped and notice.reason.en == "several places bear this name: none was assumed"
    assert "江苏省南京市鼓楼区" in notice.hint.zh and "江苏省徐州市鼓楼区" in notice.hint.zh


def test_a_place_that_no_table_knows_loads_by_its_name(mapped: MapFile) -> None:
    found = mapped("花名册.csv", roster("邗江区", "示例湾新区"))
    assert districts(found) == {"gb2260:321003": "邗江区", "city-district:示例湾新区": "示例湾新区"}
    assert told(found) == [("示例湾新区", "no table knows this place: loaded by its name")]


def test_a_whole_city_is_a_city(mapped: MapFile) -> None:
    found = mapped("花名册.csv", roster("东莞市", "南海区"))
    assert found.ids("City") == {"gb2260:441900", "gb2260:440600"} and found.ids("District") == {"gb2260:440605"}
    posted = {target for _, target in found.ends("POSTED_TO")}
    assert posted == {"gb2260:441900", "gb2260:440605"}


def test_a_county_governed_by_its_province_lies_in_no_city(mapped: MapFile) -> None:
    found = mapped("花名册.csv", roster("济源市"))
    assert (districts(found), found.ids("City")) == ({"gb2260:419001": "济源市"}, set())


TARGETS = "年度,指标,目标,完成,县区\n2020,共建示范,20,7,全市\n"


@pytest.mark.parametrize(
    ("file", "office", "city"),
    [("指标.csv", "苏州市", "gb2260:320500"), ("苏州市2020年指标.csv", "", "gb2260:320500"), ("指标.csv", "", "")],
)
def test_whose_whole_city(tmp_path: Path, ontology: Ontology, mappings: dict[str, MappingSpec], file: str, office: str, city: str) -> None:
    """By the file's name, or the setting; else it is asked for."""
    (tmp_path / file).write_text(TARGETS, encoding="utf-8")
    found = map_files([tmp_path / file], mappings, ontology, office)
    assert found.ids("City") == ({city} if city else set())
    assert told(found) == ([] if city else [("全市", "it does not say which city")])
    assert len(found.loaded) == 1


def test_the_files_loaded_together_say_which_city(tmp_path: Path, ontology: Ontology, mappings: dict[str, MappingSpec]) -> None:
    (tmp_path / "花名册.csv").write_text(roster("昆山市", "太仓市"), encoding="utf-8")
    (tmp_path / "指标.csv").write_text(TARGETS, encoding="utf-8")
    found = map_files([tmp_path / "花名册.csv", tmp_path / "指标.csv"], mappings, ontology)
    assert {target for _, target in found.ends("FOR")} == {"gb2260:320500"}


def test_a_union_is_its_places(mapped: MapFile) -> None:
    found = mapped(
        "台账.csv",
        "工作室名称,所在单位,领衔人,荣誉称号,所属工会\n张拟工作室,示例公司,张拟,市劳模,昆山市总工会\n王拟工作室,示例公司,王拟,,苏州市总工会\n",
    )
    assert {target for _, target in found.ends("LOCATED_IN")} == {"gb2260:320583", "gb2260:320500"}


def test_an_honour_is_of_the_place_that_its_row_names(mapped: MapFile) -> None:
    honours = ("市劳模（2014）", "苏州市劳模", "省劳模", "浙江省劳动模范", "全国劳模", "昆山工匠", "上海市劳动模范", "县劳模")
    rows = "".join(
        f"工作室{n},示例公司,{name},{text},昆山市总工会\n" for n, (name, text) in enumerate(zip("张王李赵钱孙周吴", honours, strict=True))
    )
    found = mapped("台账.csv", "工作室名称,所在单位,领衔人,荣誉称号,所属工会\n" + rows)
    told = {str(each.values["name"]): each.values.get("level") for each in found.drafts(ClaimKind.NODE, "Honour") if "name" in each.values}
    assert told == {
        "市劳动模范(2014)": "市",
        "苏州市劳动模范": "市",
        "省劳动模范": "省",
        "浙江省劳动模范": "省",
        "全国劳动模范": "全国",
        "昆山工匠": "市",
        "上海市劳动模范": "省",
        "县劳动模范": None,
    }


@pytest.mark.parametrize("path", sorted(Path(str(files("ingest") / "mappings")).glob("*.yaml")), ids=lambda path: path.name)
def test_no_built_in_mapping_names_a_city(path: Path) -> None:
    """But for comments and the examples of the blank workbooks."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith(("#", "example:"))]
    assert not re.search("扬州|Yangzhou|邗江|苏州|南京", "\n".join(lines))


def test_within_decides_row_by_row(ontology: Ontology, tmp_path: Path) -> None:
    from ingest.mapping import load_mapping_text

    mapping = """
mapping: offices
source: {id: offices, name: 表}
columns: {required: [市, 区, 名称]}
places: {at: {column: 区, within: 市}}
nodes:
  office:
    type: Agency
    id: {source: offices, column: 名称}
    properties: {name: 名称}
  district:
    type: District
    id: {scheme: gb2260, column: at.code}
    properties: {name: at.district}
relationships:
  there: {type: LOCATED_IN, from: office, to: district}
"""
    path = tmp_path / "a.csv"
    path.write_text("市,区,名称\n南京,鼓楼,甲局\n徐州市,鼓楼,乙局\n福建省福州市,鼓楼区,丙局\n", encoding="utf-8")
    found = map_files([path], load_mapping_text(mapping, "offices.yaml", ontology), ontology)
    assert found.ids("District") == {"gb2260:320106", "gb2260:320302", "gb2260:350102"}
