"""Random sequences of what a store's commits do to facts, over the small ontology of the path tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from hypothesis import strategies as st

from graph.model import Node, Relationship
from graph.projection import Projection
from graph.projection.delta import Delta
from graph.projection.texts import Texts
from tests.graph.paths.graphs import DATES, TYPES, node

NUMBERS = st.integers(0, 11)
TYPE_NAMES = st.sampled_from(("JOINS", "WORKS_AT", "LOCATED_IN"))
Step = tuple[str, int, object]
STEPS = st.one_of(
    st.tuples(st.just("node"), NUMBERS, st.tuples(st.sampled_from(TYPES), st.sampled_from(("", "甲", "乙公司", "a longer name")))),
    st.tuples(st.just("no node"), NUMBERS, st.none()),
    st.tuples(
        st.just("edge"),
        st.integers(0, 25),
        st.tuples(TYPE_NAMES, NUMBERS, NUMBERS, st.sampled_from(DATES), st.sampled_from(DATES), st.sampled_from((1, 2, 3))),
    ),
    st.tuples(st.just("no edge"), st.integers(0, 25), st.none()),
)
COMMITS = st.lists(st.lists(STEPS, max_size=12), min_size=1, max_size=6)


@dataclass
class Facts:
    """What stands, by id."""

    nodes: dict[str, Node] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)
    revision: int = 0

    def commit(self, steps: list[Step]) -> Delta:
        """Does the steps as one commit, as a store would: no relationship without its ends. Says what became of each subject."""
        touched: dict[tuple[str, str], None] = {}
        for what, number, value in steps:
            touched.update(dict.fromkeys(self._step(what, number, value)))
        self.revision += 1
        standing_nodes = [self.nodes[id] for kind, id in touched if kind == "node" and id in self.nodes]
        standing = [self.relationships[id] for kind, id in touched if kind == "edge" and id in self.relationships]
        return Delta(
            self.revision,
            standing_nodes,
            standing,
            [id for kind, id in touched if kind == "node" and id not in self.nodes],
            [id for kind, id in touched if kind == "edge" and id not in self.relationships],
        )

    def _step(self, what: str, number: int, value: object) -> Iterator[tuple[str, str]]:
        id = f"{'n' if 'node' in what else 'r'}:{number}"
        if what == "node":
            type, name = value  # type: ignore[misc]
            made = node(id, type)
            self.nodes[id] = replace(made, properties={**made.properties, "name": name})
            yield "node", id
        elif what == "no node":
            self.nodes.pop(id, None)
            for each in [r for r in self.relationships.values() if id in (r.source, r.target)]:
                del self.relationships[each.id]
                yield "edge", each.id
            yield "node", id
        elif what == "edge":
            type, a, b, begin, end, trust = value  # type: ignore[misc]
            ends = f"n:{a}", f"n:{b}"
            if id in self.relationships:  # an id stands for its type and ends
                type, *ends = self.relationships[id].type, self.relationships[id].source, self.relationships[id].target  # type: ignore[assignment]
            if set(ends) <= self.nodes.keys():
                dates = {name: date for name, date in (("validFrom", begin), ("validTo", end)) if date}
                self.relationships[id] = Relationship(id, type, *ends, {**dates, "trust": trust})
                yield "edge", id
        else:
            self.relationships.pop(id, None)
            yield "edge", id


def contents(projection: Projection) -> dict[str, object]:
    """Everything that a projection holds, comparable with ``==``; arrays with their type."""
    found: dict[str, object] = {}
    for name in projection.__dataclass_fields__:
        value = getattr(projection, name)
        if isinstance(value, Texts):
            found[name] = (list(value), value.offsets.tolist())
        elif isinstance(value, np.ndarray):
            found[name] = (value.dtype, value.tolist(), value.flags.writeable)
        elif isinstance(value, tuple) and value and isinstance(value[0], np.ndarray):
            found[name] = [(array.dtype, array.tolist(), array.flags.writeable) for array in value]
        elif name != "ontology":
            found[name] = value
    return found
