"""Two loads beside each other: what the files of one said, as it left them, and what those of the other said.

So two editions of one file can be compared, or two files that speak of the same things; rows that a later edition left as they were count
for both. What other files say of the same nodes is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.errors import Conflict, NotFound
from graph.identity import derive_clusters, scheme_ranks
from graph.ledger.drafts import content
from graph.ledger.fold import fold_relationships
from graph.ledger.gone import document_of, records_of
from graph.ledger.reading import writer
from graph.ledger.recorded import fold_all, published_by
from graph.ledger.rehearsal import Difference, with_ends
from graph.messages import message
from graph.model import Claim, ClaimKind, Facts, Load, LoadState, Node, PublishedTotals, Record, Relationship
from graph.ontology import Ontology
from graph.store import ClaimSelection, Store

Fact = TypeVar("Fact", Node, Relationship)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows by their place. ``only_first`` and ``only_second`` are in one of the loads only, ``different`` in both (where the second has
    them) saying something else; ``same`` counts the others."""

    only_first: tuple[Record, ...]
    only_second: tuple[Record, ...]
    different: tuple[Record, ...]
    same: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """From the first load to the second. ``totals`` count all facts that differ, ``difference`` lists them up to the limit."""

    first: Load
    second: Load
    rows: Rows
    totals: PublishedTotals
    difference: Difference


def compare(store: Store, ontology: Ontology, first: str, second: str, limit: int) -> Comparison:
    """At most ``limit`` nodes and relationships of each kind. Raises ``NotFound``, or ``Conflict`` for a load that says nothing of its own
    (an undo) or that was never published."""
    loads = store.loads()
    chosen = [_comparable(loads, id) for id in (first, second)]
    claims = [_as_left_by(store, loads, load) for load in chosen]
    before, after = (_facts(each, ontology) for each in claims)
    nodes = _compared(before.nodes, after.nodes, limit)
    links = _compared(before.relationships, after.relationships, limit)
    totals = PublishedTotals("", 0, *nodes.counts, *links.counts)
    difference = Difference(
        new=Facts(nodes.new, links.new),
        before=Facts(nodes.before, links.before),
        after=Facts(nodes.after, links.after),
        gone=Facts(nodes.gone, links.gone),
        truncated=nodes.truncated or links.truncated,
    )
    known = {each.id: each for each in (*before.nodes, *after.nodes)}
    return Comparison(chosen[0], chosen[1], _rows(*claims), totals, with_ends(difference, known, store))


def _comparable(loads: Sequence[Load], id: str) -> Load:
    found = next((load for load in loads if load.id == id), None)
    if found is None:
        raise NotFound(message("There is no load '{id}'.", id=id), hint=message("`lianyin loads` lists them."), where={"parameter": "load"})
    if found.state not in (LoadState.PUBLISHED, LoadState.UNDONE):
        raise Conflict(
            message("{id} was never published ({state}), so it has no content.", id=id, state=found.state.label),
            hint=message("Load its files again."),
        )
    if found.kind == "undo":
        raise Conflict(
            message("{id} undid {undoes} and has no rows of its own.", id=id, undoes=found.undoes),
            hint=message("Compare with {undoes}.", undoes=found.undoes),
        )
    return found


def _as_left_by(store: Store, loads: Sequence[Load], load: Load) -> list[Claim]:
    """What stood, when this load was published, of all that its documents ever said."""
    known = {other.id: other for other in published_by(loads, load.beat)}
    sharing = [other.id for other in known.values() if not set(other.documents).isdisjoint(load.documents)]
    return [
        claim
        for claim in store.claims(ClaimSelection(loads=sharing, open_only=False))
        if writer(claim.id) in known
        and not (claim.recorded_to and claim.recorded_to <= load.beat)
        and (load.kind != "ingest" or document_of(claim) in load.documents)
    ]


def _facts(claims: Sequence[Claim], ontology: Ontology) -> Facts:
    """What these rows say alone: their relationships too whose ends other files describe."""
    facts, _ = fold_all(claims, ontology)
    identities = [claim for claim in claims if claim.kind in (ClaimKind.SAME, ClaimKind.DIFFERENT)]
    clusters = derive_clusters(identities, scheme_ranks(ontology))
    stated = fold_relationships([claim for claim in claims if claim.kind is ClaimKind.RELATIONSHIP], clusters, ontology)
    return Facts(facts.nodes, tuple((stated | {each.id: each for each in facts.relationships}).values()))


@dataclass(frozen=True, slots=True)
class _Compared(Generic[Fact]):
    counts: tuple[int, int, int]
    new: tuple[Fact, ...]
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]
    gone: tuple[Fact, ...]
    truncated: bool


def _compared(before: Iterable[Fact], after: Iterable[Fact], limit: int) -> _Compared[Fact]:
    old, new = ({each.id: each for each in side} for side in (before, after))
    came, went = sorted(new.keys() - old.keys()), sorted(old.keys() - new.keys())
    changed = sorted(id for id in new.keys() & old.keys() if new[id] != old[id])
    return _Compared(
        (len(came), len(changed), len(went)),
        tuple(new[id] for id in came[:limit]),
        tuple(old[id] for id in changed[:limit]),
        tuple(new[id] for id in changed[:limit]),
        tuple(old[id] for id in went[:limit]),
        max(len(came), len(changed), len(went)) > limit,
    )


def _rows(first: Sequence[Claim], second: Sequence[Claim]) -> Rows:
    old, new = _by_record(first), _by_record(second)
    both = old.keys() & new.keys()
    different = {record for record in both if _said(old[record]) != _said(new[record])}
    return Rows(
        tuple(records_of({record: claims for record, claims in old.items() if record not in new})),
        tuple(records_of({record: claims for record, claims in new.items() if record not in old})),
        tuple(records_of({record: new[record] for record in different})),
        len(both) - len(different),
    )


def _by_record(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.record, []).append(claim)
    return found


def _said(claims: Iterable[Claim]) -> set[object]:
    return {content(claim, claim.precedence) for claim in claims}
