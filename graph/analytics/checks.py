"""Refuses what cannot be asked, with the parameter's name and what to do."""

from __future__ import annotations

import math

from graph.analytics.query import AnalysisQuery
from graph.errors import QueryProblem
from graph.messages import Message, message
from graph.paths.ask.query import AnswerContext

SEEDS = 2**32


def check_analysis_query(query: AnalysisQuery, context: AnswerContext, names: tuple[str, ...]) -> None:
    """Raises ``QueryProblem`` for a name or a number that cannot be."""
    if query.name not in names:
        raise problem(message("There is no analysis '{name}'.", name=query.name), message("Analyses: {names}.", names=tuple(names)), "name")
    check_limit(query.limit, context)
    check_limit(query.members, context, "members")
    check_seed(query.seed)
    if not 0 < query.damping < 1:
        raise problem(
            message("The damping must lie between 0 and 1, not {damping}.", damping=query.damping), message("0.85 is usual."), "damping"
        )
    if not (math.isfinite(query.resolution) and query.resolution > 0):
        raise problem(
            message("The resolution must be above 0, not {resolution}.", resolution=query.resolution),
            message("1 is usual; a higher value gives smaller groups."),
            "resolution",
        )
    personalised = query.name == "personalised-pagerank"
    if personalised and not query.nodes:
        raise problem(message("A personalised PageRank starts from nodes, but none is named."), message("Name one or more nodes."), "nodes")
    if query.nodes and not personalised:
        raise problem(
            message("'{name}' does not start from nodes.", name=query.name),
            message("Leave out nodes, or ask for personalised-pagerank."),
            "nodes",
        )


def check_limit(limit: int, context: AnswerContext, parameter: str = "limit", least: int = 1) -> None:
    """How many rows may be listed."""
    if not least <= limit <= context.bounds.rows:
        raise problem(
            message(
                "The {parameter} must lie between {least} and {rows:,}, not {limit:,}.",
                parameter=parameter,
                least=least,
                rows=context.bounds.rows,
                limit=limit,
            ),
            message("Totals are exact whatever the limit."),
            parameter,
        )


def check_seed(seed: int) -> None:
    """Raises ``QueryProblem``."""
    if not 0 <= seed < SEEDS:
        raise problem(
            message("The seed must lie between 0 and {most:,}, not {seed:,}.", most=SEEDS - 1, seed=seed),
            message("Any number in between will do."),
            "seed",
        )


def check_hops(hops: int, context: AnswerContext) -> None:
    """Raises ``QueryProblem``."""
    if not 1 <= hops <= context.bounds.max_hops:
        raise problem(
            message("The number of hops must lie between 1 and {max_hops}, not {hops}.", max_hops=context.bounds.max_hops, hops=hops),
            message("{max_hops} is the value of the setting max_hops.", max_hops=context.bounds.max_hops),
            "max_hops",
        )


def problem(detail: Message, hint: Message, parameter: str) -> QueryProblem:
    """The error, to be raised."""
    return QueryProblem(detail, hint=hint, where={"parameter": parameter})
