"""What the generator planted is found in the loaded graph: by Lianyin, and by networkx on its export."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from cooperation.insight import EMPLOYMENT, TERM, sole_links, university_links
from graph.store import QueryLimits
from lianyin.client import Client
from lianyin.demonstration import DAY
from lianyin.operations.paths import AskPaths

LIMITS = QueryLimits(100_000, 60_000)


@pytest.fixture(scope="session")
def plants(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "truth.json").read_text(encoding="utf-8"))["plants"]
    return found


def edges(graph: nx.MultiDiGraph[str], node: str, *, into: bool = False) -> list[tuple[str, str]]:
    """The other end and the type of each relationship out of a node, or into it."""
    found = graph.in_edges(node, data=True) if into else graph.out_edges(node, data=True)
    return [(a if into else b, str(data["type"])) for a, b, data in found]


def employers(graph: nx.MultiDiGraph[str], person: str) -> list[str]:
    return [end for end, kind in edges(graph, person) if kind == EMPLOYMENT]


def ids(exported: nx.MultiDiGraph[str], type: str, name: str) -> list[str]:
    return [id for id, data in exported.nodes(data=True) if data["type"] == type and data["name"] == name]


def reachable(graph: nx.MultiDiGraph[str], person: str | None = None) -> set[str]:
    """Enterprises that a university reaches through a person and a need, by walking; without that person."""
    found: set[str] = set()
    for university, data in graph.nodes(data=True):
        if data["type"] != "University":
            continue
        people = {each for each, kind in edges(graph, university, into=True) if kind in (TERM, EMPLOYMENT)} - {person}
        needs = {need for each in people for need, kind in edges(graph, each) if kind == "ACCEPTED"}
        found |= {firm for need in needs for firm, kind in edges(graph, need, into=True) if kind == "POSTED"}
    return found


def test_sole_links_are_those_of_brute_force(client: Client, exported: nx.MultiDiGraph[str]) -> None:
    """Every person in turn is taken out of the graph, and the enterprises that no university reaches any more are counted."""
    alone = sole_links(university_links(client.store, LIMITS))
    whole = reachable(exported)
    takers = {a for a, _, data in exported.edges(data=True) if data["type"] == "ACCEPTED"}
    by_force = {person: tuple(sorted(lost)) for person in takers if (lost := whole - reachable(exported, person))}
    assert alone == by_force and len(alone) > 5


def test_links_on_a_day(client: Client) -> None:
    every, now = university_links(client.store, LIMITS), university_links(client.store, LIMITS, DAY, homes=(TERM,))
    assert set(now) < set(every) and now == tuple(sorted(now))


def test_bridges(client: Client, exported: nx.MultiDiGraph[str], plants: dict[str, Any]) -> None:
    alone = sole_links(university_links(client.store, LIMITS))
    for planted in plants["bridges"]:
        (home,) = ids(exported, "University", planted["organisation"])
        (person,) = [each for each in ids(exported, "Person", planted["name"]) if exported.has_edge(each, home)]
        assert sorted(exported.nodes[each]["name"] for each in alone[person]) == sorted(planted["enterprises"])
    assert sum(len(lost) >= 3 for lost in alone.values()) == len(plants["bridges"])


def test_isolated_studios_and_unreachable_needs(exported: nx.MultiDiGraph[str], walkable: nx.Graph[str], plants: dict[str, Any]) -> None:
    towns = [id for id, data in walkable.nodes(data=True) if data["type"] == "Town"]
    graph = walkable.copy()
    graph.remove_nodes_from(towns)  # one town is no tie
    universities = {id for id, data in graph.nodes(data=True) if data["type"] == "University"}
    for name in plants["isolated_studios"]:
        (studio,) = ids(exported, "Studio", name)
        assert not nx.node_connected_component(graph, studio) & universities
    needs = {f"city-need:{number}" for number in plants["unreachable_needs"]}
    alone = [need for need in needs if not nx.node_connected_component(graph, need) & universities]
    assert sorted(alone) == sorted(needs)


def test_renamed_enterprises_are_one_and_homonyms_two(exported: nx.MultiDiGraph[str], client: Client, plants: dict[str, Any]) -> None:
    for planted in plants["renamed_enterprises"]:
        (enterprise,) = ids(exported, "Enterprise", planted["name"])
        assert not ids(exported, "Enterprise", planted["former_name"])
        assert client.node(planted["name"]).id == enterprise
        (node,) = client.store.facts(nodes=[enterprise]).nodes
        assert node.properties["aliases"] == (planted["former_name"],) and f"city-enterprise:{planted['former_name']}" in node.identifiers
    for planted in plants["homonyms"]:
        people = ids(exported, "Person", planted["name"])
        homes = sorted(exported.nodes[home]["name"] for person in people for home in employers(exported, person))
        assert len(people) == 2 and homes == sorted(planted["organisations"])


def test_the_cards_question_is_answered_as_networkx_does(client: Client, walkable: nx.Graph[str]) -> None:
    """Which university connects to which enterprise, through whom: number and nodes of all shortest paths, for a sample of pairs."""
    chosen = random.Random(7)
    universities = sorted(id for id, data in walkable.nodes(data=True) if data["type"] == "University")
    enterprises = sorted(id for id, data in walkable.nodes(data=True) if data["type"] == "Enterprise")
    asked = [(chosen.choice(universities), chosen.choice(enterprises)) for _ in range(60)]
    seen = 0
    for university, enterprise in asked:
        try:
            expected = sorted(nx.all_shortest_paths(walkable, university, enterprise))
        except nx.NetworkXNoPath:
            expected = []
        if expected and len(expected[0]) - 1 > 6:
            expected = []
        answer = client.find_paths(AskPaths(university, enterprise, kind="all-shortest", limit=1000))
        assert answer.total == len(expected), (university, enterprise)
        if len(expected) <= 1000:
            assert sorted([node.id for node in path.nodes] for path in answer.paths) == expected
        seen += bool(expected)
    assert seen > 30
