"""What is around a node: first how much of what, then as many of them as asked for, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.bounded import UNFINISHED_BY, Bounded
from graph.captions import Named
from graph.errors import QueryProblem
from graph.kernels.arrays import Flags, Int32s
from graph.messages import message
from graph.paths.answer.renderer import PathRenderer
from graph.paths.answer.values import Path
from graph.paths.ask.checks import visible_number
from graph.paths.ask.conditions import check_ends, compile_conditions, family, kinds_among, naming
from graph.paths.ask.node_checks import check_listed, check_not_avoided
from graph.paths.ask.query import AnswerContext, Conditions
from graph.paths.search.deadline import answering, why_stop
from graph.paths.search.evidence import Evidence
from graph.paths.search.levels import Count, Levels, TypeCount
from graph.paths.search.levels_constrained import ShapedLevels
from graph.paths.search.pairs_constrained import prepare_tables
from graph.projection import Projection


@dataclass(frozen=True, slots=True)
class NeighbourhoodQuery(Conditions):
    """What is within ``max_hops`` of ``node`` (canonical id). Hubs, link nodes and nodes of too many relationships are shown where
    they are met, but not walked through, unless the conditions let a path pass them. ``direction`` goes outwards from the node.

    Under conditions on whole paths (``pattern``, ``through``, ``through_types``, ``together``) those are around it to which a simple path
    leads that meets them all, as many hops away as the shortest such path has; the pattern gives its shape from ``node`` to them. What
    joins them to the hop before is then the last hop of the path that is told: the first of the shortest by the nodes' numbers.

    Everything is counted. Listed are, by hop and then id, ``limit`` nodes (0 = none): those of ``list_types`` (with subtypes; empty = all)
    that some relationship of ``list_relationships`` (empty = all) joins to the hop before, and that are ``hop`` hops away (0 = any).
    ``after`` and ``skip`` turn pages: the list goes on after the node ``after``, leaving out ``skip`` more; an answer says them for the
    next page."""

    node: str
    max_hops: int = 1
    list_types: tuple[str, ...] = ()
    list_relationships: tuple[str, ...] = ()
    hop: int = 0
    after: str = ""
    skip: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A node ``hop`` hops away, by the shortest path of least node numbers. ``hub``: nothing beyond it was looked for through it."""

    node: Named
    hop: int
    hub: bool
    path: Path


@dataclass(frozen=True, slots=True)
class NeighbourhoodAnswer(Bounded):
    """``total`` nodes within the hops, told by ``types`` and by ``counts``; ``matching`` of them are of those that were to be listed.
    Where the search was stopped ``total`` and ``matching`` are ``None``, there are ``at_least`` so many nodes, and ``types`` and ``counts``
    tell of these; with ``degree`` all are what can be reached without walking through a node of too many relationships, with ``rows``
    more match than the page holds. ``next`` is ``(after, skip)`` of the next page."""

    node: Named
    total: int | None
    at_least: int
    types: tuple[TypeCount, ...]
    counts: tuple[Count, ...]
    matching: int | None
    rows: tuple[Neighbour, ...]
    next: tuple[str, int] | None
    limit: str | None
    as_of: str
    data_date: str


def neighbourhood(projection: Projection, query: NeighbourhoodQuery, context: AnswerContext) -> NeighbourhoodAnswer:
    """Answers a ``NeighbourhoodQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is not
    there or not for this reader."""
    _check(query, context)
    centre = visible_number(projection, query.node, "node", context.clearance)
    rules = compile_conditions(projection, query, context)
    check_ends(projection, query.max_hops, rules, (centre,))
    if not rules.plain:
        prepare_tables(projection, rules)
    with answering(context):
        around = (Levels if rules.plain else ShapedLevels)(projection, rules, context, centre)
        around.spread(query.max_hops)
        matching = around.matching(_listed_kinds(projection, query), _listed_codes(projection, query), query.hop)
        begin = _position(projection, query, around, matching, context.clearance) + query.skip
        page = matching[begin : begin + query.limit]
        teller = PathRenderer(projection, rules.allowed, context, query.as_of, Evidence(projection, rules))
        told = teller.tell([around.path_to(node) for node in page.tolist()])
        rows = tuple(
            Neighbour(path.nodes[-1], len(path.hops), not around.walked(node), path)
            for node, path in zip(page.tolist(), told, strict=False)
        )
        more = begin + len(rows) < len(matching)
        limit = around.limit or (why_stop(context) or "milliseconds" if len(rows) < len(page) else None)
        limit = limit or ("rows" if more and query.limit else None)
        following = _next(query, rows) if more and rows else None
        name = teller.name(centre)
    found = sum(len(level) for level in around.levels[1:])
    known = (found, len(matching)) if around.limit not in UNFINISHED_BY else (None, None)
    return NeighbourhoodAnswer(
        name, known[0], found, around.types(), around.counts(), known[1], rows, following, limit, query.as_of, context.data_date
    )


def _check(query: NeighbourhoodQuery, context: AnswerContext) -> None:
    check_listed(query.limit, 0, context.bounds.rows)
    check_not_avoided(query, (query.node,))
    for name, number, least in (("max_hops", query.max_hops, 1), ("hop", query.hop, 0)):
        most = context.bounds.max_hops if name == "max_hops" else query.max_hops
        if not least <= number <= most:
            raise QueryProblem(
                message("{name} must lie between {least} and {most} here, not {number}.", name=name, least=least, most=most, number=number),
                hint=message("Ask for fewer hops."),
                where={"parameter": name},
            )
    if query.skip < 0:
        raise QueryProblem(
            message("{skip} nodes cannot be skipped.", skip=query.skip), hint=message("Give 0 or more."), where={"parameter": "skip"}
        )


def _listed_kinds(projection: Projection, query: NeighbourhoodQuery) -> Flags:
    if not query.list_types:
        return np.ones(len(projection.node_kinds) + 1, np.bool_)
    with naming("list_types"):
        return kinds_among(projection, family(projection.ontology, query.list_types))


def _listed_codes(projection: Projection, query: NeighbourhoodQuery) -> Flags | None:
    if not query.list_relationships:
        return None
    with naming("list_relationships"):
        wanted = {projection.ontology.relationship_type(each).name for each in query.list_relationships}
    of_type = np.array([name in wanted for name in projection.relationship_types], np.bool_)
    return np.repeat(of_type[projection.edge_kinds.types], 2)


def _position(projection: Projection, query: NeighbourhoodQuery, around: Levels, matching: Int32s, clearance: int) -> int:
    """Where in the list the page begins, ``skip`` apart. ``after`` may since have left the list, but not the neighbourhood."""
    if not query.after:
        return 0
    node = visible_number(projection, query.after, "after", clearance)
    hop = int(around.level_of[node])
    if hop < 1:
        raise QueryProblem(
            message("'{after}' is not within {max_hops} hops of '{node}'.", after=query.after, max_hops=query.max_hops, node=query.node),
            hint=message("Give what the previous page named as next, or leave out after to start again."),
            where={"parameter": "after"},
        )
    order = around.level_of[matching].astype(np.int64) * projection.node_count + matching
    return int(np.searchsorted(order, hop * projection.node_count + node, "right"))


def _next(query: NeighbourhoodQuery, rows: Sequence[Neighbour]) -> tuple[str, int]:
    """The last node that can be named, and how many came after it: ids that the reader may not see turn no page."""
    for passed, row in enumerate(reversed(rows)):
        if not row.node.id.startswith("withheld:"):
            return row.node.id, passed
    return query.after, query.skip + len(rows)
