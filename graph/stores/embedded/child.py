"""The process that runs analysts' queries: on a copy of the graph, and never longer or larger than it may.

The engine looks at the clock between rows only, and a text that is doubled again and again takes memory until the process is
aborted. So the query runs where nothing is lost when the process ends: this one watches itself from a second thread (the engine works
without Python's lock) and leaves when a limit is met; the exit code says which. ``python -P -m graph.stores.embedded.child COPY``
reads questions from stdin and writes answers to stdout, both pickled; it leaves when stdin ends or nothing is asked for a while.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

import kglite

from graph.stores.embedded.messages import OUT_OF_MEMORY, OUT_OF_TIME, UNSUITABLE, Answer, Question
from graph.stores.embedded.values import columns_of, plain_rows, total_of

IDLE_SECONDS = 300.0
"""A process that is asked nothing for so long gives its memory back."""

LOOK_SECONDS = 0.01
"""Between two looks at the clock and the memory: what the engine can take in it is far below a machine's memory."""

ROWS = 500
"""Rows in one message, so that whoever reads it can do other things in between."""

SPARE_BYTES = 1 << 30
"""Address space beyond the limit that the system grants before it refuses: arenas of threads are reserved, not used."""


class Limits(NamedTuple):
    """What holds at a moment: until when, which exit code says that this time is over, and the memory that may be taken (0 = any)."""

    ends: float
    code: int
    ceiling: int


class Watch:
    """Ends the process at its limits. These are replaced whole: the thread that looks must never see half of two of them."""

    def __init__(self) -> None:
        self._limits = self._idle()
        threading.Thread(target=self._watch, daemon=True).start()

    def begin(self, question: Question) -> None:
        """The limits of this question hold from now on."""
        limit_address_space(2 * question.bytes + SPARE_BYTES)
        self._limits = Limits(time.monotonic() + question.milliseconds / 1000, OUT_OF_TIME, resident_bytes() + question.bytes)

    def end(self) -> None:
        """The question is answered."""
        self._limits = self._idle()

    def look(self) -> int | None:
        """The exit code of the limit that is met, if one is."""
        limits = self._limits
        if time.monotonic() > limits.ends:
            return limits.code
        return OUT_OF_MEMORY if limits.ceiling and resident_bytes() > limits.ceiling else None

    def _watch(self) -> None:
        while (code := self.look()) is None:
            time.sleep(LOOK_SECONDS)
        os._exit(code)

    @staticmethod
    def _idle() -> Limits:
        return Limits(time.monotonic() + IDLE_SECONDS, 0, 0)


def resident_bytes() -> int:
    """Memory that this process has taken; 0 where the system does not tell (Windows)."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def limit_address_space(more: int) -> None:
    """Lets the system refuse what the watch would see too late. Where it cannot, the watch is alone."""
    try:
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (ImportError, OSError):
        return
    resource.setrlimit(resource.RLIMIT_AS, (now + more, resource.getrlimit(resource.RLIMIT_AS)[1]))


def main(copy: str) -> None:
    """Answers until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it is meant for the process that asks
    if hasattr(os, "nice"):
        os.nice(5)  # whoever waits for a light answer comes first
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not fall between the answers
    kglite.set_query_warning_policy("silent")
    graph = kglite.load(copy).freeze()
    watch = Watch()
    _write(out, Answer())
    while True:
        try:
            question: Question = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        watch.begin(question)
        room = question.bytes
        for part in _answer(question, graph):
            if part.done:
                watch.end()
            room -= _write(out, part)
            if room < 0 and not part.done:
                watch.end()
                _write(out, Answer(done=True, limit="bytes"))
                break
        kglite.trim_memory()


def _write(out: BinaryIO, part: Answer) -> int:
    data = pickle.dumps(part, pickle.HIGHEST_PROTOCOL)
    out.write(data)
    out.flush()
    return len(data)


def _answer(question: Question, graph: Any) -> Iterator[Answer]:
    try:
        found = graph.cypher(question.text, params=question.parameters, timeout_ms=question.milliseconds, row_limit=question.rows)
    except kglite.CypherTimeoutError:
        yield Answer(done=True, limit="milliseconds")
        return
    except MemoryError:
        yield Answer(done=True, limit="bytes")
        return
    except kglite.CypherSyntaxError as problem:
        yield Answer(done=True, problem=str(problem))
        return
    except (kglite.KgError, ValueError, TypeError, OverflowError):
        yield Answer(done=True, problem=UNSUITABLE)
        return
    columns = columns_of(found)
    if columns is None:
        yield Answer(done=True, problem="A query cannot choose its own form of answer.")
        return
    yield Answer(columns)
    rows = plain_rows(found, columns)
    while part := tuple(islice(rows, ROWS)):
        yield Answer(rows=part)
    yield Answer(done=True, limit="rows" if total_of(found) > len(found) else "")


if __name__ == "__main__":
    main(sys.argv[1])
