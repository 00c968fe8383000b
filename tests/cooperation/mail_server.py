"""A mail server and a group robot on 127.0.0.1 that really listen: RFC 5321 as far as a client needs it, and JSON over HTTP."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Mailbox:
    """What arrived, and how the server behaves: ``refuse`` answers 451 to RCPT so many times, ``hang_up`` closes after the text came,
    before it says that it took it."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.refuse = 0
        self.hang_up = False


class _Conversation(socketserver.StreamRequestHandler):
    mailbox: Mailbox

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline():
            verb = line[:4].upper().strip()
            if verb == b"DATA":
                self.say("354 go on")
                text = b""
                while (part := self.rfile.readline()) != b".\r\n":
                    text += part
                if self.mailbox.hang_up:
                    return
                self.mailbox.messages.append(message_from_bytes(text, policy=default))
                self.say("250 taken")
            elif verb == b"RCPT" and self.mailbox.refuse:
                self.mailbox.refuse -= 1
                self.say("451 not now")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


@contextmanager
def mail_server() -> Iterator[tuple[str, Mailbox]]:
    """The address (``smtp+plain://…``) and the mailbox behind it."""
    mailbox = Mailbox()
    handler = type("Conversation", (_Conversation,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp+plain://127.0.0.1:{server.server_address[1]}", mailbox
        server.shutdown()


@contextmanager
def robot(status: int = 200, code: int = 0) -> Iterator[tuple[str, list[Any]]]:
    """The address of a group robot and what it was told."""
    told: list[Any] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            body = json.dumps({"errcode": code}).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Robot) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/send?key=1", told
        server.shutdown()
