"""What people judged of two ids (same, different, unsure), and where judgements contradict each other. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.identity.clusters import pair_of, standing
from graph.messages import Message, message
from graph.model import PERSON, Claim, ClaimKind, Draft


class Verdict(StrEnum):
    """What somebody says of two ids."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"

    @property
    def label(self) -> Message:
        """In users' words."""
        return _VERDICTS[self]


_VERDICTS = {Verdict.SAME: message("the same"), Verdict.DIFFERENT: message("different"), Verdict.UNSURE: message("unsure")}


NOTE = "note"
"""The value of a judgement's claim that says why."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What ``actor`` said of ``left`` and ``right`` (the lesser id first) ``at`` a moment (UTC), and why. ``load`` is the act that recorded
    it: undoing that act takes the judgement back. ``type`` is the node type that was judged."""

    left: str
    right: str
    verdict: Verdict
    type: str
    actor: str
    at: str
    note: str
    load: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two ids that are judged different although a chain of statements says that they are the same. ``chain`` leads from ``left`` to
    ``right``, a claim a step; while it stands, one of its steps joins nothing."""

    left: str
    right: str
    apart: Claim
    chain: tuple[Claim, ...]


def draft_of(type: str, pair: tuple[str, str], verdict: Verdict, note: str) -> Draft:
    """A judgement as what an act states."""
    return Draft(ClaimKind(verdict.value), type, min(pair), max(pair), values={NOTE: note} if note else {})


def judgement_of(claim: Claim) -> Judgement:
    """A person's identity claim as a judgement."""
    left, right = pair_of(claim)
    return Judgement(
        left=left,
        right=right,
        verdict=Verdict(claim.kind.value),
        type=claim.type,
        actor=claim.source.removeprefix(PERSON),
        at=claim.source_date,
        note=str(claim.values.get(NOTE, "")),
        load=claim.load,
    )


def judgements_of(claims: Iterable[Claim]) -> list[Judgement]:
    """The judgements that stand among identity claims, the latest first."""
    found = [judgement_of(claim) for claim in standing(claims) if claim.source.startswith(PERSON)]
    return sorted(found, key=lambda each: (each.at, each.left, each.right), reverse=True)


def contradictions_of(claims: Iterable[Claim]) -> list[Contradiction]:
    """Every pair that is judged different while a shortest chain of SAME claims joins it, by id."""
    counted = standing(claims)
    joined: dict[str, list[Claim]] = {}
    for claim in sorted((c for c in counted if c.kind is ClaimKind.SAME), key=lambda c: (*pair_of(c), -c.precedence, c.id)):
        joined.setdefault(claim.subject, []).append(claim)
        joined.setdefault(claim.object, []).append(claim)
    found = []
    for claim in sorted((c for c in counted if c.kind is ClaimKind.DIFFERENT), key=lambda c: (*pair_of(c), c.id)):
        left, right = pair_of(claim)
        chain = _chain(joined, left, right)
        if chain:
            found.append(Contradiction(left, right, claim, chain))
    return found


def _chain(joined: Mapping[str, Sequence[Claim]], start: str, end: str) -> tuple[Claim, ...]:
    """A shortest chain of claims from one id to another, or nothing."""
    came: dict[str, tuple[str, Claim] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        id = waiting.popleft()
        for claim in joined.get(id, ()):
            other = claim.object if claim.subject == id else claim.subject
            if other not in came:
                came[other] = (id, claim)
                waiting.append(other)
    steps: list[Claim] = []
    step = came.get(end)
    while step is not None:
        steps.append(step[1])
        step = came[step[0]]
    return tuple(reversed(steps))
