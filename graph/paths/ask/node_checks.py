"""What questions about nodes and what is next to them check alike."""

from __future__ import annotations

from graph.errors import QueryProblem
from graph.messages import message
from graph.paths.ask.query import Conditions


def check_not_avoided(conditions: Conditions, nodes: tuple[str, ...]) -> None:
    """Raises ``QueryProblem`` where a node asked about is to be avoided as well."""
    for node in nodes:
        if node in conditions.avoid:
            raise QueryProblem(
                message("'{node}' is both asked about and to be avoided.", node=node),
                hint=message("Leave it out of one of them."),
                where={"parameter": "avoid"},
            )


def check_listed(limit: int, least: int, bound: int) -> None:
    """Raises ``QueryProblem`` for a number of rows that cannot be listed."""
    if not least <= limit <= bound:
        raise QueryProblem(
            message("The limit must lie between {least} and {bound:,}, not {limit:,}.", least=least, bound=bound, limit=limit),
            hint=message("Totals are exact whatever the limit."),
            where={"parameter": "limit"},
        )


def check_several(nodes: tuple[str, ...], most: int) -> None:
    """Raises ``QueryProblem`` unless these are between two and ``most`` different nodes."""
    if len(set(nodes)) != len(nodes) or not 2 <= len(nodes) <= most:
        raise QueryProblem(
            message("One of the nodes is named twice.")
            if len(set(nodes)) != len(nodes)
            else message("Between 2 and {most} nodes can be asked about, not {count}.", most=most, count=len(nodes)),
            hint=message("Name each node once."),
            where={"parameter": "nodes"},
        )
