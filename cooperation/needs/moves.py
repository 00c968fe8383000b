"""The states of a need and the moves between them, as a table. Who may make a move is in ``cooperation.roles``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.errors import QueryProblem
from graph.messages import message
from graph.model import Node
from graph.ontology.schema import Label


class State(StrEnum):
    """As ``Need.state`` of the ontology has them."""

    DRAFT = "草稿"
    IN_REVIEW = "待审核"
    RETURNED = "退回"
    PUBLISHED = "已发布"
    ACCEPTED = "已接单"
    IN_TALKS = "对接中"
    SIGNED = "已签约"
    UNDER_WAY = "实施中"
    DELIVERED = "待验收"
    COMPLETED = "已完成"
    WITHDRAWN = "撤回"
    EXPIRED = "过期"
    TERMINATED = "终止"


ENDED = frozenset({State.COMPLETED, State.WITHDRAWN, State.EXPIRED, State.TERMINATED})
"""From these no move leads on."""

OPEN_TO_EXPERTS = frozenset({State.PUBLISHED, State.ACCEPTED, State.IN_TALKS})
"""An expert may take the need on; 接单 is not 签约, so others may still come."""


@dataclass(frozen=True, slots=True)
class Move:
    """``after`` is ``None`` where it depends on who is left (an expert takes the need on beside others, or steps back). ``requires`` are
    what must be given: a ``reason``, an ``agreement`` that both sides signed, ``evidence`` of acceptance."""

    name: str
    label: Label
    before: frozenset[State]
    after: State | None
    requires: tuple[str, ...] = ()

    @property
    def right(self) -> str:
        """What ``cooperation.roles`` calls the right to make it."""
        return f"need.{self.name}"


def _move(name: str, zh: str, before: frozenset[State] | State, after: State | None, *requires: str) -> Move:  # noqa: PLR0917
    states = before if isinstance(before, frozenset) else frozenset({before})
    return Move(name, Label(zh, name), states, after, requires)


_UNSIGNED = frozenset({State.DRAFT, State.IN_REVIEW, State.RETURNED, *OPEN_TO_EXPERTS})
_CARRIED_OUT = frozenset({State.SIGNED, State.UNDER_WAY, State.DELIVERED})

MOVES: Mapping[str, Move] = MappingProxyType(
    {
        move.name: move
        for move in (
            _move("edit", "修改", frozenset({State.DRAFT, State.RETURNED}), None),
            _move("submit", "提交", frozenset({State.DRAFT, State.RETURNED}), State.IN_REVIEW),
            _move("return", "退回", State.IN_REVIEW, State.RETURNED, "reason"),
            _move("publish", "发布", State.IN_REVIEW, State.PUBLISHED),
            _move("accept", "接单", OPEN_TO_EXPERTS, None),
            _move("decline", "退单", frozenset({State.ACCEPTED, State.IN_TALKS}), None),
            _move("talk", "对接", State.ACCEPTED, State.IN_TALKS),
            _move("sign", "签约", State.IN_TALKS, State.SIGNED, "agreement"),
            _move("start", "实施", State.SIGNED, State.UNDER_WAY),
            _move("deliver", "交付", State.UNDER_WAY, State.DELIVERED),
            _move("rework", "返工", State.DELIVERED, State.UNDER_WAY, "reason"),
            _move("complete", "验收", State.DELIVERED, State.COMPLETED, "evidence"),
            _move("withdraw", "撤回", _UNSIGNED, State.WITHDRAWN, "reason"),
            _move("expire", "过期", frozenset({State.PUBLISHED, State.ACCEPTED}), State.EXPIRED),
            _move("terminate", "终止", _CARRIED_OUT, State.TERMINATED, "reason"),
        )
    }
)
"""By name."""

POST = Label("发单", "post")
"""How a need begins: as a draft."""

_BY_LABEL = {move.label.zh: move for move in MOVES.values()}


def state_of(need: Node) -> State:
    """The state of a need; one from a file that tells none was on the platform: published."""
    return State(str(need.properties.get("state") or State.PUBLISHED.value))


def move_named(text: str) -> Move:
    """A move by its name or its Chinese label. Raises ``QueryProblem``."""
    found = MOVES.get(text.strip().casefold()) or _BY_LABEL.get(text.strip())
    if found is None:
        known = ", ".join(f"{move.name} {move.label.zh}" for move in MOVES.values())
        raise QueryProblem(
            message("'{text}' is not a move of a need.", text=text),
            hint=message("Moves: {known}.", known=known),
            where={"parameter": "move"},
        )
    return found


def moves_from(state: State) -> tuple[Move, ...]:
    """The moves that may follow in a state, whoever makes them."""
    return tuple(move for move in MOVES.values() if state in move.before)
