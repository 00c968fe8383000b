"""The values that travel between the rooms: claims, facts, loads and changes. All frozen; none knows a store.

A **claim** is one record (a source row) speaking of one subject under the source's own ids. **Facts** (``Node``,
``Relationship``) are folded from claims by ``graph.ledger`` and are what every reader sees. The words follow W3C PROV
(a fact is derived from claims, a load is an activity) and the property graph model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias, get_args

from graph.messages import Message, message

Value: TypeAlias = str | int | float | bool | tuple[str, ...]
"""What one property holds. Dates are ISO 8601 text whose length is their precision (``2020``, ``2020-08``,
``2020-08-03``), so that nothing is invented; lists are tuples of text. An absent value is an absent key, never ``None``."""

Properties: TypeAlias = Mapping[str, Value]

PERSON = "person:"
"""How the id of a source begins that is a person, not a document: ``person:platform:17``."""

PLATFORM = 1_000_000
"""The precedence of an act, of what a person states on the platform: above that of any file."""

CLEARED = ""
"""What an act states of a property that holds no longer: the fold then leaves the property out."""

TRUST = "trust"
"""The bookkeeping property of a relationship that says how well it is attested, from ``INFERRED`` to ``ATTESTED``."""

INFERRED, SAID, ATTESTED = 1, 2, 3
"""Computed by an analysis; said by one source; said by two or more different sources, or confirmed by a person."""

NOTHING: Properties = MappingProxyType({})


def _nothing() -> Properties:
    return NOTHING


class ClaimKind(StrEnum):
    """What a claim speaks of."""

    NODE = "node"
    RELATIONSHIP = "relationship"
    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


IDENTITY_KINDS = frozenset({ClaimKind.SAME, ClaimKind.DIFFERENT, ClaimKind.UNSURE})
"""The claims that speak of whether two ids mean one thing. ``UNSURE``: a person looked at the two and could not say."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from. ``date`` (ISO, may be partial) and ``precedence`` (higher wins) decide between sources
    that disagree; ``id`` is a short stable name such as ``cordis-participation``. ``stated`` is false where the date is only the day of the
    load: rows that say the same on a later day then keep their date. ``published`` says that the
    source is a published list, so that the people named in it are named in public (PIPL art. 27). A person who states or confirms
    something on the platform is a source too; such an id begins with ``PERSON``."""

    id: str
    name: str
    date: str = ""
    precedence: int = 0
    published: bool = False
    stated: bool = True


class Record(NamedTuple):
    """One source row. ``row`` counts as the person who opens the file counts: the first line is 1. ``key`` tells the
    record from the others of its document and survives the row's moving (``graph.ledger`` adds an occurrence number)."""

    file: str
    sheet: str
    row: int
    key: str


STATED = "\x1f"
"""In place of a cell's text, for a value that the mapping states for all rows: no cell says it."""


class Draft(NamedTuple):
    """What a record says of one subject, before the ledger gives it an id; a tuple, as claims are.

    ``NODE``: ``subject`` is the node's source id. ``RELATIONSHIP``: ``subject`` and ``object`` are the source ids of its ends, in the
    direction of ``type``. ``SAME``/``DIFFERENT``/``UNSURE``: the two ids, ``type`` the node type. ``raw`` holds the text of the cells
    behind ``values``, by property, only where it differs from the clean value's own text; ``STATED`` for what no cell says."""

    kind: ClaimKind
    type: str
    subject: str
    object: str = ""
    values: Properties = NOTHING
    raw: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Retraction:
    """A relationship that an act says holds no longer, though nothing dates its end: its open claims are closed."""

    type: str
    subject: str
    object: str


class RecordDrafts(NamedTuple):
    """A record and all that it says: what ``ingest`` hands to the ledger."""

    record: Record
    drafts: tuple[Draft, ...]


class Claim(NamedTuple):
    """A draft that was recorded; a tuple, because a million rows make three million of them. ``id`` is ``<writing load>:<n>``; ``load`` is
    the load it belongs to (the same, unless an undo restored it). ``record`` is the identity of the record within its document.
    ``recorded_from`` and ``recorded_to`` are UTC ISO times; an open claim has ``recorded_to == ""``. ``closed_by`` names the load that
    closed it."""

    id: str
    load: str
    source: str
    precedence: int
    source_date: str
    file: str
    sheet: str
    row: int
    record: str
    kind: ClaimKind
    type: str
    subject: str
    object: str
    values: Properties
    raw: Mapping[str, str]
    recorded_from: str
    recorded_to: str = ""
    closed_by: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A folded node. ``properties`` always holds ``name`` (the caption) and, when the source gave no name, ``named: False``.
    ``identifiers`` are the other ids that mean this node (cluster members), sorted."""

    id: str
    type: str
    properties: Properties
    identifiers: tuple[str, ...] = ()

    @property
    def caption(self) -> str:
        return str(self.properties.get("name", self.id))


@dataclass(frozen=True, slots=True)
class Relationship:
    """A folded relationship from ``source`` to ``target`` (canonical node ids). ``id`` begins with its type and a colon, so that a store
    looks it up in that type's index. ``properties`` may hold ``validFrom`` and
    ``validTo`` (partial ISO dates, both inclusive) and ``via`` (the id of the link node it was derived from); a folded one always
    holds ``trust`` (``INFERRED``, ``SAID`` or ``ATTESTED``)."""

    id: str
    type: str
    source: str
    target: str
    properties: Properties = field(default_factory=_nothing)


class LoadState(StrEnum):
    STAGING = "staging"
    PUBLISHED = "published"
    UNDONE = "undone"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> Message:
        """What became of the load, in users' words."""
        return _STATES[self]


