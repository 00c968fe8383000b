"""What happened to a need: its acts in their order, and the state that they lead to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cooperation.needs.moves import MOVES, State
from graph.errors import RuleBroken
from graph.ledger import Ledger
from graph.messages import message
from graph.model import PERSON, PLATFORM, Claim


@dataclass(frozen=True, slots=True)
class Event:
    """One move: the act (a load's id), when (UTC), by whom, which move, the state ``before`` it and the ``state`` it led to ("" where it
    changed none, or there was none), and why."""

    act: str
    at: str
    actor: str
    move: str
    before: str
    state: str
    reason: str
    evidence: str


def history_of(ledger: Ledger, need_id: str) -> tuple[Event, ...]:
    """All moves on a need, the first first. Raises ``NotFound``."""
    _, claims, _ = ledger.node_evidence(need_id)
    acts = sorted((claim for claim in claims if claim.precedence == PLATFORM), key=lambda claim: (claim.source_date, claim.id))
    return tuple(_event(claim) for claim in acts if "lastMove" in claim.values)


def replayed(events: Iterable[Event]) -> State | None:
    """The state that the moves lead to, each checked against the table and the one before it; ``None`` without any. Raises ``RuleBroken``
    for one that could not have happened."""
    state: State | None = None
    for event in events:
        if event.move == "post":
            fits = state is None and event.state == State.DRAFT
        else:
            move, before = MOVES[event.move], State(event.before)
            fits = state in (None, before) and before in move.before and (move.after is None or event.state == move.after)
        if not fits:
            raise RuleBroken(
                message(
                    "{act}: {move} from {before} to {state}, but it was {actual}.",
                    act=event.act,
                    move=event.move,
                    before=event.before,
                    state=event.state,
                    actual=state,
                ),
                rule="need.history",
            )
        state = State(event.state or event.before)
    return state


def _event(claim: Claim) -> Event:
    values = {name: str(value) for name, value in claim.values.items()}
    return Event(
        act=claim.load,
        at=claim.source_date,
        actor=claim.source.removeprefix(PERSON),
        move=values["lastMove"],
        before=values.get("stateBefore", ""),
        state=values.get("state", ""),
        reason=values.get("moveReason", ""),
        evidence=values.get("acceptanceEvidence", ""),
    )
