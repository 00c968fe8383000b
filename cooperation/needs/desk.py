"""Where needs are moved."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from cooperation.acting import Desk, Done
from cooperation.needs.deciding import MoveDetails, NeedText, decide, decide_edit, drafts_of_post
from cooperation.needs.history import Event, history_of
from cooperation.needs.moves import MOVES, Move, state_of
from cooperation.needs.standing import Standing, is_past, read_need
from cooperation.roles import Actor, Resource, check_right, may
from graph.errors import NotFound, RuleBroken
from graph.messages import message
from graph.model import Draft, Retraction

NOTHING_GIVEN = MoveDetails()


@dataclass(frozen=True, slots=True)
class NeedDesk:
    """Posts needs and moves them; each move is looked at while nobody else can publish."""

    desk: Desk

    def post(self, actor: Actor, text: NeedText, need_id: str = "") -> Done:
        """A new draft of the actor's own. ``need_id`` lets a caller ask again without posting twice."""
        wanted = need_id or f"platform:need-{uuid.uuid4().hex[:12]}"

        def decided() -> list[Draft]:
            check_right(actor, "need.post", Resource(owners=frozenset({actor.node})), message("a need"))
            if self.desk.store.facts(nodes=(wanted,)).nodes:
                raise RuleBroken(
                    message("'{wanted}' has already been posted.", wanted=wanted), rule="need.post.once", where={"parameter": "need"}
                )
            self._check_fields(text)
            return drafts_of_post(wanted, actor.node, text, self.desk.today)

        return self.desk.do(actor, f"need.post {wanted}", wanted, decided)

    def edit(self, actor: Actor, need_id: str, text: NeedText, expected: int | None = None) -> Done:
        """Changes a draft, or one that was returned."""

        def decided() -> list[Draft | Retraction]:
            self._check_fields(text)
            return decide_edit(read_need(self.desk, need_id), MOVES["edit"], actor, text, self.desk.today)

        return self.desk.do(actor, f"need.edit {need_id}", need_id, decided, expected)

    def move(self, actor: Actor, need_id: str, move: Move, given: MoveDetails = NOTHING_GIVEN, expected: int | None = None) -> Done:  # noqa: PLR0917
        """Makes a move of the table."""
        return self.desk.do(
            actor,
            f"{move.right} {need_id}",
            need_id,
            lambda: decide(read_need(self.desk, need_id), move, actor, given, self.desk.today),
            expected,
        )

    def expire_due(self, actor: Actor) -> tuple[str, ...]:
        """Expires every published need whose deadline is over and which the actor may expire; their ids. Each is a move of its own."""
        day, move = self.desk.today.isoformat(), MOVES["expire"]
        _, nodes, _ = self.desk.store.scan(("Need",))
        late = [node.id for node in nodes if state_of(node) in move.before and is_past(str(node.properties.get("dueDate", "")), day)]
        expired = []
        for id in sorted(late):
            if may(actor, move.right, read_need(self.desk, id).resource):
                self.move(actor, id, move)
                expired.append(id)
        return tuple(expired)

    def read(self, need_id: str) -> Standing:
        """The need as it stands. Raises ``NotFound``."""
        return read_need(self.desk, need_id)

    def history(self, need_id: str) -> tuple[Event, ...]:
        """What happened to it. Raises ``NotFound``."""
        return history_of(self.desk.ledger, need_id)

    def _check_fields(self, text: NeedText) -> None:
        known = {node.id for node in self.desk.store.facts(nodes=text.fields).nodes if node.type == "Field"}
        for field in text.fields:
            if field not in known:
                raise NotFound(message("There is no field '{field}'.", field=field), where={"parameter": "field"})
