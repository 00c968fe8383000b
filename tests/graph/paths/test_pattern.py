from __future__ import annotations

import pytest

from graph.errors import LianyinError, NotFound, QueryProblem
from graph.ontology import default_ontology
from graph.paths import PathQuery, find_paths
from graph.paths.ask.automaton import check_ends_meet
from graph.paths.ask.pattern import Shape, read_pattern
from graph.projection import Projection, build_projection
from tests.graph.paths.graphs import context, node, relationship
from tests.graph.paths.test_shortest import sequences

ISSUE = "University < SECONDED_FROM < Person > ACCEPTED > Need < POSTED < Enterprise"


def read(text: str) -> Shape:
    shape = read_pattern(text, default_ontology())
    check_ends_meet(shape, default_ontology())
    return shape


def short(shape: Shape) -> list[object]:
    """Nodes and hops in turn."""
    hops = [(hop.types, hop.direction, hop.least, hop.most) for hop in shape.hops]
    nodes = [step.types for step in shape.nodes]
    return [part for pair in zip(nodes, [*hops, None], strict=True) for part in pair if part is not None]


def test_an_arrow_says_which_way_the_relationship_points():
    expected = [
        ("University",), (("SECONDED_FROM",), "backward", 1, 1), ("Person",), (("ACCEPTED",), "forward", 1, 1),
        ("Need",), (("POSTED",), "backward", 1, 1), ("Enterprise",),
    ]  # fmt: skip
    assert short(read(ISSUE)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "高校 < 派自 < 人员 > 接单 > 企业需求 < 发单 < 企业",
        "高校＜派自＜人员＞接单＞需求＜发单＜企业",
        "university<seconded_from<person>accepted>need<posted<enterprise",
        "University <-SECONDED_FROM- Person -ACCEPTED-> Need <-POSTED- Enterprise",
        "  University  ←  seconded from  ←  Person → ACCEPTED → 发单 ← posted ← Enterprise  ",
    ],
)
def test_types_go_by_name_or_label_and_signs_as_they_are_typed(text):
    assert short(read(text)) == short(read(ISSUE))


@pytest.mark.parametrize(
    ("text", "hop"),
    [
        ("University -- Enterprise", ((), "any", 1, 1)),
        ("University >> Enterprise", ((), "forward", 1, 1)),
        ("University << Enterprise", ((), "backward", 1, 1)),
        ("University - any - Enterprise", ((), "any", 1, 1)),
        ("University - * - Enterprise", ((), "any", 1, None)),
        ("University - *3 - Enterprise", ((), "any", 3, 3)),
        ("University - *1..3 - Enterprise", ((), "any", 1, 3)),
        ("University - *..3 - Enterprise", ((), "any", 1, 3)),
        ("University - *2.. - Enterprise", ((), "any", 2, None)),
        ("University - COOPERATES_WITH|supplies*1..3 - Enterprise", (("COOPERATES_WITH", "SUPPLIES"), "any", 1, 3)),
        ("University > cooperates with > Enterprise", (("COOPERATES_WITH",), "forward", 1, 1)),
    ],
)
def test_hops(text, hop):
    assert short(read(text))[1] == hop


def test_nodes_may_be_one_of_several_types_or_any():
    shape = read("University|科研院所 - * - model-worker studio -- _ -- any -- 任意")
    assert [step.types for step in shape.nodes] == [("University", "Institute"), ("Studio",), (), (), ()]


