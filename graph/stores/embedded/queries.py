"""Analysts' queries, each in a process beside this one that may be ended at any moment: see ``child``.

The process reads a copy of the published graph, written when the graph has changed since the last copy: a second opening of the store
itself would miss what is only in the log. One process that has finished is kept for the next query.
"""

from __future__ import annotations

import logging
import os
import pickle
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import graph
from graph.errors import QueryProblem, StoreProblem
from graph.messages import message, verbatim
from graph.model import Table
from graph.stop import Reason
from graph.store import QueryLimits
from graph.stores.embedded.messages import OUT_OF_MEMORY, OUT_OF_TIME, UNSUITABLE, Answer, Question
from graph.view import View

GRACE_SECONDS = 0.25
"""The process ends itself at its time; this much later it is ended from here, in case it cannot."""

_LIMITS: dict[int, Reason] = {
    OUT_OF_TIME: "milliseconds",
    OUT_OF_MEMORY: "bytes",
    -signal.SIGABRT: "bytes",  # the engine aborts when the system refuses it memory
    -9: "bytes",  # the system ended it, for want of memory: nobody else does
}

log = logging.getLogger("lianyin.store")

_PACKAGES = Path(graph.__path__[0]).parent
"""Where this package was imported from, so that the process finds the same."""


def _query_problem(answer: Answer) -> QueryProblem:
    """What an engine says of a syntax knows the query alone; what else it says quotes values, and is told by its kind."""
    told = (
        verbatim(answer.problem) if answer.problem != UNSUITABLE else message("A function or an operator met a value that it cannot take.")
    )
    return QueryProblem(told, hint=message("`lianyin schema` describes the graph."), where={"parameter": "query"})


class Gone(Exception):
    """The process had left before it was asked."""


class State(NamedTuple):
    """The graph as it was at one moment. ``number`` counts the commits before it."""

    number: int
    graph: Any


class Queries:
    """The processes of one open store, and the copies they read. Safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is this object's own; what a killed process left in it is removed."""
        self._folder = folder
        self._lock = threading.Lock()
        self._idle: QueryProcess | None = None
        self._running: set[QueryProcess] = set()
        self._copied = -1
        self._closed = False
        shutil.rmtree(folder, ignore_errors=True)

    def ask(self, state: State, text: str, parameters: dict[str, object], limits: QueryLimits) -> Table:
        """The answer, cut where a limit was met. Raises ``QueryProblem`` where the engine cannot run the query, ``StoreProblem`` where the
        process ended for no reason of ours."""
        question = Question(text, parameters, limits.milliseconds, limits.rows, limits.bytes)
        try:
            return self._ask(state, question, limits)
        except Gone:
            return self._ask(state, question, limits)

    def _ask(self, state: State, question: Question, limits: QueryLimits) -> Table:
        process, stop = self._take(state, limits.view), limits.stop
        added = stop.add(process.end) if stop else 0
        try:
            return process.ask(question)
        finally:
            if stop:
                stop.remove(added)
            self._give_back(process)

    def close(self) -> None:
        """Ends every process and removes the copies."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, None
            for each in self._running:  # the threads that wait for them see to the rest
                each.end("cancelled")
        if idle is not None:
            idle.end("cancelled")
            idle.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _take(self, state: State, view: View | None) -> QueryProcess:
        with self._lock:
            if self._closed:
                raise StoreProblem(message("The store is closed."), hint=message("Open it again."))
            process, self._idle = self._idle, None
            if process is None or (process.number, process.view) != (state.number, view) or not process.alive:
                if process is not None:
                    process.end("cancelled")
                    process.wait()
                process = QueryProcess(state.number, view, self._copy(state, view))
            self._running.add(process)
            return process

    def _give_back(self, process: QueryProcess) -> None:
        with self._lock:
            self._running.discard(process)
            if self._idle is None and process.alive and not self._closed:
                self._idle = process
                return
        process.end("cancelled")
        process.wait()

    def _copy(self, state: State, view: View | None) -> Path:
        """The file of this state as a view shows it. Older ones go; a process that reads one keeps it, or leaves it until the store is
        closed."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        whole = self._folder / f"{state.number}.kgl"
        path = whole if view is None else self._folder / f"{state.number}-{view.clearance}.kgl"
        if self._copied != state.number:
            self._remove(self._folder.glob("*.kgl*"))
            self._copied = state.number
        if path.exists():
            return path
        if not whole.exists():
            state.graph.save(str(whole), fsync=False)
        if view is not None:
            _redact(whole, path, view)
            self._remove([whole])
        return path

    @staticmethod
    def _remove(paths: Iterable[Path]) -> None:
        for path in paths:
            with suppress(PermissionError):  # Windows, while it is read
                path.unlink()


