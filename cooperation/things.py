"""What acts look up of nodes at the desk, and whether the actor may act on them."""

from __future__ import annotations

from cooperation.acting import Around, Desk
from cooperation.ownership import ownership
from cooperation.roles import Actor, check_right
from graph.errors import NotFound
from graph.messages import message

HOMES = ("SECONDED_FROM", "EMPLOYED_BY")
"""How a person belongs to an organisation."""


def around(desk: Desk, id: str, parameter: str = "") -> Around:
    """The node with what touches it. Raises ``NotFound``, naming the parameter."""
    found = desk.around(id)
    if found is None:
        raise NotFound(message("There is no '{id}'.", id=id), where={"parameter": parameter} if parameter else {})
    return found


def check_over(desk: Desk, actor: Actor, right: str, *ids: str) -> None:
    """Raises ``Forbidden`` unless the actor holds the right over one of these nodes, or over all there is."""
    what = desk.around(ids[0]) if ids else None
    theirs = ownership(desk.surroundings(), *ids, day=desk.today)
    check_right(actor, right, theirs, message("'{name}'", name=what.node.caption) if what is not None else message("this"))


def homes_of(desk: Desk, person: str) -> frozenset[str]:
    """The organisations that a person works at or was seconded from, whenever."""
    found = desk.around(person)
    return frozenset() if found is None else frozenset(end for type in HOMES for end in found.ends(type, out=True))


def caption(desk: Desk, id: str) -> str:
    """What a node is called."""
    found = desk.store.facts(nodes=(id,)).nodes
    return found[0].caption if found else id
