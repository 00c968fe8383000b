"""Answers that were given already. An answer depends on the question, the reader and the revision of the graph, and on nothing else; as
long as the revision stands, the same question of the same reader gets the same bytes, or only the word that nothing has changed (304).

The revision is asked of the store for every request, so that nothing old is ever given, whoever wrote.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.asker import Asker
from graph.errors import StoreProblem
from lianyin.client import Client
from lianyin.operation import REGISTER
from lianyin.serving import ACTOR_HEADER

PERSONAL = 2
"""From this privacy class on an answer may hold personal data: no browser and no proxy may keep it on a disk."""

PART = 32
"""An answer may take this part of the memory at most, so that one large picture does not drive out all else."""

Key = tuple[str, bytes, Asker, bytes]
"""Address, query, reader and actor."""

ACTOR = ACTOR_HEADER.encode()
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Given:
    """A finished answer: the revision it is of, and its bytes."""

    revision: int
    headers: Headers
    body: bytes


class Kept:
    """ASGI middleware. Lives on the event loop's thread only, so it needs no lock."""

    def __init__(self, app: ASGIApp, client: Client, room: int) -> None:
        """``room`` is the memory for bodies, in bytes."""
        self._app = app
        self._client = client
        self._room = room
        self._used = 0
        self._answers: OrderedDict[Key, Given] = OrderedDict()
        # Another process may run with other types or settings: its tags are never taken for this one's.
        self._run = uuid.uuid4().hex
        self._revision = _revision_of(client)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not _is_kept(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            revision = await self._revision()
        except StoreProblem:  # the route meets it too, and says so
            await self._app(scope, receive, send)
            return
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        key: Key = (scope["path"], scope["query_string"], scope["lianyin.asker"], headers.get(ACTOR, b""))
        tag = self._tag(key, revision)
        if _same(headers, tag):
            await _send(send, 304, [(b"etag", tag), _cache_control(key[2])])
        elif (given := self._look_up(key, revision)) is not None:
            await _send(send, 200, given.headers, given.body)
        else:
            await self._ask(key, revision, tag, (scope, receive, send))

    async def _ask(self, key: Key, revision: int, tag: bytes, request: tuple[Scope, Receive, Send]) -> None:
        """Lets the route answer, and keeps what it says if no load was published meanwhile."""
        scope, receive, send = request
        start: Message = {}
        parts: list[bytes] = []

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                if headers.get("cache-control") == "no-store":  # it is of this moment only
                    await send(message)
                    return
                headers["etag"] = tag.decode()
                headers["cache-control"] = _cache_control(key[2])[1].decode()
                start.update(message)
            elif message["type"] == "http.response.body" and start:
                parts.append(message.get("body", b""))
            await send(message)

        await self._app(scope, receive, watched)
        if start and await self._revision() == revision:
            if sum(map(len, parts)) * PART <= self._room:
                self._keep(key, Given(revision, start["headers"], b"".join(parts)))

    def _look_up(self, key: Key, revision: int) -> Given | None:
        found = self._answers.get(key)
        if found is None:
            return None
        if found.revision != revision:
            self._drop(key)
            return None
        self._answers.move_to_end(key)
        return found

    def _keep(self, key: Key, given: Given) -> None:
        self._drop(key)
        self._answers[key] = given
        self._used += len(given.body)
        while self._used > self._room:
            self._drop(next(iter(self._answers)))

    def _drop(self, key: Key) -> None:
        found = self._answers.pop(key, None)
        self._used -= len(found.body) if found else 0

    def _tag(self, key: Key, revision: int) -> bytes:
        path, query, asker, actor = key
        text = f"{self._run}\n{path}\n{query.decode('latin-1')}\n{actor.decode('latin-1')}\n{asker.clearance}{asker.language}{asker.today}"
        return f'"{revision}-{hashlib.blake2b(text.encode(), digest_size=9).hexdigest()}"'.encode()


def _is_kept(path: str) -> bool:
    found = REGISTER.at("GET", path)
    return found is not None and found[0].kept


def _revision_of(client: Client) -> Callable[[], Awaitable[int]]:
    """Asks for the store's revision: an embedded store answers in microseconds, a server is waited for in another thread."""
    if client.store_url.startswith("kglite:"):

        async def now() -> int:
            return client.store.head().revision

        return now
    return lambda: run_in_threadpool(lambda: client.store.head().revision)


def _same(headers: Mapping[bytes, bytes], tag: bytes) -> bool:
    given = headers.get(b"if-none-match")
    return given is not None and tag in (each.strip().removeprefix(b"W/") for each in given.split(b","))


def _cache_control(asker: Asker) -> tuple[bytes, bytes]:
    return b"cache-control", b"no-store" if asker.clearance >= PERSONAL else b"private, no-cache"


async def _send(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    await send({"type": "http.response.start", "status": status, "headers": [*headers]})
    await send({"type": "http.response.body", "body": body})
