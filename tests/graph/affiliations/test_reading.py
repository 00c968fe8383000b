"""What a written affiliation names, rule by rule: on what is built in, and on a small list that is whole."""

from __future__ import annotations

import pytest

from graph.affiliations.gazetteer import Gazetteer, Listed, built_in
from graph.affiliations.institutions import NameKind
from graph.affiliations.reading import read_affiliation
from graph.affiliations.surroundings import Rest

LIST = Gazetteer.of(
    [
        Listed("扬州大学", "4132011117", "江苏", "扬州"),
        Listed("扬州大学广陵学院", "4132013987", "江苏", "扬州"),
        Listed("中国地质大学（武汉）", "4142010491", "湖北", "武汉"),
        Listed("中国地质大学（北京）", "4111011415", "北京", "北京"),
        Listed("中国矿业大学", "4132010290", "江苏", "徐州"),
        Listed("中国矿业大学（北京）", "4111011413", "北京", "北京"),
        Listed("西安医学院", "4161011840", "陕西", "西安"),
        Listed("仲恺农业工程学院", "4144011347", "广东", "广州"),
        Listed("国际关系学院", "4111010040", "北京", "北京"),
        Listed("复旦大学", "4131010246", "上海", "上海"),
    ],
    whole=True,
)

NAMED = {
    "苏大材化部": ("苏州大学", "苏州大学", "材化部"),
    "东南大学机械院": ("东南大学", "东南大学", "机械院"),
    "南京大学 新闻传播学院": ("南京大学", "南京大学", "新闻传播学院"),
    "扬大": ("扬州大学", "扬州大学", ""),
    "湖北华中师大语言所": ("华中师范大学", "华中师范大学", "语言所"),
    "武汉华中理工大学固体电子学系": ("华中科技大学", "华中科技大学", "固体电子学系"),
    "浙江杭州大学中文系": ("浙江大学", "杭州大学", "中文系"),
    "江苏农学院": ("扬州大学", "江苏农学院", ""),
    "徐州师范大学法律政治学院": ("江苏师范大学", "江苏师范大学", "法律政治学院"),
    "山东省教育学院数理系": ("齐鲁师范学院", "齐鲁师范学院", "数理系"),
    "张掖师专": ("河西学院", "河西学院", ""),
    "稀土材料化学国家重点实验室北京大学化学学院": ("北京大学", "北京大学", "化学学院"),
    "《西北农业大学学报》编辑部": ("西北农林科技大学", "西北农业大学", "学报"),
    "中国人民解放军军需大学农学系": ("吉林大学", "解放军军需大学", "农学系"),
    "天津大学!300072": ("天津大学", "天津大学", ""),
    "暨南大学生物工程学系": ("暨南大学", "暨南大学", "生物工程学系"),
    "南开大学城市与区域经济研究所": ("南开大学", "南开大学", "城市与区域经济研究所"),
    "南开大学跨国公司研究中心": ("南开大学", "南开大学", "跨国公司研究中心"),
    "山东大学校医院": ("山东大学", "山东大学", "校医院"),
    "石油大学（华东）自动化系": ("中国石油大学（华东）", "中国石油大学（华东）", "自动化系"),
    "长沙理工大学（原长沙交通学院）": ("长沙理工大学", "长沙理工大学", ""),
}


@pytest.mark.parametrize("text", NAMED)
def test_one_university_is_named(text: str) -> None:
    read = read_affiliation(text, built_in())
    assert [(each.name, each.institution, each.unit) for each in read.named] == [NAMED[text]]
    assert not read.doubts and not read.apart


NOBODY = """
扬州示例重工有限公司
中国科学院上海硅酸盐研究所
中共江苏省委党校
江苏省社会科学院
日本东北大学
英国伦敦大学
新竹清华大学
成功大学地球科学系
香港中文大学物理系
Tohoku University
湖南省人大常委会
南大街道办事处
北京大学生体育协会
材料科学与工程学院
中国科学院
10083
云南省卫生职工医学院
秘书长
，
""".strip().split("\n")


@pytest.mark.parametrize("text", [*NOBODY, "", " ", "大学", "学院"])
def test_nobody_is_an_answer(text: str) -> None:
    assert read_affiliation(text, built_in()).named == ()


