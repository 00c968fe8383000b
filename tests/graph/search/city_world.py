"""The fictitious city as search sees it, and a few real schools and rare surnames beside it, made without any file or store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.model import Node, Relationship, Value
from graph.ontology import default_ontology
from graph.projection import build_projection
from graph.search.exact import Hints
from graph.search.index import SearchIndex
from graph.search.surroundings import surroundings
from ingest.sample.city import City, Expert

SCHOOLS = {
    "扬州大学": "4132011117",
    "南京大学": "4132010284",
    "东南大学": "4132010286",
    "南京航空航天大学": "4132010287",
    "浙江大学": "4133010335",
    "重庆大学": "4150010611",
}
"""Codes of the Ministry's public list."""

BESIDE = (
    ("曾拟诚", "扬州大学"),
    ("单虚名", "东南大学"),
    ("仇样本", "浙江大学"),
    ("乐拟言", "南京大学"),
    ("解虚题", "重庆大学"),
    ("查样书", "东南大学"),
    ("尉迟拟恭", "南京大学"),
    ("欧阳样文", "浙江大学"),
    ("单于虚构", "重庆大学"),
    ("朴样善", "扬州大学"),
    ("盖拟世", "南京大学"),
    ("区虚寿", "东南大学"),
    ("吕样布", "重庆大学"),
    ("刘拟同", "南京大学"),
    ("柳拟同", "扬州大学"),
    ("长孙样忌", "扬州大学"),
)
"""Fictitious people whose surnames have several readings, or sound like another's, and their units."""


@dataclass
class _Facts:
    nodes: dict[str, Node] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)

    def node(self, id: str, type: str, name: str, identifiers: tuple[str, ...] = (), **properties: Value) -> str:
        self.nodes.setdefault(id, Node(id, type, {"name": name, **properties}, identifiers))
        return id

    def link(self, type: str, source: str, target: str) -> None:
        id = f"{type}:{source}>{target}"
        self.relationships[id] = Relationship(id, type, source, target)

    def unit(self, name: str) -> str:
        university = name.endswith(("大学", "学院"))
        identifiers = (f"school:{SCHOOLS[name]}",) if name in SCHOOLS else ()
        return self.node(f"unit:{name}", "University" if university else "Institute", name, identifiers)

    def person(self, name: str, unit: str) -> str:
        return self.node(f"person:{name}/{unit}", "Person", name)


def city_index(city: City, universities: Iterable[str] = (), people: Iterable[str] = ()) -> SearchIndex:
    """The index of the city and what stands beside it, with degrees and surroundings as an open store would give them; with further
    universities and people."""
    ontology = default_ontology()
    facts = _facts(city)
    for name in universities:
        facts.unit(name)
    for name in people:
        facts.person(name, "扬州大学")
    nodes, relationships = list(facts.nodes.values()), list(facts.relationships.values())
    projection = build_projection(nodes, relationships, ontology, 1)

    def degree(id: str) -> int:
        return projection.degree(projection.number(id))

    return SearchIndex.build(nodes, ontology, 1, know=Hints(degree=degree, surroundings=surroundings(projection)))


def _facts(city: City) -> _Facts:
    facts = _Facts()
    for name, unit in (*BESIDE, *((expert.name, expert.organisation) for expert in city.experts)):
        facts.link("EMPLOYED_BY", facts.person(name, unit), facts.unit(unit))
    enterprises = list(_enterprises(city, facts))
    for studio in city.studios:
        id = facts.node(f"studio:{studio.name}", "Studio", studio.name)
        facts.link("BASED_AT", id, enterprises[studio.enterprise])
        for leader in studio.leaders:
            facts.link("LEADS", facts.person(leader.name, studio.name), id)
        for member in studio.members:
            facts.link("MEMBER_OF", facts.person(member.name, studio.name), id)
    for need in city.needs:
        id = facts.node(f"need:{need.number}", "Need", need.name)
        facts.link("POSTED", enterprises[need.enterprise], id)
        for acceptance in need.acceptances:
            facts.link("ACCEPTED", _expert(facts, city.experts[acceptance.expert]), id)
    return facts


def _enterprises(city: City, facts: _Facts) -> Iterator[str]:
    for firm in city.enterprises:
        former = (firm.former_name,) if firm.former_name else ()
        id = facts.node(f"uscc:{firm.uscc}", "Enterprise", firm.name, uscc=firm.uscc, aliases=former)
        facts.link("LOCATED_IN", id, facts.node(f"district:{firm.district}", "District", firm.district))
        yield id


def _expert(facts: _Facts, expert: Expert) -> str:
    return facts.person(expert.name, expert.organisation)
