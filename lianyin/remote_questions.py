"""Questions that a running server answers, each at an address of its own, the actor in a header."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from string import Formatter
from urllib.parse import quote

import httpx2
import orjson

from lianyin.answers.reader import Document
from lianyin.serving import ACTOR_HEADER

Ask = Callable[..., httpx2.Response]
"""``(method, path, …)`` as ``httpx2.Client.request`` takes them; raises the error that the server tells."""

SENT_AS_BODY = frozenset({"POST", "PATCH"})


@dataclass(frozen=True, slots=True)
class RemoteQuestions:
    """``addresses`` says by which method and where each question is asked: what stands in braces is part of the address, the rest is sent
    with it, as parameters or as a JSON body."""

    addresses: Mapping[str, tuple[str, str]]
    ask: Ask

    def answer(self, question: str, parameters: Mapping[str, object], actor: str = "") -> Document:
        """What the server answers. Parameters that say nothing (``None``, ``""``, ``()``) are left out."""
        method, template = self.addresses[question]
        given = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        named = {name for _, name, _, _ in Formatter().parse(template) if name}
        path = template.format(**{name: quote(str(given.pop(name, "")), safe="") for name in sorted(named)})
        headers = {ACTOR_HEADER: quote(actor, safe="")} if actor else {}
        if method in SENT_AS_BODY:
            response = self.ask(method, path, content=orjson.dumps(given), headers={**headers, "content-type": "application/json"})
        else:
            asked = {name: str(value).lower() if isinstance(value, bool) else value for name, value in given.items()}
            response = self.ask(method, path, params=asked, headers=headers)
        document: Document = orjson.loads(response.content)
        return document
