"""JSON documents: the longest list is the table, wherever it lies; others are told; a list's items stay what they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph.model import ClaimKind
from graph.ontology.schema import Ontology
from ingest.clean import split
from ingest.mapping import load_mapping_text
from ingest.planning import plan
from ingest.readers import FormatOptions, SourceRow, header_of, preview, read_rows
from ingest.readers.objects import items_of, joined
from tests.ingest.reading import map_file

UNITS = [{"name": f"Sample {number} Ltd", "city": "扬州"} for number in range(12)]


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


def rows(path: Path, sheet: str) -> list[dict[str, str]]:
    table = next(each for each in preview(path) if each.sheet == sheet)
    number, cells = table.rows[0]
    return [dict(each.cells) for each in read_rows(path, table, number, header_of(cells))() if isinstance(each, SourceRow)]


@pytest.mark.parametrize(
    ("document", "sheets"),
    [
        ({"total": 2, "facets": [{"name": "country"}], "results": UNITS}, ["results", "facets"]),
        ({"facets": UNITS, "options": UNITS[:2], "results": UNITS[:2]}, ["results", "options", "facets"]),
        ({"files": [{"label": "data", "data": UNITS}]}, ["files.0.data"]),
        ({"files": [{"data": UNITS[:2]}, {"data": UNITS * 3}, {"data": UNITS * 4}]}, ["files.2.data", "files.1.data"]),
        ([{"name": "a", "labels": [{"label": "x"}, {"label": "y"}, {"label": "z"}]}, {"name": "b", "labels": []}], [""]),
        ({"people": UNITS[:3], "meta": {"units": UNITS}, "tags": ["a", "b"]}, ["meta.units", "people"]),
        ({"a.b": {"item": UNITS}}, ["a.b.item"]),
    ],
)
def test_tables_are_found_by_their_path(tmp_path: Path, document: object, sheets: list[str]) -> None:
    path = write(tmp_path / "a.json", document)
    assert [each.sheet for each in preview(path)] == sheets


def test_a_list_that_shares_its_place_with_others_is_read_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {"files": [{"data": UNITS[:2]}, {"data": UNITS * 3}, {"data": UNITS * 4}]})
    assert rows(path, "files.1.data") == UNITS * 3
    assert rows(path, "files.2.data") == UNITS * 4
    assert [each.sheet for each in preview(path, FormatOptions(sheets=("files.1.data",)))] == ["files.1.data"]


def test_a_list_of_lists_has_a_header(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", {"values": [["名称", "成立"], ["某公司", 2001], ["某厂", None], ["某所"]]})
    assert rows(path, "values") == [{"名称": "某公司", "成立": "2001"}, {"名称": "某厂", "成立": ""}, {"名称": "某所", "成立": ""}]


MAPPING = """\
mapping: units
source: {id: units, name: 单位, date: "2020-09-10"}
columns: {required: [name], optional: [members, aliases]}
lists: {m: {columns: [members]}}
nodes:
  unit: {type: Organization, id: {source: unit, column: name}, properties: {name: name, aliases: {column: aliases, split: "；;,"}}}
  member: {type: Organization, each: m, id: {source: unit, column: members}, properties: {name: members}}
"""


def test_the_longest_list_is_loaded_and_the_others_told(tmp_path: Path, ontology: Ontology) -> None:
    path = write(tmp_path / "a.json", {"facets": [{"name": "country"}], "results": UNITS})
    found = plan([path], load_mapping_text(MAPPING, "a.yaml", ontology))
    assert [job.table.sheet for job in found.jobs] == ["results"]
    assert [(each.sheet, each.reason.en) for each in found.skipped] == [
        ("facets", "a.json: the list 'facets' is not read: 'results' is longer.")
    ]


def test_an_item_of_a_list_is_never_cut(tmp_path: Path, ontology: Ontology) -> None:
    units = [
        {"name": "甲", "members": ["Ludwik; Alex Sample Institute", "Example University"], "aliases": ["A, B", "C"]},
        {"name": "乙", "members": ["Only; One"], "aliases": ["甲、乙"]},
        {"name": "丙", "members": ["丁", "戊"], "aliases": []},
    ]
    found = map_file(write(tmp_path / "a.json", units), load_mapping_text(MAPPING, "a.yaml", ontology), ontology)
    named = {draft.values["name"]: draft.values.get("aliases") for draft in found.drafts(ClaimKind.NODE)}
    assert named == {
        "甲": ("A, B", "C"),
        "乙": ("甲、乙",),
        "丙": None,
        "Ludwik; Alex Sample Institute": None,
        "Example University": None,
        "Only; One": None,
        "丁": None,
        "戊": None,
    }
    assert "unit:Ludwik; Alex Sample Institute" in found.ids()


def test_items_survive_their_joining() -> None:
    assert joined(["甲", "", "乙"]) == "甲；；乙"
    assert items_of(joined(["a；", "", "b;c"])) == ["a；", "", "b;c"]
    assert split(joined(["a；b", "", "c"]), "；") == ["a；b", "c"]
    assert items_of("甲；乙") is None


def test_two_keys_of_one_heading_are_both_kept(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", [{"姓名": "张拟", "姓 名": "李样"}, {"姓名": "王某"}])
    assert rows(path, "") == [{"姓名": "张拟", "姓名#2": "李样"}, {"姓名": "王某"}]