_STATES = {
    LoadState.STAGING: message("under way"),
    LoadState.PUBLISHED: message("in force"),
    LoadState.UNDONE: message("undone"),
    LoadState.WITHDRAWN: message("interrupted, nothing recorded"),
}


LoadKind: TypeAlias = Literal["ingest", "undo", "act"]
"""Files that were read, a load that was taken back, what somebody did on the platform."""

LOAD_KINDS: tuple[str, ...] = get_args(LoadKind)


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """One table that a load read. ``date`` (ISO, may be partial) is that of its rows, ``told`` where it was told from
    (``ingest.dating.Origin``). Editions of one document are a series: ``first_file`` and ``first_sheet`` are the place of its first table,
    under which the rows of all of them are known (``""``: its own place), ``edition_of`` is the load of the edition that this one was
    compared with. ``full`` says that it was loaded as the full list, so that rows which it lacks are gone. ``id_key`` is the fingerprint of
    the key under which ids of people were made, ``""`` before there was one."""

    source: str
    file: str
    sheet: str
    mapping: str
    date: str
    told: str
    first_file: str = ""
    first_sheet: str = ""
    edition_of: str = ""
    full: bool = False
    id_key: str = ""

    @property
    def series(self) -> tuple[str, str, str]:
        """Source, file and sheet under which its rows are known."""
        return (self.source, self.first_file, self.first_sheet) if self.first_file else (self.source, self.file, self.sheet)


@dataclass(frozen=True, slots=True)
class Load:
    """One act of recording. ``id`` is ``L<n>``, ``kind`` ``ingest``, ``undo`` or ``act``; ``documents`` are ``<source id>/<file>`` names;
    ``tables`` are those that it read. ``totals`` counts records and facts; ``undoes`` names the load that an undo took back. ``data_date``
    is the latest date of its sources, ``""`` for what has none (an undo; an act, which is of its own moment),
    ``beat`` the time of its last sign of life: of a published one, the moment of its publication. ``owner`` is the process that opened it
    (``graph.processes``); the store fills it in."""

    id: str
    kind: str
    name: str
    documents: tuple[str, ...]
    state: LoadState
    recorded_at: str
    beat: str = ""
    revision: int = 0
    undoes: str = ""
    undone_by: str = ""
    data_date: str = ""
    totals: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    tables: tuple[LoadedTable, ...] = ()
    owner: str = field(default="", compare=False)

    @property
    def speaks_of(self) -> frozenset[str]:
        """Its documents and those whose later or earlier editions they are: two loads that share one stand on each other."""
        return frozenset((*self.documents, *(f"{source}/{file}" for source, file, _ in (table.series for table in self.tables))))

    @property
    def number(self) -> int:
        """Its place in time: the ``n`` of its id."""
        return int(self.id.removeprefix("L"))


@dataclass(frozen=True, slots=True)
class Head:
    """Where the store stands: ``revision`` is the last published one (0 = empty), ``publishing`` the load that is being
    published now, or ``""``."""

    revision: int
    publishing: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One subject that a revision touched. ``subject`` is a node id or a relationship id; ``deleted`` says which way."""

    revision: int
    is_node: bool
    subject: str
    deleted: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """Nodes and relationships together, in no order."""

    nodes: tuple[Node, ...] = ()
    relationships: tuple[Relationship, ...] = ()

    def __len__(self) -> int:
        return len(self.nodes) + len(self.relationships)


@dataclass(frozen=True, slots=True)
class Table:
    """A read-only query's answer. ``truncated`` names the limit that cut it (``rows``, ``milliseconds``) or is ``""``."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: str = ""


class RecordOutcome(StrEnum):
    """What the ledger found a record to be, against what it knew of the record before this load."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PublishedTotals:
    """What publishing a load changed: facts, not claims. ``revision`` is the one that readers now see (unchanged, if nothing changed)."""

    load: str
    revision: int
    nodes_new: int = 0
    nodes_updated: int = 0
    nodes_removed: int = 0
    relationships_new: int = 0
    relationships_updated: int = 0
    relationships_removed: int = 0
