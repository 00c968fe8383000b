"""Path queries: how two nodes are connected, and which of one type connect to which of another, through whom.

Answers are exact, bounded and explained: a limit that was met is named, every hop has its dates and source rows.
"""

from graph.paths.answer import Connection, ConnectionsAnswer, Fact, Hop, Path, PathAnswer
from graph.paths.around import Neighbour, NeighbourhoodAnswer, NeighbourhoodQuery, neighbourhood
from graph.paths.common import CommonAnswer, CommonNeighbour, CommonQuery, common_neighbours
from graph.paths.connecting import ConnectAnswer, ConnectQuery, connect_nodes
from graph.paths.connections import find_connections
from graph.paths.find import find_paths
from graph.paths.levels import Count, TypeCount
from graph.paths.query import AnswerContext, Bounds, ConnectionsQuery, PathQuery

__all__ = [
    "AnswerContext",
    "Bounds",
    "CommonAnswer",
    "CommonNeighbour",
    "CommonQuery",
    "ConnectAnswer",
    "ConnectQuery",
    "Connection",
    "ConnectionsAnswer",
    "ConnectionsQuery",
    "Count",
    "Fact",
    "Hop",
    "Neighbour",
    "NeighbourhoodAnswer",
    "NeighbourhoodQuery",
    "Path",
    "PathAnswer",
    "PathQuery",
    "TypeCount",
    "common_neighbours",
    "connect_nodes",
    "find_connections",
    "find_paths",
    "neighbourhood",
]
