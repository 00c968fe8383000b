"""The platform through a running server: each question at its address, the actor in a header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from string import Formatter
from types import MappingProxyType
from urllib.parse import quote

import httpx2
import orjson

from lianyin.answers.reader import Document, Reader
from lianyin.platform import Platform
from lianyin.serving import ACTOR_HEADER

ADDRESSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "needs": ("GET", "/v1/needs"),
        "need": ("GET", "/v1/needs/{need}"),
        "need-history": ("GET", "/v1/needs/{need}/history"),
        "post-need": ("POST", "/v1/needs"),
        "edit-need": ("PATCH", "/v1/needs/{need}"),
        "move-need": ("POST", "/v1/needs/{need}/moves"),
        "expire-needs": ("POST", "/v1/needs/expiry"),
        "actions": ("GET", "/v1/acts"),
        "sheets": ("GET", "/v1/acts/sheets"),
        "notices": ("GET", "/v1/notices"),
        "send-notices": ("POST", "/v1/notices/sending?limit={limit}"),
        "act": ("POST", "/v1/acts/{action}"),
    }
)
"""Where each question is asked: what stands in braces is part of the address, the rest is sent with it."""

Ask = Callable[..., httpx2.Response]
"""``(method, path, …)`` as ``httpx2.Client.request`` takes them; raises the error that the server tells."""


class RemotePlatform(Platform):
    """On a graph that a server holds."""

    def __init__(self, reader: Reader, ask: Ask) -> None:
        self._reader = reader
        self._ask = ask

    @property
    def reader(self) -> Reader:
        return self._reader

    def ask(self, question: str, actor: str, parameters: Mapping[str, object]) -> Document:
        method, template = ADDRESSES[question]
        given = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        named = {name for _, name, _, _ in Formatter().parse(template) if name}
        path = template.format(**{name: quote(str(given.pop(name, "")), safe="") for name in sorted(named)})
        headers = {ACTOR_HEADER: quote(actor, safe="")}
        if method == "GET":
            asked = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
            return self._read(method, path, headers, params=asked)
        return self._read(method, path, headers, content=orjson.dumps(given))

    def _read(self, method: str, path: str, headers: Mapping[str, str], **what: object) -> Document:
        sent = {**headers, "content-type": "application/json"} if "content" in what else headers
        found: Document = orjson.loads(self._ask(method, path, headers=sent, **what).content)
        return found
