"""What cannot be asked, and why there is no answer: with the parameter, and in words."""

from __future__ import annotations

import pytest

from graph.errors import NotFound, QueryProblem
from graph.ontology.schema import Ontology
from graph.paths import Bounds, PathQuery, find_paths
from graph.projection import Projection, build_projection
from tests.graph.paths.graphs import ONTOLOGY, World, context, node, relationship
from tests.graph.paths.test_shortest import sequences


def _world() -> World:
    """u:1 and e:1 joined by a project, by a person and by a city; the relationships on p:1 hold apart."""
    rows = (
        relationship("r1", "JOINS", "u:1", "j:1", "2015", "2016"), relationship("r2", "JOINS", "e:1", "j:1", "2018", "2019"),
        relationship("r3", "WORKS_AT", "p:1", "u:1", "2017", "2018"), relationship("r4", "WORKS_AT", "p:1", "e:1", "2019", "2020"),
        relationship("r5", "LOCATED_IN", "u:1", "c:1"), relationship("r6", "LOCATED_IN", "e:1", "c:1"),
    )  # fmt: skip
    nodes = [("u:1", "University"), ("e:1", "Enterprise"), ("j:1", "Project"), ("p:1", "Person"), ("c:1", "City"), ("x:1", "Project")]
    return World(tuple(node(*each) for each in nodes), rows)


def ask(**conditions: object) -> PathQuery:
    return PathQuery("u:1", "e:1", kind="simple", **conditions)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        (ask(avoid=("u:1",)), "avoid", "is an end of the paths"),
        (ask(through=("e:1",)), "through", "is an end of the paths"),
        (ask(avoid=("j:1",), through=("j:1",)), "avoid", "must pass 'j:1' and also avoid it"),
        (ask(never_types=("Project",), through=("j:1",)), "through", "exclude it"),
        (ask(only_types=("Person",), through=("j:1",)), "through", "exclude it"),
        (ask(only_types=("Person",), through_types=("Project",)), "through_types", "exclude it"),
        (ask(only_types=("University",), never_types=("Organization",)), "only_types", "both in only_types and in never_types"),
        (ask(include_types=("City",), never_types=("City",)), "include_types", "both in include_types and in never_types"),
        (ask(through=("j:1", "p:1"), max_hops=2), "through", "passes at most 1 nodes"),
        (ask(through_types=("Project",), max_hops=1), "through_types", "at most 0 nodes"),
        (ask(through_types=tuple("Project|Person" for _ in range(30))), "through", "At most 20"),
        (ask(max_degree=-1), "max_degree", "-1 is not a number"),
        (ask(min_trust=0), "min_trust", "1 to 3"),
        (ask(min_trust=4), "min_trust", "1 to 3"),
        (ask(window=("2020", "2019")), "window", "before it begins"),
        (ask(window=("2020-02-30", "")), "window", "not a valid period"),
        (ask(window=("soon", "")), "window", "not a valid period"),
        (PathQuery("u:1", "e:1", kind="disjoint", through=("j:1",)), "through", "share no node"),
        (PathQuery("u:1", "e:1", kind="longest"), "kind", "not a kind of path"),  # type: ignore[arg-type]
        (PathQuery("u:1", "e:1", kind="simple", weight="fresh"), "weight", "only to paths of kind k-shortest"),
        (PathQuery("u:1", "e:1", weights=(("JOINS", 2.0),)), "weights", "only to paths of kind k-shortest"),
    ],
)
def test_what_contradicts_itself_is_refused_with_the_parameter(query, parameter, says):
    with pytest.raises(QueryProblem) as problem:
        find_paths(_world().projection, query, context())
    assert problem.value.where == {"parameter": parameter}
    assert says in str(problem.value)
    assert problem.value.hint


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (ask(avoid=("j:9",)), "avoid"),
        (ask(through=("j:9",)), "through"),
        (ask(include_types=("Nobody",)), "include_types"),
        (ask(only_types=("Nobody",)), "only_types"),
        (ask(never_types=("Nobody",)), "never_types"),
        (ask(through_types=("Person|Nobody",)), "through_types"),
        (ask(relationship_types=("LIKES",)), "relationship_types"),
    ],
)
def test_what_is_not_there_is_named(query, parameter):
    with pytest.raises(NotFound) as problem:
        find_paths(_world().projection, query, context())
    assert problem.value.where["parameter"] == parameter


