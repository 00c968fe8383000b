"""Which source rows stand behind a fact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.identity import Clusters
from graph.ledger.fold import claim_relationship_id
from graph.ledger.reading import writer
from graph.model import Claim, LoadState, Node, Relationship
from graph.ontology import Ontology
from graph.store import ClaimSelection, Store


def node_evidence(store: Store, node: Node) -> list[Claim]:
    """The open claims that describe this node, under any of its ids, in the order of trust."""
    selection = ClaimSelection(nodes=(node.id, *node.identifiers))
    return sorted(_published(store, store.claims(selection)), key=trust)


def nodes_evidence(store: Store, nodes: Sequence[Node]) -> dict[str, list[Claim]]:
    """The same for several nodes at once, by id."""
    owners = {identifier: node.id for node in nodes for identifier in (node.id, *node.identifiers)}
    found: dict[str, list[Claim]] = {node.id: [] for node in nodes}
    if owners:
        for claim in _published(store, store.claims(ClaimSelection(nodes=sorted(owners)))):
            found[owners[claim.subject]].append(claim)
    return {id: sorted(claims, key=trust) for id, claims in found.items()}


def identity_evidence(store: Store, node: Node) -> list[Claim]:
    """The open claims that say which ids mean this node."""
    return sorted(_published(store, store.claims(ClaimSelection(identities=(node.id, *node.identifiers)))), key=trust)


def relationship_evidence(store: Store, ontology: Ontology, relationships: Sequence[Relationship]) -> dict[str, list[Claim]]:
    """For each relationship (by id) the open claims that it rests on; one that was derived from a link node rests on the link's claims."""
    if not relationships:
        return {}
    wanted = {r.id for r in relationships}
    ends = sorted({end for r in relationships for end in (r.source, r.target)} | {via for r in relationships if (via := _via(r))})
    ids = {node.id: (node.id, *node.identifiers) for node in store.facts(nodes=ends).nodes}
    clusters = Clusters({id: canonical for canonical, members in ids.items() for id in members}, ids)
    pairs = {
        (r.type, left, right)
        for r in relationships
        if not _via(r)
        for left in clusters.all_of(r.source)
        for right in clusters.all_of(r.target)
    }
    found: dict[str, list[Claim]] = {r.id: [] for r in relationships}
    hidden = hidden_loads(store)
    if pairs:
        for claim in _outside(hidden, store.claims(ClaimSelection(pairs=sorted(pairs)))):
            id = claim_relationship_id(claim, clusters, ontology)
            if id in wanted:
                found[id].append(claim)
    links = sorted({member for r in relationships if (via := _via(r)) for member in clusters.all_of(via)})
    if links:
        described: dict[str, list[Claim]] = {}
        for claim in _outside(hidden, store.claims(ClaimSelection(nodes=links))):
            described.setdefault(clusters.of(claim.subject), []).append(claim)
        for r in relationships:
            if via := _via(r):
                found[r.id].extend(described.get(via, ()))
    return {id: sorted(claims, key=trust) for id, claims in found.items()}


def trust(claim: Claim) -> tuple[int, tuple[int, ...], str, str, int]:
    """Most trusted first: precedence, then source date (the latest first), then place."""
    return (-claim.precedence, (*(-ord(c) for c in claim.source_date), 1), claim.file, claim.sheet, claim.row)


def _via(relationship: Relationship) -> str:
    return str(relationship.properties.get("via", ""))


def _published(store: Store, claims: Iterable[Claim]) -> list[Claim]:
    return _outside(hidden_loads(store), claims)


def hidden_loads(store: Store) -> set[str]:
    """The loads whose claims nobody sees: not published yet, or withdrawn."""
    return {load.id for load in store.loads((LoadState.STAGING, LoadState.WITHDRAWN))}


def _outside(hidden: set[str], claims: Iterable[Claim]) -> list[Claim]:
    return [claim for claim in claims if writer(claim.id) not in hidden]
