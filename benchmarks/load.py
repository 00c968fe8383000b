"""A whole load against a bare one: `python -m benchmarks.load FILES… [--store URL]`.

Ours reads the files, cleans, maps, checks, records claims, folds them and publishes. The bare load writes the very same facts and claims
into a fresh store of the same kind, with the same constraints and indexes, by nothing but `UNWIND … MERGE` in batches: what anybody
would write by hand who had the rows ready. Then opening, the first path and the thousandth are timed. One run, one process.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import lianyin
from graph.model import Facts
from graph.ontology import default_ontology
from graph.store import ClaimSelection, Store
from graph.stores import rows
from graph.stores.cypher import layout

BATCH = 5_000
Run = Callable[[str, dict[str, Any]], None]


def main() -> None:
    """Prints the figures as lines of text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--mapping")
    parser.add_argument("--store", default="", help="neo4j://user:password@host:port of an EMPTY database; default: an embedded store")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        url = arguments.store or f"kglite:///{folder}/ours"
        facts, claims = _ours(url, arguments.files, arguments.mapping)
        _bare(arguments.store, folder, facts, claims)
        if not arguments.store:
            _opening(url, facts)
    finally:
        shutil.rmtree(folder)


def _ours(url: str, files: Sequence[Path], mapping: str | None) -> tuple[Facts, list[dict[str, Any]]]:
    with lianyin.open(url) as client:
        start = time.perf_counter()
        report = client.ingest(files, mapping)
        took = time.perf_counter() - start
        print(f"ours: {took:.1f} s, {report.to_json()['totals']}")
        facts = _everything(client.store)
        loads = [load.id for load in client.ledger.loads()]
        claims = [rows.claim_row(claim) for claim in client.store.claims(ClaimSelection(loads=loads))]
    print(f"that is {len(facts.nodes)} nodes, {len(facts.relationships)} relationships, {len(claims)} claims; {_memory()}")
    _ours.took = took  # type: ignore[attr-defined]
    return facts, claims


def _everything(store: Store) -> Facts:
    _, nodes, relationships = store.scan()
    return Facts(tuple(nodes), tuple(relationships))


def _bare(url: str, folder: Path, facts: Facts, claims: list[dict[str, Any]]) -> None:
    ontology = default_ontology()
    nodes: dict[str, list[dict[str, Any]]] = {}
    for node in facts.nodes:
        nodes.setdefault(node.type, []).append(rows.node_row(node, 1, ontology))
    relationships: dict[str, list[dict[str, Any]]] = {}
    for one in facts.relationships:
        relationships.setdefault(one.type, []).append(rows.relationship_row(one, 1, ontology))
    run, close = _neo4j(url) if url else _embedded(folder)
    for statement in layout.schema_statements(ontology):
        run(statement.text, {})
    start = time.perf_counter()
    for name, found in nodes.items():
        labels = layout.label_text(ontology.labels(name))
        _batches(run, f"UNWIND $rows AS row MERGE (n:Entity {{id: row.id}}) SET n += row SET n{labels}", found)
    for name, links in relationships.items():
        text = (
            "UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target}) "
            f"MERGE (a)-[r:`{name}` {{id: row.id}}]->(b) SET r += row.properties"
        )
        _batches(run, text, links)
    _batches(run, "UNWIND $rows AS row MERGE (c:Claim {id: row.id}) SET c += row", claims)
    took = time.perf_counter() - start
    close()
    print(f"bare UNWIND … MERGE: {took:.1f} s; ours is {_ours.took / took:.2f} times that")  # type: ignore[attr-defined]


def _batches(run: Run, text: str, found: list[dict[str, Any]]) -> None:
    for start in range(0, len(found), BATCH):
        run(text, {"rows": found[start : start + BATCH]})


def _embedded(folder: Path) -> tuple[Run, Callable[[], None]]:
    import kglite

    (folder / "bare").mkdir()
    session = kglite.open_session(str(folder / "bare" / "graph.kgl"), durable="full")
    return (lambda text, parameters: session.execute(text, params=parameters)), session.close


def _neo4j(url: str) -> tuple[Run, Callable[[], None]]:
    """Empties the database first: it is the benchmark's own."""
    from urllib.parse import unquote, urlsplit

    import neo4j

    parts = urlsplit(url)
    driver = neo4j.GraphDatabase.driver(
        f"{parts.scheme}://{parts.hostname}:{parts.port}", auth=(unquote(parts.username or ""), unquote(parts.password or ""))
    )

    def run(text: str, parameters: dict[str, Any]) -> None:
        with driver.session(database="neo4j") as session:
            session.run(text, parameters).consume()

    run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS", {})
    return run, driver.close


def _opening(url: str, facts: Facts) -> None:
    start = time.perf_counter()
    with lianyin.open(url) as client:
        print(f"opening the store: {time.perf_counter() - start:.2f} s; {_memory()}")
        ids = [node.id for node in facts.nodes if node.type in ("University", "Enterprise")]
        times = []
        for number in range(1000):
            left, right = ids[(number * 7919) % len(ids)], ids[(number * 104729 + 1) % len(ids)]
            if left == right:
                continue
            start = time.perf_counter()
            client.paths(left, right)
            times.append(time.perf_counter() - start)
        print(f"first path, with the projection: {times[0]:.2f} s; thousandth: {times[-1] * 1000:.2f} ms; {_memory()}")


def _memory() -> str:
    return f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    sys.exit(main())
