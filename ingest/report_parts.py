"""The parts of a load's report: its tables, rejected rows, notices and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ingest.editions import EditionReport, PossibleEdition
from ingest.outcome import NO_TEXT, Bilingual
from ingest.usage import UnusedColumn

Outcome = Literal["rejected", "left-out", "loaded"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Records. ``read`` is the sum of the other four: the pipeline refuses to publish anything else."""

    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0

    def __post_init__(self) -> None:
        if self.read != self.new + self.updated + self.unchanged + self.rejected:
            raise ValueError(f"records are unaccounted for: {self}")

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.read + other.read,
            self.new + other.new,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True, slots=True)
class FileReport:
    """One table of one file. ``delimiter`` and ``encoding`` are as detected or as the mapping says; ``chosen`` tells how the mapping came:
    ``proposed`` from the header, or ``named`` by the user. ``date`` is that of its rows, ``date_origin`` where it was told from
    (``ingest.dating.Origin``), ``date_told`` the same in words, ``date_doubts`` what a person should look at. ``relationships``
    counts what its rows said of them; ``unused`` are columns of which nothing was loaded. ``edition`` says of what it is
    another edition, ``edition_doubts`` and ``possible_edition`` of what it may be one."""

    file: str
    sheet: str
    mapping: str
    chosen: str
    source: str
    encoding: str
    delimiter: str
    header_row: int
    totals: Totals
    date: str = ""
    date_origin: str = ""
    date_told: Bilingual = NO_TEXT
    date_doubts: tuple[Bilingual, ...] = ()
    relationships: int = 0
    unused: tuple[UnusedColumn, ...] = ()
    edition: EditionReport | None = None
    edition_doubts: tuple[Bilingual, ...] = ()
    possible_edition: PossibleEdition | None = None


@dataclass(frozen=True, slots=True)
class RowReport:
    """One rejected row, or one notice. ``value`` is masked if it is personal."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: Bilingual
    hint: Bilingual


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How many rows of one file were rejected (or noticed) for one reason."""

    file: str
    column: str
    reason: Bilingual
    count: int


@dataclass(frozen=True, slots=True)
class QualityCount:
    """How many rows of one table broke one rule in one column (``""``: the row as a whole), and what became of them: the row was
    ``rejected``, the value was ``left-out``, or it was ``loaded`` and somebody should look. ``share`` is of the table's rows, 0 to 1."""

    file: str
    sheet: str
    column: str
    rule: Bilingual
    outcome: Outcome
    rows: int
    share: float


@dataclass(frozen=True, slots=True)
class GoneRow:
    """A row that an earlier load read from this file and that is missing now. ``row`` is where it stood; ``closed`` says that this load
    took back what it said."""

    file: str
    sheet: str
    row: int
    closed: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or sheet of a folder that fits no mapping: not read, and said so."""

    file: str
    sheet: str
    reason: Bilingual
