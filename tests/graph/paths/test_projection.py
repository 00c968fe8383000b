from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound, StoreDamaged
from graph.projection import build_projection
from graph.projection.notebooks import from_facts, from_projection
from graph.projection.texts import Texts
from tests.graph.paths.graphs import ONTOLOGY, World, node, relationship, worlds


@given(world=worlds())
def test_the_arrays_hold_exactly_the_facts(world):
    graph = from_projection(world.projection)
    assert {(id, data["type"], data["name"]) for id, data in graph.nodes(data=True)} == {
        (each.id, each.type, each.caption) for each in world.nodes
    }
    found = {
        (key, data["type"], source, target, data.get("validFrom"), data.get("validTo"))
        for source, target, key, data in graph.edges(keys=True, data=True)
    }
    assert found == {
        (each.id, each.type, each.source, each.target, each.properties.get("validFrom"), each.properties.get("validTo"))
        for each in world.relationships
    }


@given(world=worlds())
def test_neighbours_ascend_and_every_relationship_stands_at_both_ends(world):
    projection = world.projection
    entries = 0
    for number in range(projection.node_count):
        neighbors = projection.adjacency.neighbors[projection.adjacency.starts[number] : projection.adjacency.starts[number + 1]]
        assert sorted(neighbors) == list(neighbors)
        assert projection.degree(number) == len(neighbors)
        entries += len(neighbors)
    assert entries == 2 * projection.edge_count
    assert list(projection.node_ids) == world.ids()


def test_notebooks_get_all_properties():
    graph = from_facts((node("a", "Field1"), node("b", "Person")), (relationship("r1", "JOINS", "a", "b", "2019"),))
    assert graph.nodes["a"] == {"type": "Field", "name": "name of a", "level": 1}
    assert graph.edges["a", "b", "r1"] == {"type": "JOINS", "validFrom": "2019"}


def test_an_empty_graph_is_a_graph():
    projection = World((), ()).projection
    assert (projection.node_count, projection.edge_count) == (0, 0)
    with pytest.raises(NotFound):
        projection.number("a")


def test_a_relationship_without_its_end_is_left_out_and_named():
    projection = build_projection((node("a", "Project"),), (relationship("r1", "JOINS", "a", "b"),), ONTOLOGY, 7)
    assert (projection.edge_count, projection.dangling, projection.revision) == (0, ("r1",), 7)


def test_a_date_that_is_none_is_damage_and_not_passed_over():
    with pytest.raises(StoreDamaged, match="'NA'"):
        build_projection((node("a", "Project"),), (relationship("r1", "JOINS", "a", "a", "2019", "NA"),), ONTOLOGY, 1)


def test_the_arrays_cannot_be_changed():
    projection = World((node("a", "Project"), node("b", "Project")), (relationship("r1", "JOINS", "a", "b"),)).projection
    with pytest.raises(ValueError, match="read-only"):
        projection.adjacency.neighbors[0] = 1


def test_an_edge_costs_at_most_24_bytes():
    nodes = tuple(node(f"n:{i:04}", "Project") for i in range(200))
    generator = np.random.default_rng(3)
    rows = [
        relationship(f"r{i:05}", "JOINS", f"n:{a:04}", f"n:{b:04}", f"{2000 + i % 20}-0{1 + i % 9}")
        for i, (a, b) in enumerate(generator.integers(0, 200, (4000, 2)))
    ]
    projection = World(nodes, tuple(rows)).projection
    assert projection.array_bytes() <= 24 * projection.edge_count


def test_more_kinds_of_edges_than_16_bits_hold():
    """Every day another kind: codes become 32 bits wide, and the answers stay right."""
    from graph.paths import PathQuery, find_paths
    from tests.graph.paths.graphs import context

    days = [f"{1000 + i // 360}-{1 + i % 360 // 30:02}-{1 + i % 28:02}" for i in range(40_000)]
    rows = [relationship(f"r{i:05}", "JOINS", "a", "b", day, f"{9000 + i % 900}") for i, day in enumerate(days)]
    projection = World(
        (node("a", "Project"), node("b", "Project"), node("c", "Project")), (*rows, relationship("s", "JOINS", "b", "c"))
    ).projection
    assert projection.adjacency.codes.dtype == np.uint32
    assert find_paths(projection, PathQuery("a", "c"), context(bounds=_wide())).total == 1


def _wide():
    from graph.paths import Bounds

    return Bounds(degree=10**6)


@given(st.lists(st.text(), unique=True))
def test_packed_texts_are_found_and_read_back(texts):
    texts = sorted(text for text in texts if text.isprintable() or text.isascii())
    packed = Texts.of(texts)
    assert list(packed) == texts
    assert [packed.find(text) for text in texts] == list(range(len(texts)))
    assert packed.find("not there\x00") == -1
    assert packed[:2] == texts[:2]


def test_importing_paths_does_not_import_numba():
    code = "import sys, graph.paths, graph.projection; sys.exit(any(name in sys.modules for name in ('numba', 'networkx', 'scipy')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
