"""How many links each node has."""

from __future__ import annotations

import numpy as np

from graph.analytics.answer import AnalysisAnswer, Column
from graph.analytics.asked import AnalysisContext, Numbers
from graph.analytics.scope import distinct
from graph.ontology.schema import Label

DEGREE = Column("degree", Label("度", "degree"), whole=True)
OUT = Column("out", Label("出度", "out"), whole=True)
IN = Column("in", Label("入度", "in"), whole=True)


def degrees(asked: AnalysisContext) -> AnalysisAnswer:
    """Ranked by ``degree`` for direction ``any``, by ``out`` for ``forward`` and by ``in`` for ``backward``. Out and in are the
    relationships' own, whatever the direction. Parallel ones counted each: relationships, a loop once out and once in, so twice in the
    degree. Otherwise: different neighbours, not the node itself."""
    query = asked.query
    around, out, into = _relationships(asked) if query.parallel else _neighbours(asked)
    columns: list[tuple[Column, Numbers]] = [(DEGREE, around), (OUT, out), (IN, into)]
    if query.direction != "any":
        columns.insert(0, columns.pop(1 if query.direction == "forward" else 2))
    counted = (
        ("关系数（自环计两次）", "Number of relationships (a loop twice)")
        if query.parallel
        else ("不同邻居数", "Number of different neighbours")
    )
    meaning = asked.says(f"{counted[0]}；出度沿关系方向，入度反之。", f"{counted[1]}; out along relationships, in against them.")
    return asked.ranked(meaning, columns)


def _own(asked: AnalysisContext) -> tuple[Numbers, Numbers]:
    """Sources and targets in the relationships' own direction."""
    graph = asked.graph
    return (graph.targets, graph.sources) if asked.query.direction == "backward" else (graph.sources, graph.targets)


def _relationships(asked: AnalysisContext) -> tuple[Numbers, Numbers, Numbers]:
    sources, targets = _own(asked)
    out, into = (np.bincount(each, minlength=asked.graph.size) for each in (sources, targets))
    return out + into, out, into


def _neighbours(asked: AnalysisContext) -> tuple[Numbers, Numbers, Numbers]:
    size = max(1, asked.graph.size)
    sources, targets = _own(asked)
    apart = sources != targets
    pairs = distinct(sources[apart] * size + targets[apart])
    one, other = pairs // size, pairs % size
    either = distinct(np.concatenate((pairs, other * size + one)))
    return tuple(np.bincount(each, minlength=asked.graph.size) for each in (either // size, one, other))  # type: ignore[return-value]
