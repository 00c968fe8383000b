"""Where each node of a picture stands. Computed here, once and always the same: the browser moves nothing.

Coordinates are in pixels at zoom 1, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import rustworkx

from visualize.view import View

SPRING_CAP = 1500
"""Above this many nodes a spring layout takes too long, and no one could read it: rings instead."""
RING_CAP = 48
"""Up to this many nodes around a centre stand in rings, where every label has room."""
COLUMN_GAP = 380
ROW_GAP = 96
_SWEEPS = 12
_SEED = 7
_SPREAD = 150

Places = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Layout:
    """``places`` by node key; ``columns`` holds the x of each column from left to right (none, unless the picture has columns)."""

    places: Places
    columns: tuple[float, ...] = ()


def lay_out(view: View) -> Layout:
    """Columns for paths, rings around a centre, a seeded spring layout for anything else."""
    if any(node.column >= 0 for node in view.nodes):
        return _in_columns(view)
    if view.centre and len(view.nodes) <= RING_CAP or len(view.nodes) > SPRING_CAP:
        return Layout(_in_rings(view))
    return Layout(_by_springs(view))


def _in_columns(view: View) -> Layout:
    """Each column is ordered by where its neighbours stand (barycentre sweeps), so that few lines cross."""
    last = max(node.column for node in view.nodes)
    columns: list[list[str]] = [[] for _ in range(last + 2)]
    for node in view.nodes:
        columns[node.column if node.column >= 0 else last + 1].append(node.key)
    columns = [column for column in columns if column]
    neighbours = _neighbours(view)
    for sweep in range(_SWEEPS):
        for column in columns if sweep % 2 == 0 else reversed(columns):
            heights = _heights(columns)
            column.sort(key=lambda key: (_middle(neighbours[key], heights, heights[key]), key))
    heights = _heights(columns)
    width = (len(columns) - 1) * COLUMN_GAP
    across = tuple(at * COLUMN_GAP - width / 2 for at in range(len(columns)))
    places = {key: (x, heights[key] * ROW_GAP) for x, column in zip(across, columns, strict=True) for key in column}
    return Layout(places, across)


def _heights(columns: Sequence[Sequence[str]]) -> dict[str, float]:
    """The row of each key, each column centred on 0."""
    return {key: at - (len(column) - 1) / 2 for column in columns for at, key in enumerate(column)}


def _middle(neighbours: Sequence[str], heights: Mapping[str, float], here: float) -> float:
    return sum(heights[key] for key in neighbours) / len(neighbours) if neighbours else here


def _neighbours(view: View) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {node.key: [] for node in view.nodes}
    for edge in view.edges:
        if edge.source != edge.target:
            neighbours[edge.source].append(edge.target)
            neighbours[edge.target].append(edge.source)
    return neighbours


def _in_rings(view: View) -> dict[str, tuple[float, float]]:
    """The centre (or the best connected node) in the middle, the others in rings around it, each type together."""
    neighbours = _neighbours(view)
    centre = view.centre or max(view.nodes, key=lambda node: (len(neighbours[node.key]), node.key)).key
    types = {node.key: node.type for node in view.nodes}
    others = sorted((key for key in types if key != centre), key=lambda key: (types[key], int(key[1:])))
    places = {centre: (0.0, 0.0)}
    ring, start = 1, 0
    while start < len(others):
        members = others[start : start + 12 * ring]
        # An ellipse, because labels are wider than high.
        for at, key in enumerate(members):
            angle = 2 * math.pi * (at + (ring - 1) / 2) / len(members) - math.pi / 2
            places[key] = (round(460 * ring * math.cos(angle), 2), round(260 * ring * math.sin(angle), 2))
        start += len(members)
        ring += 1
    return places


def _by_springs(view: View) -> dict[str, tuple[float, float]]:
    graph: rustworkx.PyGraph[str, None] = rustworkx.PyGraph()
    index = dict(zip((node.key for node in view.nodes), graph.add_nodes_from([node.key for node in view.nodes]), strict=True))
    graph.add_edges_from_no_data([(index[edge.source], index[edge.target]) for edge in view.edges if edge.source != edge.target])
    if not index:
        return {}
    found = rustworkx.spring_layout(graph, seed=_SEED, num_iter=120)
    scale = _SPREAD * math.sqrt(len(index))
    return {key: (round(found[at][0] * scale * 1.4, 2), round(found[at][1] * scale, 2)) for key, at in index.items()}
