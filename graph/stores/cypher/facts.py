"""Nodes, relationships and changes: reading what is published, writing what is folded.

Every read filters by ``Head.revision`` in the same statement, so what is staged above it cannot be seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from graph.stores.cypher.layout import Statement, example_of, label_text, map_text, quoted

Rows = Sequence[dict[str, Any]]

_RELATIONSHIP = "type(r) AS type, a.id AS source, b.id AS target, properties(r) AS properties"
_PUBLISHED_NODE = "MATCH (h:Head {id: 'head'}) MATCH (n:Entity)"
_PUBLISHED = "n.revision <= h.revision"


def nodes_by_id(ids: Sequence[str]) -> Statement:
    """Published nodes; unknown ids give no row."""
    return Statement(f"{_PUBLISHED_NODE} WHERE n.id IN $ids AND {_PUBLISHED} RETURN properties(n) AS properties", {"ids": list(ids)})


def relationships_by_id(name: str, ids: Sequence[str], *, published: bool = True) -> Statement:
    """Relationships of one type: an index belongs to one type."""
    if published:
        head, condition = "MATCH (h:Head {id: 'head'}) ", " AND r.revision <= h.revision"
    else:
        head, condition = "", ""
    text = f"{head}MATCH (a:Entity)-[r:{quoted(name)}]->(b:Entity) WHERE r.id IN $ids{condition} RETURN {_RELATIONSHIP}"
    return Statement(text, {"ids": list(ids)})


def relationships_touching(ids: Sequence[str]) -> Statement:
    """Relationships with an end among ``ids``; one with both ends there may come twice."""
    return Statement(
        "MATCH (h:Head {id: 'head'}) MATCH (n:Entity)-[r]-(m:Entity) WHERE n.id IN $ids AND r.revision <= h.revision "
        "WITH DISTINCT r RETURN type(r) AS type, startNode(r).id AS source, endNode(r).id AS target, properties(r) AS properties",
        {"ids": list(ids)},
    )


def all_nodes(types: Sequence[str]) -> Statement:
    """Published nodes of exactly these types, or of all when none is given."""
    condition = " AND n.entityType IN $types" if types else ""
    return Statement(f"{_PUBLISHED_NODE} WHERE {_PUBLISHED}{condition} RETURN properties(n) AS properties", {"types": list(types)})


def all_relationships() -> Statement:
    """Every published relationship."""
    return Statement(
        f"MATCH (h:Head {{id: 'head'}}) MATCH (a:Entity)-[r]->(b:Entity) WHERE r.revision <= h.revision RETURN {_RELATIONSHIP}"
    )


def page_of_nodes(label: str, after: str, limit: int) -> Statement:
    """Published nodes with this label beyond an id: a place that no write can shift."""
    return Statement(
        f"MATCH (h:Head {{id: 'head'}}) MATCH (n:Entity:{quoted(label)}) WHERE n.id > $after AND {_PUBLISHED} "
        "RETURN properties(n) AS properties ORDER BY n.id LIMIT $limit",
        {"after": after, "limit": limit},
    )


def retyped_nodes(node_type: str, ids: Sequence[str]) -> Statement:
    """Nodes among ``ids`` that are stored under another type: their old labels have to go."""
    return Statement(
        "MATCH (n:Entity) WHERE n.id IN $ids AND n.entityType <> $type RETURN n.id AS id, labels(n) AS labels",
        {"ids": list(ids), "type": node_type},
    )


def remove_labels(labels: tuple[str, ...], ids: Sequence[str]) -> Statement:
    """Takes labels from nodes."""
    return Statement(f"MATCH (n:Entity) WHERE n.id IN $ids REMOVE n{label_text(labels)}", {"ids": list(ids)})


def upsert_nodes(labels: tuple[str, ...], rows: Rows) -> Statement:
    """Each row is the whole node, ``id`` included: ``SET n =`` replaces, so what is absent reads absent."""
    return Statement(
        f"UNWIND $rows AS row MERGE (n:Entity {{id: row.id}}) SET n = row SET n{label_text(labels)} RETURN count(n) AS written",
        {"rows": list(rows)},
    )


def upsert_relationships(name: str, rows: Rows) -> Statement:
    """Rows ``{id, source, target, properties}``. A row whose end is missing writes nothing: the caller compares the count."""
    return Statement(
        "UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target}) "
        f"MERGE (a)-[r:{quoted(name)} {{id: row.id}}]->(b) SET r = row.properties RETURN count(r) AS written",
        {"rows": list(rows)},
    )


def create_nodes(labels: tuple[str, ...], rows: Rows) -> Statement:
    """For staging, where every fact is new."""
    example = example_of(rows)
    text = f"UNWIND $rows AS row CREATE (n:Entity{label_text(labels)} {map_text(example, 'row')})"
    return Statement(text, {"rows": list(rows)}, ("Entity", example))


def create_relationships(name: str, rows: Rows) -> Statement:
    """For staging; the count tells whether every end was there."""
    return Statement(
        "UNWIND $rows AS row MATCH (a:Entity {id: row.source}) MATCH (b:Entity {id: row.target}) "
        f"CREATE (a)-[r:{quoted(name)} {{id: row.id}}]->(b) SET r = row.properties RETURN count(r) AS written",
        {"rows": list(rows)},
    )


def delete_nodes(ids: Sequence[str]) -> Statement:
    """Deletes nodes and whatever touches them."""
    return Statement("MATCH (n:Entity) WHERE n.id IN $ids DETACH DELETE n", {"ids": list(ids)})


def delete_relationships(name: str, ids: Sequence[str]) -> Statement:
    """Deletes relationships of one type."""
    return Statement(f"MATCH (a:Entity)-[r:{quoted(name)}]->(b:Entity) WHERE r.id IN $ids DELETE r", {"ids": list(ids)})


def staged_nodes(revision: int) -> Statement:
    """Ids of nodes above a revision."""
    return Statement("MATCH (n:Entity) WHERE n.revision > $revision RETURN n.id AS id", {"revision": revision})


def staged_relationships(revision: int) -> Statement:
    """Types and ids of relationships above a revision."""
    return Statement(
        "MATCH (a:Entity)-[r]->(b:Entity) WHERE r.revision > $revision RETURN type(r) AS type, r.id AS id", {"revision": revision}
    )


def write_changes(rows: Rows) -> Statement:
    """Rows ``{id, revision, kind, deleted, ids}``: a node per thousand subjects, not per subject (see ``publication``)."""
    return Statement("UNWIND $rows AS row CREATE (c:Change) SET c = row", {"rows": list(rows)})


def changes_since(revision: int) -> Statement:
    """Published changes above a revision, in the order of revisions."""
    return Statement(
        "MATCH (h:Head {id: 'head'}) MATCH (c:Change) WHERE c.revision > $revision AND c.revision <= h.revision AND c.kind <> 'commit' "
        "RETURN c.revision AS revision, c.kind AS kind, c.deleted AS deleted, c.ids AS ids ORDER BY c.revision, c.id",
        {"revision": revision},
    )


def commit_token(revision: int) -> Statement:
    """Who published a revision: lets a writer whose connection broke find out whether its commit went in."""
    return Statement("MATCH (c:Change) WHERE c.revision = $revision AND c.kind = 'commit' RETURN c.token AS token", {"revision": revision})


def any_node(node_id: str) -> Statement:
    """Whether a node exists, published or not."""
    return Statement("MATCH (n:Entity {id: $id}) RETURN n.id AS id", {"id": node_id})
