"""Actions as they are answered: what can be done and by whom, what was done, what would be stated."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from lianyin.answers.reader import Document, documents, inner
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from cooperation.acting import Done
    from cooperation.actions.action import Action
    from cooperation.actions.desk import Preview
    from cooperation.incentives.sheets import Sheet
    from cooperation.roles import Actor

ACTION_COLUMNS = (
    Column("action", "办理", "action"),
    Column("mechanism", "机制", "mechanism"),
    Column("label", "说明", "what it is"),
    Column("scope", "范围", "over what"),
    Column("parameters", "参数", "takes"),
)
DONE_COLUMNS = (
    Column("action", "办理", "action"),
    Column("subject", "对象", "on"),
    Column("act", "记录", "act"),
    Column("revision", "版本", "revision", number=True),
)
STATED_COLUMNS = (
    Column("type", "类型", "type"),
    Column("subject", "对象", "on"),
    Column("object", "到", "to"),
    Column("values", "内容", "what it would state"),
)


def actions_document(actions: Iterable[Action], actor: Actor) -> Document:
    """The actions whose right the actor's role holds."""
    from cooperation.roles import RIGHTS

    rows = []
    for action in actions:
        scope = RIGHTS[action.right].get(actor.role)
        if scope is not None:
            rows.append(
                {
                    "action": action.name,
                    "mechanism": action.mechanism,
                    "zh": action.label.zh,
                    "en": action.label.en,
                    "scope": scope.value,
                    "parameters": [
                        {
                            "name": each.name,
                            "takes": each.takes.value,
                            "zh": each.label.zh,
                            "en": each.label.en,
                            "required": each.required,
                            "many": each.many,
                            "types": list(each.types),
                            "choices": list(each.choices),
                        }
                        for each in action.parameters
                    ],
                }
            )
    return {"actor": actor.id, "actions": rows}


def actions_result(document: Document, language: str) -> Result:
    """One row an action."""
    rows = [
        (
            each["action"],
            each["mechanism"],
            each["zh" if language == "zh" else "en"],
            each["scope"],
            " ".join(str(one["name"]) if one["required"] else f"[{one['name']}]" for one in documents(each, "parameters")),
        )
        for each in documents(document, "actions")
    ]
    return Result(document, ACTION_COLUMNS, rows)


def act_document(action: Action, done: Done) -> Document:
    """What was done."""
    return {"action": action.name, "subject": done.subject, "act": done.act, "revision": done.revision, "preview": False, "states": []}


def preview_document(action: Action, preview: Preview) -> Document:
    """What would be stated, a node or relationship each."""
    states = [
        {
            "type": draft.type,
            "subject": draft.subject,
            "object": draft.object or None,
            "values": {name: list(value) if isinstance(value, tuple) else value for name, value in draft.values.items()},
        }
        for draft in preview.drafts
    ]
    return {"action": action.name, "subject": preview.subject, "act": None, "revision": None, "preview": True, "states": states}


def act_result(document: Document) -> Result:
    """One row: what was done; of a preview, one row a node or relationship."""
    if not document["preview"]:
        return Result(document, DONE_COLUMNS, [tuple(document[column.key] for column in DONE_COLUMNS)])
    rows = [
        (each["type"], each["subject"], each["object"], _told(cast("Mapping[str, object]", each["values"])))
        for each in documents(document, "states")
    ]
    return Result(document, STATED_COLUMNS, rows)


def _told(values: Mapping[str, object]) -> str:
    return "，".join(f"{name}={value}" for name, value in values.items())


def sheets_document(actor: str, sheets: Sequence[Sheet]) -> Document:
    """The score sheets of one reviewer."""
    return {
        "actor": actor,
        "sheets": [
            {
                "review": each.review,
                "year": each.year,
                "project": each.project,
                "programme": each.programme or None,
                "flags": list(each.flags),
                "criteria": dict(each.criteria),
                "scores": dict(each.scores),
                "total": each.total,
            }
            for each in sheets
        ],
        "waiting": sum(each.total is None for each in sheets),
    }


SHEET_COLUMNS = (
    Column("review", "评审", "review"),
    Column("year", "年度", "year", number=True),
    Column("project", "项目", "project"),
    Column("flags", "优先条件", "flags"),
    Column("criteria", "评分项（满分）", "criteria (at most)"),
    Column("total", "我的总分", "my total", number=True),
)


def sheets_result(document: Document) -> Result:
    """One row a sheet."""
    rows = []
    for each in documents(document, "sheets"):
        criteria = "、".join(f"{name} {points:g}" for name, points in inner(each, "criteria").items())
        flags = each["flags"]
        assert isinstance(flags, Sequence)
        rows.append((each["review"], each["year"], each["project"], "、".join(map(str, flags)), criteria, each["total"]))
    return Result(document, SHEET_COLUMNS, rows)
