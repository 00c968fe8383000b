"""What path queries answer: plain frozen values, and the JSON that every door hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.bounded import Bounded
from graph.captions import Named
from graph.ontology.schema import Label


@dataclass(frozen=True, slots=True)
class Fact:
    """One relationship on a path. ``source`` and ``target`` are ids as shown, in the relationship's own direction, whichever way the path
    walks it. Dates are as stored, "" = not known; ``unknown`` names those that should be known, because the type is dated.
    ``ended`` says that its end lies before the day asked, or before today where all dates are asked; ``word`` is
    the source's own word for it, "" where its type keeps none."""

    id: str
    type: str
    source: str
    target: str
    valid_from: str
    valid_to: str
    ended: bool
    unknown: tuple[str, ...]
    sources: tuple[Mapping[str, object], ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Hop:
    """One step: the freshest relationship between two nodes, and those that stand in parallel with it as further evidence."""

    fact: Fact
    parallel: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Path:
    """A chain of nodes, a hop between each two, and the same in words."""

    nodes: tuple[Named, ...]
    hops: tuple[Hop, ...]
    text: Label


@dataclass(frozen=True, slots=True)
class PathAnswer(Bounded):
    """``paths`` in the order of their kind: by cost (of ``k-shortest``), then hops, then their nodes' ids.

    ``total`` is a number of paths, whatever is listed. ``shortest`` and ``all-shortest``: how many are as short; ``simple``: how many there
    are within the hop limit; ``disjoint``: how many can be chosen at once; ``k-shortest``: how many there are, if fewer than were asked
    for, else ``None``: the others are not counted. Otherwise ``None`` says that a limit kept them from being counted.

    ``limit`` names the limit that was met, if one was: ``rows`` (more paths than listed), ``hops`` (none so short, perhaps longer ones),
    ``degree``, ``work``, ``milliseconds``, ``bytes``, ``cancelled``, ``count``. ``note`` says in words why there is none. ``costs`` are
    what the paths cost where weights rank them (1 = a plain hop), else empty."""

    paths: tuple[Path, ...]
    total: int | None
    limit: str | None
    as_of: str
    data_date: str
    note: Label | None = None
    costs: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Connection:
    """One pair: ``ways`` shortest paths of ``len(path.hops)`` hops, of which ``path`` is the first."""

    ways: int
    path: Path

    @property
    def via(self) -> Sequence[Named]:
        """Through whom: the nodes between the ends."""
        return self.path.nodes[1:-1]


@dataclass(frozen=True, slots=True)
class ConnectionsAnswer(Bounded):
    """``rows`` by hops, then the ends' ids. ``total`` is the number of pairs, and ``by_hops`` splits it; both are ``None`` where the search
    was stopped before its end: then there are ``at_least`` so many. With ``degree`` they are the pairs that are connected without passing a
    node of too many relationships."""

    rows: tuple[Connection, ...]
    total: int | None
    at_least: int
    by_hops: Mapping[int, int] | None
    limit: str | None
    as_of: str
    data_date: str
