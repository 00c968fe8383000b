"""Makes a projection from facts, or from arrays that are ready."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graph.errors import Conflict, StoreDamaged
from graph.kernels.arrays import Adjacency, Codes, Int32s
from graph.model import INFERRED, SAID, TRUST, Node, Relationship
from graph.ontology.schema import Ontology
from graph.privacy import existence_class, identifier_class, name_class
from graph.projection.days import first_day, last_day, precision
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
        adjacency=Adjacency(_fixed(starts), _fixed(neighbors), _fixed(codes), _fixed(nodes.kind_of.astype(np.uint16))),
        edges=_fixed(numbers),
        node_kinds=nodes.kinds,
        relationship_types=edges.types,
        edge_kinds=EdgeKinds(*(_fixed(array) for array in edges.kinds)),
        node_ids=nodes.ids,
        names=nodes.names,
        name_classes=_fixed(nodes.name_classes.astype(np.uint8)),
        id_classes=_fixed(nodes.id_classes.astype(np.uint8)),
        relationship_ids=edges.ids,
        dangling=dangling,
    )


def _nodes(nodes: list[Node], ontology: Ontology) -> NodeArrays:
    codes: dict[NodeKind, int] = {}
    kind_of = np.empty(len(nodes), np.uint16)
    classes = np.empty((2, len(nodes)), np.uint8)
    kinds: dict[tuple[str, bool], int] = {}
    for number, node in enumerate(nodes):
        known = ontology.node_types.get(node.type)
        hub = known is not None and ontology.is_hub(node.type, node.properties)
        code = kinds.get((node.type, hub))
        if code is None:
            kind = NodeKind(node.type, hub, known is not None and known.link, existence_class(ontology, node.type))
            code = kinds[node.type, hub] = codes.setdefault(kind, len(codes))
        kind_of[number] = code
        classes[:, number] = name_class(ontology, node), identifier_class(ontology, node, node.id)
    return NodeArrays(Texts.of(n.id for n in nodes), Texts.of(n.caption for n in nodes), classes[0], classes[1], tuple(codes), kind_of)


def _edges(relationships: list[Relationship], numbers: dict[str, int], ontology: Ontology) -> EdgeArrays:
    types: dict[str, int] = {}
    kinds: dict[tuple[str, str, str, int], int] = {}
    rows: list[tuple[int, int, int, int, int]] = []
    kind_of = np.empty(len(relationships), np.int32)
    for number, each in enumerate(relationships):
        key = (each.type, str(each.properties.get("validFrom", "")), str(each.properties.get("validTo", "")), trust_in(each, ontology))
        code = kinds.get(key)
        if code is None:
            code = kinds[key] = len(kinds)
            rows.append(_kind(each, key, types))
        kind_of[number] = code
    table = np.array(rows, np.int64).reshape(-1, 5)
    arrays = EdgeKinds(*(table[:, i].astype(kind) for i, kind in enumerate((np.uint16, np.int32, np.int32, np.uint8, np.uint8))))
    sources = np.fromiter((numbers[each.source] for each in relationships), np.int32, len(relationships))
    targets = np.fromiter((numbers[each.target] for each in relationships), np.int32, len(relationships))
    return EdgeArrays(Texts.of(each.id for each in relationships), sources, targets, tuple(types), arrays, kind_of)


def trust_in(relationship: Relationship, ontology: Ontology) -> int:
    """The trust that the ledger wrote on a relationship; on one that it wrote before it knew trust, what its kind says."""
    trust = relationship.properties.get(TRUST)
    if isinstance(trust, int):
        return trust
    known = ontology.relationship_types.get(relationship.type)
    return INFERRED if known is not None and known.derived and "via" not in relationship.properties else SAID


def _kind(relationship: Relationship, key: tuple[str, str, str, int], types: dict[str, int]) -> tuple[int, int, int, int, int]:
    type_, valid_from, valid_to, trust = key
    try:
        days = first_day(valid_from), last_day(valid_to)
        precisions = 4 * precision(valid_from) + precision(valid_to)
    except ValueError as problem:
        raise StoreDamaged(
            f"Relationship {relationship.id} ({type_}) holds dates that are none: '{valid_from}', '{valid_to}'.",
            hint="Find its source rows with `lianyin why`, undo that load and load the file again.",
        ) from problem
    return types.setdefault(type_, len(types)), *days, precisions, trust


def _adjacency(edges: EdgeArrays, nodes: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Both directions in one list, by node, then neighbour, then direction, then edge."""
    count = len(edges.sources)
    if count > MOST_EDGES:
        raise Conflict(
            f"The graph has {count:,} relationships; one projection holds {MOST_EDGES:,}.", hint="Split it, or ask the store itself."
        )
    owners = np.concatenate((edges.sources, edges.targets))
    others = np.concatenate((edges.targets, edges.sources))
    order = np.argsort(owners.astype(np.int64) * max(nodes, 1) + others, kind="stable")
    starts = np.zeros(nodes + 1, np.int32)
    np.cumsum(np.bincount(owners, minlength=nodes), out=starts[1:])
    width = np.uint16 if 2 * len(edges.kinds.types) <= 1 << 16 else np.uint32
    codes = np.concatenate((2 * edges.kind_of, 2 * edges.kind_of + 1)).astype(width)[order]
    numbers = (order % max(count, 1)).astype(np.int32)
    return starts, others[order].astype(np.int32), codes, numbers


def _fixed(array: np.ndarray) -> np.ndarray:
    """Read-only and contiguous: kernels are compiled for exactly that, and nobody may change it."""
    fixed = np.ascontiguousarray(array)
    fixed.setflags(write=False)
    return fixed
