"""What goes between the process that asks and the one that runs analysts' queries."""

from __future__ import annotations

from typing import NamedTuple

OUT_OF_TIME = 75
OUT_OF_MEMORY = 76
"""Exit codes of a process that met a limit."""

UNSUITABLE = "unsuitable"
"""The problem of a query that the engine began to run and could not: its own words may quote what is stored."""


class Question(NamedTuple):
    """``bytes`` of memory beyond what the copy takes, and of the answer."""

    text: str
    parameters: dict[str, object]
    milliseconds: int
    rows: int
    bytes: int


class Answer(NamedTuple):
    """A part of an answer. The first of an answer has its ``columns``; the last one is ``done``, with the limit that cut it or what was
    wrong with the query."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    done: bool = False
    limit: str = ""
    problem: str = ""
