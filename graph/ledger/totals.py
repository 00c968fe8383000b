"""What the list of loads counts."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import (
    Load,
    PublishedTotals,
)


def identities_exist(loads: Sequence[Load]) -> bool:
    """Whether any published load joined ids: if none did, no cluster need be looked for."""
    return any(load.totals.get("identities", 0) for load in loads if load.revision > 0)


def fact_totals(totals: PublishedTotals) -> dict[str, int]:
    """The counts of facts, by the names that a load record keeps."""
    return {
        "nodesNew": totals.nodes_new,
        "nodesUpdated": totals.nodes_updated,
        "nodesRemoved": totals.nodes_removed,
        "relationshipsNew": totals.relationships_new,
        "relationshipsUpdated": totals.relationships_updated,
        "relationshipsRemoved": totals.relationships_removed,
    }
