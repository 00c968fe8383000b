from __future__ import annotations

import datetime
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.paths import Fact, Path, PathAnswer, PathQuery, find_paths
from tests.examples import examples
from tests.graph.paths.graphs import World, context, node, relationship
from tests.graph.paths.oracle import Question, fits, holds, questions
from tests.graph.paths.test_shortest import sequences


@settings(max_examples=examples(400))
@given(question=questions())
def test_paths_under_any_conditions_are_those_of_networkx(question):
    paths = question.paths()
    least = [path for path in paths if len(path) == len(paths[0])]
    for kind, wanted, total in (
        ("simple", paths, len(paths)),
        ("k-shortest", paths, len(paths)),
        ("all-shortest", least, len(least)),
        ("shortest", least[:1], len(least)),
    ):
        answer = find_paths(question.world.projection, replace(question.query, kind=kind), context())
        assert sequences(answer) == wanted
        assert answer.total == total
        assert answer.limit in ((None,) if paths else (None, "hops"))
        _check_evidence(question, answer)


def _check_evidence(question: Question, answer: PathAnswer) -> None:
    """A relationship is shown if the path fits with it as the only one of its hop."""
    world, query = question.world, question.query
    by_id = {each.id: each for each in world.nodes}
    rows = [each for each in world.relationships if holds(each, query)]
    for path in answer.paths:
        ids = [each.id for each in path.nodes]
        for hop, pair in zip(path.hops, zip(ids, ids[1:], strict=False), strict=True):
            here = [row for row in rows if {row.source, row.target} == set(pair)]
            others = [row for row in rows if row not in here]
            bearing = {row.id for row in here if fits(ids, [*others, row], by_id, query, question.steps)}
            assert {hop.fact.id, *(each.id for each in hop.parallel)} == bearing


@settings(max_examples=examples(100))
@given(question=questions(), limit=st.integers(1, 4))
def test_a_limit_cuts_the_list_and_never_the_total(question, limit):
    projection, query = question.world.projection, question.query
    whole = find_paths(projection, replace(query, kind="simple"), context())
    some = find_paths(projection, replace(query, kind="simple", limit=limit), context())
    assert sequences(some) == sequences(whole)[:limit]
    assert some.total == whole.total
    assert some.limit == ("rows" if (whole.total or 0) > limit else whole.limit)
    best = find_paths(projection, replace(query, kind="k-shortest", limit=limit), context())
    assert sequences(best) == sequences(whole)[:limit]
    assert best.limit == whole.limit
    assert best.total == (whole.total if (whole.total or 0) < limit else None)


@settings(max_examples=examples(150))
@given(question=questions(), limit=st.integers(1, 6), own=st.sampled_from((0.0, 0.5, 3.0)), weight=st.sampled_from(("hops", "attested")))
def test_weights_rank_the_same_paths_by_what_bears_their_hops(question, limit, own, weight):
    """A hop costs what the cheapest relationship costs that is shown for it."""
    query = replace(question.query, kind="k-shortest", limit=limit, weight=weight, weights=(("JOINS", own), ("WORKS_AT", 1.5)))
    trust = {each.id: int(each.properties.get("trust", 2)) for each in question.world.relationships}
    whole = find_paths(question.world.projection, replace(question.query, kind="simple"), context())

    def cost(path: Path) -> Fraction:
        hops = [(hop.fact, *hop.parallel) for hop in path.hops]
        return sum((min(factor(fact) for fact in facts) for facts in hops), Fraction(0))

    def factor(fact: Fact) -> Fraction:
        typed = {"JOINS": Fraction(own), "WORKS_AT": Fraction(3, 2)}.get(fact.type, Fraction(1))
        return typed * (Fraction(3, trust[fact.id]) if weight == "attested" else 1)

    ranked = sorted(whole.paths, key=lambda path: (cost(path), len(path.nodes), [each.id for each in path.nodes]))
    answer = find_paths(question.world.projection, query, context())
    assert sequences(answer) == [[each.id for each in path.nodes] for path in ranked[:limit]]
    assert answer.limit == whole.limit


@settings(max_examples=examples(60))
@given(data=st.data(), question=questions())
def test_the_order_of_loading_changes_nothing(data, question):
    world, query = question.world, replace(question.query, kind="simple")
    shuffled = World(tuple(data.draw(st.permutations(world.nodes))), tuple(data.draw(st.permutations(world.relationships))))
    assert find_paths(world.projection, query, context()) == find_paths(shuffled.projection, query, context())


@settings(max_examples=examples(150))
@given(question=questions(), states=st.integers(1, 6))
def test_needs_beyond_what_is_traced_change_nothing_in_the_answer(question, states):
    """Sets of states have bits for so many needs only; the others are looked at when a path is whole."""
    from unittest.mock import patch

    query = replace(question.query, kind="simple")
    with patch("graph.paths.search.product.MOST_STATES", states):
        answer = find_paths(question.world.projection, query, context())
    assert sequences(answer) == question.paths()


def test_a_common_day_among_hundreds_of_parallel_relationships_is_found():
    """Both hops have two hundred relationships of a day each; all but one day of the one lie between those of the other."""
    start = datetime.date(2015, 1, 1).toordinal()

    def days(first: int, step: int) -> list[str]:
        return [datetime.date.fromordinal(start + first + step * number).isoformat() for number in range(200)]

    odd, even = days(1, 2), [*days(0, 2)[:-1], days(1, 2)[77]]
    rows = [relationship(f"a{number:03}", "JOINS", "a", "b", day, day) for number, day in enumerate(odd)]
    rows += [relationship(f"b{number:03}", "JOINS", "b", "c", day, day) for number, day in enumerate(even)]
    world = World(tuple(node(id, "Project") for id in "abc"), tuple(rows))
    query = PathQuery("a", "c", kind="simple", together=True)
    (path,) = find_paths(world.projection, query, context()).paths
    assert [(hop.fact.id, hop.parallel) for hop in path.hops] == [("a077", ()), ("b199", ())]
    assert find_paths(world.projection, replace(query, window=("", "2015-05-01")), context()).total == 0
    apart = World(world.nodes, tuple(row for row in rows if row.id != "b199"))
    assert find_paths(apart.projection, query, context()).total == 0
    assert find_paths(apart.projection, replace(query, together=False), context()).total == 1
