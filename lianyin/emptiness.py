"""An empty graph answers nothing: that there is no such node, or no pair, would only mean that nobody loaded anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.errors import EmptyGraph
from graph.messages import message

if TYPE_CHECKING:
    from graph.ontology.schema import Ontology
    from graph.store import Store


def is_empty(store: Store, ontology: Ontology) -> bool:
    """Whether the graph has no node at all. One page is read, of each type that extends none."""
    roots = [type.name for type in ontology.node_types.values() if not type.ancestors]
    return not any(store.page(root, "", 1) for root in roots)


def check_not_empty(store: Store, ontology: Ontology) -> None:
    """Raises ``EmptyGraph``, which says what to load."""
    if is_empty(store, ontology):
        raise EmptyGraph(
            message("The graph is empty: nothing has been loaded, so there is nothing to find."),
            hint=message("Load tables (lianyin ingest FILE), or see the fictitious city first (lianyin demo)."),
        )
