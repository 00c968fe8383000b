"""What was planted is there, by networkx on the generated city, and nothing else passes for it."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest

from ingest.sample.city import City, Need, terms_by_expert
from ingest.sample.generate import generate
from ingest.sample.names import HERO, HERO_FIRM

CITIES = [(7, 1.0), (8, 1.0), (1, 0.1), (5, 2.0)]


@pytest.fixture(scope="module", params=CITIES, ids=lambda each: f"seed{each[0]}x{each[1]}")
def planted(request: pytest.FixtureRequest) -> City:
    seed, scale = request.param
    return generate(seed, scale)


def chain(city: City) -> nx.Graph:
    """University – Person – Need – Enterprise."""
    graph = nx.Graph()
    for firm in city.enterprises:
        graph.add_node(("enterprise", firm.number))
    for expert in city.experts:
        graph.add_edge(("university" if expert.kind == "高校" else "home", expert.organisation), ("person", expert.number))
    for need in city.needs:
        graph.add_edge(("enterprise", need.enterprise), ("need", need.number))
        for acceptance in need.acceptances:
            graph.add_edge(("need", need.number), ("person", acceptance.expert))
    return graph


def whole(city: City) -> nx.Graph:
    """The chain and every other tie between people, firms, studios and institutions."""
    graph = chain(city)
    for studio in city.studios:
        graph.add_edge(("studio", studio.number), ("enterprise", studio.enterprise))
    for agreement in city.agreements:
        place = ("studio", agreement.studio) if agreement.studio is not None else ("enterprise", agreement.enterprise)
        graph.add_edge(place, ("person", agreement.expert))
        if agreement.institution:
            graph.add_edge(place, ("university", agreement.institution))
    for meeting in city.meetings:
        graph.add_edge(("enterprise", meeting.enterprise), ("person", meeting.expert))
        if meeting.studio is not None:
            graph.add_edge(("studio", meeting.studio), ("person", meeting.expert))
    for training in city.trainings:
        if training.expert is not None:
            graph.add_edge(("studio", training.studio), ("person", training.expert))
    for project in city.projects:
        graph.add_edges_from((("studio", project.studio), ("person", reviewer)) for reviewer in project.reviewers)
    for update in city.updates:
        graph.add_edge(("enterprise", update.enterprise), ("person", update.expert))
    for achievement in city.achievements:
        if achievement.taken_up_by is not None:
            graph.add_edges_from((("enterprise", achievement.taken_up_by), ("person", owner)) for owner in achievement.owners)
    return graph


def reaches_a_university(graph: nx.Graph, node: tuple[str, object]) -> bool:
    return any(kind == "university" for kind, _ in nx.node_connected_component(graph, node))


def linked_firms(graph: nx.Graph) -> set[object]:
    """Enterprises in a component with a university."""
    parts = [part for part in nx.connected_components(graph) if any(kind == "university" for kind, _ in part)]
    return {number for part in parts for kind, number in part if kind == "enterprise"}


@pytest.mark.parametrize("draw", [chain, whole], ids=["chain", "whole"])
def test_without_a_bridge_exactly_its_firms_lose_every_university(planted: City, draw: object) -> None:
    graph = (chain if draw is chain else whole)(planted)
    before = linked_firms(graph)
    for bridge in planted.plants.bridges:
        assert len(bridge.enterprises) >= 3
        without = graph.copy()
        without.remove_node(("person", bridge.expert))
        assert before - linked_firms(without) == set(bridge.enterprises)


def test_nobody_else_is_the_only_link_of_three_firms(planted: City) -> None:
    links: dict[int, set[int]] = {}
    for need in planted.needs:
        takers = {a.expert for a in need.acceptances if planted.experts[a.expert].kind == "高校"}
        links.setdefault(need.enterprise, set()).update(takers)
    alone = Counter(next(iter(takers)) for takers in links.values() if len(takers) == 1)
    assert {expert for expert, firms in alone.items() if firms >= 3} == {bridge.expert for bridge in planted.plants.bridges}


def test_the_hero(planted: City) -> None:
    bridge = planted.plants.bridges[0]
    hero = planted.experts[bridge.expert]
    (term,) = terms_by_expert(planted.terms)[hero.number]
    (need,) = [each for each in planted.needs if each.name == "轻量化焊接" and each.enterprise == 0]
    assert (hero.name, hero.organisation) == (HERO, "扬州大学")
    assert [who.number for who in planted.experts if who.name == HERO] == [hero.number]
    assert (term.start, term.end, term.batch, term.district, term.leader) == ("2020-08", "2021-07", 13, "邗江区", False)
    assert planted.enterprises[0].name == HERO_FIRM and planted.enterprises[0].uscc == "91321003XN0000012M"
    assert [a.expert for a in need.acceptances] == [hero.number]
    assert term.covers(need.acceptances[0].on)
    assert len(bridge.enterprises) == 3 and 0 in bridge.enterprises


def test_isolated_studios_are_those_without_any_expert(planted: City) -> None:
    graph = whole(planted)
    for number in planted.plants.isolated_studios:
        assert not any(kind in ("person", "university") for kind, _ in nx.node_connected_component(graph, ("studio", number)))
    paired = {agreement.studio for agreement in planted.agreements if agreement.studio is not None}
    assert paired.isdisjoint(planted.plants.isolated_studios)


def test_unreachable_needs_have_neither_a_path_nor_anybody_who_fits(planted: City) -> None:
    graph = whole(planted)
    unreachable = set(planted.plants.unreachable_needs)
    for need in planted.needs:
        if need.number in unreachable:
            assert not reaches_a_university(graph, ("need", need.number))
            assert planted.fits(need) == {}
            assert need.state == "已发布"


def test_other_needs_have_somebody_who_fits(city: City) -> None:
    def unfit(need: Need) -> bool:
        return need.number not in city.plants.unreachable_needs and not city.fits(need)

    assert [need.number for need in city.needs if unfit(need)] == []


def test_renamed_firms_posted_under_both_names(planted: City) -> None:
    for number in planted.plants.renamed:
        firm = planted.enterprises[number]
        names = {firm.name_on(need.posted) for need in planted.needs if need.enterprise == number}
        assert firm.former_name in names
        assert firm.former_name != firm.name
    assert sum(bool(firm.former_name) for firm in planted.enterprises) == len(planted.plants.renamed)


def test_homonyms_are_the_only_people_who_share_a_name(planted: City) -> None:
    people: dict[str, list[int]] = {}
    for who in planted.experts:
        people.setdefault(who.name, []).append(who.number)
    shared = sorted(tuple(numbers) for numbers in people.values() if len(numbers) > 1)
    assert shared == sorted(planted.plants.homonyms)
    for first, second in planted.plants.homonyms:
        assert planted.experts[first].organisation != planted.experts[second].organisation
    workers = [leader.name for studio in planted.studios for leader in studio.leaders]
    workers += [member.name for studio in planted.studios for member in studio.members]
    assert len(set(workers)) == len(workers) and people.keys().isdisjoint(workers)


def test_the_homonyms_of_the_city_are_met_in_its_needs(city: City) -> None:
    takers = {acceptance.expert for need in city.needs for acceptance in need.acceptances}
    assert takers.issuperset(expert for pair in city.plants.homonyms for expert in pair)


def test_counts_of_plants(city: City) -> None:
    plants = city.plants
    assert [len(bridge.enterprises) for bridge in plants.bridges] == [3, 3, 4, 3, 5]
    assert (len(plants.isolated_studios), len(plants.unreachable_needs), len(plants.renamed), len(plants.homonyms)) == (12, 15, 3, 2)
