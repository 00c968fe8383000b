"""What the routes share: the open graph as the asker may read it, answers as bytes, and which problems an address may give."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, cast

import orjson
from fastapi import Depends, Request, Response
from fastapi.responses import StreamingResponse

from api.asker import Asker
from api.problems import MEDIA_TYPE
from api.schemas.common import Problem
from graph.stop import Stop
from lianyin.client import Client
from lianyin.results import Result
from lianyin.session import Session

OF_EVERY_ROUTE = (401, 413, 421, 422, 500, 503)
"""What any address may answer: a wrong token, too much sent, a wrong host or parameter, a defect, a store that cannot serve."""


async def reading_session(request: Request) -> Session:
    """The server's open graph, for this asker."""
    return await reading_client(request)


async def reading_client(request: Request) -> Client:
    """The server's open graph, for this asker. It waits for nothing; a plain function would cost a way through another thread."""
    asker: Asker = request.scope["lianyin.asker"]
    client: Client = request.app.state.client
    stop: Stop | None = request.scope.get("lianyin.stop")
    return client.read_by(clearance=asker.clearance, language=asker.language, today=asker.today, stop=stop)


if TYPE_CHECKING:
    from _typeshed import DataclassInstance

PIECE = 200
"""Items of a list written at once: well below a millisecond."""

WHOLE = 1_000_000
"""Bytes up to which an answer is put together before it is sent; copying a long one would make everybody wait."""

PASSING = frozenset({"milliseconds", "cancelled"})
"""Limits that the same question may not meet the next time: such an answer is nobody's to keep."""

Reading: TypeAlias = Annotated[Client, Depends(reading_client)]


def json_answer(answer: object) -> Response:
    """The answer as the command line's ``--json`` has it, without its line breaks."""
    limit = answer.get("limit") if isinstance(answer, Mapping) else getattr(answer, "limit", None)
    headers = {"cache-control": "no-store"} if limit in PASSING else None
    pieces = list(json_pieces(answer))
    size = sum(map(len, pieces))
    if size <= WHOLE:
        return Response(b"".join(pieces), media_type="application/json", headers=headers)
    return StreamingResponse(_one_by_one(pieces), media_type="application/json", headers={**(headers or {}), "content-length": str(size)})


def json_pieces(answer: object) -> Iterator[bytes]:
    """The answer in JSON. Long lists are written in pieces: writing holds Python's lock, and others want it in between."""
    members = (
        answer
        if isinstance(answer, Mapping)
        else {each.name: getattr(answer, each.name) for each in fields(cast("DataclassInstance", answer))}
    )
    before = b"{"
    for name, value in members.items():
        yield before + orjson.dumps(name) + b":"
        yield from _value(value)
        before = b","
    yield b"}" if members else b"{}"


def _value(value: object) -> Iterator[bytes]:
    if not isinstance(value, (list, tuple)) or len(value) <= PIECE:
        yield orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
        return
    for first in range(0, len(value), PIECE):
        yield b"," if first else b"["
        yield orjson.dumps(value[first : first + PIECE], option=orjson.OPT_NON_STR_KEYS)[1:-1]
    yield b"]"


async def _one_by_one(pieces: Sequence[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


def answer(result: Result) -> Response:
    """A result's document."""
    return json_answer(result.document)


def answers(model: type[Any], *problems: int, **further: Any) -> dict[str, Any]:
    """What a route may answer, for its decorator: the model, and the problems beside those of every route."""
    return {"response_model": None, "responses": {200: {"model": model, "description": _summary(model)}, **may_fail(*problems)}, **further}


def may_fail(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Problem documents for these statuses and those of every route."""
    schema = {"$ref": f"#/components/schemas/{Problem.__name__}"}
    content = {MEDIA_TYPE: {"schema": schema}}
    return {status: {"description": MEANING[status], "content": content} for status in sorted({*statuses, *OF_EVERY_ROUTE})}


def _summary(model: type[Any]) -> str:
    return (model.__doc__ or "The answer").strip().split("\n\n")[0]


MEANING = {
    200: "The answer",
    304: "Nothing has changed",
    400: "The question or the body cannot be",
    401: "The token is not this server's",
    403: "The request comes from another site",
    404: "No such node, load or type",
    409: "The name is ambiguous, or the change contradicts what stands",
    413: "More was sent than may be",
    421: "The host is not this machine",
    422: "A parameter or a file is wrong",
    500: "The program or the store failed",
    503: "The store cannot serve now, or too many questions that take long are waiting",
    507: "There is no room on the disk",
}
