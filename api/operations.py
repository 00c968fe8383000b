"""The routes of the register: parameters are read, the operation is run, its answer is written."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from pydantic_core import from_json
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.deps import json_answer, reading_session
from graph.errors import WrongParameters
from graph.messages import message
from lianyin.operation import JSON, WITH_BODY, Operation, Register, address_pattern
from lianyin.requests import read, read_pairs
from lianyin.serving import ACTOR_HEADER
from lianyin.transport import run, session_of

PICTURE_HEADERS = {
    "content-security-policy": "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
}
"""Beside the page's own, which lets only its two scripts run. The sandbox keeps the page away from this server's other answers;
it may save its sheet and print it."""

LONGEST = 2_000
"""Characters of an actor, percent-encoded."""

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


def routes(register: Register) -> list[Route]:
    """A route for every address, the literal ones first."""
    addresses = {operation.address: operation for operation in register}
    ordered = sorted(addresses, key=lambda address: (address.count("{"), -len(address_pattern(address).pattern)))
    return [
        Route(address.replace("}", ":path}"), _handler(operation), methods=[operation.method], include_in_schema=False)
        for address in ordered
        for operation in register
        if operation.address == address
    ]


def _handler(operation: Operation[Any, Any]) -> Handler:
    async def handle(request: Request) -> Response:
        asked = request.scope.get("lianyin.asked") or read_request(operation, request.scope, await _body(operation, request))
        actor = actor_named(request)
        session = await reading_session(request)

        def answered() -> Response:
            acting = session_of(session, operation, actor, ACTOR_HEADER)
            answer = run(operation, acting, asked)
            media = operation.media_of(asked)
            return json_answer(answer) if media == JSON else Response(answer, headers=PICTURE_HEADERS, media_type=media)

        return await run_in_threadpool(answered)

    return handle


def actor_named(request: Request) -> str:
    """As whom somebody acts or looks, "" without one. Raises ``WrongParameters`` for a name that is too long."""
    text = request.headers.get(ACTOR_HEADER, "")
    if len(text) > LONGEST:
        raise WrongParameters([(ACTOR_HEADER, message("it must have {limit} characters or fewer", limit=LONGEST))])
    return unquote(text)


def read_request(operation: Operation[Any, Any], scope: Mapping[str, Any], body: Mapping[str, object] | None = None) -> object:
    """The request of an address, its query and its body. Raises ``WrongParameters``."""
    fields: dict[str, str] = {name: value for name, value in scope.get("path_params", {}).items() if name in operation.in_address}
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if body is None:
        return read_pairs(operation.request, query, fields)
    return read(operation.request, {**dict(query), **body, **fields})


async def _body(operation: Operation[Any, Any], request: Request) -> Mapping[str, object] | None:
    if operation.method not in WITH_BODY:
        return None
    sent = await request.body()
    if not sent:
        return {}
    try:
        found = from_json(sent)
    except ValueError:
        raise WrongParameters([("body", message("it is not JSON"))]) from None
    if not isinstance(found, dict):
        raise WrongParameters([("body", message("keys are expected"))])
    return found
