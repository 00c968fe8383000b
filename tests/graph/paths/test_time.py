from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.paths import PathQuery, find_paths
from graph.projection.days import AFTER_ALL, BEFORE_ALL, EPOCH, day_text, first_day, last_day, precision
from tests.graph.paths.graphs import DATES, World, context, node, relationship, shortest_by_networkx, worlds


def _chain(*dates: tuple[str, str]) -> World:
    """a – b – c …, a relationship with these dates on each hop."""
    ids = "abcdefg"[: len(dates) + 1]
    rows = [relationship(f"r{i}", "JOINS", ids[i], ids[i + 1], *pair) for i, pair in enumerate(dates)]
    return World(tuple(node(id, "Project") for id in ids), tuple(rows))


def _parallel(*dates: tuple[str, str]) -> World:
    """a and z, joined through as many nodes between as there are dates (both hops alike)."""
    between = [f"m{i}" for i in range(len(dates))]
    rows = [
        relationship(f"r{i}{end}", "JOINS", end, middle, *pair)
        for i, (middle, pair) in enumerate(zip(between, dates, strict=True))
        for end in "az"
    ]
    return World(tuple(node(id, "Project") for id in ["a", "z", *between]), tuple(rows))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-12", "2019-12-01", "2019-12-31"),
        ("2020-09-10", "2020-09-10", "2020-09-10"),
        ("0001", "0001-01-01", "0001-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
    ],
)
def test_a_partial_date_is_a_span_of_days(text, first, last):
    assert day_text(first_day(text)) == first
    assert day_text(last_day(text)) == last
    assert day_text(first_day(text), precision(text)) == day_text(last_day(text), precision(text)) == text


def test_an_unknown_date_lies_outside_all_days():
    assert (first_day(""), last_day("")) == (BEFORE_ALL, AFTER_ALL)
    assert day_text(BEFORE_ALL, 0) == ""


