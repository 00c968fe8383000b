"""One durable session of the engine, for reading and writing in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import kglite

from graph.errors import Conflict, StoreProblem
from graph.messages import message
from graph.model import Table
from graph.store import QueryLimits
from graph.stores.cypher import layout
from graph.stores.cypher.layout import Statement
from graph.stores.embedded.problems import translated
from graph.stores.embedded.queries import Queries, State
from graph.stores.embedded.values import columns_of, plain_rows, total_of
from graph.stores.runner import Result, Row, Run

SCHEME = "kglite://"
FILE = "graph.kgl"
QUERIES = "queries"
"""The folder, in the store's, in which analysts' queries find copies of the graph. Empty between two openings."""

# The engine tells on stderr when a label is asked for that no node has yet. In a new store that is every query.
kglite.set_query_warning_policy("silent")


class EmbeddedRunner:
    """``graph.stores.runner.Runner`` over one durable session of the engine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # The engine's transactions are optimistic over the whole graph; queueing here means that none ever has to be run again.
        self._writing = threading.Lock()
        self._closed = False
        self._pinned: State | None = None
        self._commits = 0
        self._introduced: dict[str, frozenset[str]] = {}
        with translated(folder):
            if folder.exists() and not folder.is_dir():
                raise StoreProblem(
                    message("{folder} is a file, but the store needs a folder.", folder=folder), hint=message("Name another place.")
                )
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds names and telephone numbers of people
            self._session = kglite.open_session(str(folder / FILE), durable="full")
            _keep_private(folder)
            self._queries = Queries(folder / QUERIES)

    @property
    def url(self) -> str:
        return f"{SCHEME}{self._folder.as_posix()}"

    def define(self, statements: Sequence[Statement]) -> None:
        with self._writing, self._open():
            for statement in statements:
                self._session.execute(statement.text)
            self._commits += 1

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
            with translated(self._folder):
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
            self._commits += 1
            return result

    def pin_published(self) -> None:
        with self._open():
            self._pinned = self._state()

    def unpin_published(self) -> None:
        self._pinned = None

    def query(self, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
        """In a process of its own (see ``queries``), unless the text is trusted."""
        with self._open():
            state, pinned = self._state(), self._pinned
            if state.graph.cypher(layout.read_head().text).to_list()[0]["staging"]:
                if pinned is None:
                    raise Conflict(
                        message("A load was interrupted while it was being published."),
                        hint=message("Withdraw it first: `lianyin loads` names it."),
                    )
                state = pinned
            if limits.trusted:
                return _query_here(state, text, parameters, limits)
            return self._queries.ask(state, text, parameters, limits)

    def _state(self) -> State:
        """The store as it is now, and goes on being in the copy. The number is read first, so a copy is never older than it says."""
        number = self._commits
        return State(number, self._session.cursor().copy())

    def close(self) -> None:
        """Folds the log into the checkpoint and lets the folder go. Twice does no harm."""
        with self._writing:
            if self._closed:
                return
            self._pinned = None
            self._queries.close()
            with translated(self._folder):
                self._session.close()
            _keep_private(self._folder)
            self._closed = True

    @contextmanager
    def _open(self) -> Iterator[None]:
        if self._closed:
            raise StoreProblem(message("The store {url} is closed.", url=self.url), hint=message("Open it again."))
        with translated(self._folder):
            yield


def _keep_private(folder: Path) -> None:
    """Leaves the folder and its files to their owner alone, also when they were made by an older version, or are copied elsewhere."""
    for path in (folder, *folder.iterdir()):
        with suppress(PermissionError):  # somebody else's: it is as they want it
            path.chmod(0o700 if path.is_dir() else 0o600)


def _query_here(state: State, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
    try:
        found = state.graph.freeze().cypher(text, params=parameters, timeout_ms=limits.milliseconds, row_limit=limits.rows)
    except kglite.CypherTimeoutError:
        return Table((), (), truncated="milliseconds")
    columns = columns_of(found) or ()
    return Table(columns, tuple(plain_rows(found, columns)), truncated="rows" if total_of(found) > len(found) else "")
