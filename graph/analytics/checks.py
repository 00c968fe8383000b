"""Refuses what cannot be asked, with the parameter's name and what to do."""

from __future__ import annotations

import math

from graph.analytics.query import AnalysisQuery
from graph.errors import QueryProblem
from graph.paths.query import AnswerContext

SEEDS = 2**32


def check_analysis_query(query: AnalysisQuery, context: AnswerContext, names: tuple[str, ...]) -> None:
    """Raises ``QueryProblem`` for a name or a number that cannot be."""
    if query.name not in names:
        raise problem(f"There is no analysis '{query.name}'.", f"Analyses: {', '.join(names)}.", "name")
    check_limit(query.limit, context)
    check_limit(query.members, context, "members")
    check_seed(query.seed)
    if not 0 < query.damping < 1:
        raise problem(f"The damping must lie between 0 and 1, not {query.damping}.", "0.85 is usual.", "damping")
    if not (math.isfinite(query.resolution) and query.resolution > 0):
        raise problem(f"The resolution must be above 0, not {query.resolution}.", "1 is usual; more gives smaller groups.", "resolution")
    personalised = query.name == "personalised-pagerank"
    if personalised and not query.nodes:
        raise problem("A personalised PageRank starts from nodes, and none is named.", "Name one or more nodes.", "nodes")
    if query.nodes and not personalised:
        raise problem(f"'{query.name}' does not start from nodes.", "Leave nodes out, or ask for personalised-pagerank.", "nodes")


def check_limit(limit: int, context: AnswerContext, parameter: str = "limit", least: int = 1) -> None:
    """How many rows may be listed."""
    if not least <= limit <= context.bounds.rows:
        raise problem(
            f"The {parameter} must lie between {least} and {context.bounds.rows:,}, not {limit:,}.",
            "Totals are exact whatever the limit.",
            parameter,
        )


def check_seed(seed: int) -> None:
    """Raises ``QueryProblem``."""
    if not 0 <= seed < SEEDS:
        raise problem(f"The seed must lie between 0 and {SEEDS - 1:,}, not {seed:,}.", "Any number in between does.", "seed")


def check_hops(hops: int, context: AnswerContext) -> None:
    """Raises ``QueryProblem``."""
    if not 1 <= hops <= context.bounds.max_hops:
        raise problem(
            f"The hops must lie between 1 and {context.bounds.max_hops}, not {hops}.",
            f"{context.bounds.max_hops} is the setting max_hops.",
            "max_hops",
        )


def problem(detail: str, hint: str, parameter: str) -> QueryProblem:
    """The error, to be raised."""
    return QueryProblem(detail, hint=hint, where={"parameter": parameter})
