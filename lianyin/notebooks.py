"""The graph for notebooks, as far as the reader may see it: who may not be named has a number for an id and their role for a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.privacy import HIGHEST

if TYPE_CHECKING:
    import networkx

    from graph.projection import Projection
    from graph.projection.tables import ArrowTables, Matrices
    from lianyin.session import Session


def to_networkx(client: Session) -> networkx.MultiDiGraph[str]:
    """See ``Client.to_networkx``."""
    from graph.projection.notebooks import from_facts

    _, nodes, relationships = client.store.scan()
    return from_facts(*client.reader.visible(nodes, relationships))


def to_scipy(client: Session) -> Matrices:
    """See ``Client.to_scipy``."""
    from graph.projection.tables import matrices

    return matrices(_seen(client))


def to_arrow(client: Session) -> ArrowTables:
    """See ``Client.to_arrow``."""
    from graph.projection.tables import arrow_tables

    return arrow_tables(_seen(client))


def _seen(client: Session) -> Projection:
    """The arrays of what the reader may see: those that answer questions, for a reader who sees everything."""
    if client.settings.clearance >= HIGHEST:
        return client.models.projection
    from graph.projection import build_projection

    head, nodes, relationships = client.store.scan()
    return build_projection(*client.reader.visible(nodes, relationships), client.ontology, head.revision)
