"""Tables of pairs under conditions on whole paths: patterns, what must be passed, a common day.

What a path must keep to as a whole is known only of the path, so simple paths are walked from each source, the short ones first, through
layers that say what can still arrive (``pairs_constrained_kernel``). Each row is what the question about that pair alone would answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from graph.clock import CODES
from graph.kernels.arrays import STOPPED, Flags, Int32s, Int64s, Job, Table
from graph.kernels.automaton import Layers
from graph.paths.ask.conditions import Rules
from graph.paths.search.pairs import Found, PairBlock, Sides, in_order, room_for, rows_of
from graph.paths.search.product import BYTES_A_PLACE, course_of, work_space
from graph.paths.search.workspace import job
from graph.projection import Projection

if TYPE_CHECKING:
    from graph.kernels.automaton import Course
    from graph.paths.search.pairs_constrained_kernel import Best
    from graph.paths.search.product_kernel import Days

MOST_PAIRS = 64_000_000
"""Which target each source has reached is kept for so many pairs at once, a byte each; beyond it sources are searched in blocks."""


@dataclass(frozen=True, slots=True, eq=False)
class Outward:
    """A search that is ready to begin at any source. ``layers`` are those laid from all targets, and clear ones; ``numbers`` gives each
    node's place among the ``targets`` of them, or -1. ``longest`` is the greatest number of hops of a path. ``whole`` is false where
    laying the layers was stopped; ``met`` are the last two places of its budget (``graph.kernels.arrays.Job``)."""

    sides: Sides
    rules: Rules
    course: Course
    layers: tuple[Layers, Layers]
    days: Days
    numbers: Int32s
    targets: int
    best: Best
    longest: int
    whole: bool
    met: Int64s

    def search(self, task: Job, sources: Int32s, table: Table, paths: Int32s) -> bool:
        """Adds the pairs of these sources to ``table``, and their first paths to ``paths`` while there is room. False when stopped."""
        from graph.paths.search.pairs_constrained_kernel import Reach, search_out

        task.budget[1:] |= self.met
        if not self.whole:
            return False
        fitting = sources[self._may_begin(sources)]
        block = max(1, MOST_PAIRS // max(1, self.targets))
        for first in range(0, len(fitting), block):
            some = fitting[first : first + block]
            reach = Reach(self.numbers, self.sides.both, np.zeros((len(some), self.targets), np.bool_), _ending(self.course))
            shorter = Table(table.totals[: self.longest + 1], *table[1:])
            if search_out(task, self.course, self.layers, self.days, reach, some, self.best, shorter, paths) == STOPPED:
                return False
        return True

    def _may_begin(self, sources: Int32s) -> Flags:
        fits = np.asarray(~np.isin(sources, self.rules.through))
        return fits & self.rules.pattern.first[self.sides.kinds[sources]] if self.rules.pattern else fits


def constrained_pairs(task: Job, projection: Projection, rules: Rules, sides: Sides, max_hops: int, limit: int) -> Found:
    """For each pair the least simple paths that meet all conditions; the first ``limit`` rows with their first path. Where the search was
    stopped the rows are the first of those it had found, and with fewer hops than the last of them there are no others (as long as it
    had not begun another block of sources)."""
    if _bytes(projection.node_count, max_hops, limit) > rules.most_bytes:
        task.budget[1] = CODES["bytes"]
        return Found(np.zeros(max_hops + 1, np.int64), [], whole=False)
    table, paths = room_for(max_hops, limit), np.empty((max_hops + 1, limit, max_hops + 1), np.int32)
    with outward(task, projection, rules, sides, max_hops) as ready:
        whole = ready.search(task, sides.sources, table, paths)
    return Found(table.totals, rows_of(table, limit, paths), whole)


def prepare_tables(projection: Projection, rules: Rules) -> None:
    """Loads what these searches need, or compiles it, before the time of a question begins; see ``graph.paths.search.product.prepare``."""
    if not projection.node_count:
        return
    task = job(projection, rules.allowed, -1)._replace(adjacency=rules.adjacency)
    none = np.zeros_like(rules.allowed.kinds)
    sides = Sides(rules.adjacency.kinds, np.empty(0, np.int32), none, None, none)
    with outward(task, projection, rules, sides, 1) as ready:
        replace(ready, whole=True).search(task, np.zeros(1, np.int32), room_for(1, 0), np.empty((2, 0, 2), np.int32))


def constrained_block(task: Job, ready: Outward, sources: Int32s, max_hops: int) -> PairBlock:
    """All pairs of some of the sources, by start, then hops, then end."""
    table = room_for(max_hops, len(sources) * ready.targets)
    whole = ready.search(task, sources, table, np.empty((max_hops + 1, 0, max_hops + 1), np.int32))
    return in_order(table, whole)


@contextmanager
def outward(task: Job, projection: Projection, rules: Rules, sides: Sides, max_hops: int) -> Iterator[Outward]:
    """Lays the layers, and takes them up again at the end."""
    from graph.paths.search.layers_kernel import clear
    from graph.paths.search.pairs_constrained_kernel import Best, lay
    from graph.paths.search.product_kernel import Days

    nodes = projection.node_count
    targets = _targets(rules, sides)
    numbers = np.full(nodes, -1, np.int32)
    numbers[targets] = np.arange(int(targets.sum()), dtype=np.int32)
    longest = min(max_hops, (rules.pattern.most_hops if rules.pattern else None) or max_hops)
    course = course_of(projection, rules)
    days = Days(rules.together is not None, rules.together or (0, 0), projection.edge_kinds.first, projection.edge_kinds.last)
    best = Best(np.zeros(nodes, np.int64), np.empty((nodes, max_hops + 1), np.int32), np.empty(nodes, np.int32))
    with work_space(nodes, max_hops, rules) as shared, work_space(nodes, max_hops, rules) as own:
        layers = (shared, own._replace(places=shared.places))
        whole = lay(task, course, shared, targets, longest) != STOPPED
        yield Outward(sides, rules, course, layers, days, numbers, int(targets.sum()), best, longest, whole, task.budget[1:].copy())
        clear(shared)


def _ending(course: Course) -> Int64s:
    """By column of moves the set of states from which such a hop ends a path."""
    ends = (course.automaton.moves & course.automaton.finals) != 0
    found: Int64s = (ends.astype(np.int64) << np.arange(len(ends))[:, None]).sum(axis=0)
    return found


def _targets(rules: Rules, sides: Sides) -> Flags:
    """Which nodes a path may end at: of the far side, named by no need, and fit to end the pattern."""
    targets = sides.target_mask()
    targets[list(rules.through)] = False
    return targets & rules.pattern.last[sides.kinds] if rules.pattern else targets


def _bytes(nodes: int, max_hops: int, limit: int) -> int:
    """What a search may take: two sets of layers, the best of each target, and the rows with their paths."""
    hops = max_hops + 1
    return 2 * hops * nodes * BYTES_A_PLACE + nodes * (12 + 4 * hops) + hops * limit * (16 + 4 * hops)
