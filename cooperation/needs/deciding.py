"""Whether a move is legal on a need as it stands, and what it then states. Pure."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cooperation.acting import link_draft, node_draft
from cooperation.needs.moves import Move, State, moves_from
from cooperation.needs.standing import Standing
from cooperation.ownership import STEPPED_BACK
from cooperation.roles import Actor, check_right, may
from graph.errors import RuleBroken, ValueProblem
from graph.messages import Either, message
from graph.model import Draft, Retraction, Value
from graph.values import last_day

KINDS = ("人才", "技术")
LONGEST_TEXT = 10_000
"""Characters of a detail or a reason: some pages."""

LARGEST_SUM = 1e9
"""In 10,000 CNY, the yearly product of several of the country's largest provinces: what is above is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class MoveDetails:
    """What comes with a move: a ``reason``, the id of an ``agreement``, ``evidence`` of acceptance in words."""

    reason: str = ""
    agreement: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class NeedText:
    """What an enterprise writes of a need. ``budget_wan`` is in 10,000 CNY; ``due`` a day; ``fields`` are ids of Field nodes."""

    name: str = ""
    kind: str = ""
    detail: str = ""
    budget_wan: float | None = None
    due: datetime.date | None = None
    fields: tuple[str, ...] = ()
    must_haves: tuple[str, ...] = ()
    trl: str = ""
    secret: bool | None = None
    clear: tuple[str, ...] = ()
    """What an edit takes away, of ``CLEARABLE``."""


CLEARABLE: Mapping[str, str] = MappingProxyType(
    {"detail": "detail", "budget_wan": "budgetWan", "due": "dueDate", "must_have": "mustHaves", "trl": "hasTrl", "field": ""}
)
"""What may be taken away from a draft, with the property that holds it; fields are relationships."""


def drafts_of_post(need_id: str, enterprise: str, text: NeedText, today: datetime.date) -> list[Draft]:
    """What posting a need states. Raises ``ValueProblem`` for what cannot be posted."""
    if not text.name.strip():
        raise ValueProblem(
            message("A need must have a name."), hint=message("Say in a few words what is needed."), where={"parameter": "name"}
        )
    if text.kind not in KINDS:
        raise ValueProblem(
            message("A need is of kind {kinds}, not '{kind}'.", kinds=Either(KINDS), kind=text.kind),
            value=text.kind,
            where={"parameter": "kind"},
        )
    values = {**_written(text, today), "state": State.DRAFT.value, "stateSince": today.isoformat(), "lastMove": "post"}
    return [
        node_draft("Need", need_id, values),
        link_draft("POSTED", enterprise, need_id, at=today.isoformat(), validFrom=today.isoformat()),
        *(link_draft("IN_FIELD", need_id, field) for field in text.fields),
    ]


def decide(standing: Standing, move: Move, actor: Actor, given: MoveDetails, today: datetime.date) -> list[Draft]:
    """What the move states. Raises ``Forbidden``, ``RuleBroken`` with what would be legal, ``ValueProblem`` for what is missing."""
    check_right(actor, move.right, standing.resource, message("the need '{name}'", name=standing.node.caption))
    _check_state(standing, move, actor)
    _check_given(standing, move, given)
    day = today.isoformat()
    values: dict[str, Value] = {
        "lastMove": move.name,
        "stateBefore": standing.state.value,
        "moveReason": given.reason.strip(),
        "acceptanceEvidence": given.evidence.strip(),
    }
    links: list[Draft] = []
    after = move.after or standing.state
    if move.name == "accept":
        after, links = _accept(standing, actor, day)
    elif move.name == "decline":
        after, links = _decline(standing, actor, day)
    elif move.name == "publish" and standing.is_past(day):
        raise RuleBroken(
            message("Its deadline has passed."),
            rule="need.deadline",
            legal=["return"],
            hint=message("Return it, so that a new deadline can be set."),
        )
    elif move.name == "expire" and not standing.is_past(day):
        raise RuleBroken(
            message("Its deadline ({due}) has not passed on {day}.", due=standing.due, day=day)
            if standing.due
            else message("It has no deadline that could pass."),
            rule="need.deadline",
            legal=_legal(standing, actor),
        )
    if after is not standing.state:
        values |= {"state": after.value, "stateSince": day}
    return [node_draft("Need", standing.node.id, values), *links]


def decide_edit(standing: Standing, move: Move, actor: Actor, text: NeedText, today: datetime.date) -> list[Draft | Retraction]:
    """What changing the text of a draft states and retracts; what is left empty stays, must-haves and fields that are given replace those
    there were."""
    check_right(actor, move.right, standing.resource, message("the need '{name}'", name=standing.node.caption))
    _check_state(standing, move, actor)
    if text.kind and text.kind not in KINDS:
        raise ValueProblem(
            message("A need is of kind {kinds}, not '{kind}'.", kinds=Either(KINDS), kind=text.kind),
            value=text.kind,
            where={"parameter": "kind"},
        )
    for name in text.clear:
        if name not in CLEARABLE:
            raise ValueProblem(
                message("'{name}' cannot be cleared.", name=name),
                hint=message("These can be cleared: {clearable}.", clearable=tuple(CLEARABLE)),
                where={"parameter": "clear"},
            )
    values = {**_written(text, today), "lastMove": move.name, "stateBefore": standing.state.value}
    cleared = [CLEARABLE[name] for name in text.clear if name != "field" and not values.get(CLEARABLE[name])]
    gone = standing.fields if text.fields or "field" in text.clear else ()
    need = standing.node.id
    return [
        node_draft("Need", need, values, cleared),
        *(link_draft("IN_FIELD", need, field) for field in text.fields),
        *(Retraction("IN_FIELD", need, field) for field in gone if field not in text.fields),
    ]


