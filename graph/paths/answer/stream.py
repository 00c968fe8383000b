"""The table of pairs as a stream: every pair, a block of sources after the other, in memory that does not grow with the table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from graph.captions import Captions, Named
from graph.kernels.arrays import Int32s, Job
from graph.paths.ask.checks import check_connections_query
from graph.paths.ask.conditions import Rules, compile_conditions
from graph.paths.ask.query import AnswerContext, ConnectionsQuery
from graph.paths.search.deadline import stopped_by, stopping
from graph.paths.search.pairs import PairBlock, Sides, sides_of, sources_a_block
from graph.paths.search.pairs_constrained import constrained_block, outward, prepare_tables
from graph.paths.search.pairs_plain import pairs_of
from graph.paths.search.workspace import job
from graph.projection import Projection


@dataclass(frozen=True, slots=True)
class StreamedPair:
    """One row: both ends as the reader sees them, the fewest hops, and how many paths have so many."""

    start: Named
    end: Named
    hops: int
    ways: int


@dataclass(frozen=True, slots=True)
class StreamedPairs:
    """Some rows, by start, then hops, then end. ``searched`` of ``sources`` have been searched by now. ``limit`` names the bound that
    ended the stream, or left nodes out of it (``degree``); a stream that ended by a bound has no further part."""

    rows: tuple[StreamedPair, ...]
    searched: int
    sources: int
    limit: str | None


def stream_connections(projection: Projection, query: ConnectionsQuery, context: AnswerContext) -> Iterator[StreamedPairs]:
    """All pairs of a ``ConnectionsQuery`` (``limit`` and ``count`` aside), without their paths. The bounds on time and work hold for each
    block, since every block is shown. Raises what ``find_connections`` raises, before the first part."""
    check_connections_query(query, context)
    rules = compile_conditions(projection, query, context)
    if not rules.plain:
        prepare_tables(projection, rules)
    return _stream(projection, query, context, rules, sides_of(projection, query, rules, context.clearance))


def _stream(projection: Projection, query: ConnectionsQuery, context: AnswerContext, rules: Rules, sides: Sides) -> Iterator[StreamedPairs]:
    teller = _Teller(projection, context)
    block, sources = sources_a_block(sides, query.max_hops), len(sides.sources)
    with _searching(projection, query, context, rules, sides) as search:
        for first in range(0, sources, block):
            task = _task(projection, rules, context)
            with stopping(task.budget, context):
                found = search(task, sides.sources[first : first + block])
            limit = stopped_by(task.budget) if not found.whole else "degree" if task.budget[2] and not rules.degree_asked else None
            yield StreamedPairs(tuple(teller.rows(found)), min(first + block, sources), sources, limit)
            if not found.whole:
                return


@contextmanager
def _searching(
    projection: Projection, query: ConnectionsQuery, context: AnswerContext, rules: Rules, sides: Sides
) -> Iterator[Callable[[Job, Int32s], PairBlock]]:
    """How the pairs of some sources are found under these conditions."""
    if rules.plain:
        yield lambda task, sources: pairs_of(task, sides, sources, query.max_hops)
        return
    first = _task(projection, rules, context)
    with ExitStack() as until_the_end:
        with stopping(first.budget, context):
            ready = until_the_end.enter_context(outward(first, projection, rules, sides, query.max_hops))
        yield lambda task, sources: constrained_block(task, ready, sources, query.max_hops)


def _task(projection: Projection, rules: Rules, context: AnswerContext) -> Job:
    return job(projection, rules.allowed, context.bounds.work)._replace(adjacency=rules.adjacency)


class _Teller:
    """Names the ends, the same node always alike."""

    def __init__(self, projection: Projection, context: AnswerContext) -> None:
        self._projection = projection
        self._captions = Captions(projection.ontology, context.clearance)
        self._named: dict[int, Named] = {}

    def rows(self, found: PairBlock) -> Iterator[StreamedPair]:
        for start, end, hops, ways in zip(*(each.tolist() for each in (found.starts, found.ends, found.hops, found.ways)), strict=True):
            yield StreamedPair(self._name(start), self._name(end), hops, ways)

    def _name(self, number: int) -> Named:
        found = self._named.get(number)
        if found is None:
            projection = self._projection
            classes = (int(projection.name_classes[number]), int(projection.id_classes[number]))
            found = self._captions.of(projection.node_ids[number], projection.kind(number).type, projection.names[number], classes)
            self._named[number] = found
        return found
