"""Reading the claims that count: open, of published loads or of the load at hand, with what is about to be closed left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from graph.identity import NO_CLUSTERS, Clusters, derive_clusters
from graph.model import IDENTITY_KINDS, Claim, ClaimKind, Load, LoadState
from graph.store import ClaimSelection, Store

HELD_IN_MEMORY = 600_000
"""Claims of one load that are kept in memory for its publication (about 700 bytes each); a larger load reads them back."""

Pair = tuple[str, str, str]
"""Relationship type, start and end, under the sources' own ids."""


def writer(claim_id: str) -> str:
    """The load that wrote a claim."""
    return claim_id.partition(":")[0]


@dataclass(slots=True)
class ClaimMemory:
    """The claims that this load adds, by what they speak of, until there are too many to hold. ``stored`` says whether the store has
    them already (an undo's restored claims come only with its commit)."""

    by_node: dict[str, list[Claim]] = field(default_factory=dict)
    by_pair: dict[Pair, list[Claim]] = field(default_factory=dict)
    identities: list[Claim] = field(default_factory=list)
    count: int = 0
    complete: bool = True
    stored: bool = True

    def add(self, claims: Iterable[Claim]) -> None:
        """Remembers them; past the bound forgets all but identities and says so by ``complete``."""
        for claim in claims:
            self.count += 1
            if claim.kind in IDENTITY_KINDS:
                self.identities.append(claim)
            elif not self.complete:
                continue
            elif claim.kind is ClaimKind.NODE:
                self.by_node.setdefault(claim.subject, []).append(claim)
            else:
                self.by_pair.setdefault((claim.type, claim.subject, claim.object), []).append(claim)
        if self.complete and self.count > HELD_IN_MEMORY:
            self.by_node, self.by_pair, self.complete = {}, {}, False


@dataclass(slots=True)
class ClaimReader:
    """Reads claims before and after a publication. ``load`` is the load being published, ``closing`` the claims it closes, ``hidden`` the
    other loads that are not published. ``stored_before`` says whether any other load ever published (else there is nothing to read)."""

    store: Store
    load: str
    memory: ClaimMemory
    closing: frozenset[str]
    hidden: frozenset[str]
    stored_before: bool

    def nodes(self, ids: Sequence[str]) -> Iterator[Claim]:
        """Open node claims of these source ids as they will stand."""
        yield from self._stored(ClaimSelection(nodes=ids))
        if self.memory.complete:
            for id in ids:
                yield from self.memory.by_node.get(id, ())

    def pairs(self, pairs: Sequence[Pair]) -> tuple[list[Claim], list[Claim]]:
        """Relationship claims of these pairs: as they stood before this load, and as they will stand."""
        before: list[Claim] = []
        after: list[Claim] = []
        if self.stored_before or not self.memory.complete:
            for claim in self.store.claims(ClaimSelection(pairs=pairs)):
                own = writer(claim.id) == self.load
                if writer(claim.id) in self.hidden or (own and self.memory.complete):
                    continue
                if not own:
                    before.append(claim)
                if claim.id not in self.closing:
                    after.append(claim)
        if self.memory.complete:
            for pair in pairs:
                after.extend(self.memory.by_pair.get(pair, ()))
        return before, after

    def touching(self, ids: Sequence[str]) -> set[Pair]:
        """The pairs of all relationship claims with an end among these source ids, before or after."""
        found = {
            (claim.type, claim.subject, claim.object)
            for claim in self.store.claims(ClaimSelection(starts=ids, ends=ids))
            if writer(claim.id) not in self.hidden
        }
        if self.memory.stored:
            return found
        wanted = set(ids)
        found.update(pair for pair in self.memory.by_pair if pair[1] in wanted or pair[2] in wanted)
        return found

    def clusters(self, ids: Iterable[str], ranks: dict[str, int]) -> tuple[Clusters, frozenset[str]]:
        """The clusters, as they will stand, of every id connected to ``ids`` by an identity claim that stood or will stand;
        and all ids met on the way."""
        own: dict[str, list[Claim]] = {}
        for claim in self.memory.identities:
            own.setdefault(claim.subject, []).append(claim)
            own.setdefault(claim.object, []).append(claim)
        found: dict[str, Claim] = {}
        seen: set[str] = set()
        frontier = set(ids)
        while frontier:
            seen |= frontier
            for claim in self.store.claims(ClaimSelection(identities=tuple(frontier))):
                if writer(claim.id) not in self.hidden and writer(claim.id) != self.load:
                    found[claim.id] = claim
            for id in frontier:
                found.update((claim.id, claim) for claim in own.get(id, ()))
            frontier = {end for claim in found.values() for end in (claim.subject, claim.object)} - seen
        if not found:
            return NO_CLUSTERS, frozenset()
        met = frozenset(end for claim in found.values() for end in (claim.subject, claim.object))
        return derive_clusters((c for c in found.values() if c.id not in self.closing), ranks), met

    def _stored(self, selection: ClaimSelection) -> Iterator[Claim]:
        if not self.stored_before and self.memory.complete:
            return
        for claim in self.store.claims(selection):
            author = writer(claim.id)
            if author in self.hidden or claim.id in self.closing or (author == self.load and self.memory.complete):
                continue
            yield claim


def reader(store: Store, load: str, memory: ClaimMemory, closing: set[str], loads: Sequence[Load]) -> ClaimReader:
    """A reader of the claims that count for this load's publication."""
    hidden = frozenset(other.id for other in loads if other.id != load and other.state in (LoadState.STAGING, LoadState.WITHDRAWN))
    published = any(other.state is not LoadState.WITHDRAWN and other.revision > 0 for other in loads)
    return ClaimReader(store, load, memory, frozenset(closing), hidden, published)
