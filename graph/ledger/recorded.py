"""What was known at an instant of the past: a fold of its own over the claims that counted then.

A load counts from the moment of its publication (``Load.beat``) and not from its first row, a claim until the publication that closed
it. So an instant falls between two publications or on one, and it gives what readers saw then, except for what has been erased.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from graph.errors import QueryProblem, ValueProblem
from graph.identity import Clusters, derive_clusters, scheme_ranks
from graph.ledger.evidence import trust as trust_order
from graph.ledger.fold import claim_relationship_id, derive_edges, fold_node, fold_relationships, trust_of
from graph.ledger.moments import STAMP
from graph.ledger.reading import writer
from graph.messages import message
from graph.model import IDENTITY_KINDS, Claim, ClaimKind, Facts, Load, LoadState, Node, Relationship
from graph.ontology import Ontology
from graph.store import ClaimSelection, Store
from graph.values import days

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The graph as it was known, with the claims that each relationship rested on then. ``revision`` is the one readers saw."""

    revision: int
    facts: Facts
    behind: Mapping[str, Sequence[Claim]]

    def evidence(self, relationships: Iterable[str]) -> dict[str, list[Claim]]:
        """For each relationship id the claims that it rested on, the most trusted first; none for an id that was not known."""
        return {id: sorted(self.behind.get(id, ()), key=trust_order) for id in relationships}


def instant(text: str) -> str:
    """An instant as loads keep it (UTC). A date stands for its last moment, in UTC: ``2020-05`` is what was known when May had ended; a
    time without an offset is UTC too. Raises ``QueryProblem``."""
    wanted = text.strip()
    try:
        if _DATE.fullmatch(wanted):
            return f"{days.last_day(wanted).isoformat()}T23:59:59.999999Z"
        moment = datetime.fromisoformat(wanted)
    except (ValueError, ValueProblem) as problem:
        raise QueryProblem(
            message("'{text}' is neither a date nor a time.", text=text),
            hint=message("Write 2020-05-01, 2020-05 or 2020-05-01T12:00:00+08:00."),
            where={"parameter": "recorded_as_of"},
        ) from problem
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).strftime(STAMP)


def published_by(loads: Iterable[Load], moment: str) -> tuple[Load, ...]:
    """The loads (and undos) that had been published by ``moment`` (as of ``instant``), whatever became of them later."""
    return tuple(load for load in loads if load.state in (LoadState.PUBLISHED, LoadState.UNDONE) and load.beat <= moment)


def as_recorded(store: Store, ontology: Ontology, moment: str) -> Recorded:
    """What readers saw at ``moment`` (as of ``instant``). Reads every claim: seconds for a hundred thousand."""
    counted = published_by(store.loads(), moment)
    known = {load.id for load in counted}
    selection = ClaimSelection(loads=[load.id for load in counted if load.kind != "undo"], open_only=False)
    claims = [
        claim for claim in store.claims(selection) if writer(claim.id) in known and not (claim.recorded_to and claim.recorded_to <= moment)
    ]
    facts, behind = fold_all(claims, ontology)
    return Recorded(max((load.revision for load in counted), default=0), facts, behind)


def fold_all(claims: Sequence[Claim], ontology: Ontology) -> tuple[Facts, dict[str, list[Claim]]]:
    """All facts that these claims give when they are the open ones, by ascending id, and what each relationship rests on."""
    identities = [claim for claim in claims if claim.kind in IDENTITY_KINDS]
    clusters = derive_clusters(identities, scheme_ranks(ontology))
    described: dict[str, list[Claim]] = {}
    stated: list[Claim] = []
    for claim in claims:
        if claim.kind is ClaimKind.NODE:
            described.setdefault(clusters.of(claim.subject), []).append(claim)
        elif claim.kind is ClaimKind.RELATIONSHIP:
            stated.append(claim)
    nodes = {id: fold_node(id, found, clusters.all_of(id), ontology) for id, found in described.items()}
    folded = fold_relationships(stated, clusters, ontology)
    behind = _behind(stated, clusters, ontology)
    for link, relationship in _derived(nodes, folded, described, ontology):
        folded[relationship.id] = relationship
        behind[relationship.id] = described[link]
    standing = {id: each for id, each in folded.items() if each.source in nodes and each.target in nodes}
    return Facts(tuple(nodes[id] for id in sorted(nodes)), tuple(standing[id] for id in sorted(standing))), behind


def _behind(stated: Iterable[Claim], clusters: Clusters, ontology: Ontology) -> dict[str, list[Claim]]:
    behind: dict[str, list[Claim]] = {}
    for claim in stated:
        behind.setdefault(claim_relationship_id(claim, clusters, ontology), []).append(claim)
    return behind


def _derived(
    nodes: Mapping[str, Node], folded: Mapping[str, Relationship], described: Mapping[str, Sequence[Claim]], ontology: Ontology
) -> list[tuple[str, Relationship]]:
    """The direct relationships that link nodes stand for, each with its link."""
    incident: dict[str, list[Relationship]] = {id: [] for id, node in nodes.items() if ontology.node_type(node.type).edges}
    for each in folded.values():
        for end in {each.source, each.target}:
            if end in incident:
                incident[end].append(each)
    return [
        (link, derived)
        for link, touching in incident.items()
        for derived in derive_edges(nodes[link], touching, ontology, trust_of(described[link])).values()
    ]
