from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.factory import open_store
from graph.model import Facts
from graph.ontology import default_ontology
from graph.projection import build_projection
from graph.projection.follow import followed, projected, read_changes
from graph.store import Store
from tests.graph.ledger.builders import NEW, OLD, everything, link, load, node, row
from tests.graph.ledger.ledger_cases import ledger_of
from tests.graph.projection.histories import contents

ONTOLOGY = default_ontology()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"kglite://{tmp_path}/store", ONTOLOGY)
    yield opened
    opened.close()


def participations(numbers: range, role: str = "partner") -> list:
    return [
        row(n, node(f"pic:{n % 4}", "Enterprise"), node(f"cordis-project:{n}", "Project", name=f"项目{n}"),
            link("PARTICIPATES_IN", f"pic:{n % 4}", f"cordis-project:{n}", role=role))
        for n in numbers
    ]  # fmt: skip


def test_loads_re_loads_and_undos_are_followed(store):
    ledger = ledger_of(store)
    projection = projected(store, ONTOLOGY)
    assert projection.node_count == 0
    for step in (
        lambda: load(ledger, OLD, participations(range(6))),
        lambda: load(ledger, NEW, participations(range(3, 9))),
        lambda: load(ledger, NEW, participations(range(3, 9), "coordinator")),
        lambda: ledger.undo("L3"),
        lambda: ledger.undo("L1"),
    ):
        step()
        projection = followed(store, projection)
        facts = everything(store)
        assert contents(projection) == contents(build_projection(facts.nodes, facts.relationships, ONTOLOGY, store.head().revision))
    assert followed(store, projection) is projection


class Moving:
    """A store to which somebody commits each time while its facts are read."""

    def __init__(self, store: Store, commits: list) -> None:
        self._store = store
        self._commits = commits

    def __getattr__(self, name: str):
        return getattr(self._store, name)

    def facts(self, **wanted) -> Facts:
        found = self._store.facts(**wanted)
        if self._commits:
            self._commits.pop(0)()
        return found

    def scan(self):
        head, nodes, relationships = self._store.scan()
        standing = list(nodes)
        if self._commits:  # between the nodes and the relationships, as can be on Neo4j
            self._commits.pop(0)()
        return head, standing, list(self._store.scan()[2])


def test_commits_that_fall_into_a_reading_are_read_too(store):
    ledger = ledger_of(store)
    load(ledger, OLD, participations(range(5)))
    projection = projected(store, ONTOLOGY)
    load(ledger, NEW, participations(range(5, 7)))
    moving = Moving(store, [lambda: load(ledger, NEW, participations(range(7, 9))), lambda: ledger.undo("L3")])
    facts_later = followed(moving, projection)
    assert contents(facts_later) == contents(projected(store, ONTOLOGY))


def test_a_commit_that_falls_into_a_scan_is_healed(store):
    ledger = ledger_of(store)
    load(ledger, OLD, participations(range(5)))
    moving = Moving(store, [lambda: load(ledger, NEW, participations(range(5, 9)))])
    assert contents(projected(moving, ONTOLOGY)) == contents(projected(store, ONTOLOGY))


def test_much_change_or_endless_commits_are_not_followed(store):
    ledger = ledger_of(store)
    load(ledger, OLD, participations(range(5)))
    assert read_changes(store, 0, 3) is None
    restless = Moving(store, [lambda n=n: load(ledger, NEW, participations(range(n, n + 2))) for n in range(10, 40, 2)])
    assert read_changes(restless, 0, 1000) is None
