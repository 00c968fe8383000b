"""The levels of nodes around one, where conditions speak of whole paths: a node is as far away as the shortest path that meets them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from graph.kernels.arrays import Codes, Flags, Int32s
from graph.paths.ask.conditions import Rules
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import stopped_by, stopping, why_stop
from graph.paths.search.evidence import Evidence
from graph.paths.search.levels import Levels
from graph.paths.search.pairs import Pair, Sides
from graph.paths.search.pairs_constrained import constrained_pairs
from graph.paths.search.product import course_of
from graph.paths.search.workspace import job
from graph.projection import Projection


class ShapedLevels(Levels):
    """``Levels`` by simple paths from the centre that meet all conditions. A level that was not finished counts with what was found."""

    def __init__(self, projection: Projection, rules: Rules, context: AnswerContext, centre: int) -> None:
        super().__init__(projection, rules, context, centre)
        self._rules = rules
        self._paths: dict[int, tuple[int, ...]] = {}
        self._joined: dict[int, list[tuple[Int32s, Codes]]] = defaultdict(list)
        self._passed_kinds = _passed_kinds(projection, rules)

    def spread(self, max_hops: int) -> None:
        """Finds the levels, as far as the bounds allow."""
        projection, rules = self._projection, self._rules
        task = job(projection, rules.allowed, self._context.bounds.work)._replace(adjacency=rules.adjacency)
        sides = Sides(rules.adjacency.kinds, np.array([self.centre], np.int32), self._shown, None, np.zeros_like(self._shown))
        with stopping(task.budget, self._context):
            found = constrained_pairs(task, projection, rules, sides, max_hops, len(sides.targets))
        if not found.whole:
            self.limit = stopped_by(task.budget)
        elif task.budget[2] and not rules.degree_asked:
            self.limit = "degree"
        evidence = Evidence(projection, rules)
        for pair in found.rows:
            if len(self._paths) % 100 == 0 and (reason := why_stop(self._context)):
                self.limit = reason
                break
            self._add(pair, evidence)
        for hop in range(1, max_hops + 1):
            self.levels.append(np.flatnonzero(self.level_of == hop).astype(np.int32))

    def _add(self, pair: Pair, evidence: Evidence) -> None:
        self._paths[pair.end] = pair.path
        self.level_of[pair.end] = pair.hops
        codes = self._adjacency.codes[evidence.hops(pair.path)[-1]]
        self._joined[pair.hops].append((np.full(len(codes), pair.end, np.int32), codes))

    def path_to(self, node: int) -> tuple[int, ...]:
        return self._paths[node]

    def _joining(self, hop: int) -> Iterator[tuple[Int32s, Codes]]:
        return iter(self._joined[hop])

    def _passable(self, nodes: Int32s) -> Flags:
        starts = self._adjacency.starts
        light = starts[nodes + 1] - starts[nodes] <= self._allowed.degree
        return np.asarray((light & self._passed_kinds[self._adjacency.kinds[nodes]]) | np.isin(nodes, self._rules.through), np.bool_)


def _passed_kinds(projection: Projection, rules: Rules) -> Flags:
    """Kinds of which a path may pass a node: by the general rule, or at some place of the pattern that leads on."""
    automaton = course_of(projection, rules).automaton
    leading_on = sum(1 << state for state, moves in enumerate(automaton.moves) if moves.any())
    return np.asarray(rules.allowed.kinds | ((automaton.nodes & leading_on) != 0), np.bool_)
