"""Makes a projection from facts, or from arrays that are ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.errors import Conflict
from graph.kernels.arrays import Adjacency, Codes, Int32s
from graph.messages import message
from graph.model import Node, Relationship
from graph.ontology.schema import Ontology
from graph.privacy import identifier_class, name_class
from graph.projection.kinds import code_width, edge_kind_table, edge_kinds, node_kind, node_kind_order
from graph.projection.projection import EdgeKinds, NodeKind, Projection
from graph.projection.texts import Texts

NOTHING: tuple[str, ...] = ()

MOST_EDGES = (2**31 - 1) // 2
"""Adjacency entries are counted in 32 bits, which keeps an edge within 24 bytes."""


@dataclass(frozen=True, slots=True)
class NodeArrays:
    """Nodes by ascending id. ``kind_of`` are positions in ``kinds``."""

    ids: Texts
    names: Texts
    name_classes: Codes
    id_classes: Codes
    kinds: tuple[NodeKind, ...]
    kind_of: Codes


@dataclass(frozen=True, slots=True)
class EdgeArrays:
    """Edges by ascending relationship id. ``sources`` and ``targets`` are node numbers, ``kind_of`` positions in ``kinds``."""

    ids: Texts
    sources: Int32s
    targets: Int32s
    types: tuple[str, ...]
    kinds: EdgeKinds
    kind_of: Int32s


def build_projection(nodes: Iterable[Node], relationships: Iterable[Relationship], ontology: Ontology, revision: int) -> Projection:
    """From facts in any order, each id once. A relationship with an unknown end is left out and named in ``dangling``. Raises
    ``StoreDamaged`` for a date that is none."""
    node_arrays = _nodes(sorted(nodes, key=lambda node: node.id), ontology)
    numbers = {id: number for number, id in enumerate(node_arrays.ids)}
    whole: list[Relationship] = []
    dangling: list[Relationship] = []
    for each in relationships:
        (whole if each.source in numbers and each.target in numbers else dangling).append(each)
    whole.sort(key=lambda each: each.id)
    edge_arrays = _edges(whole, numbers, ontology)
    return from_arrays(node_arrays, edge_arrays, ontology, revision, dangling=tuple(sorted(each.id for each in dangling)))


def from_arrays(
    nodes: NodeArrays, edges: EdgeArrays, ontology: Ontology, revision: int, *, dangling: tuple[str, ...] = NOTHING
) -> Projection:
    """From arrays that keep the promises of ``NodeArrays`` and ``EdgeArrays``."""
    starts, neighbors, codes, numbers = _adjacency(edges, len(nodes.ids))
    return Projection(
        ontology=ontology,
        revision=revision,
        adjacency=Adjacency(fixed(starts), fixed(neighbors), fixed(codes), fixed(nodes.kind_of.astype(np.uint16))),
        edges=fixed(numbers),
        node_kinds=nodes.kinds,
        relationship_types=edges.types,
        edge_kinds=EdgeKinds(*(fixed(array) for array in edges.kinds)),
        node_ids=nodes.ids,
        names=nodes.names,
        name_classes=fixed(nodes.name_classes.astype(np.uint8)),
        id_classes=fixed(nodes.id_classes.astype(np.uint8)),
        relationship_ids=edges.ids,
        dangling=dangling,
    )


def _nodes(nodes: list[Node], ontology: Ontology) -> NodeArrays:
    kind_of_each = [node_kind(node, ontology) for node in nodes]
    kinds = tuple(sorted(set(kind_of_each), key=node_kind_order))
    place = {kind: position for position, kind in enumerate(kinds)}
    kind_of = np.fromiter((place[kind] for kind in kind_of_each), np.uint16, len(nodes))
    classes = np.empty((2, len(nodes)), np.uint8)
    for number, node in enumerate(nodes):
        classes[:, number] = name_class(ontology, node), identifier_class(ontology, node, node.id)
    return NodeArrays(Texts.of(n.id for n in nodes), Texts.of(n.caption for n in nodes), classes[0], classes[1], kinds, kind_of)


def _edges(relationships: list[Relationship], numbers: dict[str, int], ontology: Ontology) -> EdgeArrays:
    kind_of_each = edge_kinds(relationships, ontology)
    kinds = sorted(set(kind_of_each))
    place = {kind: position for position, kind in enumerate(kinds)}
    kind_of = np.fromiter((place[kind] for kind in kind_of_each), np.int32, len(relationships))
    sources = np.fromiter((numbers[each.source] for each in relationships), np.int32, len(relationships))
    targets = np.fromiter((numbers[each.target] for each in relationships), np.int32, len(relationships))
    return EdgeArrays(Texts.of(each.id for each in relationships), sources, targets, *edge_kind_table(kinds), kind_of)


def _adjacency(edges: EdgeArrays, nodes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Both directions in one list, by node, then neighbour, then direction, then edge."""
    count = len(edges.sources)
    if count > MOST_EDGES:
        raise Conflict(
            message("The graph has {count:,} relationships; at most {most_edges:,} can be read in.", count=count, most_edges=MOST_EDGES),
            hint=message("Split it, or query the store itself."),
        )
    owners = np.concatenate((edges.sources, edges.targets))
    others = np.concatenate((edges.targets, edges.sources))
    order = np.argsort(owners.astype(np.int64) * max(nodes, 1) + others, kind="stable")
    starts = np.zeros(nodes + 1, np.int32)
    np.cumsum(np.bincount(owners, minlength=nodes), out=starts[1:])
    codes = np.concatenate((2 * edges.kind_of, 2 * edges.kind_of + 1)).astype(code_width(len(edges.kinds.types)))[order]
    numbers = (order % max(count, 1)).astype(np.int32)
    return starts, others[order].astype(np.int32), codes, numbers


def fixed(array: np.ndarray) -> np.ndarray:
    """Read-only and contiguous: kernels are compiled for exactly that, and nobody may change it."""
    fixed = np.ascontiguousarray(array)
    fixed.setflags(write=False)
    return fixed
