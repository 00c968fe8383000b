"""Places: always the same, in columns where there are paths, and none upon another."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.visualize.example_graph import DRAWN, NODES, ONTOLOGY, QUESTION, RELATIONSHIPS, node, path_view, star_view
from visualize.audience import Audience, Reader
from visualize.colors import fill, line
from visualize.layout import COLUMN_GAP, ROW_GAP, SPRING_CAP, lay_out
from visualize.view import NEIGHBOURS, Counted, Drawn, View, ViewEdge, ViewNode, around
from visualize.wrapping import LINE_WIDTH, MAX_LINES, text_width, wrap


def test_columns_do_not_overlap_and_have_few_crossings() -> None:
    view = path_view()
    layout = lay_out(view)
    assert layout == lay_out(path_view())
    assert len(layout.columns) == 4
    for one, other in itertools.combinations(view.nodes, 2):
        (x1, y1), (x2, y2) = layout.places[one.key], layout.places[other.key]
        assert abs(x1 - x2) >= COLUMN_GAP or abs(y1 - y2) >= ROW_GAP
    crossings = 0
    for one_edge, other_edge in itertools.combinations(view.edges, 2):
        ends = []
        for edge in (one_edge, other_edge):
            ends.append(sorted((layout.places[edge.source], layout.places[edge.target])))
        (a, b), (c, d) = ends
        crossings += a[0] == c[0] and b[0] == d[0] and (a[1] - c[1]) * (b[1] - d[1]) < 0
    assert crossings == 0


@pytest.mark.parametrize("size", [1, 5, 14, 16, 29, 40, 47])
def test_rings_keep_labels_apart(size: int) -> None:
    layout = lay_out(star_view(size))
    assert not layout.columns
    assert len(set(layout.places.values())) == size + 1
    for (x1, y1), (x2, y2) in itertools.combinations(layout.places.values(), 2):
        assert abs(x1 - x2) > 60 or abs(y1 - y2) > 30


def _any_graph(size: int) -> View:
    nodes = tuple(ViewNode(f"n{at}", "Need", QUESTION.asked, "#aabbcc", QUESTION.asked) for at in range(size))
    edges = tuple(ViewEdge(f"e{at}", "T", QUESTION.asked, f"n{at}", f"n{(at * 7 + 1) % size}") for at in range(size))
    return View(QUESTION, nodes, edges, Counted(size, size, NEIGHBOURS), Audience.INTERNAL)


@pytest.mark.parametrize("size", [0, 1, 2, 100, SPRING_CAP + 1])
def test_any_graph_gets_the_same_places_each_time(size: int) -> None:
    first = lay_out(_any_graph(size)) if size else lay_out(View(QUESTION, (), (), Counted(0, 0, NEIGHBOURS), Audience.PUBLIC))
    assert len(first.places) == size
    if size:
        assert first == lay_out(_any_graph(size))


def test_a_disconnected_neighbourhood_still_has_places() -> None:
    alone = [NODES[0], *(node(f"z{at}", "Need", "示例") for at in range(5))]
    view = around("u1", Drawn(alone, RELATIONSHIPS), ONTOLOGY, QUESTION, Reader())
    assert len(lay_out(view).places) == 6
    assert DRAWN.nodes


@given(st.text(max_size=200))
def test_wrapped_text_fits(text: str) -> None:
    lines = wrap(text).split("\n")
    assert len(lines) <= MAX_LINES
    assert all(text_width(each) <= LINE_WIDTH + 2 for each in lines)


def test_short_text_is_kept_whole() -> None:
    assert wrap("扬州示例重工有限公司") == "扬州示例重工有限公司"
    assert wrap("University of Example and Fiction") == "University of Example\nand Fiction"
    assert wrap("示" * 100).endswith("…")


@given(st.integers(0, 0xFFFFFF))
def test_lines_are_seen_on_white_and_text_on_fills(color: int) -> None:
    def luminance(text: str) -> float:
        parts = [int(text[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    chosen = f"#{color:06x}"
    assert 1.05 / (luminance(line(chosen)) + 0.05) >= 2.95
    assert (luminance(fill(chosen)) + 0.05) / (luminance("#1b2430") + 0.05) >= 7
