"""Keeping a projection at the newest revision of a store: what changed is read and merged; only when that is much, all is read anew."""

from __future__ import annotations

from graph.errors import StoreDamaged
from graph.messages import message
from graph.ontology.schema import Ontology
from graph.projection.build import build_projection
from graph.projection.delta import Delta, with_delta
from graph.projection.projection import Projection
from graph.store import Store

ROUNDS = 5
"""How often changes are read again because a commit fell into the reading."""

SCANS = 3
"""How often a store is read whole again because relationships had no ends."""

SMALL = 10_000
"""So many changed subjects are always worth merging."""

SHARE = 4
"""Beyond a quarter of the graph, reading it whole is faster: a scan reads a fact in a tenth of the time that a look-up by id takes."""


def projected(store: Store, ontology: Ontology) -> Projection:
    """The store's newest revision. On Neo4j a commit may fall into the scan; following the changes then heals it. Raises ``StoreDamaged``
    if relationships have no ends however often it is read."""
    for _ in range(SCANS):
        head, nodes, relationships = store.scan()
        scanned = build_projection(nodes, relationships, ontology, head.revision)
        projection = followed(store, scanned) or scanned
        if not projection.dangling:
            return projection
    raise StoreDamaged(
        message(
            "{count} relationships have an end that is not a node, for example {example}.",
            count=len(projection.dangling),
            example=projection.dangling[0],
        ),
        hint=message("Load the source files into a new store."),
    )


def followed(store: Store, projection: Projection) -> Projection | None:
    """The projection at the store's newest revision (itself, if that is its own); nothing when so much changed that building it anew
    is faster, or commits come so fast that no reading falls between two of them."""
    if store.head().revision == projection.revision:
        return projection
    delta = read_changes(store, projection.revision, max(SMALL, (projection.node_count + projection.edge_count) // SHARE))
    return None if delta is None else with_delta(projection, delta)


def read_changes(store: Store, since: int, most: int) -> Delta | None:
    """What became of every subject that changed after revision ``since``, as of one revision; nothing for more than ``most`` subjects,
    or when a commit falls into every one of ``ROUNDS`` readings."""
    nodes: set[str] = set()
    relationships: set[str] = set()
    revision = since
    for _ in range(ROUNDS):
        newest = store.head().revision
        for change in store.changes(revision):
            newest = max(newest, change.revision)
            (nodes if change.is_node else relationships).add(change.subject)
        if len(nodes) + len(relationships) > most:
            return None
        revision = newest
        found = store.facts(nodes=sorted(nodes), relationships=sorted(relationships))
        if store.head().revision == revision:  # nothing was committed while the facts were read
            gone = nodes - {each.id for each in found.nodes}, relationships - {each.id for each in found.relationships}
            return Delta(revision, found.nodes, found.relationships, sorted(gone[0]), sorted(gone[1]))
    return None
