"""Notices as they are answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cooperation.notices.due import Due
from cooperation.notices.outbox import Notice
from lianyin.answers.reader import Document, Reader, documents
from lianyin.results import Column, Result

if TYPE_CHECKING:
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


def outbox_document(held: Sequence[Notice], fresh: Sequence[Due], reader: Reader, node: Callable[[str], Node | None]) -> Document:
    """Notices that are written down, then those that are due and will be."""
    written = [
        _told(each.kind, each.receiver, each.about, each.day, reader, node)
        | {"id": each.node.id, "state": each.state.value, "attempts": each.attempts, "problem": each.problem or None}
        for each in held
    ]
    coming = [
        _told(each.kind, each.receiver, each.about, each.day, reader, node)
        | {"id": each.id, "state": "未写入", "attempts": 0, "problem": None}
        for each in fresh
    ]
    return {"notices": [*written, *coming], "written": len(written), "due": len(coming)}


def _told(  # noqa: PLR0917
    kind: str, receiver: str, about: Sequence[str], day: str, reader: Reader, node: Callable[[str], Node | None]
) -> dict[str, object]:
    role, _, id = receiver.partition(":")
    found = node(id)
    to = f"{role}:{_caption(reader, found)}" if found is not None else role
    nodes = [each for each in map(node, about) if each is not None and reader.exists(each)]
    return {"kind": kind, "receiver": to, "about": [reader.brief(each) for each in nodes], "day": day.partition(" ")[0]}


def _caption(reader: Reader, node: Node) -> object:
    return reader.brief(node)["caption"]


def notices_result(document: Document) -> Result:
    """One row a notice."""
    rows = [
        (
            each["kind"],
            each["receiver"],
            "、".join(str(one["caption"]) for one in documents(each, "about")),
            each["day"],
            each["state"],
            each["attempts"],
            each["problem"],
        )
        for each in documents(document, "notices")
    ]
    return Result(document, NOTICE_COLUMNS, rows)


def sent_document(written: int, counted: Counter[str], *, sent_by: bool) -> Document:
    """What was written down and what became of what was ready."""
    return {"written": written, "outcomes": dict(sorted(counted.items())), "channel": sent_by}


def sent_result(document: Document) -> Result:
    """One row an outcome."""
    outcomes = document["outcomes"]
    assert isinstance(outcomes, dict)
    return Result(document, SENT_COLUMNS, [("written", document["written"]), *outcomes.items()])
