"""Loads and their reports."""

from __future__ import annotations

from api.schemas.common import Label, Model


class Load(Model):
    id: str
    kind: str
    name: str
    documents: list[str]
    state: str
    recorded_at: str
    data_date: str | None
    revision: int
    undoes: str | None
    undone_by: str | None
    totals: dict[str, int]


class LoadsAnswer(Model):
    loads: list[Load]


class Totals(Model):
    """Rows: `read` is the sum of the other four."""

    read: int
    new: int
    updated: int
    unchanged: int
    rejected: int


class FactTotals(Model):
    nodes_new: int
    nodes_updated: int
    nodes_removed: int
    relationships_new: int
    relationships_updated: int
    relationships_removed: int


class FileReport(Model):
    file: str
    sheet: str
    mapping: str
    chosen: str
    source: str
    encoding: str
    delimiter: str
    header_row: int
    totals: Totals


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


class GoneRow(Model):
    """A row that an earlier load read from this file and that is missing now."""

    file: str
    sheet: str
    row: int
    closed: bool


class Skipped(Model):
    file: str
    sheet: str
    reason: str


class ReportAnswer(Model):
    """Every row that was read is accounted for. A preview has no load (`""`); its facts are those that the
    load would change."""

    load: str
    revision: int
    totals: Totals
    facts: FactTotals
    files: list[FileReport]
    rejected: list[RowReport]
    rejected_by_reason: list[ReasonCount]
    notices: list[RowReport]
    notices_by_reason: list[ReasonCount]
    gone: list[GoneRow]
    gone_total: int
    skipped: list[Skipped]
    truncated: list[str]


class UndoAnswer(Model):
    undone: str
    load: str
    revision: int
    facts: FactTotals
