"""A mapping file is checked whole before any row is read: each mistake is named with its line and the nearest right name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from graph.errors import FileProblem, MappingProblem
from graph.ontology.schema import Ontology
from ingest.mapping import MappingSpec, load_mapping_file, load_mapping_text, select_mappings
from ingest.mapping.spec import Spec

GOOD = """\
mapping: roster
source: {id: roster, name: 名册, date: "2020-09-10"}
columns:
  required: [姓名, 单位]
  optional: [起, 止, 职称]
  aliases: {单位: [派出单位]}
record: [姓名, 单位]
nodes:
  person:
    type: Person
    id: {source: roster-person, columns: [姓名, 单位], hashed: true}
    properties: {name: 姓名, professionalTitle: 职称}
  home:
    type: University
    id: {source: roster-unit, column: 单位}
    properties: {name: 单位}
relationships:
  works:
    type: EMPLOYED_BY
    from: person
    to: home
    valid_from: 起
    valid_to: 止
"""

MISTAKES = {
    "unknown key": ("mapping: roster", "mapping: roster\nrecrod: [姓名]", 2, "unknown", "Did you mean 'record'?"),
    "unknown inner key": ("name: 名册, date", "name: 名册, dat", 2, "source.dat", "Did you mean 'date'?"),
    "missing key": ("source: {id: roster, ", "source: {", 2, "'id' is missing", "Add it."),
    "node type": ("type: University", "type: Univercity", 14, "no node type 'Univercity'", "Did you mean 'University'?"),
    "abstract type": ("type: University", "type: Collaboration", 14, "abstract", "Studio"),
    "relationship type": ("type: EMPLOYED_BY", "type: EMPLOYED", 19, "no relationship type", "Did you mean 'EMPLOYED_BY'?"),
    "derived relationship": ("type: EMPLOYED_BY", "type: SECONDED_FROM", 19, "derived", "link node"),
    "wrong end": ("to: home", "to: person", 21, "A Person cannot stand there", "goes from Person to Organization"),
    "unknown end": ("to: home", "to: hom", 21, "no node 'hom'", "Did you mean 'home'?"),
    "property": ("professionalTitle: 职称", "profesionalTitle: 职称", 12, "no property", "Did you mean 'professionalTitle'?"),
    "column": ("professionalTitle: 职称", "professionalTitle: 职称号", 12, "column '职称号' is not listed", "Did you mean '职称'?"),
    "record column": ("record: [姓名, 单位]", "record: [姓名, 单为]", 7, "'单为'", "单位"),
    "alias of nothing": ("{单位: [派出单位]}", "{部门: [派出单位]}", 6, "alias for '部门'", "Columns"),
    "aliases in a circle": (
        "{单位: [派出单位]}",
        "{单位: [姓名], 姓名: [单位]}",
        6,
        "would mean both '单位' and '姓名'",
        "Remove it from one",
    ),
    "alias of two": ("[派出单位]}", "[派出], 姓名: [派出]}", 6, "heading '派出' would mean both '姓名' and '单位'", "Remove it from one"),
    "unique of nothing": (
        "record: [姓名, 单位]",
        "unique: persn",
        7,
        "'persn' is not a node that each row has once",
        "Did you mean 'person'?",
    ),
    "id without scheme": ("id: {source: roster-unit, column: 单位}", "id: {column: 单位}", 15, "scheme", ""),
    "scheme of another type": ("id: {source: roster-unit,", "id: {scheme: orcid,", 15, "not an identifier of University", "school"),
    "registry as a source": ("id: {source: roster-unit,", "id: {source: uscc,", 15, "scheme of a registry", "scheme: uscc"),
    "readable person": (", hashed: true", "", 11, "The id of a person would show", "hashed: true"),
    "bad pattern": ("valid_from: 起", "valid_from: {column: 起, extract: '('}", 22, "not a regular expression", ""),
    "two origins": ("valid_from: 起", "valid_from: {column: 起, value: x}", 22, "exactly one of", ""),
    "key twice": ("    to: home", "    to: home\n    to: home", 22, "occurs twice", "Remove"),
    "not yaml": ("columns:", "columns: [", 5, "not YAML", "indentation"),
    "bad id": ("mapping: roster", "mapping: Roster 1", 1, "not well formed", "must match"),
}


def test_a_good_mapping_loads(ontology: Ontology) -> None:
    mapping = load_mapping_text(GOOD, "roster.yaml", ontology)["roster"]
    assert mapping.source.name.en == "名册"
    assert mapping.relationships["works"].start == ("person",)


@pytest.mark.parametrize("case", MISTAKES, ids=str)
def test_a_mistake_is_named_with_its_line(ontology: Ontology, case: str) -> None:
    old, new, line, what, hint = MISTAKES[case]
    assert old in GOOD
    with pytest.raises(MappingProblem) as caught:
        load_mapping_text(GOOD.replace(old, new, 1), "roster.yaml", ontology)
    assert caught.value.detail.startswith(f"roster.yaml, line {line}: ")
    assert what in caught.value.detail
    assert hint in caught.value.hint
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9)), 7, "100,000 parts"),
        ("mapping: " + "[" * 5_000 + "]" * 5_000, 1, "50 levels"),
        ("mapping: &a [*a]\n", 1, r"\*a"),
    ],
    ids=["references", "nesting", "a list within itself"],
)
def test_a_text_that_would_unfold_without_end_is_refused(ontology: Ontology, text: str, line: int, what: str) -> None:
    with pytest.raises(MappingProblem, match=f"line {line}: .*{what}"):
        load_mapping_text(text, "bomb.yaml", ontology)


def test_a_file_may_hold_several_mappings(ontology: Ontology, tmp_path: Path) -> None:
    path = tmp_path / "two.yaml"
    path.write_text(GOOD + "---\n" + GOOD.replace("mapping: roster", "mapping: other"), encoding="utf-8")
    assert sorted(load_mapping_file(path, ontology)) == ["other", "roster"]
    path.write_text(GOOD + "---\n" + GOOD.replace("type: University", "type: Nothing"), encoding="utf-8")
    with pytest.raises(MappingProblem, match="line 38: nodes.home.type: There is no node type 'Nothing'"):
        load_mapping_file(path, ontology)
    path.write_text(GOOD + "---\n" + GOOD, encoding="utf-8")
    with pytest.raises(MappingProblem, match="already a mapping 'roster'"):
        load_mapping_file(path, ontology)


def test_mappings_are_chosen_by_name_family_or_file(ontology: Ontology, tmp_path: Path) -> None:
    assert set(select_mappings("cordis", ontology)) == {"cordis-participation", "cordis-organisations", "cordis-weekly"}
    assert set(select_mappings("nsfc", ontology)) == {"nsfc"}
    path = tmp_path / "own.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert set(select_mappings(str(path), ontology)) == {"roster"}
    with pytest.raises(MappingProblem, match="no mapping 'nsfcc'") as caught:
        select_mappings("nsfcc", ontology)
    assert "Did you mean 'nsfc'?" in caught.value.hint
    with pytest.raises(FileProblem, match="cannot be read"):
        select_mappings(str(tmp_path / "gone.yaml"), ontology)


def test_the_built_in_mappings_are_good(mappings: dict[str, MappingSpec]) -> None:
    assert set(mappings) == {
        "city-accounts",
        "city-achievements",
        "city-agreements",
        "city-meetings",
        "city-members",
        "city-needs",
        "city-projects",
        "city-roster",
        "city-studios",
        "city-targets",
        "city-trainings",
        "city-updates",
        "nssfc",
        "ror",
        "cordis-participation",
        "cordis-organisations",
        "cordis-weekly",
        "nsfc",
        "universities",
        "listed-companies",
        "listed-companies-directors",
        "listed-companies-shareholders",
        "listed-companies-suppliers",
        "listed-companies-customers",
    }


def test_the_documentation_names_every_mapping_and_key(mappings: dict[str, MappingSpec], checkout: Path) -> None:
    text = (checkout / "docs" / "mappings.md").read_text(encoding="utf-8")
    for name in mappings:
        assert name in text or name.replace("listed-companies-", "`-") in text
    for model in Spec.__subclasses__():
        for key, field in model.model_fields.items():
            assert re.search(rf"`{field.alias or key}\b", text), key


def test_the_example_of_the_documentation_loads(ontology: Ontology, checkout: Path) -> None:
    text = (checkout / "docs" / "mappings.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n", 1)[1].split("```", 1)[0]
    assert set(load_mapping_text(example, "docs/mappings.md", ontology)) == {"visiting-experts"}
