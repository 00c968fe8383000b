"""What a mapping gets of a written unit: the columns that an affiliation derives, and what is said of a cell that decides nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from graph.affiliations.gazetteer import Gazetteer, Listed, built_in
from graph.errors import MappingProblem
from graph.model import ClaimKind, Draft
from graph.ontology.schema import Ontology
from ingest.affiliations import AffiliationPart
from ingest.compiler import compile_mapping
from ingest.mapping import load_mapping_text
from ingest.mapping.spec import DERIVED, AffiliationSpec
from ingest.outcome import Mapped, Rejected
from ingest.readers import SourceRow

MAPPING = """
mapping: units
source: {id: units, name: 表, date: "2009"}
columns: {required: [姓名, 单位], optional: [省份, 年份]}
affiliations:
  home: {column: 单位, place: 省份, year: 年份}
nodes:
  person:
    type: Person
    id: {source: units-person, columns: [姓名, home.organisation], hashed: true}
    properties: {name: 姓名}
  home:
    type: {column: home.kind, map: {university: University}, default: Organization}
    when: {column: home.kind, excludes: ^question$}
    id: {source: units-unit, column: home.organisation}
    properties: {name: home.organisation}
  department:
    type: Department
    when: {column: home.unit, filled: true}
    id: {source: units-department, columns: [home.organisation, home.unit]}
    properties: {name: home.unit}
  successor:
    type: University
    when: {column: home.successor, filled: true}
    id: {source: cn-university-name, column: home.successor}
    properties: {name: home.successor}
relationships:
  employed: {type: EMPLOYED_BY, from: person, to: home}
  department-of: {type: UNIT_OF, from: department, to: home}
  became: {type: SUCCEEDED_BY, from: home, to: successor}
"""

Run = Callable[..., Mapped | Rejected]


@pytest.fixture
def run(ontology: Ontology) -> Run:
    mapper = compile_mapping(load_mapping_text(MAPPING, "units.yaml", ontology)["units"], ontology, year=2009)

    def mapped(unit: str, place: str = "", year: str = "") -> Mapped | Rejected:
        return mapper.map(SourceRow(2, {"姓名": "张拟", "单位": unit, "省份": place, "年份": year}), "表.csv", "")

    return mapped


def drafts(found: Mapped | Rejected, kind: ClaimKind = ClaimKind.NODE) -> dict[str, Draft]:
    assert isinstance(found, Mapped)
    return {draft.type: draft for draft in found.drafts.drafts if draft.kind is kind}


def test_a_department_glued_to_its_university(run: Run) -> None:
    found = run("苏大材化部")
    nodes = drafts(found)
    assert nodes["University"].values["name"] == "苏州大学" and nodes["University"].raw["name"] == "苏大材化部"
    assert nodes["Department"].values["name"] == "材化部" and nodes["Department"].subject == "units-department:苏州大学/材化部"
    ends = drafts(found, ClaimKind.RELATIONSHIP)["UNIT_OF"]
    assert (ends.subject, ends.object) == ("units-department:苏州大学/材化部", "units-unit:苏州大学")
    assert isinstance(found, Mapped) and found.notices == ()


def test_spellings_of_one_university_are_one_person_at_one_place(run: Run) -> None:
    found = [drafts(run(unit)) for unit in ("扬大", "扬州大学", "扬州大学文学院")]
    said = {(each["Person"].subject, each["University"].subject) for each in found}
    assert len(said) == 1


def test_a_name_that_may_be_several_is_left_to_a_person(run: Run) -> None:
    found = run("南大材料学院")
    assert set(drafts(found)) == {"Person"} and isinstance(found, Mapped)
    (notice,) = found.notices
    assert (notice.column, notice.dropped) == ("单位", False) and notice.value == "南＊", "a column that names a person's home is masked"
    assert "南京大学、南昌大学" in notice.hint.zh and "南京大学" in notice.hint.en
    assert drafts(run("南大材料学院", "江西"))["University"].values["name"] == "南昌大学"


def test_year_decides_what_became_of_a_name(run: Run) -> None:
    assert drafts(run("四川师范学院", year="1983-05-01"))["University"].values["name"] == "四川师范大学"
    assert drafts(run("四川师范学院", year="1999"))["University"].values["name"] == "西华师范大学"
    merged = run("杭州大学中文系", year="1993")
    assert drafts(merged)["University"].subject == "cn-university-name:浙江大学"
    became = drafts(merged, ClaimKind.RELATIONSHIP)["SUCCEEDED_BY"]
    assert (became.subject, became.object) == ("units-unit:杭州大学", "cn-university-name:浙江大学")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("复旦大学附属中山医院", ("复旦大学附属中山医院", "hospital", "", "", "复旦大学")),
        ("中国科学院化学研究所", ("中国科学院化学研究所", "other", "", "", "")),
        ("某某示例学院", ("某某示例学院", "university", "", "", "")),
        ("某某大学材料学院", ("某某大学", "university", "材料学院", "", "")),
        ("材料学院", ("材料学院", "other", "", "", "")),
        ("浙江大学城市学院", ("浙江大学城市学院", "university", "", "", "")),
        ("中国地质大学（武汉）", ("中国地质大学(武汉)", "university", "", "", "")),
        ("", ("", "", "", "", "")),
    ],
)
def test_what_is_derived(text: str, expected: tuple[str, ...]) -> None:
    derived = AffiliationPart("a", AffiliationSpec(column="单位"), built_in()).derive({"单位": text})
    assert tuple(derived.cells[f"a.{part}"] for part in DERIVED) == expected


def test_notices_of_several_and_of_a_slip() -> None:
    listed = Gazetteer.of([Listed("仲恺农业工程学院"), Listed("北京大学"), Listed("南京大学")], whole=True)
    part = AffiliationPart("a", AffiliationSpec(column="单位"), listed)
    (several,) = part.derive({"单位": "北京大学、南京大学"}).notices
    assert several.reason.zh == "一格写了多家高校：只取第一家" and "南京大学" in several.hint.zh
    (slip,) = part.derive({"单位": "忡恺农业技术学院"}).notices
    assert "仲恺农业技术学院" in slip.hint.zh


def test_a_fault_names_the_column_of_the_file(run: Run) -> None:
    found = run("")
    assert isinstance(found, Rejected) and found.column == "单位"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("column: 单位, place", "column: 单元, place", "'单元' is not listed"),
        ("place: 省份", "place: 省", "'省' is not listed"),
        ("column: home.unit, filled", "column: home.units, filled", "home.units"),
        ("column: 单位, place: 省份", "columns: 单位, place: 省份", "column"),
    ],
)
def test_mistakes_are_told(ontology: Ontology, old: str, new: str, told: str) -> None:
    assert old in MAPPING
    with pytest.raises(MappingProblem) as caught:
        load_mapping_text(MAPPING.replace(old, new, 1), "units.yaml", ontology)
    assert told in str(caught.value.detail)
