"""Which nodes may be one, through a running server: each question at its address, the actor in a header."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import quote

import orjson

from lianyin.answers.reader import Document, Reader
from lianyin.identity import Identity
from lianyin.remote_platform import Ask
from lianyin.serving import ACTOR_HEADER

ADDRESSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "candidates": ("GET", "/v1/review/candidates"),
        "judgements": ("GET", "/v1/review/judgements"),
        "contradictions": ("GET", "/v1/review/contradictions"),
        "judge": ("POST", "/v1/review/judgements"),
        "withdraw": ("DELETE", "/v1/review/judgements"),
        "quality": ("POST", "/v1/review/quality"),
    }
)
"""Where each question is asked."""


class RemoteIdentity(Identity):
    """Of a graph that a server holds."""

    def __init__(self, reader: Reader, ask: Ask) -> None:
        self._reader = reader
        self._ask = ask

    @property
    def reader(self) -> Reader:
        return self._reader

    def tell(self, question: str, parameters: Mapping[str, object], actor: str = "") -> Document:
        method, path = ADDRESSES[question]
        headers = {ACTOR_HEADER: quote(actor, safe="")} if actor else {}
        if method == "POST":
            sent = {**headers, "content-type": "application/json"}
            told: Document = orjson.loads(self._ask(method, path, content=orjson.dumps(dict(parameters)), headers=sent).content)
            return told
        found: Document = orjson.loads(self._ask(method, path, params=dict(parameters), headers=headers).content)
        return found
