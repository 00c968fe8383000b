"""Every condition on paths, asked of networkx and then of plain definitions, with nothing of the code under test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

import networkx as nx
from hypothesis import strategies as st

from graph.model import Node, Relationship
from graph.paths import PathQuery
from graph.paths.ask.query import Conditions
from tests.graph.paths.graphs import DATES, ONTOLOGY, World, node, relationship, valid_on

RELATIONSHIPS = ("JOINS", "WORKS_AT", "LOCATED_IN")
HELD_BACK = {"City", "Secondment"}
TYPE_WORDS = ("University", "企业", "Organization", "Project", "人员", "City", "Field", "Secondment")
BOUNDARIES = ("2016-12-31", "2017-01-01", "2018-06-30", "2019-03-31", "2020-09-09", "2020-09-10", "2021-06-15", "2022-01-01")


@dataclass(frozen=True)
class Step:
    """One hop of a pattern and the node after it, as the oracle reads them."""

    types: tuple[str, ...]
    direction: str
    least: int
    most: int
    node: str


def trusted(each: Relationship) -> int:
    return int(each.properties.get("trust", 2))  # type: ignore[arg-type]


def family(words: Iterable[str]) -> set[str]:
    return {name for word in words for each in word.split("|") for name in ONTOLOGY.descendants(ONTOLOGY.node_type(each).name)}


def is_hub(each: Node) -> bool:
    return each.type in HELD_BACK or each.properties.get("level") == 1


def open_to(node: Node, query: Conditions) -> bool:
    """By the types that the question names; hubs aside."""
    return (not query.only_types or node.type in family(query.only_types)) and node.type not in family(query.never_types)


def passable(node: Node, query: Conditions) -> bool:
    own = {ONTOLOGY.node_type(each).name for entry in (*query.only_types, *query.through_types) for each in entry.split("|")} & HELD_BACK
    return open_to(node, query) and (not is_hub(node) or node.type in family(query.include_types) | own or node.id in query.through)


def holds(each: Relationship, query: Conditions) -> bool:
    window = query.window
    if query.relationship_types and each.type not in query.relationship_types:
        return False
    if query.as_of != "any" and not valid_on(each, query.as_of):
        return False
    if window and not any(valid_on(each, day) for day in days_of(window)):
        return False
    return trusted(each) >= query.min_trust


def days_of(window: tuple[str, str]) -> list[str]:
    """Enough days to find any common one: all on which something may begin or end, and the window's own bounds."""
    days = {*BOUNDARIES, "1990-01-01", "2018-06-01", "2021-01-01", *filter(None, window)}
    return [day for day in sorted(days) if (window[0] or day) <= day <= (window[1] or day)]


def expected(world: World, query: PathQuery, steps: Sequence[Step] | None) -> list[list[str]]:
    """All simple paths within the hop limit that keep to the conditions, in order."""
    by_id = {each.id: each for each in world.nodes}
    rows = [each for each in world.relationships if holds(each, query)]
    graph = replace(world, relationships=tuple(rows)).simple(direction=query.direction)
    degrees = dict(nx.MultiDiGraph([(each.source, each.target) for each in world.relationships]).degree())
    inner = {
        each.id
        for each in world.nodes
        if open_to(each, query)
        and (steps or passable(each, query))
        and each.id not in query.avoid
        and (not query.max_degree or each.id in query.through or degrees.get(each.id, 0) <= query.max_degree)
    }
    view = graph.subgraph(inner | {query.start, query.end})
    found = [
        path
        for path in nx.all_simple_paths(view, query.start, query.end, cutoff=query.max_hops)
        if set(query.through) <= set(path[1:-1])
        and all({by_id[id].type for id in path[1:-1]} & family([entry]) for entry in query.through_types)
        and fits(path, rows, by_id, query, steps)
    ]
    return sorted(found, key=lambda path: (len(path), path))


def fits(path: list[str], rows: list[Relationship], by_id: dict[str, Node], query: PathQuery, steps: Sequence[Step] | None) -> bool:
    """Whether some way through the pattern holds, on one common day where that is asked for."""
    if not query.together:
        return runs(path, rows, by_id, query, steps)
    days = days_of(query.window or ("", ""))
    return any(runs(path, [row for row in rows if valid_on(row, day)], by_id, query, steps) for day in days)


