"""The rows of a load's report that explain why the platform counts more than the graph: refused ones and repeats, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from cooperation.reconciliation import COUNTS
from graph.errors import FileProblem
from graph.messages import message
from ingest.map import EXAMPLE, HEADER_AGAIN
from ingest.repeats import AGAIN, SAME_KEY
from ingest.report import Report, report_of
from lianyin.operations.planning import ExplainingRow

NO_RECORD = frozenset({HEADER_AGAIN, EXAMPLE})
"""Refused rows that are no record of anything: they explain no difference."""

REPEATS = frozenset({AGAIN, SAME_KEY})


def unloaded_rows(path: Path) -> list[ExplainingRow]:
    """The rows of a report (``lianyin ingest --report FILE.json``). Raises ``FileProblem`` for a file that is none."""
    try:
        report = report_of(orjson.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        hint = message("'lianyin ingest … --report FILE.json' writes one.")
        raise FileProblem(message("'{file}' is not a report of a load.", file=path.name), hint=hint, where={"file": path.name}) from problem
    return list(_rows(report))


def _rows(report: Report) -> Iterator[ExplainingRow]:
    counts = {count.mapping: name for name, count in COUNTS.items()}
    tables = {(each.file, each.sheet): counts.get(each.mapping, "") for each in report.files}
    for rows, repeats in ((report.rejected, False), (report.notices, True)):
        for each in rows:
            count, reason = tables.get((each.file, each.sheet), ""), each.reason
            if count and reason not in NO_RECORD and (not repeats or reason in REPEATS):
                yield ExplainingRow(count, each.file, each.row, reason.zh, reason.en, each.sheet, repeats)
