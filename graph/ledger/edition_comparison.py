"""How the tables of a load differ from other editions of them that are loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from graph.ledger.editions import Place, Said, contradicted, fullest_after, place_of
from graph.ledger.evidence import hidden_loads
from graph.ledger.reading import writer
from graph.model import (
    Claim,
    ClaimKind,
    Load,
    LoadedTable,
    RecordDrafts,
    Source,
)
from graph.store import ClaimSelection, Store

INFERRED = ("load", "properties")
"""Where the date of a table was told from that its file does not state."""


class EditionComparison:
    """Other editions of the tables of one load, as far as its records have been read. ``compared`` are the records that each table has."""

    def __init__(self, store: Store, loads: Mapping[str, Load]) -> None:
        """``loads``: those of files that stand, by id."""
        self._store = store
        self._loads = loads
        self.compared: dict[Place, set[str]] = {}
        self._contradicted: dict[Place, set[Said]] = {}

    def contradicted(self, place: Place) -> int:
        """How many values of earlier editions the table at this place (source, file, sheet) has contradicted so far."""
        return len(self._contradicted.get(place, ()))

    def compare(self, table: LoadedTable, identities: Sequence[str], batch: Sequence[RecordDrafts]) -> None:
        """Notes which records this edition has, and which values of earlier ones it contradicts."""
        place = (table.source, table.file, table.sheet)
        self.compared.setdefault(place, set()).update(identities)
        drafts = [draft for entry in batch for draft in entry.drafts]
        nodes = sorted({draft.subject for draft in drafts if draft.kind is ClaimKind.NODE})
        pairs = sorted({(draft.type, draft.subject, draft.object) for draft in drafts if draft.kind is ClaimKind.RELATIONSHIP})
        hidden = hidden_loads(self._store)
        earlier = [
            claim
            for claim in self._store.claims(ClaimSelection(nodes=nodes, pairs=pairs))
            if writer(claim.id) not in hidden and claim.source == table.source and place_of(claim) != place
        ]
        self._contradicted.setdefault(place, set()).update(contradicted(earlier, drafts, table.date))

    def superseded_by(
        self, source: Source, table: LoadedTable | None, identities: Sequence[str], standing: Mapping[str, Sequence[Claim]]
    ) -> dict[str, str]:
        """The records of which a later edition has spoken, with its load: what an earlier one says of them is recorded, and does not
        stand."""
        found = {}
        if table is not None and (source.stated or table.edition_of):
            full = fullest_after(self._loads.values(), table.series, source.date) if table.edition_of else ""
            for identity in identities:
                dated = [claim for claim in standing.get(identity, ()) if not self._has_inferred_date(claim, table)]
                latest = max(dated, key=_source_date, default=None)
                if latest is not None and latest.source_date > source.date:
                    found[identity] = latest.load
                elif identity not in standing and full:
                    found[identity] = full
        return found

    def _has_inferred_date(self, claim: Claim, table: LoadedTable) -> bool:
        """Whether a claim of this very table was dated by its load or by when the file was saved: a date that is stated corrects it."""
        place = (table.source, table.file, table.sheet)
        load = self._loads.get(claim.load)
        if load is None or place_of(claim) != place:
            return False
        return any((each.source, each.file, each.sheet) == place and each.told in INFERRED for each in load.tables)

    def older_known(self, identities: Collection[str]) -> dict[str, list[Claim]]:
        """What earlier editions have said of these records already, closed since."""
        found: dict[str, list[Claim]] = {}
        if identities:
            for claim in self._store.claims(ClaimSelection(records=sorted(identities), open_only=False)):
                if claim.recorded_to and claim.load in self._loads:
                    found.setdefault(claim.record, []).append(claim)
        return found


def _source_date(claim: Claim) -> str:
    return claim.source_date
