"""Short words for doing actions in tests."""

from __future__ import annotations

from cooperation.acting import Desk
from cooperation.actions.desk import ActionDesk
from cooperation.actions.register import action_named
from cooperation.reading import read_given
from cooperation.roles import Actor
from graph.errors import NotFound
from graph.messages import message
from graph.model import Node
from tests.cooperation.world import ONTOLOGY


def act(desk: Desk, actor: Actor, name: str, id: str = "", /, **given: object) -> str:
    """Does an action with raw parameters, nodes by their id; the id of the node that it is on."""
    action = action_named(name)
    return ActionDesk(desk).do(actor, action, read_given(action, given, finder(desk), ONTOLOGY), id).subject


def finder(desk: Desk):  # type: ignore[no-untyped-def]
    """Finds nodes by id alone."""

    def find(text: str, parameter: str) -> Node:
        found = desk.store.facts(nodes=(text,)).nodes
        if not found:
            raise NotFound(message("There is no '{id}'.", id=text), where={"parameter": parameter})
        return found[0]

    return find
