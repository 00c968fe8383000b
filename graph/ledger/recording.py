"""Recording a load: records come in, are compared with what their document said before, and become claims; then they are published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from graph.errors import Conflict, ValueProblem
from graph.ledger.editions import Place, Said, contradicted, fullest_after, missing_claims, place_of
from graph.ledger.evidence import hidden_loads
from graph.ledger.gone import document_of, gone_claims, records_of
from graph.ledger.identities import identity_at, record_place
from graph.ledger.publication import ONE_TRANSACTION, Publication, Touched, commit
from graph.ledger.reading import ClaimMemory, ClaimReader, writer
from graph.ledger.recovery import hold
from graph.messages import message
from graph.model import (
    Claim,
    ClaimKind,
    Draft,
    Load,
    LoadedTable,
    LoadState,
    PublishedTotals,
    Record,
    RecordDrafts,
    RecordOutcome,
    Source,
)
from graph.ontology import Ontology
from graph.store import ClaimSelection, Store

APPENDED_AT_ONCE = 20_000
"""Claims written in one transaction: large enough that the transaction's own cost is small, small enough for a server's heap."""

LONGEST_ID = 512
"""Characters of a source id; an index of either store holds it comfortably."""

OF_FILES = ("ingest", "undo")
"""Kinds of loads that a load of files is compared with; acts are many, and never speak of a file's rows."""

NAMED = 5
"""How many of the things that stand in the way are named."""

INFERRED = ("load", "properties")
"""Where the date of a table was told from that its file does not state."""

STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How moments are written: UTC, to the microsecond, so that they sort as text."""

Clock = Callable[[], datetime]

Content = tuple[ClaimKind, str, str, str, tuple[tuple[str, object], ...], tuple[tuple[str, str], ...], int]


def content(said: Draft | Claim, precedence: int) -> Content:
    """What a draft or claim says, and the precedence of its source: two of one record with the same content say the same, whatever their
    dates."""
    values, raw = tuple(sorted(said.values.items(), key=_name)), tuple(sorted(said.raw.items()))
    return (said.kind, said.type, said.subject, said.object, values, raw, precedence)


def _source_date(claim: Claim) -> str:
    return claim.source_date


def _name(item: tuple[str, object]) -> str:
    return item[0]


class Recording:
    """One load under way. ``record`` any number of batches, then ``publish`` or ``abandon``. Not for several threads."""

    def __init__(
        self, store: Store, ontology: Ontology, ranks: dict[str, int], load: Load, clock: Clock, *, limit: int = ONE_TRANSACTION
    ) -> None:
        self._store = store
        self._ontology = ontology
        self._ranks = ranks
        self._clock = clock
        self._limit = limit
        self.load = load
        self._standing_loads = {other.id: other for other in store.loads((LoadState.PUBLISHED,), OF_FILES)}
        self._known_documents = {document for other in self._standing_loads.values() for document in other.documents}
        self._documents: list[str] = list(load.documents)
        self._tables = {(table.source, table.file, table.sheet): table for table in load.tables}
        self._compared: dict[Place, set[str]] = {}
        self._contradicted: dict[Place, set[Said]] = {}
        self._older: list[Claim] = []
        self._occurrences: dict[str, int] = {}
        self._seen: dict[str, set[str]] = {}
        self._outcomes = dict.fromkeys(RecordOutcome, 0)
        self._number = 0
        self._data_date = ""
        self._pending: list[Claim] = []
        self._closing: set[str] = set()
        self._touched = Touched()
        self._memory = ClaimMemory()

    def record(self, source: Source, document: str, batch: Sequence[RecordDrafts]) -> list[RecordOutcome]:
        """Takes records of one document (``<source id>/<file>``) and answers, in order, what each was found to be.

        Raises ``ValueProblem`` for a draft that no ontology type or id length allows: the mapping is at fault, nothing is recorded."""
        self._data_date = max(self._data_date, source.date)
        if document not in self._documents:
            self._documents.append(document)
        identities = [self._identify(source, entry.record) for entry in batch]
        standing = {}
        if document in self._known_documents:
            self._seen.setdefault(document, set()).update(identities)
        table = self._tables.get((source.id, batch[0].record.file, batch[0].record.sheet)) if batch else None
        if document in self._known_documents or (table is not None and table.edition_of):
            standing = self._standing(identities)
        if table is not None and table.edition_of:
            self._compare_editions(table, identities, batch)
        closed_by = self._superseded_by(source, table, identities, standing)
        older = self._older_known(closed_by)
        outcomes: list[RecordOutcome] = []
        for identity, entry in zip(identities, batch, strict=True):
            if identity in closed_by:
                outcome = self._record_older(source, identity, entry, closed_by[identity], older.get(identity, ()))
            else:
                outcome = self._one(source, identity, entry, standing.get(identity))
            self._outcomes[outcome] += 1
            outcomes.append(outcome)
        if len(self._pending) + len(self._older) >= APPENDED_AT_ONCE:
            self._append()
        return outcomes

    def contradicted(self, place: Place) -> int:
        """How many values of earlier editions the table at this place (source, file, sheet) has contradicted so far."""
        return len(self._contradicted.get(place, ()))

    def _compare_editions(self, table: LoadedTable, identities: Sequence[str], batch: Sequence[RecordDrafts]) -> None:
        """Notes which records this edition has, and which values of earlier ones it contradicts."""
        place = (table.source, table.file, table.sheet)
        self._compared.setdefault(place, set()).update(identities)
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

    def _superseded_by(
        self, source: Source, table: LoadedTable | None, identities: Sequence[str], standing: Mapping[str, Sequence[Claim]]
    ) -> dict[str, str]:
        """The records of which a later edition has spoken, with its load: what an earlier one says of them is recorded, and does not
        stand."""
        found = {}
        if table is not None and (source.stated or table.edition_of):
            full = fullest_after(self._standing_loads.values(), table.series, source.date) if table.edition_of else ""
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
        load = self._standing_loads.get(claim.load)
        if load is None or place_of(claim) != place:
            return False
        return any((each.source, each.file, each.sheet) == place and each.told in INFERRED for each in load.tables)

    def _older_known(self, identities: Collection[str]) -> dict[str, list[Claim]]:
        """What earlier editions have said of these records already, closed since."""
        found: dict[str, list[Claim]] = {}
        if identities:
            for claim in self._store.claims(ClaimSelection(records=sorted(identities), open_only=False)):
                if claim.recorded_to and claim.load in self._standing_loads:
                    found.setdefault(claim.record, []).append(claim)
        return found

    def _record_older(self, source: Source, identity: str, entry: RecordDrafts, closed_by: str, known: Sequence[Claim]) -> RecordOutcome:
        """What an earlier edition says is kept for the history, closed from the beginning by the later one."""
        said = {content(claim, claim.precedence) for claim in known if claim.file == entry.record.file and claim.source_date == source.date}
        for draft in entry.drafts:
            if content(draft, source.precedence) not in said:
                check_draft(self._ontology, draft, entry.record)
                self._number += 1
                claim = claim_of(draft, f"{self.load.id}:{self._number}", self.load, source, entry.record, identity)
                self._older.append(claim._replace(recorded_to=claim.recorded_from, closed_by=closed_by))
        return RecordOutcome.UNCHANGED

    def gone(self, close: Collection[str] = ()) -> list[Record]:
        """The records that earlier loads read from the same documents, or from earlier editions of them, and that this one did not
        meet; call it when all are read. Of the documents in ``close`` this load takes back what they said."""
        loads = self._store.loads((LoadState.PUBLISHED,), OF_FILES)
        claims = gone_claims(self._store, loads, self._seen)
        for claim in (each for group in claims.values() for each in group if document_of(each) in close):
            self._close((claim,))
        for place, seen in self._compared.items():
            missing = missing_claims(self._store, loads, self._tables[place], seen)
            if f"{place[0]}/{place[1]}" in close:
                for group in missing.values():
                    self._close(group)
            claims |= missing
        return records_of(claims)

    def publish(self) -> PublishedTotals:
        """Folds what was recorded and makes it visible, whole. With nothing new the graph keeps its revision."""
        self._append()
        hold(self._store, self.load.id)
        loads = self._store.loads()
        self._check_compared(loads)
        self._closing = self._still_open()
        reader = self._reader(loads)
        outcome = self._publication(loads, reader).fold(self._touched)
        totals = outcome.totals(self.load.id)
        at = self._now()
        commit(
            self._store,
            outcome,
            claims=(),
            closing=self._closing,
            at=at,
            load=replace(
                self.load,
                state=LoadState.PUBLISHED,
                beat=at,
                documents=tuple(self._documents),
                data_date=self._data_date,
                totals=self._totals(totals),
            ),
        )
        return totals

    def abandon(self) -> None:
        """Takes back everything this load wrote; nothing of it was ever visible."""
        self._store.withdraw(self.load.id)

    def _check_compared(self, loads: Sequence[Load]) -> None:
        """Raises ``Conflict`` where what this load was compared with stands no more, or something newer does: rows found unchanged would
        be lost with an undone load, rows found new would be said twice."""
        for other in (each for each in loads if each.kind in OF_FILES):
            came = other.state is LoadState.PUBLISHED and other.id not in self._standing_loads
            went = other.state is LoadState.UNDONE and other.id in self._standing_loads
            shared = sorted(other.speaks_of & {*self.load.speaks_of, *self._documents}) if came or went else []
            if shared:
                told = {"id": other.id, "name": other.name, "documents": tuple(shared[:NAMED])}
                raise Conflict(
                    (
                        message("{id} ({name}) was loaded while this load was being read, and both contain {documents}.", **told)
                        if came
                        else message("{id} ({name}) was undone while this load was being read, and both contain {documents}.", **told)
                    ),
                    hint=message("Nothing was recorded: load the files again."),
                )

    def _identify(self, source: Source, record: Record) -> str:
        place = (source.id, record.file, record.sheet)
        table = self._tables.get(place)
        text = record_place(place if table is None else table.series, record.key)
        occurrence = self._occurrences.get(text, 0)
        self._occurrences[text] = occurrence + 1
        return identity_at(text, occurrence)

    def _standing(self, identities: Sequence[str]) -> dict[str, list[Claim]]:
        hidden = hidden_loads(self._store)
        found: dict[str, list[Claim]] = {}
        for claim in self._store.claims(ClaimSelection(records=identities)):
            if writer(claim.id) not in hidden:
                found.setdefault(claim.record, []).append(claim)
        return found

    def _one(self, source: Source, identity: str, entry: RecordDrafts, standing: list[Claim] | None) -> RecordOutcome:
        if standing is None:
            for draft in entry.drafts:
                self._add(source, identity, entry.record, draft)
            return RecordOutcome.NEW
        wanted = {content(draft, source.precedence): draft for draft in entry.drafts}
        kept: dict[Content, list[Claim]] = {}
        for claim in standing:
            kept.setdefault(content(claim, claim.precedence), []).append(claim)
        same, file = wanted.keys() == kept.keys(), entry.record.file
        if same and not source.stated and all(claim.file == file for claim in standing):
            return RecordOutcome.UNCHANGED
        standing_on_date = {
            key for key, claims in kept.items() if all(claim.source_date == source.date and claim.file == file for claim in claims)
        }
        for key, claims in kept.items():
            if key not in wanted or key not in standing_on_date:
                self._close(claims)
        for key, draft in wanted.items():
            if key not in standing_on_date:
                self._add(source, identity, entry.record, draft)
        return RecordOutcome.UNCHANGED if same else RecordOutcome.UPDATED

    def _close(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            self._closing.add(claim.id)
            touch(self._touched, claim)

    def _add(self, source: Source, identity: str, record: Record, draft: Draft) -> None:
        check_draft(self._ontology, draft, record)
        self._number += 1
        claim = claim_of(draft, f"{self.load.id}:{self._number}", self.load, source, record, identity)
        self._pending.append(claim)
        if draft.kind is ClaimKind.RELATIONSHIP:
            self._touched.pairs.add((draft.type, draft.subject, draft.object))
        elif draft.kind is ClaimKind.NODE:
            self._touched.nodes.add(draft.subject)
        else:
            touch(self._touched, claim)

    def _append(self) -> None:
        for start in range(0, len(self._pending), APPENDED_AT_ONCE):
            self._store.append_claims(self._pending[start : start + APPENDED_AT_ONCE], replace(self.load, beat=self._now()))
        for start in range(0, len(self._older), APPENDED_AT_ONCE):
            self._store.append_claims(self._older[start : start + APPENDED_AT_ONCE], replace(self.load, beat=self._now()))
        self._memory.add(self._pending)
        self._pending.clear()
        self._older.clear()

    def _still_open(self) -> set[str]:
        """Another load of the same document may have closed some of them while this one was recording."""
        return {claim.id for claim in self._store.claims(ClaimSelection(ids=sorted(self._closing)))} if self._closing else set()

    def _reader(self, loads: Sequence[Load]) -> ClaimReader:
        return reader(self._store, self.load.id, self._memory, self._closing, loads)

    def _publication(self, loads: Sequence[Load], claims: ClaimReader) -> Publication:
        return Publication(
            store=self._store,
            ontology=self._ontology,
            ranks=self._ranks,
            reader=claims,
            revision=self._store.head().revision + 1,
            limit=self._limit,
            identities_exist=self._touched.identities or identities_exist(loads),
            beat=self._beat,
        )

    def _beat(self) -> None:
        self._store.append_claims((), replace(self.load, beat=self._now()))

    def _now(self) -> str:
        return timestamp(self._clock)

    def _totals(self, totals: PublishedTotals) -> dict[str, int]:
        counted = {outcome.value: count for outcome, count in self._outcomes.items()}
        return counted | {"claims": self._number, "identities": len(self._memory.identities), **fact_totals(totals)}


def claim_of(draft: Draft, id: str, load: Load, source: Source, record: Record, identity: str) -> Claim:
    """A draft as this load's claim; ``identity`` is that of its record."""
    return Claim(
        id,
        load.id,
        source.id,
        source.precedence,
        source.date,
        record.file,
        record.sheet,
        record.row,
        identity,
        draft.kind,
        draft.type,
        draft.subject,
        draft.object,
        draft.values,
        draft.raw,
        load.recorded_at,
    )


