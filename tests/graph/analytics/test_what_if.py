from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analytics import NewNode, NewRelationship, PairChange, WhatIfAnswer, WhatIfQuery, what_if
from graph.errors import NotFound, QueryProblem
from graph.paths import Bounds, ConnectionsQuery, find_connections
from graph.paths.ask.query import Direction
from tests.graph.paths.graphs import World, context, node, relationship, worlds

directions = st.sampled_from(("any", "forward", "backward"))
MANY = 1000


def _ask(world: World, query: WhatIfQuery) -> WhatIfAnswer:
    return what_if(world.projection, query, context())


def _pairs(world: World, query: WhatIfQuery) -> dict[tuple[str, str], int]:
    """From the path queries: which pairs are joined in this world, by how many hops."""
    table = ConnectionsQuery(
        from_type=query.from_type, to_type=query.to_type, max_hops=query.max_hops, limit=MANY, direction=query.direction
    )
    rows = find_connections(world.projection, table, context()).rows
    return {(row.path.nodes[0].id, row.path.nodes[-1].id): len(row.path.hops) for row in rows}


def _components(world: World, direction: str) -> list[int]:
    graph = world.simple(direction=direction).subgraph(world.passable())
    return sorted(map(len, nx.weakly_connected_components(graph)), reverse=True)


def _told(changes: tuple[PairChange, ...]) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    return {(each.source.id, each.target.id): (each.before, each.after) for each in changes}


def _same_as_rebuilt(answer: WhatIfAnswer, query: WhatIfQuery, before: World, after: World) -> None:
    old, new = _pairs(before, query), _pairs(after, query)
    assert _told(answer.lost) == {pair: (hops, None) for pair, hops in old.items() if pair not in new}
    assert _told(answer.gained) == {pair: (None, hops) for pair, hops in new.items() if pair not in old}
    both = {pair: (old[pair], new[pair]) for pair in old if pair in new}
    assert _told(answer.longer) == {pair: hops for pair, hops in both.items() if hops[1] > hops[0]}
    assert _told(answer.shorter) == {pair: hops for pair, hops in both.items() if hops[1] < hops[0]}
    for state, world, pairs in ((answer.before, before, old), (answer.after, after, new)):
        sizes = _components(world, query.direction)
        assert (state.nodes, state.components, state.largest_component) == (sum(sizes), len(sizes), max(sizes, default=0))
        assert (state.pairs, state.hops) == (len(pairs), sum(pairs.values()))


@given(worlds(), st.data(), directions, st.integers(1, 5), st.sampled_from(("Enterprise", "Organization", "City")))
def test_leaving_equals_a_rebuild_without(world: World, data: st.DataObject, direction: Direction, hops: int, to_type: str) -> None:
    gone = data.draw(st.sets(st.sampled_from(world.ids()), max_size=3))
    cut = data.draw(st.sets(st.sampled_from([each.id for each in world.relationships]), max_size=3)) if world.relationships else set()
    if not gone and not cut:
        return
    query = WhatIfQuery(
        leave=tuple(gone), leave_relationships=tuple(cut), from_type="Organization", to_type=to_type,
        max_hops=hops, direction=direction, limit=MANY,
    )  # fmt: skip
    rebuilt = World(
        tuple(each for each in world.nodes if each.id not in gone),
        tuple(each for each in world.relationships if each.id not in cut and not {each.source, each.target} & gone),
    )
    projection = world.projection
    answer = what_if(projection, query, context())
    _same_as_rebuilt(answer, query, world, rebuilt)
    assert (projection.node_count, projection.edge_count) == (len(world.nodes), len(world.relationships))
    stranded = {each.id for each in answer.stranded}
    old, new = _pairs(world, query), _pairs(rebuilt, query)
    if direction != "any" or to_type == "City":
        assert stranded == {b for _, b in old} - {b for _, b in new} - gone


