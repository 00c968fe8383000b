"""The paths of FACTS.md on the real Horizon 2020 files, built straight from the rows."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from graph.model import Node, Relationship
from graph.ontology import default_ontology
from graph.paths import ConnectionsQuery, PathAnswer, PathQuery, find_connections, find_paths
from graph.projection import Projection, build_projection
from tests.graph.paths.graphs import context

TYPES = {"HES": "University", "PRC": "Enterprise", "REC": "Institute", "PUB": "Agency", "OTH": "Organization"}
PATHS = [
    (999847677, 949155865, 2, 1),
    (999836813, 993894011, 4, 2),
    (999984253, 943385141, 6, 137),
    (999807228, 998915701, 6, 27),
    (995671536, 931975516, 6, 5),
    (999903355, 942524266, 6, 161),
    (997151562, 964846488, 6, 76),
    (998513636, 925680604, 0, 0),
    (999889872, 930081591, 0, 0),
]

pytestmark = pytest.mark.shared_data


@pytest.fixture(scope="module")
def cordis(shared_data: Path) -> Projection:
    nodes: dict[str, Node] = {}
    relationships = []
    with (shared_data / "cordis_h2020" / "participation_2014_2016.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            organisation, project = f"pic:{row['pic']}", f"rcn:{row['rcn']}"
            nodes[organisation] = Node(organisation, TYPES[row["type"]], {"name": organisation})
            nodes[project] = Node(project, "Project", {"name": project})
            dates = {"validFrom": row["start_date"], "validTo": row["end_date"]}
            known = {name: date for name, date in dates.items() if date not in ("", "NA")}
            relationships.append(Relationship(f"{organisation} {project}", "PARTICIPATES_IN", organisation, project, known))
    return build_projection(nodes.values(), relationships, default_ontology(), 1)


def test_the_graph_has_its_size(cordis):
    assert (cordis.node_count, cordis.edge_count, cordis.dangling) == (27_458, 47_973, ())


@pytest.mark.parametrize(("start", "end", "hops", "count"), PATHS)
def test_shortest_paths(cordis, start, end, hops, count):
    answer = find_paths(cordis, PathQuery(f"pic:{start}", f"pic:{end}", max_hops=12, kind="all-shortest", limit=200), context())
    assert (answer.total, len(answer.paths), answer.limit) == (count, count, None)
    assert {len(path.hops) for path in answer.paths} == ({hops} if count else set())
    chains = [[each.id for each in path.nodes] for path in answer.paths]
    assert chains == sorted(chains) and len(set(map(tuple, chains))) == count
    back = find_paths(cordis, PathQuery(f"pic:{end}", f"pic:{start}", max_hops=12, kind="all-shortest", limit=200), context())
    assert sorted([each.id for each in path.nodes][::-1] for path in back.paths) == chains


def test_every_university_and_every_company(cordis):
    table = ConnectionsQuery("University", "Enterprise", 2, count=True)
    answer = find_connections(cordis, table, context())
    assert (answer.total, answer.by_hops, answer.limit) == (49_924, {2: 49_924}, None)


def test_every_path_of_two_hops_goes_through_a_project(cordis):
    assert (
        find_connections(cordis, ConnectionsQuery("University", "Enterprise", 2, through_types=("Project",), count=True), context()).total
        == 49_924
    )
    assert (
        find_connections(cordis, ConnectionsQuery("University", "Enterprise", 2, through_types=("Person",), count=True), context()).total
        == 0
    )


@pytest.mark.parametrize(("pic", "companies"), [(999977172, 294), (999977366, 589), (999879881, 586)])
def test_companies_of_one_university(cordis, pic, companies):
    answer = find_connections(cordis, ConnectionsQuery("University", "Enterprise", 2, from_nodes=(f"pic:{pic}",), limit=1000), context())
    assert (answer.total, len(answer.rows), answer.limit) == (companies, companies, None)
    assert all(row.via[0].type == "Project" for row in answer.rows)
    reverse = ConnectionsQuery("Enterprise", "University", 2, to_nodes=(f"pic:{pic}",), limit=1000)
    assert {row.path.nodes[0].id for row in find_connections(cordis, reverse, context()).rows} == {
        row.path.nodes[-1].id for row in answer.rows
    }


def test_the_first_rows_are_the_same_whatever_the_limit(cordis):
    few, more = (find_connections(cordis, ConnectionsQuery("University", "Enterprise", 2, limit=limit), context()) for limit in (5, 50))
    assert few.rows == more.rows[:5] and few.total == more.total == 49_924 and few.limit == "rows"


@pytest.mark.parametrize(("start", "end", "hops", "count"), PATHS)
def test_every_kind_agrees_on_the_shortest_paths(cordis, start, end, hops, count):
    """Shortest = first of k shortest = shortest of all within so many hops; likewise through a pattern that says nothing more."""
    ends, within = (f"pic:{start}", f"pic:{end}"), hops or 6
    shortest = _chains(find_paths(cordis, PathQuery(*ends, max_hops=within), context()))
    every = _chains(find_paths(cordis, PathQuery(*ends, "all-shortest", max_hops=within, limit=200), context()))
    assert shortest == every[:1] and len(every) == count
    for more in ({}, {"pattern": "any - PARTICIPATES_IN* - any"}, {"min_trust": 2, "never_types": ("Person",)}):
        best = find_paths(cordis, PathQuery(*ends, "k-shortest", max_hops=within, limit=max(count, 1), **more), context())
        simple = find_paths(cordis, PathQuery(*ends, "simple", max_hops=within, limit=200, **more), context())
        assert _chains(best) == _chains(simple) == every and simple.total == count
    projects = {chain[1] for chain in every}
    for project in sorted(projects)[:2]:
        passing = find_paths(cordis, PathQuery(*ends, "all-shortest", max_hops=within, limit=200, through=(project,)), context())
        assert _chains(passing) == [chain for chain in every if project in chain[1:-1]]
        around = find_paths(cordis, PathQuery(*ends, "all-shortest", max_hops=within, limit=200, avoid=(project,)), context())
        assert _chains(around) == [chain for chain in every if project not in chain]


def _chains(answer: PathAnswer) -> list[list[str]]:
    return [[each.id for each in path.nodes] for path in answer.paths]
