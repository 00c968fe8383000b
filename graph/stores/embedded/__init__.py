"""The embedded store: ``kglite`` in this process, one folder on disk, every commit flushed before it is acknowledged.

One process at a time: a second one is told who holds the folder. It is never opened without its log, because such a reader would
see an old state and not know it. Analysts' queries run in processes beside it, on copies of the published graph.
"""

from __future__ import annotations

from pathlib import Path

from graph.errors import StoreProblem
from graph.messages import message
from graph.ontology.schema import Ontology
from graph.stores.base import GraphStore
from graph.stores.embedded.runner import FILE, SCHEME, EmbeddedRunner

__all__ = ["FILE", "SCHEME", "open_embedded"]


def open_embedded(url: str, ontology: Ontology) -> GraphStore:
    """``kglite:///absolute/folder`` or ``kglite://relative/folder``; the folder is made if need be. Raises ``StoreHeld``, ``StoreDamaged``,
    ``StoreFull`` or ``StoreProblem``."""
    runner = EmbeddedRunner(_folder(url))
    try:
        return GraphStore(runner, ontology)
    except BaseException:
        runner.close()
        raise


def _folder(url: str) -> Path:
    text = url.removeprefix(SCHEME)
    if not text.strip("/"):
        raise StoreProblem(
            message("'{url}' names no folder.", url=url), hint=message("Write kglite:///absolute/folder or kglite://relative/folder.")
        )
    return Path(text).expanduser().resolve()
