"""A store of the layout before is brought to this one when it is opened, and nothing in it is lost."""

from __future__ import annotations

from typing import cast

from graph.factory import open_store
from graph.store import Store
from graph.stores import rows
from graph.stores.base import GraphStore
from graph.stores.cypher import layout
from graph.stores.cypher.layout import Statement
from graph.stores.runner import Row
from graph.stores.upgrade import FROM, upgrade
from tests.contract.world import ONTOLOGY, everything, knows, node, publish


def run(store: Store, text: str, **parameters: object) -> list[Row]:
    """In a transaction of its own."""
    return cast("GraphStore", store)._runner.write(lambda inside: inside(Statement(text, parameters)), lambda _: None)


def made_old(store: Store) -> None:
    """Writes its changes as format 1 had them."""
    for row in run(store, "MATCH (c:Change) WHERE c.kind <> 'commit' RETURN c.id AS id, c.ids AS ids"):
        subjects = rows.read_ids(row["ids"])
        run(store, "MATCH (c:Change {id: $id}) SET c.subjects = $subjects REMOVE c.ids", id=row["id"], subjects=subjects)
    run(store, "MATCH (h:Head) SET h.format = $format", format=FROM)


def test_a_store_of_the_layout_before_is_upgraded(store: Store, store_url: str) -> None:
    publish(store, node("a"), node("b"), knows("a", "b"))
    publish(store, node("a", size=2), deleted=("b",), cut=("KNOWS:a>b",))
    before, changes = everything(store), list(store.changes(0))
    assert len(changes) == 6
    made_old(store)
    store.close()
    for _ in range(2):  # the second time it is of this format already
        again = open_store(store_url, ONTOLOGY)
        assert everything(again) == before and list(again.changes(0)) == changes
        assert run(again, "MATCH (h:Head) RETURN h.format AS format") == [{"format": layout.FORMAT}]
        publish(again, node("c"))
        before, changes = everything(again), list(again.changes(0))
        again.close()


def test_an_upgrade_that_was_interrupted_is_done_again(store: Store) -> None:
    publish(store, node("a"))
    publish(store, node("b"))
    changes = list(store.changes(0))
    made_old(store)
    first = run(store, "MATCH (c:Change) WHERE c.subjects IS NOT NULL RETURN c.id AS id ORDER BY c.id LIMIT 1")[0]["id"]
    run(store, "MATCH (c:Change {id: $id}) SET c.ids = $ids REMOVE c.subjects", id=first, ids=rows.ids_text(["a"]))
    upgrade(cast("GraphStore", store)._run)
    assert list(store.changes(0)) == changes
