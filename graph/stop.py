"""A word from outside: whatever runs for this question shall end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal["milliseconds", "cancelled", "bytes"]
"""Why work was asked to stop: its time is over, nobody waits for it any more, it has gathered as much as memory allows it."""


class Stop:
    """Asks whatever runs for one question to end. Any thread may set it, before or while the question is answered; once set it stays."""

    __slots__ = ("_lock", "_reason", "_running")

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: dict[int, Callable[[Reason], object]] = {}
        self._reason: Reason | None = None

    @property
    def reason(self) -> Reason | None:
        """Why it was set, if it was."""
        return self._reason

    def set(self, reason: Reason = "cancelled") -> None:
        """Stops what runs under it and all that will. The first reason holds."""
        with self._lock:
            self._reason = self._reason or reason
            for end in self._running.values():
                end(self._reason)

    def add(self, end: Callable[[Reason], object]) -> int:
        """From now on ``end`` is called, in the thread that sets this, when it is set; at once if it is already. It must be quick.
        Returns what ``remove`` takes."""
        with self._lock:
            self._running[id(end)] = end
            if self._reason is not None:
                end(self._reason)
        return id(end)

    def remove(self, added: int) -> None:
        """The work is over: ``end`` is not called any more."""
        with self._lock:
            self._running.pop(added, None)
