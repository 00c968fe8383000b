"""The graph as arrays: what path queries and analyses read. Immutable; a newer one takes its place whole.

Nodes are numbered by ascending id and edges by ascending relationship id, so that answers do not depend on the order in
which files were loaded. What many share is stored once: the *kind* of a node is its type and whether it is a hub, the kind
of an edge its relationship type and its dates. A question then decides per kind, in a small table, what a path may use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from graph.errors import NotFound
from graph.kernels.arrays import Adjacency, Codes, Int32s
from graph.messages import message
from graph.ontology.schema import Ontology
from graph.projection.days import day_text
from graph.projection.texts import Texts


@dataclass(frozen=True, slots=True)
class NodeKind:
    """What nodes of one kind share. ``link`` nodes stand for a dated relation. ``privacy`` is the class from which a reader learns that
    such a node exists (``graph.privacy.existence_class``)."""

    type: str
    hub: bool
    link: bool
    privacy: int = 0


class EdgeKinds(NamedTuple):
    """Arrays over the kinds of edges. ``types`` are positions in ``Projection.relationship_types``; ``first`` and ``last`` the days
    of validity (``graph.projection.days``); ``precisions`` is four times the start's precision plus the end's; ``trust`` says how well
    they are attested (``graph.model``: 1 inferred, 2 said, 3 attested)."""

    types: Codes
    first: Int32s
    last: Int32s
    precisions: Codes
    trust: Codes


@dataclass(frozen=True, slots=True)
class Edge:
    """One relationship as the projection knows it. ``source`` and ``target`` are node numbers, dates are texts as stored ("" = not known),
    ``last`` the last day of validity. ``trust`` is 1 to 3."""

    number: int
    type: str
    source: int
    target: int
    valid_from: str
    valid_to: str
    first: int
    last: int
    trust: int


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """``edges`` names the edge of each adjacency entry. ``name_classes`` and ``id_classes`` are the privacy classes of the nodes' names
    and ids. ``dangling`` are relationships left out because an end was not among the nodes: a read that a commit fell into (read
    the changes since ``revision``), else a damaged store."""

    ontology: Ontology
    revision: int
    adjacency: Adjacency
    edges: Int32s
    node_kinds: tuple[NodeKind, ...]
    relationship_types: tuple[str, ...]
    edge_kinds: EdgeKinds
    node_ids: Texts
    names: Texts
    name_classes: Codes
    id_classes: Codes
    relationship_ids: Texts
    dangling: tuple[str, ...] = ()

    @property
    def node_count(self) -> int:
        return len(self.node_ids)

    @property
    def edge_count(self) -> int:
        return len(self.relationship_ids)

    def number(self, node_id: str) -> int:
        """The node's number. Raises ``NotFound``."""
        found = self.node_ids.find(node_id)
        if found < 0:
            raise NotFound(
                message("There is no node '{node_id}'.", node_id=node_id), hint=message("Search for it by name, or check the id.")
            )
        return found

    def kind(self, node: int) -> NodeKind:
        return self.node_kinds[int(self.adjacency.kinds[node])]

    def degree(self, node: int) -> int:
        """Adjacency entries: relationships, each way, a loop twice."""
        return int(self.adjacency.starts[node + 1] - self.adjacency.starts[node])

    def edge(self, entry: int, node: int) -> Edge:
        """The relationship of one adjacency entry of ``node``."""
        code, neighbor = int(self.adjacency.codes[entry]), int(self.adjacency.neighbors[entry])
        kind, reversed_ = code >> 1, code & 1
        source, target = (neighbor, node) if reversed_ else (node, neighbor)
        first, last = int(self.edge_kinds.first[kind]), int(self.edge_kinds.last[kind])
        precisions = int(self.edge_kinds.precisions[kind])
        return Edge(
            number=int(self.edges[entry]),
            type=self.relationship_types[int(self.edge_kinds.types[kind])],
            source=source,
            target=target,
            valid_from=day_text(first, precisions >> 2),
            valid_to=day_text(last, precisions & 3),
            first=first,
            last=last,
            trust=int(self.edge_kinds.trust[kind]),
        )

    def entries_between(self, node: int, neighbor: int) -> range:
        """The adjacency entries of ``node`` that lead to ``neighbor``, either way; few or many, found by halving."""
        begin, end = int(self.adjacency.starts[node]), int(self.adjacency.starts[node + 1])
        mine = self.adjacency.neighbors[begin:end]
        low, high = np.searchsorted(mine, neighbor, "left"), np.searchsorted(mine, neighbor, "right")
        return range(begin + int(low), begin + int(high))

    def array_bytes(self) -> int:
        """Memory of the arrays that searches read, ids and captions apart."""
        arrays = (*self.adjacency, self.edges, *self.edge_kinds, self.name_classes, self.id_classes)
        return sum(array.nbytes for array in arrays)
