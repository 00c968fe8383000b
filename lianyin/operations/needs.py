"""Needs and acceptances: lists, one need, its history, and the moves. 发单与接单。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from graph.errors import Forbidden, NotFound, QueryProblem, ValueProblem
from graph.messages import message
from lianyin.answers.needs import (
    MoveAnswer,
    NeedAnswer,
    NeedHistory,
    NeedsAnswer,
    NeedsExpired,
    SecretNeedAnswer,
    expired_table,
    history_answer,
    history_table,
    moved_table,
    need_answer,
    need_brief,
    need_table,
    needs_table,
)
from lianyin.operation import operation
from lianyin.requests import Help, LongText, NonemptyText, Nothing, Request, Text

if TYPE_CHECKING:
    import datetime

    from cooperation.acting import Done
    from cooperation.needs.deciding import NeedText
    from cooperation.needs.moves import State
    from cooperation.needs.need_list import NeedList
    from cooperation.needs.rows import NeedRow
    from lianyin.session import Session

ACTING = (400, 403, 404, 409, 507)
SEEING = (400, 403, 404, 409)

Need = Annotated[NonemptyText, Help("需求的编号或名称", "The need's id or name.", "NEED", positional=True, example="city-need:XQ-001")]
Expected = Annotated[int, Field(ge=0)] | None
EXPECTED = Help("版本", "Only if the need has not changed since this revision.", "REVISION")


@dataclass(frozen=True)
class ListNeeds(Request):
    """Which needs to list."""

    state: Annotated[
        tuple[Text, ...], Field(max_length=20), Help("状态", "Only in this state; may be repeated.", "STATE", example=["已发布"])
    ] = ()
    district: Annotated[NonemptyText | None, Help("县区", "Only of this district.", "NAME", example="邗江区")] = None
    mine: Annotated[bool, Help("我的", "Only what the actor posted, took on, or has in their district.")] = False
    overdue: Annotated[bool, Help("逾期", "Only those still open after their deadline.")] = False
    limit: Annotated[int, Field(ge=0, le=10_000), Help("最多列出", "Needs listed; the total is exact all the same.")] = 100


@dataclass(frozen=True)
class OneNeed(Request):
    """A need by id or name."""

    need: Need


@dataclass(frozen=True)
class NeedWritten(Request):
    """What an enterprise writes of a need."""

    kind: Annotated[Literal["人才", "技术"] | None, Help("类别", "What is asked for.")] = None
    detail: Annotated[LongText | None, Help("详情", "More about it.", "TEXT")] = None
    budget_wan: Annotated[Annotated[float, Field(ge=0, le=1e9)] | None, Help("投入（万元）", "In 10,000 CNY.", "N")] = None
    due: Annotated[Text | None, Help("截止", "Deadline.", "DAY", example="2020-12-31")] = None
    field: Annotated[tuple[Text, ...], Field(max_length=20), Help("领域", "Its field; may be repeated.", "FIELD")] = ()
    must_have: Annotated[
        tuple[Text, ...], Field(max_length=50), Help("必备条件", "Without this nobody fits; may be repeated.", "TEXT")
    ] = ()
    trl: Annotated[Text | None, Help("要求成熟度", "Readiness asked for.", "TRL")] = None
    secret: Annotated[bool | None, Help("保密", "Show title and field only until it is taken on.", option="--secret/--open")] = None


@dataclass(frozen=True, kw_only=True)
class PostNeed(NeedWritten):
    """A new need."""

    name: Annotated[Text, Help("名称", "Its name.", "NAME", positional=True)]
    need: Annotated[Text, Help("编号", "An id of your own: asking again posts nothing twice.", "ID", option="--id")] = ""


@dataclass(frozen=True, kw_only=True)
class EditNeed(NeedWritten):
    """Changes of a need: what is left out stays; must-haves and fields that are given replace those there were."""

    need: Need
    name: Annotated[Text | None, Help("名称", "Its name.", "TEXT")] = None
    clear: Annotated[
        tuple[Literal["detail", "budget_wan", "due", "must_have", "trl", "field"], ...],
        Field(max_length=6),
        Help("清除", "Take this away; may be repeated.", "WHAT"),
    ] = ()
    expected: Annotated[Expected, EXPECTED] = None


@dataclass(frozen=True)
class MoveNeed(Request):
    """A move on a need, with what it requires."""

    need: Need
    move: Annotated[
        Text,
        Help(
            "submit 提交、publish 发布、return 退回、accept 接单、decline 退单、talk 对接、sign 签约、start 实施、deliver 交付、"
            "rework 返工、complete 验收、withdraw 撤回、expire 过期、terminate 终止",
            "What is done: submit, publish, return, accept, decline, talk, sign, start, deliver, rework, complete, withdraw, expire or "
            "terminate.",
            "MOVE",
            positional=True,
            example="publish",
        ),
    ]
    reason: Annotated[LongText, Help("理由", "Why: for return, rework, withdraw, terminate.", "TEXT")] = ""
    agreement: Annotated[Text | None, Help("协议", "What both sides signed: for sign.", "AGREEMENT")] = None
    evidence: Annotated[LongText, Help("验收依据", "What shows that it was done: for complete.", "TEXT")] = ""
    expected: Annotated[Expected, EXPECTED] = None


@operation("GET /v1/needs", needs_table, command="need list", actor="required", problems=SEEING)
def needs(session: Session, asked: ListNeeds) -> NeedsAnswer:
    """The needs that the actor may see, by deadline. 需求一览。"""
    from cooperation.needs.listing import Wanted, sees_inside, selected

    listed, actor, today = session.models.needs, session.actor_known, session.today
    district = session.id_of(asked.district, "district") if asked.district else ""
    wanted = Wanted(tuple(_state(text) for text in asked.state), district, asked.overdue, asked.mine)
    selection, day = selected(listed, actor, wanted, today, asked.limit), today.isoformat()
    truncated = selection.total > len(selection.rows)
    return NeedsAnswer(
        actor=actor.id,
        as_of=day,
        revision=listed.revision,
        total=selection.total,
        by_state={state.value: count for state, count in selection.by_state.items()},
        needs=[need_brief(row, listed.names, inside=sees_inside(actor, row), day=day) for row in selection.rows],
        truncated=truncated,
        limit="rows" if truncated else None,
    )


@operation("GET /v1/needs/{need}", need_table, command="need show", actor="required", problems=SEEING)
def need(session: Session, asked: OneNeed) -> NeedAnswer | SecretNeedAnswer:
    """One need as the actor may see it, with the moves that they can make. 查看需求。"""
    from cooperation.needs import NeedDesk
    from cooperation.needs.listing import sees_inside
    from cooperation.needs.moves import moves_from
    from cooperation.roles import may

    row, actor, listed = _seen(session, asked.need), session.actor_known, session.models.needs
    standing = NeedDesk(session.desk).read(row.id)
    legal = [move for move in moves_from(standing.state) if may(actor, move.right, standing.resource)]
    brief = need_brief(row, listed.names, inside=sees_inside(actor, row), day=session.today.isoformat())
    return need_answer(brief, standing, legal, session.reader, listed.revision)


@operation("GET /v1/needs/{need}/history", history_table, command="need history", actor="required", problems=SEEING)
def need_history(session: Session, asked: OneNeed) -> NeedHistory:
    """Every move on a need: when, by whom, why. 办理经过。"""
    from cooperation.needs import NeedDesk
    from cooperation.needs.listing import sees_inside
    from cooperation.roles import may

    row, actor = _seen(session, asked.need), session.actor_known
    if not sees_inside(actor, row) or not may(actor, "need.see", row.resource):
        raise Forbidden(
            message("The history of a need is for its parties and the offices only."), rule="need.see", where={"parameter": "as"}
        )
    return history_answer(row.id, NeedDesk(session.desk).history(row.id), session.models.needs.names, session.reader)


@operation("POST /v1/needs", moved_table, command="need post", actor="required", problems=ACTING)
def post_need(session: Session, asked: PostNeed) -> MoveAnswer:
    """Post a need as a draft of the acting enterprise. 发单。"""
    from cooperation.needs import NeedDesk
    from cooperation.needs.moves import State

    done = NeedDesk(session.desk).post(session.actor_known, _text(session, asked, asked.name), asked.need)
    return _moved(done, "post", State.DRAFT)


@operation("PATCH /v1/needs/{need}", moved_table, command="need edit", actor="required", problems=ACTING)
def edit_need(session: Session, asked: EditNeed) -> MoveAnswer:
    """Change a draft, or a need that was returned; what is left out stays. 修改。"""
    from cooperation.needs import NeedDesk

    row = _seen(session, asked.need)
    text = _text(session, asked, asked.name or "", asked.clear)
    return _moved(NeedDesk(session.desk).edit(session.actor_known, row.id, text, asked.expected), "edit", row.state)


@operation("POST /v1/needs/{need}/moves", moved_table, command="need move", actor="required", problems=ACTING)
def move_need(session: Session, asked: MoveNeed) -> MoveAnswer:
    """Make a move on a need; one that is not possible now is answered with those that are. 办理。"""
    from cooperation.needs import NeedDesk
    from cooperation.needs.deciding import MoveDetails
    from cooperation.needs.moves import move_named

    move, row, desk = move_named(asked.move), _seen(session, asked.need), NeedDesk(session.desk)
    agreement = session.id_of(asked.agreement, "agreement") if asked.agreement else ""
    done = desk.move(session.actor_known, row.id, move, MoveDetails(asked.reason, agreement, asked.evidence), asked.expected)
    return _moved(done, move.name, desk.read(row.id).state)


@operation("POST /v1/needs/expiry", expired_table, command="need expire", actor="required", problems=ACTING)
def expire_needs(session: Session, asked: Nothing) -> NeedsExpired:  # noqa: ARG001
    """Expire every published need whose deadline is over, as far as the actor may. 过期处理。"""
    from cooperation.needs import NeedDesk

    expired = NeedDesk(session.desk).expire_due(session.actor_known)
    return NeedsExpired(list(expired), len(expired), session.today.isoformat())


def _moved(done: Done, move: str, state: State) -> MoveAnswer:
    return MoveAnswer(done.subject, move, state.value, done.act, done.revision)


def _seen(session: Session, text: str) -> NeedRow:
    """The need that is asked about, if the actor may know of it: else it is not there for them."""
    from cooperation.needs.listing import sees

    listed, actor = session.models.needs, session.actor_known
    row = listed.rows.get(text) or _secret_named(session, listed, text) or listed.rows.get(session.id_of(text, "need"))
    if row is None or not sees(actor, row):
        raise NotFound(
            message("There is no need '{text}' for {id}.", text=text, id=actor.id),
            hint=message("'lianyin need list' shows those there are."),
            where={"parameter": "need"},
        )
    return row


def _secret_named(session: Session, listed: NeedList, text: str) -> NeedRow | None:
    """The secret need of this title, which is found at the desk only, if the actor may know of it and of no other of that title."""
    from cooperation.needs.listing import sees

    rows = [row for row in listed.rows.values() if row.name == text.strip() and sees(session.actor_known, row)]
    return rows[0] if len(rows) == 1 and rows[0].secret else None


def _state(text: str) -> State:
    from cooperation.needs.moves import State

    try:
        return State(text.strip())
    except ValueError:
        raise QueryProblem(
            message("'{text}' is not a state of a need.", text=text),
            hint=message("States: {states}.", states=tuple(State)),
            where={"parameter": "state"},
        ) from None


def _text(session: Session, asked: NeedWritten, name: str, clear: tuple[str, ...] = ()) -> NeedText:
    from cooperation.needs.deciding import NeedText

    return NeedText(
        name=name,
        kind=asked.kind or "",
        detail=asked.detail or "",
        budget_wan=asked.budget_wan,
        due=_day(asked.due) if asked.due else None,
        fields=tuple(session.id_of(text, "field") for text in asked.field),
        must_haves=asked.must_have,
        trl=asked.trl or "",
        secret=asked.secret,
        clear=clear,
    )


def _day(text: str) -> datetime.date:
    import datetime

    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueProblem(
            message("'{text}' is not a valid date.", text=text),
            value=text,
            hint=message("Write it as 2020-12-31."),
            where={"parameter": "due"},
        ) from None
