"""The read models of an open store: made when first asked for, and brought up to date once the store has moved on by merging what changed.
The projection is opened from its file; names and the search index are built in each process.

Safe for several threads: a model is immutable and swapped whole; while one thread builds, others that need the new one wait for it,
and whoever holds the old one goes on reading it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from graph.ontology.schema import Ontology
from graph.store import Store
from lianyin.kept_projection import KeptProjection

if TYPE_CHECKING:
    from cooperation.matching.ranking import Matcher
    from cooperation.needs.need_list import NeedList
    from cooperation.world import World
    from graph.ledger.recorded import Recorded
    from graph.projection import Projection
    from graph.projection.delta import Delta
    from graph.search import ExactNames
    from graph.search.index import SearchIndex

Model = TypeVar("Model")

PASTS = 2
"""How many states of the past are kept: whoever asks about one asks more than once, and each costs as much memory as the graph."""


class Past(NamedTuple):
    """The graph as it was known once, as arrays and as facts with the rows behind them (``Recorded.evidence``)."""

    projection: Projection
    recorded: Recorded


class ReadModels:
    """Each model belongs to one revision and is replaced whole."""

    def __init__(self, store: Store, ontology: Ontology, path: Path | None = None) -> None:
        """``path`` is where the projection's file lies; without it none is read or written."""
        self._store = store
        self._ontology = ontology
        self.kept = KeptProjection(store, ontology, path)
        self._kept_revision = 0
        self._built: dict[str, tuple[int, object]] = {}
        # One lock a model: names can be looked up while the projection is being built.
        self._building = {name: threading.Lock() for name in ("projection", "names", "search", "needs", "world", "matcher", "past")}
        self._pasts: dict[str, Past] = {}

    @property
    def projection(self) -> Projection:
        """The graph as arrays, for paths. Raises ``StoreDamaged`` if relationships have no ends however often it is read."""
        return self._current("projection", self._project)

    def as_recorded(self, recorded_as_of: str) -> Past:
        """The graph as it was known at a date or time (``graph.ledger.recorded.instant``). A fold of its own, seconds for a hundred
        thousand facts; the last ``PASTS`` are kept. Raises ``QueryProblem``."""
        from graph.ledger.recorded import as_recorded, instant, published_by

        moment = instant(recorded_as_of)
        # All moments between two publications are one: what counts is which loads had been published.
        counted = ",".join(load.id for load in published_by(self._store.loads(), moment))
        with self._building["past"]:
            found = self._pasts.pop(counted, None)
            if found is None:
                recorded = as_recorded(self._store, self._ontology, moment)
                found = Past(_project(recorded, self._ontology), recorded)
            self._pasts[counted] = found
            while len(self._pasts) > PASTS:
                del self._pasts[next(iter(self._pasts))]
        return found

    def projection_as_recorded(self, recorded_as_of: str) -> Projection:
        """The same as arrays, for any question about paths."""
        return self.as_recorded(recorded_as_of).projection

    @property
    def names(self) -> ExactNames:
        """Exact look-up of names."""
        return self._current("names", self._name)

    @property
    def search(self) -> SearchIndex:
        """The search index; the better connected of two equal hits comes first."""
        return self._current("search", self._index)

    @property
    def needs(self) -> NeedList:
        """All needs of the platform, for the desk's lists."""
        return self._current("needs", self._needs)

    @property
    def world(self) -> World:
        """The facts by type, for questions about cooperation."""
        return self._current("world", self._world)

    @property
    def matcher(self) -> Matcher:
        """The matching of needs, with what it learnt from the texts."""
        return self._current("matcher", self._matcher)

    def world_for(self, clearance: int) -> World:
        """The facts as far as a reader of this clearance may know of them."""
        return self.world.known_to(clearance)

    def matcher_for(self, clearance: int) -> Matcher:
        """The matching of the needs that such a reader may know of."""
        if self.world_for(clearance) is self.world:
            return self.matcher

        def build() -> tuple[int, Matcher]:
            from cooperation.matching.ranking import Matcher

            world = self.world_for(clearance)
            return world.revision, Matcher(world)

        return self._current(f"matcher of class {clearance}", build)

    def _current(self, name: str, build: Callable[[], tuple[int, Model]]) -> Model:
        revision = self._store.head().revision
        found = self._built.get(name)
        if found is None or found[0] < revision:
            with self._building.setdefault(name, threading.Lock()):
                found = self._built.get(name)
                if found is None or found[0] < revision:
                    found = self._built[name] = build()
        return found[1]  # type: ignore[return-value] # each name has one builder

    def close(self) -> None:
        """Keeps the projection for the next opening, if its file is behind. The store must still be open."""
        found = self._built.get("projection")
        if found is not None and found[0] > self._kept_revision:
            self.kept.keep(cast("Projection", found[1]))

    def _project(self) -> tuple[int, Projection]:
        from graph.projection.follow import followed, projected

        held = self._built.get("projection")
        known = cast("Projection", held[1]) if held else self._from_file()
        projection = followed(self._store, known) if known is not None else None
        if projection is None or projection.dangling:
            projection = projected(self._store, self._ontology)
            self.kept.keep(projection)
            self._kept_revision = projection.revision
        return projection.revision, projection

    def _from_file(self) -> Projection | None:
        found = self.kept.opened()
        self._kept_revision = found.revision if found else 0
        return found

    def _name(self) -> tuple[int, ExactNames]:
        from graph.search import ExactNames

        held = self._built.get("names")
        if held is not None and (delta := self._since(held[0])) is not None:
            return delta.revision, cast("ExactNames", held[1]).following(delta.nodes, delta.gone_nodes)
        head, nodes, _ = self._store.scan()
        return head.revision, ExactNames.build(nodes, self._ontology)

    def _index(self) -> tuple[int, SearchIndex]:
        from graph.search.index import SearchIndex
        from graph.search.surroundings import hints_of

        held = self._built.get("search")
        know = hints_of(self.projection)
        if held is not None and (delta := self._since(held[0])) is not None:
            index = cast("SearchIndex", held[1]).following(delta.nodes, delta.gone_nodes, delta.revision, know=know)
            if index is not None:
                return delta.revision, index
        head, nodes, _ = self._store.scan()
        return head.revision, SearchIndex.build(nodes, self._ontology, head.revision, know=know)

    def _needs(self) -> tuple[int, NeedList]:
        from cooperation.needs.need_list import followed, read_needs

        held = self._built.get("needs")
        found = followed(self._store, cast("NeedList", held[1])) if held is not None else read_needs(self._store, self._ontology)
        return found.revision, found

    def _world(self) -> tuple[int, World]:
        from cooperation.world import World

        held = self._built.get("world")
        found = cast("World", held[1]).followed(self._store) if held is not None else World.read(self._store, self._ontology)
        return found.revision, found

    def _matcher(self) -> tuple[int, Matcher]:
        from cooperation.matching.ranking import Matcher

        world = self.world
        return world.revision, Matcher(world)

    def _since(self, revision: int) -> Delta | None:
        from graph.projection.follow import SMALL, read_changes

        return read_changes(self._store, revision, SMALL)


def _project(recorded: Recorded, ontology: Ontology) -> Projection:
    from graph.projection import build_projection

    return build_projection(recorded.facts.nodes, recorded.facts.relationships, ontology, recorded.revision)
