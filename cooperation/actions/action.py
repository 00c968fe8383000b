"""The shape of an action: what it takes, who may do it, and what it states."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cooperation.acting import Desk
from cooperation.parameters import Arguments, Parameter
from cooperation.roles import Actor
from graph.model import Draft
from graph.ontology.schema import Label


@dataclass(frozen=True, slots=True)
class ActionContext:
    """What a rule looks at: the desk with its store and its day, who acts, what was given, and the node that the act is on: the one that it
    makes, or the one that it changes."""

    desk: Desk
    actor: Actor
    given: Arguments
    subject: str

    @property
    def today(self) -> datetime.date:
        return self.desk.today

    @property
    def day(self) -> str:
        """Today, as ISO 8601."""
        return self.desk.today.isoformat()


@dataclass(frozen=True, slots=True)
class Action:
    """``decide`` looks at a case and gives what is then stated, or raises ``Forbidden``, ``RuleBroken`` or ``ValueProblem``. ``creates`` is
    the node type that it makes, whose id may be given as ``id``; one without is on the node that the parameter ``on`` names.
    ``standing_for`` gives the id of the one node there is for what was given: doing it again changes that."""

    name: str
    mechanism: str
    label: Label
    parameters: tuple[Parameter, ...]
    decide: Callable[[ActionContext], Sequence[Draft]]
    creates: str = ""
    on: str = ""
    standing_for: Callable[[Arguments], str] | None = None

    @property
    def right(self) -> str:
        """What ``cooperation.roles`` calls the right to it."""
        return f"{self.mechanism}.{self.name}"
