"""Where actions are done, or tried."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from cooperation.acting import Desk, Done
from cooperation.actions.action import Action, ActionContext
from cooperation.parameters import Arguments
from cooperation.roles import Actor
from graph.errors import RuleBroken
from graph.messages import message
from graph.model import Draft


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action would state of ``subject`` if it were done now."""

    subject: str
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class ActionDesk:
    """Does actions; each is looked at while nobody else can publish."""

    desk: Desk

    def do(self, actor: Actor, action: Action, given: Arguments, id: str = "", expected: int | None = None) -> Done:  # noqa: PLR0917
        """Does it. ``id`` names the node that the action makes, so that a caller may ask again without making two; with ``expected``, the
        revision that the actor has seen, a subject that changed since is left as it is."""
        subject = subject_of(action, given, id)
        return self.desk.do(actor, f"{action.right} {subject}", subject, lambda: self._decided(actor, action, given, subject), expected)

    def preview(self, actor: Actor, action: Action, given: Arguments, id: str = "") -> Preview:  # noqa: PLR0917
        """What it would state, by the same rules, without doing it."""
        subject = subject_of(action, given, id)
        return Preview(subject, tuple(self._decided(actor, action, given, subject)))

    def _decided(self, actor: Actor, action: Action, given: Arguments, subject: str) -> Sequence[Draft]:
        if action.creates and self.desk.store.facts(nodes=(subject,)).nodes:
            raise RuleBroken(
                message("'{subject}' already exists.", subject=subject), rule=f"{action.right}.once", where={"parameter": "id"}
            )
        return action.decide(ActionContext(self.desk, actor, given, subject))


def subject_of(action: Action, given: Arguments, id: str = "") -> str:
    """The node that the act is on: for one that makes a node its id, made up unless it is given."""
    if action.standing_for is not None:
        return action.standing_for(given)
    if action.creates:
        return id or f"platform:{action.creates.lower()}-{uuid.uuid4().hex[:12]}"
    return given.text(action.on)
