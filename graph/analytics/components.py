"""What hangs together, and how thickly."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from graph.analytics.answer import AnalysisAnswer, Column, GroupRow
from graph.analytics.asked import AnalysisContext, Numbers, stopped
from graph.clock import untimed
from graph.kernels.arrays import DONE, Flags, Int64s
from graph.ontology.schema import Label
from graph.paths.search.deadline import stopped_by, stopping

if TYPE_CHECKING:
    from graph.analytics.scope import Subgraph

CORE = Column("core", Label("核数", "core"), whole=True)
SIZE = Column("size", Label("节点数", "nodes"), whole=True)


def components(asked: AnalysisContext) -> AnalysisAnswer:
    """The greatest first; equal ones by their first node's id. ``list_types`` leaves components that have such a node."""
    groups = component_of(asked.graph)
    meaning = asked.says_simple(
        "连通分量：彼此有路径相连的节点；按大小排列。", "Connected components: nodes joined by paths; the largest first."
    )
    return grouped(asked, groups, meaning, {"components": int(groups.max(initial=-1)) + 1})


def component_of(graph: Subgraph) -> Int64s:
    """The number of each node's component, from 0 by the least place in it."""
    with untimed():
        from scipy.sparse.csgraph import connected_components

    if not graph.size:
        return np.empty(0, np.int64)
    return by_first(connected_components(graph.linked, directed=False)[1])


def by_first(groups: Numbers) -> Int64s:
    """The same groups, numbered from 0 in the order of their first members."""
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    place = np.empty(len(first), np.int64)
    place[np.argsort(first)] = np.arange(len(first))
    return place[inverse]


def grouped(asked: AnalysisContext, groups: Int64s, meaning: Label, figures: dict[str, int | float]) -> AnalysisAnswer:
    """Groups as rows. ``groups`` holds each node's, numbered from 0 by first member."""
    sizes = np.bincount(groups)
    counted: Flags = np.zeros(len(sizes), np.bool_)
    counted[groups[asked.listed]] = True
    order = np.argsort(-sizes, kind="stable")
    order = order[counted[order]]
    members = np.argsort(groups, kind="stable")
    begins = np.concatenate(([0], np.cumsum(sizes)))
    degrees = np.diff(asked.graph.linked.indptr)
    rows = []
    for rank, group in enumerate(order[: asked.query.limit].tolist(), 1):
        places = members[begins[group] : begins[group + 1]]
        shown = places[asked.listed[places]]
        best = shown[np.argsort(-degrees[shown], kind="stable")][: asked.query.members]
        rows.append(GroupRow(rank, {SIZE.key: len(places)}, asked.types(places), tuple(asked.name(place) for place in best.tolist())))
    return asked.answer(meaning, [SIZE], tuple(rows), len(order), figures=figures)


def cores(asked: AnalysisContext) -> AnalysisAnswer:
    """Nodes by core number: the greatest k such that the node belongs to a part in which everybody has k neighbours or more."""
    found = core_numbers(asked)
    meaning = asked.says_simple(
        "核数：该节点属于其中的最大 k，使得存在一部分节点，彼此在其中至少各有 k 个邻居；自环不计。",
        "Core number: the greatest k for which the node is in a part of the graph where everybody has at least k neighbours in it; "
        "loops are "
        "left out.",
    )
    return asked.ranked(meaning, [(CORE, found)], figures={"largest_core": int(found.max(initial=0))})


def core_numbers(asked: AnalysisContext) -> Int64s:
    """A number for each node. Raises ``Unfinished`` when stopped."""
    from graph.kernels.cores import cores as decompose

    linked = asked.graph.linked
    found = np.zeros(asked.graph.size, np.int64)
    budget = np.array((asked.context.bounds.work, 0, 0), np.int64)
    with stopping(budget, asked.context):
        if decompose(linked.indptr.astype(np.int32), linked.indices.astype(np.int32), found, budget) != DONE:
            raise stopped(stopped_by(budget), asked.context)
    return found