def test_a_person_whose_id_the_reader_may_not_see_can_be_named_nowhere():
    for name in ("avoid", "through"):
        with pytest.raises(NotFound):
            find_paths(_world().projection, ask(**{name: ("p:1",)}), context(clearance=0))
    assert find_paths(_world().projection, ask(through=("p:1",)), context(clearance=2)).total == 1


def _hiding(world: World) -> Projection:
    """The same, with an ontology in which projects are known from class 2 on."""
    from dataclasses import replace

    types = {**ONTOLOGY.node_types, "Project": replace(ONTOLOGY.node_types["Project"], privacy=2)}
    return build_projection(world.nodes, world.relationships, Ontology(types, ONTOLOGY.relationship_types), 1)


def test_nodes_that_the_reader_may_not_know_of_are_never_passed_and_never_an_end():
    projection = _hiding(_world())
    assert sequences(find_paths(projection, ask(), context(clearance=2))) == [["u:1", "j:1", "e:1"], ["u:1", "p:1", "e:1"]]
    seen = find_paths(projection, ask(), context(clearance=1))
    assert [len(path.nodes) for path in seen.paths] == [3] and seen.total == 1 and seen.paths[0].nodes[1].type == "Person"
    for query in (PathQuery("u:1", "j:1"), PathQuery("j:1", "u:1"), ask(through=("j:1",)), ask(avoid=("j:1",))):
        with pytest.raises(NotFound):
            find_paths(projection, query, context(clearance=1))
    hidden = find_paths(projection, ask(pattern="University -- Project -- Enterprise"), context(clearance=1))
    assert hidden.total == 0 and find_paths(projection, ask(through_types=("Project",)), context(clearance=1)).total == 0


@pytest.mark.parametrize(
    ("conditions", "note"),
    [
        ({"together": True}, "None whose relationships all hold on one common day; 2 if they need not hold together."),
        (
            {"together": True, "window": ("2018", "")},
            "None whose relationships all hold on one common day from 2018; 1 if they need not hold together.",
        ),
        ({"window": ("2021", "2022")}, "None between 2021 and 2022; 2 over all dates."),
        ({"as_of": "2018-06-01"}, "None on 2018-06-01; 2 over all dates, but no day was found on which one of them is valid throughout."),
        (
            {"pattern": "University -- Field -- Enterprise"},
            "Under these conditions there is no path between the two; 2 without the pattern.",
        ),
        (
            {"only_types": ("Field",)},
            "Under these conditions there is no path between the two; 2 without the only types.",
        ),
        ({"avoid": ("j:1", "p:1")}, "Under these conditions there is no path between the two; 2 without the nodes to avoid."),
        ({"through": ("x:1",)}, "Under these conditions there is no path between the two; 2 without the nodes to pass."),
        ({"min_trust": 3}, "Under these conditions there is no path between the two; 2 without the trust."),
        ({"max_degree": 1}, "Under these conditions there is no path between the two; 2 without the number of relationships."),
        (
            {"avoid": ("j:1", "p:1"), "min_trust": 3},
            "Under these conditions there is no path between the two; nor without any single one of them.",
        ),
        (
            {"relationship_types": ("LOCATED_IN",), "avoid": ("c:1",)},
            "Under these conditions there is no path between the two; 2 without the relationship types.",
        ),
    ],
)
def test_why_there_is_none_is_said_dates_first(conditions, note):
    answer = find_paths(_world().projection, ask(**conditions), context())
    assert (answer.paths, answer.total, answer.limit) == ((), 0, None)
    assert answer.note is not None and answer.note.en == note
    assert answer.note.zh and answer.note.zh != answer.note.en


def test_a_pair_that_nothing_joins_is_said_to_be_so_whatever_the_conditions():
    answer = find_paths(_world().projection, PathQuery("u:1", "x:1", kind="simple", through_types=("Person",)), context())
    assert answer.note is not None and answer.note.en == "There is no path between the two, whatever the conditions."


