"""The projection's file of an open store: found when its history is the store's own, else quietly left aside and written anew.

That is right here because every answer is then made from the store itself and is whole; ``lianyin verify`` names a file that is damaged.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from graph.errors import Conflict, LianyinError
from graph.ontology.schema import Ontology
from graph.store import QueryLimits, Store

if TYPE_CHECKING:
    from graph.projection import Projection
    from lianyin.settings import Settings

FILE = "projection.arrays"

_TOKEN = "MATCH (c:Change) WHERE c.revision = $revision AND c.kind = 'commit' RETURN c.token AS token"
_LIMITS = QueryLimits(rows=1, trusted=True)


def file_path(store_url: str, settings: Settings) -> Path | None:
    """Where the file for this store lies: in the chosen folder, else beside an embedded store, else in the user's cache. ``None`` when
    the settings want none."""
    if not settings.keep_projection:
        return None
    if settings.projection_folder is None and store_url.startswith("kglite://"):
        return Path(store_url.removeprefix("kglite://")).expanduser() / FILE
    folder = settings.projection_folder or user_cache_path("lianyin", appauthor=False) / "projections"
    return folder / f"{blake2b(store_url.encode(), digest_size=12).hexdigest()}.{FILE}"


def commit_token(store: Store, revision: int) -> str:
    """What tells this revision of this store from every other; "" where nothing was ever published."""
    rows = store.cypher(_TOKEN, {"revision": revision}, _LIMITS).rows
    return str(rows[0][0]) if rows else ""


class KeptProjection:
    """The file at ``path`` (``None``: there is none) for one store and ontology."""

    def __init__(self, store: Store, ontology: Ontology, path: Path | None) -> None:
        self._store = store
        self._ontology = ontology
        self.path = path

    def opened(self) -> Projection | None:
        """The projection of the file, of the store's revision or an earlier one; nothing when there is no file that fits."""
        from graph.projection.file import Unusable, read

        if self.path is None:
            return None
        try:
            projection, token = read(self.path, self._ontology)
            fits = 0 < projection.revision <= self._store.head().revision and token == commit_token(self._store, projection.revision)
        except (OSError, Unusable, Conflict):  # a store in the middle of a publication answers no query
            return None
        return projection if fits else None

    def keep(self, projection: Projection) -> None:
        """Writes the file anew, if that can be done: a full disk or a folder that cannot be written is no error of the question."""
        from graph.projection.file import write

        if self.path is None or projection.revision < 1 or projection.dangling:
            return
        with suppress(OSError, LianyinError):
            token = commit_token(self._store, projection.revision)
            if token:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write(projection, token, self.path)

    def damage(self) -> str:
        """Why the file cannot be used, "" when it can or there is none."""
        from graph.projection.file import Unusable, read

        if self.path is None or not self.path.exists():
            return ""
        try:
            read(self.path, self._ontology)
        except (OSError, Unusable) as problem:
            return str(problem)
        return ""
