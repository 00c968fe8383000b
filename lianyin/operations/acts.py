"""Actions of the five mechanisms: what there is to do, doing it, and a reviewer's score sheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import Field

from graph.messages import message
from lianyin.answers.acts import (
    ActAnswer,
    ActionsAnswer,
    SheetsAnswer,
    act_table,
    actions_answer,
    actions_table,
    done_answer,
    preview_answer,
    sheets_answer,
    sheets_table,
)
from lianyin.operation import operation
from lianyin.requests import Help, NonemptyText, Nothing, Request, Text

if TYPE_CHECKING:
    from lianyin.session import Session

SEEING = (400, 403, 404, 409)
ACTING = (*SEEING, 507)

Scalar: TypeAlias = str | int | float | bool
Value: TypeAlias = Scalar | list[Scalar] | dict[str, float] | None
"""What may be given for a parameter of an action; points are an object, criterion → points."""


@dataclass(frozen=True, slots=True)
class DoAction(Request):
    """An action with what it takes."""

    action: Annotated[NonemptyText, Help("办理事项", "Its name, such as pair or sign.", "ACTION", example="pair")]
    given: Annotated[
        Mapping[str, Value],
        Field(max_length=50),
        Help("参数", "What it takes, as its list tells.", example={"studio": "赵拟劳模创新工作室", "expert": "张拟"}),
    ] = field(default_factory=dict)
    id: Annotated[Text | None, Help("编号", "An id for the node that it makes: asking again makes nothing twice.", "ID")] = None
    expected: Annotated[
        Annotated[int, Field(ge=0)] | None, Help("版本", "Only if nothing has changed since this revision.", "REVISION")
    ] = None
    preview: Annotated[bool, Help("预览", "Show what would be stated; do nothing.")] = False


@operation("GET /v1/acts", actions_table, actor="required", problems=SEEING)
def actions(session: Session, asked: Nothing) -> ActionsAnswer:  # noqa: ARG001
    """What this actor can do, with what each action takes. 可办理的事项。"""
    from cooperation.actions.register import ACTIONS

    return actions_answer(ACTIONS.values(), session.actor_known)


@operation("GET /v1/acts/sheets", sheets_table, actor="required", problems=SEEING, example_actor="reviewer:廖拟和")
def sheets(session: Session, asked: Nothing) -> SheetsAnswer:  # noqa: ARG001
    """A reviewer's own score sheets, blind to who runs a project and to what others scored. 我的评分表。"""
    from cooperation.incentives.sheets import sheets_of
    from cooperation.roles import Resource, check_right

    actor = session.actor_known
    check_right(actor, "incentive.sheets", Resource(takers=frozenset({actor.node})), message("score sheets"))
    return sheets_answer(actor.id, sheets_of(session.models.world, actor.node))


@operation("POST /v1/acts/{action}", act_table, actor="required", problems=ACTING)
def act(session: Session, asked: DoAction) -> ActAnswer:
    """Do it: pair, meet, sign, train, review, fund. What a rule forbids is told with the rule. 办理。"""
    from cooperation.actions.desk import ActionDesk
    from cooperation.actions.register import action_named
    from cooperation.reading import read_given

    action, actor, desk = action_named(asked.action), session.actor_known, ActionDesk(session.desk)
    given, id = read_given(action, asked.given, session.node, session.ontology), asked.id or ""
    if asked.preview:
        return preview_answer(action, desk.preview(actor, action, given, id))
    return done_answer(action, desk.do(actor, action, given, id, asked.expected))
