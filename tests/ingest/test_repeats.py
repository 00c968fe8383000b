"""Rows that speak again of what an earlier row spoke of are listed, with that row's number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Record, RecordDrafts
from ingest.outcome import Mapped
from ingest.repeats import Repeats


def mapped(row: int, unique: str) -> Mapped:
    return Mapped(RecordDrafts(Record("f.csv", "", row, str(row)), ()), (), unique)


@given(st.lists(st.sampled_from(["", "a:1", "a:2", "a:3"]), max_size=30))
def test_every_row_but_the_first_of_an_id_names_the_first(ids: list[str]) -> None:
    repeats = Repeats()
    for row, id in enumerate(ids, start=2):
        said = repeats.notice(row, mapped(row, id))
        first = ids.index(id) + 2
        assert [each.hint.en for each in said] == ([] if not id or first == row else [f"See row {first}: compare them and keep one."])
