"""The smallest part of the graph that connects a set of nodes: through whom all of them hang together."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from graph.bounded import Bounded
from graph.captions import Named
from graph.errors import QueryProblem
from graph.kernels.arrays import Flags, Job
from graph.ontology.schema import Label
from graph.paths.answer import Path, label_json
from graph.paths.checks import visible_number
from graph.paths.conditions import Rules
from graph.paths.plain import check_not_avoided, check_several, plain_rules
from graph.paths.query import AnswerContext, Conditions
from graph.paths.stopping import answering, stopped_by, stopping, why_stop
from graph.paths.telling import Teller
from graph.paths.tree import Hops, join, terminal_hops
from graph.paths.words import path_words
from graph.paths.workspace import job
from graph.projection import Projection

MOST_NODES = 10
"""Nodes connected at once: the exact search doubles its work and memory with each, and triples part of it."""


@dataclass(frozen=True, slots=True)
class ConnectQuery(Conditions):
    """The fewest relationships that connect all of ``nodes`` (two or more canonical ids). The conditions hold for nodes between them; the
    nodes themselves may always be passed. Two count as connected when no gap on the way, from one of the nodes to a next one, is longer
    than ``max_hops``. Relationships are taken either way, so ``direction`` must be ``any``."""

    nodes: tuple[str, ...]
    max_hops: int = 6


@dataclass(frozen=True, slots=True)
class ConnectAnswer(Bounded):
    """A tree: ``nodes`` are those asked about, in their order; ``between`` those added, by id; ``links`` its hops, a path of one hop each.
    ``exact``: there is no smaller one; otherwise it has at most ``guarantee`` times the fewest hops. ``groups`` are the nodes asked about
    as they hang together; where there is more than one group, there are no links. ``limit`` as in ``PathAnswer``: ``hops`` (a gap is
    longer than asked for), ``degree``, or what stopped the search, then possibly for a smaller tree only."""

    nodes: tuple[Named, ...]
    between: tuple[Named, ...]
    links: tuple[Path, ...]
    exact: bool
    guarantee: float
    groups: tuple[tuple[Named, ...], ...]
    limit: str | None
    as_of: str
    data_date: str
    text: Label
    note: Label | None = None

    def as_json(self) -> dict[str, object]:
        return {
            "nodes": [{**each.as_json(), "asked": True} for each in self.nodes]
            + [{**each.as_json(), "asked": False} for each in self.between],
            "hops": len(self.links),
            "relationships": [path.hops[0].as_json() for path in self.links],
            "exact": self.exact,
            "guarantee": self.guarantee,
            "groups": [[each.as_json() for each in group] for group in self.groups],
            "text": label_json(self.text),
            **self.tail(),
            "note": label_json(self.note) if self.note else None,
        }


def connect_nodes(projection: Projection, query: ConnectQuery, context: AnswerContext) -> ConnectAnswer:
    """Answers a ``ConnectQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is not there
    or not for this reader."""
    _check(query, context)
    with answering(context):
        terminals = tuple(visible_number(projection, each, "nodes", context.clearance) for each in query.nodes)
        rules = plain_rules(projection, query, context, "a connecting subgraph")
        task = job(projection, rules.allowed, context.bounds.work)._replace(adjacency=rules.adjacency)
        passed, heavy = _passed(rules, terminals)
        with stopping(task.budget, context):
            found = _find(task, terminals, passed, query.max_hops, context)
        if found.limit in (None, "hops") and not rules.degree_asked and _touches(rules, heavy, found.hops):
            found = replace(found, limit="degree")
        return _told(Teller(projection, rules.allowed, context), projection, query, context, found)


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """What is found before it is told; ``groups`` are positions of terminals."""

    terminals: tuple[int, ...]
    links: tuple[tuple[int, int], ...]
    exact: bool
    groups: tuple[tuple[int, ...], ...]
    hops: Hops | None
    limit: str | None


def _find(task: Job, terminals: tuple[int, ...], passed: Flags, max_hops: int, context: AnswerContext) -> _Found:
    hops = terminal_hops(task, terminals, passed)
    if hops is None:
        return _Found(terminals, (), False, (), None, stopped_by(task.budget))
    groups = _groups(terminals, hops, max_hops)
    if len(groups) > 1:
        return _Found(terminals, (), True, groups, hops, "hops" if len(_groups(terminals, hops, len(passed))) < len(groups) else None)
    joined = join(task, terminals, hops, context.bounds.bytes)
    limit = stopped_by(task.budget) if joined.stopped else None
    return _Found(terminals, tuple(sorted(joined.links)), joined.exact, groups, hops, limit)


def _groups(terminals: tuple[int, ...], hops: Hops, max_hops: int) -> tuple[tuple[int, ...], ...]:
    """The terminals that reach each other by gaps of at most ``max_hops``."""
    from graph.kernels.steiner import FAR

    most = min(max_hops, FAR - 1)
    rest, groups = list(range(len(terminals))), []
    while rest:
        group = [rest.pop(0)]
        for one in group:
            near = [other for other in rest if hops[one, terminals[other]] <= most]
            group += near
            rest = [other for other in rest if other not in near]
        groups.append(tuple(sorted(group)))
    return tuple(groups)


def _passed(rules: Rules, terminals: tuple[int, ...]) -> tuple[Flags, Flags]:
    """Which nodes a tree may pass, and which it might but for their degree."""
    of_kind = rules.allowed.kinds[rules.adjacency.kinds]
    light = np.diff(rules.adjacency.starts) <= rules.allowed.degree
    passed, heavy = of_kind & light, of_kind & ~light
    passed[list(terminals)], heavy[list(terminals)] = True, False
    return passed, heavy


def _touches(rules: Rules, heavy: Flags, hops: Hops | None) -> bool:
    """Whether a node left out for its degree stands next to one that was reached."""
    from graph.kernels.steiner import FAR

    if hops is None:
        return False
    starts, neighbors, codes, _ = rules.adjacency
    for node in np.flatnonzero(heavy).tolist():
        entries = slice(int(starts[node]), int(starts[node + 1]))
        near = neighbors[entries][rules.allowed.codes[codes[entries]]]
        if (hops[:, near] < FAR).any():
            return True
    return False


def _told(teller: Teller, projection: Projection, query: ConnectQuery, context: AnswerContext, found: _Found) -> ConnectAnswer:
    terminals, limit = found.terminals, found.limit
    links = teller.tell(found.links)
    if len(links) < len(found.links):
        links, limit = [], why_stop(context) or "milliseconds"
    between = sorted({node for link in found.links for node in link} - set(terminals)) if links else []
    names = tuple(teller.name(number) for number in terminals)
    added = tuple(teller.name(number) for number in between)
    groups = tuple(tuple(names[each] for each in group) for group in found.groups)
    hops = [path.hops[0] for path in links]
    return ConnectAnswer(
        nodes=names,
        between=added,
        links=tuple(links),
        exact=found.exact,
        guarantee=1.0 if found.exact else 2 * (1 - 1 / len(terminals)),
        groups=groups,
        limit=limit,
        as_of=query.as_of,
        data_date=context.data_date,
        text=path_words(hops, (*names, *added), projection.ontology) if hops else Label("", ""),
        note=_note(groups, query, limit) if not links else None,
    )


def _note(groups: tuple[tuple[Named, ...], ...], query: ConnectQuery, limit: str | None) -> Label:
    if len(groups) < 2:
        return Label("查找提前停止，没有得出结果。", "The search was stopped before it had a result.")
    zh = "；".join("、".join(each.caption.zh for each in group) for group in groups)
    en = "; ".join(", ".join(each.caption.en for each in group) for group in groups)
    if limit == "hops":
        return Label(
            f"相隔 {query.max_hops} 步以内连不成一体，分为 {len(groups)} 组：{zh}。",
            f"With gaps of at most {query.max_hops} hops they fall into {len(groups)} groups: {en}.",
        )
    return Label(
        f"按所给条件连不成一体，分为 {len(groups)} 组：{zh}。", f"Under these conditions they fall into {len(groups)} groups: {en}."
    )


def _check(query: ConnectQuery, context: AnswerContext) -> None:
    check_several(query.nodes, MOST_NODES)
    check_not_avoided(query, query.nodes)
    bound = context.bounds.max_hops
    if not 1 <= query.max_hops <= bound:
        raise QueryProblem(
            f"A gap has 1 to {bound} hops here, not {query.max_hops}.",
            hint=f"{bound} is the setting max_hops: longer chains join almost anything to anything.",
            where={"parameter": "max_hops"},
        )
    if query.direction != "any":
        raise QueryProblem(
            "What connects several nodes has no start and no end, and so no direction.",
            hint="Leave out direction, or ask for paths.",
            where={"parameter": "direction"},
        )