def runs(path: list[str], rows: list[Relationship], by_id: dict[str, Node], query: PathQuery, steps: Sequence[Step] | None) -> bool:
    if steps is None:
        return all(any(joins(row, pair, "any", query) for row in rows) for pair in zip(path, path[1:], strict=False))
    return any(at == len(path) - 1 for at in after(path, rows, by_id, query, steps))


def after(path: list[str], rows: list[Relationship], by_id: dict[str, Node], query: PathQuery, steps: Sequence[Step]) -> Iterator[int]:
    """At which places of the path the pattern may end."""
    places = {0}
    for step in steps:
        reached = set()
        for place in places:
            for times in range(1, step.most + 1):
                if place + times >= len(path):
                    break
                pair = (path[place + times - 1], path[place + times])
                if not any((not step.types or row.type in step.types) and joins(row, pair, step.direction, query) for row in rows):
                    break
                node, end = by_id[pair[1]], place + times == len(path) - 1
                if times >= step.least and (node.type in family([step.node]) if step.node != "any" else end or passable(node, query)):
                    reached.add(place + times)
                if not passable(node, query):
                    break
        places = reached
    yield from places


def joins(row: Relationship, pair: tuple[str, str], direction: str, query: PathQuery) -> bool:
    along, against = (row.source, row.target) == pair, (row.target, row.source) == pair
    ways = {"any": (along, against), "forward": (along, False), "backward": (False, against)}
    first, second = ways[direction], ways[query.direction]
    return (first[0] and second[0]) or (first[1] and second[1])


def written(first: str, steps: Sequence[Step]) -> str:
    """The pattern as a person types it."""
    words = [first]
    for step in steps:
        sign = {"any": "-", "forward": ">", "backward": "<"}[step.direction]
        times = "" if (step.least, step.most) == (1, 1) else f"*{step.least}..{step.most}"
        words += [sign, "|".join(step.types) + times, sign, step.node]
    return " ".join(words)


