"""Columns of dates: the order of day and month, ends, ranges, and dates that cannot be. A bad date costs itself, not its row."""

from __future__ import annotations

import pytest

from ingest.compiled import END_FIRST
from ingest.explain import TWO_DATES
from ingest.outcome import NO_TEXT
from tests.ingest.reading import MappedFile
from tests.ingest.tables import PEOPLE, mapped_rows, relationships


def dated(*dates: tuple[str, str], year: int | None = None, mapping: str = PEOPLE) -> MappedFile:
    """People of one university, by their start and end."""
    lines = [(f"示例{number}", "扬州示例大学", start, end) for number, (start, end) in enumerate(dates)]
    return mapped_rows(mapping, "姓名 单位 起 止", lines, year)


def spans(found: MappedFile) -> list[tuple[object, object]]:
    return [(each.values.get("validFrom"), each.values.get("validTo")) for each in relationships(found)]


def test_a_column_that_says_where_the_day_stands_says_it_for_all_its_cells() -> None:
    found = dated(("03/04/2019", "12/31/2021"), ("09/15/2019", "08/31/2021"), ("01/02/2019", "06/30/2021"))
    assert spans(found) == [("2019-03-04", "2021-12-31"), ("2019-09-15", "2021-08-31"), ("2019-01-02", "2021-06-30")]
    assert not found.notices()
    found = dated(("03/04/2019", ""), ("9/1/2020 12:00:00 AM", ""), ("15/09/2019", ""))
    assert spans(found) == [("2019-04-03", None), ("2020-01-09", None), ("2019-09-15", None)]


def test_a_column_that_does_not_say_it_loses_its_dates_and_is_told_once_how_to_settle_it() -> None:
    found = dated(("03/04/2019", "2021"), ("01/02/2019", "2021"))
    assert spans(found) == [(None, "2021"), (None, "2021")]
    assert [(each.column, each.reason, each.dropped) for each in found.notices()] == [("起", TWO_DATES, True)] * 2
    first, second = found.notices()
    assert "order: dmy" in first.hint.en
    assert second.hint == NO_TEXT


def test_a_column_that_contradicts_itself_is_read_where_it_is_plain() -> None:
    found = dated(("15/09/2019", ""), ("09/15/2019", ""), ("03/04/2019", ""))
    assert spans(found) == [("2019-09-15", None), ("2019-09-15", None), (None, None)]


def test_one_column_says_nothing_of_another() -> None:
    assert spans(dated(("15/09/2019", "03/04/2021"))) == [("2019-09-15", None)]


def test_what_the_mapping_says_goes_before_the_column() -> None:
    mapping = PEOPLE.replace("valid_from: 起", "valid_from: {column: 起, options: {order: dmy}}")
    assert spans(dated(("03/04/2019", ""), mapping=mapping)) == [("2019-04-03", None)]


OPEN = """
至今|present|Present|now|current|ongoing|在任|目前|—|-|/|N/A|无|长期|open|∞|2099-12-31|9999-12-31|今|现在|在职|heute|actuellement|現在|待定|9999
to date|bis heute|en cours|jusqu'à présent|until now|9999-12-31 00:00:00|12/31/9999|9999年12月31日
"""


@pytest.mark.parametrize("word", [word for line in OPEN.split("\n") for word in line.split("|") if word])
def test_an_end_that_is_none_leaves_the_end_open(word: str) -> None:
    found = dated(("2020", word))
    assert spans(found) == [("2020", None)]
    assert not any(each.dropped for each in found.notices())


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("2020-09-01 ~ 2021-08-31", ("2020-09-01", "2021-08-31")),
        ("2020.8-2021.8", ("2020-08", "2021-08")),
        ("2020年8月至2021年7月", ("2020-08", "2021-07")),
        ("Sept 2020 – Aug 2021", ("2020-09", "2021-08")),
        ("2019/20", ("2019", "2020")),
        ("2019-2020学年", ("2019", "2020")),
        ("since 2019", ("2019", None)),
        ("2019 -", ("2019", None)),
        ("2019-present", ("2019", None)),
        ("自2019年起", ("2019", None)),
        ("2019年9月至今", ("2019-09", None)),
        ("bis 2020", (None, "2020")),
    ],
)
def test_a_range_in_the_cell_of_a_start(cell: str, span: tuple[object, object]) -> None:
    found = dated((cell, ""))
    assert spans(found) == [span]
    assert not any(each.dropped for each in found.notices())


def test_the_end_of_its_own_column_goes_before_that_of_a_range() -> None:
    assert spans(dated(("2019-2021", "2020-06"))) == [("2019", "2020-06")]


def test_an_end_before_its_start_is_told_and_neither_is_taken() -> None:
    found = dated(("2021-09", "2020-08"))
    assert spans(found) == [(None, None)]
    assert [(each.column, each.reason, each.dropped) for each in found.notices()] == [("起", END_FIRST, True), ("止", END_FIRST, True)]
    assert [each.reason.en for each in dated(("2021.9-2020.8", "")).notices()] == ["does not fit 'valid from' (date)"]


@pytest.mark.parametrize("cell", ["2021-02-30", "2012-13-05", "2020年13月", "<2020", "1598918400", "教授", "3月5日", "20-Sep"])
def test_a_date_that_cannot_be_read_is_told_and_its_row_loads(cell: str) -> None:
    found = dated((cell, "2022"))
    assert spans(found) == [(None, "2022")]
    assert [(each.column, each.value, each.dropped) for each in found.notices()] == [("起", cell, True)]


def test_a_day_without_a_year_takes_that_of_the_edition_and_says_so() -> None:
    found = dated(("3月5日", ""), ("20-Sep", ""), year=2020)
    assert spans(found) == [("2020-03-05", None), ("2020-09-20", None)]
    assert [each.reason.zh for each in found.notices()] == ["没写年份：按文件年份补"] * 2
