"""Actions at the desk: what there is to do, doing it, and trying what it would state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from graph.messages import message
from lianyin.answers.acts import act_document, actions_document, preview_document, sheets_document
from lianyin.answers.reader import Document

if TYPE_CHECKING:
    from cooperation.roles import Actor
    from lianyin.local_platform import LocalPlatform

Parameters = Mapping[str, object]


def _actions(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:  # noqa: ARG001
    from cooperation.actions.register import ACTIONS

    return actions_document(ACTIONS.values(), actor)


def _act(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:
    from cooperation.actions.desk import ActionDesk
    from cooperation.actions.register import action_named
    from cooperation.reading import read_given

    action = action_named(str(asked["action"]))
    given = read_given(action, _mapping(asked.get("given")), platform.find, platform.desk.ontology)
    desk, id = ActionDesk(platform.desk), str(asked.get("id") or "")
    if asked.get("preview"):
        return preview_document(action, desk.preview(actor, action, given, id))
    expected = asked.get("expected")
    return act_document(action, desk.do(actor, action, given, id, None if expected is None else int(str(expected))))


def _sheets(platform: LocalPlatform, actor: Actor, asked: Parameters) -> Document:  # noqa: ARG001
    from cooperation.incentives.sheets import sheets_of
    from cooperation.roles import Resource, check_right

    check_right(actor, "incentive.sheets", Resource(takers=frozenset({actor.node})), message("score sheets"))
    return sheets_document(actor.id, sheets_of(platform.client.models.world, actor.node))


def _mapping(value: object) -> Mapping[str, object]:
    return {str(name): each for name, each in value.items()} if isinstance(value, Mapping) else {}


ACT_ANSWERS: Mapping[str, Callable[[LocalPlatform, Actor, Parameters], Document]] = {
    "actions": _actions,
    "act": _act,
    "sheets": _sheets,
}
"""By the names that ``lianyin.platform`` gives them."""
