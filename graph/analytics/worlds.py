"""The graph before and after a change that is only thought of: the same numbers of nodes for both, and what is there in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.analytics.checks import problem
from graph.analytics.query import NewNode, NewRelationship, WhatIfQuery
from graph.errors import NotFound
from graph.kernels.arrays import Flags, Int64s
from graph.messages import Either, message
from graph.model import SAID
from graph.ontology.schema import Ontology
from graph.paths.ask.checks import visible_number
from graph.paths.ask.conditions import Rules, compile_conditions, naming
from graph.paths.ask.query import AnswerContext
from graph.projection import Projection
from graph.projection.days import AFTER_ALL, BEFORE_ALL
from graph.projection.projection import EdgeKinds, NodeKind


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One state. ``present`` nodes; ``sources`` and ``targets`` of all relationships that are there between present nodes, ``fits`` which
    of these the question allows; ``passable`` what paths may pass, ``degree`` said whether the bound on degree held one back."""

    present: Flags
    sources: Int64s
    targets: Int64s
    fits: Flags
    passable: Flags
    degree: bool


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """Both states. Numbers up to the projection's are its own; the new nodes follow. ``kinds`` are each node's, in ``types`` by name."""

    before: World
    after: World
    types: tuple[str, ...]
    kinds: Int64s
    hidden: Flags
    left: Int64s
    new: tuple[NewNode, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _All:
    """Everything that is there before or after."""

    sources: Int64s
    targets: Int64s
    codes: Int64s
    kinds: Int64s
    old_nodes: int
    old_edges: int


def worlds(projection: Projection, query: WhatIfQuery, context: AnswerContext) -> Worlds:
    """Raises ``QueryProblem`` and ``NotFound``, naming the parameter."""
    wider = _with_kinds(projection, query)
    rules = compile_conditions(wider, query, context)
    left = np.unique([visible_number(projection, id, "leave", context.clearance) for id in query.leave]).astype(np.int64)
    everything, numbers = _everything(projection, wider, query, rules, context)
    gone = _gone(projection, query, numbers, _unknown(projection, rules, everything))
    nodes = len(everything.kinds)
    present = np.ones((2, nodes), np.bool_)
    present[0, everything.old_nodes :] = False
    present[1, left] = False
    there = np.ones((2, len(everything.sources)), np.bool_)
    there[0, everything.old_edges :] = False
    there[1, gone] = False
    before, after = (_world(everything, rules, present[each], there[each]) for each in (0, 1))
    types = (*(kind.type for kind in wider.node_kinds), "")
    return Worlds(before, after, types, everything.kinds, np.append(rules.hidden[:-1], True), left, query.add)


def _with_kinds(projection: Projection, query: WhatIfQuery) -> Projection:
    """The projection, knowing the kinds of what would be new; nothing else of it changes. Raises ``NotFound`` for a type that is not
    there."""
    ontology = projection.ontology
    with naming("add"):
        kinds = tuple(dict.fromkeys(_node_kind(ontology, each) for each in query.add))
    with naming("add_relationships"):
        types = tuple(dict.fromkeys(ontology.relationship_type(each.type).name for each in query.add_relationships))
    fresh = tuple(each for each in types if each not in projection.relationship_types)
    names = (*projection.relationship_types, *fresh)
    added = {"types": [names.index(each) for each in types], "first": [BEFORE_ALL] * len(types), "last": [AFTER_ALL] * len(types)}
    # as if one source said so, and without dates
    rows = [added.get(name, [SAID if name == "trust" else 0] * len(types)) for name in EdgeKinds._fields]
    edge_kinds = EdgeKinds(*(np.append(old, np.array(new, old.dtype)) for old, new in zip(projection.edge_kinds, rows, strict=True)))
    return replace(projection, node_kinds=(*projection.node_kinds, *kinds), relationship_types=names, edge_kinds=edge_kinds)


def _node_kind(ontology: Ontology, new: NewNode) -> NodeKind:
    known = ontology.node_type(new.type)
    if known.abstract:
        raise problem(
            message("'{type}' stands for several types; a node must be of one of them.", type=new.type),
            message("Name a type that extends it."),
            "add",
        )
    return NodeKind(known.name, ontology.is_hub(known.name, {}), known.link, known.existence_class({}))


def _everything(projection: Projection, wider: Projection, query: WhatIfQuery, rules: Rules, context: AnswerContext) -> tuple[_All, Int64s]:
    """All nodes and relationships of both states, and the projection's numbers of its relationships in this order."""
    adjacency = projection.adjacency
    owners = np.repeat(np.arange(projection.node_count, dtype=np.int64), np.diff(adjacency.starts))
    forward = adjacency.codes & 1 == 0
    kinds = rules.adjacency.kinds.astype(np.int64)
    new_kinds = [wider.node_kinds.index(_node_kind(projection.ontology, each), len(projection.node_kinds)) for each in query.add]
    places = _new_places(projection, query.add)
    ends = [_ends(projection, each, places, query, context) for each in query.add_relationships]
    _check_ends(projection, query, places, ends)
    edge_kinds = _new_edge_kinds(projection, wider, query.add_relationships)
    return (
        _All(
            np.concatenate((owners[forward], np.array([source for source, _ in ends], np.int64))),
            np.concatenate((adjacency.neighbors[forward].astype(np.int64), np.array([target for _, target in ends], np.int64))),
            np.concatenate((adjacency.codes[forward].astype(np.int64) >> 1, np.array(edge_kinds, np.int64))),
            np.concatenate((kinds, np.array(new_kinds, np.int64))),
            projection.node_count,
            int(forward.sum()),
        ),
        projection.edges[forward].astype(np.int64),
    )


def _new_places(projection: Projection, add: Sequence[NewNode]) -> dict[str, int]:
    """The number of each new node by its id. Raises ``QueryProblem`` for an id that is taken."""
    places: dict[str, int] = {}
    for each in add:
        if not each.id or each.id in places or projection.node_ids.find(each.id) >= 0:
            raise problem(
                message("The id '{id}' cannot be used for a new node.", id=each.id),
                message("Give each new node an id of its own, such as new:1."),
                "add",
            )
        places[each.id] = projection.node_count + len(places)
    return places


def _ends(
    projection: Projection, new: NewRelationship, places: dict[str, int], query: WhatIfQuery, context: AnswerContext
) -> tuple[int, int]:
    found = []
    for id in (new.source, new.target):
        if id in query.leave:
            raise problem(
                message("'{id}' is to leave, and is also given a new relationship.", id=id),
                message("Remove it from one of them."),
                "add_relationships",
            )
        place = places.get(id)
        found.append(visible_number(projection, id, "add_relationships", context.clearance) if place is None else place)
    return found[0], found[1]


def _check_ends(projection: Projection, query: WhatIfQuery, places: dict[str, int], ends: Sequence[tuple[int, int]]) -> None:
    """Raises ``QueryProblem`` for a relationship between types that it cannot join."""
    ontology = projection.ontology
    new = {places[each.id]: ontology.node_type(each.type).name for each in query.add}
    for each, pair in zip(query.add_relationships, ends, strict=True):
        known = ontology.relationship_type(each.type)
        for place, wanted in zip(pair, (known.sources, known.targets), strict=True):
            type = new.get(place) or projection.kind(place).type
            if wanted and not any(ontology.is_a(type, one) for one in wanted):
                raise problem(
                    message(
                        "{name} joins {sources} to {targets}, and {type} is neither.",
                        name=known.name,
                        sources=Either(known.sources),
                        targets=Either(known.targets),
                        type=type,
                    ),
                    message("Reverse it, or choose another relationship."),
                    "add_relationships",
                )


def _new_edge_kinds(projection: Projection, wider: Projection, add: Sequence[NewRelationship]) -> list[int]:
    """The kind of each new relationship: those of ``_with_kinds`` stand behind the projection's own."""
    own = len(projection.edge_kinds.types)
    kind_of = {wider.relationship_types[int(type)]: own + place for place, type in enumerate(wider.edge_kinds.types[own:])}
    return [kind_of[projection.ontology.relationship_type(each.type).name] for each in add]


def _unknown(projection: Projection, rules: Rules, everything: _All) -> Flags:
    """Which of the projection's relationships have an end that the reader may not know of."""
    hidden = rules.hidden[projection.adjacency.kinds]
    unknown: Flags = hidden[everything.sources[: everything.old_edges]] | hidden[everything.targets[: everything.old_edges]]
    return unknown


def _gone(projection: Projection, query: WhatIfQuery, numbers: Int64s, unknown: Flags) -> Int64s:
    """Places of the relationships to leave. Raises ``NotFound``, also for one that the reader may not know of."""
    wanted = []
    for id in query.leave_relationships:
        number = projection.relationship_ids.find(id)
        if number < 0 or unknown[numbers == number].any():
            raise NotFound(
                message("There is no relationship '{id}'.", id=id),
                hint=message("Check the id."),
                where={"parameter": "leave_relationships"},
            )
        wanted.append(number)
    return np.flatnonzero(np.isin(numbers, np.array(wanted, np.int64)))


def _world(everything: _All, rules: Rules, present: Flags, there: Flags) -> World:
    there = there & present[everything.sources] & present[everything.targets]
    sources, targets = everything.sources[there], everything.targets[there]
    allowed = rules.allowed
    fits = (allowed.codes[0::2] | allowed.codes[1::2])[everything.codes[there]]
    nodes = len(present)
    degrees = np.bincount(sources, minlength=nodes) + np.bincount(targets, minlength=nodes)
    passable = present & allowed.kinds[everything.kinds]
    low = degrees <= allowed.degree
    return World(present, sources, targets, fits, passable & low, bool((passable & ~low).any()) and not rules.degree_asked)
