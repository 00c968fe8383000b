from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import NotFound, QueryProblem
from graph.paths import Bounds
from graph.paths.answer.connecting_tree import ConnectQuery, connect_nodes
from tests.graph.paths.graphs import World, context, node, relationship, worlds


def _fewest(graph: nx.Graph, asked: set[str]) -> int | None:
    """The fewest hops that connect these nodes, by trying all sets of nodes between them."""
    others = sorted(set(graph.nodes) - asked)
    for number in range(len(others) + 1):
        for some in combinations(others, number):
            if nx.is_connected(graph.subgraph(asked | set(some))):
                return len(asked) + number - 1
    return None


@given(
    world=worlds(most_nodes=10, most_relationships=20),
    data=st.data(),
    included=st.sampled_from(((), ("City", "Field"))),
    day=st.sampled_from(("", "2018-06-30")),
    work=st.sampled_from((10**9, 10**9, 600)),
)
def test_the_tree_is_the_smallest_or_within_its_guarantee(world, data, included, day, work):
    asked = tuple(data.draw(st.permutations(world.ids()))[: data.draw(st.integers(2, min(5, len(world.nodes))))])
    graph = world.simple(day=day).to_undirected().subgraph(world.passable(included) | set(asked))
    query = ConnectQuery(asked, 12, include_types=included, as_of=day or "any")
    answer = connect_nodes(world.projection, query, context(bounds=Bounds(work=work)))
    together = [component & set(asked) for component in nx.connected_components(graph)]
    if answer.groups:
        assert {frozenset(each.id for each in group) for group in answer.groups} == {frozenset(group) for group in together if group}
    else:
        assert answer.limit == "work"
    if len(answer.groups) != 1:
        assert answer.links == () and answer.note is not None
        return
    links = nx.Graph([tuple(each.id for each in path.nodes) for path in answer.links])
    assert nx.is_tree(links) and set(asked) <= set(links.nodes) and all(graph.has_edge(*pair) for pair in links.edges)
    assert {each.id for each in answer.between} == set(links.nodes) - set(asked)
    assert all(path.hops[0].fact.sources for path in answer.links)
    fewest = _fewest(graph, set(asked))
    assert fewest is not None
    if answer.exact:
        assert links.number_of_edges() == fewest and answer.guarantee == 1
    else:
        assert work == 600 and fewest <= links.number_of_edges() <= answer.guarantee * fewest
        assert answer.guarantee == 2 * (1 - 1 / len(asked))
    if work > 600:
        assert answer.exact and answer.limit is None


def _wheel(spokes: int) -> World:
    """Ends that a hub in the middle joins by two hops each, and a rim that joins neighbours by three: the approximation takes the rim."""
    ends = [f"e:{n}" for n in range(spokes)]
    rows = [hop for end in ends for hop in ((end, f"s:{end}"), (f"s:{end}", "x"))]
    for left, right in zip(ends, ends[1:], strict=False):
        rows += [(left, f"a:{left}"), (f"a:{left}", f"b:{left}"), (f"b:{left}", right)]
    ids = sorted({id for row in rows for id in row})
    return World(tuple(node(id, "Project") for id in ids), tuple(relationship(f"r{n:03}", "JOINS", *row) for n, row in enumerate(rows)))


def test_the_exact_tree_goes_through_the_middle():
    asked = tuple(f"e:{n}" for n in range(6))
    answer = connect_nodes(_wheel(6).projection, ConnectQuery(asked), context())
    assert (answer.exact, len(answer.links), "x" in {each.id for each in answer.between}) == (True, 12, True)
    near = connect_nodes(_wheel(6).projection, ConnectQuery(asked), context(bounds=Bounds(bytes=10)))
    assert (near.exact, len(near.links), near.guarantee, near.limit) == (False, 15, pytest.approx(5 / 3), None)
    assert (len(answer.links), len(answer.nodes), answer.text.zh.count("；")) == (12, 6, 11)


def test_gaps_that_are_too_long_make_groups():
    answer = connect_nodes(_wheel(3).projection, ConnectQuery(("e:0", "e:1", "s:e:2", "x"), 2), context())
    assert (len(answer.groups), answer.limit) == (1, None)
    apart = connect_nodes(_wheel(3).projection, ConnectQuery(("e:0", "e:1", "e:2", "s:e:2"), 2), context())
    assert [[each.id for each in group] for group in apart.groups] == [["e:0"], ["e:1"], ["e:2", "s:e:2"]]
    assert apart.limit == "hops" and apart.note is not None and "3 组" in apart.note.zh and not apart.links


def test_a_node_left_out_for_its_degree_is_told():
    answer = connect_nodes(_wheel(6).projection, ConnectQuery(tuple(f"e:{n}" for n in range(6))), context(bounds=Bounds(degree=4)))
    assert (answer.exact, len(answer.links), answer.limit) == (True, 15, "degree")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (ConnectQuery(("e:0",)), "nodes"),
        (ConnectQuery(("e:0", "e:1"), 13), "max_hops"),
        (ConnectQuery(("e:0", "e:1"), direction="forward"), "direction"),
        (ConnectQuery(("e:0", "e:1"), avoid=("e:1",)), "avoid"),
        (ConnectQuery(("e:0", "e:1"), pattern="any -- any"), "pattern"),
        (ConnectQuery(("e:0", "e:1"), through=("e:1",)), "through"),
        (ConnectQuery(("e:0", "e:1"), through_types=tuple("Project|Person" for _ in range(9))), "through_types"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(query, parameter):
    with pytest.raises(QueryProblem) as problem:
        connect_nodes(_wheel(3).projection, query, context())
    assert problem.value.where["parameter"] == parameter


def test_an_unknown_node_is_named():
    with pytest.raises(NotFound):
        connect_nodes(_wheel(3).projection, ConnectQuery(("e:0", "nobody")), context())
