from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analytics import AnalysisQuery, CutRow, GroupRow
from tests.graph.analytics.worlds import ask, part, simple
from tests.graph.paths.graphs import World, node, relationship, worlds

MANY = 1000


def _of(graph: nx.Graph[int]) -> World:
    """A networkx graph as projects that join each other."""
    nodes = tuple(node(f"n:{each:03}", "Project") for each in graph)
    return World(
        nodes, tuple(relationship(f"r{number:04}", "JOINS", f"n:{a:03}", f"n:{b:03}") for number, (a, b) in enumerate(graph.edges))
    )


def _groups(world: World, query: AnalysisQuery) -> list[set[str]]:
    return [{each.id for each in row.members} for row in ask(world, query).rows if isinstance(row, GroupRow)]


def _without(graph: nx.Graph[str], cut: CutRow) -> list[int]:
    """Sizes of what the component of the cut falls into, the largest first."""
    ids = [each.id for each in cut.nodes]
    inside = graph.subgraph(nx.node_connected_component(graph, ids[0])).copy()
    if len(ids) == 1:
        inside.remove_node(ids[0])
    else:
        inside.remove_edge(*ids)
    return sorted(map(len, nx.connected_components(inside)), reverse=True)


@given(worlds())
def test_components_equal_networkx(world: World) -> None:
    answer = ask(world, AnalysisQuery(name="components", limit=MANY, members=MANY))
    expected = sorted(nx.connected_components(simple(part(world))), key=lambda each: (-len(each), min(each)))
    assert [{each.id for each in row.members} for row in answer.rows if isinstance(row, GroupRow)] == expected
    assert answer.figures["components"] == len(expected)
    types = {each.id: each.type for each in world.nodes}
    for row in answer.rows:
        assert isinstance(row, GroupRow)
        assert sum(row.types.values()) == row.figures["size"]
        assert set(row.types) == {types[each.id] for each in row.members}


@given(worlds(most_nodes=12, most_relationships=16))
def test_cut_nodes_equal_networkx_and_say_what_falls_off(world: World) -> None:
    graph = simple(part(world))
    answer = ask(world, AnalysisQuery(name="cut-nodes", limit=MANY, members=MANY))
    cuts = [row for row in answer.rows if isinstance(row, CutRow)]
    assert {row.nodes[0].id for row in cuts} == set(nx.articulation_points(graph))
    order = [(-row.figures["separated"], row.nodes[0].id) for row in cuts]
    assert order == sorted(order)
    for row in cuts:
        sizes = _without(graph, row)
        assert [each.size for each in row.parts] == sizes[1:]
        assert row.figures == {"separated": sum(sizes[1:]), "parts": len(sizes) - 1}
        inside = graph.subgraph(nx.node_connected_component(graph, row.nodes[0].id)).copy()
        inside.remove_node(row.nodes[0].id)
        fallen = {frozenset(each) for each in nx.connected_components(inside)}
        assert all(frozenset(member.id for member in each.members) in fallen for each in row.parts)


@given(worlds(most_nodes=12, most_relationships=16), st.booleans())
def test_bridges_equal_networkx_and_say_what_falls_off(world: World, parallel: bool) -> None:
    whole = part(world)
    graph = simple(whole)
    answer = ask(world, AnalysisQuery(name="bridges", parallel=parallel, limit=MANY, members=MANY))
    expected = {tuple(sorted(each)) for each in nx.bridges(graph)}
    if parallel:
        expected = {(a, b) for a, b in expected if whole.number_of_edges(a, b) + whole.number_of_edges(b, a) == 1}
    rows = [row for row in answer.rows if isinstance(row, CutRow)]
    assert {tuple(each.id for each in row.nodes) for row in rows} == expected
    for row in rows:
        assert [row.parts[0].size, row.figures["separated"]] == [_without(graph, row)[1]] * 2
        assert len(row.parts[0].members) == row.parts[0].size


def test_a_long_chain_is_searched_without_recursion() -> None:
    chain = _of(nx.path_graph(3000))
    answer = ask(chain, AnalysisQuery(name="cut-nodes", limit=1))
    assert answer.total == 2998
    assert isinstance(answer.rows[0], CutRow)
    assert answer.rows[0].figures["separated"] == 1499


@pytest.mark.parametrize("seed", range(3))
def test_planted_communities_are_found_and_the_same_for_the_same_seed(seed: int) -> None:
    planted = nx.planted_partition_graph(5, 20, 0.7, 0.01, seed=seed)
    world = _of(planted)
    query = AnalysisQuery(name="communities", seed=seed, limit=MANY, members=MANY)
    found = _groups(world, query)
    assert sorted(map(sorted, found)) == [[f"n:{each:03}" for each in range(20 * group, 20 * group + 20)] for group in range(5)]
    assert all(_groups(world, query) == found for _ in range(3))


@given(worlds(), st.integers(0, 2**32 - 1))
def test_communities_part_the_nodes_and_their_modularity_is_networkx_s(world: World, seed: int) -> None:
    graph = simple(part(world))
    answer = ask(world, AnalysisQuery(name="communities", seed=seed, limit=MANY, members=MANY))
    groups = [{each.id for each in row.members} for row in answer.rows if isinstance(row, GroupRow)]
    assert sorted(each for group in groups for each in group) == sorted(graph)
    if graph.number_of_edges():
        assert answer.figures["modularity"] == pytest.approx(nx.community.modularity(graph, groups), abs=1e-9)
    assert all(nx.is_connected(graph.subgraph(group)) for group in groups)
    assert ask(world, AnalysisQuery(name="communities", seed=seed, limit=MANY, members=MANY)) == answer


def test_communities_are_about_as_good_as_networkx_finds_them() -> None:
    club = nx.karate_club_graph()
    answer = ask(_of(club), AnalysisQuery(name="communities"))
    louvain = max(
        nx.community.modularity(club, nx.community.louvain_communities(club, weight=None, seed=seed), weight=None) for seed in range(5)
    )
    assert float(answer.figures["modularity"]) > louvain - 0.01
