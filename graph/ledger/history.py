"""When a property changed: what one source said of it in its editions, those that newer ones replaced included."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.ledger.reading import writer
from graph.model import PERSON, Claim, LoadState, Node, Value
from graph.store import ClaimSelection, Store


@dataclass(frozen=True, slots=True)
class Said:
    """``value`` is what the source says from its edition of the day ``since`` on; ``claim`` is the row that said so first."""

    value: Value
    since: str
    claim: Claim


def node_history(store: Store, node: Node) -> dict[str, tuple[Said, ...]]:
    """By property, the values that the source of the standing value has given it, oldest first; only properties that changed from one
    edition to another. What was undone, and what people did on the platform, has no part in it."""
    counted = {load.id for load in store.loads((LoadState.PUBLISHED,), ("ingest", "undo"))}
    selection = ClaimSelection(nodes=(node.id, *node.identifiers), open_only=False)
    claims = [
        claim
        for claim in store.claims(selection)
        if claim.load in counted and writer(claim.id) in counted and not claim.source.startswith(PERSON)
    ]
    found = {name: _changes(claims, name, value) for name, value in node.properties.items() if not isinstance(value, tuple)}
    return {name: said for name, said in found.items() if len(said) > 1}


def _changes(claims: Iterable[Claim], name: str, standing: Value) -> tuple[Said, ...]:
    speaking = sorted((claim for claim in claims if name in claim.values), key=_order)
    last = next((claim for claim in reversed(speaking) if claim.values[name] == standing and not claim.recorded_to), None)
    if last is None:
        return ()
    by_date = {claim.source_date: claim for claim in speaking if claim.source == last.source and claim.source_date <= last.source_date}
    by_date[last.source_date] = last
    told: list[Said] = []
    for date in sorted(by_date):
        value = by_date[date].values[name]
        if not told or told[-1].value != value:
            told.append(Said(value, date, by_date[date]))
    return tuple(told)


def _order(claim: Claim) -> tuple[str, bool, str, int, str]:
    """The later edition last; of one edition what stands still after what was corrected since."""
    return claim.source_date, not claim.recorded_to, claim.file, claim.row, claim.id
