"""What a proposal tells of each column, what it asks, and that its mapping always holds."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from graph.errors import FileProblem
from ingest.interpretation import interpret, read_tables
from ingest.interpretation.headings import read_heading
from ingest.interpretation.keys import base_name
from ingest.interpretation.profile import profile
from ingest.interpretation.tables import Table
from ingest.interpretation.values import value_kinds
from ingest.mapping import load_mapping_text
from ingest.readers import header_of
from tests.ingest.reading import default_types

TABLE = "姓名,工作单位,手机,备用\n周涛,江北大学,13900000001,x\n孙明,江南学院,13900000002,y\n"


def table_of(folder: Path, text: str, name: str = "t.csv") -> list[Table]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_tables(path)


def test_each_column_is_told_with_its_reason_and_examples(tmp_path: Path) -> None:
    proposal = interpret(table_of(tmp_path, TABLE), default_types()).tables[0]
    person, unit, phone, spare = proposal.columns
    assert (person.kind, person.concept, person.examples) == ("person", "person", ("周涛", "孙明"))
    assert unit.kind == "organisation" and unit.used and unit.confidence > 0.9
    assert phone.examples == ("1＊", "1＊") and "13900000001" not in proposal.text
    assert not spare.used and [each.column for each in proposal.unused] == ["备用"]
    assert proposal.sure and "备用   # NOT USED" in proposal.text


def test_a_doubtful_column_is_asked_about_and_answered(tmp_path: Path) -> None:
    tables = table_of(tmp_path, "Alpha,Beta\nAnna Keane,Northbank University\nTom Lang,Northbank Ltd\nIna Roth,Rotterdam Port\n")
    asked = interpret(tables, default_types()).tables[0]
    assert {doubt.column for doubt in asked.doubts} >= {"Beta"}
    answers = {"t.csv": {"Alpha": "person/student", "Beta": "organisation/university"}}
    settled = interpret(tables, default_types(), answers).tables[0]
    assert not settled.doubts and "STUDIED_AT" in settled.text


def test_no_two_files_share_a_source(tmp_path: Path) -> None:
    one = interpret(table_of(tmp_path, TABLE, "名单.csv"), default_types()).tables[0]
    other = interpret(table_of(tmp_path, TABLE.replace("备用", "备注"), "名单.csv"), default_types()).tables[0]
    assert one.name != other.name
    later = interpret(table_of(tmp_path, TABLE + "钱进,江北大学,13900000003,z\n", "名单.csv"), default_types()).tables[0]
    assert later.name == one.name


@pytest.mark.parametrize(
    ("heading", "concept", "kind"),
    [
        ("导师姓名", "person", "person"),
        ("校外导师单位", "organisation", "organisation"),
        ("Institution of PI", "organisation", "organisation"),
        ("Ansprechpartner (Auftraggeber)", "contact", "person"),
        ("directeur de thèse", "supervisor", "person"),
        ("研究代表者", "leader", "person"),
        ("person_id", "code", "attribute"),
        ("startDate", "start", "date"),
        ("Título del proyecto", "project", "object"),
    ],
)
def test_what_headings_call_their_columns(heading: str, concept: str, kind: str) -> None:
    assert read_heading(heading).heads[0].name == concept
    assert read_heading(heading).heads[0].kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2020年9月", "date"),
        ("01.10.2019", "date"),
        ("décembre 2022", "date"),
        ("2018.01-2020.12", "range"),
        ("a@example.org", "email"),
        ("13900000001", "phone"),
        ("同上", "ditto"),
        ("√", "tick"),
        ("江北市", "place"),
        ("€40k", "money"),
        ("NK2018001", "code"),
    ],
)
def test_kinds_of_values(text: str, kind: str) -> None:
    assert kind in value_kinds(text)


def test_lists_in_cells_are_told_from_names_with_commas() -> None:
    assert profile(["周涛、孙明", "钱进"]).separators == "、"
    assert profile(["Northbank Ltd, Roth GmbH", "Northbank Ltd"]).separators == "，,"
    assert profile(["Keane, Anna", "Lang, Tom"]).separators == ""
    assert profile(["2020/9/1", "2020/9/2"]).separators == ""


def test_a_sheet_that_names_nobody_is_no_proposal(tmp_path: Path) -> None:
    proposal = interpret(table_of(tmp_path, "a,b\n1,2\n3,4\n"), default_types()).tables[0]
    assert proposal.text == "" and not proposal.sure
    with pytest.raises(FileProblem):
        read_tables(tmp_path / "none.csv")


HEADINGS = (
    st.text(st.sampled_from(string.printable + "名称单位姓名项目负责人导师学生编号日期（）：#'\"{}[]，、\u3000é"), min_size=1, max_size=12)
    .map(str.strip)
    .filter(lambda text: text.isprintable() and bool(text.strip(".")))
)
CELLS = st.sampled_from(
    ["", "x", "周涛", "江北大学", "Anna Keane", "Northbank Ltd", "2020-09", "A-1", "√", "30", "同上", "周涛、孙明", "{a}", ": #"]
)


@settings(max_examples=30, phases=[Phase.generate])
@given(st.lists(HEADINGS, min_size=1, max_size=6, unique=True), st.data())
def test_whatever_a_table_holds_the_proposal_is_a_mapping(header: list[str], data: st.DataObject) -> None:
    header = [name for name in header_of(header) if name] or ["a"]
    rows = tuple({name: data.draw(CELLS) for name in header} for _ in range(3))
    table = Table("any.csv", "", "delimited", tuple(header), rows)
    text = interpret([table], default_types()).mapping()
    if text:
        spec = next(iter(load_mapping_text(text, "draft.yaml", default_types()).values()))
        assert spec.columns.known == set(header)
    assert base_name("any.csv", [table]) == base_name("any.csv", [table])
