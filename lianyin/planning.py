"""What planners and analysts ask about cooperation: the same of a graph that is open here and of one that a server holds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from lianyin.answers.matching import match_result
from lianyin.answers.questions import answer_result, questions_result
from lianyin.answers.reader import Document, Reader
from lianyin.answers.targets import reconciliation_result, targets_result
from lianyin.results import Result

LISTED = 100
"""Lines listed unless more are asked for; the total is told."""

Family: TypeAlias = Literal["questions", "insights", "lists"]
"""The twenty questions, what no one else tells a planner, and the reading lists of the five mechanisms."""


class Planning(ABC):
    """``as_of`` is a day (ISO), ``""`` today."""

    @property
    @abstractmethod
    def reader(self) -> Reader:
        """Who is reading."""

    @abstractmethod
    def tell(self, question: str, parameters: Mapping[str, object], actor: str = "") -> Document:
        """The answer as plain data: what ``actor`` may see of it (``cooperation.roles``), or without one what the reader may."""

    def named(self, family: Family) -> Result:
        """What can be asked, with what it takes."""
        return questions_result(self.tell(family, {}), self.reader)

    def ask(  # noqa: PLR0917
        self,
        name: str | int,
        given: Mapping[str, object] | None = None,
        as_of: str = "",
        limit: int = LISTED,
        family: Family = "questions",
        actor: str = "",
    ) -> Result:
        """The answer to a named question (``cooperation.questions``, ``cooperation.insight``, ``cooperation.lists``): lines with the rows
        behind each."""
        asked = {"name": str(name), "as_of": as_of, "limit": limit, **(given or {})}
        return answer_result(self.tell(family.removesuffix("s"), asked, actor))

    def match(self, node: str, kind: str = "", as_of: str = "", limit: int = 10, actor: str = "") -> Result:  # noqa: PLR0917
        """For a need the ranked ``experts`` (or ``alumni``, ``studios``, ``achievements``), for an expert the needs, with reasons."""
        return match_result(self.tell("match", {"node": node, "kind": kind, "as_of": as_of, "limit": limit}, actor), self.reader)

    def targets(self, year: int, place: str = "", actor: str = "") -> Result:
        """The targets of a year: target, count, report and gap, by city and district (or of one place)."""
        return targets_result(self.tell("targets", {"year": year, "place": place}, actor), self.reader)

    def reconcile(self, counts: Mapping[str, int], unloaded: Sequence[Document] = (), actor: str = "") -> Result:
        """The platform's own counts beside the graph's, with what explains each difference. ``unloaded`` are rows of a load's report
        (``lianyin.unloaded.unloaded_rows``)."""
        asked = {"counts": dict(counts), "unloaded": list(unloaded)}
        return reconciliation_result(self.tell("reconcile", asked, actor), self.reader)
