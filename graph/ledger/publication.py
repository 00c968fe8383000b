"""Publishing: what a load touched is folded again, compared with what stands, and committed as one revision.

Small publications are one transaction. A large one stages its *new* facts in batches under the coming revision, where no reader
sees them, and commits the rest (changed and removed facts, the change list, the revision itself) in one last transaction. So a reader sees
the old graph or the new one, and an interrupted publication leaves only facts above the published revision, which
``Ledger.recover`` takes away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar

from graph.identity import NO_CLUSTERS, Clusters
from graph.ledger.fold import claim_relationship_id, derive_edges, fold_node, fold_relationships, trust_of
from graph.ledger.reading import ClaimReader, Pair
from graph.ledger.touched import Touched
from graph.model import Claim, Facts, Load, Node, PublishedTotals, Relationship
from graph.ontology import Ontology
from graph.store import Commit, Store

CHUNK = 5_000
"""Subjects folded at a time: bounds memory and the size of one query's parameters."""

ONE_TRANSACTION = 100_000
"""Facts that one transaction may hold (about 300 MB of a Neo4j heap); more are staged."""

T = TypeVar("T")


@dataclass(slots=True)
class Outcome:
    """Gathers facts until the commit, staging new ones when there are too many. ``present`` are touched nodes that will exist,
    ``standing`` the relationships that were folded again and stay."""

    store: Store
    revision: int
    limit: int
    beat: Callable[[], None]
    nodes: list[Node] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    changed: list[Node] = field(default_factory=list)
    changed_relationships: list[Relationship] = field(default_factory=list)
    removed_nodes: set[str] = field(default_factory=set)
    removed_relationships: set[str] = field(default_factory=set)
    standing: set[str] = field(default_factory=set)
    present: set[str] = field(default_factory=set)
    staged_nodes: list[str] = field(default_factory=list)
    staged_relationships: list[str] = field(default_factory=list)

    def overflow(self) -> None:
        """Stages what is new once it no longer fits into one transaction."""
        if len(self.nodes) + len(self.relationships) <= self.limit and not self.staged_nodes and not self.staged_relationships:
            return
        if not self.nodes and not self.relationships:
            return
        for chunk in chunks(self.nodes, CHUNK):
            self.store.stage(Facts(nodes=tuple(chunk)), self.revision)
            self.beat()
        for links in chunks(self.relationships, CHUNK):
            self.store.stage(Facts(relationships=tuple(links)), self.revision)
            self.beat()
        self.staged_nodes.extend(node.id for node in self.nodes)
        self.staged_relationships.extend(relationship.id for relationship in self.relationships)
        self.nodes.clear()
        self.relationships.clear()

    def totals(self, load: str) -> PublishedTotals:
        """What a commit of this would change."""
        return PublishedTotals(
            load=load,
            revision=self.revision,
            nodes_new=len(self.nodes) + len(self.staged_nodes),
            nodes_updated=len(self.changed),
            nodes_removed=len(self.removed_nodes),
            relationships_new=len(self.relationships) + len(self.staged_relationships),
            relationships_updated=len(self.changed_relationships),
            relationships_removed=len(self.removed_relationships),
        )


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most ``size``."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def _ends(pairs: Iterable[Pair]) -> set[str]:
    return {end for _, start, target in pairs for end in (start, target)}


