"""What questions about nodes and what is next to them check alike."""

from __future__ import annotations

from graph.errors import QueryProblem
from graph.paths.query import Conditions


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
