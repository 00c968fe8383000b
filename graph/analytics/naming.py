"""Nodes as an answer shows them."""

from __future__ import annotations

from collections.abc import Iterable

from graph.captions import Captions, Named
from graph.projection import Projection


class Names:
    """Names nodes of the projection for one answer, by their numbers; the same node always alike."""

    def __init__(self, projection: Projection, clearance: int) -> None:
        self._projection = projection
        self._captions = Captions(projection.ontology, clearance)

    def of(self, number: int) -> Named:
        """The node of this number."""
        projection = self._projection
        classes = int(projection.name_classes[number]), int(projection.id_classes[number])
        return self._captions.of(projection.node_ids[number], projection.kind(number).type, projection.names[number], classes)

    def all(self, numbers: Iterable[int]) -> tuple[Named, ...]:
        """Likewise for several, in their order."""
        return tuple(self.of(int(number)) for number in numbers)

    def new(self, id: str, type: str, name: str) -> Named:
        """A node that the asker made up: there is nothing to hold back."""
        return self._captions.of(id, type, name, (0, 0))
