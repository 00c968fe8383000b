"""Why a value won: the same order as ``graph.ledger.fold``, told as a rule with the sources that it chose between."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from graph.model import PERSON, PLATFORM, Claim, Value


class Rule(StrEnum):
    """What decided. ``ONLY``: one row says it. ``AGREED``: several do, alike. ``ALL``: the property holds many values, all are kept.
    ``ACT``: a person did it on the platform. ``PRECEDENCE``: the more authoritative source. ``DATE``: the later one. ``ORDER``: nothing
    but the order of the texts, so that it does not depend on what was loaded first; somebody should look."""

    ONLY = "only"
    AGREED = "agreed"
    ALL = "all"
    ACT = "act"
    PRECEDENCE = "precedence"
    DATE = "date"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Decision:
    """``winner`` is the most trusted row that says the value, ``against`` the most trusted one that says another (``None``: nobody)."""

    rule: Rule
    winner: Claim
    against: Claim | None = None


def decide(claims: Iterable[Claim], name: str, value: Value) -> Decision | None:
    """What made ``value`` the property ``name`` of the node that these open claims describe; ``None`` where none of them says it."""
    speaking = sorted((claim for claim in claims if name in claim.values), key=_rank, reverse=True)
    if not speaking:
        return None
    if isinstance(value, tuple) and speaking[0].precedence < PLATFORM and any(claim.values[name] != value for claim in speaking):
        return Decision(Rule.ALL, speaking[0])
    winner = next((claim for claim in speaking if claim.values[name] == value), None)
    if winner is None:
        return None
    against = next((claim for claim in speaking if claim.values[name] != value), None)
    if against is None:
        return Decision(Rule.ONLY if len(speaking) == 1 else Rule.AGREED, winner)
    return Decision(_rule(winner, against), winner, against)


def _rule(winner: Claim, against: Claim) -> Rule:
    if winner.precedence > against.precedence:
        return Rule.ACT if winner.source.startswith(PERSON) else Rule.PRECEDENCE
    return Rule.DATE if winner.source_date > against.source_date else Rule.ORDER


def _rank(claim: Claim) -> tuple[int, str]:
    return claim.precedence, claim.source_date
