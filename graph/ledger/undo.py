"""Taking a load back: its open claims are closed, those that it had closed are restored as copies, and all of it is folded again."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from graph.errors import Conflict, NotFound, StoreProblem
from graph.ledger.moments import Clock, timestamp
from graph.ledger.publication import ONE_TRANSACTION, Publication, commit
from graph.ledger.reading import ClaimMemory, reader, writer
from graph.ledger.recording import NAMED
from graph.ledger.recovery import hold
from graph.ledger.totals import fact_totals, identities_exist
from graph.ledger.touched import Touched
from graph.messages import message
from graph.model import Claim, ClaimKind, Load, LoadState, PublishedTotals
from graph.ontology import Ontology
from graph.store import ClaimSelection, Store


def undo(store: Store, ontology: Ontology, ranks: dict[str, int], load_id: str, clock: Clock, by: str = "") -> PublishedTotals:  # noqa: PLR0917
    """Undoes a published load; who asked for it (``by``) stands in the name of the undo. Raises ``NotFound``, or ``Conflict`` when it is
    undone already, is itself an undo, was never published, or a later load read one of its documents again, or an act stands on it (these
    must go first)."""
    check(load_id, store.loads())
    now = timestamp(clock)
    name = f"undo {load_id}, {by}" if by else f"undo {load_id}"
    ours = store.open_load(Load("", "undo", name, (), LoadState.STAGING, now, beat=now, undoes=load_id))
    try:
        hold(store, ours.id)
        return _publish(store, ontology, ranks, ours, load_id, clock)
    except BaseException:
        # A store that is full or gone cannot take it back now; its next opening does. The first error is the one to tell.
        with suppress(StoreProblem):
            store.withdraw(ours.id)
        raise


def check(load_id: str, loads: Sequence[Load]) -> Load:
    """The load, if it may be undone."""
    found = next((load for load in loads if load.id == load_id), None)
    if found is None:
        raise NotFound(
            message("There is no load '{load_id}'.", load_id=load_id),
            hint=message("`lianyin loads` lists them."),
            where={"parameter": "load"},
        )
    if found.state is LoadState.UNDONE:
        raise Conflict(message("Load {load_id} has already been undone (by {undone_by}).", load_id=load_id, undone_by=found.undone_by))
    if found.kind == "undo":
        raise Conflict(
            message("{load_id} is itself an undo.", load_id=load_id),
            hint=message("To have them back, load the files of {undoes} again.", undoes=found.undoes),
        )
    if found.state is not LoadState.PUBLISHED:
        raise Conflict(message("Load {load_id} was never published: there is nothing to undo.", load_id=load_id))
    place = loads.index(found)
    for later in loads[place + 1 :]:
        shared = later.speaks_of & found.speaks_of
        if later.state is LoadState.PUBLISHED and shared:
            raise Conflict(
                message(
                    "{id} ({name}) was loaded after {load_id} and depends on it: both concern {shared}.",
                    id=later.id,
                    name=later.name,
                    load_id=load_id,
                    shared=tuple(sorted(shared)[:NAMED]),
                ),
                hint=message("Undo {id} first.", id=later.id),
            )
    return found


def check_no_act_stands_on(store: Store, loads: Sequence[Load], closing: Sequence[Claim]) -> None:
    """Raises ``Conflict`` naming the first acts on what these claims describe: without them an act would speak of nothing."""
    acts = {load.id: load for load in loads if load.kind == "act" and load.state is LoadState.PUBLISHED}
    subjects = sorted({claim.subject for claim in closing if claim.kind is ClaimKind.NODE and claim.load not in acts})
    if not acts or not subjects:
        return
    standing = sorted({claim.load for claim in store.claims(ClaimSelection(nodes=subjects)) if claim.load in acts}, key=_number)
    if standing:
        named = [f"{load} ({acts[load].name})" for load in standing[:NAMED]]
        more = ["…"] if len(standing) > NAMED else []
        raise Conflict(
            message("{count} later acts depend on it: {acts}.", count=len(standing), acts=named + more),
            hint=message("Undo them first, starting with the last: {last}.", last=standing[-1]),
        )


def _publish(store: Store, ontology: Ontology, ranks: dict[str, int], ours: Load, load_id: str, clock: Clock) -> PublishedTotals:
    loads = store.loads()
    undone = check(load_id, [load for load in loads if load.id != ours.id])
    closing = list(store.claims(ClaimSelection(loads=(load_id,))))
    standing = {load.id for load in loads if load.state is LoadState.PUBLISHED}
    closed = [claim for claim in store.claims(ClaimSelection(closed_by=(load_id,), open_only=False)) if claim.load in standing]
    check_no_act_stands_on(store, loads, closing)
    restored = [
        claim._replace(id=f"{ours.id}:{number}", recorded_from=ours.recorded_at, recorded_to="", closed_by="")
        for number, claim in enumerate(sorted(closed, key=_place), start=1)
    ]
    touched, memory = Touched(), ClaimMemory(stored=False)
    for claim in (*closing, *restored):
        touched.add(claim)
    memory.add(restored)
    publication = Publication(
        store=store,
        ontology=ontology,
        ranks=ranks,
        reader=reader(store, ours.id, memory, {claim.id for claim in closing}, loads),
        revision=store.head().revision + 1,
        limit=ONE_TRANSACTION,
        identities_exist=touched.identities or identities_exist(loads),
        beat=lambda: store.append_claims((), replace(ours, beat=timestamp(clock))),
    )
    outcome = publication.fold(touched)
    totals = outcome.totals(ours.id)
    at = timestamp(clock)
    commit(
        store,
        outcome,
        claims=restored,
        closing=(claim.id for claim in closing),
        at=at,
        load=replace(ours, state=LoadState.PUBLISHED, beat=at, totals=fact_totals(totals)),
        others=(replace(undone, state=LoadState.UNDONE, undone_by=ours.id),),
    )
    return totals


def _place(claim: Claim) -> tuple[str, int]:
    return writer(claim.id), int(claim.id.partition(":")[2])


def _number(load: str) -> int:
    return int(load.removeprefix("L"))
