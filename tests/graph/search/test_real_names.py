"""Search over real names: the public lists of universities, of the EU's participants and of listed companies."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from graph.model import Node
from graph.search.exact import Hints
from graph.search.index import SearchIndex
from tests.graph.search.small_world import node, small_ontology

pytestmark = pytest.mark.shared_data


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def participants(shared_data: Path) -> list[Node]:
    rows = read(shared_data / "cordis_h2020" / "organisations_2017.csv")
    return [node(f"pic:{row['orgId']}", "University", row["name"], shortName=row["shortName"] or "?") for row in rows]


@pytest.fixture(scope="module")
def index(participants: list[Node]) -> SearchIndex:
    return SearchIndex.build(participants, small_ontology(), revision=1)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("pic:999977172", "pic:999977172"),
        ("999977172", "pic:999977172"),
        ("university of cambridge", "pic:999977172"),
        ("TECHNISCHE UNIVERSITEIT DELFT", "pic:999977366"),
        ("delft technische", "pic:999977366"),
        ("politecnico di milano", "pic:999879881"),
        ("politechnico di milano", "pic:999879881"),
        ("universitaet klagenfurt", "pic:999836813"),
    ],
)
def test_the_right_participant_is_in_the_first_three(index: SearchIndex, typed: str, wanted: str) -> None:
    assert wanted in [hit.id for hit in index.search(typed)[:3]]


@pytest.fixture(scope="module")
def connected(participants: list[Node], shared_data: Path) -> SearchIndex:
    """The same participants, each with as many relationships as projects."""
    projects = Counter(f"pic:{row['pic']}" for row in read(shared_data / "cordis_h2020" / "participation_2014_2016.csv"))
    return SearchIndex.build(participants, small_ontology(), revision=1, know=Hints(degree=lambda id: projects[id]))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("Cambridge", "pic:999977172"),
        ("cambrid", "pic:999977172"),
        ("Oxford", "pic:999984350"),
        ("Delft", "pic:999977366"),
    ],
)
def test_a_renowned_university_is_not_hidden_by_firms_that_begin_with_its_town(connected: SearchIndex, typed: str, wanted: str) -> None:
    assert wanted in [hit.id for hit in connected.search(typed)[:3]]
    assert wanted in [hit.id for hit in connected.autocomplete(typed)[:3]]


def test_a_firm_s_own_name_still_finds_it_first(connected: SearchIndex) -> None:
    assert connected.search("cambridge display")[0].caption == "CAMBRIDGE DISPLAY TECHNOLOGY LTD"
    assert connected.search("CAMBRIDGE CLEANTECH LTD")[0].caption == "CAMBRIDGE CLEANTECH LTD"


def test_every_university_is_found_by_its_name_first(shared_data: Path) -> None:
    rows = read(shared_data / "cn_universities" / "universities.csv")
    nodes = [node(f"school:{row['code']}", "University", row["name"]) for row in rows]
    index = SearchIndex.build(nodes, small_ontology(), revision=1)
    for each in nodes[::7]:
        assert index.search(each.caption, limit=1)[0].caption == each.caption
    assert index.search("yangzhoudaxue", limit=1)[0].caption == "扬州大学"
    assert "扬州大学" in [hit.caption for hit in index.search("扬大")[:3]]
    assert "扬州大学" in [hit.caption for hit in index.search("杨州大学")[:3]]
    assert "重庆大学" in [hit.caption for hit in index.search("cqdx")[:3]]
