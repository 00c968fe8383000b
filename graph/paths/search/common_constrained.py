"""Common neighbours under conditions on whole paths: for every two of the nodes asked about the path over the neighbour meets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from graph.errors import QueryProblem
from graph.kernels.arrays import Int32s
from graph.messages import message
from graph.paths.ask.automaton import any_path
from graph.paths.ask.conditions import Rules, check_ends
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import why_stop
from graph.paths.search.evidence import Spans, common, united
from graph.projection import Projection
from graph.projection.days import AFTER_ALL, BEFORE_ALL

PIECE = 100
"""Neighbours looked at between two looks at the clock."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """``nodes`` that meet the conditions, ascending. ``heavy``: one was left out for its degree alone. ``stopped`` names what ended the
    search early, if anything did. ``entries`` holds for each path of one hop (node asked about, neighbour) the adjacency entries that
    bear it."""

    nodes: Int32s
    heavy: bool
    stopped: str | None
    entries: dict[tuple[int, int], list[int]]

    def hops(self, path: Sequence[int]) -> list[list[int]]:
        """See ``graph.paths.search.evidence.Evidence``."""
        return [self.entries[path[0], path[1]]]


def check_meeting(projection: Projection, rules: Rules, numbers: Sequence[int]) -> None:
    """Raises ``QueryProblem`` where no path over a common neighbour, which has two hops, can meet the conditions."""
    if rules.pattern is not None:
        least, most = rules.pattern.shape.least_hops, rules.pattern.most_hops
        if least > 2 or (most is not None and most < 2):
            raise QueryProblem(
                message("A path over a common neighbour has two hops; the pattern has at least {least}.", least=least)
                if least > 2
                else message("A path over a common neighbour has two hops; the pattern has at most {most}.", most=most),
                hint=message(
                    "Write the pattern from one of the nodes through the neighbour to the next, such as University -- Person -- Enterprise."
                ),
                where={"parameter": "pattern"},
            )
    for pair in combinations(numbers, 2):
        check_ends(projection, 2, rules, pair)


def meetings(projection: Projection, rules: Rules, context: AnswerContext, numbers: Sequence[int]) -> Meetings:
    """The common neighbours that meet all conditions with every two of these nodes, in their order. With ``together`` all relationships of
    one neighbour hold on one common day."""
    search = _Search(projection, rules, numbers)
    nodes, heavy = search.candidates()
    found: list[int] = []
    entries: dict[tuple[int, int], list[int]] = {}
    for position, node in enumerate(nodes.tolist()):
        if position % PIECE == 0 and (reason := why_stop(context)):
            return Meetings(np.array(found, np.int32), heavy, reason, entries)
        borne = search.borne(node)
        if borne is not None:
            found.append(node)
            entries |= {(number, node): each for number, each in zip(numbers, borne, strict=True)}
    return Meetings(np.array(found, np.int32), heavy, None, entries)


class _Search:
    """One question."""

    def __init__(self, projection: Projection, rules: Rules, numbers: Sequence[int]) -> None:
        self._projection, self._rules, self._numbers = projection, rules, numbers
        self._shape = rules.pattern.automaton if rules.pattern else any_path(projection, rules.allowed.kinds)
        self._named = rules.pattern.named if rules.pattern else (rules.open_kinds,)

    def candidates(self) -> tuple[Int32s, bool]:
        """Who stands next to all of them and may be passed, and whether one was left out for its degree alone."""
        starts, neighbors, codes, kinds = self._rules.adjacency
        shared: Int32s | None = None
        for number in self._numbers:
            entries = slice(int(starts[number]), int(starts[number + 1]))
            near = np.unique(neighbors[entries][self._rules.allowed.codes[codes[entries]]])
            shared = near if shared is None else np.intersect1d(shared, near, assume_unique=True)
        assert shared is not None
        shared = shared[~np.isin(shared, (*self._numbers, *self._rules.barred))]
        for wanted in self._rules.through_types:
            shared = shared[wanted[kinds[shared]]]
        if self._rules.through:
            return shared[np.isin(shared, self._rules.through)], False
        shared = shared[self._shape.nodes[kinds[shared]] != 0]
        light = starts[shared + 1] - starts[shared] <= self._rules.allowed.degree
        return shared[light], bool(not light.all() and not self._rules.degree_asked)

    def borne(self, node: int) -> list[list[int]] | None:
        """For each of the nodes asked about the entries that bear its hop to this neighbour; ``None`` where some two do not go together."""
        hops = [self._between(number, node) for number in self._numbers]
        fits = self._fitting(node)
        pairs = {(one, other): self._matches(hops[one], hops[other], fits) for one, other in combinations(range(len(hops)), 2)}
        held: Spans = [self._rules.together or (BEFORE_ALL, AFTER_ALL)]
        for matches in pairs.values():
            held = common(held, united([span for _, _, spans in matches for span in spans]))
        if not held:
            return None
        bearing: list[set[int]] = [set() for _ in hops]
        for (one, other), matches in pairs.items():
            for first, second, spans in matches:
                if common(spans, held):
                    bearing[one].add(first)
                    bearing[other].add(second)
        return [sorted(each) for each in bearing]

    def _between(self, number: int, node: int) -> list[int]:
        codes, allowed = self._projection.adjacency.codes, self._rules.allowed.codes
        return [entry for entry in self._projection.entries_between(number, node) if allowed[codes[entry]]]

    def _fitting(self, node: int) -> int:
        """The states that a path may be in at this neighbour."""
        kind = int(self._projection.adjacency.kinds[node])
        if node in self._rules.through:
            return sum(1 << state for state, kinds in enumerate(self._named) if kinds[kind])
        return int(self._shape.nodes[kind])

    def _matches(self, firsts: Sequence[int], seconds: Sequence[int], fits: int) -> list[tuple[int, int, Spans]]:
        """The pairs of entries that make a path of two hops, with the days on which they do."""
        moves, finals = self._shape.moves, int(self._shape.finals)
        found: list[tuple[int, int, Spans]] = []
        for first in firsts:
            reached = int(moves[0, self._column(first, 0)]) & fits
            states = [state for state in range(len(moves)) if (reached >> state) & 1]
            for second in seconds:
                column = self._column(second, 1)
                spans = common(self._days(first), self._days(second))
                if spans and any(int(moves[state, column]) & finals for state in states):
                    found.append((first, second, spans))
        return found

    def _column(self, entry: int, flip: int) -> int:
        """Of an entry of a node asked about; ``flip`` 1 where the path walks it towards that node."""
        code = int(self._projection.adjacency.codes[entry])
        return 2 * int(self._projection.edge_kinds.types[code >> 1]) + (code & 1 ^ flip)

    def _days(self, entry: int) -> Spans:
        if self._rules.together is None:
            return [(BEFORE_ALL, AFTER_ALL)]
        kind = int(self._projection.adjacency.codes[entry]) >> 1
        return [(int(self._projection.edge_kinds.first[kind]), int(self._projection.edge_kinds.last[kind]))]
