"""The shape of a named question: what it takes, how it is computed, and lines that rest on facts."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from cooperation.parameters import Arguments, Parameter
from cooperation.questions.lacking import Requirement
from cooperation.world import World
from graph.ontology.schema import Label

if TYPE_CHECKING:
    from cooperation.matching.ranking import Matcher
    from graph.analytics import AnalysisAnswer, AnalysisQuery


@dataclass(frozen=True, slots=True)
class Ref:
    """A node, told by its caption as far as whoever reads may know it."""

    id: str


Cell: TypeAlias = "str | int | float | bool | Ref | tuple[Ref, ...] | None"
"""``None`` is unknown, which is not zero."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer, its ``cells`` in step with the question's columns, and the ids of the nodes and relationships it rests on."""

    cells: tuple[Cell, ...]
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its key in JSON, and what people read."""

    key: str
    label: Label
    number: bool = False


@dataclass(frozen=True, slots=True)
class QuestionContext:
    """What a question is asked of: the facts, the day, what was given, and how many lines are wanted. Few questions look at the rest:
    analyses of the whole graph, the facts as they were known at a moment of the past, the matching of needs."""

    world: World
    day: datetime.date
    given: Arguments
    limit: int
    analyse: Callable[[AnalysisQuery], AnalysisAnswer]
    known_at: Callable[[str], World]
    matcher: Callable[[], Matcher]

    @property
    def iso(self) -> str:
        """The day as ISO 8601."""
        return self.day.isoformat()


@dataclass(frozen=True, slots=True)
class Question:
    """``label`` is the question in few words, ``how`` says how it is computed. Lines come in their order. ``clearance`` is the privacy
    class that a reader needs to be answered at all; ``needs`` what the graph must hold for an answer to mean anything."""

    number: int
    name: str
    label: Label
    how: Label
    parameters: tuple[Parameter, ...]
    columns: tuple[Field, ...]
    answer: Callable[[QuestionContext], Sequence[Line]]
    clearance: int = 0
    needs: tuple[Requirement, ...] = ()


def column(key: str, zh: str, en: str, *, number: bool = False) -> Field:
    """A column."""
    return Field(key, Label(zh, en), number)


def ids(*facts: object) -> tuple[str, ...]:
    """The ids of these nodes and relationships, each once, in their order."""
    return tuple(dict.fromkeys(str(getattr(each, "id", each)) for each in facts if each))


def refs(found: Sequence[str]) -> tuple[Ref, ...]:
    """Several nodes in one cell."""
    return tuple(Ref(each) for each in found)
