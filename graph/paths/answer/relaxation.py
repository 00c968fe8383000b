"""Which condition stands in the way: the question asked again with one condition less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.ontology.schema import Label
from graph.paths.ask.conditions import compile_conditions
from graph.paths.ask.query import AnswerContext, PathQuery
from graph.paths.search.deadline import stopping, why_stop
from graph.paths.search.product import least_paths
from graph.paths.search.workspace import job
from graph.projection import Projection

NAMES: Mapping[str, Label] = {
    "pattern": Label("路径形状", "the pattern"),
    "through": Label("必经节点", "the nodes to pass"),
    "through_types": Label("必经类型", "the types to pass"),
    "avoid": Label("避开的节点", "the nodes to avoid"),
    "only_types": Label("只经类型", "the only types"),
    "never_types": Label("不经类型", "the types never to pass"),
    "max_degree": Label("关系数上限", "the number of relationships"),
    "relationship_types": Label("关系类型", "the relationship types"),
    "direction": Label("方向", "the direction"),
    "min_trust": Label("可信程度", "the trust"),
}
"""Conditions that a path can fail, dates aside, in the order in which they are tried, as people call them."""

LEAVES: Mapping[str, object] = {"pattern": "", "max_degree": 0, "direction": "any", "min_trust": 1}
"""What it is to have no such condition; for all others ``()``."""


def conditions_in_the_way(projection: Projection, query: PathQuery, context: AnswerContext, ends: tuple[int, int]) -> Label | None:
    """What to say of a question under conditions that has no answer; ``None`` where it has no condition but dates."""
    asked = [name for name in NAMES if getattr(query, name) != LEAVES.get(name, ())]
    if not asked:
        return None
    counts = dict(_without_one(projection, query, context, ends, asked))
    found = [(name, count) for name, count in counts.items() if count]
    every_tried = len(counts) == len(asked) and None not in counts.values()
    if found:
        zh = "；".join(f"不限{NAMES[name].zh}则有 {count} 条" for name, count in found)
        en = "; ".join(f"{count} without {NAMES[name].en}" for name, count in found)
        return Label(f"按所给条件，两者之间没有路径；{zh}。", f"Under these conditions there is no path between the two; {en}.")
    free = replace(query, **{name: LEAVES.get(name, ()) for name in asked})  # type: ignore[arg-type]
    if len(asked) > 1 and every_tried and how_many(projection, free, context, ends):
        return Label(
            "按所给条件，两者之间没有路径；只去掉其中一项仍没有。",
            "Under these conditions there is no path between the two; nor without any single one of them.",
        )
    if how_many(projection, free, context, ends) == 0:
        return Label("两者之间没有路径，与所给条件无关。", "There is no path between the two, whatever the conditions.")
    return Label("按所给条件，两者之间没有路径。", "Under these conditions there is no path between the two.")


def how_many(projection: Projection, query: PathQuery, context: AnswerContext, ends: tuple[int, int]) -> int | None:
    """The number of shortest paths under these conditions; ``None`` when it was not counted to the end."""
    rules = compile_conditions(projection, query, context)
    task = job(projection, rules.allowed, context.bounds.work)._replace(adjacency=rules.adjacency)
    with stopping(task.budget, context):
        return least_paths(task, projection, rules, ends, query.max_hops, limit=0).total


def _without_one(
    projection: Projection, query: PathQuery, context: AnswerContext, ends: tuple[int, int], asked: list[str]
) -> Iterator[tuple[str, int | None]]:
    for name in asked:
        if why_stop(context) is not None:
            return
        yield name, how_many(projection, replace(query, **{name: LEAVES.get(name, ())}), context, ends)  # type: ignore[arg-type]
