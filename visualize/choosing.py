"""Which nodes a picture keeps when it cannot hold all: of every type its share, and within a type those that hold most ties.

Nothing is left out because of how it sorts, and no type disappears while another fills the page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import sqrt

from graph.model import Node


def shares(sizes: Mapping[str, int], room: int, minor: Collection[str] = ()) -> dict[str, int]:
    """How many of each kind fit into ``room``: at least one of each as long as the room lasts, the rest in proportion to the square root
    of a kind's size, so that the largest does not crowd out the others; ``minor`` kinds get a quarter of that. Equal input gives equal
    output, whatever its order."""
    weights = {kind: sqrt(size) / (4 if kind in minor else 1) for kind, size in sizes.items()}
    taken = dict.fromkeys(sizes, 0)
    order = sorted(sizes, key=lambda kind: (-sizes[kind], kind))
    for _ in range(min(room, sum(sizes.values()))):
        open_kinds = [kind for kind in order if taken[kind] < sizes[kind]]
        chosen = min(open_kinds, key=lambda kind: (taken[kind] > 0, taken[kind] / weights[kind]))
        taken[chosen] += 1
    return taken


def choose(candidates: Sequence[Node], ties: Mapping[str, int], room: int) -> list[Node]:
    """At most ``room`` of the candidates, the best connected first. ``ties`` is how many relationships each has, by id."""
    ranked = sorted(candidates, key=lambda node: (-ties.get(node.id, 0), node.caption, node.id))
    if len(ranked) <= room:
        return ranked
    sizes: dict[str, int] = {}
    for node in ranked:
        sizes[node.type] = sizes.get(node.type, 0) + 1
    left = shares(sizes, room)
    kept = []
    for node in ranked:
        if left[node.type]:
            left[node.type] -= 1
            kept.append(node)
    return kept
