"""Routes that take one model of query parameters and the asker's open graph, and nothing else: read here in one step.

FastAPI looks at every field of such a model anew for each request, which for a path question costs as much as finding the path. The
documentation is still FastAPI's, from the same signature.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, get_origin
from urllib.parse import parse_qsl

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool

from api.deps import reading_client

Asked = TypeVar("Asked", bound=BaseModel)


class QueryRoute(APIRoute):
    """For functions of ``asked`` (a model) and ``client``; others are left to FastAPI."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        parameters = inspect.signature(self.endpoint, eval_str=True).parameters
        if parameters.keys() != {"asked", "client"}:
            return super().get_route_handler()
        model: type[BaseModel] = parameters["asked"].annotation.__origin__
        lists = list_names(model)
        answer: Callable[..., Response] = self.endpoint

        async def handle(request: Request) -> Response:
            asked = read_query(model, lists, request.scope["query_string"])
            return await run_in_threadpool(answer, asked=asked, client=await reading_client(request))

        return handle


def list_names(model: type[BaseModel]) -> frozenset[str]:
    """The parameters that may be given several times."""
    return frozenset(field.alias or name for name, field in model.model_fields.items() if get_origin(field.annotation) is list)


def read_query(model: type[Asked], lists: frozenset[str], query: bytes) -> Asked:
    """The parameters of a query string; of one that is not a list the last value holds. Raises ``RequestValidationError``."""
    values: dict[str, str | list[str]] = {}
    for name, value in parse_qsl(query.decode("latin-1"), keep_blank_values=True):
        if name in lists:
            several = values.setdefault(name, [])
            assert isinstance(several, list)
            several.append(value)
        else:
            values[name] = value
    try:
        return model.model_validate(values)
    except ValidationError as problem:
        errors = [{**each, "loc": ("query", *each["loc"])} for each in problem.errors(include_url=False)]
        raise RequestValidationError(errors) from None
