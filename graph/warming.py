"""Compiles every kernel before anybody asks: by asking a small graph what the kernels answer.

Kernels are compiled for arrays of exactly one make (``graph.projection.build.fixed``), so what is compiled here serves every graph.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.model import Node, Relationship
from graph.ontology import default_ontology
from graph.paths.ask.query import AnswerContext, ConnectionsQuery, PathQuery
from graph.projection import Projection, build_projection

START, MIDDLE, END, APART, BEYOND = "warm:a", "warm:b", "warm:c", "warm:d", "warm:e"
TODAY = datetime.date(2020, 9, 10)


@dataclass(frozen=True, slots=True)
class Step:
    """Some questions whose kernels are compiled together. ``first`` are those that nearly every question needs."""

    name: str
    run: Callable[[Projection, AnswerContext], object]
    first: bool = False


def small_graph() -> Projection:
    """Four nodes in a ring with a chord, and one that hangs on the middle."""
    nodes = [Node(START, "University", {}), Node(MIDDLE, "Person", {}), Node(END, "Enterprise", {}), Node(APART, "Person", {})]
    nodes.append(Node(BEYOND, "University", {}))
    ends = [(MIDDLE, START), (MIDDLE, END), (APART, START), (APART, END), (MIDDLE, APART), (MIDDLE, BEYOND)]
    dates = {"validFrom": "2020-01-01", "validTo": "2021-01-01"}
    ties = [Relationship(f"warm:{number}", "EMPLOYED_BY", *pair, dates) for number, pair in enumerate(ends)]
    return build_projection(nodes, ties, default_ontology(), 1)


def nobody_waits() -> AnswerContext:
    """A context without evidence and with the usual bounds."""
    return AnswerContext(TODAY, TODAY.isoformat(), 2, lambda _: {})


def _paths(**conditions: object) -> Callable[[Projection, AnswerContext], object]:
    def run(graph: Projection, context: AnswerContext) -> object:
        from graph.paths.answer.paths import find_paths

        return find_paths(graph, PathQuery(START, END, **conditions), context)  # type: ignore[arg-type]

    return run


def _plain_pairs(graph: Projection, context: AnswerContext) -> None:
    from graph.paths.answer.connections import find_connections

    find_connections(graph, ConnectionsQuery("University", "Enterprise"), context)
    find_connections(graph, ConnectionsQuery("Person", "Person", count=True), context)


def _shaped_pairs(graph: Projection, context: AnswerContext) -> None:
    from graph.paths.answer.connections import find_connections

    find_connections(graph, ConnectionsQuery("University", "Enterprise", through_types=("Person",)), context)


def _ranked(graph: Projection, context: AnswerContext) -> None:
    for conditions in ({}, {"weight": "fresh"}, {"together": True, "weight": "fresh"}):
        _paths(kind="k-shortest", limit=3, **conditions)(graph, context)


def _apart(graph: Projection, context: AnswerContext) -> None:
    for conditions in ({}, {"together": True}):
        _paths(kind="disjoint", **conditions)(graph, context)


def _joined(graph: Projection, context: AnswerContext) -> None:
    from graph.paths.answer.connecting_tree import ConnectQuery, connect_nodes

    for conditions in ({}, {"together": True}):
        connect_nodes(graph, ConnectQuery(nodes=(START, END, BEYOND), **conditions), context)  # type: ignore[arg-type]


def _analysis(name: str, **options: object) -> Callable[[Projection, AnswerContext], object]:
    def run(graph: Projection, context: AnswerContext) -> object:
        from graph.analytics import AnalysisQuery, analyse

        return analyse(graph, AnalysisQuery(name, **options), context)  # type: ignore[arg-type]

    return run


def _tables(graph: Projection, context: AnswerContext) -> None:
    from graph.analytics import CoverageQuery, WhatIfQuery, coverage, what_if

    coverage(graph, CoverageQuery("University", "Enterprise"), context)
    what_if(graph, WhatIfQuery(leave=(MIDDLE,)), context)


def _changes(graph: Projection, context: AnswerContext) -> None:  # noqa: ARG001 - as every step
    from graph.projection.delta import Delta, with_delta

    tie = Relationship("warm:new", "EMPLOYED_BY", "warm:new", START, {})
    with_delta(graph, Delta(2, [Node("warm:new", "Person", {})], [tie], [], ["warm:0"]))


STEPS: tuple[Step, ...] = (
    Step("paths", _paths(), first=True),
    Step("connections", _plain_pairs, first=True),
    Step("paths under conditions", _paths(kind="simple")),
    Step("connections under conditions", _shaped_pairs),
    Step("k shortest paths", _ranked),
    Step("paths that share no node", _apart),
    Step("connecting several nodes", _joined),
    Step("betweenness", _analysis("betweenness")),
    Step("k-cores", _analysis("k-core")),
    Step("bridges and cut nodes", _analysis("cut-nodes")),
    Step("brokers", _analysis("brokers")),
    Step("coverage and what-if", _tables),
    Step("changes", _changes),
)
"""What is compiled, the most asked for first."""

NAMES_ZH: Mapping[str, str] = {
    "paths": "路径",
    "connections": "联系",
    "paths under conditions": "带条件的路径",
    "connections under conditions": "带条件的联系",
    "k shortest paths": "前 k 条路径",
    "paths that share no node": "不相交的路径",
    "connecting several nodes": "连起多个节点",
    "betweenness": "介数",
    "k-cores": "核数",
    "bridges and cut nodes": "割边与割点",
    "brokers": "中间人",
    "coverage and what-if": "覆盖表与假如",
    "changes": "变更",
}


def warm(told: Callable[[Step, int, int], object], *, first: bool = False) -> None:
    """Compiles all kernels, or only those that nearly every question needs, and keeps them beside their source. ``told`` is called before
    each step, with how many are done and how many there are."""
    graph, context = small_graph(), nobody_waits()
    steps = [step for step in STEPS if step.first or not first]
    for done, step in enumerate(steps):
        told(step, done, len(steps))
        step.run(graph, context)
