"""A need as it stands, read from the facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cooperation.acting import Desk
from cooperation.needs.moves import State
from cooperation.ownership import STEPPED_BACK, ownership
from cooperation.roles import Resource
from cooperation.things import homes_of
from graph.errors import NotFound
from graph.messages import message
from graph.model import Node
from graph.values import last_day


@dataclass(frozen=True, slots=True)
class Standing:
    """``resource`` is whose it is and where it lies; ``takers`` are the experts who have taken it on and not stepped back, by id;
    ``agreements`` those that cover it and that its enterprise and a taker (or their home organisation) signed. ``due`` is an ISO date
    (perhaps partial) or ``""``."""

    node: Node
    state: State
    enterprises: tuple[str, ...]
    takers: tuple[str, ...]
    stepped_back: tuple[str, ...]
    agreements: tuple[str, ...]
    resource: Resource
    due: str
    secret: bool
    fields: tuple[str, ...] = ()

    def is_past(self, day: str) -> bool:
        """Whether the deadline lies before ``day`` (ISO)."""
        return is_past(self.due, day)


def is_past(due: str, day: str) -> bool:
    """Whether a deadline (ISO, perhaps partial, or ``""``) lies before a day (ISO)."""
    return bool(due) and last_day(due).isoformat() < day


def read_need(desk: Desk, need_id: str) -> Standing:
    """Raises ``NotFound`` for what is no need. A need from a file that names no state counts as published: it was on the platform."""
    around = desk.around(need_id)
    if around is None or around.node.type != "Need":
        raise NotFound(
            message("There is no need '{need_id}'.", need_id=need_id),
            hint=message("'lianyin need list' lists them."),
            where={"parameter": "need"},
        )
    node = around.node
    enterprises = around.ends("POSTED", out=False)
    accepted = {each.source: each for each in around.relationships if each.type == "ACCEPTED"}
    back = {person for person, each in accepted.items() if each.properties.get("state") == STEPPED_BACK}
    return Standing(
        node=node,
        state=State(str(node.properties.get("state", State.PUBLISHED))),
        enterprises=enterprises,
        takers=tuple(sorted(accepted.keys() - back)),
        stepped_back=tuple(sorted(back)),
        agreements=tuple(each for each in around.ends("COVERS", out=False) if _signed(desk, each, enterprises, accepted.keys() - back)),
        resource=ownership(desk.surroundings(), need_id, day=desk.today),
        due=str(node.properties.get("dueDate", "")),
        secret=node.properties.get("secrecy") is True,
        fields=around.ends("IN_FIELD", out=True),
    )


def _signed(desk: Desk, agreement: str, enterprises: tuple[str, ...], takers: Iterable[str]) -> bool:
    """Whether two sides have signed: an enterprise that posted the need, and on another side somebody who took it on, or their home."""
    found = desk.around(agreement)
    signed = [] if found is None else [each for each in found.relationships if each.type == "SIGNED_BY"]
    sides = {each.target: str(each.properties.get("side", each.target)) for each in signed}
    theirs = {end for taker in takers for end in (taker, *homes_of(desk, taker))}
    return any(sides[firm] != sides[other] for firm in sides.keys() & set(enterprises) for other in sides.keys() & theirs)
