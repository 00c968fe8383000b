from __future__ import annotations

import json
from typing import Any

import pytest

from graph.errors import NotFound, QueryProblem
from graph.model import Node
from graph.paths import Bounds, PathAnswer, PathQuery, find_paths
from lianyin.answers.paths import paths_answer
from lianyin.operations.conditions import tail_of
from lianyin.results import plain_data
from tests.graph.paths.graphs import World, context, node, relationship


def told(answer: PathAnswer) -> object:
    """As JSON has it."""
    return plain_data(paths_answer(answer, "shortest", tail_of(answer, "", [])))


def _seconded() -> World:
    """Two people between a university and an enterprise; only 王军 is on a published list."""
    nodes = (
        Node("u:1", "University", {"name": "扬州大学"}),
        Node("e:1", "Enterprise", {"name": "示例{重工}"}),
        Node("p:zhang", "Person", {"name": "张拟"}),
        Node("p:wang", "Person", {"name": "王军", "published": True}),
    )
    rows = (
        relationship("r1", "WORKS_AT", "p:zhang", "u:1", "2018", "2021"),
        relationship("r2", "JOINS", "p:zhang", "e:1", "2019-03-31"),
        relationship("r3", "WORKS_AT", "p:wang", "u:1"),
        relationship("r4", "JOINS", "p:wang", "e:1", "", "2017"),
    )
    return World(nodes, rows)


def test_a_path_reads_as_a_sentence_each_clause_in_its_true_direction():
    answer = find_paths(_seconded().projection, PathQuery("u:1", "e:1", kind="all-shortest"), context())
    assert [path.text.zh for path in answer.paths] == [
        "王军任职于扬州大学（日期不详）；王军参加示例{重工}（至 2017，已结束）。",
        "张拟任职于扬州大学（2018 至 2021）；张拟参加示例{重工}（2019-03-31 起，结束日期不详）。",
    ]
    assert answer.paths[1].text.en == "张拟 works at 扬州大学 (2018 to 2021); 张拟 joins 示例{重工} (from 2019-03-31, end not known)."


def test_the_json_has_the_promised_shape():
    answer: Any = told(find_paths(_seconded().projection, PathQuery("u:1", "e:1"), context()))
    assert (answer["truncated"], answer["limit"], answer["as_of"], answer["data_date"]) == (False, None, "any", "2020-09-10")
    (path,) = answer["paths"]
    assert path["hops"] == 2
    assert path["nodes"][1] == {"id": "p:wang", "type": "Person", "caption": "王军"}
    first = path["relationships"][0]
    assert {"type", "source", "target", "valid_from", "valid_to", "ended", "sources"} <= set(first)
    assert (first["source"], first["target"]) == ("p:wang", "u:1")
    assert first["sources"] == [{"load": "L1", "file": "facts.csv", "row": 3}]
    assert json.loads(json.dumps(answer)) == answer


def test_a_public_answer_passes_people_by_role_and_names_only_published_ones():
    answer: Any = told(find_paths(_seconded().projection, PathQuery("u:1", "e:1", kind="all-shortest"), context(clearance=0)))
    assert answer["total"] == 2
    published, withheld = (path["nodes"][1] for path in answer["paths"])
    assert published == {"id": "p:wang", "type": "Person", "caption": "王军"}
    assert withheld == {"id": "withheld:1", "type": "Person", "caption": "人员 1", "caption_en": "Person 1"}
    text = json.dumps(answer, ensure_ascii=False)
    assert "张拟" not in text and "p:zhang" not in text
    assert answer["paths"][1]["relationships"][0]["source"] == "withheld:1"
    assert answer["paths"][1]["text"]["zh"].startswith("人员 1任职于扬州大学")


def test_a_node_that_the_reader_may_not_name_is_as_unknown_as_one_that_is_not_there():
    for id in ("p:zhang", "p:nobody", "p:\ud800"):
        with pytest.raises(NotFound) as problem:
            find_paths(_seconded().projection, PathQuery("u:1", id), context(clearance=1))
        assert problem.value.detail == f"There is no node '{id}'."
        assert problem.value.where == {"parameter": "end"}


def test_parallel_relationships_are_one_hop_the_freshest_first():
    rows = (
        relationship("r1", "JOINS", "a", "b", "2015", "2018"),
        relationship("r2", "WORKS_AT", "b", "a", "2016", "2021"),
        relationship("r3", "JOINS", "a", "b", "2017"),
        relationship("r4", "JOINS", "a", "b", "2019", "2021"),
    )
    world = World((node("a", "Project"), node("b", "Project")), rows)
    answer = find_paths(world.projection, PathQuery("a", "b", kind="all-shortest"), context())
    assert answer.total == 1
    (hop,) = answer.paths[0].hops
    assert [hop.fact.id, *(each.id for each in hop.parallel)] == ["r3", "r4", "r2", "r1"]
    assert answer.paths[0].text.zh == "name of a参加name of b（2017 起，结束日期不详，另有 3 项关系）。"
    on_a_day = find_paths(world.projection, PathQuery("a", "b", as_of="2016-05-01"), context()).paths[0].hops[0]
    assert [on_a_day.fact.id, *(each.id for each in on_a_day.parallel)] == ["r2", "r1"]


def test_evidence_is_asked_for_once_and_only_for_what_is_shown():
    asked: list[list[str]] = []

    def evidence(ids):
        asked.append(list(ids))
        return {}

    from dataclasses import replace

    find_paths(_seconded().projection, PathQuery("u:1", "e:1"), replace(context(), evidence=evidence))
    assert asked == [["r3", "r4"]]


@pytest.mark.parametrize(
    ("query", "parameter", "says"),
    [
        (PathQuery("u:1", "u:1"), "end", "same node"),
        (PathQuery("u:1", "e:1", max_hops=0), "max_hops", "1 to 12"),
        (PathQuery("u:1", "e:1", max_hops=10**9), "max_hops", "max_hops"),
        (PathQuery("u:1", "e:1", limit=0), "limit", "1 and 1,000"),
        (PathQuery("u:1", "e:1", limit=1001), "limit", "1 and 1,000"),
        (PathQuery("u:1", "e:1", as_of="2021-02-31"), "as_of", "not a valid date"),
        (PathQuery("u:1", "e:1", as_of="2021"), "as_of", "full date"),
        (PathQuery("u:1", "e:1", as_of="20210203"), "as_of", "full date"),
        (PathQuery("u:1", "e:1", as_of="yesterday"), "as_of", "full date"),
        (PathQuery("u:1", "e:1", direction="up"), "direction", "forward"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_parameter(query, parameter, says):
    with pytest.raises(QueryProblem) as problem:
        find_paths(_seconded().projection, query, context())
    assert problem.value.where == {"parameter": parameter}
    assert says in str(problem.value)


def test_unknown_types_are_refused():
    for query in (PathQuery("u:1", "e:1", include_types=("Cityy",)), PathQuery("u:1", "e:1", relationship_types=("LIKES",))):
        with pytest.raises(NotFound):
            find_paths(_seconded().projection, query, context())


def test_a_bound_may_be_set_lower():
    with pytest.raises(QueryProblem, match="1 to 4"):
        find_paths(_seconded().projection, PathQuery("u:1", "e:1", max_hops=5), context(bounds=Bounds(max_hops=4)))
