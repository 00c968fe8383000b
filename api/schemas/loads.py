"""Loads and their reports."""

from __future__ import annotations

from typing import Literal

from api.schemas.common import Label, Model, NodeBrief, Value


class Advice(Label):
    """What to do about a load that was interrupted."""


class LoadedTable(Model):
    """Of what day a table is, and where that was told from: `given` (`date`), `answer` (of who was asked), `file-name`, `title`, `sheet`,
    `properties` of the workbook, `load` (the day of the load)."""

    file: str
    sheet: str
    mapping: str
    date: str | None
    told: str
    edition_of: str | None


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
    tables: list[LoadedTable]
    advice: Advice | None


class LoadsAnswer(Model):
    """The last loads, oldest first; `limit` is `loads` where earlier ones are left out."""

    loads: list[Load]
    truncated: bool
    limit: Literal["loads"] | None


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


class ChangedProperty(Model):
    """A property of before and after; null where it is absent."""

    property: str
    before: Value | None
    after: Value | None


class NewNode(NodeBrief):
    properties: dict[str, Value]


class ChangedNode(NodeBrief):
    changes: list[ChangedProperty]


class ListedRelationship(Model):
    type: str
    source: NodeBrief
    target: NodeBrief
    valid_from: str | None
    valid_to: str | None
    ended: bool
    trust: int | None
    properties: dict[str, Value]


class ChangedRelationship(ListedRelationship):
    changes: list[ChangedProperty]


class NodeDifference(Model):
    new: list[NewNode]
    changed: list[ChangedNode]
    gone: list[NodeBrief]


class RelationshipDifference(Model):
    new: list[ListedRelationship]
    changed: list[ChangedRelationship]
    gone: list[ListedRelationship]


class Difference(Model):
    """Fact by fact, up to `limit` of each kind; what the reader may not see is left out."""

    nodes: NodeDifference
    relationships: RelationshipDifference
    truncated: bool
    limit: int | None


class LoadName(Model):
    id: str
    name: str


class RowPlace(Model):
    file: str
    sheet: str
    row: int


class ComparedRows(Model):
    """`different` are rows of both that say something else; `same_total` counts the others."""

    only_first_total: int
    only_second_total: int
    different_total: int
    same_total: int
    only_first: list[RowPlace]
    only_second: list[RowPlace]
    different: list[RowPlace]


class ComparisonAnswer(Model):
    """What the files of two loads say differently, from the first to the second."""

    first: LoadName
    second: LoadName
    rows: ComparedRows
    facts: FactTotals
    difference: Difference


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


class UndoAnswer(Model):
    undone: str
    load: str
    revision: int
    facts: FactTotals
