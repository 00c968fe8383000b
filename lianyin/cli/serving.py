"""``serve``: the HTTP interface and its start page, on this machine only."""

from __future__ import annotations

import errno
import gc
import os
import secrets
import signal
import socket
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

import click

from graph.errors import LianyinError, QueryProblem
from graph.explanations import system_reason
from graph.messages import message
from lianyin.cli.session import current_settings
from lianyin.language import Language, say

if TYPE_CHECKING:
    from lianyin.client import Client
    from lianyin.warming import Warming

LOOPBACK = {"127.0.0.1": "127.0.0.1", "localhost": "127.0.0.1", "::1": "::1"}
"""The hosts that may be named, and the addresses they mean: a name is not looked up, so that nothing else can answer for it."""

WAITING = 128
"""Connections that wait to be taken up."""

GRACE_SECONDS = 10
"""How long an answer under way may go on once the server is asked to end."""


@click.command()
@click.option("--host", metavar="ADDRESS", help="127.0.0.1, ::1 or localhost; nothing else until there is a log-in. 只限本机")
@click.option("--port", type=click.IntRange(0, 65_535), metavar="PORT", help="By default 8707; 0 takes a free one. 端口")
def serve(host: str | None, port: int | None) -> None:
    """Answer over HTTP on this machine, with a start page, until Ctrl-C. 启动网页服务。

    While it holds the store, every other command asks it by itself.

    运行期间图库由它占用，其他命令会自动改问它。
    """
    from graph.factory import open_store
    from lianyin.serving import ServerNote, remove_note, write_note
    from lianyin.settings import load_types

    settings = current_settings()
    language = settings.language
    listening = _listen(host or settings.host, settings.port if port is None else port)
    # A server that is asked to end (SIGTERM) ends as with Ctrl-C: the store is closed, the note is taken away.
    signal.signal(signal.SIGTERM, _end)
    store = open_store(settings.store_url(), load_types(settings))
    try:
        from api import create_app

        token = secrets.token_urlsafe(32)
        app = create_app(settings, store, token=token)
        url = _url(listening)
        note = write_note(store.url, ServerNote(url, os.getpid(), token))
        try:
            _say(say(language, f"{url}（Ctrl-C 结束；说明见 {url}/docs）", f"{url} (Ctrl-C ends it; reference at {url}/docs)"))
            _warm_up(app.state.client, app.state.warming, language)
            _run(app, listening)
        finally:
            remove_note(note)
    except KeyboardInterrupt:
        _say(_ended(language))
    finally:
        listening.close()
        store.close()


def _listen(host: str, port: int) -> socket.socket:
    """The socket, bound before anything else is done. Raises ``QueryProblem``."""
    address = LOOPBACK.get(host.strip("[]").lower())
    if address is None:
        raise QueryProblem(
            message(
                "The server cannot listen on '{host}': there is no login yet, so anyone who reaches it can read everything.", host=host
            ),
            hint=message("Listen on 127.0.0.1, ::1 or localhost."),
            where={"parameter": "--host"},
        )
    # Named as TCP, or the event loop does not know that small packets shall not wait for one another: 40 ms in every answer.
    found = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # elsewhere the option would let two servers share one port
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((address, port))
        found.listen(WAITING)
    except OSError as problem:
        found.close()
        taken = problem.errno in (errno.EADDRINUSE, errno.EACCES)
        why = message("another program is using it, or this user may not") if taken else system_reason(problem)
        raise QueryProblem(
            message("Port {port} cannot be used: {why}.", port=port, why=why),
            hint=message("Choose another --port."),
            where={"parameter": "--port"},
        ) from problem
    return found


def _url(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _warm_up(client: Client, warming: Warming, language: Language) -> None:
    """Begins to build the read models and to compile the kernels, beside the questions that come meanwhile."""

    from ingest.readers.apart import warm as start_reader

    def read() -> None:
        start_reader()
        with suppress(LianyinError):  # whoever asks meets it too, and is told
            _ = client.models.projection, client.models.search
        _give_way()

    ended = say(language, "编译就绪。\n", "Compiled; ready.\n")
    warming.start(read, lambda: sys.stderr.write(ended))


def _give_way() -> None:
    """Lets a light question in while the answer to a heavy one is being written, in Python, by another thread. Seen on the sample city, the
    longest wait: 270 ms with Python's defaults, 30 ms so."""
    sys.setswitchinterval(0.001)  # a light question needs the lock a dozen times; by default it would wait 5 ms for it each time
    gc.freeze()  # what is there now stays: looking through it again and again would stop everybody
    gc.set_threshold(10_000, 20, 50)


def _run(app: object, listening: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        app,  # type: ignore[arg-type] # an ASGI application; this room does not know FastAPI
        log_level="warning",
        access_log=False,  # addresses hold names
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    uvicorn.Server(config).run(sockets=[listening])


def _end(number: int, frame: object) -> NoReturn:  # noqa: ARG001 - as signal calls it
    raise KeyboardInterrupt


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _ended(language: Language) -> str:
    return say(language, "已结束。", "Ended.")
