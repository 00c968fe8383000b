"""The secret under which telephone and ID numbers are hashed: one file, readable by its owner only, made when first needed."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

from graph.errors import FileProblem
from graph.messages import message

KEY_BYTES = 32
"""As many as the hash has: a longer key adds nothing (RFC 2104)."""


def read_hash_key(file: Path | None) -> str:
    """The key (hexadecimal text), made at random if the file does not exist. Raises ``FileProblem`` if it cannot be read or written."""
    place = file or user_data_path("lianyin", appauthor=False) / "hash.key"
    try:
        if not place.exists():
            _make(place)
        key = place.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(
            message("The hash key {place} cannot be used: {error}", place=place, error=error),
            hint=message("Correct LIANYIN_HASH_KEY_FILE, or the file's permissions."),
        ) from error
    if not key:
        raise FileProblem(
            message("The hash key {place} is empty.", place=place), hint=message("Restore it, or remove the file for a new key.")
        )
    return key


def _make(place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # another process has just made it
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(secrets.token_hex(KEY_BYTES) + "\n")
