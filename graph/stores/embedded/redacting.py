"""Writes a copy of the graph without what a reader may not see: ``python -P -m graph.stores.embedded.redacting COPY TARGET``, the view
pickled on stdin. In a process of its own, whose memory goes back when it ends."""

from __future__ import annotations

import os
import pickle
import sys
from typing import Any

import kglite

from graph.stores.cypher.layout import SYNTHETIC_KEYS
from graph.view import View


def redact(graph: Any, view: View) -> None:
    """Takes out of an open graph what is not in the view: claims, loads and changes first, which hold every value as text."""
    graph.cypher("MATCH (n) WHERE NOT n:Entity DETACH DELETE n")
    graph.cypher("MATCH (n:Entity) WHERE n.entityType IN $hidden DETACH DELETE n", params={"hidden": list(view.hidden)})
    for node_type, when in view.confidential.items():
        held = " AND ".join(f"n.{quoted(name)} = $value{place}" for place, name in enumerate(when))
        values = {f"value{place}": value for place, value in enumerate(when.values())}
        graph.cypher(f"MATCH (n:Entity) WHERE n.entityType = $type AND {held} DETACH DELETE n", params={"type": node_type, **values})
    _redact_nodes(graph, view)
    _redact_relationships(graph, view)


def _redact_nodes(graph: Any, view: View) -> None:
    for row in graph.cypher("MATCH (n:Entity) UNWIND keys(n) AS key RETURN DISTINCT n.entityType AS type, key").to_list():
        for published in (False, True):
            if row["key"] in SYNTHETIC_KEYS or view.keeps_of_node(row["type"], row["key"], published=published):
                continue
            graph.cypher(
                f"MATCH (n:Entity) WHERE n.entityType = $type AND coalesce(n.published, false) = $published REMOVE n.{quoted(row['key'])}",
                params={"type": row["type"], "published": published},
            )
    for node_type, schemes in view.schemes.items():
        kept = " AND ".join(f"NOT x STARTS WITH $scheme{place}" for place, _ in enumerate(schemes))
        graph.cypher(
            f"MATCH (n:Entity) WHERE n.entityType = $type SET n.identifiers = [x IN n.identifiers WHERE {kept}]",
            params={"type": node_type, **{f"scheme{place}": f"{scheme}:" for place, scheme in enumerate(schemes)}},
        )


def _redact_relationships(graph: Any, view: View) -> None:
    for row in graph.cypher("MATCH (:Entity)-[r]->(:Entity) UNWIND keys(r) AS key RETURN DISTINCT type(r) AS type, key").to_list():
        if row["key"] not in SYNTHETIC_KEYS and not view.keeps_of_relationship(row["type"], row["key"]):
            graph.cypher(f"MATCH (:Entity)-[r:{quoted(row['type'])}]->(:Entity) REMOVE r.{quoted(row['key'])}")


def quoted(name: str) -> str:
    """A name as Cypher takes any."""
    return "`" + name.replace("`", "``") + "`"


def main(copy: str, target: str) -> None:
    """The target is there whole, or not at all."""
    view: View = pickle.load(sys.stdin.buffer)
    kglite.set_query_warning_policy("silent")
    graph = kglite.load(copy)
    redact(graph, view)
    graph.save(f"{target}.part", fsync=False)
    os.replace(f"{target}.part", target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
