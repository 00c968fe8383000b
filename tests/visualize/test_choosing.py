"""What a picture keeps when it cannot hold all, and what stands together: nothing is lost because of how it sorts."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Relationship
from tests.visualize.example_graph import NODES, ONTOLOGY, QUESTION, node, path_view
from visualize.audience import Audience, Reader
from visualize.choosing import choose, shares
from visualize.folding import MOST_PARALLEL, MOST_SHOWN, fold
from visualize.view import Drawn, View
from visualize.views import around

KINDS = {"Person": 302, "Need": 188, "Enterprise": 78}


def wide_view() -> View:
    others = [node(f"{kind}{at:03}", kind, f"示例{kind}{at}") for kind, number in KINDS.items() for at in range(number)]
    lines = [Relationship(f"r{each.id}", "ACCEPTED", "u1", each.id) for each in others]
    further = [Relationship(f"x{at}", "POSTED", "Enterprise000", f"Need{at:03}") for at in range(30)]
    return around("u1", Drawn([NODES[0], *others], [*lines, *further]), ONTOLOGY, QUESTION, Reader(Audience.INTERNAL))


def test_no_type_disappears_while_another_fills_the_page() -> None:
    candidates = [node(f"{kind}{at}", kind, f"{kind}{at}") for kind, number in KINDS.items() for at in range(number)]
    kept = Counter(each.type for each in choose(candidates, {}, 299))
    assert sum(kept.values()) == 299
    assert all(kept[kind] > 50 for kind in KINDS)


def test_the_best_connected_of_a_type_are_kept() -> None:
    candidates = [node(f"n{at}", "Need", f"示例{at:03}") for at in range(100)]
    kept = choose(candidates, {"n99": 9, "n50": 7}, 2)
    assert [each.id for each in kept] == ["n99", "n50"]
    assert choose(candidates, {}, 100) == sorted(candidates, key=lambda each: each.caption)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 400)), st.integers(0, 500))
def test_shares_fill_the_room_and_leave_nobody_out(sizes: dict[str, int], room: int) -> None:
    taken = shares(sizes, room)
    assert sum(taken.values()) == min(room, sum(sizes.values()))
    assert all(0 <= taken[kind] <= size for kind, size in sizes.items())
    if room >= len(sizes):
        assert all(taken.values())
    assert taken == shares(dict(reversed(sizes.items())), room)


def test_a_small_picture_is_not_folded() -> None:
    view = path_view()
    folded = fold(view)
    assert folded.nodes == view.nodes
    assert set(folded.edges) == set(view.edges)
    assert folded.groups == folded.bundles == ()


def test_what_is_folded_is_counted_and_nothing_is_lost() -> None:
    view = wide_view()
    folded = fold(view)
    assert len(folded.nodes) + len(folded.groups) <= MOST_SHOWN
    assert {group.type: len(group.members) + Counter(each.type for each in folded.nodes)[group.type] for group in folded.groups} == KINDS
    members = [key for group in folded.groups for key in group.members]
    assert len(set(members)) == len(members)
    assert {each.key for each in folded.nodes} | set(members) == {each.key for each in view.nodes}
    home = {key: group.key for group in folded.groups for key in group.members}
    inside = sum(edge.source in home and home[edge.source] == home.get(edge.target) for edge in view.edges)
    assert len(folded.edges) + sum(bundle.count for bundle in folded.bundles) + inside == len(view.edges)
    assert folded.groups[0].caption.zh == f"另有{folded.groups[0].label.zh} {len(folded.groups[0].members)}"
    best = next(each for each in view.nodes if each.caption.zh == "示例Enterprise0")
    assert best.rank == 1 and best in folded.nodes


def test_many_lines_between_two_nodes_are_one_with_their_number() -> None:
    lines = [Relationship(f"r{at}", "ACCEPTED", "p1", "x4", {"validFrom": f"20{at:02}"}) for at in range(MOST_PARALLEL + 1)]
    few = [Relationship(f"f{at}", "ACCEPTED", "p1", "x1") for at in range(MOST_PARALLEL)]
    nodes = [each for each in NODES if each.id in ("p1", "x1", "x4")]
    folded = fold(around("p1", Drawn(nodes, [*lines, *few]), ONTOLOGY, QUESTION, Reader(Audience.INTERNAL)))
    assert [bundle.count for bundle in folded.bundles] == [MOST_PARALLEL + 1]
    assert len(folded.edges) == MOST_PARALLEL


def test_the_legend_says_how_many_there_are_of_each_type() -> None:
    near = [NODES[0], node("x1", "Need", "轻量化焊接")]
    view = around("u1", Drawn(near, ()), ONTOLOGY, QUESTION, Reader(), totals={"Need": 3, "Enterprise": 188})
    assert {each.type: (each.shown, each.total) for each in view.types} == {"University": (1, 1), "Need": (1, 3), "Enterprise": (0, 188)}
    assert (view.counted.shown, view.counted.total) == (1, 191)
