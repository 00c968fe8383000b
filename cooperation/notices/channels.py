"""How notices leave the house: by e-mail (SMTP, RFC 5321) or to a group robot's webhook in the manner of 企业微信.

The message of a notice is the same at every attempt (its ``Message-ID`` is made of the notice's id), so that a mail server that got it
twice can tell.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from cooperation.notices.outbox import Outcome

TIMEOUT_SECONDS = 20.0
"""For one conversation with a server: a mail server that says nothing for longer is not there."""


@dataclass(frozen=True, slots=True)
class Message:
    """``id`` is the notice's; ``to`` an e-mail address, or ``""`` for a webhook that has its receivers itself."""

    id: str
    to: str
    subject: str
    body: str
    at: datetime


Channel = Callable[[Message], Outcome]
"""Sends one message."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server. With ``starttls`` the conversation is encrypted, and a server that cannot is refused."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    starttls: bool = True

    def __call__(self, message: Message) -> Outcome:
        """Refused before it was taken: not delivered, for sure. Silence after the text was sent: uncertain."""
        handed_over = False
        try:
            with smtplib.SMTP(self.host, self.port, timeout=TIMEOUT_SECONDS) as server:
                if self.starttls:
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                email = self._email(message)
                handed_over = True
                server.send_message(email)
        except smtplib.SMTPServerDisconnected as problem:
            return Outcome(False, f"the mail server hung up: {problem}", uncertain=handed_over)
        except TimeoutError as problem:
            return Outcome(False, f"the mail server fell silent: {problem}", uncertain=handed_over)
        except (smtplib.SMTPException, OSError, ValueError) as problem:
            return Outcome(False, f"the mail server refused: {type(problem).__name__}")
        return Outcome(True)

    def _email(self, message: Message) -> EmailMessage:
        email = EmailMessage()
        # A line break in what people wrote must not become a header of its own.
        email["Subject"] = " ".join(message.subject.split())
        email["From"] = Address(addr_spec=self.sender)
        email["To"] = Address(addr_spec=message.to)
        email["Date"] = format_datetime(message.at)
        email["Message-ID"] = f"<{message.id.replace(':', '.')}@lianyin>"
        email.set_content(message.body)
        return email


@dataclass(frozen=True, slots=True)
class Webhook:
    """A group robot's address, which takes ``{"msgtype": "text", "text": {"content": …}}`` and answers ``{"errcode": 0}``."""

    url: str

    def __call__(self, message: Message) -> Outcome:
        import httpx2

        content = f"{message.subject}\n{message.body}"
        try:
            answered = httpx2.post(self.url, json={"msgtype": "text", "text": {"content": content}}, timeout=TIMEOUT_SECONDS)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as problem:
            return Outcome(False, f"the webhook cannot be reached: {type(problem).__name__}")
        except httpx2.HTTPError as problem:
            return Outcome(False, f"the webhook fell silent: {type(problem).__name__}", uncertain=True)
        if answered.status_code != 200:
            return Outcome(False, f"the webhook answered {answered.status_code}")
        try:
            code = answered.json().get("errcode", 0)
        except (ValueError, AttributeError):
            code = "no JSON"
        return Outcome(code == 0, "" if code == 0 else f"the webhook refused: errcode {code}")
