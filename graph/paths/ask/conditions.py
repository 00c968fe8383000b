"""Turns the conditions of a question into the small tables that the kernels look up, once a question.

Everything that can be decided by the *kind* of a node or edge is: kinds are few, so a question costs no pass over the graph. Single
nodes to keep off get a kind of their own in a copy of the kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from graph.errors import NotFound, QueryProblem
from graph.kernels.arrays import Adjacency, Allowed, Flags
from graph.messages import message
from graph.ontology.schema import Ontology
from graph.paths.ask.automaton import Pattern, compile_pattern
from graph.paths.ask.checks import check_conditions, day_of, days_of, visible_number
from graph.paths.ask.pattern import problem
from graph.paths.ask.query import AnswerContext, Conditions, Direction
from graph.projection import Projection
from graph.projection.days import AFTER_ALL, BEFORE_ALL


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """``Conditions`` in numbers, for one projection and one reader.

    ``adjacency`` is the projection's; where nodes are ``barred`` it has kinds of its own, in which these are of the last kind, which
    nothing allows. Tables over node kinds (``allowed.kinds``, ``open_kinds``, those of ``through_types``) have a place for it.
    ``allowed`` is what kernels take: relationships of the wrong type, day, trust or direction are no longer in it. ``open_kinds``
    leaves the rule on hubs and link nodes aside: kinds that a node named in ``through`` may have. ``hidden`` are the kinds whose nodes
    the reader may not know of. ``through`` are nodes, and ``through_types`` kinds of nodes, that must be passed. ``together`` are the
    first and last day between which all relationships of a path must hold on one common day, if that is asked for and not settled by
    ``day``. ``pattern`` is the shape that paths must have. ``degree_asked`` says that the degree limit is the question's own condition,
    and so no limit that cuts its answer. ``most_bytes`` is what a search may take for its work space."""

    adjacency: Adjacency
    allowed: Allowed
    open_kinds: Flags
    hidden: Flags
    barred: tuple[int, ...]
    through: tuple[int, ...]
    through_types: tuple[Flags, ...]
    together: tuple[int, int] | None
    pattern: Pattern | None
    day: int | None
    degree_asked: bool
    most_bytes: int

    @property
    def plain(self) -> bool:
        """Whether ``adjacency`` and ``allowed`` say it all, so that a search from node to node answers the question."""
        return not self.through and not self.through_types and self.together is None and self.pattern is None


def compile_conditions(projection: Projection, conditions: Conditions, context: AnswerContext) -> Rules:
    """Raises ``QueryProblem`` for conditions that cannot be or contradict each other, ``NotFound`` for a node or type that is not there or
    not for this reader; both name the parameter."""
    check_conditions(conditions)
    day = day_of(conditions.as_of, context.today)
    window = days_of(conditions.window)
    hidden = _hidden(projection, context.clearance if context.knows is None else context.knows)
    types = _open_types(projection, conditions)
    open_kinds = kinds_among(projection, types) & ~hidden
    kinds = open_kinds & _let_in(projection, conditions)
    fits = _edges(projection, conditions, day, window)
    avoid, through = (
        tuple(dict.fromkeys(visible_number(projection, each, name, context.clearance) for each in nodes))
        for name, nodes in (("avoid", conditions.avoid), ("through", conditions.through))
    )
    _check_through(projection, conditions, types, avoid, through)
    bound = context.bounds.degree
    degree = min(bound, conditions.max_degree or bound)
    return Rules(
        adjacency=_barring(projection.adjacency, avoid, len(projection.node_kinds)),
        allowed=_by_kind(kinds, fits, conditions.direction, degree),
        open_kinds=open_kinds,
        hidden=hidden,
        barred=avoid,
        through=through,
        through_types=tuple(_any_of(projection, entry, types) & ~hidden for entry in dict.fromkeys(conditions.through_types)),
        together=_common_days(conditions, day, window),
        pattern=compile_pattern(projection, conditions.pattern, kinds, open_kinds) if conditions.pattern.strip() else None,
        day=day,
        degree_asked=0 < conditions.max_degree <= bound,
        most_bytes=context.bounds.bytes,
    )


def check_ends(projection: Projection, max_hops: int, rules: Rules, ends: tuple[int, ...]) -> None:
    """Raises ``QueryProblem`` where the conditions leave no path between these two nodes, or from this one, whatever the graph."""
    for name, nodes in (("avoid", rules.barred), ("through", rules.through)):
        if set(nodes) & set(ends):
            id = projection.node_ids[next(end for end in ends if end in nodes)]
            raise QueryProblem(
                message("'{id}' is an end of the paths; it cannot also be named in {name}.", id=id, name=name),
                hint=message("Leave it out there."),
                where={"parameter": name},
            )
    if len(rules.through) > max_hops - 1 or (rules.through_types and max_hops < 2):
        raise QueryProblem(
            message(
                "A path of at most {max_hops} hops passes at most {nodes} nodes between its ends.", max_hops=max_hops, nodes=max_hops - 1
            ),
            hint=message("Ask for fewer, or raise max_hops."),
            where={"parameter": "through" if rules.through else "through_types"},
        )
    if rules.pattern is not None:
        _check_pattern_ends(projection, max_hops, rules.pattern, ends)


def _check_pattern_ends(projection: Projection, max_hops: int, pattern: Pattern, ends: tuple[int, ...]) -> None:
    places = ((pattern.shape.nodes[0], pattern.first, True), (pattern.shape.nodes[-1], pattern.last, False))
    for node, (step, kinds, first) in zip(ends, places, strict=False):
        if not kinds[projection.adjacency.kinds[node]]:
            told = {"types": "|".join(step.types), "node": projection.node_ids[node], "type": projection.kind(node).type}
            raise problem(
                message("it begins with {types}, but '{node}' is of type {type}", **told)
                if first
                else message("it ends with {types}, but '{node}' is of type {type}", **told),
                step.position,
                message("Name a node of that type, or change the pattern."),
            )
    if pattern.shape.least_hops > max_hops:
        raise QueryProblem(
            message(
                "The pattern has at least {least_hops} hops, and max_hops is {max_hops}.",
                least_hops=pattern.shape.least_hops,
                max_hops=max_hops,
            ),
            hint=message("Raise max_hops to {least_hops}.", least_hops=pattern.shape.least_hops),
            where={"parameter": "max_hops"},
        )


def family(ontology: Ontology, types: Iterable[str]) -> frozenset[str]:
    """These node types, named as people name them, with all their subtypes. Raises ``NotFound``."""
    return frozenset(name for each in types for name in ontology.descendants(ontology.node_type(each).name))


def kinds_among(projection: Projection, types: frozenset[str]) -> Flags:
    """Which node kinds are of these types; the last place is that of barred nodes, which are of none."""
    return np.array([*(kind.type in types for kind in projection.node_kinds), False], np.bool_)


def lasting(allowed: Allowed, projection: Projection, day: int) -> Allowed:
    """The same, less all relationships that ended before ``day``."""
    return only(allowed, projection.edge_kinds.last >= day)


def started(allowed: Allowed, projection: Projection, day: int) -> Allowed:
    """The same, less all relationships that begin after ``day``."""
    return only(allowed, projection.edge_kinds.first <= day)


def valid_on(allowed: Allowed, projection: Projection, day: int) -> Allowed:
    """The same, only relationships valid on ``day``."""
    edges = projection.edge_kinds
    return only(allowed, (edges.first <= day) & (day <= edges.last))


def only(allowed: Allowed, fits: Flags) -> Allowed:
    """The same, only relationships of the edge kinds that fit."""
    return allowed._replace(codes=allowed.codes & np.repeat(fits, 2), every_code=False)


@contextmanager
def naming(parameter: str) -> Iterator[None]:
    """Lets a type that nobody knows be reported under the parameter that named it."""
    try:
        yield
    except NotFound as problem:
        where: Mapping[str, str | int] = {**problem.where, "parameter": parameter}
        raise NotFound(problem.detail, hint=problem.hint, where=where) from None


def _hidden(projection: Projection, clearance: int) -> Flags:
    """Kinds of nodes that a reader of this clearance may not know of."""
    return np.array([*(kind.privacy > clearance for kind in projection.node_kinds), False], np.bool_)


def _open_types(projection: Projection, conditions: Conditions) -> frozenset[str]:
    """Node types that ``only_types`` and ``never_types`` leave. Raises ``QueryProblem`` where one of them undoes another."""
    ontology = projection.ontology
    with naming("never_types"):
        never = family(ontology, conditions.never_types)
    for name, types in (("only_types", conditions.only_types), ("include_types", conditions.include_types)):
        with naming(name):
            undone = next((each for each in types if family(ontology, (each,)) <= never), None)
        if undone is not None:
            raise QueryProblem(
                message("'{type}' is named both in {name} and in never_types.", type=undone, name=name),
                hint=message("Remove it from one of them."),
                where={"parameter": name},
            )
    every = frozenset(ontology.node_types) | {each.type for each in projection.node_kinds}
    return (family(ontology, conditions.only_types) or every) - never


def _let_in(projection: Projection, conditions: Conditions) -> Flags:
    """Kinds that are neither hub nor link, or named: in ``include_types`` with all subtypes, in ``only_types`` and ``through_types`` by the
    hub or link type's own name."""
    ontology = projection.ontology
    with naming("include_types"):
        included = family(ontology, conditions.include_types)
    own = set()
    for name, types in (("only_types", conditions.only_types), ("through_types", _entries(conditions))):
        with naming(name):
            own |= {each.name for each in map(ontology.node_type, types) if each.hub or each.link}
    named = included | own
    return np.array([*(kind.type in named or not (kind.hub or kind.link) for kind in projection.node_kinds), False], np.bool_)