@given(worlds(), st.data(), st.integers(1, 5))
def test_adding_equals_a_rebuild_with(world: World, data: st.DataObject, hops: int) -> None:
    types = data.draw(st.lists(st.sampled_from(("Person", "University", "Enterprise", "City", "Secondment")), max_size=2))
    add = tuple(NewNode(f"new:{number}", type) for number, type in enumerate(types))
    end = st.sampled_from([*world.ids(), *(each.id for each in add)])
    links = data.draw(st.lists(st.tuples(st.sampled_from(("JOINS", "WORKS_AT")), end, end), min_size=1, max_size=3))
    query = WhatIfQuery(add=add, add_relationships=tuple(NewRelationship(*each) for each in links), max_hops=hops, limit=MANY)
    rebuilt = World(
        (*world.nodes, *(node(each.id, each.type) for each in add)),
        (*world.relationships, *(relationship(f"s{number}", *each) for number, each in enumerate(links))),
    )
    _same_as_rebuilt(_ask(world, query), query, world, rebuilt)


def _office() -> World:
    nodes = (node("u", "University"), node("p", "Person"), node("q", "Person"), node("e1", "Enterprise"), node("e2", "Enterprise"))
    links = (("p", "u"), ("q", "u"), ("p", "e1"), ("p", "e2"), ("q", "e2"))
    return World(nodes, tuple(relationship(f"r{number}", "JOINS", *each) for number, each in enumerate(links)))


def test_who_leaves_strands_those_that_they_alone_linked() -> None:
    answer = _ask(_office(), WhatIfQuery(leave=("p",)))
    assert [each.id for each in answer.stranded] == ["e1"]
    assert _told(answer.lost) == {("u", "e1"): (2, None)}
    assert [each.id for each in answer.left] == ["p"]
    assert answer.totals == {"lost": 1, "gained": 0, "longer": 0, "shorter": 0, "stranded": 1, "rescued": 0}
    assert (answer.before.components, answer.after.components) == (1, 2)
    rescued = _ask(_office(), WhatIfQuery(leave=("p",), add_relationships=(NewRelationship("JOINS", "q", "e1"),)))
    assert rescued.stranded == ()
    assert rescued.totals["lost"] == 0


def test_names_of_new_nodes_are_shown_and_those_of_people_withheld() -> None:
    query = WhatIfQuery(add=(NewNode("new:1", "企业", "新企业"),), add_relationships=(NewRelationship("参加", "q", "new:1"),))
    assert [each.caption.zh for each in _ask(_office(), query).rescued] == []
    assert [each.target.caption.zh for each in _ask(_office(), query).gained] == ["新企业"]
    with pytest.raises(NotFound):
        what_if(_office().projection, WhatIfQuery(leave=("p",)), context(clearance=0))


def test_more_changes_than_listed_are_counted() -> None:
    answer = _ask(_office(), WhatIfQuery(leave=("u",), limit=1))
    assert (len(answer.lost), answer.totals["lost"], answer.limit) == (1, 2, "rows")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (WhatIfQuery(), "leave"),
        (WhatIfQuery(leave=("nobody",)), "leave"),
        (WhatIfQuery(leave_relationships=("none",)), "leave_relationships"),
        (WhatIfQuery(add=(NewNode("p", "Person"),)), "add"),
        (WhatIfQuery(add=(NewNode("new:1", "Nonsense"),)), "add"),
        (WhatIfQuery(add_relationships=(NewRelationship("NONSENSE", "p", "u"),)), "add_relationships"),
        (WhatIfQuery(add_relationships=(NewRelationship("JOINS", "p", "nobody"),)), "add_relationships"),
        (WhatIfQuery(leave=("p",), add_relationships=(NewRelationship("JOINS", "p", "e1"),)), "add_relationships"),
        (WhatIfQuery(leave=("p",), max_hops=99), "max_hops"),
        (WhatIfQuery(leave=("p",), from_type="Nonsense"), "from_type"),
    ],
)
def test_what_cannot_be_asked_is_refused(query: WhatIfQuery, parameter: str) -> None:
    with pytest.raises((QueryProblem, NotFound)) as refused:
        _ask(_office(), query)
    assert refused.value.where["parameter"] == parameter


def test_a_comparison_that_is_stopped_says_so() -> None:
    answer = what_if(_office().projection, WhatIfQuery(leave=("p",)), context(bounds=Bounds(work=1)))
    assert answer.limit == "work"
    assert answer.truncated
