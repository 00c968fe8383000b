"""An open graph for one reader: the store, what is known of it, who reads and who acts. Operations answer within a session."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from graph.errors import Conflict
from graph.factory import open_store
from graph.ledger import Ledger
from graph.messages import message
from graph.model import Node
from graph.ontology.schema import Ontology
from graph.stop import Stop
from graph.store import QueryLimits, Store
from lianyin.answers.reader import Reader
from lianyin.evidence import rows_behind, words_seen
from lianyin.kept_projection import file_path
from lianyin.readmodels import ReadModels
from lianyin.settings import Settings, load_types, read_settings

if TYPE_CHECKING:
    from cooperation.acting import Desk
    from cooperation.roles import Actor
    from cooperation.world import World
    from graph.paths import AnswerContext
    from graph.projection import Projection
    from graph.search import Hit

SILENCE_SECONDS = 900.0
"""A load on a shared store that gave no sign of life for so long was left behind: twice the longest step seen."""

ATTEMPTS = 3
"""How often a question is asked again when a load was published while it was being answered."""

T = TypeVar("T")


def open_session(url: str | None = None, *, settings: Settings | None = None) -> Session:
    """Opens a graph: the store of ``url``, else of the settings, else an embedded one in the user's data folder. Raises the
    ``StoreProblem`` that fits."""
    chosen = settings or read_settings()
    if url is not None:
        chosen = chosen.model_copy(update={"store": url, "store_auth_file": None})
    ontology = load_types(chosen)
    return Session(open_store(chosen.store_url(), ontology), ontology, chosen)


class Session:
    """Safe for several threads: the store is, and the read models are swapped whole."""

    def __init__(self, store: Store, ontology: Ontology, settings: Settings) -> None:
        """Takes over the store; a load that was left behind unpublished is withdrawn."""
        self.store = store
        self.ontology = ontology
        self.settings = settings
        self.ledger = Ledger(store, ontology)
        self.models = ReadModels(store, ontology, file_path(store.url, settings))
        self.stop: Stop | None = None
        self.actor: Actor | None = None
        self._dated: dict[str, tuple[int, str]] = {}
        self.ledger.recover(0.0 if store.url.startswith("kglite:") else SILENCE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Keeps what was read for the next opening and closes the store. Idempotent."""
        self.models.close()
        self.store.close()

    def read_by(self, *, stop: Stop | None = None, **chosen: object) -> Self:
        """The same open graph for another reader: ``clearance``, ``language``, ``today`` as in the settings; ``stop`` ends whatever is
        asked of it. Only the first is closed."""
        other = copy.copy(self)
        other.settings = self.settings.model_copy(update=chosen)
        other.stop = stop or self.stop
        return other

    def acting(self, text: str) -> Self:
        """The same open graph for somebody who acts: ``ROLE`` or ``ROLE:NAME`` (``cooperation.actors``). Raises ``QueryProblem``."""
        from cooperation.actors import read_actor

        other = copy.copy(self)
        other.actor = read_actor(text, self.node, self.store, self.ontology)
        return other

    def seen_as(self, text: str) -> Self:
        """The same as this actor sees it: no more than their class, and no more than the reader may."""
        from cooperation.roles import CLASS_OF

        other = self.acting(text)
        clearance = min(self.reader.clearance, CLASS_OF.get(other.actor_known.role, self.reader.clearance))
        return other.read_by(clearance=clearance)

    @property
    def actor_known(self) -> Actor:
        """Who acts, where somebody must."""
        assert self.actor is not None  # a transport sees to it
        return self.actor

    @property
    def store_url(self) -> str:
        """Where the store is, without any password."""
        return self.store.url

    @property
    def reader(self) -> Reader:
        """Who the settings say is reading."""
        return Reader(self.ontology, self.settings.clearance, self.settings.language, self.today)

    @property
    def today(self) -> datetime.date:
        """The day that ``now`` means: the setting's, else the machine's."""
        return self.settings.today or datetime.date.today()

    @property
    def data_date(self) -> str | None:
        """The latest date of the sources that are loaded now."""
        revision = self.store.head().revision
        dated, date = self._dated.get("loads", (-1, ""))
        if dated != revision:
            date = self.store.data_date()
            self._dated["loads"] = revision, date
        return date or None

    @property
    def limits(self) -> QueryLimits:
        """What a query of the store may cost."""
        chosen = self.settings
        return QueryLimits(chosen.max_rows, chosen.max_milliseconds, chosen.max_bytes, self.stop)

    @property
    def desk(self) -> Desk:
        """Where acts are done, today."""
        from cooperation.acting import Desk

        return Desk(self.store, self.ontology, self.ledger, self.today)

    @property
    def world(self) -> World:
        """The facts by type, as far as the reader may know them."""
        return self.models.world_for(self.reader.clearance)

    def steady(self, answer: Callable[[], T]) -> T:
        """An answer that is of one revision. It is made from the read model and from the store: when a load is published in between, the
        rows behind a hop may be gone, so the question is asked again. Raises ``Conflict`` after ``ATTEMPTS``."""
        for _ in range(ATTEMPTS):
            revision = self.store.head().revision
            answered = answer()
            if self.store.head().revision == revision:
                return answered
        raise Conflict(
            message("Loads are being published faster than this question can be answered."), hint=message("Ask again in a moment.")
        )

    def node(self, text: str, parameter: str = "node") -> Node:
        """The node of an id, an identifier or a caption. Raises ``NotFound`` or ``Ambiguous``; ``parameter`` is what an error names."""
        from lianyin.names import find_node

        return find_node(text, self.store, lambda: self.models.names, self._near, self.reader, parameter)

    def id_of(self, text: str, parameter: str) -> str:
        """The id of the node that ``text`` names; ``parameter`` is what an error names."""
        return self.node(text, parameter).id

    def _near(self, text: str) -> list[Hit]:
        from lianyin.names import CANDIDATES

        return self.models.search.search(text, limit=CANDIDATES, clearance=self.settings.clearance)

    def context(self) -> AnswerContext:
        """For whom and when an answer about paths is made, and what it may cost."""
        from graph.paths import AnswerContext, Bounds

        chosen = self.settings
        bounds = Bounds(
            max_hops=chosen.max_hops,
            paths=chosen.max_paths,
            rows=chosen.max_rows,
            degree=chosen.max_degree,
            milliseconds=chosen.max_milliseconds,
            work=chosen.max_work,
            bytes=chosen.max_bytes,
        )
        return AnswerContext(self.today, self.data_date or "", chosen.clearance, self.evidence, bounds, self.stop or Stop())

    def evidence(self, relationships: Sequence[str]) -> dict[str, list[dict[str, object]]]:
        """The rows behind relationships, by their ids: ``{"load", "file", "sheet", "row"}``, the most trusted first."""
        return self.evidence_for(self.settings.clearance, relationships)

    def evidence_for(self, clearance: int, relationships: Sequence[str]) -> dict[str, list[dict[str, object]]]:
        """The same for a reader of another clearance, such as a picture's."""
        facts = self.store.facts(relationships=relationships).relationships
        return rows_behind(self.ledger.relationship_evidence(facts), self.file_names(clearance), words_seen(self.ontology, clearance))

    def file_names(self, clearance: int, projection: Projection | None = None) -> Callable[[str], str]:
        """How the names of files, sheets and documents are shown to a reader of this clearance; the names in ``projection`` (the present
        one, if not given) are masked in them."""
        types = self.ontology.node_types.values()
        if not any(each.properties["name"].privacy > clearance for each in types if "name" in each.properties):
            return str
        from lianyin.filenames import file_names

        return file_names(projection or self.models.projection, clearance).shown
