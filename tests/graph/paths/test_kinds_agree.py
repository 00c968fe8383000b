"""The paths of FACTS.md through every kind of question: what one kind says, the others must say too."""

from __future__ import annotations

import pytest

from graph.paths import (
    CommonQuery,
    ConnectQuery,
    NeighbourhoodQuery,
    PathQuery,
    common_neighbours,
    connect_nodes,
    find_paths,
    neighbourhood,
)
from graph.projection import Projection
from tests.graph.paths.graphs import context
from tests.graph.paths.test_cordis import PATHS, cordis

__all__ = ["cordis"]

pytestmark = pytest.mark.shared_data

FOUND = [(f"pic:{start}", f"pic:{end}", hops, count) for start, end, hops, count in PATHS if count]
APART = [(f"pic:{start}", f"pic:{end}") for start, end, _, count in PATHS if not count]


def _chains(projection: Projection, query: PathQuery) -> list[list[str]]:
    return [[each.id for each in path.nodes] for path in find_paths(projection, query, context()).paths]


@pytest.mark.parametrize(("start", "end", "hops", "count"), FOUND)
def test_the_best_of_every_kind_is_the_first_of_the_shortest(cordis, start, end, hops, count):
    shortest = _chains(cordis, PathQuery(start, end, "all-shortest", 12, 200))
    ranked = _chains(cordis, PathQuery(start, end, "k-shortest", 12, count + 3))
    assert ranked[:count] == shortest and all(len(chain) - 1 > hops for chain in ranked[count:])
    assert ranked == _chains(cordis, PathQuery(start, end, "k-shortest", 12, count + 3, weights=(("PARTICIPATES_IN", 1.0),)))
    apart = _chains(cordis, PathQuery(start, end, "disjoint", 12, 50))
    assert len(apart[0]) - 1 == hops
    inner = [each for chain in apart for each in chain[1:-1]]
    assert len(inner) == len(set(inner))
    joined = connect_nodes(cordis, ConnectQuery((start, end), 12), context())
    assert (len(joined.links), joined.exact) == (hops, True)
    around = neighbourhood(cordis, NeighbourhoodQuery(start, hops, limit=0), context())
    shorter = neighbourhood(cordis, NeighbourhoodQuery(start, hops - 1, limit=0), context())
    assert around.total > shorter.total and around.counts[: len(shorter.counts)] == shorter.counts
    common = common_neighbours(cordis, CommonQuery((start, end)), context())
    assert [row.node.id for row in common.rows] == ([chain[1] for chain in shortest] if hops == 2 else [])


@pytest.mark.parametrize(("start", "end"), APART)
def test_what_is_not_connected_is_so_for_every_kind(cordis, start, end):
    for kind in ("shortest", "all-shortest", "k-shortest", "disjoint"):
        answer = find_paths(cordis, PathQuery(start, end, kind, 12), context())
        assert (answer.paths, answer.limit) == ((), None)
    assert len(connect_nodes(cordis, ConnectQuery((start, end), 12), context()).groups) == 2
