"""The three made graphs. Seeded: the same on every machine.

Every edge leaves a node chosen evenly; half of them reach one of the hubs (a tenth of the nodes, the ``i``-th hub by ``i ** -0.8``), the
others any node. Nodes have one of five types, evenly; the two types decide the relationship and its direction, as in the ontology. Every
relationship holds for two years from one of 120 months.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from graph.ontology import default_ontology
from graph.projection import NodeKind, Projection, from_arrays
from graph.projection.build import EdgeArrays, NodeArrays
from graph.projection.projection import EdgeKinds
from graph.projection.texts import Texts

Pair: TypeAlias = tuple[int, int]

SEED = 20200910
MONTHS = 120
FIRST_DAY = 16_000
"""Days since 1970: October 2013; the months go on to August 2023."""

NODE_TYPES = ("Enterprise", "Need", "Person", "Project", "University")
RELATIONSHIPS = {
    ("University", "Project"): "PARTICIPATES_IN",
    ("Enterprise", "Project"): "PARTICIPATES_IN",
    ("Person", "Project"): "PARTICIPATES_IN",
    ("Person", "University"): "SECONDED_FROM",
    ("Person", "Enterprise"): "DIRECTOR_OF",
    ("Person", "Need"): "ACCEPTED",
    ("Person", "Person"): "KNOWS_VIA",
    ("Enterprise", "Need"): "POSTED",
    ("University", "Enterprise"): "COOPERATES_WITH",
}
OTHERS = "RELATED_TO"
"""What joins two types that the ontology joins in no way: such edges fill the graph and fit no pattern."""

RELATIONSHIP_TYPES = tuple(sorted({*RELATIONSHIPS.values(), OTHERS}))


@dataclass(frozen=True, slots=True)
class Size:
    """How large a graph is."""

    name: str
    nodes: int
    edges: int


SIZES = {size.name: size for size in (Size("S", 4_000, 12_000), Size("M", 100_000, 1_000_000), Size("L", 1_000_000, 10_000_000))}
TINY = Size("tiny", 400, 2_000)
"""For the test of the harness itself."""


@cache
def made(size: Size) -> Projection:
    """The graph of this size; made once in a process."""
    generator = np.random.default_rng(SEED)
    sources, targets = _ends(generator, size)
    node_types = generator.integers(0, len(NODE_TYPES), size.nodes).astype(np.uint16)
    types, turned = _relationships(node_types[sources], node_types[targets])
    sources[turned], targets[turned] = targets[turned], sources[turned]
    kind_of = types * MONTHS + generator.integers(0, MONTHS, size.edges).astype(np.int32)
    ids = numbered("n:", size.nodes)
    public = np.zeros(size.nodes, np.uint8)
    node_kinds = tuple(NodeKind(name, hub=False, link=False) for name in NODE_TYPES)
    return from_arrays(
        NodeArrays(ids, ids, public, public, node_kinds, node_types),
        EdgeArrays(numbered("r:", size.edges), sources, targets, RELATIONSHIP_TYPES, edge_kinds(), kind_of),
        default_ontology(),
        1,
    )


def edge_kinds() -> EdgeKinds:
    """Every relationship type in every month, type by type."""
    types = np.repeat(np.arange(len(RELATIONSHIP_TYPES)), MONTHS).astype(np.uint16)
    first = np.tile(FIRST_DAY + 30 * np.arange(MONTHS), len(RELATIONSHIP_TYPES)).astype(np.int32)
    precisions, trust = np.full(len(types), 4 * 3 + 3, np.uint8), np.full(len(types), 2, np.uint8)
    return EdgeKinds(types, first, (first + 730).astype(np.int32), precisions, trust)


def numbered(prefix: str, count: int) -> Texts:
    """``prefix`` with eight digits, ascending."""
    digits = np.empty((count, len(prefix) + 8), np.uint8)
    digits[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    numbers = np.arange(count)
    for place in range(digits.shape[1] - 1, len(prefix) - 1, -1):
        numbers, digits[:, place] = numbers // 10, numbers % 10 + ord("0")
    return Texts(digits.tobytes(), np.arange(count + 1, dtype=np.int64) * digits.shape[1])


def random_pairs(size: Size, count: int, salt: int = 1) -> list[Pair]:
    """Pairs of different nodes, chosen evenly."""
    found = np.random.default_rng(SEED + salt).integers(0, size.nodes, (count + count // 10 + 10, 2))
    return [(a, b) for a, b in found.tolist() if a != b][:count]


def simple_edges(projection: Projection) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Each two neighbours once, the lesser first; no loops. What libraries without parallel edges are given."""
    owners = np.repeat(np.arange(projection.node_count, dtype=np.int32), np.diff(projection.adjacency.starts))
    others = projection.adjacency.neighbors
    fresh = owners < others
    fresh[1:] &= (owners[1:] != owners[:-1]) | (others[1:] != others[:-1])
    return owners[fresh], others[fresh]


def ends_and_types(projection: Projection) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Source, target and kind of every edge, by its number."""
    owners = np.repeat(np.arange(projection.node_count, dtype=np.int32), np.diff(projection.adjacency.starts))
    forward = projection.adjacency.codes & 1 == 0
    order = np.argsort(projection.edges[forward])
    codes = projection.adjacency.codes[forward].astype(np.int32) >> 1
    return owners[forward][order], projection.adjacency.neighbors[forward][order], codes[order]


def node_types(projection: Projection) -> Sequence[str]:
    """Each node's type."""
    return [NODE_TYPES[kind] for kind in projection.adjacency.kinds.tolist()]


def _ends(generator: np.random.Generator, size: Size) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    hubs = generator.permutation(size.nodes)[: max(1, size.nodes // 10)].astype(np.int32)
    weights = np.cumsum(1 / np.arange(1, len(hubs) + 1) ** 0.8)
    sources = generator.integers(0, size.nodes, size.edges, dtype=np.int32)
    targets = generator.integers(0, size.nodes, size.edges, dtype=np.int32)
    to_hub = np.flatnonzero(generator.random(size.edges) < 0.5)
    targets[to_hub] = hubs[np.searchsorted(weights, generator.random(len(to_hub)) * weights[-1])]
    return sources, targets


def _relationships(sources: npt.NDArray[np.uint16], targets: npt.NDArray[np.uint16]) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """The relationship type of each edge, and whether it runs from target to source."""
    count = len(NODE_TYPES)
    types = np.full((count, count), RELATIONSHIP_TYPES.index(OTHERS), np.int32)
    turned = np.zeros((count, count), np.bool_)
    for (source, target), name in RELATIONSHIPS.items():
        a, b = NODE_TYPES.index(source), NODE_TYPES.index(target)
        types[a, b] = types[b, a] = RELATIONSHIP_TYPES.index(name)
        turned[b, a] = a != b
    return types[sources, targets], turned[sources, targets]
