"""The ledger: the only way into the graph. Records become claims, claims are folded into facts, facts are published as revisions.

``Ledger`` is what other rooms use. Inside: ``recording`` (a load under way), ``reading`` (which claims count), ``fold`` (claims to facts,
pure), ``publication`` (what changes, and the one commit), ``recovery`` (loads that were left behind), ``undo``, ``comparison`` (of two
loads), ``acting`` (what people do on the platform), ``evidence`` (the rows behind a fact), ``recorded`` (what was known at a moment of
the past).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from graph.errors import NotFound, StoreProblem
from graph.identity import scheme_ranks
from graph.ledger.acting import Acting, Decide
from graph.ledger.comparison import Comparison, compare
from graph.ledger.editions import Editions
from graph.ledger.evidence import identity_evidence, node_evidence, nodes_evidence, relationship_evidence
from graph.ledger.moments import Clock, timestamp
from graph.ledger.publication import ONE_TRANSACTION
from graph.ledger.recorded import Recorded, as_recorded
from graph.ledger.recording import Recording
from graph.ledger.recovery import wait_for_documents, withdraw_left_behind
from graph.ledger.rehearsal import Rehearsal
from graph.ledger.undo import undo
from graph.messages import message
from graph.model import Claim, Load, LoadedTable, LoadState, Node, PublishedTotals, Relationship, Source
from graph.ontology import Ontology
from graph.store import Store


def utc_now() -> datetime:
    """The wall clock, in UTC."""
    return datetime.now(UTC)


class Rehearsals:
    """A ledger whose loads are rehearsals: ``begin`` leaves no trace."""

    def __init__(self, ledger: Ledger) -> None:
        self.begin = ledger.rehearse
        self.editions = ledger.editions


class Ledger:
    """Records loads and answers for them."""

    def __init__(self, store: Store, ontology: Ontology, clock: Clock = utc_now, *, one_transaction: int = ONE_TRANSACTION) -> None:
        """``one_transaction`` is the number of facts beyond which a publication is staged in batches."""
        self._store = store
        self._ontology = ontology
        self._clock = clock
        self._ranks = scheme_ranks(ontology)
        self._one_transaction = one_transaction

    def begin(self, name: str, documents: Sequence[str] = (), tables: Sequence[LoadedTable] = ()) -> Recording:
        """Opens a load of these documents and tables; nothing of it is visible before ``Recording.publish``. Where another one is loading
        one of ``documents``, waits for it first."""
        now = timestamp(self._clock)
        load = self._store.open_load(Load("", "ingest", name, tuple(documents), LoadState.STAGING, now, beat=now, tables=tuple(tables)))
        try:
            wait_for_documents(self._store, load, load.speaks_of, lambda: self._beat(load))
        except BaseException:
            with suppress(StoreProblem):
                self._store.withdraw(load.id)
            raise
        return Recording(self._store, self._ontology, self._ranks, load, self._clock, limit=self._one_transaction)

    def editions(self) -> Editions:
        """The tables that stand, of which a new one may be an edition."""
        return Editions(self._store)

    def _beat(self, load: Load) -> None:
        self._store.append_claims((), replace(load, beat=timestamp(self._clock)))

    def rehearse(self, name: str, documents: Sequence[str] = (), tables: Sequence[LoadedTable] = ()) -> Rehearsal:
        """A load that compares records as ``begin``'s does and leaves no trace; see ``graph.ledger.rehearsal``."""
        now = timestamp(self._clock)
        load = Load("", "ingest", name, tuple(documents), LoadState.STAGING, now, beat=now, tables=tuple(tables))
        return Rehearsal(self._store, self._ontology, self._ranks, load, self._clock)

    def act(self, actor: Source, name: str, decide: Decide) -> PublishedTotals:
        """Records and publishes what ``actor`` does on the platform; see ``graph.ledger.acting``."""
        return Acting(self._store, self._ontology, self._ranks, self._clock).act(actor, name, decide)

    def loads(self, kinds: Sequence[str] = (), newest: int = 0) -> list[Load]:
        """All loads, or those of these kinds, oldest first; with ``newest``, the last so many."""
        return self._store.loads(kinds=kinds, newest=newest)

    def compare(self, first: str, second: str, limit: int) -> Comparison:
        """What the files of one load said and those of another; see ``graph.ledger.comparison``."""
        return compare(self._store, self._ontology, first, second, limit)

    def undo(self, load_id: str, by: str = "") -> PublishedTotals:
        """Takes a published load back; see ``graph.ledger.undo``. ``by`` is the actor who asked for it, where one is known."""
        return undo(self._store, self._ontology, self._ranks, load_id, self._clock, by)

    def recover(self, silent_seconds: float) -> list[Load]:
        """Withdraws loads that were left unpublished: their process has ended on this machine, or they gave no sign of life for
        ``silent_seconds`` (0 where no other process can be at work, as on the embedded store); returns them."""
        return withdraw_left_behind(self._store, timestamp(lambda: self._clock() - timedelta(seconds=silent_seconds)))

    def node_evidence(self, node_id: str) -> tuple[Node, list[Claim], list[Claim]]:
        """A node with the claims that describe it and those that say which ids mean it. Raises ``NotFound``."""
        nodes = self._store.facts(nodes=(node_id,)).nodes
        if not nodes:
            raise NotFound(message("There is no node '{node_id}'.", node_id=node_id), where={"parameter": "node"})
        return nodes[0], node_evidence(self._store, nodes[0]), identity_evidence(self._store, nodes[0])

    def nodes_evidence(self, nodes: Sequence[Node]) -> dict[str, list[Claim]]:
        """For each node (by id) the claims that describe it, the most trusted first."""
        return nodes_evidence(self._store, nodes)

    def as_recorded(self, moment: str) -> Recorded:
        """The graph as it was known at a moment of the past; see ``graph.ledger.recorded``."""
        return as_recorded(self._store, self._ontology, moment)

    def relationship_evidence(self, relationships: Sequence[Relationship]) -> dict[str, list[Claim]]:
        """For each relationship, by id, the claims that it rests on."""
        return relationship_evidence(self._store, self._ontology, relationships)
