"""What people type, and what they must find."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound
from graph.search.exact import ExactNames, Hints, Hit
from graph.search.index import SearchIndex
from tests.graph.search.small_world import HINTS, NODES, node, small_ontology

ONTOLOGY = small_ontology()
INDEX = SearchIndex.build(NODES, ONTOLOGY, revision=7, know=Hints(HINTS))


def found(text: str, clearance: int = 2, **more: object) -> list[str]:
    return [hit.caption for hit in INDEX.search(text, clearance=clearance, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("扬州大学", "扬州大学"),
        ("扬 州 大 学", "扬州大学"),
        ("苏北农学院", "扬州大学"),
        ("扬大", "扬州大学"),
        ("重工", "扬州示例重工有限公司"),
        ("示例重工", "扬州示例重工有限公司"),
        ("杨州大学", "扬州大学"),
        ("扬州示列重工", "扬州示例重工有限公司"),
        ("扬州示例工有限公司", "扬州示例重工有限公司"),
        ("yangzhoudaxue", "扬州大学"),
        ("Yangzhou Daxue", "扬州大学"),
        ("yang zhou da xue", "扬州大学"),
        ("yangzhoudaxeu", "扬州大学"),
        ("yangzh", "扬州大学"),
        ("yzdx", "扬州大学"),
        ("chongqingdaxue", "重庆大学"),
        ("cqdx", "重庆大学"),
        ("shiliyinhang", "示例银行"),
        ("zhonggong", "扬州示例重工有限公司"),
        ("slzg", "扬州示例重工有限公司"),
        ("lvshishili", "吕氏示例铝业"),
        ("lushishili", "吕氏示例铝业"),
        ("lyushi", "吕氏示例铝业"),
        ("zengcheng", "曾诚"),
        ("cengcheng", "曾诚"),
        ("Zeng Cheng", "曾诚"),
        ("Cheng Zeng", "曾诚"),
        ("zc", "曾诚"),
        ("shanyang", "单样"),
        ("danyang", "单样"),
        ("qiuli", "仇例"),
        ("chouli", "仇例"),
        ("cambridge", "THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE"),
        ("university cambridge", "THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE"),
        ("Cambirdge", "THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE"),
        ("university cambrid", "THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE"),
        ("ucam", "THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE"),
        ("tu delft", "TECHNISCHE UNIVERSITEIT DELFT"),
        ("universitat klagenfurt", "Universität Klagenfurt"),
        ("KLAGENFURT", "Universität Klagenfurt"),
        ("pic:999977366", "TECHNISCHE UNIVERSITEIT DELFT"),
        ("999977366", "TECHNISCHE UNIVERSITEIT DELFT"),
        ("9999773", "TECHNISCHE UNIVERSITEIT DELFT"),
        ("91321012XN0000020H", "示例泵业股份有限公司"),
        ("91321012xn", "示例泵业股份有限公司"),
        ("９１３２１０１２XN", "示例泵业股份有限公司"),
        ("000999", "扬州示例重工有限公司"),
    ],
)
def test_the_right_one_comes_in_the_first_three(typed: str, meant: str) -> None:
    assert meant in found(typed)[:3]


def test_whole_names_come_before_beginnings_and_parts() -> None:
    assert found("扬州大学")[:2] == ["扬州大学", "扬州大学附属医院"]
    assert found("扬州")[:3] == ["扬州大学", "扬州大学附属医院", "扬州示例重工有限公司"]


@pytest.mark.parametrize("typed", ["柳", "柳样", "柳样本"])
def test_a_homophone_is_no_hit(typed: str) -> None:
    assert "刘样本" not in found(typed)
    assert "柳样本" in found(typed)


def test_a_person_is_not_found_below_class_two_unless_published() -> None:
    for typed in ("曾诚", "zengcheng", "zc", "p:1", "王军", "董事", "9999-0002-1825-0097"):
        assert not [hit for hit in INDEX.search(typed, clearance=1) if hit.type == "Person"], typed
        assert not INDEX.resolve(typed, clearance=1)
    assert found("赵公开", clearance=0) == ["赵公开"]
    assert found("曾诚", clearance=2) == ["曾诚"]


def test_a_property_above_the_class_is_not_searched() -> None:
    assert found("甲先生", clearance=1) == []
    assert found("甲先生", clearance=2) == ["扬州示例重工有限公司"]


def test_namesakes_stay_two_and_are_told_apart() -> None:
    hits = INDEX.search("王军", clearance=2)
    assert {(hit.id, hit.hint) for hit in hits} == {("p:6", "示例重工"), ("p:7", "示例泵业")}
    assert [hit.id for hit in INDEX.resolve("王军", clearance=2)] == ["p:6", "p:7"]


def test_types_limit_the_answer_and_include_what_extends_them() -> None:
    assert found("扬州", types=("企业",)) == ["扬州示例重工有限公司"]
    assert set(found("扬州", types=("Organization",))) == {"扬州大学", "扬州大学附属医院", "扬州示例重工有限公司"}
    with pytest.raises(NotFound):
        INDEX.search("扬州", types=("星球",))


def test_ties_are_broken_by_degree() -> None:
    degrees = {"school:4136010403": 9}
    index = SearchIndex.build(NODES, ONTOLOGY, 1, know=Hints(degree=lambda each: degrees.get(each, 0)))
    assert [hit.caption for hit in index.search("南大")][:2] == ["南昌大学", "南京大学"]
    assert [hit.caption for hit in INDEX.search("南大")][:2] == ["南京大学", "南昌大学"]


def test_the_order_does_not_depend_on_the_order_of_the_nodes() -> None:
    again = SearchIndex.build(tuple(reversed(NODES)), ONTOLOGY, 7, know=Hints(HINTS))
    for typed in ("扬州", "示例", "大学", "da", "university", "南大", "sl"):
        assert again.search(typed, clearance=3) == INDEX.search(typed, clearance=3)


def test_resolve_takes_the_surest_kind_only() -> None:
    index = SearchIndex.build([node("a", "University", "南大"), *NODES], ONTOLOGY, 1)
    assert [hit.id for hit in index.resolve("南大")] == ["a"]
    assert [hit.id for hit in index.resolve("A")] == ["a"]
    assert {hit.caption for hit in INDEX.resolve("南大")} == {"南京大学", "南昌大学"}
    assert [hit.caption for hit in INDEX.resolve("PIC:999977172")] == ["THE CHANCELLOR MASTERS AND SCHOLARS OF THE UNIVERSITY OF CAMBRIDGE"]
    assert INDEX.resolve("扬州") == []


def test_a_node_without_a_name_is_found_by_its_code_only() -> None:
    index = SearchIndex.build([node("pic:900000001", "University", "900000001", named=False)], ONTOLOGY, 1)
    assert [hit.score for hit in index.search("900000001")] == [1.0]


HOSTILE = [
    "",
    " ",
    "*",
    "(",
    ")",
    '"',
    "a AND",
    "caption_whole:*",
    "[a TO z]",
    "\x00",
    "\ud800",
    "a\ud800b",
    "'; DROP",
    "😀",
    "大" * 5000,
    "a" * 5000,
    "a " * 5000,
    "١٢٣",
    ".*",
    "\\",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_syntax(typed: str) -> None:
    assert isinstance(INDEX.search(typed, clearance=3), list)
    assert isinstance(INDEX.autocomplete(typed, clearance=3), list)
    assert INDEX.search("*", clearance=3) == []


@given(st.text(max_size=40), st.integers(-5, 5), st.integers(-1, 30))
def test_any_text_is_answered_within_the_limit_and_the_clearance(typed: str, clearance: int, limit: int) -> None:
    hits = INDEX.search(typed, limit=limit, clearance=clearance)
    assert len(hits) <= max(0, limit)
    assert len({hit.id for hit in hits}) == len(hits)
    assert all(0 < hit.score <= 1 for hit in hits)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    if clearance < 2:
        assert all(hit.type != "Person" or hit.caption == "赵公开" for hit in hits)


@given(st.data())
def test_every_name_is_found_by_any_part_of_it(data: st.DataObject) -> None:
    chosen = data.draw(st.sampled_from([each for each in NODES if any("\u4e00" <= letter for letter in each.caption)]))
    start = data.draw(st.integers(0, len(chosen.caption) - 1))
    end = data.draw(st.integers(start + 1, len(chosen.caption)))
    assert chosen.id in {hit.id for hit in INDEX.search(chosen.caption[start:end], clearance=3, limit=50)}


def test_exact_names_answer_like_the_index() -> None:
    names = ExactNames.build(NODES, ONTOLOGY, know=Hints(HINTS))
    for each in NODES:
        for typed in (each.id, each.caption, *each.identifiers):
            assert names.resolve(typed, clearance=3) == INDEX.resolve(typed, clearance=3)
            assert Hit(
                each.id, each.type, each.caption, HINTS.get(each.id, ""), names.resolve(typed, clearance=3)[0].score
            ) in names.resolve(typed, clearance=3)


def test_autocomplete_gives_no_mistakes() -> None:
    assert [hit.caption for hit in INDEX.autocomplete("扬州", clearance=0)][0] == "扬州大学"
    assert INDEX.autocomplete("杨州大学", clearance=0) == []
