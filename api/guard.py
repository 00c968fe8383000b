"""What stands before every route: who may ask, how much may be sent, what every answer carries, and what happens when all else fails.

There is no log-in yet, so the server answers this machine only. A page of another site could still make this machine's browser ask: its
own name would have to lead here (DNS rebinding, refused by ``Host``), or it would post across origins (refused by ``Origin``).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.asker import Asker, WrongToken, asker_of
from api.problems import Kind
from graph.errors import LianyinError
from graph.messages import NOTHING, message
from graph.messages import Message as Text
from lianyin.language import Language
from lianyin.settings import Settings

_EPOCH = datetime.date(1970, 1, 1)
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
INTERFACE = "/v1/"
UPLOADS = "/v1/loads"

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
}
"""On every answer that does not say otherwise itself."""


class Guard:
    """ASGI middleware, the outermost of ours."""

    def __init__(self, app: ASGIApp, settings: Settings, token: str) -> None:
        self._app = app
        self._settings = settings
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = Answer(send)
        headers: Mapping[bytes, bytes] = dict(scope["headers"])
        scope["lianyin.asker"] = Asker(0, self._settings.language, self._settings.today or _EPOCH)
        try:
            self._admit(scope, headers)
            await self._app(scope, self._bounded(scope, headers, receive), answer.send)
        except Refused as refusal:
            found = problems.document(refusal.kind, refusal.detail, self._language(scope), hint=refusal.hint)
            # Nothing more is read from whoever was refused: what follows on the connection may be no request.
            await answer.problem(scope, receive, found, {"connection": "close"})
        except LianyinError as problem:
            await answer.problem(scope, receive, problems.problem_document(problem, self._language(scope)))
        except Exception as defect:  # noqa: BLE001 - the last line: whoever asked gets a document, the log gets the traceback
            problems.log.error("%s %s failed", scope["method"], scope["path"], exc_info=defect)
            detail = message("The server met an unexpected condition; its log has the details.")
            await answer.problem(scope, receive, problems.document(problems.DEFECT, detail, self._language(scope)))

    def _language(self, scope: Scope) -> Language:
        asker: Asker = scope["lianyin.asker"]
        return asker.language

    def _admit(self, scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        if _without_port(host) not in OWN_HOSTS:
            raise Refused(
                problems.HOST,
                message("This server does not answer for '{host}'.", host=host),
                message("Use http://127.0.0.1 or http://localhost."),
            )
        self._admit_site(scope, headers, host)
        if b"content-length" in headers and b"transfer-encoding" in headers:
            # Two lengths of one body: a proxy may believe the other, and take the rest for a request of its own (RFC 9112, 6.3).
            raise Refused(
                problems.BODY, message("The request states its length twice, in two ways."), message("Send one of the two headers.")
            )
        try:
            scope["lianyin.asker"] = asker_of(headers, self._settings, self._token)
        except WrongToken:
            raise Refused(
                problems.TOKEN, message("The token belongs to another server."), message("Read it again from the store's folder.")
            ) from None

    @staticmethod
    def _admit_site(scope: Scope, headers: Mapping[bytes, bytes], host: str) -> None:
        """Refuses what a page of another site makes the browser ask: any change, and any question of the interface, since a few heavy
        ones would keep this machine's user waiting."""
        origin = headers.get(b"origin")
        foreign = headers.get(b"sec-fetch-site", b"same-origin") == b"cross-site"
        own_page = message("Open this server's own page.")
        if scope["method"] not in SAFE_METHODS:
            if foreign or (origin is not None and urlsplit(origin.decode("latin-1").lower()).netloc != host):
                raise Refused(problems.ORIGIN, message("A page of another site may not change anything here."), own_page)
        elif foreign and scope["path"].startswith(INTERFACE):
            raise Refused(problems.ORIGIN, message("A page of another site may not ask anything here."), own_page)

    def _bounded(self, scope: Scope, headers: Mapping[bytes, bytes], receive: Receive) -> Receive:
        """``receive``, counting. A body that says beforehand that it is too large is refused unread."""
        upload = scope["path"] == UPLOADS
        limit = self._settings.max_upload_bytes if upload else self._settings.max_body_bytes
        declared = headers.get(b"content-length", b"0")
        detail = message("At most {limit:,} bytes may be sent here.", limit=limit)
        if declared.isdigit() and int(declared) > limit:
            raise Refused(problems.TOO_LARGE, detail, message("Set LIANYIN_MAX_UPLOAD_BYTES to raise the limit.") if upload else NOTHING)
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, detail)
            return message

        return counted


class Refused(Exception):
    """The request goes no further."""

    def __init__(self, kind: Kind, detail: Text, hint: Text) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.hint = kind, detail, hint


class Answer:
    """The way out: adds the headers, and knows whether anything was sent."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._started = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)

    async def problem(self, scope: Scope, receive: Receive, found: Mapping[str, object], headers: Mapping[str, str] | None = None) -> None:
        """Sends the document, unless half an answer is out already: then the connection is broken off."""
        if self._started:
            raise ConnectionAbortedError(found["detail"])
        await problems.respond(found, headers)(scope, receive, self.send)


def _without_port(host: str) -> str:
    end = host.rfind("]") + 1  # an IPv6 address has colons of its own
    name, _, port = host[end:].partition(":")
    return host[:end] + name if port.isdigit() or not port else ""