def test_a_day_together_with_a_pattern_says_until_when():
    world = _world()
    rows = (*world.relationships, relationship("r7", "JOINS", "e:1", "j:1", "2016", "2016-06"))
    query = ask(as_of="2020-01-01", pattern="University -- Project -- Enterprise")
    answer = find_paths(World(world.nodes, rows).projection, query, context())
    assert answer.note is not None and answer.note.en == "None on 2020-01-01; 1 until 2016-06-30."


def test_longer_paths_are_said_not_to_have_been_looked_for_only_where_there_may_be_some():
    world = World(
        tuple(node(f"n:{i}", "Project") for i in range(6)), tuple(relationship(f"r{i}", "JOINS", f"n:{i}", f"n:{i + 1}") for i in range(4))
    )
    near = PathQuery("n:0", "n:4", kind="simple", max_hops=3)
    assert find_paths(world.projection, near, context()).limit == "hops"
    assert find_paths(world.projection, PathQuery("n:0", "n:5", kind="simple", max_hops=3), context()).limit is None


def _full(count: int) -> Projection:
    """Every project joined with every other."""
    ids = [f"n:{i:02}" for i in range(count)]
    pairs = [(a, b) for a in ids for b in ids if a < b]
    return World(
        tuple(node(id, "Project") for id in ids), tuple(relationship(f"r{i}", "JOINS", *p) for i, p in enumerate(pairs))
    ).projection


def test_a_number_of_paths_that_explodes_stops_at_a_bound_and_lists_the_first_ones():
    projection = _full(40)
    query = PathQuery("n:00", "n:01", kind="simple", max_hops=12, limit=3)
    answer = find_paths(projection, query, context(bounds=Bounds(work=200_000)))
    assert (answer.total, answer.limit, answer.truncated) == (None, "work", True)
    assert sequences(answer) == [["n:00", "n:01"], ["n:00", "n:02", "n:01"], ["n:00", "n:03", "n:01"]]
    answer = find_paths(projection, query, context(bounds=Bounds(milliseconds=50)))
    assert (answer.total, answer.limit, len(answer.paths)) == (None, "milliseconds", 3)
    whole = find_paths(projection, PathQuery("n:00", "n:01", kind="simple", max_hops=4, limit=3), context())
    assert (whole.total, whole.limit) == (1 + 38 + 38 * 37 + 38 * 37 * 36, "rows")


def test_the_work_space_of_a_search_is_too_large_for_its_bound():
    query = PathQuery("n:00", "n:01", kind="simple", max_hops=12)
    answer = find_paths(_full(40), query, context(bounds=Bounds(bytes=1_000)))
    assert (answer.paths, answer.total, answer.limit) == ((), None, "bytes")


def test_a_degree_that_was_asked_for_is_a_condition_and_the_bound_is_a_limit():
    world = _world()
    asked = find_paths(world.projection, ask(max_degree=1), context())
    assert (asked.total, asked.limit) == (0, None)
    bound = find_paths(world.projection, ask(max_degree=5), context(bounds=Bounds(degree=1)))
    assert (bound.total, bound.limit) == (0, "degree")
    assert bound.note is not None and "too many relationships" in bound.note.en


def test_independent_paths_keep_to_all_other_conditions():
    world = _world()
    assert sequences(find_paths(world.projection, PathQuery("u:1", "e:1", "disjoint", include_types=("City",)), context())) == [
        ["u:1", "c:1", "e:1"],
        ["u:1", "j:1", "e:1"],
        ["u:1", "p:1", "e:1"],
    ]
    answer = find_paths(world.projection, PathQuery("u:1", "e:1", "disjoint", avoid=("j:1",)), context())
    assert sequences(answer) == [["u:1", "p:1", "e:1"]] and answer.total == 1


def test_loading_a_search_is_not_counted_to_its_time(monkeypatch):
    from graph.paths.search import product

    monkeypatch.setattr(product, "_prepared", set())
    answer = find_paths(_world().projection, ask(), context(bounds=Bounds(milliseconds=2_000)))
    assert (answer.total, answer.limit) == (2, None)
    assert len(product._prepared) == 1
