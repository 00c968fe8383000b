"""Turns what a question allows into the small tables that the kernels look up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import numpy as np

from graph.kernels.arrays import Allowed, Flags
from graph.ontology.schema import Ontology
from graph.paths.query import Direction
from graph.projection import Projection


class Constraints(Protocol):
    """The part of a question that says what a path may use."""

    @property
    def include_types(self) -> tuple[str, ...]: ...
    @property
    def relationship_types(self) -> tuple[str, ...]: ...
    @property
    def direction(self) -> Direction: ...


def family(ontology: Ontology, types: Iterable[str]) -> frozenset[str]:
    """These node types, named as people name them, with all their subtypes. Raises ``NotFound``."""
    return frozenset(name for each in types for name in ontology.descendants(ontology.node_type(each).name))


def kinds_among(projection: Projection, types: frozenset[str]) -> Flags:
    """Which node kinds are of these types."""
    return np.array([kind.type in types for kind in projection.node_kinds], np.bool_)


def allowed(projection: Projection, constraints: Constraints, day: int | None, degree: int) -> Allowed:
    """What a path may use. Nodes of every type may be passed but hubs and links, which ``include_types`` lets in. ``day`` leaves only
    relationships valid on it; an unknown start or end counts as valid."""
    included = family(projection.ontology, constraints.include_types)
    kinds = np.array([kind.type in included or not (kind.hub or kind.link) for kind in projection.node_kinds], np.bool_)
    edges = projection.edge_kinds
    fits = np.ones(len(edges.types), np.bool_)
    if constraints.relationship_types:
        wanted = {projection.ontology.relationship_type(each).name for each in constraints.relationship_types}
        fits &= np.array([name in wanted for name in projection.relationship_types], np.bool_)[edges.types]
    if day is not None:
        fits &= (edges.first <= day) & (day <= edges.last)
    return _by_kind(kinds, fits, constraints.direction, degree)


def lasting(allowed: Allowed, projection: Projection, day: int) -> Allowed:
    """The same, less all relationships that ended before ``day``."""
    return allowed._replace(codes=allowed.codes & np.repeat(projection.edge_kinds.last >= day, 2), every_code=False)


def started(allowed: Allowed, projection: Projection, day: int) -> Allowed:
    """The same, less all relationships that begin after ``day``."""
    return allowed._replace(codes=allowed.codes & np.repeat(projection.edge_kinds.first <= day, 2), every_code=False)


def valid_on(allowed: Allowed, projection: Projection, day: int) -> Allowed:
    """The same, only relationships valid on ``day``."""
    edges = projection.edge_kinds
    return allowed._replace(codes=allowed.codes & np.repeat((edges.first <= day) & (day <= edges.last), 2), every_code=False)


def _by_kind(kinds: Flags, fits: Flags, direction: Direction, degree: int) -> Allowed:
    codes = np.repeat(fits, 2)
    if direction != "any":
        codes[1 if direction == "forward" else 0 :: 2] = False
    return Allowed(kinds, codes, bool(codes.all()), degree)
