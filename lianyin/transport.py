"""How an operation is asked: of a graph that is open here, or of one that a server holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import quote

from graph.errors import WrongParameters
from graph.messages import message
from lianyin.operation import WITH_BODY, Operation
from lianyin.requests import adapter, given, read
from lianyin.serving import ACTOR_HEADER

if TYPE_CHECKING:
    from lianyin.answers.reader import Reader
    from lianyin.session import Session

R = TypeVar("R")
A = TypeVar("A")

ACTOR = "actor"
"""What an error calls the actor that is missing."""


class Transport(Protocol):
    """Takes a request to the graph and brings the answer back."""

    @property
    def reader(self) -> Reader:
        """Who is reading."""

    def answer(self, operation: Operation[R, A], request: R, actor: str = "") -> A:
        """The answer, on behalf of an actor where one is named. Raises the errors of the operation, and ``WrongParameters``."""


@dataclass(frozen=True, slots=True)
class Local:
    """On a graph that is open here."""

    session: Session

    @property
    def reader(self) -> Reader:
        """Who is reading."""
        return self.session.reader

    def answer(self, operation: Operation[R, A], request: R, actor: str = "") -> A:
        """See ``Transport``."""
        checked = read(operation.request, given(request))
        return run(operation, session_of(self.session, operation, actor), checked)


def session_of(session: Session, operation: Operation[Any, Any], actor: str, parameter: str = ACTOR) -> Session:
    """The session as the actor has it. Raises ``WrongParameters`` for an actor that is missing, with the parameter that would name one."""
    if operation.actor == "none":
        return session
    if not actor:
        if operation.actor == "required":
            raise WrongParameters([(parameter, message("this is required"))])
        return session
    return session.acting(actor) if operation.actor == "required" else session.seen_as(actor)


def run(operation: Operation[R, A], session: Session, request: R) -> A:
    """The answer to a request that was read. Raises ``Forbidden`` where the actor does not hold the right."""
    if operation.right and session.actor is not None:
        from cooperation.roles import Resource, check_right

        check_right(session.actor, operation.right, Resource(), operation.resource)
    if operation.kept:
        return session.steady(lambda: operation.run(session, request))
    return operation.run(session, request)


@dataclass(frozen=True, slots=True)
class Http:
    """Of a graph that a server holds. ``ask`` takes a method, a path and what ``httpx2.Client.request`` takes, and raises what the server
    tells."""

    reader: Reader
    ask: Callable[..., Any]

    def answer(self, operation: Operation[R, A], request: R, actor: str = "") -> A:
        """See ``Transport``."""
        values = given(request)
        address = operation.place({name: values.pop(name, "") for name in operation.in_address})
        headers = {ACTOR_HEADER: quote(actor, safe="")} if actor else {}
        sent: dict[str, object]
        if operation.method in WITH_BODY:
            import orjson

            sent = {"content": orjson.dumps(values), "headers": {**headers, "content-type": "application/json"}}
        else:
            sent = {"params": _texts(values), "headers": headers}
        response = self.ask(operation.method, address, **sent)
        found: A = response.text if operation.answer is str else adapter(operation.answer).validate_json(response.content)
        return found


def _texts(values: Mapping[str, object]) -> dict[str, object]:
    """As a query string has them: truths in the words of JSON."""
    return {name: str(value).lower() if isinstance(value, bool) else value for name, value in values.items() if value is not None}
