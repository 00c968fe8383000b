"""Path queries: how two nodes are connected, and which of one type connect to which of another, through whom.

``ask`` is the question, checked and compiled; ``search`` finds node numbers; ``answer`` tells them. Answers are exact, bounded
and explained: a limit that was met is named, every hop has its dates and source rows.
"""

from graph.paths.answer.common_neighbours import CommonAnswer, CommonNeighbour, CommonQuery, common_neighbours
from graph.paths.answer.connecting_tree import ConnectAnswer, ConnectQuery, connect_nodes
from graph.paths.answer.connections import find_connections
from graph.paths.answer.neighbourhood import Neighbour, NeighbourhoodAnswer, NeighbourhoodQuery, neighbourhood
from graph.paths.answer.paths import find_paths
from graph.paths.answer.stream import StreamedPairs, stream_connections
from graph.paths.answer.values import Connection, ConnectionsAnswer, Fact, Hop, Path, PathAnswer
from graph.paths.ask.query import (
    AnswerContext,
    Bounds,
    Conditions,
    ConnectionsQuery,
    Direction,
    PathKind,
    PathQuery,
    WeightName,
)
from graph.paths.search.levels import Count, TypeCount

__all__ = [
    "AnswerContext",
    "Bounds",
    "CommonAnswer",
    "CommonNeighbour",
    "CommonQuery",
    "ConnectAnswer",
    "ConnectQuery",
    "Conditions",
    "Connection",
    "ConnectionsAnswer",
    "ConnectionsQuery",
    "Count",
    "Direction",
    "Fact",
    "Hop",
    "Neighbour",
    "NeighbourhoodAnswer",
    "NeighbourhoodQuery",
    "Path",
    "PathAnswer",
    "PathKind",
    "PathQuery",
    "StreamedPairs",
    "TypeCount",
    "WeightName",
    "common_neighbours",
    "connect_nodes",
    "find_connections",
    "find_paths",
    "neighbourhood",
    "stream_connections",
]
