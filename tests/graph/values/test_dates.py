"""Dates: what is read back is what was written, and nothing is invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graph.errors import ValueProblem
from graph.values import VALUE_TYPES, Context, first_day, last_day, precision
from graph.values.absence import no_end_day
from graph.values.base import Cleaned
from graph.values.dates import order_of_column

NOTHING = Context()
days = st.dates(date(1600, 1, 1), date(2199, 12, 31))

HAN = dict(enumerate("〇一二三四五六七八九"))


def clean(text: str, context: Context = NOTHING) -> Cleaned:
    return VALUE_TYPES["date"].clean(text, context)


def in_han(number: int) -> str:
    if number < 10:
        return HAN[number]
    tens = "十" if number < 20 else HAN[number // 10] + "十"
    return tens + (HAN[number % 10] if number % 10 else "")


@given(days)
def test_every_way_to_write_a_day_gives_that_day(day: date) -> None:
    han_year = "".join(HAN[int(digit)] for digit in f"{day.year:04d}")
    for written in (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month:02d}/{day.day:02d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year} 年 {day.month} 月 {day.day} 日",
        f"{han_year}年{in_han(day.month)}月{in_han(day.day)}日",
        day.strftime("%Y%m%d"),
        f"{day.isoformat()} 00:00:00",
        day.strftime("%d %B %Y"),
        day.strftime("%b %d, %Y"),
    ):
        assert clean(written) == Cleaned(day.isoformat()), written


@given(days)
def test_a_month_and_a_year_keep_their_precision(day: date) -> None:
    for written in (f"{day.year}.{day.month}", f"{day.year}年{day.month}月", f"{day.year}-{day.month:02d}"):
        assert clean(written).value == f"{day.year}-{day.month:02d}"
    assert clean(f"{day.year}年").value == f"{day.year}"
    assert [precision(text) for text in ("2020", "2020-08", "2020-08-03")] == ["year", "month", "day"]


@given(st.integers(10_000, 70_000))
def test_serial_numbers_in_both_date_systems(serial: int) -> None:
    assert clean(str(serial)).value == (date(1899, 12, 30) + timedelta(days=serial)).isoformat()
    assert clean(f"{serial}.0", Context(epoch1904=True)).value == (date(1904, 1, 1) + timedelta(days=serial)).isoformat()


@given(days)
def test_first_and_last_day_enclose_exactly_what_may_be_meant(day: date) -> None:
    for text in (f"{day.year:04d}", f"{day.year:04d}-{day.month:02d}", day.isoformat()):
        first, last = first_day(text), last_day(text)
        assert first <= day <= last
        one = timedelta(days=1)
        assert all(each.isoformat().startswith(text) for each in (first, last))
        assert not (first - one).isoformat().startswith(text)
        assert not (last + one).isoformat().startswith(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2020-02-31", "no day 31"),
        ("2021-02-29", "no day 29"),
        ("2020.13", "no month 13"),
        ("0999", "is impossible"),
        ("3020年", "year 3020"),
    ],
)
def test_what_does_not_exist_is_refused(text: str, word: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        clean(text)
    assert word in problem.value.detail
    assert problem.value.hint


@pytest.mark.parametrize("text", ["9月10日", "09.05", "9月", "12/31"])
def test_a_date_without_a_year_needs_the_file_s(text: str) -> None:
    with pytest.raises(ValueProblem) as problem:
        clean(text)
    assert "year" in problem.value.hint
    cleaned = clean(text, Context(year=2020))
    assert str(cleaned.value).startswith("2020-")
    assert cleaned.flags == ("year-inferred",)


def test_which_number_is_the_day_may_be_said() -> None:
    assert clean("03/04/2020", Context(options={"order": "dmy"})).value == "2020-04-03"
    assert clean("03/04/2020", Context(options={"order": "mdy"})).value == "2020-03-04"
    assert clean("31/12/2020").value == clean("12/31/2020").value == "2020-12-31"


@given(days, st.integers(0, 5_000))
def test_ranges_give_both_ends(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    assume(not no_end_day(end.isoformat()))  # 2099-12-31 says that there is none
    for separator in ("-", "—", "~", "至", " to ", "/", " - "):
        text = f"{start.isoformat()}{separator}{end.isoformat()}"
        cleaned = VALUE_TYPES["date-range"].clean(text, NOTHING)
        assert cleaned.value == f"{start}/{end}", text
        assert dict(cleaned.companions) == {"From": start.isoformat(), "To": end.isoformat()}
        assert clean(text, Context(options={"part": "end"})).value == end.isoformat()


def test_ranges_that_are_open_short_or_wrong() -> None:
    def read(text: str) -> tuple[object, dict[str, object], tuple[str, ...]]:
        cleaned = VALUE_TYPES["date-range"].clean(text, NOTHING)
        return cleaned.value, dict(cleaned.companions), cleaned.flags

    assert read("2020.8-2021.8") == ("2020-08/2021-08", {"From": "2020-08", "To": "2021-08"}, ())
    assert read("2020年8-12月") == ("2020-08/2020-12", {"From": "2020-08", "To": "2020-12"}, ())
    assert read("44044") == ("2020-08-01/..", {"From": "2020-08-01"}, ())
    assert read("2020年8月起") == ("2020-08/..", {"From": "2020-08"}, ("ongoing",))
    for text, word in (("2016.01-2019.14", "no month 14"), ("2020.9-2019.1", "ends before"), ("不详-不详", "not a range")):
        with pytest.raises(ValueProblem) as problem:
            read(text)
        assert word in problem.value.detail


def test_times_keep_their_zone() -> None:
    moment = VALUE_TYPES["date-time"]
    assert moment.clean("2023-03-10 21:15:00", NOTHING).value == "2023-03-10T21:15:00"
    assert moment.clean("2023-03-10T21:15:00Z", NOTHING).value == "2023-03-10T21:15:00+00:00"
    assert moment.clean("2023-03-10T21:15+0800", NOTHING).value == "2023-03-10T21:15:00+08:00"
    assert moment.clean("2023年3月", NOTHING).value == "2023-03"
    with pytest.raises(ValueProblem):
        moment.clean("2023-03-10 25:00", NOTHING)


@pytest.mark.parametrize("text", ["2020-00", "2020-13", "2020-01-00"])
def test_a_month_or_day_that_does_not_exist_has_no_days(text: str) -> None:
    for edge in (first_day, last_day):
        with pytest.raises(ValueError):
            edge(text)


WRITTEN = {
    "2020-09-01": [
        *(
            "2020年9月1日星期二",
            "2020年9月1日（星期二）",
            "2020年9月1日 周二",
            "2020/9/1 上午 12:00:00",
            "2020-09-01T00:00:00+08:00",
            "2020年9月1日 8时30分",
        ),
        *(
            "2020-09-01T00:00:00.000Z",
            "2020年9月1日上午",
            "2020-09-01 8:30 PM",
            "民国109年9月1日",
            "中華民國109年9月1日",
            "令和2年9月1日",
            "R2.9.1",
            "2020年9月1日(火)",
        ),
        *(
            "1 Sept 2020",
            "Sep 1st, 2020",
            "1. September 2020",
            "1er septembre 2020",
            "Tuesday, 1 September 2020",
            "Dienstag, 1. September 2020",
        ),
        *("mardi 1 septembre 2020", "1 de septiembre de 2020", "01-Sep-2020", "2020-Sep-01", "01.09.2020", "二〇二〇年九月一日"),
    ],
    "2020-09": [
        "民国109年9月",
        "民国一百零九年九月",
        "令和二年九月",
        "Sept. 2020",
        "September 2020",
        "septembre 2020",
        "2020 Sep",
        "2020-09-00",
    ],
    "2019-05": ["令和元年5月", "平成31年5月", "Mai 2019", "mai 2019", "May, 2019"],
    "2020": ["2020年度", "2020-00-00", "民国109年"],
}
ABOUT = {
    "2020": "2020年上半年|Q3 2020|2020Q3|3. Quartal 2020|2020年第三季度|H1 2020|FY2020|circa 2020"
    "|ca. 2020|约2020年|2020年左右|2020?|vers 2020|um 2020|early 2020|Ende 2020|printemps 2020",
    "2020-09": "2020年9月上旬|2020年9月底|circa 2020-09|ca. September 2020",
}


@pytest.mark.parametrize(("stored", "text"), [(stored, text) for stored, texts in WRITTEN.items() for text in texts])
def test_ways_in_which_offices_write_a_date(stored: str, text: str) -> None:
    assert clean(text) == Cleaned(stored)


@pytest.mark.parametrize(("stored", "text"), [(stored, text) for stored, texts in ABOUT.items() for text in texts.split("|")])
def test_what_is_not_exact_keeps_the_precision_that_is_sure_and_is_flagged(stored: str, text: str) -> None:
    assert clean(text) == Cleaned(stored, flags=("approximate",))


@pytest.mark.parametrize(
    "text", ["平成40年1月", "Marketing 2020", "2020-09-31", "1598918400", "<2020", "abc", "9999-12-31", "03/04/2020", "Foo 1, 2020"]
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueProblem):
        clean(text)


@given(st.lists(days, min_size=1, max_size=8), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_the_order_of_a_column_is_what_it_was_written_in_or_unknown(column: list[date], form: str) -> None:
    told = order_of_column(day.strftime(form) for day in column)
    assert told in ("", "dmy" if form == "%d/%m/%Y" else "mdy")
    assert bool(told) == any(day.day > 12 for day in column)
