"""Needs as they are answered: in lists, one by one, with their history."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.ontology.schema import Label
from lianyin.answers.reader import Plain, Reader, plain
from lianyin.language import say
from lianyin.results import Column, Table

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


@dataclass(frozen=True)
class NeedEnd:
    """Whose need it is."""

    id: str
    caption: str


@dataclass(frozen=True)
class NeedBrief:
    """A need in a list. ``taken_by`` counts the experts who have taken it on and not stepped back."""

    id: str
    name: str
    kind: str | None
    state: str
    since: str | None
    due: str | None
    overdue: bool
    fields: list[str]
    secret: bool
    enterprises: list[NeedEnd]
    taken_by: int
    districts: list[str]


@dataclass(frozen=True)
class SecretNeed:
    """All that is told of a secret need to whom it is not open."""

    id: str
    name: str
    state: str
    fields: list[str]
    secret: bool


@dataclass(frozen=True)
class NeedsAnswer:
    """The needs that the actor may see; ``total`` and ``by_state`` count all of them."""

    actor: str
    as_of: str
    revision: int
    total: int
    by_state: dict[str, int]
    needs: list[NeedBrief | SecretNeed]
    truncated: bool
    limit: str | None


@dataclass(frozen=True)
class PossibleMove:
    """A move that the actor can make now, and what must be given with it."""

    move: str
    zh: str
    requires: list[str]


@dataclass(frozen=True)
class NeedAnswer(NeedBrief):
    """One need. Send ``revision`` as ``expected`` with a move: a need that changed since is then left as it is."""

    properties: dict[str, Plain]
    agreements: list[str]
    moves: list[PossibleMove]
    revision: int


@dataclass(frozen=True)
class SecretNeedAnswer(SecretNeed):
    """One need that is not open to the actor."""

    moves: list[PossibleMove]
    revision: int


@dataclass(frozen=True)
class NeedEvent:
    """One move on a need: the act, when (UTC), by whom, and the states before and after it."""

    act: str
    at: str
    actor: str
    move: str
    before: str | None
    state: str | None
    reason: str | None
    evidence: str | None


@dataclass(frozen=True)
class NeedHistory:
    """Every move on a need."""

    need: str
    events: list[NeedEvent]


@dataclass(frozen=True)
class MoveAnswer:
    """What was done, and the state that stands now."""

    need: str
    move: str
    state: str
    act: str
    revision: int


@dataclass(frozen=True)
class NeedsExpired:
    """The needs that were expired."""

    expired: list[str]
    total: int
    as_of: str


def need_brief(row: NeedRow, names: Mapping[str, str], *, inside: bool, day: str) -> NeedBrief | SecretNeed:
    """A need in a list. Of a secret one only title and field are shown, unless the actor is ``inside``."""
    fields = [names.get(id, id) for id in row.fields]
    if not inside:
        return SecretNeed(row.id, row.name, row.state.value, fields, secret=True)
    return NeedBrief(
        id=row.id,
        name=row.name,
        kind=row.kind or None,
        state=row.state.value,
        since=row.since or None,
        due=row.due or None,
        overdue=row.is_overdue(day),
        fields=fields,
        secret=row.secret,
        enterprises=[NeedEnd(id, names.get(id, id)) for id in row.enterprises],
        taken_by=len(row.takers),
        districts=sorted(names[id] for id in row.districts if id in names),
    )


def need_answer(
    brief: NeedBrief | SecretNeed, standing: Standing, legal: Sequence[Move], reader: Reader, revision: int
) -> NeedAnswer | SecretNeedAnswer:
    """One need: as in a list, with its further properties as far as the reader's clearance goes, and what can be done."""
    moves = [PossibleMove(move.name, move.label.zh, list(move.requires)) for move in legal]
    told = {field.name: getattr(brief, field.name) for field in dataclasses.fields(brief)}
    if isinstance(brief, SecretNeed):
        return SecretNeedAnswer(**told, moves=moves, revision=revision)
    properties = {name: plain(value) for name, value in reader.properties(standing.node).items()}
    return NeedAnswer(**told, properties=properties, agreements=list(standing.agreements), moves=moves, revision=revision)


def history_answer(need: str, events: Sequence[Event], names: Mapping[str, str], reader: Reader) -> NeedHistory:
    """Every move. An expert is told by name to those who may see names."""
    may_name = reader.ontology.node_type("Person").properties["name"].privacy <= reader.clearance

    def told(event: Event) -> NeedEvent:
        actor = _actor(event.actor, names, may_name)
        before, state, reason, evidence = (text or None for text in (event.before, event.state, event.reason, event.evidence))
        return NeedEvent(event.act, event.at, actor, event.move, before, state, reason, evidence)

    return NeedHistory(need, [told(event) for event in events])


def _actor(actor: str, names: Mapping[str, str], may_name: bool) -> str:
    role, _, node = actor.partition(":")
    if not node or (role in ("expert", "reviewer") and not may_name):
        return role
    return f"{role}:{names.get(node, node)}"


def needs_table(answer: NeedsAnswer, reader: Reader) -> Table:
    """One row a need."""
    rows = [_need_row(need) for need in answer.needs]
    listed = say(reader.language, f"共 {answer.total} 项，列出 {len(rows)}", f"{answer.total} needs, {len(rows)} listed")
    return Table(NEED_COLUMNS, rows, title=(listed,))


def _need_row(need: NeedBrief | SecretNeed) -> Sequence[object]:
    if isinstance(need, SecretNeed):
        return (need.id, need.name, None, need.state, None, "", "", None)
    enterprises = "、".join(end.caption for end in need.enterprises)
    return (need.id, need.name, need.kind, need.state, need.due, "!" if need.overdue else "", enterprises, need.taken_by)


def need_table(answer: NeedAnswer | SecretNeedAnswer, reader: Reader) -> Table:
    """One row a property, the moves last."""
    names = ("id", "name", "kind", "state", "due", "fields", "taken_by", "agreements")
    rows: list[Sequence[object]] = [(name, getattr(answer, name)) for name in names if getattr(answer, name, None)]
    known = reader.ontology.node_type("Need").properties
    if isinstance(answer, NeedAnswer):
        rows += [
            (reader.label(known[name].label) if name in known else name, value)
            for name, value in answer.properties.items()
            if name not in ("state", "kind", "dueDate")
        ]
    moves = "、".join(f"{move.move} {move.zh}" for move in answer.moves)
    return Table(FIELD_COLUMNS, [*rows, (reader.label(MOVES_LABEL), moves)])


def history_table(answer: NeedHistory, reader: Reader) -> Table:  # noqa: ARG001
    """One row a move."""
    return Table(EVENT_COLUMNS, [tuple(getattr(event, column.key) for column in EVENT_COLUMNS) for event in answer.events])


def moved_table(answer: MoveAnswer, reader: Reader) -> Table:  # noqa: ARG001
    """One row: what was done and what stands now."""
    return Table(DONE_COLUMNS, [tuple(getattr(answer, column.key) for column in DONE_COLUMNS)])


def expired_table(answer: NeedsExpired, reader: Reader) -> Table:
    """One row a need that has expired."""
    told = say(reader.language, f"{answer.total} 项过期", f"{answer.total} needs expired")
    return Table((Column("need", "需求", "need"),), [(need,) for need in answer.expired], title=(told,))