def check_draft(ontology: Ontology, draft: Draft, record: Record) -> None:
    """Raises ``ValueProblem`` for a type that the ontology does not have and an id that is empty or too long."""
    types = ontology.relationship_types if draft.kind is ClaimKind.RELATIONSHIP else ontology.node_types
    subject, object = len(draft.subject), len(draft.object)
    if draft.type in types and 0 < subject <= LONGEST_ID and (0 < object <= LONGEST_ID or (not object and draft.kind is ClaimKind.NODE)):
        return
    if draft.type not in types:
        raise ValueProblem(
            message("'{type}' is not a type of the ontology.", type=draft.type), hint=message("Correct the mapping."), where=_place(record)
        )
    raise ValueProblem(
        message("An id must have 1 to {longest_id} characters.", longest_id=LONGEST_ID),
        hint=message("Check the id columns of the row."),
        where=_place(record),
    )


def _place(record: Record) -> dict[str, str | int]:
    return {"file": record.file, "row": record.row}


def touch(touched: Touched, claim: Claim) -> None:
    """Notes what a claim that comes or goes speaks of."""
    if claim.kind is ClaimKind.NODE:
        touched.nodes.add(claim.subject)
    elif claim.kind is ClaimKind.RELATIONSHIP:
        touched.pairs.add((claim.type, claim.subject, claim.object))
    else:
        touched.nodes.update((claim.subject, claim.object))
        touched.identities = True


