"""A bidirectional breadth-first search in C over the same arrays, compiled here with the machine's own compiler."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.graphs import Pair
from graph.projection import Projection

SOURCE = Path(__file__).with_name("bfs.c")
FLAGS = ("-O3", "-march=native", "-shared", "-fPIC", "-std=gnu11")


def compiler() -> str | None:
    """``$CC``, or the first C compiler on the path."""
    wanted = os.environ.get("CC")
    return shutil.which(wanted) if wanted else next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)


class CompiledSearch:
    """The search on one graph. Called by ``ctypes`` with numbers, and its path made a tuple, as our own is: the way from Python into
    the search and back is counted for both."""

    def __init__(self, projection: Projection, command: str) -> None:
        with tempfile.TemporaryDirectory(prefix="lianyin-bfs-") as folder:
            library = Path(folder) / "bfs.so"
            subprocess.run([command, *FLAGS, str(SOURCE), "-o", str(library)], check=True)
            self._library = ctypes.CDLL(str(library))
        self._projection = projection
        number, pointer = ctypes.c_int32, ctypes.c_void_p
        self._library.bfs_open.argtypes, self._library.bfs_open.restype = (pointer, pointer, number), pointer
        self._library.bfs_close.argtypes, self._library.bfs_close.restype = (pointer,), None
        self._library.bfs_shortest.argtypes = (pointer, number, number, number, pointer)
        self._library.bfs_timed.argtypes, self._library.bfs_timed.restype = (pointer, pointer, number, number, pointer, pointer), None
        adjacency = projection.adjacency
        self._graph = self._library.bfs_open(adjacency.starts.ctypes.data, adjacency.neighbors.ctypes.data, projection.node_count)
        if not self._graph:
            raise MemoryError("The C search found no memory for its queues.")

    def shortest(self, pair: Pair, max_hops: int) -> tuple[int, ...]:
        path = np.empty(max_hops + 1, np.int32)
        hops = self._library.bfs_shortest(self._graph, pair[0], pair[1], max_hops, path.ctypes.data)
        return tuple(path[: hops + 1].tolist()) if hops >= 0 else ()

    def timed(self, pairs: Sequence[Pair], max_hops: int) -> list[float]:
        """Microseconds of each search, called from C and timed there."""
        given = np.array(pairs, np.int32)
        found = np.empty(len(pairs), np.int64)
        path = np.empty(max_hops + 1, np.int32)
        self._library.bfs_timed(self._graph, given.ctypes.data, len(pairs), max_hops, found.ctypes.data, path.ctypes.data)
        times: list[float] = (found / 1e3).tolist()
        return times

    def close(self) -> None:
        self._library.bfs_close(self._graph)
