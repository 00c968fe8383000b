"""Lists in step, standard words, tables, flags, mentions, types by pattern: what a mapping may say besides one row, one fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import MappingProblem
from graph.model import ClaimKind
from graph.ontology.schema import Ontology
from ingest.mapping import load_mapping_file, load_mapping_text
from tests.ingest.reading import MappedFile, map_file

MAPPING = """
mapping: needs
source: {id: test-needs, name: 需求, date: "2020-09-10"}
columns:
  required: [编号, 接单人]
  optional: [单位, 日期, 协议]
record: [编号]
wording:
  单位: {replace: {'学$': '学'}, map: short-units}
lists:
  takers: {columns: [接单人, 单位, 日期], split: "、；/", no_list: '^\\d+人$'}
flag:
  - when: {column: 接单人, matches: '^\\d+人$'}
    reason: {zh: 只有人数, en: only a number}
nodes:
  need:
    type: Need
    id: {source: test-need, column: 编号}
    properties: {name: 编号}
  taker:
    type: Person
    each: takers
    when: [{column: 接单人, filled: true}, {column: 单位, filled: true}]
    id: {source: test-person, columns: [接单人, 单位], extract: {接单人: '^(.+?)(?:等\\d*人?)?$'}, hashed: true}
    properties: {name: {column: 接单人, extract: '^(.+?)(?:等\\d*人?)?$'}}
  home:
    type: {column: 单位, patterns: {大学$: University, 研究所$: Institute}, default: Agency}
    each: takers
    when: {column: 单位, filled: true}
    id: {source: test-unit, column: 单位}
    properties: {name: 单位}
  agreement:
    type: Agreement
    mention: true
    when: {column: 协议, filled: true}
    id: {source: test-agreement, columns: [编号, 协议], blank: true}
relationships:
  accepted: {type: ACCEPTED, from: taker, to: need, valid_from: 日期}
  employed: {type: EMPLOYED_BY, from: taker, to: home}
  covers: {type: COVERS, from: agreement, to: need}
"""
HEADER = "编号,接单人,单位,日期,协议\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "short-units.yaml").write_text("扬大: 扬州大学\n", encoding="utf-8")
    (tmp_path / "needs.yaml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def read(folder: Path, ontology: Ontology, *rows: str) -> MappedFile:
    path = folder / "needs.csv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return map_file(path, load_mapping_file(folder / "needs.yaml", ontology), ontology)


def people(found: MappedFile) -> list[str]:
    return [str(draft.values["name"]) for draft in found.drafts(ClaimKind.NODE, "Person")]


def test_lists_in_step_are_taken_apart_together(folder: Path, ontology: Ontology) -> None:
    found = read(folder, ontology, "N1,张 拟、李样本,扬大；示例研究所,2020-09-01/2020-09-05,")
    assert people(found) == ["张拟", "李样本"]
    assert found.ids("University") == {"test-unit:扬州大学"} and found.ids("Institute") == {"test-unit:示例研究所"}
    assert [draft.values["validFrom"] for draft in found.drafts(ClaimKind.RELATIONSHIP, "ACCEPTED")] == ["2020-09-01", "2020-09-05"]
    employed = {(draft.subject, draft.object) for draft in found.drafts(ClaimKind.RELATIONSHIP, "EMPLOYED_BY")}
    assert len(employed) == 2 and len({person for person, _ in employed}) == 2


def test_the_cells_own_text_stays_beside_its_standard_word(folder: Path, ontology: Ontology) -> None:
    home = read(folder, ontology, "N1,张拟,扬大,,").node("test-unit:扬州大学")
    assert home.values["name"] == "扬州大学" and home.raw["name"] == "扬大"
    wide = read(folder, ontology, "N1,张拟,示例（华东）大学,,").node("test-unit:示例(华东)大学")
    assert wide.values["name"] == "示例（华东）大学" and not wide.raw


def test_lists_out_of_step_reject_the_row(folder: Path, ontology: Ontology) -> None:
    found = read(folder, ontology, "N1,张拟、李样本,扬州大学,,", "N2,张拟、李样本,、扬州大学,,")
    (rejected,) = found.rejected
    assert (rejected.column, rejected.value) == ("单位", "扬＊") and "项数不同" in rejected.reason.zh and "1 项" in rejected.hint.zh
    assert people(found) == ["李样本"]  # in N2 the first place has no unit, so nobody is assumed there


def test_an_empty_column_and_a_number_instead_of_names_say_nothing_of_anyone(folder: Path, ontology: Ontology) -> None:
    found = read(folder, ontology, "N1,,,,", "N2,5人,,,", "N3,张拟,,,", "N4,张拟等3人,扬大,,")
    assert found.rejected == [] and people(found) == ["张拟"]
    assert [notice.reason.zh for notice in found.notices()] == ["只有人数"]


def test_of_a_mention_nothing_is_said(folder: Path, ontology: Ontology) -> None:
    found = read(folder, ontology, "N1,,,,XY-1")
    assert found.ids("Agreement") == set()
    assert found.ends("COVERS") == {("test-agreement:N1/XY-1", "test-need:N1")}


def test_a_header_in_the_midst_is_rejected(folder: Path, ontology: Ontology) -> None:
    found = read(folder, ontology, "N1,张拟,扬大,,", "编号,接单人,单位,日期,协议", "N2,接单人,扬大,,")
    assert [(each.row, each.reason.zh) for each in found.rejected] == [(3, "重复的表头")]


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("map: short-units", "map: short-unit", "no table of words 'short-unit'", "short-units"),
        ("each: takers\n    when: {column", "each: taker\n    when: {column", "no list 'taker'", "takers"),
        ("  单位: {replace: {'学$': '学'}", "  单位: {value: batch", "no value type 'batch'", "batch-number"),
        ("columns: [接单人, 单位, 日期]", "columns: [接单人, 单元, 日期]", "'单元' is not listed", "单位"),
        ("    mention: true", "    mention: true\n    properties: {name: 编号}", "of a mention nothing is said", ""),
    ],
)
def test_mistakes_are_told_with_their_line(folder: Path, ontology: Ontology, old: str, new: str, message: str, hint: str) -> None:
    assert old in MAPPING
    text = MAPPING.replace(old, new, 1)
    if "value: batch" in new:
        text = text.replace("value: batch, map: short-units}", "value: batch}")
    (folder / "needs.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(MappingProblem) as caught:
        load_mapping_file(folder / "needs.yaml", ontology)
    assert message in caught.value.detail and "line " in caught.value.detail and hint in caught.value.hint


def test_ends_in_two_lists_are_refused(ontology: Ontology) -> None:
    text = MAPPING.replace("lists:\n", "lists:\n  units: {columns: [单位]}\n").replace("map: short-units", "map: gb4754-divisions")
    home = text.index("  home:")
    text = text[:home] + text[home:].replace("each: takers", "each: units", 1)
    with pytest.raises(MappingProblem, match="several lists"):
        load_mapping_text(text, "needs.yaml", ontology)


def test_a_table_must_be_one(folder: Path, ontology: Ontology) -> None:
    (folder / "tables" / "bad.yaml").write_text("- a\n", encoding="utf-8")
    with pytest.raises(MappingProblem, match="is not a table"):
        load_mapping_file(folder / "needs.yaml", ontology)
