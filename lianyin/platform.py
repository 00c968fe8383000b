"""The matching platform (产才对接云平台) as one acts on it: the same for a graph that is open here and for one that a server holds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

from lianyin.answers.acts import act_result, actions_result, sheets_result
from lianyin.answers.needs import expired_result, history_result, moved_result, need_result, needs_result
from lianyin.answers.notices import notices_result, sent_result
from lianyin.answers.reader import Document, Reader
from lianyin.results import Result

LISTED = 100
"""Needs listed unless more are asked for: what a person reads; the total is told."""


class Platform(ABC):
    """``actor`` is ``ROLE`` or ``ROLE:NAME``, as in ``enterprise:扬州示例重工有限公司`` (``cooperation.actors``)."""

    @property
    @abstractmethod
    def reader(self) -> Reader:
        """Who is reading."""

    @abstractmethod
    def ask(self, question: str, actor: str, parameters: Mapping[str, object]) -> Document:
        """The answer to a question, or what came of a move, as plain data."""

    def needs(  # noqa: PLR0917
        self, actor: str, states: Sequence[str] = (), district: str = "", *, mine: bool = False, overdue: bool = False, limit: int = LISTED
    ) -> Result:
        """The needs that the actor may see, by deadline: of these states, in this district, their own only, those past their deadline."""
        asked = {"state": tuple(states), "district": district, "mine": mine, "overdue": overdue, "limit": limit}
        return needs_result(self.ask("needs", actor, asked))

    def need(self, actor: str, need: str) -> Result:
        """One need as the actor may see it, with the moves that they can make."""
        return need_result(self.ask("need", actor, {"need": need}), self.reader)

    def need_history(self, actor: str, need: str) -> Result:
        """Every move on a need: when, by whom, why."""
        return history_result(self.ask("need-history", actor, {"need": need}))

    def post_need(self, actor: str, text: Mapping[str, object], need: str = "") -> Result:
        """A new draft. ``text`` has ``name``, ``kind`` (人才, 技术) and perhaps ``detail``, ``budget_wan``, ``due``, ``field``,
        ``must_have``, ``trl``, ``secret``."""
        return moved_result(self.ask("post-need", actor, {**text, "need": need}))

    def edit_need(self, actor: str, need: str, text: Mapping[str, object], expected: int | None = None) -> Result:
        """Changes a draft; what is not said stays, what ``clear`` names (``detail``, ``due`` …) is taken away, must-haves and fields that
        are given replace those there were."""
        return moved_result(self.ask("edit-need", actor, {**text, "need": need, "expected": expected}))

    def move_need(self, actor: str, need: str, move: str, given: Mapping[str, str] | None = None, expected: int | None = None) -> Result:  # noqa: PLR0917
        """Makes a move. ``given`` may hold ``reason``, ``agreement``, ``evidence``; with ``expected``, the revision that the actor has
        seen, a need that changed since is left as it is."""
        return moved_result(self.ask("move-need", actor, {**(given or {}), "need": need, "move": move, "expected": expected}))

    def expire_needs(self, actor: str) -> Result:
        """Expires every published need whose deadline is over, as far as the actor may."""
        return expired_result(self.ask("expire-needs", actor, {}))

    def actions(self, actor: str) -> Result:
        """What the actor can do besides moving needs, with what each action takes."""
        return actions_result(self.ask("actions", actor, {}), self.reader.language)

    def act(  # noqa: PLR0917
        self, actor: str, action: str, given: Mapping[str, object], *, id: str = "", expected: int | None = None, preview: bool = False
    ) -> Result:
        """Does an action of the five mechanisms (``cooperation.actions``), or shows what it would state (``preview``). ``given`` has its
        parameters; ``id`` names the node that it makes, so that asking again makes nothing twice."""
        asked = {"action": action, "given": dict(given), "id": id, "expected": expected, "preview": preview}
        return act_result(self.ask("act", actor, asked))

    def sheets(self, actor: str) -> Result:
        """The reviewer's own score sheets: blind to who runs a project and to what others scored."""
        return sheets_result(self.ask("sheets", actor, {}))

    def notices(self, actor: str) -> Result:
        """The outbox, and what is due and not in it yet."""
        return notices_result(self.ask("notices", actor, {}))

    def send_notices(self, actor: str, limit: int = 1000) -> Result:
        """Writes down what is due, then sends what is ready."""
        return sent_result(self.ask("send-notices", actor, {"limit": limit}))