@dataclass(frozen=True)
class Question:
    """A world, a question about it, and the pattern in it as the oracle reads it: the types with which it begins, then its steps."""

    world: World
    query: PathQuery
    steps: tuple[Step, ...] | None
    first: str = "any"

    def paths(self, **changes: object) -> list[list[str]]:
        return expected(self.world, replace(self.query, **changes), self.steps)  # type: ignore[arg-type]


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Worlds dense enough for several paths, and questions of up to four kinds of conditions made around a chain of nodes that is there,
    so that about half of them have an answer. None of the conditions contradicts another."""
    return made_question(Random(draw(st.integers(0, 2**63))))


def made_question(random: Random) -> Question:
    """One of them."""
    world = _dense_world(random)
    graph = world.simple().to_undirected()
    start, end = random.sample(world.ids(), 2)
    chains = list(nx.all_simple_paths(graph, start, end, cutoff=5))
    chain = random.choice(chains) if chains else [start, end]
    made: dict[str, object] = {"max_hops": random.randint(max(2, len(chain) - 1), 6), "limit": 1000}
    first, steps = "any", None
    for name in random.sample(CONDITIONS, random.choice((0, 1, 1, 2, 2, 3, 4))):
        if name == "pattern":
            first, steps = _pattern_along(random, world, chain)
            made["pattern"] = written(first, steps)
            made["max_hops"] = max(made["max_hops"], sum(step.least for step in steps))  # type: ignore[call-overload]
        else:
            made |= _condition(random, world, chain, name)
    query = PathQuery(start, end, **made)  # type: ignore[arg-type]
    return Question(world, _agreeing(world, query), tuple(steps) if steps else None, first)


CONDITIONS = (
    "as_of", "window", "together", "together", "only", "never", "include", "avoid", "degree", "through", "through",
    "through_types", "relationships", "direction", "trust", "pattern", "pattern", "pattern",
)  # fmt: skip


def _dense_world(random: Random) -> World:
    ids = [f"n:{number}" for number in range(random.randint(4, 8))]
    types = ("University", "Enterprise", "Project", "Person", "University", "Project", "Person", "City", "Field", "Field1", "Secondment")
    nodes = tuple(node(id, random.choice(types)) for id in random.sample(ids, len(ids)))
    dates = ("", "", "2017", "2018-06", "2019-03-31", "2020-09-10")
    rows = []
    for number in random.sample(range(100), random.randint(8, 22)):
        first, last = random.choice(dates), random.choice(("", "", *DATES))
        row = relationship(f"r{number:03}", random.choice(RELATIONSHIPS), random.choice(ids), random.choice(ids), first, last)
        trust = random.choice((1, 2, 2, 2, 3))
        rows.append(row if trust == 2 else replace(row, properties={**row.properties, "trust": trust}))
    return World(nodes, tuple(rows))


def _condition(random: Random, world: World, chain: list[str], name: str) -> dict[str, object]:
    by_id = {each.id: each for each in world.nodes}
    inner = [by_id[id].type for id in chain[1:-1]]
    some = random.choice(TYPE_WORDS)
    others = [id for id in world.ids() if id not in chain]
    made: dict[str, dict[str, object]] = {
        "as_of": {"as_of": random.choice(BOUNDARIES)},
        "window": {"window": tuple(sorted(random.choices(BOUNDARIES, k=2)))},
        "together": {"together": True, "window": random.choice((None, None, ("2018-01-01", ""), ("", "2019-03-31")))},
        "only": {"only_types": tuple({*inner, some})},
        "never": {"never_types": (some,)},
        "include": {"include_types": tuple({*inner, some})},
        "avoid": {"avoid": tuple(others[:1])},
        "degree": {"max_degree": random.randint(3, 8)},
        "through": {"through": tuple(random.sample(chain[1:-1], min(len(chain) - 2, random.randint(1, 2))))},
        "through_types": {"through_types": (random.choice([*inner, some]), random.choice((some, f"{some}|Project")))},
        "relationships": {"relationship_types": tuple(random.sample(RELATIONSHIPS, 2))},
        "direction": {"direction": random.choice(("forward", "backward"))},
        "trust": {"min_trust": random.choice((2, 3))},
    }
    return made[name]


def _agreeing(world: World, query: PathQuery) -> PathQuery:
    """Without conditions that another one undoes."""
    by_id = {each.id: each for each in world.nodes}
    never = family(query.never_types)
    query = replace(
        query,
        include_types=tuple(each for each in query.include_types if not family([each]) <= never),
        only_types=tuple(each for each in query.only_types if not family([each]) <= never),
    )
    return replace(
        query,
        through=tuple(id for id in query.through if open_to(by_id[id], query)),
        through_types=tuple(entry for entry in query.through_types if any(open_to(Node("", type, {}), query) for type in family([entry]))),
    )


def _pattern_along(random: Random, world: World, chain: list[str]) -> tuple[str, list[Step]]:
    """A pattern that the chain may well fit, and others too."""
    by_id = {each.id: each for each in world.nodes}
    steps: list[Step] = []
    at = 0
    while at < len(chain) - 1:
        jump = min(random.choice((1, 1, 1, 2)), len(chain) - 1 - at)
        pair = set(chain[at : at + 2])
        here = [row for row in world.relationships if {row.source, row.target} == pair] if jump == 1 else []
        types, direction = random.choice(((), RELATIONSHIPS[:2])), "any"
        if here and random.random() < 0.7:
            row = random.choice(here)
            types = random.choice(((row.type,), (), tuple({row.type, random.choice(RELATIONSHIPS)})))
            direction = random.choice(("any", "forward" if row.source == chain[at] else "backward"))
        at += jump
        most = jump + random.choice((0, 0, 1, 2))
        steps.append(Step(types, direction, random.randint(1, jump), most, _word(random, by_id[chain[at]].type)))
    return _word(random, by_id[chain[0]].type), steps


def _word(random: Random, type: str) -> str:
    return random.choice((type, ONTOLOGY.node_types[type].label.zh, "any", f"{type}|Enterprise", type))
