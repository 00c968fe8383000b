"""The page as text: nothing from outside, nothing that was data can become markup, nothing hidden is in it."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from graph.ontology.schema import Label
from tests.visualize.example_graph import DRAWN, NODES, ONTOLOGY, PATHS, PEOPLE, QUESTION, ego_view, node, path_view, star_view
from visualize.audience import Audience, Reader
from visualize.library import drawing_library
from visualize.pyvis_page import render
from visualize.view import View
from visualize.views import from_paths

HOSTILE = "<img src=x onerror=alert(1)></script><script>alert(2)</script><!-- ]]> & \u2028 \"'{{7*7}}"


def hostile_view() -> View:
    nodes = [node("p1", "Person", HOSTILE) if each.id == "p1" else each for each in NODES]
    question = replace(QUESTION, asked=Label(HOSTILE, HOSTILE))
    return from_paths(replace(DRAWN, nodes=nodes), PATHS, ONTOLOGY, question, Reader(Audience.INTERNAL, hints={"u1": HOSTILE}))


@pytest.mark.parametrize("view", [path_view(), path_view(Audience.PUBLIC), ego_view(), hostile_view()])
def test_no_outside_address(view: View) -> None:
    page = render(view)
    assert not re.search(r"(https?|wss?|ftp):/", page)
    assert not re.search(r"""(src|href|action)\s*=\s*["']?//""", page)
    assert not re.search(r"<(link|iframe|object|embed|base|form)\b", page)
    assert "@import" not in page
    assert "cdn" not in page.lower()
    assert len(page.encode()) - len(drawing_library().encode()) < 150_000


def test_hostile_names_stay_text() -> None:
    page = render(hostile_view())
    for mark in ("<script", "</script", "<!--", "<style"):
        assert page.count(mark) == render(path_view()).count(mark)
    assert page.count("</script>") == 3
    assert "<img" not in page
    assert "{{7*7}}" in page
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", page, re.DOTALL)[0]
    data = json.loads(re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)[0])
    assert any("onerror" in node["caption"][0] for node in data["nodes"])
    assert "\u2028" not in re.findall(r'id="data">(.*?)</script>', page, re.DOTALL)[0]


def test_the_policy_lets_nothing_in() -> None:
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', render(path_view()))[0]
    assert "default-src &#39;none&#39;" in policy
    assert "unsafe-eval" not in policy
    assert "script-src &#39;unsafe-inline" not in policy


def test_the_public_page_holds_no_name() -> None:
    page = render(path_view(Audience.PUBLIC))
    assert all(name not in page for name in PEOPLE.values())
    assert "10000000001" not in page
    assert "公开版" in page
    internal = render(path_view())
    assert all(name in internal for name in PEOPLE.values())
    assert "仅供内部使用" in internal
    assert "10000000001" not in internal


def test_it_says_what_it_shows() -> None:
    page = render(path_view())
    for text in (
        "显示 5 / 12 条路径，未列全",
        "showing 5 of 12 paths",
        "2020-08 至 2021-07",
        "已结束",
        "数据日期 2020-09-10",
    ):
        assert text in page
    assert page == render(path_view())
    assert 'data-language="en"' in render(path_view(), "en")


def test_every_line_and_node_is_in_the_page_once() -> None:
    view = path_view()
    data = json.loads(re.findall(r'id="data">(.*?)</script>', render(view), re.DOTALL)[0])
    assert [node["id"] for node in data["nodes"]] == [node.key for node in view.nodes]
    assert [edge["id"] for edge in data["edges"]] == [edge.key for edge in view.edges]
    assert [edge.get("ended", False) for edge in data["edges"]] == [edge.ended for edge in view.edges]
    assert all("x" in each and "y" in each for each in data["nodes"])
    assert data["edges"][0]["rows"] == [[data["places"].index("花名册.xlsx"), 3]]
    assert data["begins"] == sorted(set(data["begins"])) and data["begins"][0] == "2018-08-01"


def test_fifty_nodes_are_a_small_page() -> None:
    page = render(star_view(49))
    assert len(page.encode()) - len(drawing_library().encode()) < 150_000
