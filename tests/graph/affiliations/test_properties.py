"""What holds for any text and every name: nothing is invented, names are found wherever they may stand, and reading is stable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.affiliations.gazetteer import built_in
from graph.affiliations.institutions import known_institutions, plain, shared_names
from graph.affiliations.places import bare, prefectures, province_of
from graph.affiliations.reading import LONGEST, read_affiliation

GAZETTEER = built_in()
NAMES = sorted(name for name in GAZETTEER.senses if name.endswith(("大学", "学院", "学校")))
UNITS = ("材料学院", "化学系", "图书馆", "生命科学学院", "国家重点实验室", "学报编辑部")
PIECES = st.one_of(
    st.sampled_from(NAMES),
    st.sampled_from(UNITS),
    st.sampled_from(sorted(prefectures())),
    st.sampled_from([*"，、 （）!2", "医院", "公司"]),
    st.text(),
)


@given(st.lists(PIECES, max_size=8).map("".join), st.integers(0, 2100), st.sampled_from(["", "江苏", "教育部", "北京市"]))
def test_any_text_is_read_and_names_only_what_stands_in_it(text: str, year: int, place: str) -> None:
    read = read_affiliation(text, GAZETTEER, year=year, place=place)
    said = plain(text)[:LONGEST]
    for each in read.named:
        assert each.written in said
        assert each.name in {sense.owner.name for sense in GAZETTEER.senses[each.written]}
    for doubt in read.doubts:
        assert not set(doubt.candidates) & set(read.universities)
    assert read == read_affiliation(text, GAZETTEER, year=year, place=place)


@given(st.sampled_from(NAMES), st.sampled_from(["", *UNITS]))
def test_every_name_is_found_with_its_unit(name: str, unit: str) -> None:
    read = read_affiliation(name + unit, GAZETTEER)
    owners = {sense.owner.name for sense in GAZETTEER.senses[name]}
    if len(owners) == 1:
        assert set(read.universities) == owners and {each.unit for each in read.named} == {unit}
    else:
        assert {name for doubt in read.doubts for name in doubt.candidates} <= owners and not set(read.universities) - owners


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_two_in_one_text_are_read_as_each_alone(one: str, other: str) -> None:
    alone = {*read_affiliation(one, GAZETTEER).universities, *read_affiliation(other, GAZETTEER).universities}
    assert set(read_affiliation(f"{one}，{other}", GAZETTEER).universities) <= alone


def test_the_table_is_sound() -> None:
    """No institution stands twice; what is shared is by those that are known; every province is one."""
    institutions = known_institutions()
    names = [plain(each.name) for each in institutions]
    assert len(set(names)) == len(names) > 700
    assert {owner for owners in shared_names().values() for owner in owners} <= set(names)
    assert all(province_of(each.province) == each.province for each in institutions)
    for each in institutions:
        for name in each.names:
            assert not name.until or 1950 < name.until < 2026, name
            assert name.since <= (name.until or 9999), name


def test_places() -> None:
    assert prefectures()["扬州"] == "江苏" and prefectures()["延边"] == "吉林"
    assert bare("广西壮族自治区") == "广西" and bare("延边朝鲜族自治州") == "延边"
    assert [province_of(text) for text in ("江苏", "扬州市", "宁夏回族自治区", "教育部", "军队", "")] == [
        "江苏",
        "江苏",
        "宁夏",
        "",
        "",
        "",
    ]
