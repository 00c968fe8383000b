"""Rows that say again what an earlier row said are listed, with that row's number."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph.model import Record, RecordDrafts
from ingest.outcome import Mapped
from ingest.repeats import Repeats


@given(st.lists(st.tuples(st.sampled_from(["", "a:1", "a:2"]), st.sampled_from(["k", "l", "m"])), max_size=30))
def test_every_row_but_the_first_names_the_first(rows: list[tuple[str, str]]) -> None:
    """By the node that the mapping says no two rows should speak of; where it names none, by the record's key."""
    repeats = Repeats()
    told_by = [id or key for id, key in rows]
    for row, (id, key) in enumerate(rows, start=2):
        said = repeats.notices(row, Mapped(RecordDrafts(Record("f.csv", "", row, key), ()), (), id))
        first = told_by.index(id or key) + 2
        assert [each.hint.en for each in said] == ([] if first == row else [f"See row {first}: compare them and keep one."])
        assert all(("key columns" in each.reason.en) == (not id) for each in said)
