"""Recording a load: records come in, are compared with what their document said before, and become claims; then they are published."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.errors import Conflict
from graph.ledger.drafts import Content, check_draft, claim_of, content
from graph.ledger.edition_comparison import EditionComparison
from graph.ledger.editions import Place, missing_claims
from graph.ledger.evidence import hidden_loads
from graph.ledger.gone import document_of, gone_claims, records_of
from graph.ledger.identities import identity_at, record_place
from graph.ledger.moments import Clock, timestamp
from graph.ledger.publication import ONE_TRANSACTION, Publication, commit
from graph.ledger.reading import ClaimMemory, ClaimReader, reader, writer
from graph.ledger.recovery import hold
from graph.ledger.totals import fact_totals, identities_exist
from graph.ledger.touched import Touched
from graph.messages import message
from graph.model import (
    Claim,
    ClaimKind,
    Draft,
    Load,
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

OF_FILES = ("ingest", "undo")
"""Kinds of loads that a load of files is compared with; acts are many, and never speak of a file's rows."""

NAMED = 5
"""How many of the things that stand in the way are named."""


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
        self._editions = EditionComparison(store, self._standing_loads)
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
            self._editions.compare(table, identities, batch)
        closed_by = self._editions.superseded_by(source, table, identities, standing)
        older = self._editions.older_known(closed_by)
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
        return self._editions.contradicted(place)

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
        for place, seen in self._editions.compared.items():
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
            self._touched.add(claim)

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
            self._touched.add(claim)

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
