"""Keys: what can be no key of anything, and texts that are one key however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.values.absence import no_person, no_value
from graph.values.normal import key_form, name_form, unwrapped
from ingest.explain import NO_NAME
from ingest.ids import LOST_DIGITS
from tests.ingest.tables import FIRMS, PEOPLE, mapped_rows, names, relationships

NOBODY = """
-|—|--|/|／|无|暂无|N/A|n/a|Ｎ／Ａ|NA|#N/A|nan|NaN|NULL|null|none|None|unknown|Unknown|UNKNOWN|不详|不清楚|未知|保密|暂缺|待定|（空）|(空)
【无】|空|不详。|xxx|XXXX|×××|tbd|TBD|k.A.|k. A.|keine Angabe|unbekannt|n.d.|inconnu|Inconnue|non renseigné|desconocido|sconosciuto
неизвестно|なし|不明|未詳|該当なし|없음|미상|?|？|…|***|[none]|<NA>|\\N|未填写|匿名
"""
REAL = """
三一集团|第一医院|无锡示例厂|Null Island Ltd|None Such Records|空军示例医院|合计科技有限公司|保密局|NATO|Nanna GmbH|X光研究所|待定山庄
不二家|C++ Group|0号基地|A380 Club
"""
FREE = "自由职业 自由职业者 Freelance self-employed 退休 selbständig 供应商三 某企业 见附件"


def listed(texts: str) -> list[str]:
    return [each for line in texts.split("\n") for each in line.split("|") if each]


@pytest.mark.parametrize("text", listed(NOBODY))
def test_a_placeholder_is_no_organisation_and_no_part_of_a_key(text: str) -> None:
    found = mapped_rows(PEOPLE, "姓名 单位", [("张拟", text), ("李样本", text), (text, "扬州示例大学")])
    assert not relationships(found)
    assert not names(found, "Person")
    assert names(found, "Organization") == {"扬州示例大学"}
    assert [each.reason for each in found.rejected] == [NO_NAME, NO_NAME]
    assert NO_NAME in [each.reason for each in found.notices()]


@pytest.mark.parametrize("text", listed(REAL))
def test_a_name_that_holds_such_a_word_is_a_name(text: str) -> None:
    found = mapped_rows(PEOPLE, "姓名 单位", [("张拟", text)])
    assert names(found, "Organization") == {text}
    assert len(relationships(found)) == 1


@pytest.mark.parametrize(
    "text", ["自由职业", "自由职业者", "Freelance", "self-employed", "退休", "selbständig", "供应商三", "某企业", "见附件"]
)
def test_an_occupation_is_no_employer(text: str) -> None:
    found = mapped_rows(PEOPLE, "姓名 单位", [("张拟", text)])
    assert (found.loaded, [each.reason for each in found.rejected]) == ([], [NO_NAME])


def test_a_surname_is_a_name_and_the_same_word_written_by_a_program_is_none() -> None:
    assert [no_person(text) for text in ("Null", "Na", "NULL", "NA", "null", "Jennifer Null")] == [False, False, True, True, True, False]
    assert names(mapped_rows(PEOPLE, "姓名 单位", [("Null", "扬州示例大学")]), "Person") == {"Null"}


@pytest.mark.parametrize("code", ["-", "无", "0", "00", "000000000000000000", "N/A", "111111", "9999999999", "TBD", "/", "不详"])
def test_firms_are_never_merged_under_a_code_that_is_none(code: str) -> None:
    found = mapped_rows(FIRMS, "编号 单位", [(code, "示例重工有限公司"), (code, "样本泵业有限公司")])
    assert not found.loaded
    assert [each.reason for each in found.rejected] == [NO_NAME, NO_NAME]


@pytest.mark.parametrize("code", ["3.205821990010113e+17", "3.2058E+17", "3.2E17", "1E+05", "320582199001011000"])
def test_a_number_that_lost_its_digits_is_no_key(code: str) -> None:
    found = mapped_rows(FIRMS, "编号 单位", [(code, "示例重工有限公司")])
    assert [each.reason for each in found.rejected] == [LOST_DIGITS]


@pytest.mark.parametrize("code", ["320582199001011234", "12E3", "1112", "2E01", "0514", "10"])
def test_a_code_that_only_looks_like_one(code: str) -> None:
    assert mapped_rows(FIRMS, "编号 单位", [(code, "示例重工有限公司")]).ids("Enterprise") == {f"desk-code:{code}"}


SPELLINGS = [
    ("000123", '="000123"', "'000123", "\t000123", "＂000123＂", "０００１２３", '"000123"'),
    ("1001", "1001.0", "1001.00"),
    (
        *(
            "示例重工有限公司",
            "示例重工有限公司 ",
            "示例重工有限公司\u200e",
            "示例\u200d重工有限公司",
            "示例\u00ad重工有限公司",
            "示例　重工有限公司",
        ),
        *("\u202a示例重工有限公司\u202c", "示例重工有限公司\ufe0f", "示例重工有限公司。", "示例重工有限公司．", "\ufeff示例重工有限公司"),
    ),
    ("示例重工（集团）有限公司", "示例重工(集团)有限公司", "示例重工﹙集团﹚有限公司"),
    ("示例—样本研究院", "示例－样本研究院", "示例-样本研究院", "示例–样本研究院", "示例——样本研究院", "示例‑样本研究院"),
    ("O’Sample Ltd", "O'Sample Ltd", "O&#039;Sample Ltd", "O&amp;#39;Sample Ltd", "Oʼ Sample Ltd".replace(" S", "S"), "O'Sample Ltd."),
    ("示例 & 样本研究院", "示例 &amp; 样本研究院", "示例 &amp;amp; 样本研究院", "示例 ＆ 样本研究院"),
    ("艾力·买买提研究所", "艾力•买买提研究所", "艾力・买买提研究所", "艾力．买买提研究所", "艾力 · 买买提研究所"),
    ("“示例”研究院", '"示例"研究院', "「示例」研究院", "&quot;示例&quot;研究院"),
    ("Example University", "Example  University", "Example University.", "Example\u00a0University"),
]


@pytest.mark.parametrize("spellings", SPELLINGS, ids=lambda each: str(each[0]))
def test_spellings_of_one_key_are_one_node(spellings: tuple[str, ...]) -> None:
    found = mapped_rows(FIRMS, "编号 单位", [(each, "示例重工") for each in spellings])
    assert len(found.ids("Enterprise")) == 1
    assert len(found.loaded) == len(spellings)


def test_case_tells_keys_apart_unless_the_value_type_says_otherwise() -> None:
    assert len(mapped_rows(FIRMS, "编号 单位", [("Ab1", "示例"), ("AB1", "示例")]).ids("Enterprise")) == 2
    by_code = FIRMS.replace("name: 单位,", "name: 单位, uscc: 编号,")
    rows = [("91350100m000100y43", "示例"), ("91350100 M000100Y43", "示例"), ("９１350100M000100Y43", "示例")]
    assert mapped_rows(by_code, "编号 单位", rows).ids("Enterprise") == {"desk-code:91350100M000100Y43"}


TEXT = st.text(st.sampled_from("示例重工AbcL.。·•—-–'’\"“ \t\u200d\u00ad\ufe0f（）()＆&;amp#39=0１"), max_size=14)


@given(TEXT)
def test_what_a_property_shows_has_the_key_of_what_was_written(text: str) -> None:
    plain = unwrapped(text.strip())
    assert key_form(name_form(plain)) == key_form(plain)
    assert key_form(key_form(plain)) == key_form(plain)
    assert name_form(name_form(plain)) == name_form(plain)


@given(TEXT)
def test_no_name_of_letters_is_taken_for_an_absence_by_a_part_of_it(text: str) -> None:
    assert not no_value("示例" + text + "研究院")
