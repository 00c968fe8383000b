"""The matching platform (产才对接云平台) as one acts on it: the same for a graph that is open here and for one that a server holds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping

from lianyin.answers.acts import act_result, actions_result, sheets_result
from lianyin.answers.notices import notices_result, sent_result
from lianyin.answers.reader import Document, Reader
from lianyin.results import Result


class Platform(ABC):
    """``actor`` is ``ROLE`` or ``ROLE:NAME``, as in ``enterprise:扬州示例重工有限公司`` (``cooperation.actors``)."""

    @property
    @abstractmethod
    def reader(self) -> Reader:
        """Who is reading."""

    @abstractmethod
    def ask(self, question: str, actor: str, parameters: Mapping[str, object]) -> Document:
        """The answer to a question, or what came of a move, as plain data."""

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
