"""Where each node of a picture stands. Computed here, once and always the same: the browser moves nothing.

Coordinates are in pixels at zoom 1, y downwards.
"""

from __future__ import annotations

import math
import random
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import rustworkx

from visualize.view import View

SPRING_CAP = 1500
"""Above this many nodes a spring layout takes too long, and no one could read it: rings instead."""
RING_CAP = 48
"""Up to this many nodes around a centre stand in rings, where every label has room."""
COLUMN_GAP = 300
NARROW_GAP = 270
WIDE = 5
"""With more columns than this they stand closer, and names take more lines."""
ROW_GAP = 92
_SWEEPS = 12
_BEGINNINGS = 12
_RING_ROOM = 14
_TALLEST_COLUMN = 12
_SWAP_CAP = 120
"""Up to this many lines, neighbours in a column are also swapped as long as that saves crossings."""
_SEED = 7
_SPREAD = 150

Places = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Layout:
    """``places`` by node key; ``columns`` holds the x of each column from left to right (none, unless the picture has columns)."""

    places: Places
    columns: tuple[float, ...] = ()


def lay_out(view: View) -> Layout:
    """Columns for paths and for small neighbourhoods of several steps, rings around a centre, a seeded spring layout for anything else."""
    if any(node.column >= 0 for node in view.nodes):
        return _in_columns(view, {node.key: node.column for node in view.nodes})
    if view.centre and len(view.nodes) <= RING_CAP:
        steps, _ = _tree(view.centre, _neighbours(view), {node.key: node.type for node in view.nodes})
        tallest = max(Counter(steps.values()).values())
        return _in_columns(view, steps) if max(steps.values()) > 1 and tallest <= _TALLEST_COLUMN else Layout(_in_rings(view))
    return Layout(_in_rings(view)) if len(view.nodes) > SPRING_CAP else Layout(_by_springs(view))


def _in_columns(view: View, column_of: Mapping[str, int]) -> Layout:
    """``column_of`` by node key; -1 stands at the far right."""
    last = max(column_of.values())
    columns: list[list[str]] = [[] for _ in range(last + 2)]
    for node in view.nodes:
        columns[column_of[node.key] if column_of[node.key] >= 0 else last + 1].append(node.key)
    columns = _with_few_crossings([column for column in columns if column], view)
    heights = _heights(columns)
    gap = NARROW_GAP if len(columns) > WIDE else COLUMN_GAP
    across = tuple((at - (len(columns) - 1) / 2) * gap for at in range(len(columns)))
    places = {key: (x, heights[key] * ROW_GAP) for x, column in zip(across, columns, strict=True) for key in column}
    return Layout(places, across)


def _with_few_crossings(columns: list[list[str]], view: View) -> list[list[str]]:
    """Each column ordered by where its neighbours stand (barycentre sweeps), from several seeded beginnings; the best order met wins."""
    neighbours = _neighbours(view)
    edges = [(edge.source, edge.target) for edge in view.edges if edge.source != edge.target]
    small = len(edges) <= _SWAP_CAP
    shuffle = random.Random(_SEED)
    best, fewest = columns, _crossings(columns, edges)
    for _ in range(_BEGINNINGS if small else 1):
        for sweep in range(_SWEEPS):
            columns = [list(column) for column in columns]
            for column in columns if sweep % 2 == 0 else reversed(columns):
                heights = _heights(columns)
                column.sort(key=lambda key: (_middle(neighbours[key], heights, heights[key]), key))
            if small:
                _swap_neighbours(columns, edges)
            crossings = _crossings(columns, edges)
            if crossings < fewest:
                best, fewest = columns, crossings
        if fewest[0] == 0:
            break
        columns = [shuffle.sample(column, len(column)) for column in columns]
    return best


def _swap_neighbours(columns: list[list[str]], edges: Sequence[tuple[str, str]]) -> None:
    fewest = _crossings(columns, edges)
    for column in columns:
        for at in range(len(column) - 1):
            column[at], column[at + 1] = column[at + 1], column[at]
            crossings = _crossings(columns, edges)
            if crossings < fewest:
                fewest = crossings
            else:
                column[at], column[at + 1] = column[at + 1], column[at]


