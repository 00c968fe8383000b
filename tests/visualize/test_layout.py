"""Places: always the same, in columns where there are paths, in a tree around a centre, and no card upon another."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.visualize.example_graph import NODES, ONTOLOGY, QUESTION, RELATIONSHIPS, ego_view, node, path_view, star_view
from visualize.audience import Audience, Reader
from visualize.families import Family
from visualize.layout import Layout, lay_out
from visualize.places import box_of
from visualize.view import NEIGHBOURS, Counted, Drawn, View, ViewEdge, ViewNode
from visualize.views import around
from visualize.wrapping import LINE_WIDTH, MAX_LINES, text_width, wrap


def overlapping(layout: Layout, keys: list[str]) -> list[tuple[str, str]]:
    boxes = {key: box_of(layout.cards[key], layout.places[key]) for key in keys}
    return [
        (one, other)
        for one, other in itertools.combinations(keys, 2)
        if boxes[one][0] < boxes[other][2]
        and boxes[other][0] < boxes[one][2]
        and boxes[one][1] < boxes[other][3]
        and boxes[other][1] < boxes[one][3]
    ]


def test_columns_do_not_overlap_and_have_few_crossings() -> None:
    view = path_view()
    layout = lay_out(view)
    assert layout == lay_out(path_view())
    assert layout.layered
    assert [heading.text.zh for heading in layout.headings] == ["高校", "专家", "需求", "企业"]
    assert overlapping(layout, layout.shown()) == []
    crossings = 0
    for one_edge, other_edge in itertools.combinations(view.edges, 2):
        ends = [sorted((layout.places[edge.source], layout.places[edge.target])) for edge in (one_edge, other_edge)]
        (a, b), (c, d) = ends
        crossings += a[0] == c[0] and b[0] == d[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0
    assert crossings == 0


@pytest.mark.parametrize("size", [1, 5, 14, 29, 47, 166, 299, 652])
def test_no_card_lies_upon_another(size: int) -> None:
    layout = lay_out(star_view(size))
    assert len(layout.places) == size + 1 + len(layout.folded.groups)
    assert overlapping(layout, layout.shown()) == []
    outside = [key for group in layout.folded.groups for key in group.members]
    assert overlapping(layout, outside) == []
    left, _, right, _ = layout.bounds()
    assert all(layout.places[key][0] < left or layout.places[key][0] > right for key in outside)


def test_a_neighbourhood_is_as_wide_on_both_sides() -> None:
    layout = lay_out(star_view(30))
    sides = [layout.places[key][0] > 0 for key in layout.shown() if layout.places[key] != (0.0, 0.0)]
    assert sides.count(True) == sides.count(False) == 15


def _any_graph(size: int) -> View:
    nodes = tuple(ViewNode(f"n{at}", "Need", QUESTION.asked, Family.COOPERATION, QUESTION.asked, rank=at) for at in range(size))
    edges = tuple(ViewEdge(f"e{at}", "T", QUESTION.asked, f"n{at}", f"n{(at * 7 + 1) % size}") for at in range(size))
    return View(QUESTION, nodes, edges, Counted(size, size, NEIGHBOURS), Audience.INTERNAL)


@pytest.mark.parametrize("size", [0, 1, 2, 100, 1501])
def test_any_graph_gets_the_same_places_each_time(size: int) -> None:
    first = lay_out(_any_graph(size)) if size else lay_out(View(QUESTION, (), (), Counted(0, 0, NEIGHBOURS), Audience.PUBLIC))
    assert len(first.places) == size + len(first.folded.groups)
    if size:
        assert first == lay_out(_any_graph(size))
        assert overlapping(first, first.shown()) == []


def test_what_is_not_connected_still_has_a_place() -> None:
    alone = [NODES[0], *(node(f"z{at}", "Need", "示例") for at in range(5))]
    view = around("u1", Drawn(alone, RELATIONSHIPS), ONTOLOGY, QUESTION, Reader())
    assert len(lay_out(view).places) == 6


def test_what_hangs_on_a_neighbour_stands_further_out() -> None:
    view = ego_view()
    layout = lay_out(view)
    at = {each.caption.zh: abs(layout.places[each.key][0]) for each in view.nodes}
    assert at["扬州大学"] == 0 < at["王虚构"] < at["轻量化焊接"] < at["扬州示例重工有限公司"]


@given(st.text(max_size=200))
def test_wrapped_text_fits(text: str) -> None:
    lines = wrap(text).split("\n")
    assert len(lines) <= MAX_LINES
    assert all(text_width(each) <= LINE_WIDTH + 2 for each in lines)


def test_short_text_is_kept_whole() -> None:
    assert wrap("扬州示例重工有限公司") == "扬州示例重工有限公司"
    assert wrap("University of Example and Fiction") == "University of Example\nand Fiction"
    assert wrap("示" * 100).endswith("…")
