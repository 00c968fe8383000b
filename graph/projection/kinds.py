"""The kinds of nodes and edges: what many share, told apart once. Tables of kinds are in a fixed order (by their values), so that the same
facts give the same arrays whatever way they came."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from graph.errors import StoreDamaged
from graph.messages import message
from graph.model import INFERRED, SAID, TRUST, Node, Relationship
from graph.ontology.schema import Ontology
from graph.privacy import existence_class
from graph.projection.days import first_day, last_day, precision
from graph.projection.projection import EdgeKinds, NodeKind

if TYPE_CHECKING:
    from graph.projection.projection import Projection


class EdgeKind(NamedTuple):
    """One row of ``EdgeKinds``, its type by name."""

    type: str
    first: int
    last: int
    precisions: int
    trust: int


def node_kind(node: Node, ontology: Ontology) -> NodeKind:
    """What the node shares with others. A type that the ontology does not know is neither hub nor link."""
    known = ontology.node_types.get(node.type)
    hub = known is not None and ontology.is_hub(node.type, node.properties)
    return NodeKind(node.type, hub, known is not None and known.link, existence_class(ontology, node))


def node_kind_order(kind: NodeKind) -> tuple[str, bool, bool, int]:
    """What node kinds are sorted by."""
    return kind.type, kind.hub, kind.link, kind.privacy


def trust_in(relationship: Relationship, ontology: Ontology) -> int:
    """The trust that the ledger wrote on a relationship; on one that it wrote before it knew trust, what its type says."""
    trust = relationship.properties.get(TRUST)
    if isinstance(trust, int):
        return trust
    known = ontology.relationship_types.get(relationship.type)
    return INFERRED if known is not None and known.derived and "via" not in relationship.properties else SAID


def edge_kinds(relationships: Iterable[Relationship], ontology: Ontology) -> list[EdgeKind]:
    """The kind of each, computed once where many are alike; equal ones are one object. Raises ``StoreDamaged`` for a date that is none."""
    told: dict[tuple[str, object, object, int], EdgeKind] = {}
    kinds: list[EdgeKind] = []
    for each in relationships:
        properties = each.properties
        key = (each.type, properties.get("validFrom", ""), properties.get("validTo", ""), trust_in(each, ontology))
        kind = told.get(key)
        if kind is None:
            kind = told[key] = _edge_kind(each, key[3])
        kinds.append(kind)
    return kinds


def _edge_kind(relationship: Relationship, trust: int) -> EdgeKind:
    valid_from, valid_to = (str(relationship.properties.get(name, "")) for name in ("validFrom", "validTo"))
    try:
        precisions = 4 * precision(valid_from) + precision(valid_to)
        return EdgeKind(relationship.type, first_day(valid_from), last_day(valid_to), precisions, trust)
    except ValueError as problem:
        raise StoreDamaged(
            message(
                "Relationship {id} ({type}) has invalid dates: '{valid_from}', '{valid_to}'.",
                id=relationship.id,
                type=relationship.type,
                valid_from=valid_from,
                valid_to=valid_to,
            ),
            hint=message("Find its source rows with `lianyin why`, undo that load and load the file again."),
        ) from problem


def edge_kind_table(kinds: Collection[EdgeKind]) -> tuple[tuple[str, ...], EdgeKinds]:
    """The names of relationship types and the arrays of these kinds, which come in their order."""
    types = tuple(sorted({kind.type for kind in kinds}))
    place = {name: position for position, name in enumerate(types)}
    rows = np.array([(place[kind.type], *kind[1:]) for kind in kinds], np.int64).reshape(-1, len(EdgeKind._fields))
    widths = (np.uint16, np.int32, np.int32, np.uint8, np.uint8)
    return types, EdgeKinds(*(rows[:, column].astype(width) for column, width in enumerate(widths)))


def edge_kinds_of(projection: Projection) -> list[EdgeKind]:
    """The rows of a projection's table of edge kinds, in its order."""
    columns = (array.tolist() for array in projection.edge_kinds)
    return [EdgeKind(projection.relationship_types[row[0]], *row[1:]) for row in zip(*columns, strict=True)]


def code_width(kinds: int) -> type[np.uint16] | type[np.uint32]:
    """What holds a code, which is twice a kind and a direction."""
    return np.uint16 if 2 * kinds <= 1 << 16 else np.uint32
