"""Publishing: whole or not at all, one at a time, invisible until then, seen by ``changes`` afterwards."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from graph.errors import Conflict, LianyinError, NotFound
from graph.factory import open_store
from graph.model import Change, Facts, Head, LoadState
from graph.store import ClaimSelection, Commit, QueryLimits, Store
from tests.contract.world import ONTOLOGY, everything, knows, new_load, node, node_claim, publish, published


def count(store: Store) -> int:
    """Nodes that an analyst's query sees."""
    number = store.cypher("MATCH (n:Entity) RETURN count(n)", {}, QueryLimits()).rows[0][0]
    assert isinstance(number, int)
    return number


def test_an_empty_store(store: Store) -> None:
    assert store.head() == Head(0, "")
    assert store.loads() == [] and list(store.changes(0)) == [] and everything(store) == ({}, {})


def test_revisions_follow_one_another(store: Store) -> None:
    publish(store, node("a"))
    for revision in (0, 1, 3):
        with pytest.raises(Conflict, match="store is at 1"):
            store.commit(Commit(revision, upserts=Facts((node("b"),))))
    assert store.head() == Head(1, "") and sorted(everything(store)[0]) == ["a"]


def test_changes_tell_what_each_revision_touched(store: Store) -> None:
    publish(store, node("a"), node("b"), knows("a", "b"))
    publish(store, node("a", size=2))
    publish(store, deleted=("b",), cut=("KNOWS:a>b",))
    assert set(store.changes(0)) == {
        Change(1, True, "a", False),
        Change(1, True, "b", False),
        Change(1, False, "KNOWS:a>b", False),
        Change(2, True, "a", False),
        Change(3, True, "b", True),
        Change(3, False, "KNOWS:a>b", True),
    }
    assert [change.revision for change in store.changes(0)] == [1, 1, 1, 2, 3, 3]
    assert set(store.changes(2)) == {Change(3, True, "b", True), Change(3, False, "KNOWS:a>b", True)}
    assert list(store.changes(3)) == [] == list(store.changes(99))


def test_changes_of_a_large_commit(store: Store) -> None:
    names = [f"n{index}" for index in range(2_345)]
    publish(store, *(node(name) for name in names))
    assert sorted(change.subject for change in store.changes(0)) == sorted(names)


def test_staged_facts_are_seen_when_they_are_published(store: Store) -> None:
    publish(store, node("old"))
    load = new_load(store)
    store.hold_publication(load.id, 1)
    assert store.head() == Head(1, load.id)
    store.stage(Facts((node("a"), node("b"))), 2)
    store.stage(Facts((), (knows("a", "old"), knows("a", "b"))), 2)
    assert sorted(everything(store)[0]) == ["old"] and everything(store)[1] == {}
    assert store.facts(["a", "old"], ["KNOWS:a>b"], ["old", "a"]) == Facts((node("old"),))
    assert [item.id for item in store.page("Person", "", 10)] == ["old"]
    assert list(store.changes(1)) == []
    store.commit(
        Commit(
            2, Facts((node("c"),)), staged_nodes=("a", "b"), staged_relationships=("KNOWS:a>old", "KNOWS:a>b"), loads=(published(load, 2),)
        )
    )
    assert sorted(everything(store)[0]) == ["a", "b", "c", "old"] and sorted(everything(store)[1]) == ["KNOWS:a>b", "KNOWS:a>old"]
    assert {change.subject for change in store.changes(1)} == {"a", "b", "c", "KNOWS:a>old", "KNOWS:a>b"}
    assert store.head() == Head(2, "") and count(store) == 4


def test_a_query_never_sees_what_is_staged(store: Store) -> None:
    """The embedded store answers from the published state; Neo4j, which keeps no old states, says that it must wait."""
    publish(store, node("old"))
    load = new_load(store)
    store.hold_publication(load.id, 1)
    store.stage(Facts((node("a"),)), 2)
    if store.url.startswith("kglite"):
        assert count(store) == 1
    else:
        with pytest.raises(Conflict, match="being published"):
            count(store)
    store.withdraw(load.id)
    assert count(store) == 1


