"""Pairs of nodes in numbers: which sources, which targets, what is known of a pair before it is told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.errors import QueryProblem
from graph.kernels.arrays import Codes, Flags, Int32s, Int64s, Table
from graph.messages import message
from graph.paths.ask.checks import visible_number
from graph.paths.ask.conditions import Rules, family, kinds_among
from graph.paths.ask.query import ConnectionsQuery
from graph.projection import Projection

BLOCK_ROWS = 1_000_000
"""Places for rows in one block of a stream, 16 bytes each: tens of megabytes however large the table is."""


@dataclass(frozen=True, eq=False)
class Sides:
    """The two ends of a table. ``sources`` are node numbers, ascending. Targets are the nodes ``held_targets`` (ascending) where the far
    end is held to chosen ones, else all of ``target_kinds``; ``kinds`` are those of all nodes. Of nodes whose kind is in ``both`` (they
    could stand at either end) a pair is listed once, the lesser number first; where an end is held, (a, b) and (b, a) are different
    questions and ``both`` says so of no kind."""

    kinds: Codes
    sources: Int32s
    target_kinds: Flags
    held_targets: Int32s | None
    both: Flags

    @cached_property
    def targets(self) -> Int32s:
        """Node numbers, ascending."""
        if self.held_targets is not None:
            return self.held_targets
        return np.flatnonzero(self.target_kinds[self.kinds]).astype(np.int32)

    def target_mask(self) -> Flags:
        """Which nodes are targets."""
        if self.held_targets is None:
            return self.target_kinds[self.kinds]
        mask = np.zeros(len(self.kinds), np.bool_)
        mask[self.held_targets] = True
        return mask


@dataclass(frozen=True, slots=True)
class Pair:
    """A row before it is told: the fewest ``hops`` of a path under the question's conditions, how many such paths, and the first of them
    by its nodes' numbers (empty where it has yet to be looked up)."""

    start: int
    end: int
    hops: int
    ways: int
    path: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a search found: the number of pairs by hops, the first rows by (hops, start, end), and whether it ran to its end."""

    totals: Int64s
    rows: list[Pair]
    whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class PairBlock:
    """Some pairs of a stream, as arrays of one length: the numbers of both nodes, the fewest hops, the number of shortest paths. ``whole``
    is false for the last block of a search that was stopped."""

    starts: Int32s
    ends: Int32s
    hops: Int32s
    ways: Int64s
    whole: bool


def sides_of(projection: Projection, query: ConnectionsQuery, rules: Rules, clearance: int) -> Sides:
    """Raises ``NotFound`` for a type or node that is not there or not for this reader, ``QueryProblem`` for a node of another type."""
    near, starts = _end(projection, rules, (query.from_type, query.from_nodes, "from"), clearance)
    far, stops = _end(projection, rules, (query.to_type, query.to_nodes, "to"), clearance)
    sources = starts if starts is not None else np.flatnonzero(near[rules.adjacency.kinds]).astype(np.int32)
    either = starts is None and stops is None and query.direction == "any" and rules.pattern is None
    return Sides(rules.adjacency.kinds, sources, far, stops, near & far if either else np.zeros_like(near))


def _end(projection: Projection, rules: Rules, asked: tuple[str, tuple[str, ...], str], clearance: int) -> tuple[Flags, Int32s | None]:
    """The kinds of an end, and the nodes that it is held to, if it is. ``asked`` is its type, the nodes' ids and the parameter."""
    type_, nodes, name = asked
    kinds = kinds_among(projection, family(projection.ontology, (type_,))) & ~rules.hidden
    if not nodes:
        return kinds, None
    return kinds, np.array(sorted({_held(projection, kinds, (type_, node, name), clearance, rules.barred) for node in nodes}), np.int32)


def _held(projection: Projection, kinds: Flags, asked: tuple[str, str, str], clearance: int, barred: tuple[int, ...]) -> int:
    """The number of a node that an end is held to. ``asked`` is the end's type, the node's id and the parameter."""
    type_, node, name = asked
    number = visible_number(projection, node, name, clearance)
    if number in barred:
        raise QueryProblem(
            message("'{node}' is an end of the paths; it cannot also be named in avoid.", node=node), where={"parameter": "avoid"}
        )
    if not kinds[projection.adjacency.kinds[number]]:
        raise QueryProblem(
            message(
                "'{node}' is of type {type}, not {expected}.",
                node=node,
                type=projection.kind(number).type,
                expected=projection.ontology.node_type(type_).name,
            ),
            hint=message("Name a node of that type, or ask for the node's own type."),
            where={"parameter": name},
        )
    return number


def room_for(max_hops: int, rows: int) -> Table:
    """An empty table with room for so many rows of each number of hops."""
    shape = (max_hops + 1, rows)
    return Table(np.zeros(max_hops + 1, np.int64), np.empty(shape, np.int32), np.empty(shape, np.int32), np.empty(shape, np.int64))


def rows_of(table: Table, limit: int, paths: Int32s | None = None) -> list[Pair]:
    """The first ``limit`` rows by hops, source and target, with their first path where ``paths`` has it (hops × rows × nodes)."""
    rows: list[Pair] = []
    for hops in range(1, len(table.totals)):
        for row in range(min(int(table.totals[hops]), table.sources.shape[1], limit - len(rows))):
            path = () if paths is None else tuple(paths[hops, row, : hops + 1].tolist())
            rows.append(Pair(int(table.sources[hops, row]), int(table.targets[hops, row]), hops, int(table.ways[hops, row]), path))
    return rows


def in_order(table: Table, whole: bool) -> PairBlock:
    """All rows of a table by start, then hops, then end; it had room for every one."""
    filled = [(hops, slice(int(total))) for hops, total in enumerate(table.totals.tolist())]
    starts, ends, ways = (np.concatenate([array[place] for place in filled]) for array in (table.sources, table.targets, table.ways))
    hops = np.repeat(np.arange(len(filled), dtype=np.int32), table.totals)
    order = np.lexsort((ends, hops, starts))
    return PairBlock(starts[order], ends[order], hops[order], ways[order], whole)


def sources_a_block(sides: Sides, max_hops: int) -> int:
    """How many sources can be searched at once with room for all their pairs."""
    return max(1, BLOCK_ROWS // (max(1, len(sides.targets)) * (max_hops + 1)))
