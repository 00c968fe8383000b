"""Targets as they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cooperation.reconciliation import Compared
from cooperation.targets import Progress, listed
from lianyin.answers.questions import Facts
from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.results import Column, Result

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


def targets_document(rows: Sequence[Progress], year: int, reader: Reader, facts: Facts) -> Document:
    """Each indicator with what it was counted from (``counted_from``: node and relationship ids) and the rows of its target."""
    behind = facts.rows(tuple(dict.fromkeys(id for each in rows for id in each.rests_on)))
    return {
        "year": year,
        "verdicts": dict(listed(rows)),
        "rows": [_row(each, reader, facts) | {"rows": [row for id in each.rests_on for row in behind.get(id, ())]} for each in rows],
    }


def _row(each: Progress, reader: Reader, facts: Facts) -> dict[str, object]:
    place, counted = facts.node(each.place), each.counted
    return {
        "indicator": each.indicator.name,
        "zh": each.indicator.label.zh,
        "en": each.indicator.label.en,
        "unit": each.indicator.unit,
        "place": reader.brief(place) if place is not None else None,
        "target": each.target,
        "counted": None if counted is None or counted.value is None else round(counted.value, 4),
        "numerator": counted.numerator if counted is not None else None,
        "denominator": counted.denominator if counted is not None else None,
        "unknown": len(counted.unknown) if counted is not None else None,
        "unknown_ids": _ids(counted.unknown if counted is not None else (), reader, facts),
        "counted_from": _ids(counted.rows if counted is not None else (), reader, facts),
        "reported": each.reported,
        "difference": each.difference,
        "gap": each.gap,
        "verdict": each.verdict,
    }


def _ids(ids: Iterable[str], reader: Reader, facts: Facts) -> list[str]:
    """Ids that may be told: a node whose name is above the reader is not."""
    return [id for id in ids if (found := facts.node(id)) is None or reader.may_name(found)]


def targets_result(document: Document, reader: Reader) -> Result:
    """One row an indicator and place."""
    rows = [
        (_caption(each), each[reader.language], *(each[column.key] for column in TARGET_COLUMNS[2:]))
        for each in documents(document, "rows")
    ]
    return Result(document, TARGET_COLUMNS, rows)


def _caption(row: Document) -> object:
    return inner(row, "place")["caption"] if row["place"] else None


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


def reconciliation_document(rows: Sequence[Compared]) -> Document:
    """Each count with its difference and what explains it."""
    return {
        "counts": [
            {
                "name": each.name,
                "zh": each.label.zh,
                "en": each.label.en,
                "reported": each.reported,
                "counted": each.counted,
                "difference": each.difference,
                "merged": each.merged,
                "rejected": each.rejected,
                "repeated": each.repeated,
                "taken_back": len(each.taken_back),
                "own": len(each.own_ids),
                "unexplained": each.unexplained,
                "rows": [
                    {"file": one.file, "sheet": one.sheet, "row": one.row, "zh": one.reason.zh, "en": one.reason.en, "repeats": one.repeats}
                    for one in each.unloaded
                ],
            }
            for each in rows
        ],
        "equal": all(not each.difference for each in rows),
    }


def reconciliation_result(document: Document, reader: Reader) -> Result:
    """One row a count."""
    rows = [
        (
            each[reader.language],
            *(each[column.key] for column in RECONCILED_COLUMNS[1:-1]),
            "；".join(f"{one['file']}:{one['row']} {one[reader.language]}" for one in documents(each, "rows")),
        )
        for each in documents(document, "counts")
    ]
    return Result(document, RECONCILED_COLUMNS, rows)
