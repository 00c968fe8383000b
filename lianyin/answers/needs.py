"""Needs as they are answered: in lists, one by one, with their history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from graph.ontology.schema import Label
from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from cooperation.needs.history import Event
    from cooperation.needs.moves import Move
    from cooperation.needs.rows import NeedRow
    from cooperation.needs.standing import Standing

NEED_COLUMNS = (
    Column("id", "编号", "id"),
    Column("name", "需求", "need"),
    Column("kind", "类别", "kind"),
    Column("state", "状态", "state"),
    Column("due", "截止", "due"),
    Column("overdue", "逾期", "overdue"),
    Column("enterprise", "企业", "enterprise"),
    Column("taken_by", "接单", "taken on by", number=True),
)
MOVES_LABEL = Label("可办理", "possible moves")
FIELD_COLUMNS = (Column("what", "项目", "what"), Column("value", "内容", "value"))
EVENT_COLUMNS = (
    Column("at", "时间", "at"),
    Column("actor", "办理人", "by"),
    Column("move", "办理", "move"),
    Column("before", "之前", "before"),
    Column("state", "之后", "after"),
    Column("reason", "说明", "reason"),
    Column("act", "记录", "act", detail=True),
)
DONE_COLUMNS = (
    Column("need", "需求", "need"),
    Column("move", "办理", "move"),
    Column("state", "状态", "state"),
    Column("act", "记录", "act"),
    Column("revision", "版本", "revision", number=True),
)


def brief_document(row: NeedRow, names: Mapping[str, str], *, inside: bool, day: str) -> Document:
    """A need in a list. Of a secret one only title and field are shown, unless the reader is ``inside``."""
    fields = [names.get(each, each) for each in row.fields]
    if not inside:
        return {"id": row.id, "name": row.name, "state": row.state.value, "fields": fields, "secret": True}
    return {
        "id": row.id,
        "name": row.name,
        "kind": row.kind or None,
        "state": row.state.value,
        "since": row.since or None,
        "due": row.due or None,
        "overdue": row.is_overdue(day),
        "fields": fields,
        "secret": row.secret,
        "enterprises": [{"id": each, "caption": names.get(each, each)} for each in row.enterprises],
        "taken_by": len(row.takers),
        "districts": sorted(names[each] for each in row.districts if each in names),
    }


def needs_result(document: Document) -> Result:
    """One row a need."""
    rows = [
        (
            *(each.get(name) for name in ("id", "name", "kind", "state", "due")),
            "!" if each.get("overdue") else "",
            "、".join(str(one["caption"]) for one in documents(each, "enterprises")) if "enterprises" in each else "",
            each.get("taken_by"),
        )
        for each in documents(document, "needs")
    ]
    return Result(document, NEED_COLUMNS, rows)


def need_document(  # noqa: PLR0917
    brief: Document, standing: Standing, legal: Sequence[Move], reader: Reader, *, inside: bool, revision: int
) -> Document:
    """One need: as in a list, with its further properties as far as the reader's clearance goes, who took it on, and what can be done."""
    found = dict(brief)
    if inside:
        found["properties"] = {
            name: list(value) if isinstance(value, tuple) else value for name, value in reader.properties(standing.node).items()
        }
        found["agreements"] = list(standing.agreements)
    return {
        **found,
        "moves": [{"move": move.name, "zh": move.label.zh, "requires": list(move.requires)} for move in legal],
        "revision": revision,
    }


def need_result(document: Document, reader: Reader) -> Result:
    """One row a property, the moves last."""
    told = [
        (name, document[name]) for name in ("id", "name", "kind", "state", "due", "fields", "taken_by", "agreements") if document.get(name)
    ]
    known = reader.ontology.node_type("Need").properties
    if "properties" in document:
        told += [
            (reader.label(known[name].label) if name in known else name, value)
            for name, value in inner(document, "properties").items()
            if name not in ("state", "kind", "dueDate")
        ]
    moves = "、".join(f"{each['move']} {each['zh']}" for each in documents(document, "moves"))
    return Result(document, FIELD_COLUMNS, [*told, (reader.label(MOVES_LABEL), moves)])


def history_document(need: str, events: Sequence[Event], names: Mapping[str, str], reader: Reader) -> Document:
    """Every move. An expert is told by name to those who may see names."""
    person = reader.ontology.node_type("Person").properties["name"].privacy
    return {
        "need": need,
        "events": [{**event.as_json(), "actor": _actor(event.actor, names, person <= reader.clearance)} for event in events],
    }


def _actor(actor: str, names: Mapping[str, str], may_name: bool) -> str:
    role, _, node = actor.partition(":")
    if not node or (role in ("expert", "reviewer") and not may_name):
        return role
    return f"{role}:{names.get(node, node)}"


def history_result(document: Document) -> Result:
    """One row a move."""
    rows = [tuple(each.get(column.key) for column in EVENT_COLUMNS) for each in documents(document, "events")]
    return Result(document, EVENT_COLUMNS, rows)


def moved_result(document: Document) -> Result:
    """One row: what was done and what stands now."""
    return Result(document, DONE_COLUMNS, [tuple(document[column.key] for column in DONE_COLUMNS)])


def expired_result(document: Document) -> Result:
    """One row a need that has expired."""
    expired = document["expired"]
    assert isinstance(expired, list)
    return Result(document, (Column("need", "需求", "need"),), [(each,) for each in expired])
