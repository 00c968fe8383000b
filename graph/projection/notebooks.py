"""The graph for notebooks: networkx, with everything on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import networkx

from graph.model import Node, Relationship

if TYPE_CHECKING:
    from graph.projection.projection import Projection


def from_facts(nodes: Iterable[Node], relationships: Iterable[Relationship]) -> networkx.MultiDiGraph[str]:
    """All nodes and relationships with all properties given; the key of an edge is the relationship's id. Whoever hands the facts in
    has left out what the reader may not see."""
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in nodes:
        graph.add_node(node.id, **{**node.properties, "type": node.type})
    for each in relationships:
        graph.add_edge(each.source, each.target, key=each.id, **{**each.properties, "type": each.type})
    return graph


def from_projection(projection: Projection) -> networkx.MultiDiGraph[str]:
    """What the arrays know: types, names, trust and dates (an unknown date is an absent key)."""
    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in range(projection.node_count):
        graph.add_node(projection.node_ids[node], type=projection.kind(node).type, name=projection.names[node])
    for node in range(projection.node_count):
        for entry in range(projection.adjacency.starts[node], projection.adjacency.starts[node + 1]):
            if projection.adjacency.codes[entry] & 1:
                continue
            edge = projection.edge(entry, node)
            dates = {"validFrom": edge.valid_from, "validTo": edge.valid_to}
            graph.add_edge(
                projection.node_ids[edge.source],
                projection.node_ids[edge.target],
                key=projection.relationship_ids[edge.number],
                type=edge.type,
                trust=edge.trust,
                **{name: date for name, date in dates.items() if date},
            )
    return graph
