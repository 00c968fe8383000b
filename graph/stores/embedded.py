"""The embedded store: ``kglite`` in this process, one folder on disk, every commit flushed before it is acknowledged.

One process at a time: a second one is told who holds the folder. It is never opened without its log, because such a reader would
see an old state and not know it.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import kglite

from graph.errors import Conflict, LianyinError, QueryProblem, StoreDamaged, StoreFull, StoreHeld, StoreProblem
from graph.model import Table
from graph.ontology.schema import Ontology
from graph.store import QueryLimits
from graph.stores.answers import node_answer, path_answer, relationship_answer, without_synthetic
from graph.stores.base import GraphStore
from graph.stores.cypher import layout
from graph.stores.cypher.layout import Statement
from graph.stores.runner import Result, Row, Run

SCHEME = "kglite://"
FILE = "graph.kgl"

# The engine tells on stderr when a label is asked for that no node has yet. In a new store that is every query.
kglite.set_query_warning_policy("silent")


def open_embedded(url: str, ontology: Ontology) -> GraphStore:
    """``kglite:///absolute/folder`` or ``kglite://relative/folder``; the folder is made if need be. Raises ``StoreHeld``, ``StoreDamaged``,
    ``StoreFull`` or ``StoreProblem``."""
    runner = EmbeddedRunner(_folder(url))
    try:
        return GraphStore(runner, ontology)
    except BaseException:
        runner.close()
        raise


def _folder(url: str) -> Path:
    text = url.removeprefix(SCHEME)
    if not text.strip("/"):
        raise StoreProblem(f"'{url}' names no folder.", hint="Write kglite:///absolute/folder or kglite://relative/folder.")
    return Path(text).expanduser().resolve()


class EmbeddedRunner:
    """``graph.stores.runner.Runner`` over one durable session of the engine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The engine's transactions are optimistic over the whole graph; queueing here means that none ever has to be run again.
        self._writing = threading.Lock()
        self._closed = False
        self._pinned: Any = None
        self._introduced: dict[str, frozenset[str]] = {}
        with _translated(folder):
            if folder.exists() and not folder.is_dir():
                raise StoreProblem(f"{folder} is a file, and the store needs a folder.", hint="Name another place.")
            folder.mkdir(parents=True, exist_ok=True)
            self._session = kglite.open_session(str(folder / FILE), durable="full")

    @property
    def url(self) -> str:
        return f"{SCHEME}{self._folder.as_posix()}"

    def define(self, statements: Sequence[Statement]) -> None:
        with self._writing, self._open():
            for statement in statements:
                self._session.execute(statement.text)

    def read(self, statement: Statement) -> list[Row]:
        with self._open():
            rows: list[Row] = self._session.snapshot().cypher(statement.text, params=statement.parameters, timeout_ms=0).to_list()
            return rows

    def stream(self, statement: Statement) -> Iterator[Row]:
        return self.snapshot()(statement)

    def snapshot(self) -> Callable[[Statement], Iterator[Row]]:
        with self._open():
            frozen = self._session.snapshot()

        def read(statement: Statement) -> Iterator[Row]:
            with _translated(self._folder):
                yield from frozen.cypher(statement.text, params=statement.parameters, timeout_ms=0)

        return read

    def write(self, work: Callable[[Run], Result], applied: Callable[[Run], Result | None]) -> Result:  # noqa: ARG002 - nothing is ever unsure
        with self._writing, self._open():
            transaction = self._session.begin()
            introduced: dict[str, frozenset[str]] = {}

            def run(statement: Statement) -> list[Row]:
                if statement.creates:
                    label, example = statement.creates
                    known = introduced.get(label) or self._introduced.get(label, frozenset())
                    if not example.keys() <= known:
                        introduction = layout.introduce(label, example)
                        transaction.cypher(introduction.text, params=introduction.parameters)
                        introduced[label] = known | example.keys()
                rows: list[Row] = transaction.cypher(statement.text, params=statement.parameters, timeout_ms=0).to_list()
                return rows

            try:
                result = work(run)
                transaction.commit()
            except BaseException:
                if transaction.active:
                    transaction.rollback()
                raise
            self._introduced |= introduced
            return result

    def pin_published(self) -> None:
        with self._open():
            self._pinned = self._session.snapshot()

    def unpin_published(self) -> None:
        self._pinned = None

    def query(self, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
        with self._open():
            pinned, frozen = self._pinned, self._session.snapshot()
        if frozen.cypher(layout.read_head().text).to_list()[0]["staging"]:
            if pinned is None:
                raise Conflict("A load was interrupted while it was being published.", hint="Withdraw it first: 'lianyin loads' names it.")
            frozen = pinned
        try:
            found = frozen.cypher(text, params=parameters, timeout_ms=limits.milliseconds, row_limit=limits.rows)
        except kglite.CypherTimeoutError:
            return Table((), (), truncated="milliseconds")
        except kglite.KgError as error:
            raise QueryProblem(str(error), hint="The graph is described by 'lianyin schema'.", where={"parameter": "query"}) from error
        if not hasattr(found, "columns"):
            raise QueryProblem("A query cannot choose its own form of answer.", hint="Use --format.", where={"parameter": "query"})
        columns = tuple(found.columns)
        total = (found.diagnostics or {}).get("total_rows") or len(found)
        rows = tuple(tuple(_plain(row[column]) for column in columns) for row in found)
        return Table(columns, rows, truncated="rows" if total > len(rows) else "")

    def close(self) -> None:
        """Folds the log into the checkpoint and lets the folder go. Twice does no harm."""
        with self._writing:
            if self._closed:
                return
            self._pinned = None
            with _translated(self._folder):
                self._session.close()
            self._closed = True

    @contextmanager
    def _open(self) -> Iterator[None]:
        if self._closed:
            raise StoreProblem(f"The store {self.url} is closed.", hint="Open it again.")
        with _translated(self._folder):
            yield


def _plain(value: object) -> object:
    """The engine's values in the forms of ``graph.stores.answers``."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.keys() == {"nodes", "relationships"}:
        return path_answer([_plain(node) for node in value["nodes"]], [_plain(step) for step in value["relationships"]])
    if value.keys() == {"id", "labels", "properties"}:
        return node_answer(value["properties"], value["labels"])
    if value.keys() == {"id", "start", "end", "type", "properties"}:
        return relationship_answer(value["properties"], value["type"])
    # A map with our own keys and synthetic ones is what ``properties(n)`` gives.
    stored = value.keys() >= {"id", "type", "revision"} or value.keys() >= {"id", "type", "writtenBy"}
    return {key: _plain(item) for key, item in (without_synthetic(value) if stored else value).items()}


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """The engine's errors as ours. Ours pass through."""
    try:
        yield
    except LianyinError:
        raise
    except kglite.WriterLeaseHeldError as error:
        raise _held(folder, error.holder or {}) from error
    except kglite.ConstraintViolationError as error:
        raise Conflict(f"The store refused a write: {error}", hint="Read the store again and fold anew.") from error
    except kglite.FileFormatError as error:
        raise StoreDamaged(f"The files in {folder} are damaged or of another version: {error}", hint=_RESTORE) from error
    except (kglite.KgError, OSError, RuntimeError, ValueError) as error:
        raise _other(folder, error) from error


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The disk, the user's share of it, or the file is at its limit."""

_RESTORE = "Put a copy of the folder in its place, or load the source files into a new one."


def _held(folder: Path, holder: dict[str, Any]) -> StoreHeld:
    if holder.get("self"):
        return StoreHeld(
            f"The store in {folder} is open already in this very process.", hint="Use the store that is open, or close it first."
        )
    who = f"process {holder['pid']}" if holder.get("pid") else "another process"
    since = f", since {holder['since']}" if holder.get("since") else ""
    return StoreHeld(
        f"The store in {folder} is held by {who}{since}.",
        hint="Wait for it or end it; if it is the service, ask the service instead. For several processes at once, use Neo4j.",
    )


def _other(folder: Path, error: Exception) -> StoreProblem:
    text = str(error)
    folded = text.casefold()
    if getattr(error, "errno", None) in _NO_ROOM or any(f"os error {number}" in folded for number in _NO_ROOM):
        return StoreFull(
            f"There is no room left on the disk of {folder}; nothing of this step was kept.", hint="Make room, then do it again."
        )
    if isinstance(error, PermissionError) or "permission denied" in folded:
        return StoreProblem(f"The folder {folder} cannot be written: {text}", hint="Give this user the right to write there.")
    if isinstance(error, RuntimeError) and "replay" in folded:
        return StoreDamaged(f"The log in {folder} cannot be read: {text}", hint=_RESTORE)
    return StoreProblem(f"The store in {folder} failed: {text}", hint="If it happens again, keep the folder and report it.")
