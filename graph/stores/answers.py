"""How nodes, relationships and paths look in the answer to an analyst's query: plain Python, alike from both stores.

``{id, type, properties}`` with *our* ids and types; a path is the list of its nodes and relationships in turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.stores.cypher.layout import SYNTHETIC_KEYS

Answer = dict[str, object]


def without_synthetic(properties: Mapping[str, object]) -> Answer:
    """Stored properties by name, without the keys that the embedded engine invents."""
    return {key: properties[key] for key in sorted(properties) if key not in SYNTHETIC_KEYS}


def node_answer(properties: Mapping[str, object], labels: Sequence[str]) -> Answer:
    """A node. Claims, loads and changes have no ``entityType``: their label is their type."""
    own = without_synthetic(properties)
    return {"id": own.get("id"), "type": own.get("entityType", labels[0] if labels else ""), "properties": own}


def relationship_answer(properties: Mapping[str, object], type_name: str) -> Answer:
    """A relationship."""
    own = without_synthetic(properties)
    return {"id": own.get("id"), "type": type_name, "properties": own}


def path_answer(nodes: Sequence[object], relationships: Sequence[object]) -> list[object]:
    """Node, relationship, node, … from start to end."""
    steps: list[object] = list(nodes[:1])
    for relationship, node in zip(relationships, nodes[1:], strict=True):
        steps += [relationship, node]
    return steps
