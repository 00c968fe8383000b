"""Files that change while they are read: a sync program, or somebody who saves. Half of the old file and half of the new one is no file."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from graph.errors import FileProblem
from graph.explanations import system_reason
from graph.messages import message


class Seen(NamedTuple):
    """A file as it was when it was first opened: its number on its disk, its bytes and the moment it was last written, in nanoseconds."""

    path: Path
    number: int
    size: int
    written: int


def seen(path: Path) -> Seen:
    """As it is now. Raises ``FileProblem`` for one that is not there (any more)."""
    try:
        found = path.stat()
    except OSError as problem:
        raise FileProblem(
            message("{file} cannot be read: {reason}.", file=path.name, reason=system_reason(problem)), where={"file": path.name}
        ) from problem
    return Seen(path, found.st_ino, found.st_size, found.st_mtime_ns)


def check_unchanged(first: Seen) -> None:
    """Raises ``FileProblem`` unless the file is still the one that was seen first."""
    try:
        now = seen(first.path)
    except FileProblem:
        now = None
    if now != first:
        if now is None:
            detail = message("{file} disappeared while it was being read: nothing of this load was recorded.", file=first.path.name)
        elif now.number == first.number:
            detail = message("{file} was written to while it was being read: nothing of this load was recorded.", file=first.path.name)
        else:
            detail = message("{file} was replaced while it was being read: nothing of this load was recorded.", file=first.path.name)
        raise FileProblem(
            detail,
            hint=message("Load it again when nobody is saving it."),
            where={"file": first.path.name},
        )
