"""The node half of a projection's next revision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from graph.kernels.arrays import Codes, Int32s, Int64s
from graph.model import Node
from graph.privacy import identifier_class, name_class
from graph.projection.kinds import node_kind, node_kind_order
from graph.projection.projection import NodeKind, Projection
from graph.projection.texts import Texts, found_in, numbering, spliced


class Nodes(NamedTuple):
    """Nodes after a change. ``now`` gives each old number its new one (-1: gone), ``was`` each new one its old (-1: new)."""

    now: Int32s
    was: Int32s
    ids: Texts
    names: Texts
    name_classes: Codes
    id_classes: Codes
    kinds: tuple[NodeKind, ...]
    kind_of: Codes


def with_node_changes(projection: Projection, changed: Sequence[Node], gone: Sequence[str]) -> Nodes:
    """The nodes with ``changed`` ones as they stand now and without those that are ``gone``."""
    if not changed and not gone:
        return _unchanged(projection)
    standing = sorted(changed, key=lambda node: node.id)
    found, places = found_in(projection.node_ids, [node.id for node in standing])
    was_there, gone_places = found_in(projection.node_ids, sorted(gone))
    removed, fresh = gone_places[was_there], places[~found]
    now, fresh_numbers = numbering(projection.node_count, removed, fresh)
    numbers = np.empty(len(standing), np.int64)
    numbers[~found], numbers[found] = fresh_numbers, now[places[found]]
    count = projection.node_count - len(removed) + len(fresh)
    was = np.full(count, -1, np.int32)
    kept = np.flatnonzero(now >= 0)
    was[now[kept]] = kept
    ids = projection.node_ids
    if len(removed) or len(fresh):
        ids = spliced(ids, removed, [(int(place), node.id) for node, place, old in zip(standing, places, found, strict=True) if not old])
    kinds, kind_of = _kinds(projection, standing, numbers, was)
    name_classes, id_classes = _carried(projection.name_classes, was), _carried(projection.id_classes, was)
    name_classes[numbers] = [name_class(projection.ontology, node) for node in standing]
    id_classes[numbers] = [identifier_class(projection.ontology, node, node.id) for node in standing]
    return Nodes(now, was, ids, _names(projection, standing, (found, places), removed), name_classes, id_classes, kinds, kind_of)


def _unchanged(projection: Projection) -> Nodes:
    same = np.arange(projection.node_count, dtype=np.int32)
    classes = projection.name_classes, projection.id_classes
    return Nodes(same, same, projection.node_ids, projection.names, *classes, projection.node_kinds, projection.adjacency.kinds)


def _names(projection: Projection, standing: Sequence[Node], at: tuple[np.ndarray, Int64s], removed: Int64s) -> Texts:
    """The captions: those of new nodes put in, changed ones put in the old ones' place."""
    found, places = at
    inserted: list[tuple[int, str]] = []
    replaced: list[int] = []
    for node, old, place in zip(standing, found.tolist(), places.tolist(), strict=True):
        if old and projection.names[place] == node.caption:
            continue
        inserted.append((place, node.caption))
        if old:
            replaced.append(place)
    if not inserted and not len(removed):
        return projection.names
    return spliced(projection.names, np.union1d(removed, np.array(replaced, np.int64)), inserted)


def _kinds(projection: Projection, standing: Sequence[Node], numbers: Int64s, was: Int32s) -> tuple[tuple[NodeKind, ...], Codes]:
    """The kinds that are left, and each node's."""
    of_standing = [node_kind(node, projection.ontology) for node in standing]
    kinds = sorted({*projection.node_kinds, *of_standing}, key=node_kind_order)
    place = {kind: position for position, kind in enumerate(kinds)}
    renumbered = np.array([place[kind] for kind in projection.node_kinds], np.uint16)
    kind_of = _carried(renumbered[projection.adjacency.kinds] if len(renumbered) else projection.adjacency.kinds, was)
    kind_of[numbers] = [place[kind] for kind in of_standing]
    used = np.flatnonzero(np.bincount(kind_of, minlength=len(kinds)))
    if len(used) == len(kinds):
        return tuple(kinds), kind_of
    places = np.zeros(len(kinds), np.uint16)
    places[used] = np.arange(len(used))
    return tuple(kinds[each] for each in used), places[kind_of]


def _carried(array: Codes, was: Int32s) -> Codes:
    """The old values under the new numbers; those of new nodes are to be filled in."""
    carried = np.zeros(len(was), array.dtype)
    old = was >= 0
    carried[old] = array[was[old]]
    return carried
