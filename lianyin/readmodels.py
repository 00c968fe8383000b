"""The read models of an open store: built when first asked for, and anew once the store has moved on.

Safe for several threads: a model is immutable and swapped whole; while one thread builds, others that need the new one wait for it,
and whoever holds the old one goes on reading it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from graph.errors import StoreDamaged
from graph.ontology.schema import Ontology
from graph.store import Store

if TYPE_CHECKING:
    from graph.projection import Projection
    from graph.search import ExactNames
    from graph.search.index import SearchIndex

Model = TypeVar("Model")

SCANS = 3
"""How often the store is read again when a commit fell into the reading."""


class ReadModels:
    """Each model belongs to one revision and is replaced whole."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        self._ontology = ontology
        self._built: dict[str, tuple[int, object]] = {}
        # One lock a model: names can be looked up while the projection is being built.
        self._building = {name: threading.Lock() for name in ("projection", "names", "search")}

    @property
    def projection(self) -> Projection:
        """The graph as arrays, for paths. Raises ``StoreDamaged`` if relationships have no ends however often it is read."""
        return self._current("projection", self._project)

    @property
    def names(self) -> ExactNames:
        """Exact look-up of names."""
        return self._current("names", self._name)

    @property
    def search(self) -> SearchIndex:
        """The search index; the better connected of two equal hits comes first."""
        return self._current("search", self._index)

    def _current(self, name: str, build: Callable[[], tuple[int, Model]]) -> Model:
        revision = self._store.head().revision
        found = self._built.get(name)
        if found is None or found[0] < revision:
            with self._building[name]:
                found = self._built.get(name)
                if found is None or found[0] < revision:
                    found = self._built[name] = build()
        return found[1]  # type: ignore[return-value] # each name has one builder

    def _project(self) -> tuple[int, Projection]:
        from graph.projection import build_projection

        for _ in range(SCANS):
            head, nodes, relationships = self._store.scan()
            projection = build_projection(nodes, relationships, self._ontology, head.revision)
            if not projection.dangling:
                return head.revision, projection
        raise StoreDamaged(
            f"{len(projection.dangling)} relationships have an end that is no node, for example {projection.dangling[0]}.",
            hint="Load the source files into a new store.",
        )

    def _name(self) -> tuple[int, ExactNames]:
        from graph.search import ExactNames

        head, nodes, _ = self._store.scan()
        return head.revision, ExactNames.build(nodes, self._ontology)

    def _index(self) -> tuple[int, SearchIndex]:
        from graph.search.exact import Hints
        from graph.search.index import SearchIndex
        from graph.search.surroundings import surroundings

        projection = self.projection

        def degree(node_id: str) -> int:
            number = projection.node_ids.find(node_id)
            return projection.degree(number) if number >= 0 else 0

        head, nodes, _ = self._store.scan()
        know = Hints(degree=degree, surroundings=surroundings(projection))
        return head.revision, SearchIndex.build(nodes, self._ontology, head.revision, know=know)
