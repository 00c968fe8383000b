"""What would change if somebody left, or a new link were there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.analytics.answer import PairChange, State, WhatIfAnswer
from graph.analytics.asked import Numbers
from graph.analytics.checks import check_hops, check_limit, problem
from graph.analytics.naming import Names
from graph.analytics.query import WhatIfQuery
from graph.analytics.scope import check_scope
from graph.analytics.walks import adjacency, columns_of, reached_from, rows_at_once
from graph.analytics.words import definition, taken
from graph.analytics.worlds import World, Worlds, worlds
from graph.bounded import UNFINISHED_BY
from graph.captions import Named
from graph.clock import untimed
from graph.kernels.arrays import Flags, Int64s
from graph.kernels.reach import Ways
from graph.messages import message
from graph.ontology.schema import Label
from graph.paths.ask.conditions import family, naming
from graph.paths.ask.query import AnswerContext, Direction
from graph.paths.search.deadline import answering, stopped_by, stopping
from graph.projection import Projection

KINDS = ("lost", "gained", "longer", "shorter")


@dataclass(slots=True, eq=False)
class Tally:
    """What the comparison of the pairs has found so far."""

    totals: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    changes: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    pairs: list[int] = field(default_factory=lambda: [0, 0])
    hops: list[int] = field(default_factory=lambda: [0, 0])
    limit: str | None = None


def run(projection: Projection, query: WhatIfQuery, context: AnswerContext) -> WhatIfAnswer:
    """See ``graph.analytics.what_if``."""
    _check(query, context)
    with answering(context):
        both = worlds(projection, query, context)
        ends = [_ends(projection, both, type, name) for type, name in ((query.from_type, "from_type"), (query.to_type, "to_type"))]
        tally, joined = _compare(both, query, context, (ends[0], ends[1]))
        whole = tally.limit not in UNFINISHED_BY
        states = [
            _state(world, tally.pairs[each] if whole else None, tally.hops[each]) for each, world in enumerate((both.before, both.after))
        ]
    changed = joined[0] != joined[1]
    stayed = both.before.present[ends[1]] & both.after.present[ends[1]] & changed & whole
    stranded, rescued = ends[1][stayed & joined[0]], ends[1][stayed & joined[1]]
    show = _Shown(projection, both, context)
    listed = {kind: tuple(show.change(each) for each in tally.changes[kind]) for kind in KINDS}
    totals = {**tally.totals, "stranded": len(stranded), "rescued": len(rescued)}
    cut = any(tally.totals[kind] > len(listed[kind]) for kind in KINDS) or max(len(stranded), len(rescued)) > query.limit
    return WhatIfAnswer(
        definition=_meaning(projection, query),
        before=states[0],
        after=states[1],
        lost=listed["lost"],
        gained=listed["gained"],
        longer=listed["longer"],
        shorter=listed["shorter"],
        stranded=show.all(stranded[: query.limit]),
        rescued=show.all(rescued[: query.limit]),
        totals={name: total if whole else None for name, total in totals.items()},
        limit=tally.limit or ("rows" if cut else None),
        as_of=query.as_of,
        data_date=context.data_date,
        left=show.all(both.left),
    )


def _check(query: WhatIfQuery, context: AnswerContext) -> None:
    check_scope(query)
    check_hops(query.max_hops, context)
    check_limit(query.limit, context)
    if not (query.leave or query.leave_relationships or query.add or query.add_relationships):
        raise problem(message("Nothing is removed and nothing is added."), message("Name a node that leaves, or something new."), "leave")


class _Shown:
    """Names nodes of both states."""

    def __init__(self, projection: Projection, both: Worlds, context: AnswerContext) -> None:
        self._names = Names(projection, context.clearance)
        self._old = projection.node_count
        self._both = both

    def of(self, number: int) -> Named:
        """The node of this number, new or not."""
        if number < self._old:
            return self._names.of(number)
        new = self._both.new[number - self._old]
        return self._names.new(new.id, self._both.types[int(self._both.kinds[number])], new.name or new.id)

    def all(self, numbers: Int64s) -> tuple[Named, ...]:
        """Likewise for several."""
        return tuple(self.of(number) for number in numbers.tolist())

    def change(self, change: tuple[int, int, int, int]) -> PairChange:
        """One pair."""
        source, target, before, after = change
        return PairChange(self.of(source), self.of(target), before if before >= 0 else None, after if after >= 0 else None)


def _ends(projection: Projection, both: Worlds, type: str, parameter: str) -> Int64s:
    """Nodes of the type in either state, but hidden ones."""
    with naming(parameter):
        wanted = family(projection.ontology, (type,))
    kinds = np.array([each in wanted for each in both.types], np.bool_) & ~both.hidden
    return np.flatnonzero(kinds[both.kinds])


def _compare(both: Worlds, query: WhatIfQuery, context: AnswerContext, ends: tuple[Int64s, Int64s]) -> tuple[Tally, tuple[Flags, Flags]]:
    """All pairs, a stretch of sources at a time; and which nodes of the second type were and are joined to any of the first. A pair
    that could be told both ways round is told once."""
    sources, targets = ends
    tally = Tally()
    joined = np.zeros((2, len(targets)), np.bool_)
    states = (both.before, both.after)
    walks = [_walk(world, targets, query.direction) for world in states]
    mutual = (np.isin(sources, targets), np.isin(targets, sources) & (query.direction == "any"))
    budget = np.array((context.bounds.work, 0, 0), np.int64)
    step = rows_at_once(len(targets), context, 12)
    with stopping(budget, context):
        for begin in range(0, len(sources), step):
            some = slice(begin, begin + step)
            tables = []
            for walk in walks:
                found, whole = reached_from(walk, sources[some], len(targets), query.max_hops, budget, counting=False)
                if not whole:
                    tally.limit = stopped_by(budget)
                    return tally, (joined[0], joined[1])
                tables.append(found.hops)
            joined |= np.array([(table > 0).any(axis=0) for table in tables])
            told = ~(mutual[0][some, None] & mutual[1][None, :] & (targets[None, :] < sources[some, None]))
            _add(tally, tables, (sources[some], targets), told, query.limit)
    if both.before.degree or both.after.degree:
        tally.limit = "degree"
    return tally, (joined[0], joined[1])


def _walk(world: World, targets: Int64s, direction: Direction) -> Ways:
    size = len(world.present)
    ends = world.sources[world.fits], world.targets[world.fits]
    starts, neighbors = adjacency(*(ends[::-1] if direction == "backward" else ends), size, both=direction == "any")
    return Ways(starts, neighbors, world.passable, columns_of(targets, size))


def _add(tally: Tally, tables: Sequence[Numbers], ends: tuple[Int64s, Int64s], told: Flags, limit: int) -> None:
    """Counts these pairs, and keeps the first of each kind of change. ``told`` says which pairs count."""
    before, after = tables
    there = (told & (before > 0), told & (after > 0))
    for each, table in enumerate(tables):
        tally.pairs[each] += int(there[each].sum())
        tally.hops[each] += int(table[there[each]].sum(dtype=np.int64))
    kinds: Mapping[str, Flags] = {
        "lost": there[0] & ~there[1],
        "gained": there[1] & ~there[0],
        "longer": there[0] & there[1] & (after > before),
        "shorter": there[0] & there[1] & (after < before),
    }
    for kind, flags in kinds.items():
        room = limit - len(tally.changes[kind])
        tally.totals[kind] += int(flags.sum())
        for place in np.flatnonzero(flags)[:room].tolist():
            row, column = divmod(place, flags.shape[1])
            tally.changes[kind].append((int(ends[0][row]), int(ends[1][column]), int(before[row, column]), int(after[row, column])))


def _state(world: World, pairs: int | None, hops: int) -> State:
    """Of what paths may pass."""
    with untimed():
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

    inside = world.fits & world.passable[world.sources] & world.passable[world.targets]
    size = len(world.present)
    matrix = coo_array((np.ones(int(inside.sum())), (world.sources[inside], world.targets[inside])), shape=(size, size))
    parts = connected_components(matrix.tocsr(), directed=False)[1][world.passable]
    sizes = np.bincount(parts)
    return State(
        nodes=int(world.passable.sum()),
        relationships=int(inside.sum()),
        components=int((sizes > 0).sum()),
        largest_component=int(sizes.max(initial=0)),
        pairs=pairs,
        hops=hops,
    )


def _meaning(projection: Projection, query: WhatIfQuery) -> Label:
    one, other = (projection.ontology.node_type(each).label for each in (query.from_type, query.to_type))
    return definition(
        f"前后之差：{one.zh}与{other.zh}之间 {query.max_hops} 步之内的最短路径，及可经过的节点的连通分量；图本身不变；",
        f"The difference: shortest paths of at most {query.max_hops} hops between {one.en} and {other.en}, and the components of the "
        f"nodes that paths "
        "may pass. The graph itself is not touched.",
        taken(query.direction, parallel=False),
    )
