"""A bad definition is refused with its file, its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import FileProblem, OntologyProblem
from graph.ontology import default_ontology, load_ontology

HOSPITAL = """\
node_types:
  Hospital:
    zh: 医院
    en: hospital
    extends: Organization
    color: "#aabbcc"
    properties:
      beds: {value: integer, zh: 床位, en: beds}
"""
TREATS = """\
relationship_types:
  TREATS:
    zh: 收治
    en: treats
    inverse: {zh: 就诊于, en: treated at}
    clause: {zh: "{source}收治{target}", en: "{source} treats {target}"}
    from: Organization
    to: Person
    key: [ward]
    properties:
      ward: {value: text, zh: 病区, en: ward}
"""
LINK = """\
node_types:
  Stay:
    zh: 住院
    en: stay
    link: true
    color: "#aabbcc"
    column: 2
    properties:
      since: {value: date, zh: 入院, en: since}
    edges:
      - {type: SECONDED_FROM, start: HAS_TERM in, end: SENT_BY out, valid_from: since}
"""


def write(folder: Path, text: str, name: str = "types.yaml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_adds_types(tmp_path: Path) -> None:
    ontology = load_ontology(write(tmp_path, HOSPITAL + TREATS))
    hospital = ontology.node_types["Hospital"]
    assert hospital.properties["beds"].value == "integer"
    assert hospital.properties["uscc"].value == "uscc"
    assert hospital.ancestors == ("Organization",)
    assert hospital.column == ontology.node_types["Organization"].column
    assert ontology.relationship_types["TREATS"].key == ("ward",)
    assert "Hospital" in ontology.descendants("Organization")
    assert "Hospital" not in default_ontology().node_types


def test_any_reaches_types_of_later_folders(tmp_path: Path) -> None:
    text = HOSPITAL.replace("    extends: Organization\n", "    column: 4\n")
    ontology = load_ontology(write(tmp_path, text))
    assert "Hospital" in ontology.relationship_types["MENTIONS"].targets
    assert "University" not in ontology.relationship_types["MENTIONS"].targets  # its root stands for it


def test_a_type_may_extend_one_of_a_later_file(tmp_path: Path) -> None:
    write(tmp_path, HOSPITAL, "z.yaml")
    write(
        tmp_path,
        HOSPITAL.replace("Hospital", "Clinic")
        .replace("医院", "诊所")
        .replace("en: hospital", "en: clinic")
        .replace("Organization", "Hospital"),
        "a.yaml",
    )
    assert load_ontology(tmp_path).node_types["Clinic"].ancestors == ("Hospital", "Organization")


def test_extensions_add_and_never_change(tmp_path: Path) -> None:
    added = "extend:\n  University:\n    also: [学府]\n    identifiers: [city-no]\n    properties:\n"
    added += "      cityNo: {value: text, zh: 市编号, en: city number}\n"
    ontology = load_ontology(write(tmp_path, added + "  IN_FIELD:\n    from: Person\n"))
    assert ontology.node_type("学府").name == "University"
    assert "cityNo" in ontology.node_types["University"].properties
    assert "city-no" in ontology.node_types["University"].identifiers
    assert "Person" in ontology.relationship_types["IN_FIELD"].sources


CASES = {
    "unknown parent": (HOSPITAL.replace("extends: Organization", "extends: Organisation"), 5, "Did you mean 'Organization'?"),
    "circle": (HOSPITAL.replace("extends: Organization", "extends: Hospital"), 2, "circle: Hospital → Hospital"),
    "unknown value type": (HOSPITAL.replace("value: integer", "value: intger"), 8, "Did you mean 'integer'?"),
    "reserved property": (HOSPITAL.replace("beds:", "title:"), 8, "reserved"),
    "property name": (HOSPITAL.replace("beds:", "床位:"), 8, "camelCase"),
    "missing label": (HOSPITAL.replace("    zh: 医院\n", ""), 2, "'zh' is missing"),
    "missing property label": (HOSPITAL.replace(", en: beds", ""), 8, "'en' is missing"),
    "bad privacy": (HOSPITAL.replace("value: integer,", "value: integer, privacy: 4,"), 8, "from 0 to 3"),
    "published too private": (HOSPITAL.replace("value: integer,", "value: integer, privacy: 1, published: 2,"), 8, "more private"),
    "bad colour": (HOSPITAL.replace('"#aabbcc"', "blue"), 6, "colour"),
    "no colour": (HOSPITAL.replace('    color: "#aabbcc"\n', ""), 2, "'color' is missing"),
    "not a column": (HOSPITAL.replace("    extends: Organization\n", ""), 2, "'column' is missing"),
    "unknown key": (HOSPITAL.replace("color:", "colour:"), 6, "Did you mean 'color'?"),
    "unknown section": (HOSPITAL.replace("node_types", "node_typs"), 1, "Did you mean 'node_types'?"),
    "key twice": (HOSPITAL + "  Hospital:\n    zh: 医院\n", 9, "twice, first on line 2"),
    "redefined type": (HOSPITAL.replace("Hospital", "University"), 2, "already a type 'University'"),
    "reserved type": (HOSPITAL.replace("Hospital", "Claim"), 2, "reserved"),
    "type name": (HOSPITAL.replace("Hospital", "hospital"), 2, "CamelCase"),
    "word of two types": (HOSPITAL.replace("en: hospital", "en: company"), 2, "already means the node type 'Enterprise'"),
    "bad scheme": (HOSPITAL + "    identifiers: [Hospital No]\n", 9, "identifier scheme"),
    "enum without choices": (HOSPITAL.replace("value: integer", "value: enum"), 8, "choices"),
    "choices without enum": (HOSPITAL.replace("value: integer,", "value: text, choices: {甲: {en: A}},"), 8, "enum"),
    "changes many": (HOSPITAL.replace("beds: {value: integer,", "aliases: {value: text,"), 2, "many"),
    "companion twice": (
        HOSPITAL.replace("beds: {value: integer,", "feeMin: {value: text, zh: 费, en: fee}\n      fee: {value: money-wan,"), 9, "feeMin",
    ),
    "hub_when unknown": (HOSPITAL + "    hub_when: {bed: 1}\n", 9, "Did you mean 'beds'?"),
    "hub_when wrong": (HOSPITAL + "    hub_when: {beds: many}\n", 9, "whole number"),
    "bad class of a type": (HOSPITAL + "    privacy: 4\n", 9, "from 0 to 3"),
    "truth": (HOSPITAL + "    hub: maybe\n", 9, "true or false"),
    "text for keys": ("node_types: Hospital\n", 1, "Keys are expected"),
    "edges without link": (LINK.replace("    link: true\n", ""), 2, "Only a link type can have edges"),
    "edge of unknown type": (LINK.replace("SECONDED_FROM", "STAYED_AT"), 11, "no relationship type 'STAYED_AT'"),
    "edge not derived": (LINK.replace("SECONDED_FROM", "EMPLOYED_BY"), 11, "derived: true"),
    "edge that misses its link": (LINK, 11, "does not lead to a Stay"),
    "edge without direction": (LINK.replace("HAS_TERM in", "HAS_TERM"), 11, "direction"),
    "end of unknown type": (TREATS.replace("to: Person", "to: Patient"), 8, "no node type 'Patient'"),
    "unknown key property": (TREATS.replace("[ward]", "[wards]"), 9, "Did you mean 'ward'?"),
    "reserved on a relationship": (TREATS.replace("ward", "validFrom"), 11, "reserved"),
    "sentence without ends": (TREATS.replace("{source} treats {target}", "treats"), 6, "{source} and {target}"),
    "no inverse": (TREATS.replace("    inverse: {zh: 就诊于, en: treated at}\n", ""), 2, "'inverse' is missing"),
    "relationship name": (TREATS.replace("TREATS", "treats"), 2, "capitals"),
    "relationship word twice": (TREATS.replace("zh: 收治\n", "zh: 接单\n"), 2, "'接单' already means the relationship type 'ACCEPTED'"),
    "extends nothing known": ("extend:\n  Univers:\n    also: [学府]\n", 2, "Did you mean 'University'?"),
    "extension of a property": (
        "extend:\n  University:\n    properties:\n      level: {value: text, zh: 级, en: l}\n", 4, "already a property",
    ),
    "extension of an inherited property": (
        "extend:\n  University:\n    properties:\n      city: {value: text, privacy: 2, zh: 市, en: c}\n", 4, "already a property",
    ),
    "extension by a companion": (
        "extend:\n  Need:\n    properties:\n      budgetWanM: {value: text, zh: 甲, en: a}\n      budget: {value: money, zh: 乙, en: b}\n"
        "  Project:\n    properties:\n      amountWanMin: {value: text, zh: 丙, en: c}\n", 8, "already a property",
    ),
    "extension by a wrong key": ("extend:\n  University:\n    from: [Person]\n", 3, "unknown"),
    "common property twice": ("every_node:\n  name: {value: text, zh: 名, en: n}\n", 2, "already"),
    "not YAML": ("node_types:\n  Hospital: {zh: 医院\n", 3, "not YAML"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, case: str) -> None:
    text, line, word = CASES[case]
    with pytest.raises(OntologyProblem) as problem:
        load_ontology(write(tmp_path, text))
    assert word in str(problem.value)
    assert problem.value.where == {"file": str(tmp_path / "types.yaml"), "row": line}
    assert f"types.yaml, line {line}:" in problem.value.detail


def test_a_folder_that_is_not_there_or_empty(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(FileProblem) as problem:
            load_ontology(folder)
        assert "LIANYIN_ONTOLOGY" in problem.value.hint


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "types.yaml").write_bytes(HOSPITAL.encode("gb18030"))
    with pytest.raises(FileProblem) as problem:
        load_ontology(tmp_path)
    assert "UTF-8" in problem.value.hint
