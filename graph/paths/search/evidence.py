"""Which relationships are evidence for the hops of a path: those that the question allows there, and no others.

Without a pattern and without a common day that is told by the relationship itself. Otherwise it depends on the whole path: a
relationship counts if some way through the pattern takes it at that hop, on a day on which all the other hops hold as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias

from graph.kernels.automaton import Automaton
from graph.paths.ask.automaton import any_path
from graph.paths.ask.conditions import Rules
from graph.projection import Projection
from graph.projection.days import AFTER_ALL, BEFORE_ALL

Spans: TypeAlias = Sequence[tuple[int, int]]
"""Days, as disjoint spans (first and last day), ascending."""

States: TypeAlias = Mapping[int, Spans]
"""The days on which a path may be in each state."""


class Bearing(Protocol):
    """Says which adjacency entries bear the hops of a path that was found."""

    def hops(self, path: Sequence[int]) -> list[list[int]]:
        """For each hop the entries of the node that it leaves."""


class Evidence:
    """The evidence of one question's paths, as adjacency entries."""

    def __init__(self, projection: Projection, rules: Rules) -> None:
        self._projection = projection
        self._rules = rules
        self._shape: Automaton | None = None
        if rules.pattern is not None or rules.together is not None:
            self._shape = rules.pattern.automaton if rules.pattern else any_path(projection, rules.allowed.kinds)

    def hops(self, path: Sequence[int]) -> list[list[int]]:
        """For each hop of a path that was found the adjacency entries (of the node it leaves) that bear it."""
        groups = [self._between(left, right) for left, right in zip(path, path[1:], strict=False)]
        if self._shape is None:
            return groups
        shape = self._shape
        whole = self._rules.together or (BEFORE_ALL, AFTER_ALL)
        ahead: list[States] = [{0: [whole]}]
        for hop, entries in enumerate(groups):
            ahead.append(self._after(ahead[-1], entries, self._fitting(path[hop + 1], hop + 1 == len(groups))))
        states = range(len(shape.moves))
        behind: list[States] = [{state: [whole] for state in states if (shape.finals >> state) & 1}]
        for hop in range(len(groups) - 1, 0, -1):
            fits = self._fitting(path[hop], last=False)
            behind.insert(0, self._before(behind[0], groups[hop], fits))
        return [[entry for entry in entries if self._bears(entry, ahead[hop], behind[hop])] for hop, entries in enumerate(groups)]

    def _between(self, node: int, neighbor: int) -> list[int]:
        codes, allowed = self._projection.adjacency.codes, self._rules.allowed.codes
        return [entry for entry in self._projection.entries_between(node, neighbor) if allowed[codes[entry]]]

    def _moves(self, entry: int) -> list[tuple[int, int]]:
        """The moves from state to state that this entry's relationship makes."""
        assert self._shape is not None
        code = int(self._projection.adjacency.codes[entry])
        column = 2 * int(self._projection.edge_kinds.types[code >> 1]) + (code & 1)
        count = range(len(self._shape.moves))
        targets = self._shape.moves[:, column].tolist()
        return [(before, after) for before in count for after in count if (targets[before] >> after) & 1]

    def _days(self, entry: int) -> Spans:
        if self._rules.together is None:
            return [(BEFORE_ALL, AFTER_ALL)]
        kind = int(self._projection.adjacency.codes[entry]) >> 1
        return [(int(self._projection.edge_kinds.first[kind]), int(self._projection.edge_kinds.last[kind]))]

    def _fitting(self, node: int, last: bool) -> int:
        """The set of states that a path may be in at this node."""
        assert self._shape is not None
        if last:
            return self._shape.finals
        kind = int(self._projection.adjacency.kinds[node])
        if node in self._rules.through:
            named = self._rules.pattern.named if self._rules.pattern else (self._rules.open_kinds,)
            return sum(1 << state for state, kinds in enumerate(named) if kinds[kind])
        return int(self._shape.nodes[kind])

    def _after(self, states: States, entries: Sequence[int], fits: int) -> States:
        found: dict[int, list[tuple[int, int]]] = {}
        for entry in entries:
            for before, after in self._moves(entry):
                if before in states and (fits >> after) & 1:
                    found.setdefault(after, []).extend(common(states[before], self._days(entry)))
        return {state: united(spans) for state, spans in found.items() if spans}

    def _before(self, states: States, entries: Sequence[int], fits: int) -> States:
        found: dict[int, list[tuple[int, int]]] = {}
        for entry in entries:
            for before, after in self._moves(entry):
                if after in states and (fits >> before) & 1:
                    found.setdefault(before, []).extend(common(states[after], self._days(entry)))
        return {state: united(spans) for state, spans in found.items() if spans}

    def _bears(self, entry: int, ahead: States, behind: States) -> bool:
        days = self._days(entry)
        return any(
            common(common(ahead[before], behind[after]), days)
            for before, after in self._moves(entry)
            if before in ahead and after in behind
        )


def common(some: Spans, others: Spans) -> list[tuple[int, int]]:
    """The days in both."""
    pairs = ((max(a, c), min(b, d)) for a, b in some for c, d in others)
    return [(first, last) for first, last in pairs if first <= last]


def united(spans: Spans) -> list[tuple[int, int]]:
    """The days in any, as disjoint spans."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined
