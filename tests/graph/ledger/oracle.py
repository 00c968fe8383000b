"""The ledger's meaning, said in the plainest way: fold every open claim at once. What publication keeps up by increments must equal it."""

from __future__ import annotations

from collections.abc import Sequence

from graph.identity import derive_clusters, scheme_ranks
from graph.ledger.fold import derive_edges, fold_node, fold_relationships
from graph.model import Claim, ClaimKind, Facts
from graph.ontology import Ontology


def fold_everything(claims: Sequence[Claim], ontology: Ontology) -> Facts:
    identities = [c for c in claims if c.kind in (ClaimKind.SAME, ClaimKind.DIFFERENT)]
    clusters = derive_clusters(identities, scheme_ranks(ontology))
    described: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind is ClaimKind.NODE:
            described.setdefault(clusters.of(claim.subject), []).append(claim)
    nodes = {id: fold_node(id, found, clusters.all_of(id), ontology) for id, found in described.items()}
    stated = fold_relationships([c for c in claims if c.kind is ClaimKind.RELATIONSHIP], clusters, ontology)
    standing = {id: r for id, r in stated.items() if r.source in nodes and r.target in nodes}
    derived = {id: r for node in nodes.values() for id, r in derive_edges(node, list(stated.values()), ontology).items()}
    standing |= {id: r for id, r in derived.items() if r.source in nodes and r.target in nodes}
    return Facts(tuple(nodes[id] for id in sorted(nodes)), tuple(standing[id] for id in sorted(standing)))
