"""Who goes first. A heavy question may keep a core busy for as long as a person waits, a light one takes a few milliseconds; so heavy ones
have a lane with few places and a queue, and light ones never wait for them. Whoever hangs up leaves the queue, or stops the question.
"""

from __future__ import annotations

import asyncio
import math
import os
from collections.abc import Mapping, MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.asker import Asker
from api.operations import read_request
from graph.errors import WrongParameters
from graph.messages import message
from graph.stop import Stop
from lianyin.operation import REGISTER
from lianyin.settings import Settings


def is_heavy(method: str, path: str, query: bytes) -> bool:
    """Whether the question may take long: the register decides for its operations, and what is not known to be light is heavy."""
    return _is_heavy({"method": method, "path": path, "query_string": query})


def _is_heavy(scope: MutableMapping[str, Any]) -> bool:
    """A request that can be read without its body is read here, once, for the route too."""
    found = REGISTER.at("GET" if scope["method"] == "HEAD" else scope["method"], scope["path"])
    if found is None:
        return bool(scope["method"] == "POST") or (scope["method"] in ("GET", "HEAD") and scope["path"].startswith("/v1/"))
    operation, fields = found
    if not callable(operation.heavy):
        return operation.heavy
    try:
        asked = scope["lianyin.asked"] = read_request(operation, {**scope, "path_params": fields})
    except WrongParameters:  # the route meets it too, and says so
        return False
    return operation.is_heavy(asked)


def heavy_places(settings: Settings) -> int:
    """How many heavy questions are answered at once: as the settings say, else all cores but one, so that one is left for light ones."""
    return settings.max_heavy or max(1, (os.cpu_count() or 2) - 1)


class Admission:
    """ASGI middleware around the routes. Lives on the event loop's thread only."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._places = asyncio.Semaphore(heavy_places(settings))
        self._most_waiting = settings.max_waiting
        self._seconds = settings.max_waiting_milliseconds / 1000
        self._waiting = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self._app(scope, receive, send)
            return
        listening = Listening(scope, receive)
        scope["lianyin.stop"] = listening.stop
        try:
            if not _is_heavy(scope):
                await self._app(scope, listening.receive, send)
            elif await self._enter(listening):
                try:
                    await self._app(scope, listening.receive, send)
                finally:
                    self._places.release()
            elif not listening.gone.is_set():
                await self._refuse(scope, receive, send)
        finally:
            listening.close()

    async def _enter(self, listening: Listening) -> bool:
        """Takes a place, in the order of coming. False when too many wait, it took too long, or nobody wants the answer any more."""
        if not self._places.locked():
            return await self._places.acquire()
        if self._waiting >= self._most_waiting:
            return False
        self._waiting += 1
        place, gone = asyncio.ensure_future(self._places.acquire()), asyncio.ensure_future(listening.gone.wait())
        try:
            await asyncio.wait((place, gone), timeout=self._seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiting -= 1
            gone.cancel()
            entered = place.done() and not place.cancelled()
            if entered and listening.gone.is_set():
                self._places.release()
            elif not entered:
                place.cancel()
        return entered and not listening.gone.is_set()

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        asker: Asker = scope["lianyin.asker"]
        detail = message("{waiting} slow queries are already waiting; light ones are still answered.", waiting=self._waiting)
        found = problems.document(problems.BUSY, detail, asker.language, hint=message("Ask again in a moment, or ask for less at once."))
        await problems.respond(found, {"retry-after": str(max(1, math.ceil(self._seconds / 10)))})(scope, receive, send)


class Listening:
    """A request's way in, which notices when its client hangs up: ``stop`` is set then, whether or not the route ever looks."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.stop = Stop()
        self.gone = asyncio.Event()
        self._receive = receive
        self._held: Message | None = None
        self._task: asyncio.Task[None] | None = None
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        if headers.get(b"content-length", b"0") == b"0" and b"transfer-encoding" not in headers:
            self._held = {"type": "http.request", "body": b"", "more_body": False}
            self._task = asyncio.create_task(self._listen(ended=False))

    async def receive(self) -> Message:
        """For the route: the body, and then, when it comes, the word that the client has gone."""
        if self._held is not None:
            held, self._held = self._held, None
            return held
        if self._task is None:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                self._leave()
            elif not message.get("more_body", False):
                self._task = asyncio.create_task(self._listen(ended=True))
            return message
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def _listen(self, *, ended: bool) -> None:
        while (message := await self._receive())["type"] != "http.disconnect":
            if ended:  # nothing but that word may follow the end of a body; this server will never say it
                return
            ended = not message.get("more_body", False)
        self._leave()

    def _leave(self) -> None:
        self.gone.set()
        self.stop.set("cancelled")

    def close(self) -> None:
        """The answer is out."""
        if self._task is not None:
            self._task.cancel()
