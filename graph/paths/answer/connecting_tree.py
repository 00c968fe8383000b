"""The smallest part of the graph that connects a set of nodes: through whom all of them hang together."""

from __future__ import annotations

from dataclasses import dataclass

from graph.bounded import Bounded
from graph.captions import Named
from graph.errors import QueryProblem
from graph.messages import message
from graph.ontology.schema import Label
from graph.paths.answer.renderer import PathRenderer
from graph.paths.answer.sentences import path_words
from graph.paths.answer.values import Path
from graph.paths.ask.checks import visible_number
from graph.paths.ask.conditions import compile_conditions
from graph.paths.ask.node_checks import check_not_avoided, check_several
from graph.paths.ask.query import AnswerContext, Conditions
from graph.paths.search.deadline import answering, why_stop
from graph.paths.search.tree_terminals import Found, Task, find_tree, task_of
from graph.projection import Projection

MOST_NODES = 10
"""Nodes connected at once: the exact search doubles its work and memory with each, and triples part of it."""


@dataclass(frozen=True, slots=True)
class ConnectQuery(Conditions):
    """The fewest relationships that connect all of ``nodes`` (two or more canonical ids). The conditions hold for nodes between them; the
    nodes themselves may always be passed. Two count as connected when no gap on the way, from one of the nodes to a next one, is longer
    than ``max_hops``. Relationships are taken either way, so ``direction`` must be ``any``, and there is no ``pattern``.

    The nodes of ``through`` belong to it as if they were asked about, and so does a node of each of ``through_types`` beside those of
    ``nodes``; they may stand at its edge. With ``together`` all its relationships hold on one common day: the latest of those with the
    fewest relationships."""

    nodes: tuple[str, ...]
    max_hops: int = 6


@dataclass(frozen=True, slots=True)
class ConnectAnswer(Bounded):
    """A tree: ``nodes`` are those asked about, in their order; ``between`` those added, by id; ``links`` its hops, a path of one hop each.
    ``exact``: there is no smaller one; otherwise it has at most ``guarantee`` times the fewest hops. ``groups`` are the nodes asked about
    (and to be passed) as they hang together; where there is more than one group, there are no links. ``limit`` as in ``PathAnswer``:
    ``hops`` (a gap is longer than asked for), ``degree``, or what stopped the search, then possibly for a smaller tree only."""

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


def connect_nodes(projection: Projection, query: ConnectQuery, context: AnswerContext) -> ConnectAnswer:
    """Answers a ``ConnectQuery``. Raises ``QueryProblem`` for a parameter that cannot be, ``NotFound`` for a node or type that is not there
    or not for this reader."""
    _check(query, context)
    terminals = tuple(visible_number(projection, each, "nodes", context.clearance) for each in query.nodes)
    rules = compile_conditions(projection, query, context)
    task = task_of(projection, rules, context, terminals, query.max_hops)
    with answering(context):
        return _told(task, query, find_tree(task))


def _told(task: Task, query: ConnectQuery, found: Found) -> ConnectAnswer:
    context, limit = task.context, found.limit
    teller = PathRenderer(task.projection, found.allowed, context, query.as_of)
    links = teller.tell(found.links)
    if len(links) < len(found.links):
        links, limit = [], why_stop(context) or "milliseconds"
    asked = task.nodes[: len(query.nodes)]
    between = sorted({node for link in found.links for node in link} - set(asked)) if links else []
    names = tuple(teller.name(number) for number in asked)
    added = tuple(teller.name(number) for number in between)
    groups = tuple(tuple(teller.name(task.nodes[each]) for each in group) for group in found.groups)
    hops = [path.hops[0] for path in links]
    return ConnectAnswer(
        nodes=names,
        between=added,
        links=tuple(links),
        exact=found.exact,
        guarantee=found.guarantee,
        groups=groups,
        limit=limit,
        as_of=query.as_of,
        data_date=context.data_date,
        text=path_words(hops, (*names, *added), task.projection.ontology) if hops else Label("", ""),
        note=_note(groups, query, found, limit) if not links else None,
    )


def _note(groups: tuple[tuple[Named, ...], ...], query: ConnectQuery, found: Found, limit: str | None) -> Label:
    if limit not in (None, "hops", "degree") or not groups:
        return Label("查找提前停止，没有得出结果。", "The search was stopped before it had a result.")
    within = Label(f"相隔 {query.max_hops} 步以内", f"With gaps of at most {query.max_hops} hops")
    if limit != "hops":
        within = Label("按所给条件", "Under these conditions")
    if found.apart:
        return Label(
            f"没有各段关系在同一天都有效的连法；不要求同时有效则用 {found.apart} 条关系。",
            f"Nothing connects them whose relationships all hold on one common day; {found.apart} do if they need not hold together.",
        )
    if len(groups) == 1:
        return Label(f"{within.zh}够不到须经过的类型。", f"{within.en} none of them reaches a node of each type to pass.")
    zh = "；".join("、".join(each.caption.zh for each in group) for group in groups)
    en = "; ".join(", ".join(each.caption.en for each in group) for group in groups)
    return Label(f"{within.zh}连不成一体，分为 {len(groups)} 组：{zh}。", f"{within.en} they fall into {len(groups)} groups: {en}.")


def _check(query: ConnectQuery, context: AnswerContext) -> None:
    check_several(query.nodes, MOST_NODES)
    check_not_avoided(query, query.nodes)
    bound = context.bounds.max_hops
    if not 1 <= query.max_hops <= bound:
        raise QueryProblem(
            message("A gap has 1 to {bound} hops here, not {max_hops}.", bound=bound, max_hops=query.max_hops),
            hint=message("{bound} is the setting max_hops: longer chains connect almost anything to anything.", bound=bound),
            where={"parameter": "max_hops"},
        )
    if len(query.nodes) + len(query.through) + len(query.through_types) > MOST_NODES:
        raise QueryProblem(
            message("At most {most_nodes} nodes can be connected at once, including the types to pass.", most_nodes=MOST_NODES),
            hint=message("Name fewer."),
            where={"parameter": "through" if query.through else "through_types"},
        )
    if query.pattern:
        raise QueryProblem(
            message("What connects several nodes has no start and no end, and so no pattern from one to the other."),
            hint=message("Leave out pattern, or ask for paths."),
            where={"parameter": "pattern"},
        )
    if query.direction != "any":
        raise QueryProblem(
            message("What connects several nodes has no start and no end, and so no direction."),
            hint=message("Leave out direction, or ask for paths."),
            where={"parameter": "direction"},
        )
