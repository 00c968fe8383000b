"""Labelled searches over the city: the one that is meant among the first three, and nobody who merely sounds the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from graph.search.index import SearchIndex
from graph.search.pinyin import sound
from ingest.sample.city import City
from ingest.sample.generate import generate
from tests.graph.search.city_world import BESIDE, city_index

LABELLED: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("labelled.yaml").read_text(encoding="utf-8"))
FIRST = 3
WANTED = 0.95
EVERYTHING = 3


@pytest.fixture(scope="module")
def city() -> City:
    return generate(7)


@pytest.fixture(scope="module")
def index(city: City) -> SearchIndex:
    return city_index(city)


def found(index: SearchIndex, case: dict[str, Any]) -> bool:
    """Whether the meant node is among the first three, or the first where that is asked."""
    hits = index.search(case["typed"], clearance=EVERYTHING, limit=10)[: 1 if case.get("first") else FIRST]
    person = f"person:{case['meant']}/{case['of']}" if "of" in case else None
    return any(hit.id == person if person else hit.caption == case["meant"] for hit in hits)


def test_the_right_one_is_in_the_first_three(index: SearchIndex) -> None:
    failed = {category: [case for case in cases if not found(index, case)] for category, cases in LABELLED["meant"].items()}
    total = sum(map(len, LABELLED["meant"].values()))
    right = total - sum(map(len, failed.values()))
    for category, cases in LABELLED["meant"].items():
        print(f"{category}: {len(cases) - len(failed[category])} of {len(cases)}")
        for case in failed[category]:
            hits = index.search(case["typed"], clearance=EVERYTHING, limit=FIRST)
            print(f"  {case['typed']}: {case['meant']} is not in {[(hit.caption, hit.id) for hit in hits]}")
    print(f"{right} of {total} = {right / total:.1%}")
    assert total >= 40
    assert right / total >= WANTED


@pytest.mark.parametrize("case", LABELLED["homophones"], ids=lambda case: f"{case['typed']}-{case['other']}")
def test_a_homophone_is_no_hit(index: SearchIndex, case: dict[str, str]) -> None:
    hits = [hit.caption for hit in index.search(case["typed"], clearance=EVERYTHING, limit=1000)]
    assert case["other"] not in hits


def test_nobody_is_found_by_a_name_that_only_sounds_like_theirs(index: SearchIndex, city: City) -> None:
    people = {name for name, _ in BESIDE} | {expert.name for expert in city.experts}
    surnames = {name[0] for name in people if len(name) <= FIRST}
    alike = {each: [other for other in surnames if other != each and sound(other) == sound(each)] for each in surnames}
    asked = 0
    for name in sorted(people):
        for other in alike[name[0]] if len(name) <= FIRST else ():
            asked += 1
            assert name not in [hit.caption for hit in index.search(other + name[1:], clearance=EVERYTHING, limit=1000)], other + name[1:]
    assert asked > 100


def test_a_short_form_is_offered_and_never_taken_for_the_name(index: SearchIndex) -> None:
    assert index.search("扬大", clearance=EVERYTHING)[0].caption == "扬州大学"
    assert index.resolve("扬大", clearance=EVERYTHING) == []


def test_a_unit_helps_only_those_who_may_see_the_person(index: SearchIndex) -> None:
    for typed in ("王虚构 扬州大学", "扬州大学王虚构", "wangxugou yangzhoudaxue"):
        assert not [hit for hit in index.search(typed, clearance=1) if hit.type == "Person"]


def test_suggestions_know_units_too(index: SearchIndex) -> None:
    for typed in ("王虚构 扬", "王虚 扬州大学", "扬州大学 王"):
        assert "person:王虚构/扬州大学" in [hit.id for hit in index.autocomplete(typed, clearance=EVERYTHING)]