@pytest.mark.parametrize(
    "text", ["2020-13", "2019-02-29", "2020-00", "2020-01-00", "20-01-01", "2020/01", "202", "2020-1-01", "二〇二〇", "²020"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        first_day(text)


@given(st.dates())
def test_days_count_from_1970(date):
    assert first_day(date.isoformat()) == last_day(date.isoformat()) == (date - datetime.date(1970, 1, 1)).days
    assert EPOCH == datetime.date(1970, 1, 1).toordinal()


@pytest.mark.parametrize(
    ("as_of", "total"), [("2019-12-31", 0), ("2020-01-01", 1), ("2020-06-30", 1), ("2020-07-01", 0), ("any", 1), ("now", 0)]
)
def test_both_boundary_days_count(as_of, total):
    assert find_paths(_chain(("2020", "2020-06")).projection, PathQuery("a", "b", as_of=as_of), context()).total == total


def test_an_unknown_end_counts_as_valid_and_is_marked():
    answer = find_paths(_chain(("2017", "")).projection, PathQuery("a", "b", as_of="now"), context())
    fact = answer.paths[0].hops[0].fact
    assert (fact.valid_from, fact.valid_to, fact.ended, fact.unknown) == ("2017", "", False, ("valid_to",))
    assert "2017 起，结束日期不详" in answer.paths[0].text.zh
    assert "from 2017, end not known" in answer.paths[0].text.en


def test_an_undated_type_has_no_unknown_dates():
    world = World((node("a", "Project"), node("c", "City")), (relationship("r1", "LOCATED_IN", "a", "c"),))
    path = find_paths(world.projection, PathQuery("a", "c"), context()).paths[0]
    assert path.hops[0].fact.unknown == ()
    assert path.text.zh == "name of a位于name of c。"


@pytest.mark.parametrize("data_date", ["", "2018", "2018-06-30", "2026-11-30"])
def test_ended_is_told_relative_to_the_day_asked_whatever_the_date_of_the_data(data_date: str):
    projection = _chain(("2017", "2018-06")).projection

    def asked(as_of: str):
        (path,) = find_paths(projection, PathQuery("a", "b", as_of=as_of), context(data_date=data_date)).paths
        return path

    assert asked("any").hops[0].fact.ended and asked("any").text.zh.endswith("（2017 至 2018-06，已结束）。")
    for day in ("2017-01-01", "2018-06-30"):
        assert not asked(day).hops[0].fact.ended and asked(day).text.en.endswith("(2017 to 2018-06).")


def test_over_all_dates_ended_means_before_today():
    for last, ended in ((("2020-09-09"), True), ("2020-09-10", False), ("2020-09", False), ("", False)):
        (path,) = find_paths(_chain(("2017", last)).projection, PathQuery("a", "b"), context(data_date="2016")).paths
        assert path.hops[0].fact.ended is ended


def test_no_path_on_a_day_says_until_when_there_were_how_many():
    world = _parallel(("2017", "2021-08-31"), ("2018", "2021-08-31"), ("2016", "2022-08"), ("2015", "2016"))
    answer = find_paths(world.projection, PathQuery("a", "z", as_of="2023-01-01"), context())
    assert (answer.total, answer.limit) == (0, None)
    assert answer.note is not None
    assert answer.note.en == "None on 2023-01-01; 1 until 2022-08-31."
    assert answer.note.zh == "2023-01-01 没有路径；2022-08-31 为止有 1 条。"
    world = _parallel(*(("2017", "2021-08-31"),) * 3, ("2015", "2016"))
    answer = find_paths(world.projection, PathQuery("a", "z", as_of="2022-01-01"), context())
    assert answer.note is not None and answer.note.en == "None on 2022-01-01; 3 until 2021-08-31."


def test_no_path_yet_says_from_when():
    answer = find_paths(_chain(("2024-03", ""), ("2023", "2025")).projection, PathQuery("a", "c", as_of="now"), context())
    assert answer.note is not None and answer.note.en == "None on 2020-09-10; 1 from 2024-03-01."


def test_relationships_that_never_hold_together_are_said_to():
    answer = find_paths(_chain(("2017", "2018"), ("2022", "2023")).projection, PathQuery("a", "c", as_of="now"), context())
    assert answer.note is not None
    assert answer.note.en == "None on 2020-09-10; 1 over all dates, but no day was found on which one of them is valid throughout."


def test_no_path_at_all_says_so_whatever_the_day():
    world = World((node("a", "Project"), node("b", "Project")), ())
    for as_of in ("any", "now", "2019-01-01"):
        note = find_paths(world.projection, PathQuery("a", "b", as_of=as_of), context()).note
        assert note is not None and note.en == "There is no path between the two."


def test_no_path_within_the_hops_says_that_longer_ones_were_not_looked_for():
    answer = find_paths(_chain(*(("", ""),) * 6).projection, PathQuery("a", "g", max_hops=3), context())
    assert answer.limit == "hops" and answer.note is not None and "3 步以内" in answer.note.zh


@given(world=worlds(), data=st.data())
def test_the_day_in_the_note_is_the_last_one_with_a_path(world, data):
    """Against every boundary day of the graph, asked of networkx one by one."""
    start, end = data.draw(st.permutations(world.ids()))[:2]
    day = "2020-09-10"
    answer = find_paths(world.projection, PathQuery(start, end, as_of=day), context())
    earlier = sorted({day_text(last_day(each)) for each in DATES if each} - {day_text(last_day(each)) for each in DATES if each >= day})
    with_path = [
        (each, shortest_by_networkx(world.simple(day=each), world.passable(), start, end, 6))
        for each in [each for each in earlier if each < day]
    ]
    last = next(((each, len(paths)) for each, paths in reversed(with_path) if paths), None)
    if answer.total == 0 and last:
        assert answer.note is not None and answer.note.en == f"None on {day}; {last[1]} until {last[0]}."
    elif answer.total == 0:
        assert answer.note is not None and " until " not in answer.note.en
