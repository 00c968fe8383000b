"""Times from a day to a day, both included; an unknown end is open."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import RuleBroken
from graph.messages import Message, message
from graph.model import Relationship
from graph.values import first_day, last_day


@dataclass(frozen=True, slots=True)
class Period:
    """``start`` and ``end`` are ISO dates, perhaps partial; ``""`` means unknown."""

    start: str
    end: str

    def covers(self, day: datetime.date) -> bool:
        """Whether it may hold on that day."""
        return self._first <= day <= self._last

    def is_over(self, day: datetime.date) -> bool:
        """Whether it ended before that day."""
        return self._last < day

    def overlaps(self, other: Period) -> bool:
        """Whether the two may hold on one day."""
        return self._first <= other._last and other._first <= self._last

    def __str__(self) -> str:
        return f"{self.start or '…'} – {self.end or '…'}"

    @property
    def _first(self) -> datetime.date:
        return first_day(self.start) if self.start else datetime.date.min

    @property
    def _last(self) -> datetime.date:
        return last_day(self.end) if self.end else datetime.date.max


def period_of(relationship: Relationship) -> Period:
    """When a dated relationship holds."""
    return Period(str(relationship.properties.get("validFrom", "")), str(relationship.properties.get("validTo", "")))


def check_order(start: str, end: str, rule: str, parameter: str = "until") -> None:
    """Raises ``RuleBroken`` for a time that ends before it begins."""
    if start and end and last_day(end) < first_day(start):
        raise RuleBroken(
            message("It would end on {end}, before it begins on {start}.", end=end, start=start),
            rule=f"{rule}.period",
            where={"parameter": parameter},
        )


def check_apart(wanted: Period, others: Iterable[Period], rule: str, what: Message) -> None:
    """Raises ``RuleBroken`` for a time that overlaps another one."""
    for other in others:
        if wanted.overlaps(other):
            raise RuleBroken(
                message("{what} already: {period}.", what=what, period=other),
                rule=f"{rule}.overlap",
                hint=message("End that one first, or choose other days."),
            )


def check_not_future(day: datetime.date, today: datetime.date, rule: str, parameter: str = "on") -> None:
    """Raises ``RuleBroken`` for something that is said to have happened on a day to come."""
    if day > today:
        raise RuleBroken(
            message("{day} is after today ({today}).", day=day, today=today), rule=f"{rule}.future", where={"parameter": parameter}
        )
