"""The random typed graphs of the path tests, as the part that an analysis is about, in networkx."""

from __future__ import annotations

import networkx as nx

from graph.analytics import AnalysisAnswer, AnalysisQuery, NodeRow, analyse
from tests.graph.paths.graphs import World, context, valid_on


def part(world: World, *, direction: str = "any", day: str = "") -> nx.MultiDiGraph[str]:
    """Without hubs and link nodes, all relationships with their direction."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    kept = world.passable()
    graph.add_nodes_from(sorted(kept))
    for each in world.relationships:
        if each.source in kept and each.target in kept and (not day or valid_on(each, day)):
            ends = (each.target, each.source) if direction == "backward" else (each.source, each.target)
            graph.add_edge(*ends, key=each.id)
    return graph


def simple(graph: nx.MultiDiGraph[str], *, directed: bool = False) -> nx.Graph[str]:
    """Linked or not, without loops."""
    plain: nx.Graph[str] = nx.DiGraph() if directed else nx.Graph()
    plain.add_nodes_from(graph)
    plain.add_edges_from((a, b) for a, b in graph.edges() if a != b)
    return plain


def ask(world: World, query: AnalysisQuery) -> AnalysisAnswer:
    return analyse(world.projection, query, context())


def values(answer: AnalysisAnswer, key: str) -> dict[str, float]:
    """One figure of each row by node id."""
    return {row.node.id: row.figures[key] for row in answer.rows if isinstance(row, NodeRow)}
