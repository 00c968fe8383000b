"""Dates in names and titles of files, as offices write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.dating.in_text import dates_in


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("团员名单2024年5月", "2024-05"),
        ("截至2024年5月29日", "2024-05-29"),
        ("二〇二四年五月二十九日名单", "2024-05-29"),
        ("二○二三年十二月", "2023-12"),
        ("2024年度", "2024"),
        ("24年5月名单", "2024-05"),
        ("民国113年5月", "2024-05"),
        ("export_20240529", "2024-05-29"),
        ("导出20240529120000", "2024-05-29"),
        ("202405", "2024-05"),
        ("名单(2024.5.29)", "2024-05-29"),
        ("29.05.2024", "2024-05-29"),
        ("list-05-2024", "2024-05"),
        ("y2024", "2024"),
        ("FY2024", "2024"),
        ("roster2024", "2024"),
        ("as of 29 May 2024", "2024-05-29"),
        ("Report May 29, 2024", "2024-05-29"),
        ("May_2024", "2024-05"),
        ("2024年第三季度企业需求", "2024-09"),
        ("2024Q3", "2024-09"),
        ("发单表第三季度(2024)", "2024-09"),
        ("2024年上半年", "2024-06"),
        ("2023-24", "2024"),
        ("2023-2024学年", "2024"),
        ("participation_2014_2016", "2016"),
        ("2015至2024年", "2024"),
        ("第13批2020年团员", "2020"),
    ],
)
def test_the_date_of_a_text(text: str, date: str) -> None:
    (found,) = dates_in(text).dates
    assert found.date == date


@pytest.mark.parametrize(
    "text",
    [
        "企业账号",
        "第13批团员",
        "cordis-h2020organizations",
        "Horizon 2020",
        "GB_T4754-2017行业",
        "tel13951234567",
        "2020级学生",
        "320102199001011234",
    ],
)
def test_numbers_that_are_no_dates(text: str) -> None:
    assert dates_in(text).dates == ()


def test_a_span_says_nothing_of_the_year_of_a_day() -> None:
    assert not dates_in("2023-24").dates[0].one_year
    assert dates_in("2024年5月").dates[0].one_year


def test_what_can_be_read_in_two_ways_is_unsure() -> None:
    assert dates_in("05-06-2024").dates[0].unsure
    assert dates_in("2011-12").dates[0].unsure
    assert not dates_in("2024-05").dates[0].unsure


def test_a_quarter_or_month_without_a_year() -> None:
    assert dates_in("第三季度发单表").yearless == ("09",)
    assert dates_in("5月份需求").yearless == ("05",)


BEFORE = ("", "名单", "list_", "第13批 ")
WAYS = ("%Y-%m-%d", "%Y%m%d", "%Y.%m.%d", "%Y_%m_%d", "%Y年%m月%d日", "%d %B %Y", "%B %d, %Y")


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2060, 12, 31)),
    st.sampled_from(WAYS),
    st.sampled_from(BEFORE),
)
def test_every_day_in_every_way_of_writing_it(day: datetime.date, way: str, before: str) -> None:
    assert [each.date for each in dates_in(before + day.strftime(way)).dates] == [day.isoformat()]
