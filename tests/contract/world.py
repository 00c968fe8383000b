"""A small world for the contract: three node types, two relationship types, and short ways to say claims and commits."""

from __future__ import annotations

from dataclasses import replace

from graph.model import Claim, ClaimKind, Facts, Load, LoadState, Node, Properties, Relationship, Value
from graph.ontology.schema import Label, NodeType, Ontology, RelationshipType
from graph.store import Commit, Store

_LABEL = Label("标签", "label")


def _node_type(name: str, *ancestors: str) -> NodeType:
    return NodeType(name, _LABEL, ancestors, False, False, False, (), "#000000", 0, {}, (), "")


def _relationship_type(name: str) -> RelationshipType:
    return RelationshipType(name, _LABEL, _LABEL, _LABEL, (), (), (), True, False, {})


ONTOLOGY = Ontology(
    {t.name: t for t in (_node_type("Organization"), _node_type("University", "Organization"), _node_type("Person"))},
    {name: _relationship_type(name) for name in ("EMPLOYED_BY", "KNOWS")},
)


def node(node_id: str, node_type: str = "Person", **properties: Value) -> Node:
    return Node(node_id, node_type, {"name": node_id, **properties})


def knows(source: str, target: str, identity: str = "", properties: Properties | None = None) -> Relationship:
    return Relationship(f"KNOWS:{identity}" if identity else f"KNOWS:{source}>{target}", "KNOWS", source, target, properties or {})


def new_load(store: Store, name: str = "files") -> Load:
    return store.open_load(Load("", "ingest", name, ("source/file.csv",), LoadState.STAGING, "2026-01-01T00:00:00Z"))


def node_claim(load: Load, number: int, subject: str, values: Properties | None = None) -> Claim:
    return Claim(
        id=f"{load.id}:{number}",
        load=load.id,
        source="source",
        precedence=3,
        source_date="2020-08",
        file="file.csv",
        sheet="",
        row=number,
        record=f"record {number}",
        kind=ClaimKind.NODE,
        type="Person",
        subject=subject,
        object="",
        values=values or {"name": subject},
        raw={},
        recorded_from="2026-01-01T00:00:00Z",
    )


def relationship_claim(load: Load, number: int, start: str, end: str) -> Claim:
    return node_claim(load, number, start, {"validFrom": "2020"})._replace(kind=ClaimKind.RELATIONSHIP, type="KNOWS", object=end)


def identity_claim(load: Load, number: int, left: str, right: str, kind: ClaimKind = ClaimKind.SAME) -> Claim:
    return node_claim(load, number, left, {"by": "somebody"})._replace(kind=kind, object=right)


def publish(store: Store, *facts: Node | Relationship, deleted: tuple[str, ...] = (), cut: tuple[str, ...] = ()) -> int:
    """Commits facts (and deletions of nodes and relationships) as the next revision, and returns it."""
    revision = store.head().revision + 1
    nodes = tuple(fact for fact in facts if isinstance(fact, Node))
    relationships = tuple(fact for fact in facts if isinstance(fact, Relationship))
    store.commit(Commit(revision, upserts=Facts(nodes, relationships), deleted_nodes=deleted, deleted_relationships=cut))
    return revision


def published(load: Load, revision: int) -> Load:
    return replace(load, state=LoadState.PUBLISHED, revision=revision)


def everything(store: Store) -> tuple[dict[str, Node], dict[str, Relationship]]:
    """All published facts by id."""
    _, nodes, relationships = store.scan()
    return {item.id: item for item in nodes}, {item.id: item for item in relationships}
