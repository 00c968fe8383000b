"""What a running ``lianyin serve`` and the command line know of each other: its note beside the store, and the headers between them.

An embedded store belongs to one process. While that is the server, its note (``server.json``, readable by this user only) tells the
command line where to ask instead.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

TOKEN_HEADER = b"lianyin-token"
"""Proves that the asker may open the store themselves, so that they choose their own clearance."""
CLEARANCE_HEADER = b"lianyin-clearance"
TODAY_HEADER = b"lianyin-today"
ACTOR_HEADER = "lianyin-actor"
"""As whom the asker acts, percent-encoded: there is no log-in yet."""
NODES_HEADER = "lianyin-nodes"
RELATIONSHIPS_HEADER = "lianyin-relationships"

NOTE = "server.json"


@dataclass(frozen=True, slots=True)
class ServerNote:
    """Where a server answers for a store: its address, its process, and the token that only this user can read."""

    url: str
    pid: int
    token: str


def note_path(store_url: str) -> Path | None:
    """Where the note for this store is: in its folder, for an embedded one; other stores need none."""
    if not store_url.startswith("kglite://"):
        return None
    return Path(store_url.removeprefix("kglite://")).expanduser() / NOTE


def write_note(store_url: str, note: ServerNote) -> Path | None:
    """Puts the note beside the store in one step, readable and writable by this user only."""
    path = note_path(store_url)
    if path is None:
        return None
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{NOTE}.", delete=False) as draft:  # made with mode 0600
        draft.write(orjson.dumps(asdict(note)))
    os.replace(draft.name, path)
    return path


def read_note(store_url: str) -> ServerNote | None:
    """The note, or nothing where there is none that can be read."""
    path = note_path(store_url)
    if path is None:
        return None
    try:
        found = orjson.loads(path.read_bytes())
        return ServerNote(str(found["url"]), int(found["pid"]), str(found["token"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remove_note(path: Path | None) -> None:
    """The server is going."""
    if path is not None:
        path.unlink(missing_ok=True)