def test_staging_needs_the_publication_and_new_facts(store: Store) -> None:
    publish(store, node("old"))
    with pytest.raises(Conflict):
        store.stage(Facts((node("a"),)), 2)
    load = new_load(store)
    store.hold_publication(load.id, 1)
    for revision in (1, 3):
        with pytest.raises(Conflict):
            store.stage(Facts((node("a"),)), revision)
    with pytest.raises(Conflict):
        store.stage(Facts((node("old"),)), 2)
    with pytest.raises(Conflict):
        store.stage(Facts((node("a"),), (knows("a", "nobody"),)), 2)
    with pytest.raises(NotFound):
        store.stage(Facts((node("a", "Spaceship"),)), 2)
    store.stage(Facts((node("a"),), (knows("a", "old"),)), 2)
    store.commit(Commit(2, staged_nodes=("a",), staged_relationships=("KNOWS:a>old",), loads=(published(load, 2),)))
    assert sorted(everything(store)[0]) == ["a", "old"]


def test_an_interrupted_publication_is_withdrawn(store: Store) -> None:
    publish(store, node("old"), node("other"), knows("old", "other"))
    before = everything(store)
    load = new_load(store)
    store.append_claims([node_claim(load, 1, "a")], load)
    store.hold_publication(load.id, 1)
    store.stage(Facts((node("a"), node("b")), (knows("a", "b"), knows("a", "old"))), 2)
    store.withdraw(load.id)
    assert store.head() == Head(1, "") and everything(store) == before
    assert list(store.claims(ClaimSelection(loads=[load.id]))) == [] and count(store) == 2
    publish(store, node("a"), knows("a", "old"))  # the ids are free again
    assert sorted(everything(store)[0]) == ["a", "old", "other"]


def test_an_interrupted_publication_is_withdrawn_after_reopening(store_url: str) -> None:
    store = open_store(store_url, ONTOLOGY)
    publish(store, node("old"))
    load = new_load(store)
    store.append_claims([node_claim(load, 1, "a")], load)
    store.hold_publication(load.id, 1)
    store.stage(Facts((node("a"),), (knows("a", "old"),)), 2)
    store.close()
    store = open_store(store_url, ONTOLOGY)
    try:
        assert store.head() == Head(1, load.id) and sorted(everything(store)[0]) == ["old"]
        with pytest.raises(Conflict):
            count(store)
        with pytest.raises(Conflict, match=load.id):
            publish(store, node("thief"))
        store.withdraw(load.id)
        assert store.head() == Head(1, "") and everything(store)[1] == {} and count(store) == 1
        assert store.loads()[0].state is LoadState.WITHDRAWN
    finally:
        store.close()


def test_reopening_gives_the_same_answers(store_url: str) -> None:
    store = open_store(store_url, ONTOLOGY)
    load = new_load(store)
    store.append_claims([node_claim(load, 1, "a")], load)
    store.commit(Commit(1, Facts((node("a"), node("b")), (knows("a", "b"),)), loads=(published(load, 1),)))

    def answers(asked: Store) -> object:
        return (
            everything(asked),
            asked.head(),
            asked.loads(),
            list(asked.changes(0)),
            list(asked.claims(ClaimSelection(nodes=["a"]))),
            asked.facts(["b", "a"], ["KNOWS:a>b"], ["a"]),
            asked.cypher("MATCH (n:Entity)-[r]->(m) RETURN n, r, m", {}, QueryLimits()),
        )

    before = answers(store)
    store.close()
    store.close()
    with pytest.raises(LianyinError, match="closed"):
        store.head()
    store = open_store(store_url, ONTOLOGY)
    try:
        assert answers(store) == before
    finally:
        store.close()


def test_one_load_publishes_at_a_time(store: Store) -> None:
    first, second = new_load(store), new_load(store)
    store.hold_publication(first.id, 0)
    store.hold_publication(first.id, 0)  # it has it already
    started = time.monotonic()
    with pytest.raises(Conflict, match=first.id):
        store.hold_publication(second.id, 0.3)
    assert 0.2 < time.monotonic() - started < 5
    store.commit(Commit(1, loads=(published(first, 1),)))
    store.hold_publication(second.id, 0)
    assert store.head() == Head(1, second.id)
    with pytest.raises(NotFound):
        open_another = "L99"
        store.withdraw(second.id)
        store.hold_publication(open_another, 0)
    with pytest.raises(Conflict):
        store.hold_publication(first.id, 0)


def test_waiting_ends_when_the_other_has_published(store: Store) -> None:
    first, second = new_load(store), new_load(store)
    store.hold_publication(first.id, 0)
    timer = threading.Timer(0.5, lambda: store.commit(Commit(1, loads=(published(first, 1),))))
    timer.start()
    store.hold_publication(second.id, 20)
    timer.join()
    assert store.head() == Head(1, second.id)


