"""Does the read model hold what the store holds? Read by another way (pages of nodes, and what touches them) and compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from graph.model import Node, Relationship
from graph.ontology.schema import Ontology
from graph.projection import Projection
from graph.store import Store
from lianyin.answers.reader import Document, documents
from lianyin.results import Column, Result

PAGE = 1_000
LISTED = 100
"""Differences that are listed; all are counted."""

COLUMNS = (Column("what", "项目", "what"), Column("id", "编号", "id"), Column("difference", "差异", "difference"))


def verify(store: Store, projection: Projection, ontology: Ontology) -> Document:
    """``{"equal", "nodes", "relationships", "differences": […], "revision"}``."""
    differences: list[tuple[str, str, str]] = []
    nodes: set[str] = set()
    relationships: dict[str, Relationship] = {}
    for page in _pages(store, ontology):
        nodes.update(node.id for node in page)
        differences += [found for node in page if (found := _node_difference(node, projection))]
        touching = store.facts(touching=[node.id for node in page]).relationships
        relationships.update((each.id, each) for each in touching)
    differences += [("node", id, "only in the read model") for id in projection.node_ids if id not in nodes]
    held = _edges(projection)
    for id, each in sorted(relationships.items()):
        stored = _content(each)
        if held.get(id) != stored:
            differences.append(("relationship", id, "only in the store" if id not in held else f"store {stored}, read model {held[id]}"))
    differences += [("relationship", id, "only in the read model") for id in sorted(set(held) - set(relationships))]
    return {
        "equal": not differences,
        "revision": projection.revision,
        "nodes": len(nodes),
        "relationships": len(relationships),
        "differences": [dict(zip(("what", "id", "difference"), each, strict=True)) for each in differences[:LISTED]],
        "different": len(differences),
        "by_kind": dict(Counter(what for what, _, _ in differences)),
    }


def verify_result(document: Document) -> Result:
    """One row a difference that is listed."""
    return Result(document, COLUMNS, [tuple(each.values()) for each in documents(document, "differences")])


def _pages(store: Store, ontology: Ontology) -> Iterator[Sequence[Node]]:
    """All nodes: the types that extend no other, with all that extend them, page by page."""
    for name in sorted(name for name, each in ontology.node_types.items() if not each.ancestors):
        after = ""
        while page := store.page(name, after, PAGE):
            yield page
            after = page[-1].id


def _node_difference(node: Node, projection: Projection) -> tuple[str, str, str] | None:
    number = projection.node_ids.find(node.id)
    if number < 0:
        return ("node", node.id, "only in the store")
    held = (projection.kind(number).type, projection.names[number])
    return None if held == (node.type, node.caption) else ("node", node.id, f"store {(node.type, node.caption)}, read model {held}")


def _content(each: Relationship) -> tuple[str, ...]:
    dates = (str(each.properties.get(name, "")) for name in ("validFrom", "validTo"))
    return (each.type, each.source, each.target, *dates)


def _edges(projection: Projection) -> dict[str, tuple[str, ...]]:
    """Every relationship of the read model, by id."""
    found: dict[str, tuple[str, ...]] = {}
    ids = projection.node_ids
    for node in range(projection.node_count):
        for entry in range(int(projection.adjacency.starts[node]), int(projection.adjacency.starts[node + 1])):
            if projection.adjacency.codes[entry] & 1:
                continue
            edge = projection.edge(entry, node)
            found[projection.relationship_ids[edge.number]] = (
                edge.type,
                ids[edge.source],
                ids[edge.target],
                edge.valid_from,
                edge.valid_to,
            )
    return found
