"""What mappings say of columns of names, matrices, constants, and headers of two rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import MappingProblem
from graph.model import ClaimKind
from ingest.mapping import load_mapping_text
from tests.ingest.reading import MappedFile, default_types, map_files


def mapped(tmp_path: Path, table: str, mapping: str) -> MappedFile:
    path = tmp_path / "table.csv"
    path.write_text(table, encoding="utf-8")
    return map_files([path], load_mapping_text(mapping, "m.yaml", default_types()), default_types())


HEAD = "mapping: m\nsource: {id: m, name: m}\n"
EDGES = (
    HEAD
    + """columns: {required: [a, b]}
names:
  a: {column: a, kinds: {Mira: person}}
  b: {column: b}
nodes:
  person:
    type: Person
    when: {column: a.person, filled: true}
    id: {source: m-person, column: a.person_key, hashed: true}
    properties: {name: a.person}
  organisation:
    type: {column: b.kind, map: {university: University, company: Enterprise}, default: Organization}
    when: {column: b.organisation, filled: true}
    id: {source: m-organisation, column: b.organisation_key}
    properties: {name: b.organisation}
relationships:
  tie: {type: EMPLOYED_BY, from: person, to: organisation, properties: {post: b.post}}
"""
)


def test_names_give_people_and_organisations_with_their_kind(tmp_path: Path) -> None:
    found = mapped(tmp_path, "a,b\nDr. Anna Keane,Northbank Ltd.\nANNA KEANE,Northbank Ltd\nMira,江北大学 校长\n", EDGES)
    assert not found.rejected
    assert found.ids("Enterprise") == {"m-organisation:northbank ltd"}
    assert found.ids("University") == {"m-organisation:江北大学"}
    people = list(found.drafts(ClaimKind.NODE, "Person"))
    assert len({draft.subject for draft in people}) == 2 and all("anna" not in draft.subject for draft in people)
    assert [draft.values for draft in found.drafts(ClaimKind.RELATIONSHIP)][-1] == {"post": "校长"}


def test_a_matrix_gives_a_place_for_each_filled_cell(tmp_path: Path) -> None:
    mapping = (
        HEAD
        + """columns: {required: [school], optional: [甲公司名, 乙公司名]}
lists:
  cells: {columns: [甲公司名, 乙公司名], heading: company, cell: mark, no_list: '^[-0无]$'}
nodes:
  school: {type: University, id: {source: m-school, column: school}, properties: {name: school}}
  company: {type: Enterprise, each: cells, id: {source: m-company, column: company}, properties: {name: company}}
relationships:
  tie: {type: RELATED_TO, from: school, to: company, when: {column: mark, filled: true}}
"""
    )
    found = mapped(tmp_path, "school,甲公司名,乙公司名\n江北大学,√,\n江南大学,-,2项\n", mapping)
    assert found.ends("RELATED_TO") == {("m-school:江北大学", "m-company:甲公司名"), ("m-school:江南大学", "m-company:乙公司名")}


def test_constants_stand_in_every_row(tmp_path: Path) -> None:
    mapping = (
        HEAD
        + """columns: {required: [name]}
constants: {board: 江北基金会}
nodes:
  person: {type: Person, id: {source: m-person, columns: [name, board], hashed: true}, properties: {name: name}}
  board: {type: Organization, id: {source: m-board, column: board}, properties: {name: board}}
relationships:
  tie: {type: EMPLOYED_BY, from: person, to: board}
"""
    )
    found = mapped(tmp_path, "name\n周涛\n孙明\n", mapping)
    assert {end for _, end in found.ends("EMPLOYED_BY")} == {"m-board:江北基金会"} and len(found.ids("Person")) == 2


def test_a_header_of_two_rows_calls_columns_by_group_and_name(tmp_path: Path) -> None:
    mapping = (
        HEAD
        + """format: {header_rows: "2"}
columns: {required: [甲方 名称, 乙方 名称]}
nodes:
  a: {type: Enterprise, id: {source: m-a, column: 甲方 名称}, properties: {name: 甲方 名称}}
  b: {type: University, id: {source: m-b, column: 乙方 名称}, properties: {name: 乙方 名称}}
"""
    )
    found = mapped(tmp_path, "甲方,,乙方,\n名称,电话,名称,电话\n江北公司,1,江北大学,2\n", mapping)
    assert found.ids() == {"m-a:江北公司", "m-b:江北大学"}


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("names: {a: {column: c}}", "'c' is not listed"),
        ("constants: {a: x}", "'a' is a column of the file"),
        ("lists: {m: {columns: [b], heading: h}}", "a matrix needs both heading and cell"),
    ],
)
def test_what_cannot_work_is_said_before_a_row_is_read(part: str, said: str) -> None:
    text = HEAD + f"columns: {{required: [a, b]}}\n{part}\nnodes: {{n: {{type: Enterprise, id: {{source: m-n, column: a}}}}}}\n"
    with pytest.raises(MappingProblem) as problem:
        load_mapping_text(text, "m.yaml", default_types())
    assert said in problem.value.detail
