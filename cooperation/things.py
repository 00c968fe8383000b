"""Whose a node is and where it lies: what rights are asked for over."""

from __future__ import annotations

from collections.abc import Iterable

from cooperation.acting import Around, Desk, districts_of
from cooperation.roles import Actor, Thing, check_right
from cooperation.world import World, districts, districts_of_need
from graph.errors import NotFound
from graph.messages import message
from graph.values import last_day

FAR = ("University", "Institute", "Department")
"""They lie in a district too, and yet what they do is not the district's."""

HOMES = ("SECONDED_FROM", "EMPLOYED_BY")
"""How a person belongs to an organisation."""


def around(desk: Desk, id: str, parameter: str = "") -> Around:
    """The node with what touches it. Raises ``NotFound``, naming the parameter."""
    found = desk.around(id)
    if found is None:
        raise NotFound(message("There is no '{id}'.", id=id), where={"parameter": parameter} if parameter else {})
    return found


def thing_of(desk: Desk, *ids: str) -> Thing:
    """Of people: they took it on, and the districts they are posted to today. Of anything else: itself, of a studio also the enterprise it
    is based at; the districts they lie in."""
    owners: set[str] = set()
    takers: set[str] = set()
    districts: set[str] = set()
    for id in ids:
        found = desk.around(id)
        if found is None:
            continue
        if found.node.type == "Person":
            takers.add(id)
            districts |= _posted_to(desk, found)
            continue
        owners.add(id)
        districts |= districts_of(desk, found)
        if found.node.type == "TownHeadTeam":
            districts |= _of_terms(desk, found.ends("IN_TEAM", out=False))
        for firm in found.ends("BASED_AT", out=True):
            owners.add(firm)
            based = desk.around(firm)
            districts |= districts_of(desk, based) if based is not None else frozenset()
    return Thing(frozenset(owners), frozenset(takers), frozenset(districts))


def thing_in(world: World, id: str) -> Thing:
    """Whose a node is and where it lies, as the facts have it: a person's own; a need whose enterprise posted it and whose experts took it
    on; a studio's and its enterprise's; a project's studio's."""
    node = world.node(id)
    if node is None:
        return Thing()
    if world.is_a(node, "Person"):
        return Thing(takers=frozenset({id}), districts=frozenset(districts(world, id)))
    runs = {each.target for each in world.out(id, "RUN_BY")}
    studios = {id, *runs}
    firms = {each.target for studio in studios for each in world.out(studio, "BASED_AT")}
    posters = {each.source for each in world.into(id, "POSTED")}
    takers = {each.source for each in world.into(id, "ACCEPTED")}
    places = {place for each in studios for place in districts(world, each)} | set(districts_of_need(world, id))
    if node.type == "District":
        places.add(id)
    far = any(world.is_a(node, type) for type in FAR)
    return Thing(frozenset(studios | firms | posters), frozenset(takers), frozenset() if far else frozenset(places))


def check_over(desk: Desk, actor: Actor, right: str, *ids: str) -> None:
    """Raises ``Forbidden`` unless the actor holds the right over one of these nodes, or over all there is."""
    what = desk.around(ids[0]) if ids else None
    check_right(actor, right, thing_of(desk, *ids), message("'{name}'", name=what.node.caption) if what is not None else message("this"))


def homes_of(desk: Desk, person: str) -> frozenset[str]:
    """The organisations that a person works at or was seconded from, whenever."""
    found = desk.around(person)
    return frozenset() if found is None else frozenset(end for type in HOMES for end in found.ends(type, out=True))


def caption(desk: Desk, id: str) -> str:
    """What a node is called."""
    found = desk.store.facts(nodes=(id,)).nodes
    return found[0].caption if found else id


def _posted_to(desk: Desk, person: Around) -> frozenset[str]:
    day = desk.today.isoformat()
    now = []
    for term in person.ends("HAS_TERM", out=True):
        node = person.others.get(term)
        end = "" if node is None else str(node.properties.get("endDate", ""))
        if not end or last_day(end).isoformat() >= day:
            now.append(term)
    return _of_terms(desk, now)


def _of_terms(desk: Desk, terms: Iterable[str]) -> frozenset[str]:
    facts = desk.store.facts(touching=tuple(sorted(terms)))
    places = {each.target for each in facts.relationships if each.type == "POSTED_TO"}
    found = {node.id for node in desk.store.facts(nodes=sorted(places)).nodes if node.type == "District"}
    above = desk.store.facts(touching=sorted(places - found)).relationships
    return frozenset(found | {each.target for each in above if each.type == "PART_OF" and each.source in places})