def reader(store: Store, load: str, memory: ClaimMemory, closing: set[str], loads: Sequence[Load]) -> ClaimReader:
    """A reader of the claims that count for this load's publication."""
    hidden = frozenset(other.id for other in loads if other.id != load and other.state in (LoadState.STAGING, LoadState.WITHDRAWN))
    published = any(other.state is not LoadState.WITHDRAWN and other.revision > 0 for other in loads)
    return ClaimReader(store, load, memory, frozenset(closing), hidden, published)


def identities_exist(loads: Sequence[Load]) -> bool:
    """Whether any published load joined ids: if none did, no cluster need be looked for."""
    return any(load.totals.get("identities", 0) for load in loads if load.revision > 0)


def fact_totals(totals: PublishedTotals) -> dict[str, int]:
    """The counts of facts, by the names that a load record keeps."""
    return {
        "nodesNew": totals.nodes_new,
        "nodesUpdated": totals.nodes_updated,
        "nodesRemoved": totals.nodes_removed,
        "relationshipsNew": totals.relationships_new,
        "relationshipsUpdated": totals.relationships_updated,
        "relationshipsRemoved": totals.relationships_removed,
    }


def timestamp(clock: Clock) -> str:
    """UTC, to the microsecond: the times of one store then sort as text."""
    return clock().strftime(STAMP)
