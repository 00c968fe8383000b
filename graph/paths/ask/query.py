"""What may be asked about paths, and how much of it at most."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from graph.stop import Stop

Direction: TypeAlias = Literal["any", "forward", "backward"]
"""Which way relationships may be walked from the start: either, along, or against."""

PathKind: TypeAlias = Literal["shortest", "all-shortest", "k-shortest", "simple", "disjoint"]
"""Which paths between two nodes: one shortest; all shortest; the k best without loops, by weight; all simple ones within the hop
limit; as many as there are that share no node but their ends."""

WeightName: TypeAlias = Literal["hops", "fresh", "attested"]
"""What makes a hop costly: nothing but being one; being long ended; being said by few sources. ``weights`` has the formulas."""

Sources: TypeAlias = Mapping[str, Sequence[Mapping[str, object]]]
"""For each relationship id the rows behind it: ``{"load", "file", "row"}``, with ``WORD`` where the source has a word of its own for it."""

WORD = "word"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one question may cost. An answer that met one says which (``limit``).

    ``max_hops`` (``hops``): a dozen hops join almost anything to anything. ``paths`` and ``rows`` (``rows``): what is written out;
    totals are exact beyond it. ``degree`` (``degree``): a node with more relationships than this is a hub in fact and not walked
    through. ``milliseconds`` (``milliseconds``): as long as a person waits. ``work`` (``work``): adjacency entries looked at; unlike
    time it stops the same question at the same place on every machine. ``bytes`` (``bytes``): memory for what a question gathers
    before it is told."""

    max_hops: int = 12
    paths: int = 1_000
    rows: int = 100_000
    degree: int = 10_000
    milliseconds: int = 30_000
    work: int = 2_000_000_000
    bytes: int = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What every path of an answer must keep to; all fields may be combined. Types go by name or label in either language, with their
    subtypes; nodes by canonical id.

    Which nodes a path may pass between its ends: hubs and link nodes only where ``include_types`` names them (or ``only_types`` or
    ``through_types`` the hub or link type itself, the pattern at its place, ``through`` the node); with ``only_types`` nothing else; never
    one of ``never_types`` or of ``avoid`` (nodes), nor one with more than ``max_degree`` relationships (0 = the bound alone). Which it
    must pass: every node of ``through``, and for each entry of ``through_types`` some node of that type (``Project|Person``: of either).

    Which relationships: those of ``relationship_types`` (empty = all), walked in ``direction``, with at least ``min_trust`` (1
    inferred, 2 said by a source, 3 said by two or confirmed by a person). ``pattern`` gives a whole shape instead, from start to end:
    ``University < SECONDED_FROM < Person > ACCEPTED > Need < POSTED < Enterprise``; see ``graph.paths.ask.pattern``.

    When: ``as_of`` is ``any``, ``now`` or a day (``2020-09-10``) on which every relationship holds. ``together`` asks for paths whose
    relationships all hold on one common day, whichever; with ``window`` (first and last day, either "" = open) on one inside it; a
    window without ``together`` asks that each relationship holds on some day of it."""

    as_of: str = "any"
    together: bool = False
    window: tuple[str, str] | None = None
    include_types: tuple[str, ...] = ()
    only_types: tuple[str, ...] = ()
    never_types: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    max_degree: int = 0
    through: tuple[str, ...] = ()
    through_types: tuple[str, ...] = ()
    relationship_types: tuple[str, ...] = ()
    direction: Direction = "any"
    min_trust: int = 1
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class PathQuery(Conditions):
    """How two nodes (canonical ids) are connected, by paths of at most ``max_hops`` relationships. ``limit`` is how many are listed
    (of ``shortest`` always one); it is the *k* of ``k-shortest``. ``weight`` orders ``k-shortest``; ``weights`` gives relationship
    types a cost of the user's own (a number ≥ 0, by type name or label), multiplied with it."""

    start: str
    end: str
    kind: PathKind = "shortest"
    max_hops: int = 6
    limit: int = 20
    weight: WeightName = "hops"
    weights: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ConnectionsQuery(Conditions):
    """Which nodes of ``from_type`` reach which of ``to_type`` (subtypes included) within ``max_hops``: many to many. ``from_nodes`` and
    ``to_nodes`` hold an end to these nodes. With ``through_types`` or ``through`` every path counted passes them *between its
    ends*; hops and number of paths are then those of such paths. ``count`` asks for the total only. A pair that would be
    listed both ways round is listed once, the lesser id first."""

    from_type: str
    to_type: str
    max_hops: int = 3
    from_nodes: tuple[str, ...] = ()
    to_nodes: tuple[str, ...] = ()
    limit: int = 100
    count: bool = False


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """For whom and when an answer is made. ``today`` is what ``now`` means, and the day by which facts count as
    ended where all dates are asked; ``data_date`` (ISO, may be partial or "") the date of the data, which the answer tells.
    ``clearance`` is the highest privacy class the reader
    sees; ``knows``, where it differs, the class up to which nodes are there for them, though unnamed (a picture withholds names itself).
    ``evidence`` finds the rows behind relationships, by id; it is asked for those shown only, a few hundred paths at a time.
    ``stop`` may be set by another thread, such as one that sees that nobody waits for the answer any more. A context may serve
    several questions, one after the other or in several threads; ``stop`` ends them all."""

    today: datetime.date
    data_date: str
    clearance: int
    evidence: Callable[[Sequence[str]], Sources]
    bounds: Bounds = Bounds()
    stop: Stop = field(default_factory=Stop)
    knows: int | None = None
