"""From node numbers to paths as people read them: captions, the relationships of each hop, their rows and words."""

from __future__ import annotations

from collections.abc import Sequence

from graph.captions import Captions, Named
from graph.kernels.arrays import Allowed
from graph.paths.answer.sentences import path_words
from graph.paths.answer.values import Fact, Hop, Path
from graph.paths.ask.checks import reference_day
from graph.paths.ask.query import WORD, AnswerContext, Sources
from graph.paths.search.deadline import why_stop
from graph.paths.search.evidence import Bearing
from graph.projection import Edge, Projection

PIECE = 200
"""Paths told between two looks at the clock: some ten milliseconds."""


class PathRenderer:
    """Tells the paths of one answer. Relationships that the question does not allow are no evidence for it and are left out. Where what it
    allows depends on the whole path (a pattern, a common day), ``evidence`` says it. ``as_of`` is the day asked, relative to which a
    relationship has ended (``reference_day``)."""

    def __init__(
        self, projection: Projection, allowed: Allowed, context: AnswerContext, as_of: str, evidence: Bearing | None = None
    ) -> None:
        self._projection = projection
        self._allowed = allowed
        self._evidence = evidence
        self._context = context
        self._captions = Captions(projection.ontology, context.clearance)
        self._named: dict[int, Named] = {}
        self._day = reference_day(as_of, context.today)

    def tell(self, paths: Sequence[Sequence[int]]) -> list[Path]:
        """Paths given as node numbers; the rows behind ``PIECE`` of them are asked for at once. When the question's time is over before all
        are told, the first ones: of a search that took all the time, one piece; nothing if nobody waits any more."""
        told: list[Path] = []
        for first in range(0, len(paths), PIECE):
            reason = why_stop(self._context)
            if reason == "cancelled" or (reason and told):
                break
            told += self._tell(paths[first : first + PIECE])
        return told

    def _tell(self, paths: Sequence[Sequence[int]]) -> list[Path]:
        hops = [self._hops(path) for path in paths]
        ids = self._projection.relationship_ids
        wanted = sorted({ids[edge.number] for path in hops for edges in path for edge in edges})
        sources = self._context.evidence(wanted) if wanted else {}
        return [self._path(path, edges, sources) for path, edges in zip(paths, hops, strict=True)]

    def _path(self, numbers: Sequence[int], edges: Sequence[Sequence[Edge]], sources: Sources) -> Path:
        nodes = tuple(self.name(number) for number in numbers)
        hops = tuple(self._hop(each, sources) for each in edges)
        return Path(nodes, hops, path_words(hops, nodes, self._projection.ontology))

    def _hop(self, edges: Sequence[Edge], sources: Sources) -> Hop:
        facts = [self._fact(edge, sources) for edge in edges]
        return Hop(facts[0], tuple(facts[1:]))

    def _hops(self, path: Sequence[int]) -> list[list[Edge]]:
        """For each hop its relationships, as ``_telling_order`` has them."""
        if self._evidence is not None:
            groups = self._evidence.hops(path)
        else:
            groups = [self._between(left, right) for left, right in zip(path, path[1:], strict=False)]
        return [
            sorted((self._projection.edge(entry, node) for entry in entries), key=_telling_order)
            for node, entries in zip(path, groups, strict=False)
        ]

    def _between(self, node: int, neighbor: int) -> list[int]:
        codes, allowed = self._projection.adjacency.codes, self._allowed.codes
        return [entry for entry in self._projection.entries_between(node, neighbor) if allowed[codes[entry]]]

    def _fact(self, edge: Edge, sources: Sources) -> Fact:
        known = self._projection.ontology.relationship_types.get(edge.type)
        dates = {"valid_from": edge.valid_from, "valid_to": edge.valid_to} if known and known.dated else {}
        id = self._projection.relationship_ids[edge.number]
        rows = sources.get(id, ())
        return Fact(
            id=id,
            type=edge.type,
            source=self.name(edge.source).id,
            target=self.name(edge.target).id,
            valid_from=edge.valid_from,
            valid_to=edge.valid_to,
            ended=edge.last < self._day,
            unknown=tuple(name for name, date in dates.items() if not date),
            sources=tuple({name: value for name, value in row.items() if name != WORD} for row in rows),
            word=next((str(row[WORD]) for row in rows if WORD in row), ""),
        )

    def name(self, number: int) -> Named:
        """The node as this answer shows it."""
        found = self._named.get(number)
        if found is None:
            projection = self._projection
            found = self._named[number] = self._captions.of(
                projection.node_ids[number],
                projection.kind(number).type,
                projection.names[number],
                (int(projection.name_classes[number]), int(projection.id_classes[number])),
            )
        return found


def _telling_order(edge: Edge) -> tuple[bool, int, int, str, int]:
    """Those with a date before those without (a term says more than an employment of unknown dates), the freshest first: the latest end
    (an unknown one is the latest), then the latest start, then type and id."""
    return not (edge.valid_from or edge.valid_to), -edge.last, -edge.first, edge.type, edge.number
