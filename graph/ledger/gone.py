"""Records that a document no longer has: read from it before, and missing when it is read again. They are told; only whoever loads it can
say whether the file is the full list, so that its missing rows are to be closed, or a part of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.model import Claim, Load, LoadState, Record
from graph.store import ClaimSelection, Store


def document_of(claim: Claim) -> str:
    """``<source id>/<file>``, as ``Load.documents`` lists it."""
    return f"{claim.source}/{claim.file}"


def gone_claims(store: Store, loads: Sequence[Load], seen: Mapping[str, Collection[str]]) -> dict[str, list[Claim]]:
    """Open claims of records that published loads read from a document and that are not among the identities ``seen`` in it now, by
    record. ``seen`` has an entry for each document that is being read again."""
    before = [load.id for load in loads if load.state is LoadState.PUBLISHED and not seen.keys().isdisjoint(load.documents)]
    found: dict[str, list[Claim]] = {}
    if before:
        for claim in store.claims(ClaimSelection(loads=before)):
            known = seen.get(document_of(claim))
            if known is not None and claim.record not in known:
                found.setdefault(claim.record, []).append(claim)
    return found


def records_of(claims: Mapping[str, Sequence[Claim]]) -> list[Record]:
    """The places of these records when they were last read, in the order of their files."""
    places = {(first.file, first.sheet, first.row, record) for record, (first, *_) in claims.items()}
    return [Record(*place) for place in sorted(places)]
