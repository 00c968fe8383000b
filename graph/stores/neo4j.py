"""The production store: Neo4j 5.26 through the official driver, by ``neo4j://`` routing, so a cluster or Aura is only another URL.

One driver for each store object; managed transactions, so the driver runs them again after a transient failure; reads are routed to
readers and, through the driver's bookmarks, see what this process has written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session, Transaction, graph
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from graph.errors import Conflict, LianyinError, QueryProblem, StoreDenied, StoreFull, StoreProblem, StoreUnreachable
from graph.messages import message, verbatim
from graph.model import Table
from graph.ontology.schema import Ontology
from graph.store import QueryLimits
from graph.stores.address import FORM, Address
from graph.stores.answers import node_answer, path_answer, relationship_answer
from graph.stores.base import GraphStore
from graph.stores.cypher import layout
from graph.stores.cypher.layout import Statement
from graph.stores.runner import Result, Row, Run

# Its failures reach our caller as errors; without a handler Python would print them on the terminal as well.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

RETRY_SECONDS = 15.0
"""How long the driver goes on after transient failures. A server that is down is reported after this at the latest."""
CONNECT_SECONDS = 10.0
STREAM_SECONDS = 3600.0
"""A scan of a large graph takes longer than a server lets a query run by default; an hour ends one whose reader has gone."""
UNSURE_ATTEMPTS = 5
"""How often a transaction whose end is unknown is looked up and, if it did not go in, run again."""


def open_neo4j(url: str, ontology: Ontology) -> GraphStore:
    """``neo4j://user:password@host:7687?database=name``. Raises ``StoreUnreachable``, ``StoreDenied`` or ``StoreProblem``."""
    runner = Neo4jRunner(Address(url))
    try:
        return GraphStore(runner, ontology)
    except BaseException:
        runner.close()
        raise


