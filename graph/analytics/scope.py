"""The part of the graph that is analysed: node and relationship numbers that the conditions leave."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from graph.clock import untimed
from graph.errors import QueryProblem
from graph.kernels.arrays import Flags, Int64s
from graph.messages import message
from graph.paths.ask.conditions import Rules, compile_conditions
from graph.paths.ask.query import AnswerContext, Conditions
from graph.projection import Projection

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True, eq=False)
class Subgraph:
    """``nodes`` are the numbers in the projection, ascending (so by id); everything else counts within them: ``sources`` and ``targets``
    have a place for each relationship, parallel ones and loops included, turned round where relationships are walked backwards.
    ``edges`` are the relationships' numbers in the projection. Undirected, unless one direction was asked for."""

    nodes: Int64s
    sources: Int64s
    targets: Int64s
    edges: Int64s
    directed: bool

    @property
    def size(self) -> int:
        return len(self.nodes)

    @cached_property
    def linked(self) -> csr_array:
        """Which different nodes are linked, either way: symmetric, 0 or 1, each row's columns ascending."""
        return self.undirected().matrix(parallel=False)

    @property
    def links(self) -> int:
        """Pairs of different nodes that are linked, either way."""
        return int(self.linked.nnz) // 2

    def matrix(self, *, parallel: bool, loops: bool = False) -> csr_array:
        """Size × size, float64; the entry (source, target) is the number of relationships, or 1 without ``parallel``. Symmetric if
        undirected; a loop is on the diagonal, counted once."""
        with untimed():
            from scipy.sparse import coo_array

        keep = slice(None) if loops else self.sources != self.targets
        sources, targets = self.sources[keep], self.targets[keep]
        if not self.directed:
            around = sources != targets
            sources, targets = np.concatenate((sources, targets[around])), np.concatenate((targets, sources[around]))
        matrix = coo_array((np.ones(len(sources)), (sources, targets)), shape=(self.size, self.size)).tocsr()
        matrix.sum_duplicates()  # and sorts each row's columns
        if not parallel:
            matrix.data[:] = 1.0
        return matrix

    def undirected(self) -> Subgraph:
        """The same, relationships taken as going both ways."""
        return Subgraph(self.nodes, self.sources, self.targets, self.edges, directed=False)


def distinct(values: Int64s) -> Int64s:
    """The different values, ascending. By sorting, without Python's lock: numpy's own ``unique`` holds it, and took a hundred times as
    long over a million numbers (numpy 2.4)."""
    ordered = np.sort(values)
    fresh = np.ones(len(ordered), np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]


def check_scope(conditions: Conditions) -> None:
    """Raises ``QueryProblem`` for a condition that only a path can keep to."""
    for name in ("through", "through_types", "pattern", "together"):
        if getattr(conditions, name):
            raise QueryProblem(
                message("'{name}' is a condition on single paths, not on the graph as a whole.", name=name),
                hint=message("Choose the part of the graph by types, dates and relationships."),
                where={"parameter": name},
            )


def subgraph(projection: Projection, conditions: Conditions, context: AnswerContext) -> Subgraph:
    """What the conditions leave. Raises ``QueryProblem`` and ``NotFound``, naming the parameter."""
    check_scope(conditions)
    rules = compile_conditions(projection, conditions, context)
    return select(projection, rules, conditions, passable(projection, rules, conditions.max_degree))


def passable(projection: Projection, rules: Rules, max_degree: int) -> Flags:
    """Which nodes of the projection the rules leave; ``max_degree`` 0 asks for no degree."""
    keep: Flags = rules.allowed.kinds[rules.adjacency.kinds]
    if max_degree:
        keep = keep & (np.diff(projection.adjacency.starts) <= max_degree)
    return keep


def select(projection: Projection, rules: Rules, conditions: Conditions, keep: Flags) -> Subgraph:
    """The nodes ``keep`` and the allowed relationships between them."""
    adjacency = projection.adjacency
    owners = np.repeat(np.arange(projection.node_count, dtype=np.int64), np.diff(adjacency.starts))
    fits = rules.allowed.codes[0::2] | rules.allowed.codes[1::2]
    neighbors = adjacency.neighbors.astype(np.int64)
    taken = (adjacency.codes & 1 == 0) & fits[adjacency.codes >> 1] & keep[owners] & keep[neighbors]
    nodes = np.flatnonzero(keep)
    place = np.full(projection.node_count, -1, np.int64)
    place[nodes] = np.arange(len(nodes))
    sources, targets = place[owners[taken]], place[neighbors[taken]]
    if conditions.direction == "backward":
        sources, targets = targets, sources
    return Subgraph(nodes, sources, targets, projection.edges[taken].astype(np.int64), conditions.direction != "any")
