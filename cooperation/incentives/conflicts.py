"""Conflicts of interest: what a reviewer shares with those whose project they would judge.

Employer, studio, team and agreement count, whenever it was: who once worked there is not asked to judge either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cooperation.acting import Around, Desk
from cooperation.things import HOMES
from graph.errors import RuleBroken

EMPLOYER, STUDIO, TEAM, AGREEMENT, OWN = "employer", "studio", "team", "agreement", "own project"


@dataclass(frozen=True, slots=True)
class Conflict:
    """What is shared (``employer``, ``studio``, ``team``, ``agreement``, ``own project``) and the node that both have."""

    kind: str
    shared: str


@dataclass(frozen=True, slots=True)
class Circle:
    """The people, employers, studios, teams and agreements around somebody or something, by node ids."""

    people: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()
    studios: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    agreements: frozenset[str] = frozenset()

    def joined(self, other: Circle) -> Circle:
        """Both together."""
        return Circle(
            self.people | other.people,
            self.employers | other.employers,
            self.studios | other.studios,
            self.teams | other.teams,
            self.agreements | other.agreements,
        )


def conflicts(desk: Desk, reviewer: str, project: str) -> tuple[Conflict, ...]:
    """All that speaks against this reviewer for this project; empty means nothing does."""
    theirs, judged = circle_of_person(desk, reviewer), circle_of_project(desk, project)
    found = [
        *(Conflict(OWN, project) for _ in range(reviewer in judged.people)),
        *(Conflict(EMPLOYER, each) for each in sorted(theirs.employers & judged.employers)),
        *(Conflict(STUDIO, each) for each in sorted(theirs.studios & judged.studios)),
        *(Conflict(TEAM, each) for each in sorted(theirs.teams & judged.teams)),
        *(Conflict(AGREEMENT, each) for each in sorted(theirs.agreements & judged.agreements)),
    ]
    return tuple(found)


def check_no_conflict(desk: Desk, reviewer: str, project: str, parameter: str) -> None:
    """Raises ``RuleBroken`` that names what is shared."""
    found = conflicts(desk, reviewer, project)
    if found:
        shared = {node.id: node.caption for node in desk.store.facts(nodes=[each.shared for each in found]).nodes}
        told = "; ".join(f"{each.kind} '{shared.get(each.shared, each.shared)}'" for each in found[:5])
        raise RuleBroken(
            f"A conflict of interest: the reviewer and the project share {told}.",
            rule="incentive.conflict",
            hint="Choose a reviewer without one.",
            where={"parameter": parameter},
        )


def circle_of_person(desk: Desk, person: str) -> Circle:
    """Where a person works or worked, their studios (paired ones too), teams and agreements."""
    found = desk.around(person)
    if found is None:
        return Circle()
    homes = {end for type in HOMES for end in found.ends(type, out=True)}
    member = {*found.ends("MEMBER_OF", out=True), *found.ends("LEADS", out=True), *found.ends("PAIRED_WITH", out=False)}
    studios = {each for each in member if found.others[each].type == "Studio"}
    terms = found.ends("HAS_TERM", out=True)
    teams = {each.target for each in desk.store.facts(touching=terms).relationships if each.type == "IN_TEAM"} if terms else set()
    firms = {firm for studio in studios for firm in _ends(desk, studio, "BASED_AT") if studio not in found.ends("PAIRED_WITH", out=False)}
    return Circle(
        frozenset({person}),
        frozenset(_with_parents(desk, homes | firms)),
        frozenset(studios),
        frozenset(teams | (member - studios)),
        frozenset(_agreements(found)),
    )


def circle_of_project(desk: Desk, project: str) -> Circle:
    """The same of a project: of the studios and organisations that run it or take part, and of the experts who work in it or are paired
    with its studios."""
    found = desk.around(project)
    if found is None:
        return Circle()
    ends = {*found.ends("RUN_BY", out=True), *found.ends("PARTICIPATES_IN", out=False), *found.ends("PRINCIPAL_INVESTIGATOR_OF", out=False)}
    circle = Circle(agreements=frozenset(_agreements(found)))
    for end in sorted(ends):
        type = found.others[end].type
        if type == "Person":
            circle = circle.joined(circle_of_person(desk, end))
        elif type == "Studio":
            circle = circle.joined(_circle_of_studio(desk, end))
        else:
            circle = circle.joined(_circle_of_organisation(desk, end))
    return circle


def _circle_of_studio(desk: Desk, studio: str) -> Circle:
    found = desk.around(studio)
    if found is None:
        return Circle()
    own = {*found.ends("LEADS", out=False), *found.ends("MEMBER_OF", out=False)}
    circle = Circle(frozenset(own), frozenset(), frozenset({studio}), frozenset(), frozenset(_agreements(found)))
    for firm in found.ends("BASED_AT", out=True):
        circle = circle.joined(_circle_of_organisation(desk, firm))
    for person in found.ends("PAIRED_WITH", out=True):
        circle = circle.joined(circle_of_person(desk, person))
    return circle


def _circle_of_organisation(desk: Desk, organisation: str) -> Circle:
    found = desk.around(organisation)
    agreements = frozenset() if found is None else frozenset(_agreements(found))
    return Circle(employers=frozenset(_with_parents(desk, {organisation})), agreements=agreements)


def _agreements(found: Around) -> Iterable[str]:
    return {end for type in ("BETWEEN", "SIGNED_BY", "COVERS") for end in found.ends(type, out=False)}


def _with_parents(desk: Desk, organisations: Iterable[str]) -> set[str]:
    """A department's university is the employer too."""
    known = set(organisations)
    above = {
        each.target for each in desk.store.facts(touching=sorted(known)).relationships if each.type == "UNIT_OF" and each.source in known
    }
    return known | above


def _ends(desk: Desk, id: str, type: str) -> tuple[str, ...]:
    found = desk.around(id)
    return () if found is None else found.ends(type, out=True)
