"""Any history of commits leaves the store as it leaves a dictionary: the oracle of the whole contract."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Facts, Node, Properties, Relationship
from graph.store import Commit, Store
from tests.contract.world import everything, new_load, node, publish, published
from tests.examples import examples

IDS = ["a", "b", "汉", "d:1"]
TYPES = ["Person", "University", "Organization"]
RELATIONSHIPS = ["KNOWS", "EMPLOYED_BY"]


@dataclass
class Model:
    """What a store should hold."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)

    def touching(self, ids: set[str]) -> set[str]:
        return {r.id for r in self.relationships.values() if r.source in ids or r.target in ids}

    def apply(self, commit: Commit) -> None:
        for relationship_id in commit.deleted_relationships:
            self.relationships.pop(relationship_id, None)
        for node_id in commit.deleted_nodes:
            self.nodes.pop(node_id, None)
        self.nodes.update({item.id: item for item in commit.upserts.nodes})
        self.relationships.update({item.id: item for item in commit.upserts.relationships})


values = st.one_of(st.integers(-3, 3), st.sampled_from(["", "x", "汉字"]), st.booleans(), st.floats(-1, 1))
properties = st.dictionaries(st.sampled_from(["p", "q"]), values)
some_nodes = st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(TYPES), properties), max_size=3, unique_by=lambda item: item[0])
link = st.tuples(st.sampled_from(RELATIONSHIPS), st.sampled_from(IDS), st.sampled_from(IDS), properties)
some_links = st.lists(link, max_size=3, unique_by=lambda item: item[:3])
step = st.tuples(some_nodes, some_links, st.sets(st.sampled_from(IDS), max_size=2), st.sampled_from(["commit", "stage", "withdraw"]))

Step: TypeAlias = tuple[list[tuple[str, str, Properties]], list[tuple[str, str, str, Properties]], set[str], str]


def as_commit(model: Model, revision: int, drawn: Step) -> Commit:
    """A commit that a careful caller could make of what was drawn."""
    drawn_nodes, drawn_links, drawn_deletions, _ = drawn
    nodes = tuple(Node(i, t, {"name": i, **p}) for i, t, p in drawn_nodes)
    deleted = drawn_deletions - {item.id for item in nodes}
    standing = (set(model.nodes) | {item.id for item in nodes}) - deleted
    links = tuple(Relationship(f"{t}:{a} {b}", t, a, b, p) for t, a, b, p in drawn_links if a in standing and b in standing)
    return Commit(revision, Facts(nodes, links), tuple(sorted(deleted)), tuple(sorted(model.touching(deleted))))


def publish_staged(store: Store, model: Model, commit: Commit) -> None:
    """The commit, with one node and a relationship staged before it."""
    load = new_load(store)
    store.hold_publication(load.id, 0)
    name = f"staged {commit.revision}"
    staged_node, staged_link = node(name), Relationship(f"KNOWS:{name}", "KNOWS", name, name)
    store.stage(Facts((staged_node,), (staged_link,)), commit.revision)
    loads = (published(load, commit.revision),)
    store.commit(replace(commit, staged_nodes=(name,), staged_relationships=(staged_link.id,), loads=loads))
    model.nodes[name], model.relationships[staged_link.id] = staged_node, staged_link


def stage_and_withdraw(store: Store, revision: int) -> None:
    """A publication that is interrupted leaves no trace."""
    load = new_load(store)
    store.hold_publication(load.id, 0)
    store.stage(Facts((node("staged"),), (Relationship("KNOWS:staged", "KNOWS", "staged", "staged"),)), revision)
    store.withdraw(load.id)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=examples(20))
@given(history=st.lists(step, max_size=6))
def test_any_history_equals_a_dictionary(store: Store, history: list[Step]) -> None:
    nodes, relationships = everything(store)  # hypothesis goes on in the same store: clear it, as a commit
    start = publish(store, deleted=tuple(nodes), cut=tuple(relationships))
    model, mirror = Model(), Model()
    for drawn in history:
        commit = as_commit(model, store.head().revision + 1, drawn)
        kind = drawn[3]
        if kind == "withdraw":
            stage_and_withdraw(store, commit.revision)
        elif kind == "stage":
            publish_staged(store, model, commit)
            model.apply(commit)
        else:
            store.commit(commit)
            model.apply(commit)
        assert everything(store) == (model.nodes, model.relationships)
    follow(store, start, mirror)
    assert (mirror.nodes, mirror.relationships) == (model.nodes, model.relationships)
    for name, subtypes in {"Person": {"Person"}, "University": {"University"}, "Organization": {"Organization", "University"}}.items():
        expected = sorted(item.id for item in model.nodes.values() if item.type in subtypes)
        assert [item.id for item in store.page(name, "", 100)] == expected


def follow(store: Store, since: int, mirror: Model) -> None:
    """Keeps a mirror the way a read model does: by the changes alone."""
    for change in store.changes(since):
        fresh = store.facts([change.subject] if change.is_node else [], [] if change.is_node else [change.subject])
        if change.is_node:
            mirror.nodes.pop(change.subject, None)
            mirror.nodes.update({item.id: item for item in fresh.nodes})
        else:
            mirror.relationships.pop(change.subject, None)
            mirror.relationships.update({item.id: item for item in fresh.relationships})
