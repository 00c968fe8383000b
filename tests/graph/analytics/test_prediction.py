from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analytics import LinkMeasure, LinkPredictionAnswer, LinkPredictionQuery, predict_links
from graph.analytics.prediction import MEASURES, area
from graph.errors import NotFound, QueryProblem
from tests.graph.analytics.worlds import part, simple
from tests.graph.paths.graphs import World, context, node, relationship, worlds

MANY = 1000


def _common(graph: nx.Graph[str], pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, float]]:
    return [(a, b, float(len(list(nx.common_neighbors(graph, a, b))))) for a, b in pairs]


ORACLES: Mapping[LinkMeasure, Callable[..., Iterable[tuple[str, str, float]]]] = {
    "adamic-adar": nx.adamic_adar_index,
    "common-neighbours": _common,
    "jaccard": nx.jaccard_coefficient,
    "resource-allocation": nx.resource_allocation_index,
    "preferential-attachment": nx.preferential_attachment,
}


def _ask(world: World, query: LinkPredictionQuery) -> LinkPredictionAnswer:
    return predict_links(world.projection, query, context())


@given(worlds(), st.sampled_from(MEASURES), st.sampled_from(("", "Organization", "Person")), st.sampled_from(("", "Enterprise", "Person")))
def test_measures_equal_networkx(world: World, measure: LinkMeasure, from_type: str, to_type: str) -> None:
    graph = simple(part(world))
    subtypes = {"": None, "Organization": {"Organization", "University", "Enterprise"}, "Enterprise": {"Enterprise"}, "Person": {"Person"}}
    types = {each.id: each.type for each in world.nodes}

    def fits(a: str, b: str) -> bool:
        return all(wanted is None or types[end] in wanted for end, wanted in ((a, subtypes[from_type]), (b, subtypes[to_type])))

    candidates = []
    for a, b in itertools.combinations(sorted(graph), 2):
        if not graph.has_edge(a, b) and set(graph[a]) & set(graph[b]):
            if fits(a, b):
                candidates.append((a, b))
            elif fits(b, a):
                candidates.append((b, a))
    answer = _ask(world, LinkPredictionQuery(measure=measure, from_type=from_type, to_type=to_type, limit=MANY))
    found = {(row.source.id, row.target.id): row.score for row in answer.rows}
    assert found == pytest.approx({(a, b): score for a, b, score in ORACLES[measure](graph, candidates)}, abs=1e-9)
    assert answer.total == len(candidates)
    order = [(-round(row.score, 12), row.source.id, row.target.id) for row in answer.rows]
    assert order == sorted(order)
    for row in answer.rows:
        shared = sorted(set(graph[row.source.id]) & set(graph[row.target.id]))
        assert row.common == len(shared)
        assert [each.id for each in row.through] == shared[:5]


def _communities(seed: int) -> World:
    graph = nx.planted_partition_graph(6, 25, 0.5, 0.01, seed=seed)
    nodes = tuple(node(f"n:{each:03}", "Project") for each in graph)
    return World(
        nodes, tuple(relationship(f"r{number:04}", "JOINS", f"n:{a:03}", f"n:{b:03}") for number, (a, b) in enumerate(graph.edges))
    )


@pytest.mark.parametrize("seed", range(3))
def test_hidden_links_are_foretold_far_better_than_by_chance(seed: int) -> None:
    world = _communities(seed)
    answer = _ask(world, LinkPredictionQuery(hold_out=0.1, seed=seed))
    assert answer.held_out == answer.links // 10
    assert set(answer.auc) == set(MEASURES)
    assert answer.auc["adamic-adar"] > 0.85
    assert answer.auc["adamic-adar"] >= answer.auc["common-neighbours"] - 0.01
    assert answer.auc["adamic-adar"] > answer.auc["preferential-attachment"]
    assert _ask(world, LinkPredictionQuery(hold_out=0.1, seed=seed)) == answer
    assert _ask(world, LinkPredictionQuery(hold_out=0)).auc == {}


@given(st.lists(st.integers(0, 5), min_size=1, max_size=20), st.lists(st.integers(0, 5), min_size=1, max_size=20))
def test_the_area_is_how_often_a_hit_scores_above_a_miss(hits: list[int], misses: list[int]) -> None:
    pairs = [1.0 if hit > miss else 0.5 if hit == miss else 0.0 for hit in hits for miss in misses]
    assert area(np.array(hits, float), np.array(misses, float)) == pytest.approx(sum(pairs) / len(pairs))


def test_an_empty_graph_foretells_nothing() -> None:
    answer = _ask(World((), ()), LinkPredictionQuery())
    assert (answer.rows, answer.total, answer.auc) == ((), 0, {})


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (LinkPredictionQuery(measure="nonsense"), "measure"),  # type: ignore[arg-type]
        (LinkPredictionQuery(direction="forward"), "direction"),
        (LinkPredictionQuery(hold_out=0.9), "hold_out"),
        (LinkPredictionQuery(hold_out=float("nan")), "hold_out"),
        (LinkPredictionQuery(seed=2**32), "seed"),
        (LinkPredictionQuery(limit=0), "limit"),
        (LinkPredictionQuery(to_type="Nonsense"), "to_type"),
        (LinkPredictionQuery(pattern="Person > JOINS > Project"), "pattern"),
    ],
)
def test_what_cannot_be_asked_is_refused(query: LinkPredictionQuery, parameter: str) -> None:
    with pytest.raises((QueryProblem, NotFound)) as refused:
        _ask(World((node("a", "Person"),), ()), query)
    assert refused.value.where["parameter"] == parameter