def test_several_that_share_a_name_are_a_question_until_something_decides() -> None:
    read = read_affiliation("南大材料学院", built_in())
    assert read.named == () and [(each.written, each.candidates) for each in read.doubts] == [("南大", ("南京大学", "南昌大学"))]
    decided = read_affiliation("南大材料学院", built_in(), place="江西").named
    assert [(each.name, each.unit, each.decided_by) for each in decided] == [("南昌大学", "材料学院", "江西")]
    assert read_affiliation("师大", built_in()).doubts[0].candidates == ()
    assert read_affiliation("中国地质大学地质系", LIST).universities == ()
    for text in ("中国地质大学，武汉430074", "中国地质大学(武汉)环境学院", "武汉中国地质大学", "中国地质大学!湖北武汉"):
        assert read_affiliation(text, LIST).universities == ("中国地质大学（武汉）",), text
    assert read_affiliation("中国地质大学", LIST, place="北京").universities == ("中国地质大学（北京）",)
    elsewhere = read_affiliation("复旦大学，北京", LIST)
    assert elsewhere.universities == ("复旦大学",), "an address decides only between several"


def test_a_place_within_another_name_decides_nothing() -> None:
    assert read_affiliation("北京师范大学化学系，中国地质大学", built_in()).universities == ("北京师范大学",)


def test_the_full_name_of_one_is_its_own_unless_the_place_says_otherwise() -> None:
    assert read_affiliation("中国矿业大学化工学院", LIST).universities == ("中国矿业大学",)
    assert read_affiliation("中国矿业大学(北京校区)", LIST).universities == ("中国矿业大学（北京）",)


@pytest.mark.parametrize(("year", "universities"), [(1983, ("西安交通大学",)), (2009, ("西安医学院",)), (0, ()), (1996, ())])
def test_a_name_that_two_bore_at_different_times_is_decided_by_the_year(year: int, universities: tuple[str, ...]) -> None:
    assert read_affiliation("西安医学院", LIST, year=year).universities == universities


def test_what_became_of_a_former_name() -> None:
    merged, renamed = (read_affiliation(text, built_in()).named[0] for text in ("杭州大学", "南京气象学院"))
    assert (merged.kind, merged.until, merged.institution) == (NameKind.MERGED, 1998, "杭州大学")
    assert (renamed.kind, renamed.until, renamed.institution) == (NameKind.RENAMED, 2004, "南京信息工程大学")


@pytest.mark.parametrize(
    ("text", "kind", "of"),
    [
        ("复旦大学附属中山医院普外科", Rest.HOSPITAL, "复旦大学"),
        ("上海医科大学华山医院", Rest.HOSPITAL, "复旦大学"),
        ("南京师范大学附属小学", Rest.SCHOOL, "南京师范大学"),
        ("山东大学中晶光电子公司", Rest.COMPANY, "山东大学"),
        ("同济医院普外科", Rest.HOSPITAL, ""),
    ],
)
def test_hospitals_schools_and_companies_stand_apart(text: str, kind: Rest, of: str) -> None:
    read = read_affiliation(text, built_in())
    assert read.named == () and [(each.kind, each.of) for each in read.apart] == [(kind, of)]


def test_a_college_with_a_name_of_its_own() -> None:
    assert read_affiliation("扬州大学广陵学院商学系", LIST).universities == ("扬州大学广陵学院",)
    assert read_affiliation("扬州大学卓越学院", LIST).universities == ("扬州大学",), "a whole list would have it"
    for text in ("浙江大学城市学院", "吉林大学珠海学院", "武汉大学珞珈学院"):
        read = read_affiliation(text, built_in())
        assert read.named == () and read.doubts[0].why is Rest.OWN_COLLEGE, text
    assert read_affiliation("山东大学威海分校法学院", built_in()).universities == ("山东大学",)


def test_a_unit_that_is_called_like_an_institution_is_a_unit() -> None:
    assert read_affiliation("复旦大学国际关系学院国际政治系", LIST).universities == ("复旦大学",)
    assert read_affiliation("国际关系学院", LIST).universities == ("国际关系学院",)


def test_several_universities_in_one_text() -> None:
    read = read_affiliation("北京大学物理系，扬州工学院基础科学部，南京大学", built_in())
    assert read.universities == ("北京大学", "扬州大学", "南京大学")


def test_a_misread_character_is_mended_by_a_whole_list_only() -> None:
    found = read_affiliation("忡恺农业技术学院环境科学系", LIST).named[0]
    assert (found.name, found.slip, found.written) == ("仲恺农业工程学院", "仲恺农业技术学院", "忡恺农业技术学院")
    assert read_affiliation("忡恺农业技术学院环境科学系", built_in()).named == ()
    assert read_affiliation("德宏师范高等专科学校", built_in()).named == (), "德州师专 is another"


def test_a_list_that_has_the_later_name_makes_the_earlier_one_a_former_name() -> None:
    gazetteer = Gazetteer.of([Listed("江苏海洋大学", "4132011641", "江苏", "连云港")], whole=True)
    found = read_affiliation("淮海工学院机械系", gazetteer).named[0]
    assert (found.name, found.code, found.kind, found.institution) == ("江苏海洋大学", "4132011641", NameKind.RENAMED, "江苏海洋大学")
