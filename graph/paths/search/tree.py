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
    """``links`` joins the terminals; ``exact`` says that nothing smaller does; no tree has fewer than ``least`` hops. ``stopped``: a bound
    ended the search for a smaller one, or, without links, for any. Where each terminal is one node, a tree that is not exact has at most
    ``2 (1 - 1 / terminals)`` times the least number of hops."""

    links: Links
    exact: bool
    stopped: bool
    least: int


@dataclass(frozen=True, slots=True, eq=False)
class Terminals:
    """What a tree has to join: all of ``nodes``, two or more, and one node of each of ``groups``, none of which holds one of ``nodes``."""

    nodes: tuple[int, ...]
    groups: tuple[Int32s, ...] = ()

    @property
    def sources(self) -> list[Int32s]:
        """The nodes of each terminal: groups first."""
        return [*self.groups, *(np.array([node], np.int32) for node in self.nodes)]

    @property
    def least(self) -> int:
        """No tree that joins them has fewer hops."""
        return len(self.nodes) - 1 + (1 if self.groups else 0)


def terminal_hops(task: Job, terminals: Terminals, passed: Flags) -> Hops | None:
    """For each terminal, groups first, the hops to every node (``FAR`` where there is no way); ``None`` when stopped."""
    from graph.paths.search.tree_kernel import FAR, hops_from

    hops = np.full((len(terminals.sources), len(passed)), FAR, np.uint16)
    for row, source in zip(hops, terminals.sources, strict=True):
        if hops_from(task, source, passed, row) == STOPPED:
            return None
    return hops


def join(task: Job, terminals: Terminals, hops: Hops, passed: Flags, most_bytes: int) -> Joined:
    """Joins terminals that reach each other. First by their distances alone (L. Kou, G. Markowsky, L. Berman, Acta Informatica 15, 1981), a
    group by that node of it which is nearest to all; that result bounds the exact search to nodes that a smaller tree could have. The
    exact search is left out where it would not keep to the work or the bytes that remain."""
    from graph.paths.search.tree_kernel import FAR, Trees, grow_trees

    near = _near(task, terminals, hops, passed)
    if near is None:
        return Joined(frozenset(), exact=False, stopped=True, least=terminals.least)
    count = len(hops)
    if count == 2 or len(near) == terminals.least:
        return Joined(near, exact=True, stopped=False, least=len(near))
    bounds = _least_tree(terminals.sources, hops)
    least, most = max(terminals.least, int(bounds.min())), len(near) - 1
    nodes = np.flatnonzero(bounds <= most).astype(np.int32)
    sets = 1 << (count - 1)
    starts = task.adjacency.starts
    work = sets * int((starts[nodes + 1] - starts[nodes]).sum()) + 3 ** (count - 1) // 2 * len(nodes)
    if work > int(task.budget[0]) or 2 * sets * len(nodes) > most_bytes:
        return Joined(near, exact=False, stopped=False, least=least)
    place = np.full(len(task.adjacency.kinds), -1, np.int32)
    place[nodes] = np.arange(len(nodes), dtype=np.int32)
    trees = Trees(nodes, place, np.full((sets, len(nodes)), FAR, np.uint16), most)
    for number in range(count - 1):
        trees.hops[1 << number] = hops[number, nodes]
    if grow_trees(task, trees) == STOPPED:
        return Joined(near, exact=False, stopped=True, least=least)
    root = int(place[terminals.nodes[-1]])
    if root < 0 or int(trees.hops[sets - 1, root]) > most:
        return Joined(near, exact=True, stopped=False, least=len(near))
    links = _traced(task, trees.nodes, place, trees.hops, (sets - 1, root))
    return Joined(links, exact=True, stopped=False, least=len(links))


def _near(task: Job, terminals: Terminals, hops: Hops, passed: Flags) -> Links | None:
    """A tree by distances alone; ``None`` when stopped."""
    from graph.paths.search.tree_kernel import FAR, hops_from

    groups = len(terminals.groups)
    chosen, rows = [], hops.copy() if groups else hops
    for number, members in enumerate(terminals.groups):
        nearest = members[np.argmin(hops[groups:, members].astype(np.int64).sum(axis=0))]
        chosen.append(int(nearest))
        rows[number] = FAR
        if hops_from(task, np.array([nearest], np.int32), passed, rows[number]) == STOPPED:
            return None
    return _approximate(task, (*chosen, *terminals.nodes), rows)


def _least_tree(sources: Sequence[Int32s], hops: Hops) -> npt.NDArray[np.int64]:
    """For each node fewer hops than which no tree has that joins it and the terminals: a tree that holds it and two of them has half the
    sum of their three distances at least."""
    wide = hops.astype(np.int64)
    least: npt.NDArray[np.int64] = wide.max(axis=0)
    for one in range(len(sources)):
        for other in range(one):
            least = np.maximum(least, (wide[one] + wide[other] + wide[one, sources[other]].min() + 1) // 2)
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
