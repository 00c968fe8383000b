"""What planners ask, through a running server: each question at its address."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from types import MappingProxyType
from urllib.parse import quote

import orjson

from lianyin.answers.reader import Document, Reader
from lianyin.planning import Planning
from lianyin.remote_platform import Ask

ADDRESSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "questions": ("GET", "/v1/questions"),
        "insights": ("GET", "/v1/insights"),
        "lists": ("GET", "/v1/lists"),
        "question": ("GET", "/v1/questions/{name}"),
        "insight": ("GET", "/v1/insights/{name}"),
        "list": ("GET", "/v1/lists/{name}"),
        "match": ("GET", "/v1/match/{node}"),
        "targets": ("GET", "/v1/targets/{year}"),
        "reconcile": ("POST", "/v1/reconciliation"),
    }
)
"""Where each question is asked: what stands in braces is part of the address, the rest is sent with it."""


class RemotePlanning(Planning):
    """Of a graph that a server holds."""

    def __init__(self, reader: Reader, ask: Ask) -> None:
        self._reader = reader
        self._ask = ask

    @property
    def reader(self) -> Reader:
        return self._reader

    def tell(self, question: str, parameters: Mapping[str, object]) -> Document:
        method, template = ADDRESSES[question]
        given = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        named = {name for _, name, _, _ in Formatter().parse(template) if name}
        path = template.format(**{name: quote(str(given.pop(name, "")), safe="") for name in sorted(named)})
        if method == "GET":
            asked = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
            found: Document = orjson.loads(self._ask(method, path, params=asked).content)
            return found
        headers = {"content-type": "application/json"}
        told: Document = orjson.loads(self._ask(method, path, content=orjson.dumps(given), headers=headers).content)
        return told