def _entries(conditions: Conditions) -> list[str]:
    return [each for entry in conditions.through_types for each in entry.split("|")]


def _any_of(projection: Projection, entry: str, open_types: frozenset[str]) -> Flags:
    with naming("through_types"):
        types = family(projection.ontology, entry.split("|")) & open_types
    if not types:
        raise QueryProblem(
            message("Paths must pass '{entry}' but may not: only_types or never_types exclude it.", entry=entry),
            hint=message("Remove it from one of them."),
            where={"parameter": "through_types"},
        )
    return kinds_among(projection, types)


def _edges(projection: Projection, conditions: Conditions, day: int | None, window: tuple[int, int] | None) -> Flags:
    """Edge kinds of the wanted types and trust, valid on ``day``, and on some day of ``window``. An unknown start or end counts as
    valid."""
    edges = projection.edge_kinds
    fits = edges.trust >= conditions.min_trust
    if conditions.relationship_types:
        with naming("relationship_types"):
            wanted = {projection.ontology.relationship_type(each).name for each in conditions.relationship_types}
        fits &= np.array([name in wanted for name in projection.relationship_types], np.bool_)[edges.types]
    if day is not None:
        fits &= (edges.first <= day) & (day <= edges.last)
    if window is not None:
        fits &= np.maximum(edges.first, window[0]) <= np.minimum(edges.last, window[1])
    return fits


