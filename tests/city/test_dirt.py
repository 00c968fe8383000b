"""The city with an office's dirt: each spoiled place does what the truth beside the files says of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.ontology.schema import Ontology
from ingest.compiler import compile_mapping
from ingest.mapping import select_mappings
from ingest.outcome import Mapped, Rejected
from ingest.planning import plan
from ingest.sample.dirt import Spot
from ingest.sample.write import write_city
from ingest.table_mappers import survey_of
from ingest.text import normal
from tests.ingest.reading import default_types

Rows = dict[tuple[str, str, int], Mapped | Rejected]

ELSEWHERE = {
    "title-row": "the header is found below it: every row of the file loads",
    "dotted-discipline": "a dotted code is of the edition of 1992, whose numbers mean other things: it is kept so, and flagged",
    "heads-for-names": "nobody is named; the place is listed as a notice",
    "short-union": "the studio is placed in the district; its union is no node",
    "state-wording": "checked by name below",
    "duplicate": "checked below",
}
"""Kinds of which the expected value is not a stored value of that very row, and why."""


@pytest.fixture(scope="module")
def dirty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rows, tuple[Spot, ...]]:
    written = write_city(tmp_path_factory.mktemp("dirty"), dirt=True)
    return mapped(list(written.files), default_types()), written.spots


def mapped(paths: list[Path], ontology: Ontology) -> Rows:
    found: Rows = {}
    work = plan(paths, select_mappings("city", ontology))
    survey = survey_of(work)
    for number, job in enumerate(work.jobs):
        mapper = compile_mapping(job.spec, ontology, year=2020).beside(survey.around(number))
        for row in job.rows():
            found[job.table.file, job.table.sheet, row.row] = mapper.map(row, job.table.file, job.table.sheet)
    return found


def stored(row: Mapped) -> set[object]:
    return set(_values(row))


def _values(row: Mapped) -> Iterator[object]:
    for draft in row.drafts.drafts:
        for value in draft.values.values():
            yield from map(plain, value if isinstance(value, tuple) else (value,))


def plain(value: object) -> object:
    """Texts are compared in one width."""
    return normal(value) if isinstance(value, str) else value


def flat(expected: object) -> list[object]:
    return [part for each in expected for part in flat(each)] if isinstance(expected, list | tuple) else [plain(expected)]


def of(dirty: tuple[Rows, tuple[Spot, ...]], outcome: str) -> list[tuple[Spot, Mapped | Rejected]]:
    rows, spots = dirty
    chosen = [spot for spot in spots if spot.expected.outcome == outcome and spot.kind != "title-row"]
    return [(spot, rows[spot.file, spot.sheet, spot.row]) for spot in chosen]


def test_exactly_the_rows_that_must_not_load_are_rejected_each_with_its_reason(dirty: tuple[Rows, tuple[Spot, ...]]) -> None:
    rows, _ = dirty
    expected = of(dirty, "reject")
    rejected = {place for place, each in rows.items() if isinstance(each, Rejected)}
    assert {(spot.file, spot.sheet, spot.row) for spot, _ in expected} == rejected
    reasons = {spot.kind: each.reason.zh for spot, each in expected if isinstance(each, Rejected)}
    assert reasons == {
        "extra-column": "列错位：县区一栏是数字",
        "shifted-columns": "列错位：县区一栏是数字",
        "repeated-header": "重复的表头",
        "missing-score": "不合“总分”的规则",
    }
    assert all(each.hint.zh and each.hint.en for _, each in expected if isinstance(each, Rejected))


def test_what_a_person_should_look_at_is_listed(dirty: tuple[Rows, tuple[Spot, ...]]) -> None:
    for spot, row in of(dirty, "flag"):
        assert isinstance(row, Mapped), spot
        assert any(notice.column == spot.column for notice in row.notices), spot


def test_what_can_be_understood_is_understood(dirty: tuple[Rows, tuple[Spot, ...]]) -> None:
    """The value that the truth names stands among those that the row gives; where it names none, the raw text does not."""
    checked = 0
    for spot, row in of(dirty, "clean"):
        assert isinstance(row, Mapped), spot
        if spot.kind in ELSEWHERE or spot.column == "手机":
            continue
        values = stored(row)
        for part in flat(spot.expected.value):
            assert (part not in (None,) and part in values) or (part is None and spot.raw not in values), (spot, values)
            checked += 1
    assert checked > 150


def test_states_in_other_words(dirty: tuple[Rows, tuple[Spot, ...]]) -> None:
    for spot, row in of(dirty, "clean"):
        if spot.kind == "state-wording":
            assert isinstance(row, Mapped)
            assert (False if spot.expected.value == "未转化" else spot.expected.value) in stored(row)


def test_duplicates_say_the_same_of_the_same(dirty: tuple[Rows, tuple[Spot, ...]]) -> None:
    rows, _ = dirty
    for spot, row in of(dirty, "duplicate"):
        original = rows[spot.file, spot.sheet, int(str(spot.expected.value))]
        assert isinstance(row, Mapped) and isinstance(original, Mapped)
        subjects = [{draft.subject for draft in each.drafts.drafts if not draft.object} for each in (row, original)]
        assert subjects[0] == subjects[1], spot


def test_a_short_name_is_never_guessed(dirty: tuple[Rows, tuple[Spot, ...]]) -> None:
    for spot, row in of(dirty, "flag"):
        if spot.kind == "ambiguous-short-name":
            assert isinstance(row, Mapped)
            assert not any(draft.type in ("University", "Institute", "Agency", "Organization") for draft in row.drafts.drafts), spot
            assert not any(draft.type == "SENT_BY" for draft in row.drafts.drafts)
