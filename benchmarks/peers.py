"""Other engines on the same graph: what libraries and databases offer for one shortest path between two nodes.

Libraries without parallel edges get each two neighbours once; databases get every relationship. All answer with the nodes of a path.
"""

from __future__ import annotations

import csv
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx
import numpy as np

from benchmarks.graphs import Pair, Size, ends_and_types, made, node_types, simple_edges
from graph.projection import Projection

Search: TypeAlias = Callable[[Pair], object]

CYPHER = (
    "MATCH (a:Node {{{key}: $a}}), (b:Node {{{key}: $b}}) "
    "MATCH p = shortestPath((a)-[*..{hops}]-(b)) RETURN [n IN nodes(p) | n.{key}] AS path"
)
"""The same question to both databases; each finds the ends by its own index."""

NEO4J_MEMORY = {"server.memory.pagecache.size": "1g", "db.transaction.timeout": "600s"}


@cache
def networkx_graph(size: Size) -> nx.Graph[int]:
    """Without parallel edges; nodes carry their ``type``."""
    graph: nx.Graph[int] = nx.Graph()
    projection = made(size)
    graph.add_nodes_from((number, {"type": name}) for number, name in enumerate(node_types(projection)))
    sources, targets = simple_edges(projection)
    graph.add_edges_from(zip(sources.tolist(), targets.tolist(), strict=True))
    return graph


def networkx_search(size: Size) -> Search:
    """``nx.bidirectional_shortest_path``."""
    graph = networkx_graph(size)
    return lambda pair: tuple(nx.bidirectional_shortest_path(graph, *pair)) if nx_joined(graph, pair) else ()


def nx_joined(graph: nx.Graph[int], pair: Pair) -> bool:
    """Both ends have a neighbour; the made graphs are in one piece but for nodes without any."""
    return bool(graph.adj[pair[0]]) and bool(graph.adj[pair[1]])


def networkit_search(size: Size) -> Search:
    """``BidirectionalBFS`` with predecessors, a new object each time, as its interface wants it; it hands out the path without its ends."""
    import networkit

    projection = made(size)
    graph = networkit.GraphFromCoo(simple_edges(projection), n=projection.node_count)
    graph.sortEdges()

    def search(pair: Pair) -> tuple[int, ...]:
        run = networkit.distance.BidirectionalBFS(graph, *pair)
        run.run()
        return (pair[0], *run.getPath(), pair[1]) if run.getDistance() < projection.node_count else ()

    return search


def kglite_search(size: Size, max_hops: int) -> Search:
    """The embedded store's engine, in memory, asked in Cypher."""
    import kglite
    import pandas as pd

    projection = made(size)
    graph = kglite.KnowledgeGraph()
    numbers = np.arange(projection.node_count)
    graph.add_nodes(pd.DataFrame({"number": numbers, "name": numbers.astype(str)}), "Node", "number", "name")
    sources, targets, kinds = ends_and_types(projection)
    types = projection.edge_kinds.types[kinds]
    for number, name in enumerate(projection.relationship_types):
        chosen = types == number
        frame = pd.DataFrame({"a": sources[chosen], "b": targets[chosen]})
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # it tells of parallel relationships, which are meant
            graph.add_relationships(frame, name, "Node", "a", "Node", "b")
    query = CYPHER.format(key="id", hops=max_hops)
    frozen = graph.freeze()

    def search(pair: Pair) -> tuple[int, ...]:
        rows = frozen.cypher(query, params={"a": pair[0], "b": pair[1]}, timeout_ms=0).to_list()
        return tuple(rows[0]["path"]) if rows else ()

    return search


@contextmanager
def neo4j_search(size: Size, max_hops: int) -> Iterator[Search | None]:
    """A real server on this machine with the graph in it, asked over Bolt in one session; ``None`` where none is installed
    (``make neo4j``)."""
    from tests import neo4j_server

    if not neo4j_server.installed():
        yield None
        return
    from neo4j import GraphDatabase

    folder = Path(tempfile.mkdtemp(prefix="lianyin-bench-neo4j-"))
    try:
        arguments = write_csv(made(size), folder)
        with neo4j_server.running(folder / "server", settings=NEO4J_MEMORY, imported=arguments) as server:
            address = f"bolt://127.0.0.1:{server.port}"
            with GraphDatabase.driver(address, auth=("neo4j", neo4j_server.PASSWORD)) as driver, driver.session() as session:
                session.run("CREATE CONSTRAINT FOR (n:Node) REQUIRE n.number IS UNIQUE").consume()
                session.run("CALL db.awaitIndexes(600)").consume()
                query = CYPHER.format(key="number", hops=max_hops)

                def search(pair: Pair) -> tuple[int, ...]:
                    found: Any = session.run(query, a=pair[0], b=pair[1]).single()
                    return tuple(found["path"]) if found else ()

                yield search
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_csv(projection: Projection, folder: Path) -> list[str]:
    """Files for ``neo4j-admin database import full``, and its arguments."""
    with (folder / "nodes.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow((":ID", "number:long", ":LABEL"))
        rows.writerows((number, number, f"Node;{name}") for number, name in enumerate(node_types(projection)))
    sources, targets, kinds = ends_and_types(projection)
    names = np.array(projection.relationship_types)[projection.edge_kinds.types[kinds]]
    with (folder / "relationships.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow((":START_ID", ":END_ID", ":TYPE"))
        rows.writerows(zip(sources.tolist(), targets.tolist(), names.tolist(), strict=True))
    return [f"--nodes={folder / 'nodes.csv'}", f"--relationships={folder / 'relationships.csv'}"]
