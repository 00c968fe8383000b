"""Which process wrote something, so that another one on the same machine can tell whether it still runs.

A process is named by its machine (as it was started this time, and its namespace of process numbers), its number and the moment it began:
numbers are given out again.
"""

from __future__ import annotations

import os
import socket
from functools import cache
from hashlib import blake2b
from pathlib import Path

_STARTED = 19
"""Where the moment of the start stands in ``/proc/<number>/stat`` behind the name, counted from 0 (proc(5), field 22)."""


def this_process() -> str:
    """``<machine>/<number>/<began>``."""
    return f"{_machine()}/{os.getpid()}/{_began(os.getpid())}"


def has_ended(process: str) -> bool:
    """Whether a process, named by ``this_process``, certainly runs no more. One of another machine, or unknown, may still run."""
    machine, _, rest = process.partition("/")
    number, _, began = rest.partition("/")
    if os.name != "posix" or machine != _machine() or not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return began != _began(int(number)) or _is_dead(int(number))


@cache
def _machine() -> str:
    """A short hash: nobody reads from a store what its machines are called."""
    parts = [socket.gethostname(), _text(Path("/proc/sys/kernel/random/boot_id"))]
    try:
        parts.append(os.readlink("/proc/self/ns/pid"))
    except OSError:
        parts.append("")
    return blake2b("\n".join(parts).encode(errors="replace"), digest_size=8).hexdigest()


def _began(number: int) -> str:
    """In the kernel's ticks since the machine started; empty where the system does not say."""
    fields = _fields(number)
    return fields[_STARTED] if len(fields) > _STARTED else ""


def _is_dead(number: int) -> bool:
    """Killed, but not yet noticed by the process that started it."""
    return _fields(number)[:1] in (["Z"], ["X"])


def _fields(number: int) -> list[str]:
    return _text(Path(f"/proc/{number}/stat")).rpartition(")")[2].split()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
