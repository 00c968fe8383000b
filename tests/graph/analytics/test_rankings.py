from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analytics import AnalysisQuery, NodeRow, analyse
from graph.errors import NotFound, QueryProblem
from graph.paths import Bounds
from graph.paths.ask.query import Direction
from tests.graph.analytics.worlds import ask, part, simple, values
from tests.graph.paths.graphs import World, context, node, relationship, worlds

directions = st.sampled_from(("any", "forward", "backward"))
MANY = 1000


@given(worlds(), directions)
def test_degrees_equal_networkx(world: World, direction: Direction) -> None:
    graph = part(world)
    answer = ask(world, AnalysisQuery(name="degree", parallel=True, direction=direction, limit=MANY))
    assert values(answer, "degree") == dict(graph.degree())
    assert values(answer, "out") == dict(graph.out_degree())
    assert values(answer, "in") == dict(graph.in_degree())
    first = {"any": "degree", "forward": "out", "backward": "in"}[direction]
    ranks = [(-row.figures[first], row.node.id) for row in answer.rows if isinstance(row, NodeRow)]
    assert ranks == sorted(ranks)


@given(worlds(), directions)
def test_neighbours_equal_networkx(world: World, direction: Direction) -> None:
    graph = part(world)
    answer = ask(world, AnalysisQuery(name="degree", direction=direction, limit=MANY))
    assert values(answer, "degree") == dict(simple(graph).degree())
    directed = simple(graph, directed=True)
    assert values(answer, "out") == dict(directed.out_degree())  # type: ignore[attr-defined]
    assert answer.links == simple(graph).number_of_edges()
    assert answer.relationships == graph.number_of_edges()


@given(worlds(), directions, st.booleans(), st.sampled_from((0.5, 0.85, 0.95)))
def test_pagerank_equals_networkx(world: World, direction: Direction, parallel: bool, damping: float) -> None:
    graph = part(world, direction=direction)
    plain = graph if direction != "any" else graph.to_undirected(as_view=False)
    if not parallel:
        plain = nx.DiGraph(plain) if direction != "any" else nx.Graph(plain)
    answer = ask(world, AnalysisQuery(name="pagerank", direction=direction, parallel=parallel, damping=damping, limit=MANY))
    expected = nx.pagerank(plain, alpha=damping, tol=1e-14, max_iter=10_000, weight=None) if len(plain) else {}
    assert values(answer, "pagerank") == pytest.approx(expected, abs=1e-9)


@given(worlds(), directions, st.data())
def test_personalised_pagerank_equals_networkx(world: World, direction: Direction, data: st.DataObject) -> None:
    graph = part(world, direction=direction)
    if not len(graph):
        return
    chosen = data.draw(st.lists(st.sampled_from(sorted(graph)), min_size=1, max_size=3))
    plain = nx.DiGraph(graph) if direction != "any" else nx.Graph(graph)
    answer = ask(world, AnalysisQuery(name="personalised-pagerank", nodes=tuple(chosen), direction=direction, limit=MANY))
    expected = nx.pagerank(plain, tol=1e-14, max_iter=10_000, personalization=dict.fromkeys(chosen, 1.0), weight=None)
    assert values(answer, "pagerank") == pytest.approx(expected, abs=1e-9)


@given(worlds(), directions)
def test_betweenness_equals_networkx(world: World, direction: Direction) -> None:
    graph = simple(part(world, direction=direction), directed=direction != "any")
    answer = ask(world, AnalysisQuery(name="betweenness", direction=direction, limit=MANY))
    assert values(answer, "betweenness") == pytest.approx(nx.betweenness_centrality(graph), abs=1e-9)
    assert answer.limit is None
    assert "error" not in answer.figures


