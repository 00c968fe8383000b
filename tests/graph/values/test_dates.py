"""Dates: what is read back is what was written, and nothing is invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import ValueProblem
from graph.values import VALUE_TYPES, Context, first_day, last_day, precision
from graph.values.base import Cleaned

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