def _common_days(conditions: Conditions, day: int | None, window: tuple[int, int] | None) -> tuple[int, int] | None:
    """Within which days a common one must lie; ``None`` if none is asked for, or if ``day`` is one."""
    if not conditions.together:
        return None
    first, last = window or (BEFORE_ALL, AFTER_ALL)
    return None if day is not None and first <= day <= last else (first, last)


def _check_through(
    projection: Projection, conditions: Conditions, open_types: frozenset[str], avoid: tuple[int, ...], through: tuple[int, ...]
) -> None:
    for number in through:
        id = projection.node_ids[number]
        if number in avoid:
            raise QueryProblem(
                message("Paths must pass '{id}' and also avoid it.", id=id),
                hint=message("Remove it from through or from avoid."),
                where={"parameter": "avoid"},
            )
        if projection.kind(number).type not in open_types:
            raise QueryProblem(
                message(
                    "Paths must pass '{id}', but no {type}: only_types or never_types exclude it.",
                    id=id,
                    type=projection.kind(number).type,
                ),
                hint=message("Allow {type}, or leave out the node.", type=projection.kind(number).type),
                where={"parameter": "through"},
            )
    if len(conditions.through) + len(conditions.through_types) > MOST_NEEDS:
        raise QueryProblem(
            message("At most {most_needs} nodes and types can be required.", most_needs=MOST_NEEDS),
            hint=message("Name fewer."),
            where={"parameter": "through"},
        )


MOST_NEEDS = 20
"""More than a path within any sensible hop limit could pass."""


def _barring(adjacency: Adjacency, barred: tuple[int, ...], kind: int) -> Adjacency:
    if not barred:
        return adjacency
    kinds = adjacency.kinds.copy()
    kinds[list(barred)] = kind
    kinds.setflags(write=False)
    return adjacency._replace(kinds=kinds)


def _by_kind(kinds: Flags, fits: Flags, direction: Direction, degree: int) -> Allowed:
    codes = np.repeat(fits, 2)
    if direction != "any":
        codes[1 if direction == "forward" else 0 :: 2] = False
    return Allowed(kinds, codes, bool(codes.all()), degree)