@given(st.integers(0, 100), st.integers(20, 200))
def test_sampled_betweenness_keeps_within_its_error(seed: int, samples: int) -> None:
    random = nx.gnp_random_graph(60, 0.06, seed=seed % 7)
    nodes = tuple(node(f"n:{number:02}", "Project") for number in random)
    links = tuple(relationship(f"r{number:03}", "JOINS", f"n:{a:02}", f"n:{b:02}") for number, (a, b) in enumerate(random.edges))
    bounds = Bounds(work=min(samples, 59) * (60 + 2 * len(links)))
    query = AnalysisQuery(name="betweenness", seed=seed, limit=MANY)
    answer = analyse(World(nodes, links).projection, query, context(bounds=bounds))
    exact = nx.betweenness_centrality(random)
    assert answer.limit == "work"
    assert answer.figures["sources"] == min(samples, 59)
    for row in answer.rows:
        assert isinstance(row, NodeRow)
        assert abs(row.figures["betweenness"] - exact[int(row.node.id[2:])]) <= row.figures["error"]
    assert analyse(World(nodes, links).projection, query, context(bounds=bounds)) == answer


@given(worlds())
def test_cores_equal_networkx(world: World) -> None:
    answer = ask(world, AnalysisQuery(name="k-core", limit=MANY))
    assert values(answer, "core") == nx.core_number(simple(part(world)))


@given(worlds(), directions, st.booleans())
def test_brokers_equal_networkx(world: World, direction: Direction, parallel: bool) -> None:
    graph = simple(part(world, direction=direction), directed=direction != "any")
    counted = part(world, direction=direction)
    for a, b in graph.edges():
        both = counted.number_of_edges(a, b) + (counted.number_of_edges(b, a) if direction == "any" else 0)
        graph.edges[a, b]["weight"] = both if parallel else 1
    answer = ask(world, AnalysisQuery(name="brokers", direction=direction, parallel=parallel, limit=MANY))
    contacts = {each: set(nx.all_neighbors(graph, each)) for each in graph}
    linked = {each for each in graph if contacts[each]}
    constraint = {each: sum(nx.local_constraint(graph, each, other, weight="weight") for other in contacts[each]) for each in linked}
    assert values(answer, "constraint") == pytest.approx(constraint, abs=1e-9)
    effective = nx.effective_size(graph, nodes=list(graph), weight="weight")
    found = values(answer, "effective_size")
    known = {each for each in linked if len(graph[each])}  # networkx leaves nodes that nothing goes out of undefined
    assert {each: found[each] for each in known} == pytest.approx({each: effective[each] for each in known}, abs=1e-9)
    assert values(answer, "contacts") == {each: len(contacts[each]) for each in linked}


@pytest.mark.parametrize("seed", range(4))
def test_larger_graphs_equal_networkx(seed: int) -> None:
    random = nx.powerlaw_cluster_graph(300, 1 + seed, 0.4, seed=seed)
    nodes = tuple(node(f"n:{number:03}", "Project") for number in random)
    links = tuple(relationship(f"r{number:04}", "JOINS", f"n:{a:03}", f"n:{b:03}") for number, (a, b) in enumerate(random.edges))
    world = World(nodes, links)
    for name, key, expected in (
        ("k-core", "core", nx.core_number(random)),
        ("betweenness", "betweenness", nx.betweenness_centrality(random)),
        ("pagerank", "pagerank", nx.pagerank(random, tol=1e-14, max_iter=10_000)),
        ("brokers", "constraint", nx.constraint(random, nodes=list(random))),
        ("brokers", "effective_size", nx.effective_size(random, nodes=list(random))),
    ):
        found = values(ask(world, AnalysisQuery(name=name, limit=MANY)), key)  # type: ignore[arg-type]
        assert found == pytest.approx({f"n:{number:03}": value for number, value in expected.items()}, abs=1e-9)


def test_a_star_has_known_values() -> None:
    nodes = (node("hub", "Project"), *(node(f"leaf{number}", "Person") for number in range(4)))
    star = World(nodes, tuple(relationship(f"r{number}", "JOINS", f"leaf{number}", "hub") for number in range(4)))
    first = ask(star, AnalysisQuery(name="brokers")).rows[0]
    assert isinstance(first, NodeRow)
    assert first.node.id == "hub"
    assert first.figures == {"constraint": pytest.approx(0.25), "effective_size": 4.0, "efficiency": 1.0, "contacts": 4}
    between = values(ask(star, AnalysisQuery(name="betweenness")), "betweenness")
    assert between == pytest.approx({"hub": 1.0, **{f"leaf{number}": 0.0 for number in range(4)}})


