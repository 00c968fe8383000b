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
from cooperation.roles import LABELS, Resource, Role, check_right
from graph.captions import Captions
from graph.errors import FileProblem, QueryProblem
from graph.explanations import system_reason
from graph.messages import message
from graph.ontology.schema import Label
from lianyin.answers.notices import outbox_document, sent_document
from lianyin.answers.reader import Document
from lianyin.settings import Settings

if TYPE_CHECKING:
    from cooperation.roles import Actor
    from cooperation.world import World
    from lianyin.local_platform import LocalPlatform

EVERYBODY = 0
"""The privacy class of what a group's robot tells: whoever is in the group reads it."""

PARTY = 2
"""Of what is told to one receiver, who is a party to it: names, but nothing of high risk."""

Parameters = Mapping[str, object]
Clock = Callable[[], datetime.datetime]


def utc_now() -> datetime.datetime:
    """The moment, in UTC."""
    return datetime.datetime.now(datetime.UTC)


def list_notices(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:  # noqa: ARG001
    """The outbox, and what is due and not in it yet."""
    check_right(actor, "notice.see", Resource(), message("the notices"))
    client = platform.client
    held = notices(client.models.world)
    known = {each.node.id for each in held}
    fresh = [each for each in _due(platform) if each.id not in known]
    return outbox_document(held, fresh, client.reader, client.models.world.node)


def send_notices(platform: LocalPlatform, actor: Actor, asked: Parameters, now: Clock = utc_now) -> Document:
    """Writes down what is due, then sends what is ready. Raises ``QueryProblem`` for a channel that is none."""
    check_right(actor, "notice.send", Resource(), message("the notices"))
    client = platform.client
    channel = channel_of(client.settings)
    written = write_down(client.ledger, client.store, _due(platform), client.today)
    ready = [each for each in notices(client.models.world) if each.ready(now())][: int(str(asked.get("limit", 1000)))]
    counted: Counter[str] = Counter()
    for each in ready:
        counted[_send(platform, each, channel, now)] += 1
    return sent_document(written, counted, sent_by=channel is not None)


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


def _due(platform: LocalPlatform) -> list[Due]:
    client = platform.client
    return due(client.models.world, client.today, lambda: client.models.matcher)


def _send(platform: LocalPlatform, notice: Notice, channel: Channel | None, now: Clock) -> str:
    client = platform.client
    to = "" if isinstance(channel, Webhook) else address_of(client.models.world, notice.receiver, client.settings.notices_addresses)
    if channel is None or to is None:
        return "no-channel" if channel is None else "no-address"
    clearance = EVERYBODY if isinstance(channel, Webhook) else PARTY
    message = message_of(client.models.world, notice, Captions(client.ontology, clearance), now())
    addressed = Message(message.id, to, message.subject, message.body, message.at)

    def send() -> Outcome:
        return channel(addressed)

    state = deliver(client.ledger, client.store, notice, send, now)
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


NOTICE_ANSWERS: Mapping[str, Callable[[LocalPlatform, Actor, Parameters], Document]] = {
    "notices": list_notices,
    "send-notices": send_notices,
}
"""By the names that ``lianyin.platform`` gives them."""
