"""Conflicts of interest: what a reviewer shares with those whose project they would judge.

Employer, studio, team and agreement count, whenever it was: who once worked there is not asked to judge either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cooperation.acting import Desk
from cooperation.surroundings import DeskSurroundings, Surroundings
from cooperation.things import HOMES
from graph.errors import RuleBroken
from graph.messages import message
from graph.ontology.schema import Label

EMPLOYER, STUDIO, TEAM, AGREEMENT, OWN = "employer", "studio", "team", "agreement", "own project"
_KINDS = {
    EMPLOYER: Label("单位", "employer"),
    STUDIO: Label("工作室", "studio"),
    TEAM: Label("团队", "team"),
    AGREEMENT: Label("协议", "agreement"),
    OWN: Label("本人项目", "own project"),
}


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


def conflicts(around: Surroundings, reviewer: str, project: str) -> tuple[Conflict, ...]:
    """All that speaks against this reviewer for this project; empty means nothing does."""
    return shared(circle_of_person(around, reviewer), circle_of_project(around, project), project)


def shared(theirs: Circle, judged: Circle, project: str) -> tuple[Conflict, ...]:
    """What a reviewer's circle has in common with a project's."""
    return (
        *(Conflict(OWN, project) for _ in range(bool(theirs.people & judged.people))),
        *(Conflict(EMPLOYER, each) for each in sorted(theirs.employers & judged.employers)),
        *(Conflict(STUDIO, each) for each in sorted(theirs.studios & judged.studios)),
        *(Conflict(TEAM, each) for each in sorted(theirs.teams & judged.teams)),
        *(Conflict(AGREEMENT, each) for each in sorted(theirs.agreements & judged.agreements)),
    )


def check_no_conflict(desk: Desk, reviewer: str, project: str, parameter: str) -> None:
    """Raises ``RuleBroken`` that names what is shared."""
    found = conflicts(DeskSurroundings(desk), reviewer, project)
    if found:
        names = {node.id: node.caption for node in desk.store.facts(nodes=[each.shared for each in found]).nodes}
        told = [message("{kind} '{name}'", kind=_KINDS[each.kind], name=names.get(each.shared, each.shared)) for each in found[:5]]
        raise RuleBroken(
            message("Conflict of interest: the reviewer and the project share {shared}.", shared=told),
            rule="incentive.conflict",
            hint=message("Choose a reviewer without one."),
            where={"parameter": parameter},
        )


def circle_of_person(around: Surroundings, person: str) -> Circle:
    """Where a person works or worked, their studios (paired ones too), teams and agreements."""
    homes = {end for type in HOMES for end in around.ends(person, type, out=True)}
    paired = set(around.ends(person, "PAIRED_WITH", out=False))
    member = {end for type in ("MEMBER_OF", "LEADS") for end in around.ends(person, type, out=True)}
    studios = {each for each in member if around.type_of(each) == "Studio"}
    teams = {team for term in around.ends(person, "HAS_TERM", out=True) for team in around.ends(term, "IN_TEAM", out=True)}
    firms = {firm for studio in studios for firm in around.ends(studio, "BASED_AT", out=True)}
    return Circle(
        frozenset({person}),
        frozenset(_with_parents(around, homes | firms)),
        frozenset(studios | paired),
        frozenset(teams | (member - studios)),
        frozenset(_agreements(around, person)),
    )


def circle_of_project(around: Surroundings, project: str) -> Circle:
    """The same of a project: of the studios and organisations that run it or take part, and of the experts who work in it or are paired
    with its studios."""
    runs = around.ends(project, "RUN_BY", out=True)
    part = {end for type in ("PARTICIPATES_IN", "PRINCIPAL_INVESTIGATOR_OF") for end in around.ends(project, type, out=False)}
    circle = Circle(agreements=frozenset(_agreements(around, project)))
    for end in sorted({*runs, *part}):
        type = around.type_of(end)
        if type == "Person":
            circle = circle.joined(circle_of_person(around, end))
        elif type == "Studio":
            circle = circle.joined(_circle_of_studio(around, end))
        else:
            circle = circle.joined(_circle_of_organisation(around, end))
    return circle


def _circle_of_studio(around: Surroundings, studio: str) -> Circle:
    own = {end for type in ("LEADS", "MEMBER_OF") for end in around.ends(studio, type, out=False)}
    circle = Circle(frozenset(own), frozenset(), frozenset({studio}), frozenset(), frozenset(_agreements(around, studio)))
    for firm in around.ends(studio, "BASED_AT", out=True):
        circle = circle.joined(_circle_of_organisation(around, firm))
    for person in around.ends(studio, "PAIRED_WITH", out=True):
        circle = circle.joined(circle_of_person(around, person))
    return circle


def _circle_of_organisation(around: Surroundings, organisation: str) -> Circle:
    return Circle(employers=frozenset(_with_parents(around, {organisation})), agreements=frozenset(_agreements(around, organisation)))


def _agreements(around: Surroundings, id: str) -> Iterable[str]:
    return {end for type in ("BETWEEN", "SIGNED_BY", "COVERS") for end in around.ends(id, type, out=False)}


def _with_parents(around: Surroundings, organisations: Iterable[str]) -> set[str]:
    """A department's university is the employer too."""
    known = set(organisations)
    return known | {parent for each in known for parent in around.ends(each, "UNIT_OF", out=True)}
