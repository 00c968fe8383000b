"""The truth beside the files: what was planted, who fits which need, and every spoiled cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from ingest.sample.city import City, Topic
from ingest.sample.dirt import Spot


def truth_of(city: City, spots: Sequence[Spot]) -> dict[str, object]:
    """All of it as plain data for JSON; ``docs/sample-city.md`` describes the keys."""
    return {
        "fictitious": True,
        "seed": city.seed,
        "scale": city.scale,
        "reference_date": city.reference_date,
        "plants": _plants(city),
        "matching": _matching(city),
        "dirt": [asdict(spot) for spot in spots],
    }


def _plants(city: City) -> dict[str, object]:
    plants = city.plants
    return {
        "bridges": [
            {
                "name": city.experts[bridge.expert].name,
                "organisation": city.experts[bridge.expert].organisation,
                "enterprises": [city.enterprises[firm].name for firm in bridge.enterprises],
                "needs": [need.number for need in city.needs if need.enterprise in bridge.enterprises],
            }
            for bridge in plants.bridges
        ],
        "isolated_studios": [city.studios[number].name for number in plants.isolated_studios],
        "unreachable_needs": list(plants.unreachable_needs),
        "renamed_enterprises": [
            {"name": firm.name, "former_name": firm.former_name, "renamed_on": firm.renamed_on}
            for firm in (city.enterprises[number] for number in plants.renamed)
        ],
        "homonyms": [
            {"name": city.experts[first].name, "organisations": [city.experts[first].organisation, city.experts[second].organisation]}
            for first, second in plants.homonyms
        ],
    }


def _matching(city: City) -> dict[str, object]:
    """Experts and needs with their topics, and for each need the experts (places in ``experts``) who work on just its topic."""
    by_topic: dict[Topic, list[int]] = {}
    for expert in city.experts:
        for topic in expert.topics:
            by_topic.setdefault(topic, []).append(expert.number)
    return {
        "grades": {"2": "works on just this topic: field, subject and aspect", "1": "works on the same subject", "0": "does not fit"},
        "experts": [
            {"name": who.name, "organisation": who.organisation, "topics": [_topic(topic) for topic in who.topics]} for who in city.experts
        ],
        "needs": [{"number": need.number, "topic": _topic(need.topic), "fits": by_topic.get(need.topic, [])} for need in city.needs],
    }


def _topic(topic: Topic) -> list[str]:
    return [topic.field, topic.subject, topic.aspect]
