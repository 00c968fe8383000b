"""Where the graph would fall apart: nodes and hops without which some are no longer joined to the rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from graph.analytics.answer import AnalysisAnswer, Column, CutRow, Part
from graph.analytics.asked import AnalysisContext, stopped
from graph.kernels.arrays import DONE, Flags, Int64s
from graph.kernels.cuts import Forest
from graph.ontology.schema import Label
from graph.paths.search.deadline import stopped_by, stopping

SEPARATED = Column("separated", Label("被分开的节点数", "nodes separated"), whole=True)
PARTS = Column("parts", Label("被分开的部分数", "parts separated"), whole=True)

BRIDGES = Label(
    "桥：两端之间唯一的一步，去掉它，两边便不再相连。被分开的：较小一边的节点。",
    "Bridges: hops without which their two sides are no longer joined. Separated are the nodes of the lesser side.",
)


def cut_nodes(asked: AnalysisContext) -> AnalysisAnswer:
    """By how many nodes they separate, then id. ``list_types`` says which cut nodes are listed."""
    forest = depth_first(asked)
    children, owners = _hanging(forest)
    size = asked.graph.size
    hung, count = (np.bincount(owners, weights, minlength=size).astype(np.int64) for weights in (forest.below[children], None))
    largest = np.zeros(size, np.int64)
    np.maximum.at(largest, owners, forest.below[children])
    others = forest.below[forest.root].astype(np.int64) - 1
    parts = count + (others > hung)
    separated = others - np.maximum(largest, others - hung)
    chosen = np.flatnonzero((parts >= 2) & asked.listed)
    order = chosen[np.argsort(-separated[chosen], kind="stable")]
    rows = []
    for rank, node in enumerate(order[: asked.query.limit].tolist(), 1):
        pieces = [_stretch(forest, child) for child in children[owners == node].tolist()]
        rest = int(others[node] - hung[node])
        figures = {SEPARATED.key: int(separated[node]), PARTS.key: int(parts[node]) - 1}
        rows.append(CutRow(rank, asked.names.all([asked.graph.nodes[node]]), figures, _parts(asked, forest, node, pieces, rest)))
    meaning = asked.says_simple(
        "割点：去掉它，其余节点便不再全部相连。被分开的：除最大一块之外的节点。",
        "Cut nodes: without one, the others are no longer all joined. Separated are all but those of the largest part.",
    )
    return asked.answer(meaning, [SEPARATED, PARTS], tuple(rows), len(chosen), figures={"cut_nodes": int((parts >= 2).sum())})


def bridges(asked: AnalysisContext) -> AnalysisAnswer:
    """By how many nodes they separate, then ids; ``list_types`` leaves those of which an end is listed. With ``parallel`` two nodes with
    several relationships between them are no bridge."""
    forest = depth_first(asked)
    met, parent, low, below = (each.astype(np.int64) for each in (forest.met, forest.parent, forest.low, forest.below))
    children = np.flatnonzero((parent >= 0) & (low == met))
    if asked.query.parallel:
        children = children[_single(asked, children, parent[children])]
    whole = len(children)
    children = children[asked.listed[children] | asked.listed[parent[children]]]
    other_side = below[forest.root[children]] - below[children]
    separated = np.minimum(below[children], other_side)
    first, second = np.minimum(children, parent[children]), np.maximum(children, parent[children])
    rows = []
    for rank, number in enumerate(np.lexsort((second, first, -separated))[: asked.query.limit].tolist(), 1):
        child = int(children[number])
        parts = _parts(asked, forest, child, [_stretch(forest, child)], int(other_side[number]), itself=True)
        ends = asked.names.all(asked.graph.nodes[[first[number], second[number]]])
        rows.append(CutRow(rank, ends, {SEPARATED.key: int(separated[number])}, parts))
    says = asked.says if asked.query.parallel else asked.says_simple
    return asked.answer(says(BRIDGES.zh, BRIDGES.en), [SEPARATED], tuple(rows), len(children), figures={"bridges": whole})


def depth_first(asked: AnalysisContext) -> Forest:
    """The forest of the part, relationships both ways. Raises ``Unfinished`` when stopped."""
    from graph.kernels.cuts import explore

    matrix = asked.graph.linked
    forest = Forest(*(np.full(asked.graph.size, -1, np.int32) for _ in Forest._fields))
    budget = np.array((asked.context.bounds.work, 0, 0), np.int64)
    with stopping(budget, asked.context):
        if explore(matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32), forest, budget) != DONE:
            raise stopped(stopped_by(budget), asked.context)
    return forest


def _hanging(forest: Forest) -> tuple[Int64s, Int64s]:
    """Nodes whose whole tree below hangs on their parent alone, and that parent."""
    children = np.flatnonzero(forest.parent >= 0)
    owners = forest.parent[children].astype(np.int64)
    alone = (forest.low[children] >= forest.met[owners]) | (forest.parent[owners] < 0)
    return children[alone], owners[alone]


def _stretch(forest: Forest, node: int) -> Int64s:
    """The node and all below it."""
    return forest.order[forest.met[node] : forest.met[node] + forest.below[node]].astype(np.int64)


def _parts(
    asked: AnalysisContext, forest: Forest, node: int, pieces: Sequence[Int64s], rest: int, *, itself: bool = False
) -> tuple[Part, ...]:
    """The parts but the largest, by size, then first id. ``rest`` counts the nodes of the tree outside ``pieces`` and, unless ``itself``
    is in one of them, other than the node."""
    found = list(pieces)
    if rest:
        tree = _stretch(forest, int(forest.root[node]))
        inside = np.concatenate([*pieces, np.array([] if itself else [node], np.int64)])
        found.append(np.setdiff1d(tree, inside))
    found.sort(key=lambda places: (-len(places), int(places.min())))
    members = asked.query.members
    return tuple(Part(len(places), asked.names.all(asked.graph.nodes[np.sort(places)[:members]])) for places in found[1:])


def _single(asked: AnalysisContext, ones: Int64s, others: Int64s) -> Flags:
    """Whether just one relationship joins each pair."""
    counts = asked.graph.undirected().matrix(parallel=True)
    single: Flags = np.array([counts[one, other] == 1 for one, other in zip(ones.tolist(), others.tolist(), strict=True)], np.bool_)
    return single
