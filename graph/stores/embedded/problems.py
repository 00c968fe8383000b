"""The engine's errors as ours."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import kglite

from graph.errors import Conflict, LianyinError, StoreDamaged, StoreFull, StoreHeld, StoreProblem
from graph.messages import message


@contextmanager
def translated(folder: Path) -> Iterator[None]:
    """The engine's errors as ours. Ours pass through."""
    try:
        yield
    except LianyinError:
        raise
    except kglite.WriterLeaseHeldError as error:
        raise _held(folder, error.holder or {}) from error
    except kglite.ConstraintViolationError as error:
        raise Conflict(
            message("The store refused a write: {error}", error=error), hint=message("Read the store again, then repeat the step.")
        ) from error
    except kglite.FileFormatError as error:
        raise StoreDamaged(
            message("The files in {folder} are damaged or of another version: {error}", folder=folder, error=error), hint=_RESTORE
        ) from error
    except (kglite.KgError, OSError, RuntimeError, ValueError) as error:
        raise _other(folder, error) from error


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""The disk, the user's share of it, or the file is at its limit."""

_RESTORE = message("Put a backup of the folder in its place, or load the source files into a new one.")


def _held(folder: Path, holder: dict[str, Any]) -> StoreHeld:
    if holder.get("self"):
        return StoreHeld(
            message("The store in {folder} is already open in this process.", folder=folder),
            hint=message("Use the store that is open, or close it first."),
        )
    who = message("process {pid}", pid=holder["pid"]) if holder.get("pid") else message("another process")
    if holder.get("since"):
        who = message("{process} since {since}", process=who, since=holder["since"])
    return StoreHeld(
        message("The store in {folder} is held by {who}.", folder=folder, who=who),
        hint=message("Wait for it or end it; if it is the service, ask the service instead. For several processes at once, use Neo4j."),
    )


def _other(folder: Path, error: Exception) -> StoreProblem:
    text = str(error)
    folded = text.casefold()
    if getattr(error, "errno", None) in _NO_ROOM or any(f"os error {number}" in folded for number in _NO_ROOM):
        return StoreFull(
            message("The disk of {folder} is full; nothing of this step was kept.", folder=folder),
            hint=message("Free some space, then try again."),
        )
    if isinstance(error, PermissionError) or "permission denied" in folded:
        return StoreProblem(
            message("The folder {folder} cannot be written: {text}", folder=folder, text=text),
            hint=message("Give this user permission to write there."),
        )
    if isinstance(error, RuntimeError) and "replay" in folded:
        return StoreDamaged(message("The log in {folder} cannot be read: {text}", folder=folder, text=text), hint=_RESTORE)
    return StoreProblem(
        message("The store in {folder} failed: {text}", folder=folder, text=text),
        hint=message("If it happens again, keep the folder and report it."),
    )
