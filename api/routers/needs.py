"""Needs and acceptances (发单 / 接单). Who acts is said by the header `Lianyin-Actor`; there is no log-in yet."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Path, Query, Response

from api.actor import Actor
from api.deps import Reading, answers, json_answer
from api.schemas.common import Text
from api.schemas.needs import (
    MoveAnswer,
    MoveMade,
    NeedAnswer,
    NeedEdited,
    NeedHistory,
    NeedPosted,
    NeedsAnswer,
    NeedsExpired,
    NeedsParameters,
)

router = APIRouter(prefix="/v1/needs", tags=["needs"])

Need = Annotated[Text, Path(description="The need's id or name.", examples=["city-need:XQ-001"])]


@router.get("", **answers(NeedsAnswer, 400, 403, 404, 409))
def needs(asked: Annotated[NeedsParameters, Query()], actor: Actor, client: Reading) -> Response:
    """The needs that the actor may see, by deadline."""
    return json_answer(client.platform.ask("needs", unquote(actor), asked.model_dump()))


@router.post("", **answers(MoveAnswer, 400, 403, 404, 409, 507))
def post(written: NeedPosted, actor: Actor, client: Reading) -> Response:
    """Posts a need as a draft of the acting enterprise."""
    return json_answer(client.platform.ask("post-need", unquote(actor), written.model_dump(exclude_none=True)))


@router.post("/expiry", **answers(NeedsExpired, 400, 403, 404, 409, 507))
def expire(actor: Actor, client: Reading) -> Response:
    """Expires every published need whose deadline is over, as far as the actor may."""
    return json_answer(client.platform.ask("expire-needs", unquote(actor), {}))


@router.get("/{need_id:path}/history", **answers(NeedHistory, 400, 403, 404, 409))
def history(need_id: Need, actor: Actor, client: Reading) -> Response:
    """Every move on the need: when, by whom, why."""
    return json_answer(client.platform.ask("need-history", unquote(actor), {"need": need_id}))


@router.post("/{need_id:path}/moves", **answers(MoveAnswer, 400, 403, 404, 409, 507))
def move(need_id: Need, made: MoveMade, actor: Actor, client: Reading) -> Response:
    """Makes a move: submit, publish, accept, sign … A move that is not possible is told with what would be."""
    return json_answer(client.platform.ask("move-need", unquote(actor), {**made.model_dump(exclude_none=True), "need": need_id}))


@router.patch("/{need_id:path}", **answers(MoveAnswer, 400, 403, 404, 409, 507))
def edit(need_id: Need, written: NeedEdited, actor: Actor, client: Reading) -> Response:
    """Changes a draft, or a need that was returned; what is left out stays."""
    return json_answer(client.platform.ask("edit-need", unquote(actor), {**written.model_dump(exclude_none=True), "need": need_id}))


@router.get("/{need_id:path}", **answers(NeedAnswer, 400, 403, 404, 409))
def need(need_id: Need, actor: Actor, client: Reading) -> Response:
    """One need as the actor may see it, with the moves that they can make."""
    return json_answer(client.platform.ask("need", unquote(actor), {"need": need_id}))
