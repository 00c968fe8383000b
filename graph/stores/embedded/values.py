"""The engine's answers in the forms of ``graph.stores.answers``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graph.stores.answers import node_answer, path_answer, relationship_answer, without_synthetic


def columns_of(found: Any) -> tuple[str, ...] | None:
    """``None`` where the query chose another form of answer than a table."""
    return tuple(found.columns) if hasattr(found, "columns") else None


def plain_rows(found: Any, columns: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
    """The rows that were kept, one by one."""
    return (tuple(plain(row[column]) for column in columns) for row in found)


def total_of(found: Any) -> int:
    """How many rows there were before some were left out."""
    return (found.diagnostics or {}).get("total_rows") or len(found)


def plain(value: object) -> object:
    """The engine's values in the forms of ``graph.stores.answers``."""
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"nodes", "relationships"}:
        return path_answer([plain(node) for node in value["nodes"]], [plain(step) for step in value["relationships"]])
    if value.keys() == {"id", "labels", "properties"}:
        return node_answer(value["properties"], value["labels"])
    if value.keys() == {"id", "start", "end", "type", "properties"}:
        return relationship_answer(value["properties"], value["type"])
    # A map with our own keys and synthetic ones is what ``properties(n)`` gives.
    stored = value.keys() >= {"id", "type", "revision"} or value.keys() >= {"id", "type", "writtenBy"}
    return {key: plain(item) for key, item in (without_synthetic(value) if stored else value).items()}
