"""Targets and the platform's counts as they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianyin.answers.common import AnyNode, Lack, Number
from lianyin.answers.questions import EvidenceRow, Facts
from lianyin.answers.reader import Reader
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from cooperation.reconciliation import Compared
    from cooperation.targets import Progress

TARGET_COLUMNS = (
    Column("place", "地区", "place"),
    Column("indicator", "指标", "indicator"),
    Column("target", "目标", "target", number=True),
    Column("counted", "统计", "counted", number=True),
    Column("numerator", "分子", "numerator", number=True),
    Column("denominator", "分母", "denominator", number=True),
    Column("unknown", "未知", "unknown", number=True),
    Column("reported", "上报", "reported", number=True),
    Column("difference", "上报减统计", "reported − counted", number=True),
    Column("gap", "缺口", "gap", number=True),
    Column("verdict", "结论", "verdict"),
)
RECONCILED_COLUMNS = (
    Column("count", "项目", "count"),
    Column("reported", "平台", "platform", number=True),
    Column("counted", "图中", "graph", number=True),
    Column("difference", "相差", "difference", number=True),
    Column("merged", "认定为同一", "found to be one", number=True),
    Column("rejected", "未载入", "refused", number=True),
    Column("repeated", "重复的行", "repeats", number=True),
    Column("taken_back", "撤销的导入", "undone loads", number=True),
    Column("own", "仅在本台", "entered here", number=True),
    Column("unexplained", "未解释", "unexplained", number=True),
    Column("rows", "行", "rows", detail=True),
)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """An indicator of a place. ``unknown`` counts things of which nobody said what would have to be known; ``counted_from`` are the very
    nodes and relationships that were counted, ``difference`` is reported less counted, ``rows`` are those of the target."""

    indicator: str
    zh: str
    en: str
    unit: str
    place: AnyNode | None
    target: Number | None
    counted: Number | None
    numerator: Number | None
    denominator: Number | None
    unknown: int | None
    unknown_ids: list[str]
    counted_from: list[str]
    reported: Number | None
    difference: Number | None
    gap: Number | None
    verdict: str
    rows: list[EvidenceRow]


@dataclass(frozen=True, slots=True)
class TargetsAnswer:
    """Targets of a year, and how many have each verdict."""

    year: int
    verdicts: dict[str, int]
    rows: list[TargetRow]
    lacks: list[Lack]


@dataclass(frozen=True, slots=True)
class UnloadedRow:
    """A row that a load refused, or one that repeats another (``repeats``)."""

    file: str
    sheet: str
    row: int
    zh: str
    en: str
    repeats: bool


@dataclass(frozen=True, slots=True)
class ComparedCount:
    """A count of the platform beside the graph's: ``taken_back`` are those of which only undone loads spoke, ``own`` those of which only
    acts at this desk do."""

    name: str
    zh: str
    en: str
    reported: int
    counted: int
    difference: int
    merged: int
    rejected: int
    repeated: int
    taken_back: int
    own: int
    unexplained: int
    rows: list[UnloadedRow]


@dataclass(frozen=True, slots=True)
class ReconciliationAnswer:
    """Every count that was given, and whether all agree."""

    counts: list[ComparedCount]
    equal: bool


def targets_told(rows: Sequence[Progress], reader: Reader, facts: Facts, *, counts_only: bool) -> list[TargetRow]:
    """Each indicator with what it was counted from and the rows of its target; to whom counts alone are shown, without the former."""
    behind = facts.rows(tuple(dict.fromkeys(id for row in rows for id in row.rests_on)))
    return [
        _target(row, reader, facts, [source for id in row.rests_on for source in behind.get(id, ())], counts_only=counts_only)
        for row in rows
    ]


def _target(row: Progress, reader: Reader, facts: Facts, sources: list[EvidenceRow], *, counts_only: bool) -> TargetRow:
    place, counted = facts.node(row.place), row.counted
    return TargetRow(
        indicator=row.indicator.name,
        zh=row.indicator.label.zh,
        en=row.indicator.label.en,
        unit=row.indicator.unit,
        place=reader.named(place) if place is not None else None,
        target=row.target,
        counted=None if counted is None or counted.value is None else round(counted.value, 4),
        numerator=counted.numerator if counted is not None else None,
        denominator=counted.denominator if counted is not None else None,
        unknown=len(counted.unknown) if counted is not None else None,
        unknown_ids=[] if counted is None or counts_only else _ids(counted.unknown, reader, facts),
        counted_from=[] if counted is None or counts_only else _ids(counted.rows, reader, facts),
        reported=row.reported,
        difference=row.difference,
        gap=row.gap,
        verdict=row.verdict,
        rows=sources,
    )


def _ids(ids: Iterable[str], reader: Reader, facts: Facts) -> list[str]:
    """Ids that may be told: a node whose name is above the reader is not."""
    return [id for id in ids if (node := facts.node(id)) is None or reader.may_name(node)]


def targets_table(answer: TargetsAnswer, reader: Reader) -> Table:
    """One row an indicator and place."""
    rows = [
        (
            row.place.caption if row.place is not None else None,
            say(reader.language, row.zh, row.en),
            *(getattr(row, column.key) for column in TARGET_COLUMNS[2:]),
        )
        for row in answer.rows
    ]
    return Table(TARGET_COLUMNS, rows, title=("，".join(f"{verdict} {count}" for verdict, count in answer.verdicts.items()),))


def reconciliation_answer(rows: Sequence[Compared]) -> ReconciliationAnswer:
    """Each count with its difference and what explains it."""
    return ReconciliationAnswer([_compared(row) for row in rows], equal=all(not row.difference for row in rows))


def _compared(row: Compared) -> ComparedCount:
    return ComparedCount(
        name=row.name,
        zh=row.label.zh,
        en=row.label.en,
        reported=row.reported,
        counted=row.counted,
        difference=row.difference,
        merged=row.merged,
        rejected=row.rejected,
        repeated=row.repeated,
        taken_back=len(row.taken_back),
        own=len(row.own_ids),
        unexplained=row.unexplained,
        rows=[UnloadedRow(row.file, row.sheet, row.row, row.reason.zh, row.reason.en, row.repeats) for row in row.unloaded],
    )


def reconciliation_table(answer: ReconciliationAnswer, reader: Reader) -> Table:
    """One row a count."""
    rows = [
        (
            say(reader.language, count.zh, count.en),
            *(getattr(count, column.key) for column in RECONCILED_COLUMNS[1:-1]),
            "；".join(f"{row.file}:{row.row} {say(reader.language, row.zh, row.en)}" for row in count.rows),
        )
        for count in answer.counts
    ]
    told = ("各数一致", "All are equal") if answer.equal else ("有差异", "There are differences")
    return Table(RECONCILED_COLUMNS, rows, title=(say(reader.language, *told),))