class Neo4jRunner:
    """``graph.stores.runner.Runner`` over one driver."""

    def __init__(self, address: Address) -> None:
        self._address = address
        with _translated(address):
            self._driver: Driver = GraphDatabase.driver(
                address.server,
                auth=address.auth,
                user_agent="lianyin",
                notifications_min_severity="OFF",
                connection_timeout=CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
            )
        try:
            with _translated(address):
                self._driver.verify_connectivity()
        except BaseException:
            self._driver.close()
            raise
        self._closed = False

    @property
    def url(self) -> str:
        return self._address.text

    def define(self, statements: Sequence[Statement]) -> None:
        with self._session(WRITE_ACCESS) as session:
            for statement in statements:
                session.execute_write(_run_in, statement)
            session.run("CALL db.awaitIndexes(300)").consume()

    def read(self, statement: Statement) -> list[Row]:
        return self._again_if_unsure(READ_ACCESS, lambda run: run(statement), lambda _: None)

    def stream(self, statement: Statement) -> Iterator[Row]:
        with self._session(READ_ACCESS) as session, session.begin_transaction(timeout=STREAM_SECONDS) as transaction:
            for record in transaction.run(statement.text, statement.parameters):
                yield dict(record)

    def snapshot(self) -> Callable[[Statement], Iterator[Row]]:
        return self.stream

    def write(self, work: Callable[[Run], Result], applied: Callable[[Run], Result | None]) -> Result:
        return self._again_if_unsure(WRITE_ACCESS, work, applied)

    def _again_if_unsure(self, access: str, work: Callable[[Run], Result], applied: Callable[[Run], Result | None]) -> Result:
        """The driver runs a transaction again after every failure but one: a connection that breaks while the commit is on its way. Then
        we look first (at the leader: a reader may not have it yet) whether it went in."""
        unsure = False
        for _ in range(UNSURE_ATTEMPTS):
            try:
                with self._session(access) as session:
                    execute = session.execute_write if access == WRITE_ACCESS else session.execute_read
                    found = execute(lambda transaction: applied(_runs_in(transaction))) if unsure else None
                    return execute(lambda transaction: work(_runs_in(transaction))) if found is None else found
            except StoreUnreachable as error:
                if not isinstance(error.__cause__, IncompleteCommit):
                    raise
                unsure = True
        raise StoreUnreachable(
            message(
                "The connection to {url} broke {attempts} times while a step was being saved.",
                url=self.url,
                attempts=UNSURE_ATTEMPTS,
            ),
            hint=message("Check the server's log and the network, then try again: nothing is written twice."),
        )

    def pin_published(self) -> None:
        """The server keeps no old states: ``query`` refuses while facts are being staged."""

    def unpin_published(self) -> None:
        """Nothing was pinned."""

    def query(self, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
        if limits.view is not None:
            raise _refuse_view()
        self._refuse_while_staging()
        with self._session(READ_ACCESS) as session:
            table = _query_in(session, text, parameters, limits)
        self._refuse_while_staging()  # it may have begun meanwhile
        return table

    def _refuse_while_staging(self) -> None:
        head = self.read(layout.read_head())[0]
        if head["staging"]:
            raise Conflict(
                message("The load {publishing} is being published, and a query now would see half of it.", publishing=head["publishing"]),
                hint=message("Ask again when it is done; `lianyin loads` shows its state."),
            )

    def close(self) -> None:
        """Twice does no harm."""
        self._closed = True
        self._driver.close()

    @contextmanager
    def _session(self, access: str) -> Iterator[Session]:
        if self._closed:
            raise StoreProblem(message("The store {url} is closed.", url=self.url), hint=message("Open it again."))
        with (
            _translated(self._address),
            self._driver.session(
                database=self._address.database,
                default_access_mode=access,
                bookmark_manager=self._driver.execute_query_bookmark_manager,
            ) as session,
        ):
            yield session


def _run_in(transaction: ManagedTransaction, statement: Statement) -> list[Row]:
    return [dict(record) for record in transaction.run(statement.text, statement.parameters)]


def _runs_in(transaction: ManagedTransaction) -> Run:
    return lambda statement: _run_in(transaction, statement)


def _refuse_view() -> QueryProblem:
    """The community edition knows no rights on properties, and keeps no copies that could be cut down."""
    return QueryProblem(
        message("On Neo4j a raw query reads everything that is stored, so it needs the highest clearance."),
        hint=message("Use search, show, path or connections, or ask with LIANYIN_CLEARANCE=3 if you are entitled to."),
        where={"parameter": "query"},
    )


def _query_in(session: Session, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
    """Explains first: a text that our guard let through and the server calls anything but reading is refused unrun."""
    columns: tuple[str, ...] = ()
    rows: list[tuple[object, ...]] = []
    try:
        with session.begin_transaction(timeout=limits.milliseconds / 1000) as transaction:
            _explain(transaction, text, parameters)
            result = transaction.run(text, parameters)
            columns = tuple(result.keys())
            for record in result:
                if len(rows) == limits.rows:
                    return Table(columns, tuple(rows), truncated="rows")
                rows.append(tuple(_plain(value) for value in record.values()))
    except Neo4jError as error:
        if "TransactionTimedOut" in str(error.code) or "Terminated" in str(error.code):
            return Table(columns, tuple(rows), truncated="milliseconds")
        if error.is_retryable() or not str(error.code).startswith(_OF_THE_QUERY):
            raise
        raise QueryProblem(
            verbatim(str(error.message)), hint=message("`lianyin schema` describes the graph."), where={"parameter": "query"}
        ) from error
    return Table(columns, tuple(rows))


_OF_THE_QUERY = ("Neo.ClientError", "Neo.DatabaseError.Statement")
"""Failures that another query would not have; the second are those that the planner did not foresee."""


def _explain(transaction: Transaction, text: str, parameters: dict[str, object]) -> None:
    kind = transaction.run("EXPLAIN " + text, parameters).consume().query_type
    if kind != "r":
        raise QueryProblem(
            message("This query does more than read."), hint=message("Only reading is allowed here."), where={"parameter": "query"}
        )


def _plain(value: object) -> object:
    """The driver's values as plain Python, in the forms of ``graph.stores.answers``."""
    if isinstance(value, graph.Path):
        return path_answer([_plain(node) for node in value.nodes], [_plain(step) for step in value.relationships])
    if isinstance(value, graph.Node):
        return node_answer(dict(value), sorted(value.labels))
    if isinstance(value, graph.Relationship):
        return relationship_answer(dict(value), value.type)
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return _plain_scalar(value)


def _plain_scalar(value: object) -> object:
    """Dates, durations and points; everything else is plain already."""
    if isinstance(value, Date | Time | DateTime):
        return value.to_native()
    if isinstance(value, Duration):
        return {"months": value.months, "days": value.days, "seconds": value.seconds}
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    return value


@contextmanager
def _translated(address: Address) -> Iterator[None]:
    """The driver's errors as ours. Ours pass through."""
    try:
        yield
    except LianyinError:
        raise
    except (ServiceUnavailable, SessionExpired) as error:
        raise StoreUnreachable(
            message("No Neo4j server answers at {address}: {error}", address=address.text, error=error),
            hint=message("Start it, or correct its address (LIANYIN_STORE)."),
        ) from error
    except ConstraintError as error:
        raise Conflict(
            message("The store refused a write: {error}", error=error.message), hint=message("Read the store again, then repeat the step.")
        ) from error
    except Neo4jError as error:
        raise _server_problem(address, error) from error
    except (ConfigurationError, DriverError, ValueError) as error:
        raise StoreProblem(
            message("The Neo4j driver cannot use {address}: {error}", address=address.text, error=error), hint=FORM
        ) from error


def _server_problem(address: Address, error: Neo4jError) -> StoreProblem:
    code, reason = str(error.code), str(error.message)
    if isinstance(error, AuthError) or code.startswith("Neo.ClientError.Security"):
        return StoreDenied(
            message(
                "The Neo4j server at {address} refused the login, or the user lacks a right: {reason}", address=address.text, reason=reason
            ),
            hint=message("Correct user and password in LIANYIN_STORE."),
        )
    if "no space left" in reason.casefold():
        return StoreFull(
            message("The disk of the Neo4j server {address} is full: {reason}", address=address.text, reason=reason),
            hint=message("Free some space there, then try again."),
        )
    if "OutOfMemory" in code:
        return StoreProblem(
            message("The Neo4j server {address} ran out of memory: {reason}", address=address.text, reason=reason),
            hint=message("Give it a larger heap, or ask for or load less at once."),
        )
    if code.endswith("DatabaseNotFound"):
        return StoreProblem(
            message("The Neo4j server {address} has no such database: {reason}", address=address.text, reason=reason), hint=FORM
        )
    return StoreProblem(
        message("The Neo4j server {address} answered {code}: {reason}", address=address.text, code=code, reason=reason),
        hint=message("Look at the server's log."),
    )
