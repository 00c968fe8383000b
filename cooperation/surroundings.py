"""What is around a node, whoever answers: the desk from its store, or a world that is read already."""

from __future__ import annotations

from typing import Protocol

from cooperation.acting import Around, Desk
from cooperation.world import World


class Surroundings(Protocol):
    """Ends of relationships and types of nodes, by id."""

    def ends(self, id: str, type: str, *, out: bool) -> tuple[str, ...]:
        """The nodes that relationships of this type lead to (``out``) or come from, sorted."""

    def type_of(self, id: str) -> str:
        """The type of a node, ``""`` of one that is not there."""


class DeskSurroundings:
    """As they stand in the desk's store; each node is looked at once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Around | None] = {}

    def ends(self, id: str, type: str, *, out: bool) -> tuple[str, ...]:
        found = self._around(id)
        return () if found is None else found.ends(type, out=out)

    def type_of(self, id: str) -> str:
        for each in self._known.values():
            if each is not None and id in each.others:
                return each.others[id].type
        found = self._around(id)
        return "" if found is None else found.node.type

    def _around(self, id: str) -> Around | None:
        if id not in self._known:
            self._known[id] = self._desk.around(id)
        return self._known[id]


class WorldSurroundings:
    """As a world has them."""

    def __init__(self, world: World) -> None:
        self._world = world

    def ends(self, id: str, type: str, *, out: bool) -> tuple[str, ...]:
        links = self._world.out(id, type) if out else self._world.into(id, type)
        return tuple(sorted({each.target if out else each.source for each in links}))

    def type_of(self, id: str) -> str:
        node = self._world.node(id)
        return "" if node is None else node.type
