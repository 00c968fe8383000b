"""Common neighbours: which nodes stand next to every one of several, and by which relationships."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.bounded import Bounded
from graph.captions import Named
from graph.kernels.arrays import Int32s
from graph.ontology.schema import Label
from graph.paths.answer.renderer import PathRenderer
from graph.paths.answer.values import Hop, Path
from graph.paths.ask.checks import visible_number
from graph.paths.ask.conditions import Rules, compile_conditions
from graph.paths.ask.node_checks import check_listed, check_not_avoided, check_several
from graph.paths.ask.query import AnswerContext, Conditions
from graph.paths.search.common_constrained import Meetings, check_meeting, meetings
from graph.paths.search.deadline import answering, why_stop
from graph.projection import Projection

MOST_NODES = 10
"""Nodes asked about at once: beyond a few nothing is common to all."""


@dataclass(frozen=True, slots=True)
class CommonQuery(Conditions):
    """Which nodes are neighbours of every one of ``nodes`` (two or more canonical ids). As a path from one of them to another could pass
    these, the conditions hold for them as for nodes between two ends: hubs and link nodes are left out unless included. ``direction``
    goes from the nodes asked about to their neighbours. ``limit`` is how many are listed.

    Conditions on whole paths hold for the path of two hops from each of the nodes over the neighbour to each one named later: it has the
    shape of ``pattern``, and the neighbour is what ``through`` and ``through_types`` name. With ``together`` all relationships that join
    a neighbour to the nodes hold on one common day."""

    nodes: tuple[str, ...]
    limit: int = 100


@dataclass(frozen=True, slots=True)
class CommonNeighbour:
    """One of them, with one path of one hop from each of the nodes asked about, in their order."""

    node: Named
    paths: tuple[Path, ...]

    @property
    def hops(self) -> Sequence[Hop]:
        """What joins it to each of the nodes asked about: the freshest relationship, and others in parallel."""
        return [path.hops[0] for path in self.paths]

    @property
    def text(self) -> Label:
        """A sentence a hop."""
        return Label("".join(path.text.zh for path in self.paths), " ".join(path.text.en for path in self.paths))


@dataclass(frozen=True, slots=True)
class CommonAnswer(Bounded):
    """``rows`` by id. ``total`` and ``by_type`` are exact whatever is listed; with ``degree`` nodes of too many relationships were left
    out. Both are ``None`` where the search was stopped: then there are ``at_least`` so many."""

    nodes: tuple[Named, ...]
    rows: tuple[CommonNeighbour, ...]
    total: int | None
    at_least: int
    by_type: Mapping[str, int] | None
    limit: str | None
    as_of: str
    data_date: str


def common_neighbours(projection: Projection, query: CommonQuery, context: AnswerContext) -> CommonAnswer:
    """Answers a ``CommonQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is not there
    or not for this reader."""
    check_several(query.nodes, MOST_NODES)
    check_not_avoided(query, query.nodes)
    check_listed(query.limit, 1, context.bounds.rows)
    numbers = [visible_number(projection, each, "nodes", context.clearance) for each in query.nodes]
    rules = compile_conditions(projection, query, context)
    check_meeting(projection, rules, numbers)
    with answering(context):
        met = _common(rules, numbers) if rules.plain else meetings(projection, rules, context, numbers)
        found = met.nodes
        by_type = Counter(projection.kind(node).type for node in found.tolist())
        teller = PathRenderer(projection, rules.allowed, context, query.as_of, None if rules.plain else met)
        listed = found[: query.limit].tolist()
        told = teller.tell([(number, node) for node in listed for number in numbers])
        sides = len(numbers)
        rows = tuple(
            CommonNeighbour(told[first].nodes[-1], tuple(told[first : first + sides])) for first in range(0, len(told) - sides + 1, sides)
        )
        limit = met.stopped or ("degree" if met.heavy else "rows" if len(found) > len(rows) else None)
        if len(rows) < len(listed):
            limit = why_stop(context) or "milliseconds"
        names = tuple(teller.name(number) for number in numbers)
    known = (len(found), dict(sorted(by_type.items()))) if met.stopped is None else (None, None)
    return CommonAnswer(names, rows, known[0], len(found), known[1], limit, query.as_of, context.data_date)


def _common(rules: Rules, numbers: Sequence[int]) -> Meetings:
    """The common neighbours where no condition speaks of whole paths; any allowed relationship bears a hop."""
    shared = _neighbours(rules, numbers[0])
    for number in numbers[1:]:
        shared = np.intersect1d(shared, _neighbours(rules, number), assume_unique=True)
    shared = shared[~np.isin(shared, numbers)]
    starts = rules.adjacency.starts
    light = starts[shared + 1] - starts[shared] <= rules.allowed.degree
    return Meetings(shared[light], bool(not light.all() and not rules.degree_asked), None, {})


def _neighbours(rules: Rules, node: int) -> Int32s:
    """The neighbours of a node that a path could pass, each once, ascending; those of too many relationships included."""
    starts, neighbors, codes, kinds = rules.adjacency
    entries = slice(int(starts[node]), int(starts[node + 1]))
    near = neighbors[entries][rules.allowed.codes[codes[entries]]]
    return np.unique(near[rules.allowed.kinds[kinds[near]]])
