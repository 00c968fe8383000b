"""Nodes of a type that a reader may not know of take no part in what that reader is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.analytics import AnalysisQuery, CoverageQuery, LinkPredictionQuery, WhatIfQuery, analyse, coverage, predict_links, what_if
from graph.errors import NotFound
from graph.projection import Projection, build_projection
from tests.graph.paths.graphs import ONTOLOGY, context, node, relationship

SECRET = replace(ONTOLOGY, node_types={**ONTOLOGY.node_types, "Project": replace(ONTOLOGY.node_types["Project"], privacy=3)})


@pytest.fixture
def projection() -> Projection:
    nodes = (node("u", "University"), node("p", "Project"), node("e", "Enterprise"), node("c", "City"))
    links = (("JOINS", "u", "p"), ("JOINS", "e", "p"), ("LOCATED_IN", "p", "c"))
    return build_projection(nodes, [relationship(f"r{number}", *each) for number, each in enumerate(links)], SECRET, 1)


def test_hidden_nodes_are_not_counted(projection: Projection) -> None:
    low, high = context(clearance=2), context(clearance=3)
    components = AnalysisQuery(name="components")
    assert (analyse(projection, components, low).total, analyse(projection, components, high).total) == (2, 1)
    assert analyse(projection, components, low).nodes == 2
    expected = LinkPredictionQuery(from_type="University", to_type="Enterprise")
    assert (predict_links(projection, expected, low).total, predict_links(projection, expected, high).total) == (0, 1)


def test_hidden_nodes_are_neither_counted_nor_listed_in_a_table(projection: Projection) -> None:
    low, high = context(clearance=2), context(clearance=3)
    projects = CoverageQuery(rows_type="University", columns_type="City", counted_type="Project")
    assert (coverage(projection, projects, low).cells, coverage(projection, projects, high).cells) == (((0,),), ((1,),))
    assert coverage(projection, CoverageQuery(rows_type="Project", columns_type="City"), low).rows == ()


def test_nobody_learns_of_a_hidden_node_by_taking_it_away(projection: Projection) -> None:
    with pytest.raises(NotFound):
        what_if(projection, WhatIfQuery(leave=("p",)), context(clearance=2))
    answer = what_if(projection, WhatIfQuery(leave=("u",)), context(clearance=2))
    assert (answer.before.pairs, answer.before.nodes, answer.totals["lost"]) == (0, 2, 0)
    assert what_if(projection, WhatIfQuery(leave=("u",)), context(clearance=3)).totals["lost"] == 1
    with pytest.raises(NotFound):
        what_if(projection, WhatIfQuery(leave_relationships=("r0",)), context(clearance=2))
