"""All needs as a list, in rows and in columns: a read model, brought up to date by what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cooperation.needs.columns import Columns
from cooperation.needs.rows import BELONGS, LIES, Addresses, NeedRow, need_of, rows_of
from graph.ontology.schema import Ontology
from graph.projection.delta import Delta
from graph.projection.follow import SMALL, read_changes
from graph.store import Store

NAMED = frozenset({"Enterprise", "Person", "District", "Field"})
"""Types whose nodes a list of needs names."""


@dataclass(frozen=True, slots=True)
class NeedList:
    """All needs at one revision, by id, the same as ``columns``; what enterprises, people, places and fields are called, and what lies
    where, so that a need that changed is read without reading its town."""

    revision: int
    rows: Mapping[str, NeedRow]
    columns: Columns
    names: Mapping[str, str]
    addresses: Addresses


def read_needs(store: Store, ontology: Ontology) -> NeedList:
    """Reads every need of the store's newest revision."""
    head, scanned, relationships = store.scan()
    nodes = list(scanned)
    links = [link for link in relationships if link.type in BELONGS or link.type in LIES]
    addresses = Addresses.empty(ontology).extended(nodes, links)
    rows = rows_of(nodes, links, addresses)
    names = {node.id: node.caption for node in nodes if node.type in NAMED}
    return NeedList(head.revision, rows, Columns.of_rows(rows), names, addresses)


def followed(store: Store, known: NeedList) -> NeedList:
    """The list at the store's newest revision; only the needs that changed are read, unless districts changed or much did."""
    if store.head().revision == known.revision:
        return known
    delta = read_changes(store, known.revision, SMALL)
    if delta is None or _changes_places(delta, known.addresses):
        return read_needs(store, known.addresses.ontology)
    addresses = known.addresses.extended(delta.nodes, delta.relationships)
    changed = _concerned(known, delta)
    facts = store.facts(nodes=sorted(changed), touching=sorted(changed))
    rows = dict(known.rows)
    for id in changed:
        rows.pop(id, None)
    rows.update(rows_of(facts.nodes, facts.relationships, addresses))
    touched = [id for id in changed if id in rows or id in known.rows]
    names = {**known.names, **{node.id: node.caption for node in delta.nodes if node.type in NAMED}}
    return NeedList(delta.revision, rows, known.columns.changed(known.rows, rows, touched), names, addresses)


def _changes_places(delta: Delta, known: Addresses) -> bool:
    """Whether a town came to another district, something lies no longer where it lay, or is of another type: more than single needs hang
    on it."""
    gone = {id.partition(":")[0] for id in delta.gone_relationships}
    retyped = any(known.type_of(node.id) not in ("", node.type) for node in delta.nodes)
    return bool(gone & LIES) or retyped or any(link.type == "PART_OF" for link in delta.relationships)


def _concerned(known: NeedList, delta: Delta) -> set[str]:
    """The needs whose rows may be others now: they came or changed, or what they belong to did, or their enterprise lies somewhere else."""
    found = {node.id for node in delta.nodes if node.type == "Need"}.union(id for id in delta.gone_nodes if id in known.rows)
    for link in delta.relationships:
        if link.type in BELONGS and need_of(link) in known.rows:
            found.add(need_of(link))
        elif link.type in LIES:
            found.update(known.columns.ids_of(link.source))
    gone = {id for id in delta.gone_relationships if id.partition(":")[0] in BELONGS}
    if gone:
        found.update(id for id, row in known.rows.items() if not gone.isdisjoint(row.links))
    return found