@pytest.mark.parametrize(
    ("text", "position", "says"),
    [
        ("", 1, "a node type should stand here, not the end"),
        ("University", 11, "a hop is missing"),
        ("University >", 13, "the arrow that closes the hop"),
        ("University > SECONDED_FROM", 27, "the arrow that closes the hop"),
        ("University < SECONDED_FROM <", 29, "a node type should stand here, not the end"),
        ("University < SECONDED_FROM > Person", 12, "which way"),
        ("> SECONDED_FROM > Person", 1, "a node type should stand here, not '>'"),
        ("University | | Person", 14, "a node type should stand here, not '|'"),
        ("Person > MENTORS*3..1 > Person", 17, "not a valid number of times"),
        ("Person > MENTORS*0..1 > Person", 17, "not a valid number of times"),
        ("Person > MENTORS*99 > Person", 17, "too many times"),
        ("University < SECONDED_FROM < Persn", 30, "Did you mean 'Person'"),
        ("University < SECONDED_FRO < Person", 14, "Did you mean 'SECONDED_FROM'"),
        ("Person-MENTORS-Person", 1, "no node type"),
        ("University > SECONDED_FROM > Person", 12, "reverse both arrows"),
        (ISSUE.replace("< POSTED <", "> POSTED >"), 55, "leads from Need to Enterprise"),
        ("University -- Review", 12, "Nothing joins them directly"),
        ("Person > ACCEPTED > any > POSTED > Enterprise", 25, "leads from Need to Enterprise"),
        ("Person > MENTORS* > Need", 8, "MENTORS: Person > Person"),
        ("University - SECONDED_FROM*2 - Enterprise -- Need > POSTED > Enterprise", 51, "reverse both arrows"),
        ("x" * 3_000, 2_000, "at most 2,000"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text, position, says):
    with pytest.raises((QueryProblem, NotFound)) as problem:
        read(text)
    assert problem.value.where == {"parameter": "pattern", "position": position}
    assert says in str(problem.value)
    assert f"at character {position}" in str(problem.value)


@pytest.mark.parametrize(
    ("text", "nodes", "hops"),
    [
        ("Person > MENTORS* > Person", [("Person",), ("Person",)], [(1, None)]),
        ("University -- any -- Enterprise", [("University",), (), ("Enterprise",)], [(1, 1), (1, 1)]),
        ("Secondment -- District", [("Secondment",), ("District",)], [(1, 1)]),
        ("Town > PART_OF*1..2 > City", [("Town",), ("City",)], [(1, 2)]),
    ],
)
def test_types_that_meet_are_not_refused(text, nodes, hops):
    shape = read(text)
    assert [step.types for step in shape.nodes] == nodes
    assert [(hop.least, hop.most) for hop in shape.hops] == hops


def _city() -> Projection:
    rows = [
        ("r1", "SECONDED_FROM", "p:1", "u:1"), ("r2", "SECONDED_FROM", "p:2", "u:1"), ("r3", "ACCEPTED", "p:1", "n:1"),
        ("r4", "ACCEPTED", "p:2", "n:2"), ("r5", "POSTED", "e:1", "n:1"), ("r6", "POSTED", "e:1", "n:2"), ("r7", "KNOWS_VIA", "p:1", "p:2"),
        ("r8", "COOPERATES_WITH", "u:1", "e:1"), ("r9", "LOCATED_IN", "u:1", "c:1"), ("s1", "LOCATED_IN", "e:1", "c:1"),
        ("s2", "EMPLOYED_BY", "p:1", "u:1"), ("s3", "HAS_TERM", "p:1", "t:1"), ("s4", "SENT_BY", "t:1", "u:1"),
    ]  # fmt: skip
    types = {"u": "University", "p": "Person", "n": "Need", "e": "Enterprise", "c": "City", "t": "Secondment"}
    ids = sorted({end for row in rows for end in row[2:]})
    nodes = [node(id, types[id[0]]) for id in ids]
    return build_projection(nodes, [relationship(*row) for row in rows], default_ontology(), 1)


@pytest.mark.parametrize(
    ("pattern", "paths"),
    [
        (ISSUE, [["u:1", "p:1", "n:1", "e:1"], ["u:1", "p:2", "n:2", "e:1"]]),
        ("高校 -- 企业", [["u:1", "e:1"]]),
        ("University -- City -- Enterprise", [["u:1", "c:1", "e:1"]]),
        ("University -- any -- Enterprise", []),
        ("University < SENT_BY < Secondment < HAS_TERM < Person > ACCEPTED > Need -- Enterprise", [["u:1", "t:1", "p:1", "n:1", "e:1"]]),
        (
            "University - SECONDED_FROM - Person - KNOWS_VIA*1..2 - Person -- Need -- Enterprise",
            [["u:1", "p:1", "p:2", "n:2", "e:1"], ["u:1", "p:2", "p:1", "n:1", "e:1"]],
        ),
    ],
)
def test_paths_of_a_pattern(pattern, paths):
    answer = find_paths(_city(), PathQuery("u:1", "e:1", kind="simple", pattern=pattern), context())
    assert sequences(answer) == paths and answer.total == len(paths)


def test_only_the_relationships_of_the_step_are_evidence():
    answer = find_paths(_city(), PathQuery("u:1", "n:1", kind="simple", pattern="University < SECONDED_FROM < Person -- Need"), context())
    assert [(hop.fact.id, len(hop.parallel)) for hop in answer.paths[0].hops] == [("r1", 0), ("r3", 0)]
    answer = find_paths(_city(), PathQuery("u:1", "n:1", kind="simple", pattern="University -- Person -- Need"), context())
    assert [len(hop.parallel) for hop in answer.paths[0].hops] == [1, 0]


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        (PathQuery("e:1", "u:1", pattern=ISSUE), "pattern", "begins with University, but 'e:1' is of type Enterprise"),
        (PathQuery("u:1", "p:1", pattern=ISSUE), "pattern", "ends with Enterprise, but 'p:1' is of type Person"),
        (PathQuery("u:1", "e:1", pattern=ISSUE, max_hops=2), "max_hops", "at least 3 hops"),
        (
            PathQuery("u:1", "e:1", pattern=" - ".join(["University", *["*20", "any"] * 4, "*", "Enterprise"])),
            "pattern",
            "places for nodes",
        ),
    ],
)
def test_a_pattern_that_the_ends_do_not_fit_is_refused(query, parameter, says):
    with pytest.raises(LianyinError) as problem:
        find_paths(_city(), query, context())
    assert problem.value.where["parameter"] == parameter and says in str(problem.value)
