"""Which ids mean the same thing: clusters, derived from claims that say *same* or *different*.

A SAME claim comes from a source that gives one thing two identifiers (a company's 统一社会信用代码 and its stock code), or from
a person's judgement; DIFFERENT and UNSURE claims come only from people. Clusters are derived at fold time and never stored, so that
taking a claim back un-merges exactly. A name is never an identifier of a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import PERSON, Claim, ClaimKind
from graph.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Clusters:
    """``canonical`` maps every id of a cluster of two or more to the id that stands for it; ``members`` maps that id to all ids of
    the cluster, sorted. ``contradictions`` are SAME claims that a DIFFERENT claim forbids: they merge nothing and are listed."""

    canonical: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    contradictions: tuple[Claim, ...] = ()

    def of(self, id: str) -> str:
        """The id that stands for this one."""
        return self.canonical.get(id, id)

    def all_of(self, id: str) -> tuple[str, ...]:
        """Every id that means the same as this one, itself included."""
        return self.members.get(self.of(id), (id,))


NO_CLUSTERS = Clusters({}, {})


def scheme_ranks(ontology: Ontology) -> dict[str, int]:
    """How strong an identifier scheme is (0 the strongest): its best place in any node type's list."""
    ranks: dict[str, int] = {}
    for node_type in ontology.node_types.values():
        for place, scheme in enumerate(node_type.identifiers):
            ranks[scheme] = min(place, ranks.get(scheme, place))
    return ranks


def pair_of(claim: Claim) -> tuple[str, str]:
    """The two ids that an identity claim speaks of, the lesser first: *A is B* and *B is A* are one statement."""
    return min(claim.subject, claim.object), max(claim.subject, claim.object)


def standing(claims: Iterable[Claim]) -> list[Claim]:
    """The identity claims that count: all of files, and of each pair that people judged the latest judgement alone."""
    counted: list[Claim] = []
    judged: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        if not claim.source.startswith(PERSON):
            counted.append(claim)
            continue
        before = judged.get(pair_of(claim))
        if before is None or _later(claim) > _later(before):
            judged[pair_of(claim)] = claim
    return [*counted, *judged.values()]


def _later(claim: Claim) -> tuple[str, str, str]:
    return claim.source_date, claim.kind.value, claim.id


def derive_clusters(claims: Iterable[Claim], ranks: Mapping[str, int]) -> Clusters:
    """Joins ids by the standing SAME claims in a fixed order (precedence, then the pair), leaving out a join that would put two ids of a
    DIFFERENT claim into one cluster. UNSURE joins nothing. The result does not depend on the order of ``claims``."""
    counted = standing(claims)
    same = [claim for claim in counted if claim.kind is ClaimKind.SAME]
    parent: dict[str, str] = {}

    def root(id: str) -> str:
        while parent.setdefault(id, id) != id:
            parent[id] = parent[parent[id]]
            id = parent[id]
        return id

    # Under each root the ids that must stay out of its cluster.
    apart: dict[str, set[str]] = {}
    for claim in counted:
        if claim.kind is ClaimKind.DIFFERENT and claim.subject != claim.object:
            apart.setdefault(claim.subject, set()).add(claim.object)
            apart.setdefault(claim.object, set()).add(claim.subject)
    contradictions: list[Claim] = []
    for claim in sorted(same, key=lambda c: (-c.precedence, *pair_of(c), c.id)):
        left, right = root(claim.subject), root(claim.object)
        if left == right:
            continue
        if any(root(id) == right for id in apart.get(left, ())):
            contradictions.append(claim)
            continue
        kept, joined = min(left, right), max(left, right)
        parent[joined] = kept
        if joined in apart:
            apart.setdefault(kept, set()).update(apart.pop(joined))
    return _named(parent, root, ranks, contradictions)


def _named(parent: Mapping[str, str], root: Callable[[str], str], ranks: Mapping[str, int], contradictions: Sequence[Claim]) -> Clusters:
    groups: dict[str, list[str]] = {}
    for id in list(parent):
        groups.setdefault(root(id), []).append(id)
    canonical: dict[str, str] = {}
    members: dict[str, tuple[str, ...]] = {}
    weakest = len(ranks) + 1
    for group in groups.values():
        if len(group) < 2:
            continue
        best = min(group, key=lambda id: (ranks.get(id.partition(":")[0], weakest), id))
        members[best] = tuple(sorted(group))
        canonical.update(dict.fromkeys(group, best))
    return Clusters(canonical, members, tuple(contradictions))
