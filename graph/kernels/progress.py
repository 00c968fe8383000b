"""Who is told while kernels are compiled. No numba here, so that anyone may import it cheaply."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Compiling:
    """Which function is compiled now; ``ready`` of the ``known`` functions of the modules in use can run."""

    module: str
    function: str
    ready: int
    known: int


Listener: TypeAlias = Callable[[Compiling], object]

_listeners: list[Listener] = []
_lock = threading.Lock()


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Calls ``listener`` before each function that is compiled inside, in the thread that compiles. It must be quick."""
    with _lock:
        _listeners.append(listener)
    try:
        yield
    finally:
        with _lock:
            _listeners.remove(listener)


def tell(compiling: Compiling) -> None:
    """Tells all who listen."""
    with _lock:
        told = list(_listeners)
    for listener in told:
        listener(compiling)