@dataclass(slots=True)
class Publication:
    """One publication. The caller holds the right to publish."""

    store: Store
    ontology: Ontology
    ranks: dict[str, int]
    reader: ClaimReader
    revision: int
    limit: int
    identities_exist: bool
    beat: Callable[[], None]
    clusters: Clusters = NO_CLUSTERS
    old_canonical: dict[str, str] = field(default_factory=dict)
    old_groups: dict[str, frozenset[str]] = field(default_factory=dict)
    resolved: set[str] = field(default_factory=set)

    def fold(self, touched: Touched) -> Outcome:
        """Folds what was touched, and what hangs on it, into the facts to write and to remove."""
        outcome = Outcome(self.store, self.revision, self.limit, self.beat)
        nodes, pairs = self._widen(touched)
        links = self._fold_nodes(nodes, pairs, outcome)
        outcome.overflow()
        self._fold_pairs(pairs, links, outcome)
        self._fold_links(links, outcome)
        outcome.overflow()
        outcome.removed_relationships -= outcome.standing
        return outcome

    def _widen(self, touched: Touched) -> tuple[set[str], set[Pair]]:
        """Ids that are joined to a touched id are touched too, and so is every relationship of an id whose cluster changes."""
        nodes, pairs = set(touched.nodes), set(touched.pairs)
        met = self._resolve(nodes | _ends(pairs))
        # All members of a cluster that gains or loses one, because what rests on the others may have been folded together with it.
        regrouped = [id for id in met if self._standing_group(id) != frozenset(self.clusters.all_of(id))]
        nodes.update(regrouped)
        nodes |= {self.clusters.of(id) for id in nodes}
        for batch in chunks(sorted(regrouped), CHUNK):
            pairs |= self._touching(batch)
        return nodes, pairs

    def _resolve(self, ids: set[str]) -> frozenset[str]:
        """Learns the clusters of these ids, before and after; returns every id met that was not known before."""
        unknown = ids - self.resolved
        if not unknown or not self.identities_exist:
            return frozenset()
        clusters, met = self.reader.clusters(unknown, self.ranks)
        met -= self.resolved
        self.resolved |= unknown | met
        self.clusters = Clusters({**self.clusters.canonical, **clusters.canonical}, {**self.clusters.members, **clusters.members})
        for batch in chunks(sorted(met), CHUNK):
            for node in self.store.facts(nodes=batch).nodes:
                together = (node.id, *node.identifiers)
                self.old_canonical.update(dict.fromkeys(together, node.id))
                self.old_groups.update(dict.fromkeys(together, frozenset(together)))
        return met

    def _standing_group(self, id: str) -> frozenset[str]:
        return self.old_groups.get(id, frozenset((id,)))

    def _touching(self, ids: Sequence[str]) -> set[Pair]:
        pairs = self.reader.touching(ids)
        self._resolve(_ends(pairs))
        return pairs

    def _fold_nodes(self, ids: set[str], pairs: set[Pair], outcome: Outcome) -> set[str]:
        """Folds nodes; returns the canonical ids of link nodes among them. ``pairs`` grows by what waited for a new node."""
        links: set[str] = set()
        canonical = {self.clusters.of(id) for id in ids}
        for batch in chunks(sorted(canonical | ids), CHUNK):
            stored = {node.id: node for node in self.store.facts(nodes=batch).nodes} if self.reader.stored_before else {}
            folded = self._folded(self._described([id for id in batch if id in canonical]))
            appeared: list[str] = []
            for id in batch:
                node, old = folded.get(id), stored.get(id)
                for present in (node, old):
                    if present is not None and self.ontology.node_type(present.type).link:
                        links.add(id)
                if node is not None:
                    outcome.present.add(id)
                if node is None:
                    if old is not None:
                        outcome.removed_nodes.add(id)
                elif old is None:
                    outcome.nodes.append(node)
                    appeared.append(id)
                elif old != node:
                    outcome.changed.append(node)
            if appeared and self.reader.stored_before:
                pairs |= self._touching([member for id in appeared for member in self.clusters.all_of(id)])
            outcome.overflow()
        if outcome.removed_nodes:
            for batch in chunks(sorted(outcome.removed_nodes), CHUNK):
                outcome.removed_relationships.update(r.id for r in self.store.facts(touching=batch).relationships)
        return links

    def _described(self, ids: Sequence[str]) -> dict[str, list[Claim]]:
        """The claims that describe these canonical ids, by them."""
        claims: dict[str, list[Claim]] = {}
        for claim in self.reader.nodes([member for id in ids for member in self.clusters.all_of(id)]):
            claims.setdefault(self.clusters.of(claim.subject), []).append(claim)
        return claims

    def _folded(self, claims: Mapping[str, Sequence[Claim]]) -> dict[str, Node]:
        return {id: fold_node(id, found, self.clusters.all_of(id), self.ontology) for id, found in claims.items()}

    def _fold_pairs(self, pairs: set[Pair], links: set[str], outcome: Outcome) -> None:
        # By canonical pair, so that a relationship that rests on several ids of its ends is folded once, from all its claims.
        canonical = {(type, self.clusters.of(start), self.clusters.of(end)) for type, start, end in pairs}
        old_clusters = Clusters(self.old_canonical, {}) if self.old_canonical else self.clusters
        for batch in chunks(sorted(canonical), CHUNK):
            before, after = self.reader.pairs(self._under_all_ids(batch))
            gone = {claim_relationship_id(claim, old_clusters, self.ontology) for claim in before}
            self._compare(fold_relationships(after, self.clusters, self.ontology), gone, outcome)
            links |= self._links_of(before, after)

    def _under_all_ids(self, pairs: Sequence[Pair]) -> list[Pair]:
        if not self.clusters.canonical:
            return list(pairs)
        all_of = self.clusters.all_of
        return [(type, left, right) for type, start, end in pairs for left in all_of(start) for right in all_of(end)]

    def _compare(self, folded: Mapping[str, Relationship], gone: set[str], outcome: Outcome) -> None:
        stored: dict[str, Relationship] = {}
        if self.reader.stored_before:
            stored = {r.id: r for r in self.store.facts(relationships=sorted(gone | set(folded))).relationships}
        missing = self._missing_ends(folded.values(), outcome)
        for id, relationship in sorted(folded.items()):
            if relationship.source in missing or relationship.target in missing:
                continue  # An end that no claim describes: the relationship waits, as claims, until one does.
            old = stored.get(id)
            if old is None:
                outcome.relationships.append(relationship)
                continue
            outcome.standing.add(id)
            if old != relationship:
                outcome.changed_relationships.append(relationship)
        outcome.removed_relationships.update(gone & stored.keys())
        outcome.overflow()

    def _missing_ends(self, relationships: Iterable[Relationship], outcome: Outcome) -> set[str]:
        unknown = {end for r in relationships for end in (r.source, r.target)} - outcome.present
        if not unknown or not self.reader.stored_before:
            return unknown
        known = {node.id for node in self.store.facts(nodes=sorted(unknown)).nodes}
        return (unknown - known) | (unknown & outcome.removed_nodes)

    def _links_of(self, before: Sequence[Claim], after: Sequence[Claim]) -> set[str]:
        """Link nodes at an end of a changed relationship: their direct relationships are derived anew."""
        carriers = {
            step[0]
            for node_type in self.ontology.node_types.values()
            for edge in node_type.edges
            for step in (edge.start, edge.end)
            if step[0]
        }
        ends: set[str] = set()
        for claim in (*before, *after):
            if claim.type in carriers:
                ends.update((self.clusters.of(claim.subject), self.clusters.of(claim.object)))
        return ends

    def _fold_links(self, links: set[str], outcome: Outcome) -> None:
        for batch in chunks(sorted(links), CHUNK):
            described = self._described(batch)
            new_nodes = {id: node for id, node in self._folded(described).items() if self.ontology.node_type(node.type).edges}
            old = self.store.facts(nodes=batch, touching=batch) if self.reader.stored_before else Facts()
            gone: set[str] = set()
            for node in old.nodes:
                if self.ontology.node_type(node.type).edges:
                    gone |= derive_edges(node, old.relationships, self.ontology).keys()
            members = [member for id in new_nodes for member in self.clusters.all_of(id)]
            incident: list[Relationship] = []
            if members:
                _, after = self.reader.pairs(sorted(self._touching(members)))
                incident = list(fold_relationships(after, self.clusters, self.ontology).values())
            folded: dict[str, Relationship] = {}
            for node in new_nodes.values():
                folded.update(derive_edges(node, incident, self.ontology, trust_of(described[node.id])))
            self._compare(folded, gone, outcome)


def commit(
    store: Store, outcome: Outcome, *, claims: Sequence[Claim], closing: Iterable[str], at: str, load: Load, others: Sequence[Load] = ()
) -> None:
    """The one transaction that makes the outcome the newest revision."""
    store.commit(
        Commit(
            revision=outcome.revision,
            upserts=Facts((*outcome.nodes, *outcome.changed), (*outcome.relationships, *outcome.changed_relationships)),
            deleted_nodes=tuple(sorted(outcome.removed_nodes)),
            deleted_relationships=tuple(sorted(outcome.removed_relationships)),
            staged_nodes=tuple(outcome.staged_nodes),
            staged_relationships=tuple(outcome.staged_relationships),
            claims=tuple(claims),
            closed_claims=tuple(sorted(closing)),
            closed_at=at,
            closed_by=load.id,
            loads=(replace(load, revision=outcome.revision), *others),
        )
    )
