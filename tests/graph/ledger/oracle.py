"""The ledger's meaning, said in the plainest way: fold every open claim at once. What publication keeps up by increments must equal it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.identity import Clusters, derive_clusters, scheme_ranks
from graph.ledger.fold import claim_relationship_id, derive_edges, fold_node, fold_relationships
from graph.model import Claim, ClaimKind, Facts, Relationship
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
    standing = {id: _trusted(r, claims, clusters, ontology) for id, r in standing.items()}
    return Facts(tuple(nodes[id] for id in sorted(nodes)), tuple(standing[id] for id in sorted(standing)))


def _trusted(each: Relationship, claims: Sequence[Claim], clusters: Clusters, ontology: Ontology) -> Relationship:
    """Trust anew from its definition: who says it, each source once."""
    via = each.properties.get("via")
    if via is not None:
        behind = [c for c in claims if c.kind is ClaimKind.NODE and clusters.of(c.subject) == via]
    else:
        stated = [c for c in claims if c.kind is ClaimKind.RELATIONSHIP and c.type == each.type]
        behind = [c for c in stated if claim_relationship_id(c, clusters, ontology) == each.id]
    assert behind
    if any(c.source.startswith("person:") for c in behind):
        trust = 3
    elif via is None and ontology.relationship_types[each.type].derived:
        trust = 1
    else:
        trust = min(1 + len({c.source for c in behind}), 3)
    return replace(each, properties={**each.properties, "trust": trust})
