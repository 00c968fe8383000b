"""Notices as they are answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianyin.answers.common import AnyNode
from lianyin.answers.reader import Reader
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from cooperation.notices.due import Due
    from cooperation.notices.outbox import Notice
    from graph.model import Node

NOTICE_COLUMNS = (
    Column("kind", "类别", "kind"),
    Column("receiver", "收件", "to"),
    Column("about", "事由", "about"),
    Column("day", "日期", "day"),
    Column("state", "状态", "state"),
    Column("attempts", "次数", "attempts", number=True),
    Column("problem", "原因", "problem"),
)
SENT_COLUMNS = (Column("what", "结果", "outcome"), Column("count", "条数", "notices", number=True))
NOT_WRITTEN = "未写入"
"""The state of a notice that is due and not in the outbox yet."""


@dataclass(frozen=True, slots=True)
class NoticeTold:
    """A notice. Its state is 待发, 发送中 (or not known whether it went out), 已发, 未送达, or 未写入: due and not in the outbox yet."""

    kind: str
    receiver: str
    about: list[AnyNode]
    day: str
    id: str
    state: str
    attempts: int
    problem: str | None


@dataclass(frozen=True, slots=True)
class NoticesAnswer:
    """Notices that are ``written`` down, then those that are ``due`` and will be."""

    notices: list[NoticeTold]
    written: int
    due: int


@dataclass(frozen=True, slots=True)
class SentAnswer:
    """How many were written down, what became of those that were ready (``sent``, ``retried-later``, ``failed``, ``uncertain``,
    ``no-address``, ``no-channel``), and whether there is a channel."""

    written: int
    outcomes: dict[str, int]
    channel: bool


def notices_answer(held: Sequence[Notice], fresh: Sequence[Due], reader: Reader, node: Callable[[str], Node | None]) -> NoticesAnswer:
    """Notices that are written down, then those that are due and will be."""

    def told(notice: Notice | Due, id: str, state: str, attempts: int = 0, problem: str = "") -> NoticeTold:
        role, _, receiver = notice.receiver.partition(":")
        party = node(receiver)
        to = f"{role}:{reader.named(party).caption}" if party is not None else role
        about = [reader.named(one) for one in map(node, notice.about) if one is not None and reader.exists(one)]
        return NoticeTold(notice.kind, to, about, notice.day.partition(" ")[0], id, state, attempts, problem or None)

    written = [told(notice, notice.node.id, notice.state.value, notice.attempts, notice.problem) for notice in held]
    coming = [told(notice, notice.id, NOT_WRITTEN) for notice in fresh]
    return NoticesAnswer([*written, *coming], len(written), len(coming))


def notices_table(answer: NoticesAnswer, reader: Reader) -> Table:  # noqa: ARG001
    """One row a notice."""
    rows = [
        (
            notice.kind,
            notice.receiver,
            "、".join(node.caption for node in notice.about),
            notice.day,
            notice.state,
            notice.attempts,
            notice.problem,
        )
        for notice in answer.notices
    ]
    return Table(NOTICE_COLUMNS, rows)


def sent_table(answer: SentAnswer, reader: Reader) -> Table:
    """One row an outcome."""
    unset = say(reader.language, "没有设置渠道（LIANYIN_NOTICES）", "No channel is set (LIANYIN_NOTICES)")
    return Table(SENT_COLUMNS, [("written", answer.written), *answer.outcomes.items()], notes=() if answer.channel else (unset,))
