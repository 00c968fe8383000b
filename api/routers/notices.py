"""Notices: the outbox, and sending what is ready."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Query, Response

from api.actor import Actor
from api.deps import Reading, answers, json_answer
from api.schemas.notices import NoticesAnswer, SentAnswer

router = APIRouter(prefix="/v1/notices", tags=["notices"])


@router.get("", **answers(NoticesAnswer, 400, 403, 404, 409))
def notices(actor: Actor, client: Reading) -> Response:
    """The outbox, and what is due and not in it yet."""
    return json_answer(client.platform.ask("notices", unquote(actor), {}))


@router.post("/sending", **answers(SentAnswer, 400, 403, 404, 409, 507))
def send(actor: Actor, client: Reading, limit: Annotated[int, Query(ge=0, le=10_000, description="Sent at most.")] = 1000) -> Response:
    """Writes down what is due, then sends what is ready through the channel that the server has."""
    return json_answer(client.platform.ask("send-notices", unquote(actor), {"limit": limit}))
