"""What is answered at the desk: each question of ``lianyin.platform`` over the open graph, as plain data."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from typing import cast

from cooperation.acting import Done
from cooperation.needs import NeedDesk
from cooperation.needs.deciding import Given, NeedText
from cooperation.needs.listing import Wanted, sees, sees_inside, selected
from cooperation.needs.moves import State, move_named, moves_from
from cooperation.needs.rows import NeedList, NeedRow
from cooperation.roles import Actor, may
from graph.errors import Forbidden, NotFound, QueryProblem, ValueProblem
from graph.messages import message
from lianyin.answers.needs import brief_document, history_document, need_document
from lianyin.answers.reader import Document
from lianyin.local_platform import LocalPlatform

Parameters = Mapping[str, object]

MOST_LISTED = 10_000
"""Needs in one list: beyond it nobody reads, and a spreadsheet is asked for by district or state."""


def _needs(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:
    limit = int(str(asked.get("limit", 0)))
    if not 0 <= limit <= MOST_LISTED:
        raise QueryProblem(
            message("Between 0 and {most_listed:,} needs can be listed, not {limit:,}.", most_listed=MOST_LISTED, limit=limit),
            where={"parameter": "limit"},
        )
    listed = platform.listed
    states = [_state(text) for text in cast("Sequence[str]", asked.get("state", ()))]
    district = platform.id_of(str(asked["district"]), "district") if asked.get("district") else ""
    wanted = Wanted(tuple(states), district, bool(asked.get("overdue")), bool(asked.get("mine")))
    today = platform.desk.today
    found, day = selected(listed, actor, wanted, today, limit), today.isoformat()
    rows = [brief_document(row, listed.names, inside=sees_inside(actor, row), day=day) for row in found.rows]
    return {
        "actor": actor.id,
        "as_of": day,
        "revision": listed.revision,
        "total": found.total,
        "by_state": {state.value: count for state, count in found.by_state.items()},
        "needs": rows,
        "truncated": found.total > len(found.rows),
        "limit": "rows" if found.total > len(found.rows) else None,
    }


def _need(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:
    row = _seen(platform, actor, asked)
    listed, standing = platform.listed, NeedDesk(platform.desk).read(row.id)
    legal = [move for move in moves_from(standing.state) if may(actor, move.right, standing.thing)]
    inside = sees_inside(actor, row)
    brief = brief_document(row, listed.names, inside=inside, day=platform.desk.today.isoformat())
    return need_document(brief, standing, legal, platform.reader, inside=inside, revision=listed.revision)


def _history(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:
    row = _seen(platform, actor, asked)
    if not sees_inside(actor, row) or not may(actor, "need.see", row.thing):
        raise Forbidden(
            message("The history of a need is for its parties and the offices only."), rule="need.see", where={"parameter": "as"}
        )
    return history_document(row.id, NeedDesk(platform.desk).history(row.id), platform.listed.names, platform.reader)


def _post(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:
    return _done(NeedDesk(platform.desk).post(actor, _text(platform, asked), str(asked.get("need", ""))), "post", State.DRAFT.value)


def _edit(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:
    row = _seen(platform, actor, asked)
    done = NeedDesk(platform.desk).edit(actor, row.id, _text(platform, asked), _expected(asked))
    return _done(done, "edit", row.state.value)


def _move(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:
    move, row = move_named(str(asked["move"])), _seen(platform, actor, asked)
    agreement = platform.id_of(str(asked["agreement"]), "agreement") if asked.get("agreement") else ""
    given = Given(str(asked.get("reason", "")), agreement, str(asked.get("evidence", "")))
    needs = NeedDesk(platform.desk)
    done = needs.move(actor, row.id, move, given, _expected(asked))
    return _done(done, move.name, needs.read(row.id).state.value)


def _expire(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:  # noqa: ARG001
    expired = NeedDesk(platform.desk).expire_due(actor)
    return {"expired": list(expired), "total": len(expired), "as_of": platform.desk.today.isoformat()}


def _done(done: Done, move: str, state: str) -> Document:
    return {"need": done.subject, "move": move, "state": state, "act": done.act, "revision": done.revision}


def _seen(platform: LocalPlatform, actor: Actor, asked: Parameters) -> NeedRow:
    """The need that is asked about, if the actor may know of it: else it is not there for them."""
    text = str(asked["need"])
    listed = platform.listed
    row = listed.rows.get(text) or _called(listed, text, actor) or listed.rows.get(platform.id_of(text, "need"))
    if row is None or not sees(actor, row):
        raise NotFound(
            message("There is no need '{text}' for {id}.", text=text, id=actor.id),
            hint=message("'lianyin need list' shows those there are."),
            where={"parameter": "need"},
        )
    return row


def _called(listed: NeedList, text: str, actor: Actor) -> NeedRow | None:
    """The secret need of this title, which is found at the desk only, if the actor may know of it and of no other of that title."""
    found = [row for row in listed.rows.values() if row.name == text.strip() and sees(actor, row)]
    return found[0] if len(found) == 1 and found[0].secret else None


def _state(text: str) -> State:
    try:
        return State(text.strip())
    except ValueError:
        raise QueryProblem(
            message("'{text}' is not a state of a need.", text=text),
            hint=message("States: {states}.", states=tuple(State)),
            where={"parameter": "state"},
        ) from None


def _expected(asked: Parameters) -> int | None:
    given = asked.get("expected")
    return None if given is None else int(str(given))


def _text(platform: LocalPlatform, asked: Parameters) -> NeedText:
    budget, due, secret = asked.get("budget_wan"), asked.get("due"), asked.get("secret")
    return NeedText(
        name=str(asked.get("name") or ""),
        kind=str(asked.get("kind") or ""),
        detail=str(asked.get("detail") or ""),
        budget_wan=None if budget is None else float(str(budget)),
        due=_day(str(due)) if due else None,
        fields=tuple(platform.id_of(each, "field") for each in cast("Sequence[str]", asked.get("field") or ())),
        must_haves=tuple(cast("Sequence[str]", asked.get("must_have") or ())),
        trl=str(asked.get("trl") or ""),
        secret=None if secret is None else bool(secret),
        clear=tuple(cast("Sequence[str]", asked.get("clear") or ())),
    )


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueProblem(
            message("'{text}' is not a valid date.", text=text),
            value=text,
            hint=message("Write it as 2020-12-31."),
            where={"parameter": "due"},
        ) from None


ANSWERS: Mapping[str, Callable[[LocalPlatform, Actor, Parameters], Document]] = {
    "needs": _needs,
    "need": _need,
    "need-history": _history,
    "post-need": _post,
    "edit-need": _edit,
    "move-need": _move,
    "expire-needs": _expire,
}
"""By the names that ``lianyin.platform`` gives them."""
