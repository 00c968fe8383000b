"""What a node is known by beside its name: the unit of a person, the enterprise of a studio or of a need, the place of an organisation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from graph.projection import Projection
from graph.search.exact import Hints

KNOWN_BY = {
    "EMPLOYED_BY": "target",
    "SECONDED_FROM": "target",
    "DIRECTOR_OF": "target",
    "LEADS": "target",
    "MEMBER_OF": "target",
    "BASED_AT": "target",
    "POSTED": "source",
    "UNIT_OF": "target",
    "LOCATED_IN": "target",
}
"""The relationships that tell where somebody or something belongs, the surest first, and which of their ends is the unit or place."""

MOST = 24
"""Surroundings kept of one node: nobody is asked for by the 25th board they sit on."""


def hints_of(projection: Projection) -> Hints:
    """What search may know from the graph: how well connected each node is, and where it belongs."""
    degrees = dict(zip(projection.node_ids, np.diff(projection.adjacency.starts).tolist(), strict=True))
    return Hints(degree=lambda node_id: degrees.get(node_id, 0), surroundings=surroundings(projection))


def surroundings(projection: Projection) -> dict[str, tuple[str, ...]]:
    """By node id, the ids of the units and places it belongs to, the surest first, then those of these units in turn (a studio's
    enterprise, a university's city), at most ``MOST``. Whatever belongs nowhere is absent."""
    direct: dict[int, dict[int, None]] = {}
    for relationship_type, end in KNOWN_BY.items():
        for source, target in _ends(projection, relationship_type):
            member, unit = (source, target) if end == "target" else (target, source)
            if member != unit:
                direct.setdefault(member, {})[unit] = None
    ids = projection.node_ids
    return {ids[member]: tuple(ids[unit] for unit in _with_their_own(member, direct)) for member in direct}


def _ends(projection: Projection, relationship_type: str) -> Sequence[tuple[int, int]]:
    """The node numbers of the sources and targets of all relationships of a type, by source and target."""
    if relationship_type not in projection.relationship_types:
        return []
    adjacency = projection.adjacency
    wanted = projection.edge_kinds.types == projection.relationship_types.index(relationship_type)
    # The last bit of a code tells that the entry reads its relationship backwards; each is then taken once, from its source.
    entries = np.flatnonzero(wanted[adjacency.codes >> 1] & ((adjacency.codes & 1) == 0))
    sources = np.searchsorted(adjacency.starts, entries, "right") - 1
    return list(zip(sources.tolist(), adjacency.neighbors[entries].tolist(), strict=True))


def _with_their_own(member: int, direct: Mapping[int, Mapping[int, None]]) -> list[int]:
    found = dict.fromkeys(direct[member])
    for unit in direct[member]:
        found.update(dict.fromkeys(direct.get(unit, ())))
    found.pop(member, None)
    return list(found)[:MOST]
