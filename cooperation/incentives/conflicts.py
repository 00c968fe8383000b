"""Conflicts of interest: what a reviewer shares with those whose project they would judge.

Employer, studio, team and agreement count, whenever it was: who once worked there is not asked to judge either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cooperation.acting import Desk
from cooperation.surroundings import Surroundings, is_a, sources, targets
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
    found = conflicts(desk.surroundings(), reviewer, project)
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
    homes = set(targets(around, person, *HOMES))
    paired = set(sources(around, person, "PAIRED_WITH"))
    member = set(targets(around, person, "MEMBER_OF", "LEADS"))
    studios = {each for each in member if is_a(around, each, "Studio")}
    teams = {team for term in targets(around, person, "HAS_TERM") for team in targets(around, term, "IN_TEAM")}
    firms = {firm for studio in studios for firm in targets(around, studio, "BASED_AT")}
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
    runs = targets(around, project, "RUN_BY")
    part = sources(around, project, "PARTICIPATES_IN", "PRINCIPAL_INVESTIGATOR_OF")
    circle = Circle(agreements=frozenset(_agreements(around, project)))
    for end in sorted({*runs, *part}):
        if is_a(around, end, "Person"):
            circle = circle.joined(circle_of_person(around, end))
        elif is_a(around, end, "Studio"):
            circle = circle.joined(_circle_of_studio(around, end))
        else:
            circle = circle.joined(_circle_of_organisation(around, end))
    return circle


def _circle_of_studio(around: Surroundings, studio: str) -> Circle:
    own = sources(around, studio, "LEADS", "MEMBER_OF")
    circle = Circle(frozenset(own), frozenset(), frozenset({studio}), frozenset(), frozenset(_agreements(around, studio)))
    for firm in targets(around, studio, "BASED_AT"):
        circle = circle.joined(_circle_of_organisation(around, firm))
    for person in targets(around, studio, "PAIRED_WITH"):
        circle = circle.joined(circle_of_person(around, person))
    return circle


def _circle_of_organisation(around: Surroundings, organisation: str) -> Circle:
    return Circle(employers=frozenset(_with_parents(around, {organisation})), agreements=frozenset(_agreements(around, organisation)))


def _agreements(around: Surroundings, id: str) -> Iterable[str]:
    return sources(around, id, "BETWEEN", "SIGNED_BY", "COVERS")


def _with_parents(around: Surroundings, organisations: Iterable[str]) -> set[str]:
    """A department's university is the employer too."""
    known = set(organisations)
    return known | {parent for organisation in known for parent in targets(around, organisation, "UNIT_OF")}
