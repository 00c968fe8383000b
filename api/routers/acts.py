"""Actions of the five mechanisms. Who acts is said by the header `Lianyin-Actor`; there is no log-in yet."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Header, Path, Response

from api.actor import Actor
from api.deps import Reading, answers, json_answer
from api.schemas.acts import ActAnswer, ActionDone, ActionsAnswer, SheetsAnswer
from api.schemas.common import Text

router = APIRouter(prefix="/v1/acts", tags=["acts"])

Reviewer = Annotated[
    str,
    Header(
        alias="lianyin-actor",
        max_length=2_000,
        description="`reviewer:NAME`, percent-encoded.",
        examples=["reviewer:%E5%BB%96%E6%8B%9F%E5%92%8C"],
    ),
]
ActionName = Annotated[Text, Path(description="Its name, such as `pair` or `sign`.", examples=["pair"])]


@router.get("", **answers(ActionsAnswer, 400, 403, 404, 409))
def actions(actor: Actor, client: Reading) -> Response:
    """What the actor can do, with what each action takes."""
    return json_answer(client.platform.ask("actions", unquote(actor), {}))


@router.get("/sheets", **answers(SheetsAnswer, 400, 403, 404, 409))
def sheets(reviewer: Reviewer, client: Reading) -> Response:
    """A reviewer's own score sheets, blind to who runs a project and to what others scored."""
    return json_answer(client.platform.ask("sheets", unquote(reviewer), {}))


@router.post("/{action}", **answers(ActAnswer, 400, 403, 404, 409, 507))
def act(
    action: Annotated[Text, Path(description="Its name, such as `pair` or `sign`.", examples=["pair"])],
    done: ActionDone,
    actor: Actor,
    client: Reading,
) -> Response:
    """Does it: pair, meet, sign, train, review, fund. What a rule forbids is told with the rule."""
    return json_answer(client.platform.ask("act", unquote(actor), {**done.model_dump(exclude_none=True), "action": action}))
