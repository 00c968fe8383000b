"""Series: the tables of one document as it came out again and again, under other file names. What of them is known is asked here; which
table is an edition of which is decided by ``ingest.editions``, and kept in ``Load.tables``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from graph.ledger.identities import record_identity
from graph.model import Claim, Draft, Load, LoadedTable, LoadState, Value
from graph.store import ClaimSelection, Store

Place = tuple[str, str, str]
"""Source, file and sheet of a table."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A table that a published load read."""

    load: str
    table: LoadedTable


@dataclass(frozen=True, slots=True)
class Editions:
    """The tables that stand in a store."""

    store: Store

    def all(self) -> list[Edition]:
        """Those of all published loads of files, oldest first. Of a load that was recorded before tables were, its documents stand for
        them, without their sheets."""
        return [Edition(load.id, table) for load in self.store.loads((LoadState.PUBLISHED,), ("ingest",)) for table in tables_of(load)]

    def known(self, series: Place, keys: Iterable[str]) -> int:
        """How many of these keys (each once) the open records of a series have."""
        identities = [record_identity(series, key, 0) for key in dict.fromkeys(keys)]
        return len({claim.record for claim in self.store.claims(ClaimSelection(records=identities))}) if identities else 0


def tables_of(load: Load) -> tuple[LoadedTable, ...]:
    """The tables of a load."""
    if load.tables:
        return load.tables
    parts = (document.partition("/") for document in load.documents)
    return tuple(LoadedTable(source, file, "", "", load.data_date, "") for source, _, file in parts)


def place_of(claim: Claim) -> Place:
    """Where a claim was read."""
    return claim.source, claim.file, claim.sheet


def fullest_after(loads: Iterable[Load], series: Place, date: str) -> str:
    """The load of the latest edition of a series that is later than ``date`` and was loaded as the full list; ``""`` without one."""
    tables = ((table, load.id) for load in loads for table in load.tables)
    found = [(table.date, load) for table, load in tables if table.full and table.series == series and table.date > date]
    return max(found)[1] if found else ""


def missing_claims(store: Store, loads: Sequence[Load], table: LoadedTable, seen: Collection[str]) -> dict[str, list[Claim]]:
    """Open claims of earlier editions of this table whose records are not among ``seen``, by record."""
    older = {
        (each.source, each.file, each.sheet): load.id
        for load in loads
        for each in tables_of(load)
        if each.series == table.series and each.date <= table.date and (each.source, each.file) != (table.source, table.file)
    }
    found: dict[str, list[Claim]] = {}
    if older:
        for claim in store.claims(ClaimSelection(loads=sorted(set(older.values())))):
            if place_of(claim) in older and claim.record not in seen:
                found.setdefault(claim.record, []).append(claim)
    return found


Said = tuple[str, str, str]
"""Subject, object and property."""


def contradicted(standing: Iterable[Claim], drafts: Iterable[Draft], date: str) -> set[Said]:
    """The properties of which these drafts say what no earlier claim says, though some say another value. Of lists all values are kept, so
    none contradicts."""
    earlier: dict[Said, set[Value]] = {}
    for claim in standing:
        if claim.source_date <= date:
            for name, value in claim.values.items():
                earlier.setdefault((claim.subject, claim.object, name), set()).add(value)
    return {
        said
        for draft in drafts
        for name, value in draft.values.items()
        if not isinstance(value, tuple) and (known := earlier.get(said := (draft.subject, draft.object, name))) and value not in known
    }
