"""The outbox: notices in the graph, each written once, and what became of them.

Before a notice is sent, the attempt is written down; after it, the outcome. A process that dies in between leaves ``发送中``: whether the
message went out is then not known, so it is not sent again by itself (never twice), but listed for somebody to look at.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from cooperation.acting import link_draft, node_draft
from cooperation.notices.due import Due
from cooperation.world import World, figure, text
from graph.ledger import Ledger
from graph.model import PERSON, Draft, Node, Source, Value
from graph.store import Store

PLATFORM = Source(f"{PERSON}platform", "The platform")

MOST_ATTEMPTS = 8
"""Attempts at one notice: with their pauses, about three hours."""

FIRST_PAUSE = datetime.timedelta(minutes=1)
"""Before the second attempt; doubled each time."""


class NoticeState(StrEnum):
    """``WAITING`` to be sent, ``SENDING`` (or given up by a process that died), ``SENT``, ``FAILED`` after the last attempt."""

    WAITING = "待发"
    SENDING = "发送中"
    SENT = "已发"
    FAILED = "未送达"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stands: ``about`` are node ids in their order, ``at`` the last attempt (ISO, UTC) or ``""``."""

    node: Node
    kind: str
    receiver: str
    about: tuple[str, ...]
    day: str
    state: NoticeState
    attempts: int
    at: str
    problem: str

    def ready(self, now: datetime.datetime) -> bool:
        """Whether it may be sent now: it waits, and the pause after the last attempt is over."""
        if self.state is not NoticeState.WAITING:
            return False
        pause = FIRST_PAUSE * 2 ** max(self.attempts - 1, 0)
        return not self.at or datetime.datetime.fromisoformat(self.at) + pause <= now


def notices(world: World) -> list[Notice]:
    """All of the outbox, the oldest first."""
    found = [_read(world, node) for node in world.nodes("Notice")]
    return sorted(found, key=lambda each: (text(each.node, "createdOn"), each.node.id))


def _read(world: World, node: Node) -> Notice:
    about = sorted(world.out(node.id, "ABOUT"), key=lambda link: int(str(link.properties.get("order", 0))))
    return Notice(
        node=node,
        kind=text(node, "kind"),
        receiver=text(node, "receiver"),
        about=tuple(link.target for link in about),
        day=text(node, "name").rpartition(" ")[2],
        state=NoticeState(text(node, "state") or NoticeState.WAITING.value),
        attempts=int(figure(node, "attempts") or 0),
        at=text(node, "lastAttemptAt"),
        problem=text(node, "problem"),
    )


def write_down(ledger: Ledger, store: Store, wanted: Iterable[Due], today: datetime.date) -> int:
    """Puts those into the outbox that are not in it yet, in one act; how many."""
    listed = list(wanted)
    written = 0

    def decided() -> list[Draft]:
        nonlocal written
        known = {node.id for node in store.facts(nodes=[each.id for each in listed]).nodes}
        fresh = [each for each in listed if each.id not in known]
        written = len(fresh)
        return [draft for each in fresh for draft in _drafts(each, today)]

    ledger.act(PLATFORM, "notices", decided)
    return written


def _drafts(each: Due, today: datetime.date) -> list[Draft]:
    values: dict[str, Value] = {
        # Who it is about stands in relationships, which are told by the reader's clearance: a name is told to all who know of notices.
        "name": f"{each.kind} {each.day.partition(' ')[0]}",
        "kind": each.kind,
        "receiver": each.receiver,
        "state": NoticeState.WAITING.value,
        "createdOn": today.isoformat(),
        "attempts": 0,
    }
    return [node_draft("Notice", each.id, values), *(link_draft("ABOUT", each.id, id, order=place) for place, id in enumerate(each.about))]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an attempt: ``delivered``; not, for sure (``problem``); or ``uncertain``, with the problem."""

    delivered: bool
    problem: str = ""
    uncertain: bool = False


def deliver(ledger: Ledger, store: Store, notice: Notice, send: Callable[[], Outcome], now: Callable[[], datetime.datetime]) -> NoticeState:  # noqa: PLR0917
    """One attempt at a notice, written down before and after. Of two processes that try at once, one does."""
    taken = False

    def take() -> list[Draft]:
        nonlocal taken
        found = store.facts(nodes=(notice.node.id,)).nodes
        taken = bool(found) and text(found[0], "state") == NoticeState.WAITING.value and figure(found[0], "attempts") == notice.attempts
        values: dict[str, Value] = {"state": NoticeState.SENDING.value, "attempts": notice.attempts + 1, "lastAttemptAt": now().isoformat()}
        return [node_draft("Notice", notice.node.id, values)] if taken else []

    ledger.act(PLATFORM, f"notice.send {notice.node.id}", take)
    if not taken:
        return NoticeState.SENDING
    outcome = send()
    state = _after(outcome, notice.attempts + 1)
    values: dict[str, Value] = {"state": state.value, "problem": outcome.problem, "sentAt": now().isoformat() if outcome.delivered else ""}
    cleared = () if outcome.problem else ("problem",)
    ledger.act(PLATFORM, f"notice.sent {notice.node.id}", lambda: [node_draft("Notice", notice.node.id, values, cleared)])
    return state


def _after(outcome: Outcome, attempts: int) -> NoticeState:
    if outcome.delivered:
        return NoticeState.SENT
    if outcome.uncertain:
        return NoticeState.SENDING
    return NoticeState.FAILED if attempts >= MOST_ATTEMPTS else NoticeState.WAITING
