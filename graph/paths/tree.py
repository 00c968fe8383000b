"""Finds the smallest tree that joins some nodes, or one near it. Node numbers in, hops between node numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph.kernels.arrays import STOPPED, Flags, Int32s, Job

Hops = npt.NDArray[np.uint16]
Links = frozenset[tuple[int, int]]
"""Hops of a tree, the lesser node number first."""


@dataclass(frozen=True, slots=True)
class Joined:
    """``links`` joins the terminals; ``exact`` says that nothing smaller does, otherwise it has at most ``2 (1 - 1 / terminals)`` times the
    least number of hops. ``stopped``: a bound ended the search for a smaller one."""

    links: Links
    exact: bool
    stopped: bool


def terminal_hops(task: Job, terminals: Sequence[int], passed: Flags) -> Hops | None:
    """For each terminal the hops to every node (``FAR`` where there is no way); ``None`` when stopped."""
    from graph.kernels.steiner import FAR, hops_from

    hops = np.full((len(terminals), len(passed)), FAR, np.uint16)
    for row, terminal in zip(hops, terminals, strict=True):
        if hops_from(task, terminal, passed, row) == STOPPED:
            return None
    return hops


def join(task: Job, terminals: Sequence[int], hops: Hops, most_bytes: int) -> Joined:
    """Joins terminals that reach each other. First by their distances alone (L. Kou, G. Markowsky, L. Berman, Acta Informatica 15, 1981);
    that result bounds the exact search to nodes that a smaller tree could have. The exact search is left out where it would not keep to
    the work or the bytes that remain."""
    from graph.kernels.steiner import FAR, Trees, grow_trees

    near = _approximate(task, terminals, hops)
    if len(terminals) == 2 or len(near) == len(terminals) - 1:
        return Joined(near, exact=True, stopped=False)
    most = len(near) - 1
    nodes = np.flatnonzero(_least_tree(terminals, hops) <= most).astype(np.int32)
    sets = 1 << (len(terminals) - 1)
    starts = task.adjacency.starts
    work = sets * int((starts[nodes + 1] - starts[nodes]).sum()) + 3 ** (len(terminals) - 1) // 2 * len(nodes)
    if work > int(task.budget[0]) or 2 * sets * len(nodes) > most_bytes:
        return Joined(near, exact=False, stopped=False)
    place = np.full(len(task.adjacency.kinds), -1, np.int32)
    place[nodes] = np.arange(len(nodes), dtype=np.int32)
    trees = Trees(nodes, place, np.full((sets, len(nodes)), FAR, np.uint16), most)
    for number in range(len(terminals) - 1):
        trees.hops[1 << number] = hops[number, nodes]
    if grow_trees(task, trees) == STOPPED:
        return Joined(near, exact=False, stopped=True)
    root = int(place[terminals[-1]])
    if root < 0 or int(trees.hops[sets - 1, root]) > most:
        return Joined(near, exact=True, stopped=False)
    return Joined(_traced(task, trees.nodes, place, trees.hops, (sets - 1, root)), exact=True, stopped=False)


def _least_tree(terminals: Sequence[int], hops: Hops) -> npt.NDArray[np.int64]:
    """For each node fewer hops than which no tree has that joins it and the terminals: a tree that holds it and two of them has half the
    sum of their three distances at least."""
    wide = hops.astype(np.int64)
    least: npt.NDArray[np.int64] = wide.max(axis=0)
    for one in range(len(terminals)):
        for other in range(one):
            least = np.maximum(least, (wide[one] + wide[other] + wide[one, terminals[other]] + 1) // 2)
    return least


def _approximate(task: Job, terminals: Sequence[int], hops: Hops) -> Links:
    """A tree of shortest paths between terminals, those chosen that join all of them by the least sum; ends that are no terminal are cut
    off."""
    joined, rest = [0], set(range(1, len(terminals)))
    links: set[tuple[int, int]] = set()
    while rest:
        _, near, far = min((int(hops[a, terminals[b]]), a, b) for a in joined for b in rest)
        path = _path(task, hops[near], terminals[far])
        links |= {(min(pair), max(pair)) for pair in zip(path, path[1:], strict=False)}
        joined.append(far)
        rest.remove(far)
    return _pruned(_spanning(links, terminals[0]), set(terminals))


def _path(task: Job, hops: Hops, node: int) -> list[int]:
    """Back from a node to where the hops are counted from, by least numbers."""
    path = [node]
    while hops[path[-1]]:
        near = _neighbours(task, path[-1])
        path.append(int(near[hops[near] == hops[path[-1]] - 1][0]))
    return path


def _neighbours(task: Job, node: int) -> Int32s:
    starts, neighbors, codes, _ = task.adjacency
    entries = slice(int(starts[node]), int(starts[node + 1]))
    return neighbors[entries][task.allowed.codes[codes[entries]]]


def _spanning(links: set[tuple[int, int]], root: int) -> set[tuple[int, int]]:
    """A tree of these links that reaches all that they join."""
    near: dict[int, list[int]] = {}
    for one, other in sorted(links):
        near.setdefault(one, []).append(other)
        near.setdefault(other, []).append(one)
    seen, queue, tree = {root}, [root], set()
    for node in queue:
        for other in near.get(node, ()):
            if other not in seen:
                seen.add(other)
                queue.append(other)
                tree.add((min(node, other), max(node, other)))
    return tree


def _pruned(tree: set[tuple[int, int]], terminals: set[int]) -> Links:
    while True:
        ends = [node for link in tree for node in link]
        loose = {node for node in ends if ends.count(node) == 1} - terminals
        if not loose:
            return frozenset(tree)
        tree = {link for link in tree if not set(link) & loose}


def _traced(task: Job, nodes: Int32s, place: Int32s, hops: Hops, whole: tuple[int, int]) -> Links:
    """The links of the tree for a set of terminals that ends at a position."""
    links: set[tuple[int, int]] = set()
    todo = [whole]
    while todo:
        joined, position = todo.pop()
        size = int(hops[joined, position])
        if size == 0:
            continue
        part = _split(hops, joined, position)
        if part:
            todo += [(part, position), (joined ^ part, position)]
            continue
        near = place[_neighbours(task, int(nodes[position]))]
        before = next(int(each) for each in near if each >= 0 and int(hops[joined, each]) == size - 1)
        pair = int(nodes[position]), int(nodes[before])
        links.add((min(pair), max(pair)))
        todo.append((joined, before))
    return frozenset(links)


def _split(hops: Hops, joined: int, position: int) -> int:
    """A part of a set whose tree and that of the rest make up the whole one's at this position; 0 if there is none."""
    size, part = int(hops[joined, position]), (joined - 1) & joined
    while part:
        if int(hops[part, position]) + int(hops[joined ^ part, position]) == size:
            return part
        part = (part - 1) & joined
    return 0
