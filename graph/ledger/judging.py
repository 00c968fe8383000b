"""Judging whether two ids mean one thing: what stands is looked at under the right to publish, and the judgement recorded as an act.

A later judgement of the same pair replaces the earlier one; taking a judgement back undoes its act, and the one before stands again. A
judgement names ids, not nodes, so it outlives every re-load.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.errors import Conflict, NotFound, QueryProblem
from graph.identity import Clusters, derive_clusters, scheme_ranks
from graph.identity.clusters import standing
from graph.identity.judgements import Contradiction, Judgement, Verdict, contradictions_of, draft_of, judgements_of
from graph.ledger import Ledger
from graph.ledger.acting import PLATFORM_FILE
from graph.ledger.evidence import hidden_loads
from graph.ledger.reading import writer
from graph.ledger.rehearsal import Difference
from graph.messages import message
from graph.model import (
    IDENTITY_KINDS,
    PERSON,
    PLATFORM,
    Claim,
    Draft,
    Load,
    LoadState,
    Node,
    PublishedTotals,
    Record,
    RecordDrafts,
    Source,
)
from graph.ontology import Ontology
from graph.store import ClaimSelection, Store

LONGEST_NOTE = 2_000
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Judging:
    """Judgements in one store."""

    store: Store
    ontology: Ontology
    ledger: Ledger

    # ── reading ─────────────────────────────────────────────────────────────────────────────────

    def judgements(self) -> list[Judgement]:
        """Those that stand, the latest first."""
        return judgements_of(self._judged())

    def contradictions(self) -> list[Contradiction]:
        """Pairs judged different that a chain of statements, of people or files, joins."""
        ids = {id for claim in self._judged() for id in (claim.subject, claim.object)}
        return contradictions_of(self._around(ids))

    def _judged(self) -> list[Claim]:
        """The identity claims of all acts that stand."""
        acts = [load.id for load in self.store.loads((LoadState.PUBLISHED,)) if _judges(load)]
        if not acts:
            return []
        return [claim for claim in self.store.claims(ClaimSelection(loads=acts)) if claim.kind in IDENTITY_KINDS]

    def _around(self, ids: Iterable[str]) -> list[Claim]:
        """Every identity claim that counts and is connected to these ids."""
        hidden = hidden_loads(self.store)
        found: dict[str, Claim] = {}
        seen: set[str] = set()
        frontier = set(ids)
        while frontier:
            seen |= frontier
            for claim in self.store.claims(ClaimSelection(identities=sorted(frontier))):
                if writer(claim.id) not in hidden:
                    found[claim.id] = claim
            frontier = {end for claim in found.values() for end in (claim.subject, claim.object)} - seen
        return list(found.values())

    # ── judging ─────────────────────────────────────────────────────────────────────────────────

    def judge(self, actor: Source, left: str, right: str, verdict: Verdict, note: str = "") -> PublishedTotals:
        """Records that ``actor`` (an id that begins with ``PERSON``) judges two ids. Raises ``NotFound`` for an id that no node has (any
        more), ``QueryProblem`` for one id twice, for types that exclude each other and for a reason that is too long, ``Conflict`` for
        what is said already."""
        # Looked at before as well, so that what is refused leaves no withdrawn act among the loads.
        self._decide(left, right, verdict, note)
        return self.ledger.act(actor, f"identity: {verdict}", lambda: [self._decide(left, right, verdict, note)])

    def preview(self, actor: Source, left: str, right: str, verdict: Verdict, limit: int) -> Difference:
        """What the judgement would change, at most ``limit`` facts of each kind; nothing is recorded."""
        draft = self._decide(left, right, verdict, "")
        rehearsal = self.ledger.rehearse("identity")
        now = rehearsal.load.recorded_at
        source = Source(actor.id, actor.name, now, PLATFORM)
        document = f"{PLATFORM_FILE}/{now}"
        rehearsal.record(source, document, [RecordDrafts(Record(PLATFORM_FILE, "", 1, now), (draft,))])
        rehearsal.publish()
        return rehearsal.difference(limit)

    def nodes_now(self, ids: Iterable[str]) -> list[Node]:
        """What these ids mean now; an id that no node has any more is left out."""
        wanted = list(ids)
        clusters = derive_clusters(self._around(wanted), scheme_ranks(self.ontology))
        return list(self.store.facts(nodes=sorted({clusters.of(id) for id in wanted})).nodes)

    def withdraw(self, actor: Source, left: str, right: str) -> PublishedTotals:
        """Takes the standing judgement of a pair back: the graph is what it would be without it. The undo is recorded with ``actor`` in its
        name. Raises ``NotFound`` if there is none."""
        pair = self._as_judged(left, right, self._around((left, right)))
        found = next((each for each in self.judgements() if (each.left, each.right) == pair), None)
        if found is None:
            raise NotFound(
                message("Nobody has judged '{left}' and '{right}'.", left=left, right=right),
                hint=message("`lianyin review judgements` lists the judgements."),
                where={"parameter": "pair"},
            )
        return self.ledger.undo(found.load, actor.id.removeprefix(PERSON))

    def _decide(self, left: str, right: str, verdict: Verdict, note: str) -> Draft:
        if len(note) > LONGEST_NOTE:
            raise QueryProblem(
                message("A reason has at most {longest_note} characters.", longest_note=LONGEST_NOTE), where={"parameter": "because"}
            )
        claims = self._around((left, right))
        clusters = derive_clusters(claims, scheme_ranks(self.ontology))
        one, other = self._node(clusters, left), self._node(clusters, right)
        if left == right:
            raise QueryProblem(message("'{left}' cannot be judged against itself.", left=left), where={"parameter": "pair"})
        pair = self._as_judged(left, right, claims)
        before = next((each for each in judgements_of(claims) if (each.left, each.right) == pair), None)
        if before is not None and before.verdict is verdict:
            raise Conflict(
                message(
                    "'{left}' and '{right}' were already judged {verdict} at {at} by {actor}.",
                    left=pair[0],
                    right=pair[1],
                    verdict=verdict.label,
                    actor=before.actor,
                    at=before.at,
                )
            )
        if one.id == other.id and verdict is Verdict.SAME and before is None:
            raise Conflict(message("'{left}' and '{right}' are already one node: {id}.", left=left, right=right, id=one.id))
        if one.id != other.id:
            self._check_types(one, other)
        return draft_of(one.type, pair, verdict, note.strip())

    def _node(self, clusters: Clusters, id: str) -> Node:
        nodes = self.store.facts(nodes=(clusters.of(id),)).nodes
        if not nodes:
            raise NotFound(
                message("There is no node '{id}' (any more).", id=id),
                hint=message("What is not loaded cannot be judged: load its file again."),
                where={"parameter": "pair"},
            )
        return nodes[0]

    def _check_types(self, one: Node, other: Node) -> None:
        types = self.ontology.node_types
        lines = [{node.type, *(types[node.type].ancestors if node.type in types else ())} for node in (one, other)]
        if one.type not in lines[1] and other.type not in lines[0]:
            raise QueryProblem(
                message(
                    "'{one}' is of type {type}, '{other}' of type {other_type}: they cannot be the same thing.",
                    one=one.caption,
                    type=one.type,
                    other=other.caption,
                    other_type=other.type,
                ),
                hint=message("If one of the types is wrong, correct it in the file first."),
                where={"parameter": "pair"},
            )

    def _as_judged(self, left: str, right: str, claims: Iterable[Claim]) -> tuple[str, str]:
        """The pair under the ids by which it was judged before, if it was: a file may have given one thing several ids."""
        counted = standing(claims)
        files = derive_clusters((c for c in counted if not c.source.startswith(PERSON)), scheme_ranks(self.ontology))
        wanted = {files.of(left), files.of(right)}
        for each in judgements_of(counted):
            if len(wanted) > 1 and {files.of(each.left), files.of(each.right)} == wanted:
                return each.left, each.right
        return min(left, right), max(left, right)


def _judges(load: Load) -> bool:
    return load.kind == "act" and load.totals.get("identities", 0) > 0
