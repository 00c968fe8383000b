"""Labelled pairs of a CSV."""

from __future__ import annotations

import csv
from pathlib import Path

from graph.errors import FileProblem
from graph.messages import message
from lianyin.operations.review import LabelledPair


def read_labels(path: Path) -> tuple[LabelledPair, ...]:
    """The pairs of a CSV with the columns ``left``, ``right`` (ids) and ``same`` (1 or 0). Raises ``FileProblem`` with the row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise FileProblem(message("{path} cannot be read: {problem}.", path=path, problem=problem), where={"file": str(path)}) from problem
    return tuple(_label(row, number, path) for number, row in enumerate(rows, 2))


def _label(row: dict[str, str], number: int, path: Path) -> LabelledPair:
    left, right, same = (row.get(name) or "" for name in ("left", "right", "same"))
    if not left or not right or same not in ("0", "1"):
        raise FileProblem(
            message("Row {number} of {file} is not a labelled pair.", number=number, file=path.name),
            hint=message("The columns are left, right (ids) and same (1 or 0)."),
            where={"file": str(path), "row": number},
        )
    return LabelledPair(left, right, same == "1")
