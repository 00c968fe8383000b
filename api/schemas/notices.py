"""Notices."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Model
from api.schemas.planning import NodeTold


class NoticeTold(Model):
    id: str
    kind: str
    receiver: str
    about: list[NodeTold]
    day: str
    state: str = Field(
        description="待发, 发送中 (or not known whether it went out), 已发, 未送达, or 未写入: due and not in the outbox yet."
    )
    attempts: int
    problem: str | None


class NoticesAnswer(Model):
    notices: list[NoticeTold]
    written: int
    due: int


class SentAnswer(Model):
    written: int
    outcomes: dict[str, int] = Field(description="`sent`, `retried-later`, `failed`, `uncertain`, `no-address`, `no-channel`.")
    channel: bool
