"""The platform through a running server: each question at its address, the actor in a header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import quote

import httpx2
import orjson

from lianyin.answers.reader import Document, Reader
from lianyin.platform import Platform
from lianyin.serving import ACTOR_HEADER

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
        given = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        headers = {ACTOR_HEADER: quote(actor, safe="")}
        if question == "needs":
            asked = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
            return self._read("GET", "/v1/needs", headers, params=asked)
        if question == "post-need":
            return self._read("POST", "/v1/needs", headers, content=orjson.dumps(given))
        need = f"/v1/needs/{quote(str(given.pop('need', '')), safe='')}"
        if question == "need":
            return self._read("GET", need, headers)
        if question == "need-history":
            return self._read("GET", f"{need}/history", headers)
        if question == "edit-need":
            return self._read("PATCH", need, headers, content=orjson.dumps(given))
        return self._read("POST", f"{need}/moves", headers, content=orjson.dumps(given))

    def _read(self, method: str, path: str, headers: Mapping[str, str], **what: object) -> Document:
        sent = {**headers, "content-type": "application/json"} if "content" in what else headers
        found: Document = orjson.loads(self._ask(method, path, headers=sent, **what).content)
        return found
