"""Acts: what a person does on the platform, recorded as claims of which that person is the source, and published at once.

An act is a load of its own, of kind ``act``, with one record. Its claims have ``PLATFORM`` precedence, above any file, and the moment of
the act as their source date, so that the fold takes the latest act for what stands: no file moves what was moved on the platform, and the
open claims in the order of their dates are the history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from graph.ledger.drafts import check_draft, claim_of
from graph.ledger.evidence import hidden_loads
from graph.ledger.moments import STAMP, Clock, timestamp
from graph.ledger.publication import ONE_TRANSACTION, Publication, commit
from graph.ledger.reading import ClaimMemory, ClaimReader
from graph.ledger.recovery import hold
from graph.ledger.totals import fact_totals
from graph.ledger.touched import Touched
from graph.model import IDENTITY_KINDS, PERSON, PLATFORM, Claim, Draft, Load, LoadState, PublishedTotals, Record, Retraction, Source
from graph.ontology import Ontology
from graph.store import ClaimSelection, Store

PLATFORM_FILE = "platform"
"""What an act's claims name as their file; the row is the number of the act's load."""

Decide = Callable[[], Sequence[Draft | Retraction]]
"""Looks at the store as it stands and says what the act states and retracts, or raises what forbids it."""


def subject_of_document(document: str) -> str:
    """The subject of acts that are recorded under a document."""
    return document.removeprefix(f"{PLATFORM_FILE}/")


def document_of_subject(subject: str) -> str:
    """Under which document the acts on one subject are recorded: a later one stands on the earlier, and is undone first."""
    return f"{PLATFORM_FILE}/{subject}"


def document_of_draft(draft: Draft) -> str:
    """The same for what an act states. A judgement of two ids stands on earlier judgements of that pair only."""
    if draft.kind in IDENTITY_KINDS:
        return document_of_subject("=".join(sorted((draft.subject, draft.object))))
    return document_of_subject(draft.subject)


@dataclass(frozen=True, slots=True)
class Acting:
    """How acts are recorded in one store."""

    store: Store
    ontology: Ontology
    ranks: dict[str, int]
    clock: Clock

    def act(self, actor: Source, name: str, decide: Decide) -> PublishedTotals:
        """One act of ``actor`` (an id that begins with ``PERSON``), called ``name``: takes the one right to publish, then asks ``decide``,
        so that of two acts that forbid each other the second sees the first. If it raises, or states nothing, nothing is left of the act.

        Raises ``ValueError`` for an actor that is no person, ``ValueProblem`` for a draft of no type, ``Conflict`` while another
        publication lasts."""
        if not actor.id.startswith(PERSON):
            raise ValueError(f"an actor's id begins with '{PERSON}', not {actor.id!r}")
        now = timestamp(self.clock)
        ours = self.store.open_load(Load("", "act", name, (), LoadState.STAGING, now, beat=now))
        try:
            hold(self.store, ours.id)
            decided = decide()
            drafts = [each for each in decided if isinstance(each, Draft)]
            if not drafts:
                self.store.withdraw(ours.id)
                return PublishedTotals("", self.store.head().revision)
            closing = self._closing([each for each in decided if isinstance(each, Retraction)])
            return self._publish(replace(actor, precedence=PLATFORM), ours, drafts, closing)
        except BaseException:
            self.store.withdraw(ours.id)
            raise

    def _closing(self, retracted: Sequence[Retraction]) -> list[Claim]:
        pairs = [(each.type, each.subject, each.object) for each in retracted]
        return list(self.store.claims(ClaimSelection(pairs=pairs))) if pairs else []

    def _publish(self, actor: Source, ours: Load, drafts: Sequence[Draft], closing: Sequence[Claim]) -> PublishedTotals:
        moment = self._moment(drafts)
        claims = self._claims(replace(actor, date=moment), ours, drafts)
        touched, memory = Touched(), ClaimMemory(stored=False)
        for claim in (*claims, *closing):
            touched.add(claim)
        memory.add(claims)
        closed = tuple(sorted(claim.id for claim in closing))
        outcome = self._publication(ours, memory, frozenset(closed)).fold(touched)
        totals = outcome.totals(ours.id)
        load = replace(
            ours,
            state=LoadState.PUBLISHED,
            beat=timestamp(self.clock),
            documents=tuple(sorted({document_of_draft(draft) for draft in drafts})),
            totals={"claims": len(claims), "identities": len(memory.identities), **fact_totals(totals)},
        )
        commit(self.store, outcome, claims=claims, closing=closed, at=load.beat, load=load)
        return totals

    def _publication(self, ours: Load, memory: ClaimMemory, closing: frozenset[str]) -> Publication:
        revision = self.store.head().revision
        hidden = frozenset(hidden_loads(self.store)) - {ours.id}
        return Publication(
            store=self.store,
            ontology=self.ontology,
            ranks=self.ranks,
            reader=ClaimReader(self.store, ours.id, memory, closing, hidden, revision > 0),
            revision=revision + 1,
            limit=ONE_TRANSACTION,
            # An act speaks of a few subjects: looking for their clusters costs less than reading every load to know that there are none.
            identities_exist=True,
            beat=lambda: self.store.append_claims((), replace(ours, beat=timestamp(self.clock))),
        )

    def _claims(self, actor: Source, ours: Load, drafts: Sequence[Draft]) -> list[Claim]:
        record = Record(PLATFORM_FILE, "", ours.number, ours.id)
        for draft in drafts:
            check_draft(self.ontology, draft, record)
        return [claim_of(draft, f"{ours.id}:{number}", ours, actor, record, ours.id) for number, draft in enumerate(drafts, start=1)]

    def _moment(self, drafts: Sequence[Draft]) -> str:
        """The moment of the act: now, or a microsecond after the last act on one of its subjects where a clock went back or stood still."""
        now = timestamp(self.clock)
        subjects = sorted({draft.subject for draft in drafts})
        pairs = [(draft.type, draft.subject, draft.object) for draft in drafts if draft.object]
        identities = [draft.subject for draft in drafts if draft.kind in IDENTITY_KINDS]
        before = self.store.claims(ClaimSelection(nodes=subjects, pairs=pairs, identities=identities))
        last = max((claim.source_date for claim in before if claim.precedence == PLATFORM), default="")
        if last < now:
            return now
        return (datetime.strptime(last, STAMP) + timedelta(microseconds=1)).strftime(STAMP)
