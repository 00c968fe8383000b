"""What of a named answer somebody sees who acts in a role: all of it, what concerns their own, what lies in their district."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cooperation.ownership import Ownerships, ownership
from cooperation.parameters import Arguments, ParameterType
from cooperation.questions.question import Line, Question, Ref
from cooperation.roles import READING, Actor, Resource, Scope, check_right, may
from cooperation.world import World
from graph.errors import Forbidden
from graph.messages import message

DISTRICT = "district"
"""The parameter by which a question is asked of one district."""


@dataclass(frozen=True, slots=True)
class VisibilityFilter:
    """What is to be asked, and which lines of the answer are theirs; ``whole`` if all are."""

    given: Arguments
    sees: Callable[[Line], bool]
    whole: bool = True


def seen_of(question: Question, actor: Actor, given: Arguments, world: World, day: datetime.date) -> VisibilityFilter:  # noqa: PLR0917
    """A question about one need, studio or project is asked over that; a district asks about itself; else each line is looked at: whose
    what it tells of is on the day that is asked. Raises ``Forbidden``."""
    right = f"read.{question.name}"
    scope = check_asks(question, actor)
    subjects = [given.text(each.name) for each in question.parameters if each.required and each.takes is ParameterType.NODE]
    if scope is not Scope.ALL and subjects:
        check_sees(world, actor, right, *subjects, day=day)
    elif scope is Scope.DISTRICT and any(each.name == DISTRICT for each in question.parameters):
        return VisibilityFilter(Arguments({**given.values, DISTRICT: own_district(actor, given.text(DISTRICT), right)}), lambda _: True)
    elif scope is not Scope.ALL:
        theirs = Ownerships(world, day)
        return VisibilityFilter(given, lambda line: any(may(actor, right, theirs.over(id)) for id in _nodes(world, line)), whole=False)
    return VisibilityFilter(given, lambda _: True)


def check_asks(question: Question, actor: Actor) -> Scope:
    """How far the actor's right to the answer reaches. Raises ``Forbidden`` where they have none, whatever they ask of."""
    right = f"read.{question.name}"
    if actor.role not in READING[right]:
        check_right(actor, right, Resource(), message("'{name}' ({label})", name=question.name, label=question.label))
    return READING[right][actor.role]


def check_sees(world: World, actor: Actor, right: str, *ids: str, day: datetime.date) -> None:
    """Raises ``Forbidden`` unless the actor holds the right over each of these nodes, which it does not name: a name may be above them."""
    for id in ids:
        node = world.node(id)
        known = world.ontology.node_types.get(node.type) if node is not None else None
        what = message("this {type}", type=known.label) if known is not None else message("this node")
        check_right(actor, right, ownership(world, id, day=day), what)


def own_district(actor: Actor, asked: str, right: str) -> str:
    """The district that an office asks about: its own. Raises ``Forbidden`` for another."""
    if asked not in ("", actor.node):
        raise Forbidden(message("{id} may see its own district only.", id=actor.id), rule=right, where={"parameter": DISTRICT})
    return actor.node


def _nodes(world: World, line: Line) -> Iterator[str]:
    """The nodes that a line tells and rests on, and the ends of the relationships that it rests on."""
    for cell in line.cells:
        for each in cell if isinstance(cell, tuple) else (cell,):
            if isinstance(each, Ref):
                yield each.id
    for id in line.rests_on:
        link = world.relationship(id)
        yield from (id,) if link is None else (link.source, link.target)
