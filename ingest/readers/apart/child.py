"""The process that reads: ``python -P -m ingest.readers.apart.child`` takes questions from stdin and writes answers to stdout, pickled.

It leaves when stdin ends. The system ends it when an upload's seconds of processor are used up, and refuses it memory beyond the upload's
bytes; libraries that cannot be refused abort. On systems without ``resource`` (Windows) there is no such limit.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from graph.errors import LianyinError
from ingest.readers.apart.messages import (
    DEFECT,
    OUT_OF_MEMORY,
    ROWS,
    Answer,
    Asked,
    Bounds,
    DropRows,
    Forget,
    PreviewTables,
    Problem,
    RawRows,
    ReadRows,
    RowBatch,
    SavedOn,
    TableKey,
)
from ingest.readers.base import BrokenRow, Preview, Remark, SourceRow
from ingest.readers.open import preview, read_rows
from ingest.readers.properties import saved_on
from ingest.readers.raw import raw_rows

try:
    import resource
except ImportError:  # Windows
    LIMITED = False
else:
    LIMITED = sys.platform != "win32"


class Reader:
    """What one upload has opened so far."""

    def __init__(self) -> None:
        self._tables: dict[TableKey, Preview] = {}
        self._series: dict[int, tuple[Iterator[SourceRow | BrokenRow] | Iterator[tuple[int, list[str]]], list[Remark]]] = {}

    def answer(self, asked: Asked) -> Answer | None:
        """The answer to a question; ``None`` where none is expected. Raises what the readers raise."""
        number, question = asked
        if isinstance(question, PreviewTables):
            return Answer(number, self._preview(question))
        if isinstance(question, SavedOn):
            return Answer(number, saved_on(question.path))
        if isinstance(question, ReadRows):
            rows = read_rows(
                question.table.path, self._tables[question.table], question.header_row, question.header, question.options, question.limits
            )
            late: list[Remark] = []
            self._series[number] = rows.read(late), late
        elif isinstance(question, RawRows):
            self._series[number] = raw_rows(question.table.path, self._tables[question.table], question.options, question.limits), []
        elif isinstance(question, Bounds):
            _limit(question)
            return None
        elif isinstance(question, DropRows | Forget):
            self._series.pop(number, None)
            return None
        return Answer(number, self._next(number))

    def _preview(self, question: PreviewTables) -> list[Preview]:
        found = preview(question.path, question.options, question.limits)
        self._tables |= {TableKey.of(question.path, table): table for table in found}
        # What only the rows are read with stays here.
        return [replace(table, shown={}, regular=b"") for table in found]

    def _next(self, number: int) -> RowBatch:
        rows, late = self._series[number]
        batch = list(islice(rows, ROWS))
        last = len(batch) < ROWS
        if last:
            del self._series[number]
        return batch, late if last else [], last  # type: ignore[return-value]


def _limit(bounds: Bounds) -> None:
    if not LIMITED:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + bounds.seconds)
    _set(resource.RLIMIT_DATA, _data_bytes() + bounds.bytes)


def _unlimit() -> None:
    if LIMITED:
        for kind in (resource.RLIMIT_CPU, resource.RLIMIT_DATA):
            _set(kind, resource.getrlimit(kind)[1])


def _set(kind: int, soft: int) -> None:
    hard = resource.getrlimit(kind)[1]
    within = hard if soft == resource.RLIM_INFINITY else soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(kind, (within, hard))


def _data_bytes() -> int:
    """What counts against the limit already: private writable memory, by the system's own count."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # macOS has no /proc
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def main() -> None:
    """Answers until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is meant for the process that asks
    if LIMITED:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        os.nice(5)  # whoever waits for a light answer comes first
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall between the answers
    reader = Reader()
    while True:
        try:
            asked: Asked = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        if isinstance(asked.question, Forget):
            reader = Reader()
            _unlimit()
            continue
        answer = _answered(reader, asked)
        if answer is not None:
            _write(out, answer)


def _answered(reader: Reader, asked: Asked) -> Answer | None:
    try:
        return reader.answer(asked)
    except LianyinError as problem:
        return Answer(asked.number, problem=Problem(type(problem), problem.detail, problem.hint, problem.where))
    except MemoryError:
        return Answer(asked.number, failure=OUT_OF_MEMORY)
    except Exception:  # noqa: BLE001 - told to the process that asks, whose log it belongs in
        return Answer(asked.number, failure=DEFECT, defect=traceback.format_exc())


def _write(out: BinaryIO, answer: Answer) -> None:
    out.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    out.flush()


if __name__ == "__main__":
    main()
