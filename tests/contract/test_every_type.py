"""Every node type and relationship type of the ontology reads back, full and bare."""

from __future__ import annotations

from collections.abc import Mapping

from graph.factory import open_store
from graph.model import Node, Relationship, Value
from graph.ontology.load import default_ontology
from graph.ontology.schema import Ontology, PropertyType
from tests.contract.test_facts import same
from tests.contract.world import everything, publish


def test_every_type_of_the_ontology_reads_back(store_url: str) -> None:
    ontology = default_ontology()
    store = open_store(store_url, ontology)
    try:
        nodes = [_full_node(ontology, name) for name in ontology.node_types] + [
            Node(f"bare {n}", n, {"name": n}) for n in ontology.node_types
        ]
        links = [_full_relationship(ontology, name, nodes) for name in ontology.relationship_types]
        publish(store, *nodes, *links)
        found_nodes, found_links = everything(store)
        for written in nodes:
            assert found_nodes[written.id] == written
            assert same(found_nodes[written.id].properties, written.properties)
        for link in links:
            assert found_links[link.id] == link
            assert same(found_links[link.id].properties, link.properties)
        for name in ontology.node_types:
            expected = sorted(item.id for item in nodes if ontology.is_a(item.type, name))
            assert [item.id for item in store.page(name, "", 1000)] == expected
    finally:
        store.close()


def _full_node(ontology: Ontology, name: str) -> Node:
    return Node(f"full {name}", name, {"name": "全名", **_values(ontology.node_types[name].properties)}, ("a:1", "b:2"))


def _full_relationship(ontology: Ontology, name: str, nodes: list[Node]) -> Relationship:
    return Relationship(f"{name}:r", name, nodes[0].id, nodes[1].id, _values(ontology.relationship_types[name].properties))


def _values(types: Mapping[str, PropertyType]) -> dict[str, Value]:
    """A value of some kind for each property: lists where the type says so, else text, numbers and truth in turn."""
    values: dict[str, Value] = {}
    for index, (key, declared) in enumerate(types.items()):
        plain: tuple[Value, ...] = ("文字", index, index / 7, index % 2 == 0)
        values[key] = ("一", "二") if declared.many else plain[index % 4]
    return values