def _crossings(columns: Sequence[Sequence[str]], edges: Sequence[tuple[str, str]]) -> tuple[int, float]:
    """How many pairs of lines between the same two columns cross, then how far the lines climb in all."""
    column_of = {key: at for at, column in enumerate(columns) for key in column}
    heights = _heights(columns)
    by_pair: dict[tuple[int, int], list[tuple[float, float]]] = {}
    climb = 0.0
    for one, other in edges:
        left, right = sorted((one, other), key=lambda key: column_of[key])
        by_pair.setdefault((column_of[left], column_of[right]), []).append((heights[left], heights[right]))
        climb += abs(heights[left] - heights[right])
    crossings = 0
    for lines in by_pair.values():
        starts, ends = np.array(lines).T
        crossings += int(((starts[:, None] < starts) & (ends[:, None] > ends)).sum())
    return crossings, climb


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
    """The centre (or the best connected node) in the middle, every other node on the ring of its distance, in the sector of the node
    through which it is reached. Full rings are staggered, so that labels keep clear; what is not connected stands outside."""
    neighbours = _neighbours(view)
    centre = view.centre or max(view.nodes, key=lambda node: (len(neighbours[node.key]), node.key)).key
    types = {node.key: node.type for node in view.nodes}
    depth, branches = _tree(centre, neighbours, types)
    order = _outward(centre, branches)
    leaves = [key for key in order if not branches[key]]
    angles = {key: 2 * math.pi * at / len(leaves) - math.pi / 2 for at, key in enumerate(leaves)}
    for key in reversed(order):
        if branches[key]:
            angles[key] = sum(angles[child] for child in branches[key]) / len(branches[key])
    stagger = math.ceil(len(leaves) / _RING_ROOM)
    places = {centre: (0.0, 0.0)}
    for at, key in enumerate(order[1:]):
        level = at % stagger
        if at == len(order) - 2 and level == 0 and stagger > 1:
            level = 1  # the last stands beside the first
        reach = depth[key] + 0.5 * level
        # An ellipse, because labels are wider than high.
        places[key] = (round(400 * reach * math.cos(angles[key]), 2), round(230 * reach * math.sin(angles[key]), 2))
    return places


def _tree(centre: str, neighbours: Mapping[str, Sequence[str]], types: Mapping[str, str]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Distances from the centre, and whom each node is the first to reach. What cannot be reached hangs on the centre, further out."""
    depth, branches = {centre: 0}, {key: list[str]() for key in types}
    queue = deque([centre])
    while queue:
        key = queue.popleft()
        for near in sorted(set(neighbours[key]), key=lambda each: (types[each], int(each[1:]))):
            if near not in depth:
                depth[near] = depth[key] + 1
                branches[key].append(near)
                queue.append(near)
    outside = max(depth.values()) + 1
    for key in types:
        if key not in depth:
            depth[key] = outside
            branches[centre].append(key)
    return depth, branches


def _outward(centre: str, branches: Mapping[str, Sequence[str]]) -> list[str]:
    """Depth first: the nodes of one sector follow each other."""
    order, waiting = [], [centre]
    while waiting:
        key = waiting.pop()
        order.append(key)
        waiting += reversed(branches[key])
    return order


def _by_springs(view: View) -> dict[str, tuple[float, float]]:
    graph: rustworkx.PyGraph[str, None] = rustworkx.PyGraph()
    index = dict(zip((node.key for node in view.nodes), graph.add_nodes_from([node.key for node in view.nodes]), strict=True))
    graph.add_edges_from_no_data([(index[edge.source], index[edge.target]) for edge in view.edges if edge.source != edge.target])
    if not index:
        return {}
    found = rustworkx.spring_layout(graph, seed=_SEED, num_iter=120)
    scale = _SPREAD * math.sqrt(len(index))
    return {key: (round(found[at][0] * scale * 1.4, 2), round(found[at][1] * scale, 2)) for key, at in index.items()}
