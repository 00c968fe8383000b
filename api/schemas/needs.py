"""Needs and acceptances: lists, one need, its history, and the moves."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Model, Text, Value


class NeedsParameters(Model):
    state: list[Text] = Field(default=[], max_length=20, examples=[["已发布"]], description="Only needs in these states.")
    district: Text | None = Field(
        default=None, min_length=1, examples=["邗江区"], description="Only needs of enterprises in this district."
    )
    mine: bool = Field(default=False, description="Only what the actor posted, took on, or has in their district.")
    overdue: bool = Field(default=False, description="Only those still open after their deadline.")
    limit: int = Field(default=100, ge=0, le=10_000, description="Needs listed; the total is exact all the same.")


class NeedEnd(Model):
    id: str
    caption: str


class NeedBrief(Model):
    """Of a secret need that is not the actor's only id, name, state, fields and `secret` are there."""

    id: str
    name: str
    kind: str | None = None
    state: str
    since: str | None = None
    due: str | None = None
    overdue: bool | None = None
    fields: list[str]
    secret: bool
    enterprises: list[NeedEnd] = Field(default_factory=list)
    taken_by: int | None = Field(default=None, description="Experts who have taken it on and not stepped back.")
    districts: list[str] = Field(default_factory=list)


class NeedsAnswer(Model):
    actor: str
    as_of: str
    revision: int
    total: int
    by_state: dict[str, int]
    needs: list[NeedBrief]
    truncated: bool
    limit: str | None


class PossibleMove(Model):
    move: str
    zh: str
    requires: list[str]


class NeedAnswer(NeedBrief):
    properties: dict[str, Value] = Field(default_factory=dict)
    agreements: list[str] = Field(default_factory=list)
    moves: list[PossibleMove]
    revision: int = Field(description="Send it as `expected` with a move: a need that changed since is then left as it is.")


class NeedEvent(Model):
    act: str
    at: str
    actor: str
    move: str
    before: str | None
    state: str | None
    reason: str | None
    evidence: str | None


class NeedHistory(Model):
    need: str
    events: list[NeedEvent]


class NeedWritten(Model):
    """What an enterprise writes of a need; what is left out of a change stays."""

    name: Text | None = None
    kind: Literal["人才", "技术"] | None = None
    detail: str | None = Field(default=None, max_length=10_000)
    budget_wan: float | None = Field(default=None, ge=0, le=1e9, description="In 10,000 CNY.")
    due: Text | None = Field(default=None, examples=["2020-12-31"])
    field: list[Text] = Field(default=[], max_length=20)
    must_have: list[Text] = Field(default=[], max_length=50)
    trl: Text | None = None
    secret: bool | None = None
    expected: int | None = Field(default=None, ge=0)


class NeedEdited(NeedWritten):
    """Must-haves and fields that are given replace those there were."""

    clear: list[Literal["detail", "budget_wan", "due", "must_have", "trl", "field"]] = Field(
        default=[], max_length=6, description="What is taken away."
    )


class NeedPosted(NeedWritten):
    need: Text | None = Field(default=None, description="An id of the caller's own, so that asking again posts nothing twice.")


class MoveMade(Model):
    move: Text = Field(examples=["publish"])
    reason: str = Field(default="", max_length=10_000)
    agreement: Text | None = None
    evidence: str = Field(default="", max_length=10_000)
    expected: int | None = Field(default=None, ge=0)


class MoveAnswer(Model):
    need: str
    move: str
    state: str
    act: str
    revision: int


class NeedsExpired(Model):
    expired: list[str]
    total: int
    as_of: str
