"""Why there is no path, in words; above all, when there was one: "none on 2022-01-01; 3 until 2021-08-31"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from graph.kernels.arrays import Allowed, Int32s, Job
from graph.ontology.schema import Label
from graph.paths.answer.relaxation import conditions_in_the_way, how_many
from graph.paths.ask.conditions import compile_conditions, lasting, started, valid_on
from graph.paths.ask.query import AnswerContext, PathQuery
from graph.paths.search.deadline import stopping, why_stop
from graph.paths.search.plain import one_shortest
from graph.paths.search.product import least_paths, simple_paths
from graph.paths.search.workspace import job
from graph.projection import Projection
from graph.projection.days import AFTER_ALL, day_text

LOOKS = 200
"""Days tried, each a search, before the answer does without the date."""


def why_none(
    projection: Projection, query: PathQuery, context: AnswerContext, ends: tuple[int, int], day: int | None, limit: str | None
) -> Label:
    """What to say where no path was found: dates first, then bounds, then the other conditions. ``limit`` is the one that
    the search met."""
    if limit not in (None, "hops", "degree"):
        return Label("查找提前停止，没有得出结果。", "The search was stopped before it had a result.")
    told = _on_other_days(projection, query, context, ends, day) if day is not None else _at_other_times(projection, query, context, ends)
    if told is not None:
        return told
    if limit == "hops":
        return Label(
            f"{query.max_hops} 步以内没有路径；更远的没有查找。", f"No path within {query.max_hops} hops; longer ones were not looked for."
        )
    if limit == "degree":
        return Label("不经过关系过多的节点，没有路径。", "No path that keeps off nodes with too many relationships.")
    told = conditions_in_the_way(projection, query, context, ends)
    return told or Label("两者之间没有路径。", "There is no path between the two.")


def _on_other_days(projection: Projection, query: PathQuery, context: AnswerContext, ends: tuple[int, int], day: int) -> Label | None:
    """When there was, or will be, a path; ``None`` where there never is."""
    history = History(projection, query, context, ends)
    told = history.told(day) if history.total != 0 else None
    if why_stop(context) is None:
        return told
    on = day_text(day)  # a search that was stopped found nothing, which says nothing
    return Label(f"{on} 没有路径；其他日期没有查完。", f"None on {on}; other days were not looked through to the end.")


def _at_other_times(projection: Projection, query: PathQuery, context: AnswerContext, ends: tuple[int, int]) -> Label | None:
    """How many there are whose relationships do not hold together, or not in the window."""
    window = query.window if query.window and any(query.window) else None
    zh, en = _span(window) if window else ("", "")
    if query.together:
        apart = how_many(projection, replace(query, together=False), context, ends)
        if apart:
            return Label(
                f"{zh}没有各段关系在同一天都有效的路径；不要求同时有效则有 {apart} 条。",
                f"None whose relationships all hold on one common day{en}; {apart} if they need not hold together.",
            )
    over_all = how_many(projection, replace(query, together=False, window=None), context, ends) if window else None
    return Label(f"{zh}没有路径；不论日期有 {over_all} 条。", f"None{en}; {over_all} over all dates.") if over_all else None


def _span(window: tuple[str, str]) -> tuple[str, str]:
    first, last = window
    if first and last:
        return f"{first} 至 {last} 之间", f" between {first} and {last}"
    return (f"{first} 以后", f" from {first}") if first else (f"{last} 以前", f" until {last}")


class History:
    """The same question on other days. Whether a path exists changes only where some relationship begins or ends, so
    only those days are tried."""

    def __init__(self, projection: Projection, query: PathQuery, context: AnswerContext, ends: tuple[int, int]) -> None:
        self._projection = projection
        self._ends = ends
        self._max_hops = query.max_hops
        self._context = context
        self._rules = compile_conditions(projection, replace(query, as_of="any"), context)
        self._allowed = self._rules.allowed
        self.total = self._count(self._allowed)

    def told(self, day: int) -> Label:
        """When there was, or will be, a path, seen from a day that has none."""
        on = day_text(day)
        over_all = "" if self.total is None else f"{self.total} "
        before = self._latest_before(day)
        if before is not None:
            until, count = day_text(before), self._count(valid_on(self._allowed, self._projection, before))
            return Label(f"{on} 没有路径；{until} 为止有 {count} 条。", f"None on {on}; {count} until {until}.")
        after = self._earliest_after(day)
        if after is not None:
            start, count = day_text(after), self._count(valid_on(self._allowed, self._projection, after))
            return Label(f"{on} 没有路径；{start} 起有 {count} 条。", f"None on {on}; {count} from {start}.")
        return Label(
            f"{on} 没有路径；不论日期有 {over_all}条，没有查到它们同时有效的一天。",
            f"None on {on}; {over_all}over all dates, but no day was found on which one of them is valid throughout.",
        )

    def _latest_before(self, day: int) -> int | None:
        """The last day before ``day`` on which there is a path. That some path's relationships all *end* on a day or later is true
        up to some day and false beyond it, so halving finds where to begin; from there the days go back one by one."""
        last = self._projection.edge_kinds.last
        days = np.unique(last[last < day])[::-1]
        return self._first_of(days, lambda each: lasting(self._allowed, self._projection, each))

    def _earliest_after(self, day: int) -> int | None:
        """The first day after ``day`` on which there is a path, likewise."""
        first = self._projection.edge_kinds.first
        days = np.unique(first[(first > day) & (first < AFTER_ALL)])
        return self._first_of(days, lambda each: started(self._allowed, self._projection, each))

    def _first_of(self, days: Int32s, loosened: Callable[[int], Allowed]) -> int | None:
        low, high = 0, len(days)
        while low < high:
            middle = (low + high) // 2
            if self._joined(loosened(int(days[middle]))):
                high = middle
            else:
                low = middle + 1
        for each in days[low : low + LOOKS].tolist():
            if self._joined(valid_on(self._allowed, self._projection, each)):
                return int(each)
        return None

    def _joined(self, allowed: Allowed) -> bool:
        task = self._job(allowed)
        with stopping(task.budget, self._context):
            if self._rules.plain:
                return bool(one_shortest(task, self._ends, self._max_hops))
            rules = replace(self._rules, allowed=allowed)
            return bool(simple_paths(task, self._projection, rules, self._ends, self._max_hops, limit=1, extent="first").paths)

    def _count(self, allowed: Allowed) -> int | None:
        task, rules = self._job(allowed), replace(self._rules, allowed=allowed)
        with stopping(task.budget, self._context):
            return least_paths(task, self._projection, rules, self._ends, self._max_hops, limit=0).total

    def _job(self, allowed: Allowed) -> Job:
        return job(self._projection, allowed, self._context.bounds.work)._replace(adjacency=self._rules.adjacency)
