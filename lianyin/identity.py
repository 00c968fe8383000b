"""Which nodes may be one, and what people judged of them: the same of a graph that is open here and of one that a server holds."""

from __future__ import annotations

import csv
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from graph.errors import FileProblem
from graph.identity.candidates import PROPOSED
from graph.messages import message
from lianyin.answers.identity import (
    candidates_result,
    contradictions_result,
    judged_result,
    judgements_result,
    preview_result,
    quality_result,
)
from lianyin.answers.reader import Document, Reader
from lianyin.results import Result

LISTED = 50
MOST_LISTED = 10_000
MOST_LABELS = 100_000
"""Labelled pairs that are measured at once."""


class Identity(ABC):
    """Candidates are derived anew each time and never written; judgements are acts of the ledger.
    ``actor`` is ``ROLE`` or ``ROLE:NAME``."""

    @property
    @abstractmethod
    def reader(self) -> Reader:
        """Who is reading."""

    @abstractmethod
    def tell(self, question: str, parameters: Mapping[str, object], actor: str = "") -> Document:
        """The answer, or what came of a judgement, as plain data."""

    def candidates(self, limit: int = LISTED, least: float = PROPOSED) -> Result:
        """The pairs that score at least ``least`` (0 to 1), best first, without those that were judged."""
        return candidates_result(self.tell("candidates", {"limit": limit, "least": least}), self.reader)

    def judge(self, actor: str, left: str, right: str, verdict: str, note: str = "", *, preview: bool = False) -> Result:  # noqa: PLR0917
        """Records a judgement (same, different, unsure), or with ``preview`` only says what it would change."""
        given = {"left": left, "right": right, "verdict": verdict, "note": note, "preview": preview}
        told = self.tell("judge", given, actor)
        return preview_result(told) if preview else judged_result(told)

    def withdraw(self, actor: str, left: str, right: str) -> Result:
        """Takes the standing judgement of a pair back."""
        return judged_result(self.tell("withdraw", {"left": left, "right": right}, actor))

    def judgements(self) -> Result:
        """All that stand, the latest first; those of nodes that the reader may not name are only counted."""
        return judgements_result(self.tell("judgements", {}))

    def contradictions(self) -> Result:
        """Pairs judged different that a chain of statements joins."""
        return contradictions_result(self.tell("contradictions", {}))

    def quality(self, labels: Path) -> Result:
        """Precision, recall and F1 on labelled pairs: a CSV with the columns ``left``, ``right`` (ids) and ``same`` (1 or 0)."""
        known = [{"left": left, "right": right, "same": same} for (left, right), same in read_labels(labels).items()]
        return quality_result(self.tell("quality", {"labels": known}))


def read_labels(path: Path) -> dict[tuple[str, str], bool]:
    """Labelled pairs of a CSV: of each pair of ids (the lesser first) whether it is the same. Raises ``FileProblem`` with the row."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise FileProblem(message("{path} cannot be read: {problem}.", path=path, problem=problem), where={"file": str(path)}) from problem
    found: dict[tuple[str, str], bool] = {}
    for number, row in enumerate(rows, 2):
        left, right, same = (row.get(name) or "" for name in ("left", "right", "same"))
        if not left or not right or same not in ("0", "1"):
            raise FileProblem(
                message("Row {number} of {file} is not a labelled pair.", number=number, file=path.name),
                hint=message("The columns are left, right (ids) and same (1 or 0)."),
                where={"file": str(path), "row": number},
            )
        found[min(left, right), max(left, right)] = same == "1"
    return found
