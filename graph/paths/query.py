"""What may be asked about paths, and how much of it at most."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Direction: TypeAlias = Literal["any", "forward", "backward"]
"""Which way relationships may be walked from the start: either, along, or against."""

Sources: TypeAlias = Mapping[str, Sequence[Mapping[str, object]]]
"""For each relationship id the rows behind it: ``{"load", "file", "row"}``."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one question may cost. An answer that met one says which (``limit``).

    ``max_hops`` (``hops``): a dozen hops join almost anything to anything. ``paths`` and ``rows`` (``rows``): what is written out;
    totals are exact beyond it. ``degree`` (``degree``): a node with more relationships than this is a hub in fact and not walked
    through. ``milliseconds`` (``milliseconds``): for tables, as long as a person waits. ``work`` (``work``): adjacency entries
    looked at; unlike time it stops the same question at the same place on every machine. It alone bounds a single path search,
    which looks at each entry a few times at most."""

    max_hops: int = 12
    paths: int = 1_000
    rows: int = 100_000
    degree: int = 10_000
    milliseconds: int = 30_000
    work: int = 2_000_000_000


@dataclass(frozen=True, slots=True)
class PathQuery:
    """How two nodes (canonical ids) are connected: by the shortest paths of at most ``max_hops`` relationships. ``all`` lists up to
    ``limit`` of them instead of one. ``as_of`` is ``any``, ``now`` or a day (``2020-09-10``). Hubs and link nodes are passed only
    where ``include_types`` (with subtypes) names them; ``relationship_types`` and ``direction`` narrow what may be walked. Types go by
    name or label in either language."""

    start: str
    end: str
    max_hops: int = 6
    all: bool = False
    limit: int = 20
    as_of: str = "any"
    include_types: tuple[str, ...] = ()
    relationship_types: tuple[str, ...] = ()
    direction: Direction = "any"


@dataclass(frozen=True, slots=True)
class ConnectionsQuery:
    """Which nodes of ``from_type`` reach which of ``to_type`` (subtypes included) within ``max_hops``. ``from_node`` and
    ``to_node`` hold one end to one node. With ``via`` every path counted passes *between its ends* at least one node of one of
    these types; hops and number of paths are then those of such paths. ``count`` asks for the total only. A pair that would be
    listed both ways round is listed once, the lesser id first. The rest as in ``PathQuery``."""

    from_type: str
    to_type: str
    max_hops: int = 3
    via: tuple[str, ...] = ()
    from_node: str = ""
    to_node: str = ""
    as_of: str = "any"
    limit: int = 100
    count: bool = False
    include_types: tuple[str, ...] = ()
    relationship_types: tuple[str, ...] = ()
    direction: Direction = "any"


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """For whom and when an answer is made. ``today`` is what ``now`` means; ``data_date`` (ISO, may be partial or "") the date of
    the data, by which facts count as ended (today where it is not known). ``clearance`` is the highest privacy class the reader
    sees. ``evidence`` finds the rows behind relationships, by id; it is asked once, for those shown."""

    today: datetime.date
    data_date: str
    clearance: int
    evidence: Callable[[Sequence[str]], Sources]
    bounds: Bounds = Bounds()
