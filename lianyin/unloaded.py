"""The rows of a load's report that explain why the platform counts more than the graph: refused ones and repeats, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import orjson

from cooperation.reconciliation import COUNTS, Unloaded
from graph.errors import FileProblem, QueryProblem
from graph.messages import message
from graph.ontology.schema import Label
from ingest.map import EXAMPLE, HEADER_AGAIN
from ingest.repeats import AGAIN, SAME_KEY
from ingest.report import LISTED, Report, report_of
from lianyin.answers.reader import Document

NO_RECORD = frozenset({HEADER_AGAIN, EXAMPLE})
"""Refused rows that are no record of anything: they explain no difference."""

REPEATS = frozenset({AGAIN, SAME_KEY})


def unloaded_rows(path: Path) -> list[Document]:
    """The rows of a report (``lianyin ingest --report FILE.json``). Raises ``FileProblem`` for a file that is none."""
    try:
        report = report_of(orjson.loads(path.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError) as problem:
        hint = message("'lianyin ingest … --report FILE.json' writes one.")
        raise FileProblem(message("'{file}' is not a report of a load.", file=path.name), hint=hint, where={"file": path.name}) from problem
    return list(_rows(report))


def _rows(report: Report) -> Iterator[Document]:
    counts = {count.mapping: name for name, count in COUNTS.items()}
    tables = {(each.file, each.sheet): counts.get(each.mapping, "") for each in report.files}
    for rows, repeats in ((report.rejected, False), (report.notices, True)):
        for each in rows:
            count, reason = tables.get((each.file, each.sheet), ""), each.reason
            if count and reason not in NO_RECORD and (not repeats or reason in REPEATS):
                place = {"count": count, "file": each.file, "sheet": each.sheet, "row": each.row}
                yield {**place, "zh": reason.zh, "en": reason.en, "repeats": repeats}


def read_unloaded(rows: object) -> list[Unloaded]:
    """The same rows as they are given to a question. Raises ``QueryProblem`` for too many, or of a count that there is not."""
    given = cast("Sequence[Document]", rows or ())
    if len(given) > LISTED:
        raise QueryProblem(message("At most {listed:,} rows can explain a count.", listed=LISTED), where={"parameter": "unloaded"})
    for each in given:
        if each["count"] not in COUNTS:
            hint = message("Counts: {counts}.", counts=tuple(COUNTS))
            raise QueryProblem(
                message("'{count}' is not one of the platform's counts.", count=each["count"]), hint=hint, where={"parameter": "unloaded"}
            )
    return [
        Unloaded(
            str(each["count"]),
            str(each["file"]),
            str(each.get("sheet", "")),
            int(str(each["row"])),
            Label(str(each["zh"]), str(each["en"])),
            bool(each.get("repeats")),
        )
        for each in given
    ]
