"""Actions as they are answered: what can be done and by whom, what was done, what would be stated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianyin.answers.common import Number
from lianyin.answers.reader import Plain, Reader, plain
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from cooperation.acting import Done
    from cooperation.actions.action import Action
    from cooperation.actions.desk import Preview
    from cooperation.incentives.sheets import Sheet
    from cooperation.parameters import Parameter
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
SHEET_COLUMNS = (
    Column("review", "评审", "review"),
    Column("year", "年度", "year", number=True),
    Column("project", "项目", "project"),
    Column("flags", "优先条件", "flags"),
    Column("criteria", "评分项（满分）", "criteria (at most)"),
    Column("total", "我的总分", "my total", number=True),
)


@dataclass(frozen=True, slots=True)
class ActionParameter:
    """One thing that an action takes: ``node`` (of one of ``types``), ``text`` (of ``choices``, where there are some), ``day``, ``number``,
    ``count``, ``flag`` or ``points`` (criterion → points)."""

    name: str
    takes: str
    zh: str
    en: str
    required: bool
    many: bool
    types: list[str]
    choices: list[str]


@dataclass(frozen=True, slots=True)
class PossibleAction:
    """An action that the actor's role may do, over what is ``own``, ``taken``, of the ``district``, or ``all``."""

    action: str
    mechanism: str
    zh: str
    en: str
    scope: str
    parameters: list[ActionParameter]


@dataclass(frozen=True, slots=True)
class ActionsAnswer:
    """What the actor can do."""

    actor: str
    actions: list[PossibleAction]


@dataclass(frozen=True, slots=True)
class Stated:
    """A node or relationship that an action would state."""

    type: str
    subject: str
    object: str | None
    values: dict[str, Plain]


@dataclass(frozen=True, slots=True)
class ActAnswer:
    """What was done: ``subject`` is the node it is on, or that it made, ``act`` the load that ``undo`` takes back. Of a preview there is
    none, and ``states`` tells what would be stated."""

    action: str
    subject: str
    act: str | None
    revision: int | None
    preview: bool
    states: list[Stated]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """One score sheet: the title of a project, the greatest score of each criterion, and the reviewer's own scores (empty until given)."""

    review: str
    year: int
    project: str
    programme: str | None
    flags: list[str]
    criteria: dict[str, Number]
    scores: dict[str, Number]
    total: Number | None


@dataclass(frozen=True, slots=True)
class SheetsAnswer:
    """The score sheets of one reviewer; ``waiting`` are still to be scored."""

    actor: str
    sheets: list[ScoreSheet]
    waiting: int


def actions_answer(actions: Iterable[Action], actor: Actor) -> ActionsAnswer:
    """The actions whose right the actor's role holds."""
    from cooperation.roles import RIGHTS

    scopes = ((action, RIGHTS[action.right].get(actor.role)) for action in actions)
    return ActionsAnswer(
        actor.id,
        [
            PossibleAction(
                action.name,
                action.mechanism,
                action.label.zh,
                action.label.en,
                scope.value,
                [_parameter(parameter) for parameter in action.parameters],
            )
            for action, scope in scopes
            if scope is not None
        ],
    )


def _parameter(parameter: Parameter) -> ActionParameter:
    return ActionParameter(
        parameter.name,
        parameter.takes.value,
        parameter.label.zh,
        parameter.label.en,
        parameter.required,
        parameter.many,
        list(parameter.types),
        list(parameter.choices),
    )


def actions_table(answer: ActionsAnswer, reader: Reader) -> Table:
    """One row an action."""
    rows = [
        (
            action.action,
            action.mechanism,
            say(reader.language, action.zh, action.en),
            action.scope,
            " ".join(taken.name if taken.required else f"[{taken.name}]" for taken in action.parameters),
        )
        for action in answer.actions
    ]
    return Table(ACTION_COLUMNS, rows)


def done_answer(action: Action, done: Done) -> ActAnswer:
    """What was done."""
    return ActAnswer(action.name, done.subject, done.act, done.revision, preview=False, states=[])


def preview_answer(action: Action, preview: Preview) -> ActAnswer:
    """What would be stated, a node or relationship each."""
    states = [
        Stated(draft.type, draft.subject, draft.object or None, {name: plain(value) for name, value in draft.values.items()})
        for draft in preview.drafts
    ]
    return ActAnswer(action.name, preview.subject, None, None, preview=True, states=states)


def act_table(answer: ActAnswer, reader: Reader) -> Table:
    """One row: what was done; of a preview, one row a node or relationship."""
    if not answer.preview:
        return Table(DONE_COLUMNS, [tuple(getattr(answer, column.key) for column in DONE_COLUMNS)])
    rows = [
        (stated.type, stated.subject, stated.object, "，".join(f"{name}={value}" for name, value in stated.values.items()))
        for stated in answer.states
    ]
    return Table(STATED_COLUMNS, rows, title=(say(reader.language, "预览：没有办理", "A preview: nothing was done"),))


def sheets_answer(actor: str, sheets: Sequence[Sheet]) -> SheetsAnswer:
    """The score sheets of one reviewer."""
    told = [
        ScoreSheet(
            review=sheet.review,
            year=sheet.year,
            project=sheet.project,
            programme=sheet.programme or None,
            flags=list(sheet.flags),
            criteria=dict(sheet.criteria),
            scores=dict(sheet.scores),
            total=sheet.total,
        )
        for sheet in sheets
    ]
    return SheetsAnswer(actor, told, waiting=sum(sheet.total is None for sheet in sheets))


def sheets_table(answer: SheetsAnswer, reader: Reader) -> Table:  # noqa: ARG001
    """One row a sheet."""
    rows = []
    for sheet in answer.sheets:
        criteria = "、".join(f"{name} {points:g}" for name, points in sheet.criteria.items())
        rows.append((sheet.review, sheet.year, sheet.project, "、".join(sheet.flags), criteria, sheet.total))
    return Table(SHEET_COLUMNS, rows)
