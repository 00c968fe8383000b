"""Searches by what the product knows beside the names in the graph: short, former and English names, traditional characters, slips."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from graph.affiliations.institutions import further_names, known_institutions
from graph.model import Node
from graph.ontology import default_ontology
from graph.search.exact import Hints
from graph.search.index import SearchIndex
from graph.search.near import is_slip, one_mistake
from ingest.sample.generate import generate
from tests.graph.search.city_world import city_index

PEOPLE = ("Đorđe Primer", "Þór Dæmi", "Æsa Øre", "Søren Eksempel", "Jürgen Müller", "Łódź Przykład", "Straße Beispiel", "Cambridge Primer")
FOLDER = Path(__file__).parent
FIRST = 3
WANTED = 0.95
EVERYTHING = 3

Searches = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return city_index(generate(7), [institution.name for institution in known_institutions()], PEOPLE)


def missed(index: SearchIndex, typed: str, meant: str) -> list[str]:
    """The first three captions where one that is meant is not among them."""
    captions = [hit.caption for hit in index.search(typed, clearance=EVERYTHING)[: max(FIRST, meant.count("|") + 1)]]
    return [] if set(meant.split("|")) <= set(captions) else captions or ["nothing"]


@pytest.mark.parametrize("file", ["known_names.yaml", "known_names_later.yaml"])
def test_the_right_one_is_in_the_first_three(index: SearchIndex, file: str) -> None:
    searches: Searches = yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    right = total = 0
    for kind, cases in searches.items():
        failed = {typed: found for typed, meant in cases.items() if (found := missed(index, typed, meant))}
        print(f"{kind}: {len(cases) - len(failed)} of {len(cases)}", failed or "")
        right, total = right + len(cases) - len(failed), total + len(cases)
    print(f"{file}: {right} of {total} = {right / total:.1%}")
    assert right / total >= WANTED


def test_a_name_that_somebody_bears_is_no_slip(index: SearchIndex) -> None:
    assert [hit.caption for hit in index.search("谢模方", clearance=EVERYTHING) if hit.caption != "谢模方" and len(hit.caption) == 3] == []


def test_a_slip_is_no_other_surname_of_the_same_sound(index: SearchIndex) -> None:
    assert "刘拟同" not in [hit.caption for hit in index.search("留拟同", clearance=EVERYTHING, limit=1000)]


def test_who_may_not_see_a_person_finds_none_by_a_slip(index: SearchIndex) -> None:
    assert not [
        hit for typed in ("谢模芳", "谢方模", "Djordje", "谢模fang") for hit in index.search(typed, clearance=1) if hit.type == "Person"
    ]


def test_a_known_name_is_offered_and_never_taken_for_the_name(index: SearchIndex) -> None:
    for typed in ("人大", "交大", "苏北农学院", "Yangzhou University"):
        assert index.search(typed, clearance=EVERYTHING) and index.resolve(typed, clearance=EVERYTHING) == []


def test_who_bears_the_name_comes_before_who_is_called_so() -> None:
    ontology = default_ontology()
    nodes = [Node(f"unit:{name}", "University", {"name": name}) for name in ("扬州大学", "苏北农学院", "中国人民大学")]
    nodes.append(Node("unit:人大", "Agency", {"name": "人大"}))
    index = SearchIndex.build(nodes, ontology, 1, know=_degrees({"unit:扬州大学": 500, "unit:中国人民大学": 90}))
    assert [hit.caption for hit in index.search("苏北农学院")][:2] == ["苏北农学院", "扬州大学"]
    assert [hit.caption for hit in index.search("人大")][:2] == ["人大", "中国人民大学"]


def _degrees(degrees: dict[str, int]) -> Hints:
    return Hints(degree=lambda node: degrees.get(node, 0))


def test_slips_and_swaps() -> None:
    assert (
        is_slip("王虚购", "王虚构") and is_slip("王构虚", "王虚构") and not is_slip("构虚王", "王虚构") and not is_slip("王样购", "王虚构")
    )
    assert one_mistake("扬州学大", "扬州大学") and one_mistake("州扬大学", "扬州大学") and not one_mistake("大学扬州", "扬州大学")


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Anshun University", "安顺学院"),
        ("Jining Normal University", "集宁师范学院"),
        ("Zhejiang Shuren University", "浙江树人学院"),
        ("Hanshan Normal University", "韩山师范学院"),
        ("Henan Institute of Science and Technology", "河南科技学院"),
        ("Jingchu University of Technology", "荆楚理工学院"),
    ],
)
def test_who_is_in_the_register_by_an_english_name_alone_is_found_by_it(index: SearchIndex, english: str, chinese: str) -> None:
    assert not missed(index, english, chinese)


def test_every_fifteenth_english_name_finds_its_university(index: SearchIndex) -> None:
    """Forty of them; the number that have one at all does not fall."""
    english = {name: known[0] for name, known in further_names().items() if known[0].isascii() and " " in known[0]}
    assert len(english) >= 611
    sample = list(english.items())[::15]
    assert len(sample) >= 40
    assert [(text, found) for name, text in sample if (found := missed(index, text, name))] == []
