"""What is given with an action or a question: its parameters, and what somebody gave for them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from graph.ontology.schema import Label


class ParameterType(StrEnum):
    """What a parameter takes: the id of a node, a text, a day, a number (0 or more), a count (a whole number of 0 or more), yes or no, or
    points by criterion (``criterion=number`` each)."""

    NODE = "node"
    TEXT = "text"
    DAY = "day"
    NUMBER = "number"
    COUNT = "count"
    FLAG = "flag"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that is given with an action. ``types`` are the node types it may name, ``choices`` close a list of texts, ``many`` takes
    several. A ``required`` one cannot be left out."""

    name: str
    takes: ParameterType
    label: Label
    required: bool = False
    many: bool = False
    types: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was given, read and checked (``cooperation.reading``): node ids as text, days as dates, an absent value absent."""

    values: Mapping[str, object]

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """The text or node id, ``""`` if none was given."""
        return str(self.values.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts or node ids, in the order given."""
        return tuple(cast("Sequence[str]", self.values.get(name, ())))

    def day(self, name: str, otherwise: datetime.date) -> datetime.date:
        return cast("datetime.date", self.values.get(name, otherwise))

    def iso(self, name: str) -> str:
        """The day as ISO 8601, ``""`` if none was given."""
        found = self.values.get(name)
        return found.isoformat() if isinstance(found, datetime.date) else ""

    def number(self, name: str) -> float | None:
        found = self.values.get(name)
        return float(found) if isinstance(found, (int, float)) else None

    def count(self, name: str) -> int | None:
        found = self.values.get(name)
        return found if isinstance(found, int) else None

    def flag(self, name: str) -> bool:
        return self.values.get(name) is True

    def points(self, name: str) -> Mapping[str, float]:
        """Points by criterion."""
        return cast("Mapping[str, float]", self.values.get(name, {}))


def node(name: str, zh: str, en: str, *types: str, required: bool = True, many: bool = False) -> Parameter:  # noqa: PLR0917
    """A parameter that names a node."""
    return Parameter(name, ParameterType.NODE, Label(zh, en), required, many, types)


def text(name: str, zh: str, en: str, *choices: str, required: bool = False, many: bool = False) -> Parameter:  # noqa: PLR0917
    """A parameter that is a text, perhaps one of few."""
    return Parameter(name, ParameterType.TEXT, Label(zh, en), required, many, choices=choices)


def day(name: str, zh: str, en: str, *, required: bool = False) -> Parameter:
    """A parameter that is a day."""
    return Parameter(name, ParameterType.DAY, Label(zh, en), required)


def number(name: str, zh: str, en: str, *, required: bool = False) -> Parameter:
    """A parameter that is a number of 0 or more."""
    return Parameter(name, ParameterType.NUMBER, Label(zh, en), required)


def count(name: str, zh: str, en: str, *, required: bool = False) -> Parameter:
    """A parameter that is a whole number of 0 or more."""
    return Parameter(name, ParameterType.COUNT, Label(zh, en), required)


def flag(name: str, zh: str, en: str) -> Parameter:
    """A parameter that is yes or no."""
    return Parameter(name, ParameterType.FLAG, Label(zh, en))
