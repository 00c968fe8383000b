"""Refuses what cannot be asked, with the parameter's name and what to do; otherwise what the words mean in numbers."""

from __future__ import annotations

import datetime
from typing import get_args

from graph.errors import NotFound, QueryProblem
from graph.messages import message
from graph.paths.ask.query import AnswerContext, Conditions, ConnectionsQuery, Direction, PathKind, PathQuery
from graph.projection import Projection
from graph.projection.days import EPOCH, first_day, last_day


def check_path_query(query: PathQuery, context: AnswerContext) -> None:
    """Raises ``QueryProblem`` where the kind, a number or the pair of ends is impossible."""
    if query.kind not in get_args(PathKind):
        raise QueryProblem(
            message("'{kind}' is not a kind of path.", kind=query.kind),
            hint=message("Kinds: {kinds}.", kinds=tuple(get_args(PathKind))),
            where={"parameter": "kind"},
        )
    if query.kind != "k-shortest" and (query.weight != "hops" or query.weights):
        raise QueryProblem(
            message("Weights apply only to paths of kind k-shortest."),
            hint=message("Ask for that kind, or leave out the weights."),
            where={"parameter": "weight" if query.weight != "hops" else "weights"},
        )
    if query.start == query.end:
        raise QueryProblem(
            message("Start and end are the same node, '{start}'.", start=query.start),
            hint=message("Name two different nodes."),
            where={"parameter": "end"},
        )
    _check_max_hops(query.max_hops, context.bounds.max_hops)
    _check_limit(query.limit, context.bounds.paths)


def check_connections_query(query: ConnectionsQuery, context: AnswerContext) -> None:
    """Likewise for a table."""
    if len(query.from_nodes) == 1 and query.from_nodes == query.to_nodes:
        raise QueryProblem(
            message("Both ends are restricted to the same node, '{node}'.", node=query.from_nodes[0]),
            hint=message("Name two different nodes."),
            where={"parameter": "to"},
        )
    _check_max_hops(query.max_hops, context.bounds.max_hops)
    if not query.count:
        _check_limit(query.limit, context.bounds.rows)


def check_conditions(conditions: Conditions) -> None:
    """Raises ``QueryProblem`` where a number or a word of the conditions is impossible in itself."""
    _check_direction(conditions.direction)
    if conditions.max_degree < 0:
        raise QueryProblem(
            message("{max_degree} is not a number of relationships.", max_degree=conditions.max_degree),
            hint=message("Give how many relationships a node on the way may have, or 0 for the setting's limit alone."),
            where={"parameter": "max_degree"},
        )
    if not 1 <= conditions.min_trust <= 3:
        raise QueryProblem(
            message("Trust must be 1 to 3, not {min_trust}.", min_trust=conditions.min_trust),
            hint=message("1: inferred; 2: stated by one source; 3: stated by two, or confirmed by a person."),
            where={"parameter": "min_trust"},
        )


def days_of(window: tuple[str, str] | None) -> tuple[int, int] | None:
    """The first and last day number of a window, ``None`` for none. Partial dates stand for all their days, "" for no bound. Raises
    ``QueryProblem``."""
    if window is None:
        return None
    try:
        first, last = first_day(window[0]), last_day(window[1])
    except ValueError:
        raise QueryProblem(
            message("'{start}' to '{end}' is not a valid period.", start=window[0], end=window[1]),
            hint=message('Give two dates such as 2019-01-01 and 2020-12-31; either may be 2020, 2020-06, or "" for open.'),
            where={"parameter": "window"},
        ) from None
    if first > last:
        raise QueryProblem(
            message("The period ends on {end}, before it begins on {start}.", end=window[1], start=window[0]),
            hint=message("Give the earlier date first."),
            where={"parameter": "window"},
        )
    return first, last


def day_of(as_of: str, today: datetime.date) -> int | None:
    """The day number that ``as_of`` means, ``None`` for ``any``. Raises ``QueryProblem``."""
    if as_of == "any":
        return None
    if as_of == "now":
        return today.toordinal() - EPOCH
    try:
        if len(as_of) != 10:
            raise ValueError(as_of)
        return datetime.date.fromisoformat(as_of).toordinal() - EPOCH
    except ValueError:
        raise QueryProblem(
            message("'{as_of}' is not a valid date.", as_of=as_of),
            hint=message("Give a full date such as 2020-09-10, or 'now', or 'any' for all dates."),
            where={"parameter": "as_of"},
        ) from None


def reference_day(as_of: str, today: datetime.date) -> int:
    """The day number by which a relationship counts as ended: the day asked, and today where all dates are asked. Never the date of the
    data: facts do not age because newer ones are loaded. Raises ``QueryProblem``."""
    day = day_of(as_of, today)
    return today.toordinal() - EPOCH if day is None else day


def visible_number(projection: Projection, node_id: str, parameter: str, clearance: int) -> int:
    """The node's number; a node that the reader may not know of, or whose id they may not see, is as unknown as one that does not exist."""
    number = projection.node_ids.find(node_id)
    if number < 0 or max(int(projection.id_classes[number]), projection.kind(number).privacy) > clearance:
        raise NotFound(
            message("There is no node '{node_id}'.", node_id=node_id),
            hint=message("Search for it by name, or check the id."),
            where={"parameter": parameter},
        )
    return number


def _check_max_hops(hops: int, bound: int) -> None:
    if not 1 <= hops <= bound:
        raise QueryProblem(
            message("A path has 1 to {bound} hops here, not {hops}.", bound=bound, hops=hops),
            hint=message("{bound} is the setting max_hops: longer chains connect almost anything to anything.", bound=bound),
            where={"parameter": "max_hops"},
        )


def _check_limit(limit: int, bound: int) -> None:
    if not 1 <= limit <= bound:
        raise QueryProblem(
            message("The limit must lie between 1 and {bound:,}, not {limit:,}.", bound=bound, limit=limit),
            hint=message("Totals are exact whatever the limit."),
            where={"parameter": "limit"},
        )


def _check_direction(direction: Direction) -> None:
    if direction not in ("any", "forward", "backward"):
        raise QueryProblem(
            message("'{direction}' is not a valid direction.", direction=direction),
            hint=message("Directions: any, forward, backward."),
            where={"parameter": "direction"},
        )
