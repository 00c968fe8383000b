"""Paths that share no node, under conditions on whole paths: against all choices among networkx's paths."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.paths import PathQuery, find_paths
from graph.paths.search import disjoint_constrained
from graph.paths.search.disjoint_constrained import most_apart
from tests.examples import examples
from tests.graph.paths.graphs import World, context, node, relationship
from tests.graph.paths.oracle import questions
from tests.graph.paths.test_shortest import sequences


def best_choice(paths: list[list[str]]) -> tuple[int, int]:
    """The greatest number of paths that share no inner node, and the fewest hops of so many, by trying all of them."""
    for number in range(len(paths), 0, -1):
        hops = [
            sum(len(path) - 1 for path in some)
            for some in combinations(paths, number)
            if all(set(one[1:-1]).isdisjoint(other[1:-1]) for one, other in combinations(some, 2))
        ]
        if hops:
            return number, min(hops)
    return 0, 0


@settings(max_examples=examples(200))
@given(question=questions())
def test_no_more_of_them_can_be_chosen_and_none_of_fewer_hops(question):
    query = replace(question.query, through=(), kind="disjoint")
    paths = question.paths(through=(), kind="simple")
    assume(len(paths) <= 12)
    answer = find_paths(question.world.projection, query, context())
    chosen = sequences(answer)
    assert all(path in paths for path in chosen)
    inner = [id for path in chosen for id in path[1:-1]]
    assert len(inner) == len(set(inner))
    whole_paths = query.pattern or query.through_types or query.together
    if whole_paths or answer.limit is None:
        number, hops = best_choice(paths)
        assert (len(chosen), sum(len(path) - 1 for path in chosen)) == (number, hops)
        assert answer.total == number
    assert chosen == sorted(chosen, key=lambda path: (len(path), path))


@settings(max_examples=examples(100))
@given(
    inner=st.lists(
        st.lists(st.integers(2, 9), min_size=1, max_size=3, unique=True).map(tuple), min_size=1, max_size=10, unique_by=frozenset
    )
)
def test_a_choice_is_the_best_of_all(inner):
    paths = sorted(((0, *nodes, 1) for nodes in inner), key=lambda path: (len(path), path))
    choice = most_apart(paths, 10)
    chosen = [[str(node) for node in paths[position]] for position in choice.positions]
    assert choice.proven
    assert (len(chosen), sum(len(path) - 1 for path in chosen)) == best_choice([[str(node) for node in path] for path in paths])


def crossing() -> World:
    """Three people between a university and an enterprise, two of whom share the only project that joins the first."""
    nodes = [node("u", "University"), node("e", "Enterprise"), *(node(f"p{i}", "Person") for i in range(3)), node("j", "Project")]
    rows = [("WORKS_AT", f"p{i}", "u") for i in range(3)] + [("JOINS", "p1", "e"), ("JOINS", "p2", "e")]
    rows += [("JOINS", "p0", "j"), ("JOINS", "e", "j"), ("JOINS", "p1", "j")]
    return World(tuple(nodes), tuple(relationship(f"r{i}", *row) for i, row in enumerate(rows)))


def test_each_path_has_the_shape_by_itself():
    query = PathQuery("u", "e", "disjoint", 4, pattern="University < WORKS_AT < Person - JOINS*1..2 - Enterprise")
    answer = find_paths(crossing().projection, query, context())
    assert sequences(answer) == [["u", "p1", "e"], ["u", "p2", "e"], ["u", "p0", "j", "e"]]
    assert (answer.total, answer.limit) == (3, None)
    fewer = find_paths(crossing().projection, replace(query, limit=2), context())
    assert (len(fewer.paths), fewer.total, fewer.limit) == (2, 3, "rows")


def test_where_there_are_too_many_to_choose_from_the_answer_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(disjoint_constrained, "MOST_CHOSEN_FROM", 2)
    query = PathQuery("u", "e", "disjoint", 4, through_types=("Person",))
    answer = find_paths(crossing().projection, query, context())
    assert (sequences(answer), answer.total, answer.limit) == ([["u", "p1", "e"], ["u", "p2", "e"]], None, "rows")
