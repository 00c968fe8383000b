"""A picture as data: who appears how, what is bold, what has ended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.errors import NotFound, QueryProblem
from graph.model import Relationship
from graph.ontology.schema import Label
from tests.visualize.example_graph import DRAWN, HINTS, NODES, ONTOLOGY, PATHS, PEOPLE, QUESTION, node, path_view, star_view
from visualize.audience import Audience, Reader, audience_of
from visualize.view import Drawn, SourceRow, has_ended
from visualize.views import from_paths


def test_nodes_stand_in_the_order_of_the_paths() -> None:
    view = path_view()
    columns = {each.caption.zh: each.column for each in view.nodes}
    assert columns["扬州大学"] == 0
    assert columns["王虚构"] == 1
    assert columns["密封材料"] == 2
    assert columns["示例电缆集团"] == 3
    assert (view.counted.shown, view.counted.total) == (5, 12)
    assert len(view.edges) == 13


def test_ends_of_paths_of_different_length_stand_together() -> None:
    view = from_paths(DRAWN, [("u1", "p1", "x1", "e1"), ("u1", "p1", "x4")], ONTOLOGY, QUESTION, Reader(Audience.INTERNAL))
    columns = {each.caption.zh: each.column for each in view.nodes}
    assert columns["低温铸造工艺改进"] == columns["扬州示例重工有限公司"] == 3


def test_the_public_sees_people_by_role_and_unit_and_no_id_or_name() -> None:
    view = path_view(Audience.PUBLIC)
    text = repr(view)
    for identifier, name in PEOPLE.items():
        assert name not in text
        assert f"'{identifier}'" not in text
    assert "专家 1（扬州大学）" in text
    assert "示例镇副镇长" in text
    assert all(each.reference == "" for each in view.nodes)


def test_a_published_person_is_named_in_public() -> None:
    people = [node("p1", "Person", "王虚构", published=True) if each.id == "p1" else each for each in NODES]
    view = from_paths(replace(DRAWN, nodes=people), PATHS, ONTOLOGY, QUESTION, Reader(Audience.PUBLIC, hints=HINTS))
    captions = {each.caption.zh for each in view.nodes}
    assert "王虚构" in captions
    assert "李样本" not in captions


def test_a_role_given_by_the_caller_replaces_the_number() -> None:
    reader = Reader(Audience.PUBLIC, roles={"p1": Label("扬州大学 讲师", "lecturer, Yangzhou University")})
    view = from_paths(DRAWN, PATHS, ONTOLOGY, QUESTION, reader)
    assert Label("扬州大学 讲师", "lecturer, Yangzhou University") in {each.caption for each in view.nodes}
    assert "lecturer, Yangzhou University" in view.question.answer.en or "扬州大学" in view.question.answer.en


def test_names_are_masked_in_file_names_and_in_links() -> None:
    link = node("t:王虚构|扬州大学", "Secondment", "王虚构 第十三批挂职")
    drawn = Drawn([*NODES, link], [Relationship("r", "ACCEPTED", "p1", link.id)], {"r": (SourceRow("王虚构.xlsx", 3),)})
    view = from_paths(drawn, [("p1", link.id)], ONTOLOGY, QUESTION, Reader(Audience.PUBLIC))
    assert "王虚构" not in repr(view)


def test_no_audience_shows_more_than_the_maker_may_see() -> None:
    view = from_paths(DRAWN, PATHS, ONTOLOGY, QUESTION, Reader(Audience.INTERNAL, clearance=1, hints=HINTS))
    assert "王虚构" not in repr(view)
    assert "salary" not in repr(path_view())


@pytest.mark.parametrize(
    ("end", "reference", "ended"),
    [
        ("2021-07", "2021-07-31", False),
        ("2021-07", "2021-08-01", True),
        ("2020", "2020-12-31", False),
        ("2020", "2021-01-01", True),
        ("2020-09-10", "2020-09-10", False),
        ("2020-09-09", "2020-09-10", True),
        ("", "2020-09-10", False),
        ("2019", "", False),
    ],
)
def test_an_end_is_inclusive_and_as_precise_as_it_is(end: str, reference: str, ended: bool) -> None:
    assert has_ended(end, reference) is ended


def test_emphasis_marks_the_path_and_the_ring() -> None:
    view = path_view()
    assert {each.caption.zh for each in view.nodes if each.bold} == {"扬州大学", "王虚构", "轻量化焊接", "扬州示例重工有限公司"}
    assert sum(each.bold for each in view.edges) == 3
    assert [each.caption.zh for each in view.nodes if each.ring.zh] == ["王虚构"]
    assert all(each.bold for each in view.edges[:3])


def test_a_neighbourhood_is_capped_and_says_so() -> None:
    view = star_view(30)
    assert len(view.nodes) == 31 and view.counted.complete
    with pytest.raises(NotFound):
        from_paths(DRAWN, [("u1", "nobody")], ONTOLOGY, QUESTION, Reader())
    with pytest.raises(QueryProblem):
        audience_of("everybody")
    assert audience_of(" Public ") is Audience.PUBLIC