@given(worlds(), st.sampled_from(("2018-06-01", "2020-09-10")))
def test_only_what_holds_on_the_day_counts(world: World, day: str) -> None:
    answer = ask(world, AnalysisQuery(name="degree", parallel=True, as_of=day, limit=MANY))
    assert values(answer, "degree") == dict(part(world, day=day).degree())
    assert answer.as_of == day


def test_hubs_and_links_come_in_when_asked() -> None:
    world = World((node("c", "City"), node("p", "Project")), (relationship("r1", "LOCATED_IN", "p", "c"),))
    assert values(ask(world, AnalysisQuery(name="degree")), "degree") == {"p": 0}
    assert values(ask(world, AnalysisQuery(name="degree", include_types=("City",))), "degree") == {"c": 1, "p": 1}
    listed = ask(world, AnalysisQuery(name="degree", include_types=("City",), list_types=("项目",)))
    assert values(listed, "degree") == {"p": 1}
    assert listed.nodes == 2


@pytest.mark.parametrize(
    "name", ["degree", "pagerank", "betweenness", "k-core", "components", "bridges", "cut-nodes", "brokers", "communities"]
)
@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_small_graphs_have_answers(name: str, nodes: int) -> None:
    world = World(tuple(node(f"n{number}", "Project") for number in range(nodes)), ())
    answer = ask(world, AnalysisQuery(name=name))  # type: ignore[arg-type]
    assert answer.nodes == nodes
    assert answer.links == 0
    assert not answer.truncated
    assert answer.definition


def test_people_are_not_named_to_those_who_may_not_see_them() -> None:
    world = World((node("a", "Person"), node("b", "Person")), (relationship("r1", "JOINS", "a", "b"),))
    answer = analyse(world.projection, AnalysisQuery(name="degree"), context(clearance=0))
    shown = str(answer)
    assert "name of" not in shown
    assert "人员 1" in shown
    with pytest.raises(NotFound):
        analyse(world.projection, AnalysisQuery(name="personalised-pagerank", nodes=("a",)), context(clearance=0))


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (AnalysisQuery(name="nonsense"), "name"),  # type: ignore[arg-type]
        (AnalysisQuery(name="pagerank", damping=1.0), "damping"),
        (AnalysisQuery(name="pagerank", damping=float("nan")), "damping"),
        (AnalysisQuery(name="communities", resolution=float("inf")), "resolution"),
        (AnalysisQuery(name="communities", seed=-1), "seed"),
        (AnalysisQuery(name="degree", limit=0), "limit"),
        (AnalysisQuery(name="degree", nodes=("n",)), "nodes"),
        (AnalysisQuery(name="personalised-pagerank"), "nodes"),
        (AnalysisQuery(name="personalised-pagerank", nodes=("c",)), "nodes"),
        (AnalysisQuery(name="degree", through=("p",)), "through"),
        (AnalysisQuery(name="degree", together=True), "together"),
        (AnalysisQuery(name="degree", list_types=("Nonsense",)), "list_types"),
    ],
)
def test_what_cannot_be_asked_is_refused(query: AnalysisQuery, parameter: str) -> None:
    world = World((node("c", "City"), node("p", "Project")), ())
    with pytest.raises((QueryProblem, NotFound)) as refused:
        ask(world, query)
    assert refused.value.where["parameter"] == parameter


def test_ranks_go_by_id_where_values_are_equal() -> None:
    nodes = tuple(node(f"n{number}", "Project") for number in range(6))
    ring = World(nodes, tuple(relationship(f"r{number}", "JOINS", f"n{number}", f"n{(number + 1) % 6}") for number in range(6)))
    for name in ("pagerank", "betweenness", "brokers"):
        rows = ask(ring, AnalysisQuery(name=name, limit=4)).rows  # type: ignore[arg-type]
        assert [row.node.id for row in rows if isinstance(row, NodeRow)] == ["n0", "n1", "n2", "n3"]
    assert np.isclose(sum(values(ask(ring, AnalysisQuery(name="pagerank")), "pagerank").values()), 1.0)
