"""Questions about nodes and what is next to them, not about the course of a path: which conditions they take."""

from __future__ import annotations

from dataclasses import fields

from graph.errors import QueryProblem
from graph.paths.conditions import Rules, compile_conditions
from graph.paths.query import AnswerContext, Conditions
from graph.projection import Projection

OF_PATHS = ("pattern", "through", "through_types", "together")
"""Conditions on a whole path; they say nothing where no path is asked for."""


def plain_rules(projection: Projection, conditions: Conditions, context: AnswerContext, question: str) -> Rules:
    """The conditions of a question that is called ``question``. Raises ``QueryProblem`` for one that speaks of whole paths, and what
    ``compile_conditions`` raises."""
    for field in fields(Conditions):
        if field.name in OF_PATHS and getattr(conditions, field.name):
            raise QueryProblem(
                f"The condition {field.name} speaks of a whole path; {question} has none.",
                hint=f"Leave out {field.name}, or ask for paths.",
                where={"parameter": field.name},
            )
    return compile_conditions(projection, conditions, context)


def check_not_avoided(conditions: Conditions, nodes: tuple[str, ...]) -> None:
    """Raises ``QueryProblem`` where a node asked about is to be avoided as well."""
    for node in nodes:
        if node in conditions.avoid:
            raise QueryProblem(
                f"'{node}' is asked about and to be avoided.", hint="Leave it out of one of them.", where={"parameter": "avoid"}
            )


def check_listed(limit: int, least: int, bound: int) -> None:
    """Raises ``QueryProblem`` for a number of rows that cannot be listed."""
    if not least <= limit <= bound:
        raise QueryProblem(
            f"The limit must lie between {least} and {bound:,}, not {limit:,}.",
            hint="Totals are exact whatever the limit.",
            where={"parameter": "limit"},
        )


def check_several(nodes: tuple[str, ...], most: int) -> None:
    """Raises ``QueryProblem`` unless these are between two and ``most`` different nodes."""
    if len(set(nodes)) != len(nodes) or not 2 <= len(nodes) <= most:
        raise QueryProblem(
            f"Between 2 and {most} different nodes are asked about, not {len(set(nodes))}"
            + (" (one is named twice)." if len(set(nodes)) != len(nodes) else "."),
            hint="Name each node once.",
            where={"parameter": "nodes"},
        )