def _written(text: NeedText, today: datetime.date) -> Mapping[str, Value]:
    for name, given in (("name", text.name), ("detail", text.detail)):
        if len(given) > LONGEST_TEXT:
            raise ValueProblem(
                message(
                    "The {name} has {count:,} characters; at most {most:,} are allowed.",
                    name=name,
                    count=len(given),
                    most=LONGEST_TEXT,
                ),
                where={"parameter": name},
            )
    if text.budget_wan is not None and not 0 <= text.budget_wan <= LARGEST_SUM:
        raise ValueProblem(
            message("A budget must be between 0 and {most:,.0f}, not {budget:g}.", most=LARGEST_SUM, budget=text.budget_wan),
            value=f"{text.budget_wan:g}",
            where={"parameter": "budget_wan"},
        )
    if text.due is not None and text.due < today:
        raise RuleBroken(
            message("The deadline {due} has already passed on {today}.", due=text.due, today=today),
            rule="need.deadline",
            where={"parameter": "due"},
        )
    found: dict[str, Value] = {
        "name": text.name.strip(),
        "kind": text.kind,
        "detail": text.detail.strip(),
        "dueDate": text.due.isoformat() if text.due else "",
        "mustHaves": text.must_haves,
        "hasTrl": text.trl,
    }
    if text.budget_wan is not None:
        found["budgetWan"] = text.budget_wan
    if text.secret is not None:
        found["secrecy"] = text.secret
    return found


def _check_state(standing: Standing, move: Move, actor: Actor) -> None:
    if standing.state in move.before:
        return
    legal = _legal(standing, actor)
    raise RuleBroken(
        message(
            "The need '{name}' is {state}: '{move}' ({label}) is not possible.",
            name=standing.node.caption,
            state=standing.state,
            move=move.name,
            label=move.label,
        ),
        rule=f"{move.right}.state",
        legal=legal,
        hint=message("Possible now for {id}: {legal}.", id=actor.id, legal=tuple(legal))
        if legal
        else message("Nothing is possible now for {id}.", id=actor.id),
        where={"parameter": "move"},
    )


def _legal(standing: Standing, actor: Actor) -> list[str]:
    return [move.name for move in moves_from(standing.state) if may(actor, move.right, standing.resource)]


def _check_given(standing: Standing, move: Move, given: MoveDetails) -> None:
    for name in move.requires:
        value = getattr(given, name)
        if not value.strip():
            raise ValueProblem(
                message("'{name}' ({label}) requires: {missing}.", name=move.name, label=move.label, missing=name),
                hint=message("Give the {name}.", name=name),
                where={"parameter": name},
            )
        if len(value) > LONGEST_TEXT:
            raise ValueProblem(
                message(
                    "The {name} has {count:,} characters; at most {most:,} are allowed.",
                    name=name,
                    count=len(value),
                    most=LONGEST_TEXT,
                ),
                where={"parameter": name},
            )
    if "agreement" in move.requires and given.agreement not in standing.agreements:
        raise RuleBroken(
            message(
                "'{agreement}' is not an agreement on this need signed by both sides (its enterprise, and a taker or "
                "the taker's employer).",
                agreement=given.agreement,
            ),
            rule="need.agreement",
            hint=message("Signed agreements on it: {agreements}.", agreements=tuple(standing.agreements))
            if standing.agreements
            else message("No agreement on it has been signed yet."),
            where={"parameter": "agreement"},
        )


def _accept(standing: Standing, actor: Actor, day: str) -> tuple[State, list[Draft]]:
    if standing.is_past(day):
        raise RuleBroken(
            message("The deadline {due} has passed.", due=last_day(standing.due)), rule="need.deadline", where={"parameter": "need"}
        )
    if actor.node in standing.takers:
        raise RuleBroken(message("{id} has already taken it on.", id=actor.id), rule="need.accept.once", where={"parameter": "as"})
    after = State.ACCEPTED if standing.state is State.PUBLISHED else standing.state
    # Whoever stepped back once has an end in the way of a new beginning.
    cleared = ("validTo",) if actor.node in standing.stepped_back else ()
    return after, [link_draft("ACCEPTED", actor.node, standing.node.id, cleared, at=day, validFrom=day, state="接单")]


def _decline(standing: Standing, actor: Actor, day: str) -> tuple[State, list[Draft]]:
    left = [taker for taker in standing.takers if taker != actor.node]
    after = standing.state if left else State.PUBLISHED
    return after, [link_draft("ACCEPTED", actor.node, standing.node.id, state=STEPPED_BACK, validTo=day)]
