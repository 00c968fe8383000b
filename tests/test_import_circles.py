"""No module of a room imports itself by way of others: imports for types only and inside functions count like all others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import networkx as nx
import pytest

ROOMS = ("graph", "cooperation", "ingest", "visualize")
"""``api`` and ``lianyin`` are being rebuilt, and join when they are."""


def modules(checkout: Path, rooms: tuple[str, ...]) -> dict[str, Path]:
    """Every module of the rooms by its dotted name."""
    found = {}
    for room in rooms:
        for path in (checkout / room).rglob("*.py"):
            parts = path.relative_to(checkout).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def import_graph(sources: dict[str, str]) -> nx.DiGraph[str]:
    """Which of these modules imports which, anywhere in its text. ``from a import b`` imports ``a.b`` if that is a module, else ``a``."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sources)
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            for target in _targets(node, sources):
                if target != name:
                    graph.add_edge(name, target)
    return graph


def _targets(node: ast.AST, sources: dict[str, str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names if alias.name in sources)
    elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
        for alias in node.names:
            whole = f"{node.module}.{alias.name}"
            if whole in sources:
                yield whole
            elif node.module in sources:
                yield node.module


def circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    """The sets of modules that import each other, sorted."""
    return sorted(sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1)


@pytest.mark.parametrize("room", ROOMS)
def test_no_modules_import_each_other(room: str, checkout: Path) -> None:
    sources = {name: path.read_text(encoding="utf-8") for name, path in modules(checkout, (room,)).items()}
    assert circles(import_graph(sources)) == []


@pytest.mark.parametrize(
    "back",
    [
        "import room.one",
        "from room.one import name",
        "from room import one",
        "def later():\n    from room.one import name",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from room.one import name",
    ],
)
def test_a_circle_is_found_however_it_is_closed(back: str) -> None:
    sources = {"room": "", "room.one": "from room.two import name", "room.two": "import room.three", "room.three": back, "room.four": back}
    assert circles(import_graph(sources)) == [["room.one", "room.three", "room.two"]]
