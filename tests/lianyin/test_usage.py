"""After a load it is said what of the tables was not used, what stands alone, which files were passed over, and what to do next."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lianyin.conftest import Command


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANYIN_LANGUAGE", "en")


MAPPING = """\
mapping: staff
source: {id: staff, name: staff}
columns: {required: [Name, Company], optional: [Phone, Hobby, Empty]}
nodes:
  person: {type: Person, id: {source: staff-person, columns: [Name, Company], hashed: true}, properties: {name: Name}}
  company: {type: Enterprise, id: {source: staff-company, column: Company}, properties: {name: Company}}
relationships:
  works: {type: EMPLOYED_BY, from: person, to: company, when: {column: Company, excludes: 'Solo'}}
"""
ROWS = "Name,Company,Phone,Hobby,Empty\nAnna Muster,Muster AG,+41 44 000 00 00,chess,\nBen Muster,Solo GmbH,,,\n"


def folder(path: Path) -> Path:
    path.mkdir()
    for name, text in {"staff.csv": ROWS, "notes.docx": "x", "about.json": "{}", ".hidden.csv": ROWS, "other.csv": "a,b\n1,2\n"}.items():
        (path / name).write_text(text, encoding="utf-8")
    (path.parent / "staff.yaml").write_text(MAPPING, encoding="utf-8")
    return path


def test_the_report_tells_what_was_not_used_and_what_to_do(command: Command, tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    ran = command("ingest", place, "--mapping", tmp_path / "staff.yaml", "--json")
    report = ran.json
    (table,) = report["files"]  # type: ignore[misc]
    assert table["relationships"] == 1
    assert table["unused"] == [{"column": "Phone", "value": "+＊"}, {"column": "Hobby", "value": "chess"}]
    assert report["alone"] == [{"type": "Enterprise", "nodes": 1}, {"type": "Person", "nodes": 1}]
    skipped = {each["file"]: each["reason"]["en"] for each in report["skipped"]}  # type: ignore[union-attr,index]
    assert set(skipped) == {"notes.docx", "about.json", ".hidden.csv", "other.csv"}
    assert "name it itself" in skipped["about.json"] and "missing: Name, Company" in skipped["other.csv"]
    assert any("unused column" in each["en"] for each in report["advice"])  # type: ignore[union-attr,index]


def test_people_read_the_same(command: Command, tmp_path: Path) -> None:
    place = folder(tmp_path / "in")
    ran = command("ingest", place, "--mapping", tmp_path / "staff.yaml")
    told = ran.out + ran.err
    assert "staff.csv: columns not used: Phone (+＊), Hobby (chess)" in told
    assert "nodes connected to nothing: enterprise 1, person 1" in told
    assert all(f"skipped {name}: " in told for name in ("notes.docx", "about.json", ".hidden.csv", "other.csv"))
    assert "Next: lianyin stats" in told


def test_a_table_that_joins_nothing_is_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "staff.yaml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "solo.csv").write_text("Name,Company\nBen Muster,Solo GmbH\n", encoding="utf-8")
    ran = command("ingest", tmp_path / "solo.csv", "--mapping", tmp_path / "staff.yaml")
    assert "solo.csv gave no relationship" in ran.out and "lianyin mapping draft solo.csv" in ran.out


SCHOOL = """\
  school: {type: University, id: {source: staff-school, column: School}, properties: {name: School}}
relationships:
  teaches: {type: EMPLOYED_BY, from: person, to: school}
"""


def test_an_example_of_a_path_is_offered(command: Command, tmp_path: Path) -> None:
    mapping = MAPPING.replace("[Name, Company]", "[Name, Company, School]", 1).replace("relationships:\n", SCHOOL)
    (tmp_path / "staff.yaml").write_text(mapping, encoding="utf-8")
    (tmp_path / "staff.csv").write_text("Name,Company,School\nAnna Muster,Muster AG,Muster University\n", encoding="utf-8")
    told = command("ingest", tmp_path / "staff.csv", "--mapping", tmp_path / "staff.yaml").out
    assert "Next: lianyin path" in told and "'Muster AG'" in told and "'Muster University'" in told
