"""Names in cells: who is a person, what is an organisation and of what kind, and cells that say both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.naming import Naming, read_name
from ingest.naming.organisations import organisation_key, organisation_kind
from ingest.naming.people import person_key


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("江北理工大学", "university"),
        ("江北学院", "university"),
        ("机械工程学院", "department"),
        ("江北大学材料系", "department"),
        ("江北大学附属医院", "hospital"),
        ("江北泵业有限公司", "company"),
        ("江北纺织厂", "company"),
        ("江北市科技局", "agency"),
        ("江北海洋研究所", "institute"),
        ("江北市总工会", "union"),
        ("江北教育基金会", "organisation"),
        ("北浜電機株式会社", "company"),
        ("株式会社北浜", "company"),
        ("Northbank University", "university"),
        ("Hochschule Nordhafen", "university"),
        ("Université de Nordville", "university"),
        ("Northbank Pumps Ltd.", "company"),
        ("Nordhafen Werke GmbH", "company"),
        ("Laboratoire de chimie de Nordville", "institute"),
        ("Landesmuseum Nordhafen", "organisation"),
        ("Northbank City Council", "agency"),
        ("Anna Keane", ""),
        ("公司", ""),
    ],
)
def test_what_kind_of_organisation_a_name_tells(text: str, kind: str) -> None:
    assert organisation_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("周涛", "周涛"),
        ("周　涛", "周涛"),
        ("欧阳静怡", "欧阳静怡"),
        ("周涛 教授", "周涛"),
        ("Prof. Dr. Anna Keane", "Anna Keane"),
        ("Keane, Anna", "Anna Keane"),
        ("KEANE Anna", "Anna Keane"),
        ("Anna Keane PhD", "Anna Keane"),
        ("João da Silva", "João da Silva"),
        ("周涛 13000000000", "周涛"),
        ("김철수", "김철수"),
    ],
)
def test_a_person_without_titles_and_telephone_numbers(text: str, person: str) -> None:
    assert read_name(text, "person") == Naming(person=person)
    assert read_name(text).person == person


@pytest.mark.parametrize(
    ("text", "naming"),
    [
        ("周涛（江北大学）", Naming("周涛", "江北大学", "university")),
        ("江北大学 周涛", Naming("周涛", "江北大学", "university")),
        ("江北大学周涛教授", Naming("周涛", "江北大学", "university", "教授")),
        ("江北泵业有限公司董事长", Naming("", "江北泵业有限公司", "company", "董事长")),
        ("江北大学 校长", Naming("", "江北大学", "university", "校长")),
        ("Northbank College – Prof. Anna Keane", Naming("Anna Keane", "Northbank College", "university", "Prof")),
        ("Anna Keane (Northbank Ltd)", Naming("Anna Keane", "Northbank Ltd", "company")),
    ],
)
def test_a_cell_that_says_both(text: str, naming: Naming) -> None:
    assert read_name(text, "organisation") == naming


@pytest.mark.parametrize("text", ["", "-", "n/a", "无", "退休", "合计", "TOTAL", "12人", "注：名单以文件为准", "√", "2项"])
def test_what_names_nobody(text: str) -> None:
    assert read_name(text, "person") == Naming()


def test_how_names_of_one_list_are_compared() -> None:
    assert organisation_key("Northbank Ltd.") == organisation_key("NORTHBANK Ltd")
    assert organisation_key("江北公司") != organisation_key("江北大学")
    assert person_key("J. Keane") == person_key("J Keane")


@given(st.text(max_size=40), st.sampled_from(["person", "organisation", "either"]))
def test_whatever_stands_in_a_cell_is_read(text: str, expected: str) -> None:
    found = read_name(text, expected)  # type: ignore[arg-type]
    assert bool(found.kind) == bool(found.organisation)
    assert found.person == found.person.strip() and found.organisation == found.organisation.strip()
