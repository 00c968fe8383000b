"""Notices as they are written down, listed and sent from an open graph: settings to channels, receivers to addresses, facts to words."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import orjson

from cooperation.notices.channels import Channel, Message, Smtp, Webhook
from cooperation.notices.due import KINDS, Due, due
from cooperation.notices.outbox import Notice, NoticeState, Outcome, deliver, notices, write_down
from cooperation.roles import LABELS, Role
from graph.captions import Captions
from graph.errors import FileProblem, QueryProblem
from graph.explanations import system_reason
from graph.messages import message
from graph.ontology.schema import Label
from lianyin.answers.notices import SentAnswer
from lianyin.settings import Settings

if TYPE_CHECKING:
    from cooperation.world import World
    from lianyin.session import Session

EVERYBODY = 0
"""The privacy class of what a group's robot tells: whoever is in the group reads it."""

PARTY = 2
"""Of what is told to one receiver, who is a party to it: names, but nothing of high risk."""

Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """The moment, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def send_due(session: Session, limit: int, now: Clock = utc_now) -> SentAnswer:
    """Writes down what is due, then sends what is ready. Raises ``QueryProblem`` for a channel that is none."""
    channel = channel_of(session.settings)
    written = write_down(session.ledger, session.store, due_now(session), session.today)
    ready = [notice for notice in notices(session.models.world) if notice.ready(now())][:limit]
    outcomes = Counter(_send(session, notice, channel, now) for notice in ready)
    return SentAnswer(written, dict(sorted(outcomes.items())), channel=channel is not None)


def channel_of(settings: Settings) -> Channel | None:
    """The channel that the settings name, or none."""
    if not settings.notices:
        return None
    parts = urlsplit(settings.notices)
    if parts.scheme in ("https", "http") and parts.hostname:
        return Webhook(settings.notices)
    if parts.scheme in ("smtp", "smtp+plain") and parts.hostname:
        user, password = _credentials(settings.notices_auth_file)
        return Smtp(parts.hostname, parts.port or 587, settings.notices_sender, user, password, starttls=parts.scheme == "smtp")
    raise QueryProblem(
        message("LIANYIN_NOTICES is not a valid channel."),
        hint=message("Write smtp://HOST:587 or https://…."),
        where={"parameter": "LIANYIN_NOTICES"},
    )


def _credentials(path: Path | None) -> tuple[str, str]:
    if path is None:
        return "", ""
    try:
        user, slash, password = path.read_text(encoding="utf-8").strip().partition("/")
    except OSError as problem:
        raise FileProblem(
            message("The mail password file cannot be read: {reason}.", reason=system_reason(problem)), where={"file": path.name}
        ) from problem
    if not slash:
        raise FileProblem(message("The mail password file must contain 'user/password'."), where={"file": path.name})
    return user, password


def due_now(session: Session) -> list[Due]:
    """What should be told today, written down or not."""
    return due(session.models.world, session.today, lambda: session.models.matcher)


def _send(session: Session, notice: Notice, channel: Channel | None, now: Clock) -> str:
    to = "" if isinstance(channel, Webhook) else address_of(session.models.world, notice.receiver, session.settings.notices_addresses)
    if channel is None or to is None:
        return "no-channel" if channel is None else "no-address"
    clearance = EVERYBODY if isinstance(channel, Webhook) else PARTY
    message = message_of(session.models.world, notice, Captions(session.ontology, clearance), now())
    addressed = Message(message.id, to, message.subject, message.body, message.at)

    def send() -> Outcome:
        return channel(addressed)

    state = deliver(session.ledger, session.store, notice, send, now)
    return {NoticeState.SENT: "sent", NoticeState.WAITING: "retried-later", NoticeState.FAILED: "failed"}.get(state, "uncertain")


def address_of(world: World, receiver: str, path: Path | None) -> str | None:
    """The e-mail address of a receiver: from the file of addresses (by ``role:ID``, ``role:NAME`` or role), else a person's own."""
    role, _, id = receiver.partition(":")
    node = world.node(id)
    known = _addresses(path)
    for key in (receiver, f"{role}:{node.caption}" if node is not None else receiver, role if not id else receiver):
        if key in known:
            return known[key]
    own = node.properties.get("email") if node is not None else None
    return str(own) if own else None


def _addresses(path: Path | None) -> Mapping[str, str]:
    if path is None:
        return {}
    try:
        found = orjson.loads(path.read_bytes())
    except (OSError, ValueError) as problem:
        raise FileProblem(message("The addresses cannot be read: {problem}.", problem=problem), where={"file": path.name}) from problem
    if not isinstance(found, dict):
        raise FileProblem(message("The addresses are not a JSON object."), hint=message('Write {"union": "…"}.'), where={"file": path.name})
    return {str(receiver): str(address) for receiver, address in found.items()}


def message_of(world: World, notice: Notice, captions: Captions, at: datetime.datetime) -> Message:
    """The notice in words, Chinese first, as far as its readers may know names."""
    nodes = [node for id in notice.about if (node := world.node(id)) is not None]
    named = [captions.of_node(node).caption for node in nodes]
    zh = [each.zh if isinstance(each, Label) else str(each) for each in named]
    en = [each.en if isinstance(each, Label) else str(each) for each in named]
    said, day = KINDS[notice.kind], notice.day.split(" ")[0]
    subject = said.zh.format(*zh, "", "", day=day)
    role = notice.receiver.partition(":")[0]
    to = LABELS[Role(role)]
    body = f"{subject}。\n{said.en.format(*en, '', '', day=day)}.\n\n收件：{to.zh} / To: {to.en}\n联姻 Lianyin"
    return Message(notice.node.id, "", subject, body, at)
