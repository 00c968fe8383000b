"""From the layout before to this one, when a store is opened: what people did at the desk lies in the store alone, so none is refused for
its age. Each step may be done twice; the head's format is written last, so an upgrade that was interrupted is done again."""

from __future__ import annotations

from collections.abc import Callable

from graph.stores import rows
from graph.stores.cypher import layout
from graph.stores.cypher.layout import Statement
from graph.stores.publication import batches
from graph.stores.runner import Row

FROM = 1
"""The format that can be upgraded: ``Change.subjects`` is a list there, and ``Change.ids`` a text now (``rows.ids_text``)."""

BATCH = 100
"""Nodes a statement, of up to a thousand subjects each."""


def upgrade(run: Callable[[Statement], list[Row]]) -> None:
    """Writes what ``FORMAT`` wants; ``run`` is a transaction each."""
    listed = run(Statement("MATCH (c:Change) WHERE c.subjects IS NOT NULL AND c.kind <> 'commit' RETURN c.id AS id", {}))
    for batch in batches([row["id"] for row in listed], BATCH):
        found = run(Statement("MATCH (c:Change) WHERE c.id IN $ids RETURN c.id AS id, c.subjects AS subjects", {"ids": list(batch)}))
        texts = [{"id": row["id"], "text": rows.ids_text(row["subjects"])} for row in found]
        run(Statement("UNWIND $rows AS row MATCH (c:Change {id: row.id}) SET c.ids = row.text REMOVE c.subjects", {"rows": texts}))
    run(layout.update_head({"format": layout.FORMAT}))
