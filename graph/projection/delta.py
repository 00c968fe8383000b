"""From one revision's projection to the next: what changed is merged into new arrays, and the old ones stay as they are.

The result is the projection that ``build_projection`` would make of all facts, array for array, at the price of copying memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from graph.kernels.arrays import Adjacency, Codes, Int32s, Int64s
from graph.model import Node, Relationship
from graph.projection.build import fixed
from graph.projection.kinds import EdgeKind, code_width, edge_kind_table, edge_kinds, edge_kinds_of
from graph.projection.nodes import Nodes, with_node_changes
from graph.projection.projection import EdgeKinds, Projection
from graph.projection.texts import found_in, numbering, spliced


@dataclass(frozen=True, slots=True)
class Delta:
    """What became of the subjects that changed: facts as they stand at ``revision``, and ids that are gone by then. A subject is in one
    of the four. A node that goes takes its relationships along, and they are named too."""

    revision: int
    nodes: Sequence[Node] = ()
    relationships: Sequence[Relationship] = ()
    gone_nodes: Sequence[str] = ()
    gone_relationships: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.nodes) + len(self.relationships) + len(self.gone_nodes) + len(self.gone_relationships)


class _Changes(NamedTuple):
    """What happens to edges. ``removed`` are old numbers of edges that go, ``replaced`` of those that stand anew; ``standing`` are
    relationships with their ends, in the order of their ids, ``found`` and ``places`` where their ids stand among the old ones."""

    removed: Int64s
    replaced: Int64s
    standing: list[Relationship]
    sources: Int64s
    targets: Int64s
    found: np.ndarray
    places: Int64s
    dangling: list[str]


class _Table(NamedTuple):
    """Edge kinds after the change: ``codes`` gives each old code its new one, ``kind_of`` the kind of each standing relationship."""

    kinds: list[EdgeKind]
    codes: Codes
    kind_of: Int32s


def with_delta(projection: Projection, delta: Delta) -> Projection:
    """The projection of the facts after ``delta``. A relationship with an unknown end is left out and named in ``dangling``. Raises
    ``StoreDamaged`` for a date that is none."""
    nodes = with_node_changes(projection, delta.nodes, delta.gone_nodes)
    changes = _edge_changes(projection, nodes, delta)
    moved = replace(
        projection,
        revision=delta.revision,
        node_kinds=nodes.kinds,
        node_ids=nodes.ids,
        names=nodes.names,
        name_classes=fixed(nodes.name_classes),
        id_classes=fixed(nodes.id_classes),
        adjacency=projection.adjacency._replace(kinds=fixed(nodes.kind_of)),
        dangling=tuple(sorted(changes.dangling)),
    )
    if not len(changes.removed) and not changes.standing and nodes.ids is projection.node_ids:
        return moved
    return _with_edges(projection, moved, nodes, changes)


def _edge_changes(projection: Projection, nodes: Nodes, delta: Delta) -> _Changes:
    """Sorts out which edges go and which stand anew."""
    changed = sorted(delta.relationships, key=lambda each: each.id)
    found, places = found_in(projection.relationship_ids, [each.id for each in changed])
    (known_source, sources), (known_target, targets) = (
        found_in(nodes.ids, ids) for ids in ([each.source for each in changed], [each.target for each in changed])
    )
    whole = known_source & known_target
    gone, gone_places = found_in(projection.relationship_ids, sorted(delta.gone_relationships))
    named = np.concatenate((gone_places[gone], places[found]))
    torn = np.setdiff1d(_edges_at(projection, np.flatnonzero(nodes.now < 0)), named)
    touched = {each.id for each in changed} | set(delta.gone_relationships)
    dangling = [id for id in projection.dangling if id not in touched]
    dangling += [changed[position].id for position in np.flatnonzero(~whole)]
    dangling += [projection.relationship_ids[int(edge)] for edge in torn]
    return _Changes(
        removed=np.unique(np.concatenate((gone_places[gone], places[found & ~whole], torn))).astype(np.int64),
        replaced=places[found & whole],
        standing=[each for each, stands in zip(changed, whole.tolist(), strict=True) if stands],
        sources=sources[whole],
        targets=targets[whole],
        found=found[whole],
        places=places[whole],
        dangling=dangling,
    )


def _edges_at(projection: Projection, nodes: Iterable[int]) -> Int64s:
    """The edges of these nodes, each once."""
    starts, edges = projection.adjacency.starts, projection.edges
    parts = [edges[starts[node] : starts[node + 1]] for node in nodes]
    return np.unique(np.concatenate(parts)).astype(np.int64) if parts else np.empty(0, np.int64)


def _with_edges(projection: Projection, moved: Projection, nodes: Nodes, changes: _Changes) -> Projection:
    ids = projection.relationship_ids
    fresh = changes.places[~changes.found]
    now, fresh_numbers = numbering(len(ids), changes.removed, fresh)
    new_ids = [each.id for each, found in zip(changes.standing, changes.found.tolist(), strict=True) if not found]
    numbers = np.empty(len(changes.standing), np.int32)
    numbers[~changes.found] = fresh_numbers
    numbers[changes.found] = now[changes.replaced]
    now[changes.replaced] = -1  # its entries are written anew
    table = _edge_table(projection, changes.standing)
    # Both copy tens of megabytes without Python's lock: two cores do it in two thirds of the time.
    with ThreadPoolExecutor(1) as beside:
        copied = beside.submit(spliced, ids, changes.removed, list(zip(fresh.tolist(), new_ids, strict=True)))
        codes, adjacency, edges = _merged(projection, nodes, changes, (now, numbers), table)
        ids = copied.result()
    kinds = table.kinds
    if len(changes.removed) or len(changes.replaced):
        kinds, codes = _used(kinds, codes)
    types, arrays = edge_kind_table(kinds)
    return replace(
        moved,
        relationship_ids=ids,
        relationship_types=types,
        edge_kinds=EdgeKinds(*(fixed(array) for array in arrays)),
        adjacency=adjacency._replace(codes=fixed(codes.astype(code_width(len(kinds)), copy=False)), kinds=moved.adjacency.kinds),
        edges=edges,
    )


def _edge_table(projection: Projection, standing: Sequence[Relationship]) -> _Table:
    """The old kinds and those of ``standing``, in order."""
    old = edge_kinds_of(projection)
    of_standing = edge_kinds(standing, projection.ontology)
    kinds = sorted({*old, *of_standing})
    place = {kind: position for position, kind in enumerate(kinds)}
    width = max(code_width(len(kinds)), projection.adjacency.codes.dtype.type, key=lambda each: np.dtype(each).itemsize)
    first = 2 * np.array([place[kind] for kind in old], np.int64)
    codes = np.column_stack((first, first + 1)).reshape(-1).astype(width)
    return _Table(kinds, codes, np.array([place[kind] for kind in of_standing], np.int32))


def _merged(
    projection: Projection, nodes: Nodes, changes: _Changes, numbers: tuple[Int32s, Int32s], table: _Table
) -> tuple[Codes, Adjacency, Int32s]:
    """The adjacency after the change: codes, the rest of it (with the old codes and kinds in their place), and the edges of its entries.
    ``numbers`` are those of old edges and of standing relationships."""
    from graph.kernels.merging import BLOCK, Entries, Renumbering, block_shifts, merge

    old, width = projection.adjacency, table.codes.dtype
    now, standing = numbers
    size = 2 * (projection.edge_count - len(changes.removed) - len(changes.replaced) + len(standing))
    added = _added(len(nodes.ids), changes, standing, (2 * table.kind_of).astype(width))
    merged = Entries(np.empty(len(nodes.ids) + 1, np.int32), np.empty(size, np.int32), np.empty(size, width), np.empty(size, np.int32))
    shifts = np.empty(-(-len(now) // BLOCK), np.int32)
    block_shifts(now, shifts)
    merge(
        Entries(old.starts, old.neighbors, fixed(old.codes.astype(width, copy=False)), projection.edges),
        Entries(*(fixed(array) for array in added)),
        Renumbering(fixed(nodes.was), fixed(nodes.now), fixed(now), fixed(shifts), fixed(table.codes)),
        merged,
    )
    return merged.codes, Adjacency(fixed(merged.starts), fixed(merged.neighbors), old.codes, old.kinds), fixed(merged.edges)


def _added(nodes: int, changes: _Changes, numbers: Int32s, codes: Codes) -> tuple[Int32s, Int32s, Codes, Int32s]:
    """The entries of the standing relationships at both ends: starts, neighbours, codes and edges."""
    owners = np.concatenate((changes.sources, changes.targets))
    others = np.concatenate((changes.targets, changes.sources)).astype(np.int32)
    both = np.concatenate((codes, codes + codes.dtype.type(1)))
    edges = np.concatenate((numbers, numbers))
    order = np.lexsort((edges, both & 1, others, owners))
    starts = np.zeros(nodes + 1, np.int32)
    np.cumsum(np.bincount(owners, minlength=nodes), out=starts[1:])
    return starts, others[order], both[order], edges[order]


def _used(kinds: list[EdgeKind], codes: Codes) -> tuple[list[EdgeKind], Codes]:
    """Only the kinds that some edge still has."""
    counts = np.bincount(codes, minlength=2 * len(kinds))[::2]
    if counts.all():
        return kinds, codes
    kept = np.flatnonzero(counts)
    places = np.zeros(len(kinds), np.int64)
    places[kept] = np.arange(len(kept))
    renumbered = np.column_stack((2 * places, 2 * places + 1)).reshape(-1).astype(codes.dtype)
    return [kinds[place] for place in kept], renumbered[codes]
