"""The whole way of a mutated file, from its bytes to claims: no value is stored that its row does not say, every row is accounted for, and
every lost cell is told. Some hundred files are tried in every run; ``LIANYIN_MUTATIONS=10000`` tries ten thousand."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import LianyinError
from ingest.mapping import MappingSpec, load_mapping_text
from ingest.no_data import KINDS
from ingest.outcome import Mapped, Notice, Rejected
from ingest.pipeline import Job, plan
from ingest.places import nowhere
from ingest.remarks import notices_of
from tests.ingest.reading import default_types, table_mapper
from tests.ingest.tables import PEOPLE
from tests.ingest.test_mutated_rows import COLUMNS, FOOTERS, MUTATED, NOTHING, VALID, WRONG, lost_as_told, stored_as_said
from tests.ingest.test_mutations import EXAMPLES

HEADER = tuple(COLUMNS.split())
WIDTH = len(HEADER)


@dataclass(frozen=True)
class Line:
    """Cells as they are written, ``foreign`` with another delimiter than the rest."""

    cells: tuple[str, ...]
    foreign: bool = False


def inserted(row: tuple[str, ...], place: int, text: str) -> tuple[str, ...]:
    return (*row[:place], text, *row[place:])


def without(row: tuple[str, ...], place: int) -> tuple[str, ...]:
    return (*row[:place], *row[place + 1 :])


PLACES = st.integers(0, WIDTH - 1)
SINGLE_LINED = MUTATED.map(lambda row: tuple(text.replace("\n", " ") for text in row))
SHIFTED = st.builds(inserted, VALID, PLACES, st.sampled_from(["", "旁注", *NOTHING, *(text for text in WRONG if "\n" not in text)]))
LINES = st.one_of(
    VALID.map(Line),
    VALID.map(Line),
    SINGLE_LINED.map(Line),
    SINGLE_LINED.map(Line),
    st.sampled_from(FOOTERS).map(Line),
    st.sampled_from(FOOTERS).map(lambda row: Line((row[0],))),
    st.just(Line(HEADER)),
    st.just(Line(("",) * WIDTH)),
    st.builds(lambda row, text: Line((*row, text)), VALID, st.sampled_from(["旁注", "", "-", "2021", "〃"])),
    SHIFTED.map(Line),
    st.builds(lambda row, place: Line(without(row, place)), VALID, PLACES),
    VALID.map(lambda row: Line(row, foreign=True)),
)


@dataclass(frozen=True)
class MutatedFile:
    """What is written: titles, a header that may have a heading twice, lines."""

    titles: list[str]
    repeated: bool
    lines: list[Line]

    @property
    def header(self) -> tuple[str, ...]:
        return (*HEADER, "职称") if self.repeated else HEADER

    def grid(self) -> list[Line]:
        return [*(Line((title,)) for title in self.titles), Line(self.header), *self.lines]

    def below(self) -> dict[int, tuple[str, ...]]:
        """Number → cells of the lines below the header that hold something."""
        first = len(self.titles) + 2
        return {number: line.cells for number, line in enumerate(self.lines, start=first) if any(map(str.strip, line.cells))}


FILES = st.builds(
    MutatedFile,
    st.lists(st.sampled_from(["某市挂职人员名单", "填报单位：某局"]), max_size=2),
    st.sampled_from([False] * 9 + [True]),
    st.lists(LINES, min_size=1, max_size=10),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("mutated")


@pytest.fixture(scope="module")
def mappings() -> dict[str, MappingSpec]:
    return load_mapping_text(PEOPLE, "own.yaml", default_types())


@given(
    file=FILES,
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_text_file(
    folder: Path, mappings: dict[str, MappingSpec], file: MutatedFile, encoding: str, delimiter: str, quoting: int
) -> None:
    foreign = {",": ";", ";": ",", "\t": ",", "|": "\t"}[delimiter]
    stream = io.StringIO()
    for line in file.grid():
        writer = csv.writer(stream, delimiter=foreign if line.foreign else delimiter, quoting=quoting, lineterminator="\n")  # type: ignore[arg-type]
        writer.writerow(line.cells)
    path = folder / "a.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    check(path, mappings, file, {delimiter, foreign})


@given(file=FILES)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_mutated_workbook(folder: Path, mappings: dict[str, MappingSpec], file: MutatedFile) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row, line in enumerate(file.grid(), start=1):
        for column, text in enumerate(line.cells, start=1):
            if text:
                cell = sheet.cell(row, column)
                cell.value = int(text) if text in ("2019", "44075", "999999") else text
                cell.data_type = "n" if isinstance(cell.value, int) else "s"
    path = folder / "a.xlsx"
    book.save(path)
    check(path, mappings, file, set())


@dataclass
class Read:
    """A table as it was mapped: by row, and what is told of the table as a whole."""

    job: Job
    rows: dict[int, Mapped | Rejected] = field(default_factory=dict)
    told: list[tuple[int, Notice]] = field(default_factory=list)


def read(path: Path, mappings: dict[str, MappingSpec]) -> Read | None:
    """None where the file is refused, with what to do."""
    try:
        (job,) = plan([path], mappings).jobs
    except LianyinError as problem:
        assert problem.detail
        return None
    found = Read(job)
    mapper = table_mapper(job, default_types(), nowhere)
    for row in job.rows():
        assert row.row not in found.rows
        found.rows[row.row] = mapper.map(row)
    found.told = list(notices_of([*job.table.remarks, *job.rows.late], job.fit.header, job.fit.header_row, set(HEADER)))
    return found


def check(path: Path, mappings: dict[str, MappingSpec], file: MutatedFile, delimiters: set[str]) -> None:
    found = read(path, mappings)
    if found is None:
        return
    below = file.below()
    notes = {number for number, cells in below.items() if not any(map(str.strip, cells[:WIDTH]))}
    assert set(found.rows) - notes <= set(below), "a row is read that is not there"
    assert set(below) - notes <= set(found.rows), "a row is lost"
    above: dict[str, str] = {}
    foreign = {number for number, line in enumerate(file.grid(), start=1) if line.foreign}
    for number, said in sorted(found.rows.items()):
        texts = below[number]
        cells = dict(zip(HEADER, (*texts, *[""] * WIDTH), strict=False))
        if isinstance(said, Rejected):
            assert said.reason.zh and said.reason.en
        elif number in foreign and delimiters:
            pytest.fail(f"a row of another delimiter was loaded: {texts}")
        else:
            stored_as_said(said, cells, above)
            lost_as_told(said, cells)
            beyond_is_told(found, number, texts)
        above = next_above(said, cells, above)


def beyond_is_told(found: Read, number: int, texts: Sequence[str]) -> None:
    """A cell under no heading of the mapping is told: beside the table, or of a heading that comes twice."""
    if any(map(str.strip, texts[WIDTH:])) and len(found.job.fit.header) == WIDTH:
        assert any(notice.dropped for _, notice in found.told), (number, texts)


def next_above(said: Mapped | Rejected, cells: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    """What a ditto mark in the next row refers to."""
    if isinstance(said, Rejected) and said.reason in KINDS:
        return above
    return {column: above.get(column, "") if text in ("同上", "〃") else text for column, text in cells.items()}


def test_a_file_that_nobody_mutated_loads_whole(folder: Path, mappings: dict[str, MappingSpec]) -> None:
    """Refusing everything would be no achievement."""
    path = folder / "whole.csv"
    rows = ["张拟,扬州示例大学,教授,2019-09,2021-08", "Ann O'Sample,Example Institute,,2019,2021-08"]
    path.write_text("\n".join([",".join(HEADER), *rows]), encoding="utf-8")
    found = read(path, mappings)
    assert found is not None and found.told == []
    assert [isinstance(said, Mapped) for said in found.rows.values()] == [True, True]
