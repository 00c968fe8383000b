"""Trying a load out: records are checked, compared with what their documents said before and folded as a load's would be, and nothing is
written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph.ledger.publication import Outcome, Publication
from graph.ledger.recording import Recording
from graph.model import Facts, Node, PublishedTotals, Relationship
from graph.store import Store

ENDLESS = 2**62
"""A rehearsal stages nothing, however much it holds."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a load would change, fact by fact: what is new, what stands now and would become something else (the same fact before and
    after), and what would go. ``ends`` are the nodes at the ends of these relationships that are known and not among the nodes;
    ``truncated`` says that there is more than was asked for."""

    new: Facts
    before: Facts
    after: Facts
    gone: Facts
    truncated: bool
    ends: tuple[Node, ...] = ()


def with_ends(found: Difference, known: Mapping[str, Node], store: Store) -> Difference:
    """The difference with the nodes at the ends of its relationships: of ``known``, else as they stand in the store."""
    sides = (found.new, found.before, found.after, found.gone)
    listed = {node.id for facts in sides for node in facts.nodes}
    ends = {end for facts in sides for each in facts.relationships for end in (each.source, each.target)} - listed
    stored = store.facts(nodes=sorted(ends - known.keys())).nodes
    return replace(found, ends=(*(known[id] for id in sorted(ends & known.keys())), *stored))


class Rehearsal(Recording):
    """A recording that keeps its claims to itself. ``publish`` gives the totals that the load would have, without a load's id;
    ``difference`` the facts behind them. A load of more claims than are held in memory (``reading.HELD_IN_MEMORY``) is compared record
    by record only: then ``folded`` is false, and totals are zero."""

    _outcome: Outcome | None = None

    @property
    def folded(self) -> bool:
        """Whether the totals are those of the facts."""
        return self._outcome is not None

    def publish(self) -> PublishedTotals:
        self._append()
        revision = self._store.head().revision
        if not self._memory.complete:
            return PublishedTotals("", revision)
        loads = self._store.loads()
        self._closing = self._still_open()
        publication: Publication = self._publication(loads, self._reader(loads))
        publication.limit = ENDLESS
        self._outcome = publication.fold(self._touched)
        return self._outcome.totals("")

    def difference(self, limit: int) -> Difference:
        """At most ``limit`` nodes and as many relationships of each kind, by id. Empty before ``publish``, or where it could not fold."""
        found = self._outcome
        if found is None:
            return Difference(Facts(), Facts(), Facts(), Facts(), truncated=False)
        nodes, links = sorted(found.nodes, key=_id), sorted(found.relationships, key=_id)
        changed, relinked = sorted(found.changed, key=_id), sorted(found.changed_relationships, key=_id)
        gone, unlinked = sorted(found.removed_nodes), sorted(found.removed_relationships)
        after = Facts(tuple(changed[:limit]), tuple(relinked[:limit]))
        before = self._store.facts(nodes=[each.id for each in after.nodes], relationships=[each.id for each in after.relationships])
        difference = Difference(
            new=Facts(tuple(nodes[:limit]), tuple(links[:limit])),
            before=before,
            after=after,
            gone=self._store.facts(nodes=gone[:limit], relationships=unlinked[:limit]),
            truncated=any(len(each) > limit for each in (nodes, changed, gone))
            or any(len(each) > limit for each in (links, relinked, unlinked)),
        )
        return with_ends(difference, {each.id: each for each in (*nodes, *changed)}, self._store)

    def abandon(self) -> None:
        """Nothing to take back."""

    def _append(self) -> None:
        self._memory.stored = False
        self._memory.add(self._pending)
        self._pending.clear()
        self._older.clear()

    def _beat(self) -> None:
        """Nobody waits for a rehearsal."""


def _id(fact: Node | Relationship) -> str:
    return fact.id
