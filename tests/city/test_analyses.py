"""The analyses over the sample city find what was planted in it."""

from __future__ import annotations

from typing import Any, get_args

import networkx as nx
import pytest

from graph.analytics import (
    AnalysisName,
    AnalysisQuery,
    CoverageQuery,
    CutRow,
    LinkPredictionQuery,
    NodeRow,
    WhatIfQuery,
    analyse,
    coverage,
    predict_links,
    what_if,
)
from graph.paths import AnswerContext
from graph.projection import Projection
from lianyin.client import Client
from lianyin.demonstration import DAY
from tests.city.test_plants import employers, ids, plants

__all__ = ["plants"]

CHAIN = ("University", "Person", "Need", "Enterprise")
CONTEXT = AnswerContext(DAY, DAY.isoformat(), 3, lambda ids: {})


@pytest.fixture(scope="module")
def projection(client: Client) -> Projection:
    return client.models.projection


def _person(exported: nx.MultiDiGraph[str], planted: dict[str, Any]) -> str:
    homes = set(ids(exported, "University", planted["organisation"]))
    (person,) = [each for each in ids(exported, "Person", planted["name"]) if homes & set(employers(exported, each))]
    return person


@pytest.mark.parametrize("name", ["cut-nodes", "betweenness"])
def test_planted_bridges_come_out_on_top(
    projection: Projection,
    exported: nx.MultiDiGraph[str],
    plants: dict[str, Any],  # noqa: F811
    name: AnalysisName,
) -> None:
    query = AnalysisQuery(name=name, only_types=CHAIN, list_types=("Person",), limit=len(plants["bridges"]))
    rows = analyse(projection, query, CONTEXT).rows
    found = {row.node.id if isinstance(row, NodeRow) else row.nodes[0].id for row in rows if isinstance(row, NodeRow | CutRow)}
    assert found == {_person(exported, planted) for planted in plants["bridges"]}


def test_what_if_strands_just_the_firms_that_were_planted(
    projection: Projection,
    exported: nx.MultiDiGraph[str],
    plants: dict[str, Any],  # noqa: F811
) -> None:
    for planted in plants["bridges"]:
        answer = what_if(projection, WhatIfQuery(leave=(_person(exported, planted),)), CONTEXT)
        assert sorted(each.caption.zh for each in answer.stranded) == sorted(planted["enterprises"])
        assert answer.totals["gained"] == answer.totals["shorter"] == 0


def test_needs_by_field_and_district_equal_a_direct_count(projection: Projection, exported: nx.MultiDiGraph[str]) -> None:
    query = CoverageQuery(
        rows_type="Field",
        columns_type="District",
        counted_type="Need",
        row_relationship_types=("IN_FIELD",),
        column_relationship_types=("POSTED", "LOCATED_IN", "PART_OF"),
    )
    answer = coverage(projection, query, CONTEXT)

    def ends(node: str, type: str) -> set[str]:
        return {end for _, end, data in exported.out_edges(node, data=True) if data["type"] == type}

    expected: dict[tuple[str, str], int] = {}
    for need, data in exported.nodes(data=True):
        if data["type"] != "Need":
            continue
        firms = {firm for firm, _, edge in exported.in_edges(need, data=True) if edge["type"] == "POSTED"}
        places = {place for firm in firms for place in ends(firm, "LOCATED_IN")}
        districts = places | {district for place in places for district in ends(place, "PART_OF")}
        for field in ends(need, "IN_FIELD"):
            for district in districts:
                expected[field, district] = expected.get((field, district), 0) + 1
    for row, cells in zip(answer.rows, answer.cells, strict=True):
        for column, count in zip(answer.columns, cells, strict=True):
            assert count == expected.get((row.id, column.id), 0)
    assert answer.zero_cells == sum(not count for cells in answer.cells for count in cells) > 0


def test_every_analysis_has_an_answer_in_both_languages(projection: Projection) -> None:
    university = next(number for number in range(projection.node_count) if projection.kind(number).type == "University")
    for name in get_args(AnalysisName):
        nodes = (projection.node_ids[university],) if name == "personalised-pagerank" else ()
        answer = analyse(projection, AnalysisQuery(name=name, nodes=nodes, limit=3), CONTEXT)
        assert answer.definition.zh and answer.definition.en
        assert len(answer.rows) == min(3, answer.total)
    assert len(predict_links(projection, LinkPredictionQuery(limit=3), CONTEXT).rows) == 3
