"""Searches for the smallest tree of a ``ConnectQuery``, before it is told: what has to be joined, over what, on which day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.errors import QueryProblem
from graph.kernels.arrays import Allowed, Flags, Int32s
from graph.messages import message
from graph.paths.ask.conditions import Rules, valid_on
from graph.paths.ask.query import AnswerContext
from graph.paths.search.deadline import stopped_by, stopping, why_stop
from graph.paths.search.tree import Hops, Terminals, join, terminal_hops
from graph.paths.search.workspace import job
from graph.projection import Projection


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """``links`` are hops between node numbers, none where there is no tree. ``guarantee``: a tree has at most so many times the fewest
    hops. ``groups`` are positions of the nodes (``Task.nodes``) as they hang together. ``unmet`` is whether there is a type to pass of
    which none is near any of them. ``apart`` is the number of hops of a tree whose relationships need not hold on one day, where none holds
    on one; ``allowed`` is what the tree may use (that of its day)."""

    links: tuple[tuple[int, int], ...]
    exact: bool
    guarantee: float
    groups: tuple[tuple[int, ...], ...]
    unmet: bool
    apart: int
    limit: str | None
    allowed: Allowed


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """One question in numbers. ``nodes`` are those asked about, then those to be passed; ``groups`` those of each type to pass that none of
    these is of. ``passed`` are nodes that a tree may hold, ``heavy`` those that it might but for their degree."""

    projection: Projection
    rules: Rules
    context: AnswerContext
    nodes: tuple[int, ...]
    groups: tuple[Int32s, ...]
    passed: Flags
    heavy: Flags
    max_hops: int


def task_of(projection: Projection, rules: Rules, context: AnswerContext, asked: tuple[int, ...], max_hops: int) -> Task:
    """Raises ``QueryProblem`` where a node asked about is one to be passed as well."""
    if set(asked) & set(rules.through):
        raise QueryProblem(
            message("A node asked about is part of the connection anyway."),
            hint=message("Leave it out of through."),
            where={"parameter": "through"},
        )
    nodes = (*asked, *rules.through)
    kinds = rules.adjacency.kinds
    of_kind = rules.allowed.kinds[kinds]
    light = np.diff(rules.adjacency.starts) <= rules.allowed.degree
    passed, heavy = of_kind & light, of_kind & ~light
    passed[list(nodes)], heavy[list(nodes)] = True, False
    groups = []
    for wanted in rules.through_types:
        if not wanted[kinds[list(rules.through)]].any():
            members = passed & wanted[kinds]
            members[list(asked)] = False
            groups.append(np.flatnonzero(members).astype(np.int32))
    return Task(projection, rules, context, nodes, tuple(groups), passed, heavy, max_hops)


def find_tree(task: Task) -> Found:
    """The smallest tree, or one near it. Where all of it has to hold on one common day, the latest day of those with the fewest hops."""
    found, least = _on(task, task.rules.allowed)
    if task.rules.together is None or not found.links:
        return found
    best: Found | None = None
    fewest = FAR_MORE
    for day in _days(task, task.rules.together):
        reason: str | None = why_stop(task.context)
        held, at_least = _on(task, valid_on(task.rules.allowed, task.projection, day)) if reason is None else (found, least)
        reason = reason or (held.limit if held.limit not in (None, "hops", "degree") and not held.links else None)
        if reason:
            return _held(best, found, least, reason)
        if held.links:
            fewest = min(fewest, at_least)
            best = held if best is None or len(held.links) < len(best.links) else best
        if best is not None and len(best.links) == least:
            break
    return _held(best, found, max(least, fewest) if best is not None else least, None)


FAR_MORE = 1 << 30
"""Hops than which every tree has fewer."""


def _held(best: Found | None, found: Found, least: int, stopped: str | None) -> Found:
    """The best tree of any day, or what to say where there is none; ``found`` is the tree whatever the days, ``least`` the fewest hops that
    one of a day may have, ``stopped`` why not all days were tried."""
    if best is None:
        return replace(found, links=(), exact=stopped is None, guarantee=1.0, apart=len(found.links), limit=stopped or found.limit)
    exact = len(best.links) <= least
    return replace(best, exact=exact, guarantee=1.0 if exact else len(best.links) / least, limit=stopped or best.limit)


def _days(task: Task, span: tuple[int, int]) -> list[int]:
    """Days of which one is common to any relationships that have a common day in this span: there the last of them begins, or the span
    does. The latest first."""
    edges = task.projection.edge_kinds
    used = task.rules.allowed.codes[::2] | task.rules.allowed.codes[1::2]
    first = np.maximum(edges.first[used], span[0])
    days: list[int] = np.unique(first[(first <= span[1]) & (first <= edges.last[used])])[::-1].tolist()
    return days


def _on(task: Task, allowed: Allowed) -> tuple[Found, int]:
    """What there is over these relationships, and a number of hops than which no tree has fewer."""
    rules, context = task.rules, task.context
    search = job(task.projection, allowed, context.bounds.work)._replace(adjacency=rules.adjacency)
    nothing = Found((), False, 1.0, (), False, 0, None, allowed)
    terminals = Terminals(task.nodes, tuple(each for each in task.groups if len(each)))
    with stopping(search.budget, context):
        hops = terminal_hops(search, terminals, task.passed)
        if hops is None:
            return replace(nothing, limit=stopped_by(search.budget)), 0
        groups, unmet, further = _parts(task, terminals, hops)
        if len(groups) > 1 or unmet:
            limit = "hops" if further else _degree(task, allowed, hops)
            return replace(nothing, exact=True, groups=groups, unmet=unmet > 0, limit=limit), 0
        joined = join(search, terminals, hops, task.passed, context.bounds.bytes)
    limit = (stopped_by(search.budget) if joined.stopped else None) or _degree(task, allowed, hops)
    links = tuple(sorted(joined.links))
    guarantee = 1.0 if joined.exact else len(links) / joined.least if task.groups else 2 * (1 - 1 / len(task.nodes))
    return Found(links, joined.exact, guarantee, groups, False, 0, limit, allowed), joined.least


def _parts(task: Task, terminals: Terminals, hops: Hops) -> tuple[tuple[tuple[int, ...], ...], int, bool]:
    """The nodes as they hang together by gaps of at most ``max_hops``, how many types are not met, and whether longer gaps would change any
    of that."""
    own, far = hops[len(terminals.groups) :], len(task.passed)
    groups, unmet = _groups(task.nodes, own, task.max_hops), _unmet(task, hops, task.max_hops)
    if len(groups) == 1 and not unmet:
        return groups, 0, False
    return groups, unmet, len(_groups(task.nodes, own, far)) < len(groups) or _unmet(task, hops, far) < unmet


def _groups(nodes: Sequence[int], hops: Hops, max_hops: int) -> tuple[tuple[int, ...], ...]:
    """The nodes that reach each other by gaps of at most ``max_hops``."""
    from graph.paths.search.tree_kernel import FAR

    most = min(max_hops, FAR - 1)
    rest, groups = list(range(len(nodes))), []
    while rest:
        group = [rest.pop(0)]
        for one in group:
            near = [other for other in rest if hops[one, nodes[other]] <= most]
            group += near
            rest = [other for other in rest if other not in near]
        groups.append(tuple(sorted(group)))
    return tuple(groups)


def _unmet(task: Task, hops: Hops, max_hops: int) -> int:
    """Of how many groups no node is within so many hops of any of the nodes."""
    from graph.paths.search.tree_kernel import FAR

    rows = iter(hops[:, list(task.nodes)])
    near = [len(group) > 0 and bool((next(rows) <= min(max_hops, FAR - 1)).any()) for group in task.groups]
    return near.count(False)


def _degree(task: Task, allowed: Allowed, hops: Hops) -> str | None:
    """``degree`` where a node left out for its degree stands next to one that was reached."""
    from graph.paths.search.tree_kernel import FAR

    if task.rules.degree_asked:
        return None
    starts, neighbors, codes, _ = task.rules.adjacency
    for node in np.flatnonzero(task.heavy).tolist():
        entries = slice(int(starts[node]), int(starts[node + 1]))
        near = neighbors[entries][allowed.codes[codes[entries]]]
        if (hops[:, near] < FAR).any():
            return "degree"
    return None
