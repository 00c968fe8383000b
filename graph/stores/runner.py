"""What differs between two stores: how a statement is run. Everything else is shared (``base``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol, TypeVar

from graph.model import Table
from graph.store import QueryLimits
from graph.stores.cypher.layout import Statement

Row = dict[str, Any]
Run = Callable[[Statement], list[Row]]
"""Runs a statement and gives all its rows."""

Result = TypeVar("Result")


class Runner(Protocol):
    """A connection to one store, safe to share between threads. Every method may raise a ``StoreProblem``; a broken uniqueness
    constraint is a ``Conflict``."""

    @property
    def url(self) -> str:
        """Without any password."""

    def define(self, statements: Sequence[Statement]) -> None:
        """Runs schema statements, and waits until their indexes serve."""

    def read(self, statement: Statement) -> list[Row]: ...

    def stream(self, statement: Statement) -> Iterator[Row]:
        """Rows one by one, without holding them all."""

    def snapshot(self) -> Callable[[Statement], Iterator[Row]]:
        """Several streams of one state of the store where it can give one: the embedded store reads one snapshot, Neo4j reads
        what is committed at each moment."""

    def write(self, work: Callable[[Run], Result], applied: Callable[[Run], Result | None]) -> Result:
        """Runs ``work`` in one transaction: all of it or nothing. When the connection breaks so that nobody knows whether the transaction
        went in, ``applied`` looks: it returns what ``work`` would have, or ``None`` if it did not go in and may be run again."""

    def pin_published(self) -> None:
        """Keeps the present state for ``query``, because facts are about to be staged beside it (where the store can)."""

    def unpin_published(self) -> None:
        """Lets that state go: everything stored is published again."""

    def query(self, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
        """A read-only query, already checked by ``cypher.guard``, on the published state. Raises ``Conflict`` when that cannot be told
        from what is being staged."""

    def close(self) -> None: ...
