"""A small ontology with every kind of type, random dated multigraphs over it, and the same questions asked of networkx."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
from hypothesis import strategies as st

from graph.model import Node, Relationship
from graph.ontology.schema import Label, NodeType, Ontology, PropertyType, RelationshipType
from graph.paths import AnswerContext, Bounds
from graph.projection import Projection, build_projection

TODAY = datetime.date(2020, 9, 10)


def _node_type(name: str, zh: str, *, ancestors: tuple[str, ...] = (), personal: bool = False, **more: object) -> NodeType:
    name_type = PropertyType("name", "text", False, 2 if personal else 0, 0, Label("名称", "name"))
    fields: dict[str, object] = {
        "abstract": False, "link": False, "hub": False, "identifiers": (), "color": "#888888", "column": 0,
        "properties": {"name": name_type}, "edges": (), "vocabulary": "", **more,
    }  # fmt: skip
    return NodeType(name=name, label=Label(zh, name), ancestors=ancestors, **fields)  # type: ignore[arg-type]


def _relationship_type(name: str, zh: str, en: str, *, dated: bool) -> RelationshipType:
    clause = Label(f"{{source}}{zh}{{target}}", f"{{source}} {en} {{target}}")
    return RelationshipType(name, Label(zh, en), Label(zh, en), clause, (), (), (), dated, False, {})


ONTOLOGY = Ontology(
    node_types={
        each.name: each
        for each in (
            _node_type("Organization", "机构"),
            _node_type("University", "高校", ancestors=("Organization",)),
            _node_type("Enterprise", "企业", ancestors=("Organization",)),
            _node_type("Project", "项目"),
            _node_type("Person", "人员", personal=True),
            _node_type("City", "城市", hub=True),
            _node_type("Field", "领域", hub_when={"level": 1}),
            _node_type("Secondment", "挂职", link=True),
        )
    },
    relationship_types={
        each.name: each
        for each in (
            _relationship_type("JOINS", "参加", "joins", dated=True),
            _relationship_type("WORKS_AT", "任职于", "works at", dated=True),
            _relationship_type("LOCATED_IN", "位于", "is in", dated=False),
        )
    },
)
TYPES = ("University", "Enterprise", "Project", "Person", "City", "Field", "Field1", "Secondment")
DATES = ("", "2017", "2018-06", "2019-03-31", "2020-09-09", "2020-09-10", "2021")


def node(id: str, type: str) -> Node:
    """``Field1`` makes a first-level field, which is a hub."""
    if type == "Field1":
        return Node(id, "Field", {"name": f"name of {id}", "level": 1})
    return Node(id, type, {"name": f"name of {id}"})


def relationship(id: str, type: str, source: str, target: str, valid_from: str = "", valid_to: str = "") -> Relationship:
    dates = {"validFrom": valid_from, "validTo": valid_to}
    return Relationship(id, type, source, target, {name: date for name, date in dates.items() if date})


@dataclass(frozen=True)
class World:
    """A graph as facts and as a projection."""

    nodes: tuple[Node, ...]
    relationships: tuple[Relationship, ...]

    @property
    def projection(self) -> Projection:
        return build_projection(self.nodes, self.relationships, ONTOLOGY, 1)

    def ids(self) -> list[str]:
        return sorted(each.id for each in self.nodes)

    def passable(self, included: Iterable[str] = ()) -> set[str]:
        held_back = {"City", "Secondment"} - set(included)
        return {each.id for each in self.nodes if each.type not in held_back and ("Field" in included or each.properties.get("level") != 1)}

    def simple(self, *, day: str = "", types: Sequence[str] = (), direction: str = "any") -> nx.DiGraph[str]:
        """Which node leads to which, walked as the question allows."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(each.id for each in self.nodes)
        for each in self.relationships:
            if (types and each.type not in types) or (day and not valid_on(each, day)) or each.source == each.target:
                continue
            if direction in ("any", "forward"):
                graph.add_edge(each.source, each.target)
            if direction in ("any", "backward"):
                graph.add_edge(each.target, each.source)
        return graph


def valid_on(each: Relationship, day: str) -> bool:
    """Partial dates compared as texts: a date covers all days that begin with it."""
    valid_from, valid_to = str(each.properties.get("validFrom", "")), str(each.properties.get("validTo", ""))
    return day[: len(valid_from)] >= valid_from and (not valid_to or day[: len(valid_to)] <= valid_to)


@st.composite
def worlds(draw: st.DrawFn, most_nodes: int = 9, most_relationships: int = 22) -> World:
    """Typed dated multigraphs with parallel relationships, loops, hubs, link nodes and isolated nodes, in a random order."""
    count = draw(st.integers(2, most_nodes))
    ids = draw(st.permutations([f"n:{number}" for number in range(count)]))
    types = draw(st.lists(st.sampled_from(TYPES), min_size=count, max_size=count))
    nodes = tuple(node(id, type) for id, type in zip(ids, types, strict=True))
    end = st.sampled_from(ids)
    row = st.tuples(st.sampled_from(("JOINS", "WORKS_AT", "LOCATED_IN")), end, end, st.sampled_from(DATES), st.sampled_from(DATES))
    rows = draw(st.lists(row, max_size=most_relationships))
    numbers = draw(st.permutations(range(len(rows))))
    relationships = [relationship(f"r{number:03}", *row) for number, row in zip(numbers, rows, strict=True)]
    return World(nodes, tuple(relationships))


def shortest_by_networkx(graph: nx.DiGraph[str], passable: set[str], start: str, end: str, max_hops: int) -> list[list[str]]:
    """All shortest node sequences in order; none when longer than ``max_hops``."""
    try:
        paths = sorted(nx.all_shortest_paths(graph.subgraph(passable | {start, end}), start, end))
    except nx.NetworkXNoPath:
        return []
    return paths if len(paths[0]) - 1 <= max_hops else []


def shortest_through(
    graph: nx.DiGraph[str], passable: set[str], ends: tuple[str, str], passing: set[str], max_hops: int
) -> list[list[str]]:
    """The shortest among all simple paths that pass one of ``passing`` between their ends."""
    view = graph.subgraph(passable | set(ends))
    paths = [path for path in nx.all_simple_paths(view, *ends, cutoff=max_hops) if passing & set(path[1:-1])]
    least = min(map(len, paths), default=0)
    return sorted(path for path in paths if len(path) == least)


def rows_behind(ids: Sequence[str]) -> Mapping[str, Sequence[Mapping[str, object]]]:
    """Evidence in which every relationship has one row, numbered by its id."""
    return {id: [{"load": "L1", "file": "facts.csv", "row": int(id[1:]) if id[1:].isdigit() else 1}] for id in ids}


def context(*, clearance: int = 3, data_date: str = "2020-09-10", bounds: Bounds | None = None) -> AnswerContext:
    return AnswerContext(TODAY, data_date, clearance, rows_behind, bounds or Bounds())
