"""Patterns of mappings: no pattern takes more than the time of the text, each one means what it means in Python or is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import MappingProblem
from graph.ontology.schema import Ontology
from ingest.mapping import load_mapping_text
from ingest.mapping.load import load_mappings
from ingest.patterns import compiled
from tests.ingest.test_mapping_files import GOOD

CATASTROPHES = [
    r"^(a+)+$",
    r"^(a|aa)+$",
    r"^(a*)*b",
    r"(.*a){20}",
    r"^(\w+\s?)*$",
    r"(a|a?)+b",
    r"(x+x+)+y",
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
]

PLACES = {
    "reject": (
        "record: [姓名, 单位]",
        "record: [姓名, 单位]\nreject: {when: {column: 姓名, matches: PATTERN}, reason: {zh: 否, en: no}}",
        8,
    ),
    "excludes": (
        "    type: Person",
        "    type: Person\n    when: {column: 姓名, excludes: PATTERN}",
        11,
    ),
    "extract": ("valid_from: 起", "valid_from: {column: 起, extract: PATTERN}", 22),
    "extract of an id": ("id: {source: roster-unit, column: 单位}", "id: {source: roster-unit, column: 单位, extract: PATTERN}", 15),
    "patterns": ("professionalTitle: 职称}", "professionalTitle: {column: 职称, patterns: {PATTERN: 教授}}}", 12),
    "type": ("type: University", "type: {column: 单位, patterns: {PATTERN: University}}", 14),
    "replace": ("record: [姓名, 单位]", "record: [姓名, 单位]\nwording: {单位: {replace: {PATTERN: x}}}", 8),
    "keep": ("record: [姓名, 单位]", "record: [姓名, 单位]\nwording: {单位: {keep: PATTERN}}", 8),
    "no list": ("record: [姓名, 单位]", "record: [姓名, 单位]\nlists: {all: {columns: [姓名], no_list: PATTERN}}", 8),
}


@pytest.mark.parametrize("pattern", CATASTROPHES)
def test_no_pattern_tries_out_every_way_of_reading_a_text(pattern: str) -> None:
    # In Python's engine each of these takes longer than anybody lives.
    assert compiled(pattern).is_in("a" * 5_000 + "!\n") in (True, False)
    assert compiled(pattern).replaced("x" * 5_000, ("",)) is not None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("pattern", [r"a(?=b)", r"a(?!b)", r"(?<=a)b", r"(?<!a)b", r"(?P<n>a)(?P=n)", r"(a)\1", "(", r"a{5000}", r"(?>a)"])
def test_what_cannot_be_run_is_told_with_its_place(pattern: str, place: str, ontology: Ontology) -> None:
    old, new, line = PLACES[place]
    with pytest.raises(MappingProblem) as caught:
        load_mapping_text(GOOD.replace(old, new.replace("PATTERN", f"'{pattern}'"), 1), "own.yaml", ontology)
    assert f"own.yaml, line {line}" in str(caught.value)


def test_a_replacement_names_groups_that_there_are(ontology: Ontology) -> None:
    text = GOOD.replace("record:", "wording: {单位: {replace: {'(大学)': '\\2'}}}\nrecord:")
    with pytest.raises(MappingProblem, match="line 7.*no group"):
        load_mapping_text(text, "own.yaml", ontology)


def test_the_mappings_of_the_product_can_be_sent_back_as_they_are(ontology: Ontology) -> None:
    assert len(load_mappings(ontology)) > 20


MEANT_ALIKE = [
    (r"\d{4}", "自2019年"),
    (r"\w+", "教授 Müller"),
    (r"[\w.]+$", "a 王.伟"),
    (r"^\s*([0-9./]+?)\s*[-—~至]", " 2019.1 至2020.3"),
    (r"\S+$", "李四\u3000王五"),
    (r"[㐀-鿿·]{2,5}?", "买买提·艾力"),
    (r"[\u4e00-\u9fff]+", "ab江北"),
    (r"^a{,3}$", "aa"),
    (r"(?i)éCOLE", "École"),
    (r"[][]", "a]"),
    (r"[a[]x", "[x"),
    (r"(?P<year>\d+)年", "2020年"),
    (r"a\Z", "ba"),
    (r"(x)|(王)", "王"),
]


@pytest.mark.parametrize(("pattern", "text"), MEANT_ALIKE)
def test_a_pattern_means_what_it_means_in_python(pattern: str, text: str) -> None:
    match = re.search(pattern, text)
    assert match is not None
    assert compiled(pattern).is_in(text)
    assert compiled(pattern).part_of(text) == ((match[1] or "") if match.re.groups else match[0])


@pytest.mark.parametrize(
    ("pattern", "by", "text"),
    [
        (r"^(转载|转发)[:: ]+", "", "转载: 甲"),
        (r"(甲)(乙)?", r"\2劳模\1", "甲丙"),
        ("(?P<a>x)", r"\g<a>\\", "axb"),
        ("无", "x", "有"),
        ("", "-", "江北"),
    ],
)
def test_a_replacement_is_what_it_is_in_python(pattern: str, by: str, text: str) -> None:
    known = compiled(pattern)
    assert known.replaced(text, known.template(by)) == re.sub(pattern, by, text)


@pytest.mark.parametrize("pattern", [r"\bécole", r"大学\b", r"[^\W\d]+", r"\C"])
def test_what_would_mean_something_else_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="the pattern uses"):
        compiled(pattern)


@given(st.text(max_size=40))
def test_any_text_is_either_a_pattern_or_told_to_be_none(text: str) -> None:
    try:
        known = compiled(text)
    except ValueError:
        return
    assert known.is_in("") in (True, False)
    assert isinstance(known.replaced("江北大学 x1\ud800", ("",)), str)


PIECES = st.sampled_from(
    ["a", "江", r"\d", r"\w", r"\s", "[a-c江]", "(a|江b)", "(?:a)?", ".", "x*", "b+?", "^", "$", "{1,2}", r"\.", "(江)*"]
)


@given(st.lists(PIECES, max_size=6).map("".join), st.text("ab江北x1 .", max_size=12))
def test_patterns_of_both_engines_agree(pattern: str, text: str) -> None:
    try:
        expected = re.search(pattern, text)
    except re.error:
        return
    try:
        known = compiled(pattern)
    except ValueError:
        return
    assert known.is_in(text) == (expected is not None)
    if expected is not None and "*" not in pattern:
        assert known.part_of(text) == ((expected[1] or "") if expected.re.groups else expected[0])