def test_nobody_commits_over_a_publication(store: Store) -> None:
    load = new_load(store)
    store.hold_publication(load.id, 0)
    with pytest.raises(Conflict, match=load.id):
        publish(store, node("a"))
    assert store.head() == Head(0, load.id)


def test_eight_loads_at_once(store: Store) -> None:
    """Each writes claims and facts of its own and one fact that all share; none is lost, and revisions have no gap."""

    def run(number: int) -> str:
        load = new_load(store, f"load {number}")
        for batch in range(3):
            store.append_claims([node_claim(load, batch * 10 + index, f"{number}-{index}") for index in range(5)], load)
        store.hold_publication(load.id, 60)
        revision = store.head().revision + 1
        mine = [node(f"{number}-{index}") for index in range(5)]
        links = [knows(item.id, "shared", properties={"by": load.id}) for item in mine]
        store.commit(Commit(revision, Facts((node("shared", last=load.id), *mine), tuple(links)), loads=(published(load, revision),)))
        return load.id

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(run, range(8)))
    assert sorted(ids) == sorted(f"L{number}" for number in range(1, 9))
    nodes, relationships = everything(store)
    assert len(nodes) == 41 and len(relationships) == 40
    assert store.head() == Head(8, "")
    assert sorted(load.revision for load in store.loads()) == list(range(1, 9))
    assert all(load.state is LoadState.PUBLISHED for load in store.loads())
    assert len(list(store.claims(ClaimSelection(loads=ids)))) == 8 * 15
    last = max(store.loads(), key=lambda load: load.revision).id
    assert nodes["shared"].properties["last"] == last


def test_paging_under_writes_misses_and_repeats_nothing(store: Store) -> None:
    original = [f"n{index:03d}" for index in range(60)]
    publish(store, *(node(name) for name in original))
    seen: list[str] = []
    after = ""
    turn = 0
    while page := store.page("Person", after, 7):
        seen += [item.id for item in page]
        after = seen[-1]
        turn += 1
        # Behind the page, within the next one, and beyond the end; one that was seen changes.
        behind, ahead, beyond = node(f"n000+{turn:02d}"), node(f"n{turn * 7:03d}+"), node(f"z{turn % 3}")
        publish(store, behind, ahead, beyond, node(original[0], turn=turn))
    assert turn < 20 and len(seen) == len(set(seen))
    assert set(original) <= set(seen)
    assert seen == sorted(seen)


def test_a_scan_and_its_changes_give_the_present(store: Store) -> None:
    publish(store, *(node(f"n{index:04d}") for index in range(300)))
    head, nodes, relationships = store.scan()
    first = next(nodes)
    publish(store, node("late"), knows("late", "n0001"), deleted=("n0200",))
    found = {item.id: item for item in [first, *nodes]}
    links = {item.id: item for item in relationships}
    assert head.revision == 1
    for change in store.changes(head.revision):
        fresh = store.facts([change.subject], [change.subject])
        (found if change.is_node else links).pop(change.subject, None)
        found.update({item.id: item for item in fresh.nodes})
        links.update({item.id: item for item in fresh.relationships})
    assert (found, links) == everything(store)


def test_a_commit_that_fails_midway_leaves_nothing(store: Store) -> None:
    load = new_load(store)
    publish(store, node("a"), node("b"), knows("a", "b"))
    store.append_claims([node_claim(load, 1, "a")], load)
    store.hold_publication(load.id, 1)

    def state() -> object:
        return everything(store), store.head(), store.loads(), list(store.changes(0)), list(store.claims(ClaimSelection(loads=["L1"])))

    before = state()
    bad = Commit(
        2,
        Facts((node("a", changed=True), node("new")), (knows("a", "nowhere"),)),
        deleted_nodes=("b",),
        deleted_relationships=("KNOWS:a>b",),
        claims=(node_claim(load, 2, "new"),),
        closed_claims=("L1:1",),
        closed_at="2026",
        closed_by="L1",
        loads=(published(load, 2),),
    )
    with pytest.raises(Conflict):
        store.commit(bad)
    assert state() == before
    store.commit(replace(bad, upserts=Facts((node("a", changed=True), node("new")))))
    assert sorted(everything(store)[0]) == ["a", "new"]
