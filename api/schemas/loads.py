"""The report of a load."""

from __future__ import annotations

from typing import Literal

from api.schemas.common import Label, Model
from lianyin.answers.differences import Difference, FactTotals


class Totals(Model):
    """Rows: `read` is the sum of the other four."""

    read: int
    new: int
    updated: int
    unchanged: int
    rejected: int


class UnusedColumn(Model):
    """A column of which nothing was loaded, with the first text in it, masked where it may be personal."""

    column: str
    value: str


class AloneCount(Model):
    """How many nodes of a type are ends of no relationship of this load."""

    type: str
    nodes: int


class Edition(Model):
    """Of what a table is another edition, and why (`why`: `given`, `keys`, `name`); `older` is the earlier of the two. `missing` are rows
    that it lacks, `contradicted` values that it changes."""

    load: str
    file: str
    sheet: str
    date: str
    why: str
    known: int
    looked_at: int
    older: bool
    missing: int
    contradicted: int


class PossibleEdition(Model):
    """Of which table of a load another may be an edition: too few keys are known there to say, or it is of the same date."""

    load: str
    file: str
    sheet: str
    date: str
    known: int
    looked_at: int
    same_day: bool


class FileReport(Model):
    """One table that was read; `relationships` counts what its rows said of them."""

    file: str
    sheet: str
    mapping: str
    chosen: str
    source: str
    encoding: str
    delimiter: str
    header_row: int
    totals: Totals
    date: str
    date_origin: str
    date_told: Label
    date_doubts: list[Label]
    relationships: int
    unused: list[UnusedColumn]
    edition: Edition | None
    edition_doubts: list[Label]
    possible_edition: PossibleEdition | None


class RowReport(Model):
    """A rejected row, or a notice; a personal value is masked."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: Label
    hint: Label


class ReasonCount(Model):
    file: str
    column: str
    reason: Label
    count: int


class QualityCount(Model):
    """How many rows of one table broke one rule in one column, and what became of them: the row was `rejected`, the value `left-out`, or
    it was `loaded` and somebody should look. `share` is of the table's rows, 0 to 1."""

    file: str
    sheet: str
    column: str
    rule: Label
    outcome: Literal["rejected", "left-out", "loaded"]
    rows: int
    share: float


class GoneRow(Model):
    """A row that an earlier load read from this file and that is missing now."""

    file: str
    sheet: str
    row: int
    closed: bool


class Skipped(Model):
    file: str
    sheet: str
    reason: Label


class ReportAnswer(Model):
    """Every row that was read is accounted for. A preview has no load (`""`); its facts are those that the
    load would change. `example` are the names of two nodes between which there is a path, `advice` says what to do next."""

    load: str
    revision: int
    totals: Totals
    facts: FactTotals
    files: list[FileReport]
    rejected: list[RowReport]
    rejected_by_reason: list[ReasonCount]
    notices: list[RowReport]
    notices_by_reason: list[ReasonCount]
    quality: list[QualityCount]
    gone: list[GoneRow]
    gone_total: int
    skipped: list[Skipped]
    alone: list[AloneCount]
    example: list[str] | None
    advice: list[Label]
    truncated: list[str]
    difference: Difference | None
