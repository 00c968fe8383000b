"""Small words for building records in tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from graph.ledger import Ledger
from graph.ledger.rehearsal import Difference, Rehearsal
from graph.model import ClaimKind, Draft, Facts, Properties, PublishedTotals, Record, RecordDrafts, Source
from graph.store import Store

OLD = Source("old", "Old list", "2017")
NEW = Source("new", "New list", "2021-10-19")
REGISTER = Source("register", "Official register", "2015", precedence=10)
OFFICER = Source("person:platform:1", "An officer", "2020", precedence=5)


def node(id: str, type: str = "University", **values: object) -> Draft:
    return Draft(ClaimKind.NODE, type, id, values=values)  # type: ignore[arg-type]


def link(type: str, start: str, end: str, **values: object) -> Draft:
    return Draft(ClaimKind.RELATIONSHIP, type, start, end, values=values)  # type: ignore[arg-type]


def same(left: str, right: str, type: str = "Enterprise") -> Draft:
    return Draft(ClaimKind.SAME, type, left, right)


def different(left: str, right: str, type: str = "Enterprise") -> Draft:
    return Draft(ClaimKind.DIFFERENT, type, left, right)


def row(number: int, *drafts: Draft, key: str = "", file: str = "list.csv") -> RecordDrafts:
    return RecordDrafts(Record(file, "", number, key or str(number)), drafts)


def load(ledger: Ledger, source: Source, rows: Sequence[RecordDrafts], name: str = "test") -> PublishedTotals:
    recording = ledger.begin(name)
    for entry in rows:
        recording.record(source, f"{source.id}/{entry.record.file}", [entry])
    return recording.publish()


def rehearse(rehearsal: Rehearsal, source: Source, rows: Sequence[RecordDrafts]) -> PublishedTotals:
    for entry in rows:
        rehearsal.record(source, f"{source.id}/{entry.record.file}", [entry])
    return rehearsal.publish()


def with_difference(facts: Facts, found: Difference) -> Facts:
    """The facts as the difference says that they will be."""
    assert not found.truncated
    nodes = {each.id: each for each in facts.nodes}
    relationships = {each.id: each for each in facts.relationships}
    assert all(nodes[each.id] == each for each in (*found.before.nodes, *found.gone.nodes))
    assert all(relationships[each.id] == each for each in (*found.before.relationships, *found.gone.relationships))
    assert not {each.id for each in found.new.nodes} & nodes.keys()
    for each in found.gone.nodes:
        del nodes[each.id]
    for link_gone in found.gone.relationships:
        del relationships[link_gone.id]
    nodes |= {each.id: each for each in (*found.new.nodes, *found.after.nodes)}
    relationships |= {each.id: each for each in (*found.new.relationships, *found.after.relationships)}
    return Facts(tuple(nodes.values()), tuple(relationships.values()))


def everything(store: Store) -> Facts:
    """All published facts, by id."""
    _, nodes, relationships = store.scan()
    by_id = sorted(nodes, key=lambda n: n.id)
    return Facts(tuple(by_id), tuple(sorted(relationships, key=lambda r: r.id)))


def plain(facts: Facts) -> tuple[dict[str, tuple[str, Properties, tuple[str, ...]]], dict[str, tuple[str, str, str, Properties]]]:
    nodes = {n.id: (n.type, dict(n.properties), n.identifiers) for n in facts.nodes}
    return nodes, {r.id: (r.type, r.source, r.target, dict(r.properties)) for r in facts.relationships}


class Clock:
    """A clock that moves a second with every look, so that times differ and tests repeat."""

    def __init__(self) -> None:
        self.now = datetime(2020, 9, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now
