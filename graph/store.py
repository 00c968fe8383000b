"""What the ledger and the read models ask of a store. Only our own types cross this line.

Two stores implement it with the same Cypher (``graph/stores``): the embedded one and Neo4j. The layout that both share:

* ``(:Entity:<Type>:<ancestors…> {id, name, named, identifiers, revision, …properties})``
* ``(:Entity)-[:<TYPE> {id, validFrom, validTo, via, trust, revision, …}]->(:Entity)``
* ``(:Claim {id, load, writtenBy, source, precedence, sourceDate, file, sheet, row, record, kind, claimType, node | start, end, pair | left,
  right, values, raw, recordedFrom, recordedTo, closedBy})``; ``values`` and ``raw`` are JSON text
* ``(:Load {…})``, ``(:Change {revision, kind, deleted, ids})``, ``ids`` as JSON text, one ``(:Head {revision, publishing, nextLoad, …})``

Readers see facts whose ``revision`` is at most ``Head.revision``: what a large load has staged stays invisible until it is published.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.model import Change, Claim, Facts, Head, Load, LoadState, Node, Relationship, Table
from graph.stop import Stop
from graph.view import View


@dataclass(frozen=True, slots=True)
class ClaimSelection:
    """Which claims to read: those that match *any* of the non-empty fields. ``open_only`` leaves closed ones out.

    ``nodes``: node claims of these subjects. ``starts``/``ends``: relationship claims that leave / reach these ids. ``pairs``:
    relationship claims of these (type, start, end). ``identities``: same/different claims that touch these ids. ``records``: all
    claims of these record identities. ``loads``: claims that belong to these loads. ``closed_by``: claims that these loads closed.
    ``ids``: these very claims."""

    nodes: Sequence[str] = ()
    starts: Sequence[str] = ()
    ends: Sequence[str] = ()
    pairs: Sequence[tuple[str, str, str]] = ()
    identities: Sequence[str] = ()
    records: Sequence[str] = ()
    loads: Sequence[str] = ()
    closed_by: Sequence[str] = ()
    ids: Sequence[str] = ()
    open_only: bool = True


@dataclass(frozen=True, slots=True)
class Commit:
    """One atomic publication, applied in this order in one transaction. ``revision`` must be ``Head.revision + 1`` or the store
    raises ``Conflict`` and nothing happens. ``loads`` replaces load records. ``staged`` names subjects that ``stage`` already wrote with
    this revision, so that changes list them too."""

    revision: int
    upserts: Facts = Facts()
    deleted_nodes: tuple[str, ...] = ()
    deleted_relationships: tuple[str, ...] = ()
    staged_nodes: tuple[str, ...] = ()
    staged_relationships: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    closed_claims: tuple[str, ...] = ()
    closed_at: str = ""
    closed_by: str = ""
    loads: tuple[Load, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Bounds of a read-only query: ``rows`` kept at most, ``milliseconds`` of run time, ``bytes`` of memory (on Neo4j the server has
    a setting of its own for that). ``stop`` may end it before. A ``trusted`` text is the program's own: it is not endless, so nothing has
    to be held ready to end it. With a ``view`` the query meets nothing else of the graph."""

    rows: int = 100_000
    milliseconds: int = 30_000
    bytes: int = 1_000_000_000
    stop: Stop | None = None
    trusted: bool = False
    view: View | None = None


class Store(Protocol):
    """Fifteen methods; every one may raise a ``StoreProblem``."""

    @property
    def url(self) -> str:
        """Where the store is, without any password."""

    def head(self) -> Head: ...

    def open_load(self, load: Load) -> Load:
        """Allocates the next ``L<n>`` and writes the load in state ``staging``; returns it with its id."""

    def loads(self, states: Sequence[LoadState] = (), kinds: Sequence[str] = (), newest: int = 0) -> list[Load]:
        """All loads, or those in these states and of these kinds, oldest first; with ``newest``, the last so many of them. Every act is a
        load, so there may be many thousands: whoever needs only some says so."""

    def data_date(self) -> str:
        """The latest date of the sources of the files that are published, ``""`` without any. An act does not move it."""

    def hold_publication(self, load_id: str, patience_seconds: float) -> None:
        """Takes the one right to publish for this load, waiting for whoever has it; ``Conflict`` after ``patience_seconds``.
        ``commit`` gives it back, and so does ``withdraw``."""

    def append_claims(self, claims: Sequence[Claim], load: Load) -> None:
        """Records claims of a staging load in one transaction, and the load's new ``beat``. No fold sees them before its commit."""

    def claims(self, selection: ClaimSelection) -> Iterator[Claim]:
        """The selected claims, each once, in no order; those written by loads in state ``staging`` or ``withdrawn`` included:
        the ledger knows which count."""

    def stage(self, facts: Facts, revision: int) -> None:
        """Writes *new* facts under a revision that is not published yet. Relationship ends must exist or be staged before."""

    def commit(self, commit: Commit) -> None:
        """Applies it whole or not at all, then lets go of the publication. Deleting a node deletes its relationships too
        (the caller lists them for the changes)."""

    def withdraw(self, load_id: str) -> None:
        """Removes what an unpublished load wrote: its claims and the facts staged above ``Head.revision`` if it held the
        publication; marks it ``withdrawn``."""

    def facts(self, nodes: Sequence[str] = (), relationships: Sequence[str] = (), touching: Sequence[str] = ()) -> Facts:
        """The published nodes of these ids in the order asked (unknown ones left out), and the published relationships of these
        ids or with an end among ``touching``, each once, by ascending id."""

    def scan(self, types: Sequence[str] = ()) -> tuple[Head, Iterator[Node], Iterator[Relationship]]:
        """Every published fact: all nodes (of ``types`` and their subtypes, if given), then all relationships. The embedded store reads
        one snapshot; on Neo4j a commit may fall in between, so a caller then follows ``changes(head.revision)``."""

    def page(self, node_type: str, after: str, limit: int) -> list[Node]:
        """Published nodes of a type or its subtypes, by ascending id beyond ``after``: no miss and no repeat under writes."""

    def changes(self, since: int) -> Iterator[Change]:
        """Subjects touched by revisions above ``since``, in revision order, deletions included."""

    def cypher(self, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
        """An analyst's read-only query on the published state. Writes, ``LOAD CSV`` and procedures outside the allow-list
        raise ``QueryProblem``."""

    def close(self) -> None: ...
