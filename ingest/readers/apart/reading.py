"""The process that reads, seen from the one that asks: started once, kept between uploads, replaced after a file that was too much."""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import count
from pathlib import Path
from typing import IO, cast

import graph
from graph.errors import FileProblem, LianyinError
from graph.messages import Message, message
from ingest.readers.apart.messages import (
    OUT_OF_MEMORY,
    Answer,
    Asked,
    Bounds,
    DropRows,
    Forget,
    MoreRows,
    PreviewTables,
    Question,
    RawRows,
    ReadRows,
    RowBatch,
    SavedOn,
    TableKey,
)
from ingest.readers.base import BrokenRow, FormatOptions, Limits, Preview, Remark, SourceRow, TableRows

_PACKAGES = Path(graph.__path__[0]).parent
"""Where this package was imported from, so that the process finds the same."""

_CLOCK, _KILLED = 24, 9
"""The signals with which a system ends a process whose time is over, and one when memory runs out; Windows has no names for them."""

_CURRENT: ContextVar[ReadingApart | None] = ContextVar("reading apart", default=None)
_IDLE: list[ReadingApart] = []
_LOCK = threading.Lock()


def current() -> ReadingApart | None:
    """The process that reads for this thread; ``None`` where files are read here."""
    return _CURRENT.get()


@contextmanager
def reading_apart(bounds: Bounds) -> Iterator[None]:
    """Within it, every file of this thread is read in a process of its own, within these bounds: a file that takes more ends that process
    and raises ``FileProblem``."""
    process = _take()
    token = _CURRENT.set(process)
    try:
        process.begin(bounds)
        yield
    finally:
        _CURRENT.reset(token)
        _give_back(process)


def warm() -> None:
    """Starts a process ahead, so that the first upload does not wait for it."""
    _give_back(_take())


def _take() -> ReadingApart:
    with _LOCK:
        while _IDLE:
            found = _IDLE.pop()
            if found.alive:
                return found
            found.end()
    return ReadingApart()


def _give_back(process: ReadingApart) -> None:
    if process.forget():
        with _LOCK:
            if not _IDLE:
                _IDLE.append(process)
                return
    process.end()


@atexit.register
def _end_all() -> None:
    while _IDLE:
        _IDLE.pop().end()


class ReadingApart:
    """One process. It belongs to one upload, and so to one thread, at a time."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "ingest.readers.apart.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
        )
        self._numbers = count()
        self._awaited: dict[int, Answer | None] = {}
        self._bounds = Bounds(0, 0)

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    def begin(self, bounds: Bounds) -> None:
        """The bounds of the upload that it reads from now on."""
        self._bounds = bounds
        with suppress(BrokenPipeError):  # the first file says what became of it
            self._send(next(self._numbers), bounds)

    def forget(self) -> bool:
        """Whether it is ready for another upload: nothing of the last one is awaited or kept."""
        if not self.alive or self._awaited:
            return False
        try:
            self._send(next(self._numbers), Forget())
        except BrokenPipeError:
            return False
        return True

    def end(self) -> None:
        """Ends it at once."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                cast(IO[bytes], pipe).close()

    def preview(self, path: Path, options: FormatOptions, limits: Limits) -> list[Preview]:
        """``ingest.readers.preview``."""
        return cast(list[Preview], self._ask(path, PreviewTables(path, options, limits)))

    def saved_on(self, path: Path) -> str:
        """``ingest.readers.properties.saved_on``."""
        return cast(str, self._ask(path, SavedOn(path)))

    def read_rows(
        self, path: Path, table: Preview, header_row: int, header: tuple[str, ...], options: FormatOptions, limits: Limits
    ) -> TableRows:
        """``ingest.readers.read_rows``."""
        question = ReadRows(TableKey.of(path, table), header_row, header, options, limits)
        return TableRows(lambda late: cast(Iterator[SourceRow | BrokenRow], self._rows(path, question, late)))

    def raw_rows(self, path: Path, table: Preview, options: FormatOptions, limits: Limits) -> Iterator[tuple[int, list[str]]]:
        """``ingest.readers.raw_rows``."""
        return cast(Iterator[tuple[int, list[str]]], self._rows(path, RawRows(TableKey.of(path, table), options, limits), []))

    def _rows(self, path: Path, question: Question, late: list[Remark]) -> Iterator[object]:
        """Batch by batch; the next one is read while this one is used."""
        number = next(self._numbers)
        last = False
        try:
            self._request(number, question, path)
            while not last:
                rows, remarks, last = cast(RowBatch, self._receive(number, path).value)
                if not last:
                    self._request(number, MoreRows(), path)
                yield from rows
            late.extend(remarks)
        finally:
            if not last and self.alive:
                self._drop(number, path)

    def _drop(self, number: int, path: Path) -> None:
        with suppress(LianyinError, BrokenPipeError):
            if number in self._awaited:
                self._receive(number, path)
            self._send(number, DropRows())

    def _ask(self, path: Path, question: Question) -> object:
        number = next(self._numbers)
        self._request(number, question, path)
        return self._receive(number, path).value

    def _request(self, number: int, question: Question, path: Path) -> None:
        while None in self._awaited.values():  # an answer that fills the pipe must be out of it before anything large is sent
            self._collect(path)
        self._awaited[number] = None
        try:
            self._send(number, question)
        except BrokenPipeError:
            raise self._gone(path) from None

    def _receive(self, number: int, path: Path) -> Answer:
        while self._awaited[number] is None:
            self._collect(path)
        answer = self._awaited.pop(number)
        assert answer is not None
        if answer.problem is not None:
            raise answer.problem.raised()
        if answer.failure == OUT_OF_MEMORY:
            raise self._problem(path, self._too_large(path))
        if answer.failure:
            raise RuntimeError(answer.defect)
        return answer

    def _collect(self, path: Path) -> None:
        assert self._process.stdout is not None  # it is a pipe
        try:
            answer: Answer = pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):
            raise self._gone(path) from None
        self._awaited[answer.number] = answer

    def _send(self, number: int, question: Question) -> None:
        assert self._process.stdin is not None  # it is a pipe
        self._process.stdin.write(pickle.dumps(Asked(number, question), pickle.HIGHEST_PROTOCOL))
        self._process.stdin.flush()

    def _gone(self, path: Path) -> FileProblem:
        """Why the process has ended: the clock, or memory that was refused to a library."""
        code = self._process.wait()
        if code == -_CLOCK:
            return self._problem(
                path, message("{file} takes more than {seconds:,} s to be read.", file=path.name, seconds=self._bounds.seconds)
            )
        if code in (-signal.SIGABRT, -_KILLED):
            return self._problem(path, self._too_large(path))
        return self._problem(path, message("{file} ended the program that reads it (code {code}).", file=path.name, code=code))

    def _too_large(self, path: Path) -> Message:
        megabytes = self._bounds.bytes // 1_000_000
        return message("{file} needs more than {megabytes:,} MB of memory to be read.", file=path.name, megabytes=megabytes)

    def _problem(self, path: Path, detail: Message) -> FileProblem:
        return FileProblem(
            detail,
            hint=message("Save the table as CSV, or in several files; or raise LIANYIN_MAX_READING_BYTES or LIANYIN_MAX_READING_SECONDS."),
            where={"file": path.name},
        )