def _redact(whole: Path, target: Path, view: View) -> None:
    """Writes ``target``: the graph of ``whole`` without what is not in the view. Raises ``StoreProblem``."""
    command = _command("graph.stores.embedded.redacting", str(whole), str(target))
    done = subprocess.run(
        command, input=pickle.dumps(view), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=_environment(), check=False
    )
    if done.returncode:
        log.error("redacting ended with code %s: %s", done.returncode, done.stderr.decode(errors="replace"))
        raise StoreProblem(
            message("The copy of the graph for this reader could not be made (code {code}).", code=done.returncode),
            hint=message("Make room on the disk and in memory, and ask again."),
        )


def _command(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-P", "-m", module, *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))}


class QueryProcess:
    """One process, asked one question at a time by one thread; any thread may end it."""

    def __init__(self, number: int, view: View | None, copy: Path) -> None:
        self.number = number
        self.view = view
        self._ended: Reason | None = None
        self._ready = False
        self._process = subprocess.Popen(
            _command("graph.stores.embedded.child", str(copy)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )

    @property
    def alive(self) -> bool:
        """Whether it can be asked (again)."""
        return self._ended is None and self._process.poll() is None

    def end(self, reason: Reason) -> None:
        """Ends it at once."""
        self._ended = self._ended or reason
        self._process.kill()

    def wait(self) -> None:
        """Until it is gone. Its pipes are closed."""
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:  # it went before it had read all
                    continue

    def ask(self, question: Question) -> Table:
        """The answer; of one that a limit cut, what had come until then. Raises ``Gone`` when the process had left already."""
        columns: tuple[str, ...] = ()
        rows: list[tuple[object, ...]] = []
        clock = threading.Timer(question.milliseconds / 1000 + GRACE_SECONDS, self.end, ("milliseconds",))
        clock.daemon = True
        try:
            self._await_copy()
            clock.start()
            self._send(question)
            while True:
                answer = self._next()
                columns = columns or answer.columns
                rows += answer.rows
                if answer.problem:
                    raise _query_problem(answer)
                if answer.done:
                    return Table(columns, tuple(rows), truncated=answer.limit)
        except (EOFError, BrokenPipeError, pickle.UnpicklingError):
            return Table(columns, tuple(rows), truncated=self._why())
        except QueryProblem:
            raise
        except BaseException:  # somebody interrupts this thread: what is still to come is nobody's answer
            self.end("cancelled")
            raise
        finally:
            clock.cancel()

    def _await_copy(self) -> None:
        """The time of a query begins when the process has read its copy."""
        if not self._ready:
            self._next()
            self._ready = True

    def _send(self, question: Question) -> None:
        assert self._process.stdin is not None  # it is a pipe
        self._process.stdin.write(pickle.dumps(question, pickle.HIGHEST_PROTOCOL))
        self._process.stdin.flush()

    def _next(self) -> Answer:
        assert self._process.stdout is not None  # it is a pipe
        found: Answer = pickle.load(self._process.stdout)
        return found

    def _why(self) -> str:
        """Which limit ended the process."""
        code = self._process.wait()
        if self._ended is not None:
            return self._ended
        if code == 0:
            raise Gone
        if code in _LIMITS:
            return _LIMITS[code]
        raise StoreProblem(
            message("The process that ran the query ended unexpectedly (code {code}).", code=code),
            hint=message("Try again; if it happens again, report the query."),
        )
