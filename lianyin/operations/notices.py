"""Needs published and taken on, pairs silent for 90 days, terms that end, deadlines: an outbox, and its delivery. 通知。

LIANYIN_NOTICES says where they go (docs/notices.md). Each is sent once; what cannot be delivered is tried again later, never twice.

发往何处由 LIANYIN_NOTICES 指定（docs/notices.md）。每条只发一次；发不出的稍后再试，不会重复。"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from graph.messages import message
from lianyin.answers.notices import NoticesAnswer, SentAnswer, notices_answer, notices_table, sent_table
from lianyin.operation import operation
from lianyin.requests import Help, Nothing, Request

if TYPE_CHECKING:
    from lianyin.session import Session

SEEING = (400, 403, 404, 409)


@dataclass(frozen=True, slots=True)
class SendNotices(Request):
    """How many to send."""

    limit: Annotated[int, Field(ge=0, le=10_000), Help("最多发送", "Sent at most.")] = 1000


@operation(
    "GET /v1/notices",
    notices_table,
    command="notices list",
    actor="required",
    right="notice.see",
    resource=message("the notices"),
    problems=SEEING,
)
def notices(session: Session, asked: Nothing) -> NoticesAnswer:  # noqa: ARG001
    """The outbox, and what is due and not in it yet. 通知一览。"""
    from cooperation.notices.outbox import notices
    from lianyin.notices import due_now

    world = session.models.world
    held = notices(world)
    known = {notice.node.id for notice in held}
    return notices_answer(held, [notice for notice in due_now(session) if notice.id not in known], session.reader, world.node)


@operation(
    "POST /v1/notices/sending",
    sent_table,
    command="notices send",
    actor="required",
    right="notice.send",
    resource=message("the notices"),
    heavy=True,
    problems=(*SEEING, 507),
)
def send_notices(session: Session, asked: SendNotices) -> SentAnswer:
    """Write down what is due, then send what is ready, through the channel that the settings (the server's) name. 发送通知。"""
    from lianyin.notices import send_due

    return send_due(session, asked.limit)
