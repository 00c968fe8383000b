"""From a pattern as read to the states that kernels follow, once it is certain that its types can meet at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from graph.errors import QueryProblem
from graph.kernels.arrays import Flags, Int64s
from graph.kernels.automaton import MOST_STATES, Automaton
from graph.messages import Either, Message, message
from graph.ontology.schema import Ontology, RelationshipType
from graph.paths.ask.pattern import HopStep, NodeStep, Shape, problem, read_pattern
from graph.paths.ask.query import Direction
from graph.projection import Projection

_TURNED: Final[dict[Direction, Direction]] = {"forward": "backward", "backward": "forward", "any": "any"}


ENDLESS: Final = 200
"""Steps after which the types that an endless repeat can reach have long begun to come again."""


@dataclass(frozen=True, slots=True, eq=False)
class Pattern:
    """A pattern over one projection. ``first`` and ``last`` tell by kind which nodes it may begin and end with; ``named`` tells it for each
    state of a node that the question names as one to pass: there *any* lets in hubs and links too."""

    shape: Shape
    automaton: Automaton
    first: Flags
    last: Flags
    named: tuple[Flags, ...]

    @property
    def most_hops(self) -> int | None:
        """``None`` where a repeat has no end."""
        times = [hop.most for hop in self.shape.hops]
        return None if None in times else sum(each or 0 for each in times)


@dataclass(frozen=True, slots=True)
class _State:
    """Where a path may stand: at a node of these types (none = any that may be passed)."""

    types: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class _Move:
    before: int
    after: int
    hop: HopStep


def compile_pattern(projection: Projection, text: str, kinds: Flags, open_kinds: Flags) -> Pattern:
    """``kinds`` may be passed where the pattern says any; where it names a type, those of ``open_kinds`` (hubs and links too). Raises
    ``QueryProblem`` and ``NotFound``, as ``read_pattern`` and where types cannot meet."""
    shape, states, moves = _plan(text, _Identity(projection.ontology))
    tests = tuple(kinds if state.types is None else _of_types(projection, state.types) & open_kinds for state in states)
    ends = [_everything(kinds) if states[at].types is None else _of_types(projection, states[at].types or frozenset()) for at in (0, -1)]
    automaton = _automaton(projection, moves, tests, 1 << (len(states) - 1))
    named = tuple(open_kinds if state.types is None else test for state, test in zip(states, tests, strict=True))
    return Pattern(shape, automaton, ends[0], ends[1], named)


class _Identity:
    """An ontology as a key: equal to itself alone, kept alive by the key."""

    __slots__ = ("ontology",)

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.ontology is self.ontology

    def __hash__(self) -> int:
        return id(self.ontology)


@lru_cache(maxsize=256)
def _plan(text: str, of: _Identity) -> tuple[Shape, tuple[_State, ...], tuple[_Move, ...]]:
    """What a pattern means whatever the projection; kept, for the same few patterns are asked again and again, and reading one takes longer
    than a search."""
    shape = read_pattern(text, of.ontology)
    check_ends_meet(shape, of.ontology)
    states, moves = _states(shape, of.ontology)
    if len(states) > MOST_STATES:
        raise QueryProblem(
            message(
                "The pattern has {count} places for nodes; at most {most_states} are allowed.", count=len(states), most_states=MOST_STATES
            ),
            hint=message("Repeat less, or leave the number of times open (*2..)."),
            where={"parameter": "pattern"},
        )
    return shape, tuple(states), tuple(moves)


def any_path(projection: Projection, kinds: Flags) -> Automaton:
    """The shape of every path: one state, in which any relationship leads on."""
    moves = np.ones((1, 2 * len(projection.relationship_types)), np.int64)
    return Automaton(moves, moves, kinds.astype(np.int64), 1)


def check_ends_meet(shape: Shape, ontology: Ontology) -> None:
    """Raises ``QueryProblem`` at the first hop that, by the ontology, no relationship can make from what may stand before it to what is
    to stand after it."""
    here = _types(shape.nodes[0], ontology)
    for hop, node in zip(shape.hops, shape.nodes[1:], strict=True):
        wanted = _types(node, ontology)
        reached = _after(here, hop, ontology) & wanted
        if not reached:
            raise problem(
                message(
                    "no {relationship} leads from {start} to {end}",
                    relationship=_words(hop),
                    start=_list(here, ontology),
                    end=_list(wanted, ontology),
                ),
                hop.position,
                _instead(here, hop, wanted, ontology),
            )
        here = reached


def _states(shape: Shape, ontology: Ontology) -> tuple[list[_State], list[_Move]]:
    """A state for each node of the pattern, in order, and before it those that a repeated hop passes on the way. The last state of an
    endless repeat leads to itself."""
    states, moves = [_State(_family(shape.nodes[0], ontology))], []
    for hop, node in zip(shape.hops, shape.nodes[1:], strict=True):
        between = (hop.most - 1) if hop.most is not None else max(hop.least - 1, 1)
        first = len(states) - 1
        chain = [first, *range(first + 1, first + 1 + between)]
        states += [_State(None)] * between
        states.append(_State(_family(node, ontology)))
        last = len(states) - 1
        for done, at in enumerate(chain):
            if at != first:
                moves.append(_Move(chain[done - 1], at, hop))
            if done + 1 >= hop.least:
                moves.append(_Move(at, last, hop))
        if hop.most is None:
            moves.append(_Move(chain[-1], chain[-1], hop))
    return states, moves


def _automaton(projection: Projection, moves: Sequence[_Move], tests: Sequence[Flags], finals: int) -> Automaton:
    names = projection.relationship_types
    forward, back = (np.zeros((len(tests), 2 * len(names)), np.int64) for _ in range(2))
    for move in moves:
        for number, name in enumerate(names):
            if move.hop.types and name not in move.hop.types:
                continue
            for against in _ways(move.hop):
                forward[move.before, 2 * number + against] |= 1 << move.after
                back[move.after, 2 * number + 1 - against] |= 1 << move.before
    nodes: Int64s = np.zeros(len(tests[0]), np.int64)
    for state, test in enumerate(tests):
        nodes |= test.astype(np.int64) << state
    return Automaton(forward, back, nodes, finals)


def _ways(hop: HopStep) -> tuple[int, ...]:
    """0 for along, 1 for against the relationship."""
    return {"forward": (0,), "backward": (1,), "any": (0, 1)}[hop.direction]


def _of_types(projection: Projection, types: frozenset[str]) -> Flags:
    return np.array([*(kind.type in types for kind in projection.node_kinds), False], np.bool_)


def _everything(kinds: Flags) -> Flags:
    return np.array([*([True] * (len(kinds) - 1)), False], np.bool_)


def _family(node: NodeStep, ontology: Ontology) -> frozenset[str] | None:
    return frozenset(name for each in node.types for name in ontology.descendants(each)) if node.types else None


def _types(node: NodeStep, ontology: Ontology) -> frozenset[str]:
    return _family(node, ontology) or frozenset(ontology.node_types)


def _after(here: frozenset[str], hop: HopStep, ontology: Ontology) -> frozenset[str]:
    """Which types may stand after a hop and its repeats. ``hop.most`` steps at most; without an end, until nothing new comes."""
    reached: set[str] = set()
    level = here
    seen: set[frozenset[str]] = set()
    for done in range(1, (hop.most or ENDLESS) + 1):
        level = _one_step(level, hop, ontology)
        if done >= hop.least:
            reached |= level
            if level in seen:
                break
            seen.add(level)
    return frozenset(reached)


def _one_step(here: frozenset[str], hop: HopStep, ontology: Ontology) -> frozenset[str]:
    found: set[str] = set()
    for type_ in _relationships(hop, ontology):
        sources, targets = (_end_types(names, ontology) for names in (type_.sources, type_.targets))
        if hop.direction != "backward" and sources & here:
            found |= targets
        if hop.direction != "forward" and targets & here:
            found |= sources
    return frozenset(found)


def _relationships(hop: HopStep, ontology: Ontology) -> list[RelationshipType]:
    return [each for each in ontology.relationship_types.values() if not hop.types or each.name in hop.types]


def _end_types(names: tuple[str, ...], ontology: Ontology) -> frozenset[str]:
    """An end that names no types may be of any."""
    return frozenset(each for name in names for each in ontology.descendants(name)) if names else frozenset(ontology.node_types)


def _words(hop: HopStep) -> Message:
    types = "|".join(hop.types) or message("relationship")
    way = {
        "forward": message("{types} along its direction", types=types),
        "backward": message("{types} against its direction", types=types),
    }
    words = way.get(hop.direction, message("{types}", types=types))
    if (hop.least, hop.most) == (1, 1):
        return words
    if hop.most is None:
        return message("{types} ({least} times or more)", types=words, least=hop.least)
    return message("{types} ({least} to {most} times)", types=words, least=hop.least, most=hop.most)


def _list(types: frozenset[str], ontology: Ontology) -> object:
    """Types without those that another one of them covers."""
    roots = sorted(name for name in types if not types & set(ontology.node_types[name].ancestors))
    return Either(roots) if len(roots) <= 4 else message("any of these")


def _instead(here: frozenset[str], hop: HopStep, wanted: frozenset[str], ontology: Ontology) -> Message:
    turned = HopStep(hop.types, _TURNED[hop.direction], hop.least, hop.most, hop.position)
    if hop.direction != "any" and _after(here, turned, ontology) & wanted:
        return message("It points the other way: reverse both arrows.")
    if hop.types and all(each.sources and each.targets for each in _relationships(hop, ontology)):
        ends = [f"{each.name}: {'|'.join(each.sources)} > {'|'.join(each.targets)}" for each in _relationships(hop, ontology)]
        return message("{ends}.", ends="; ".join(ends))
    fitting = sorted(
        each.name
        for each in ontology.relationship_types.values()
        if _one_step(here, HopStep((each.name,), "any", 1, 1, 0), ontology) & wanted
    )
    if fitting:
        return message("They are joined by: {types}.", types=fitting)
    return message("Nothing joins them directly; name what stands between them.")
