"""What a question rests on, and what of it a graph lacks: without it "none" would only mean that nobody loaded it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cooperation.ties import ties_that_end, ties_to_organisations
from cooperation.world import World, text
from graph.ontology.schema import Label, Ontology


class Kind(StrEnum):
    """What is asked for: nodes or relationships of a type, or ties of people, whatever their type."""

    TYPES = "types"
    TIES = "ties"
    ENDING_TIES = "ending-ties"


@dataclass(frozen=True, slots=True)
class Requirement:
    """Nodes or relationships of one of ``types`` (of ties: examples of what would do). Without an ``essential`` one there is no answer;
    without another there is one that says what it took for none. ``unless`` names a parameter that, given, does without."""

    types: tuple[str, ...]
    kind: Kind = Kind.TYPES
    essential: bool = True
    unless: str = ""

    def met(self, world: World) -> bool:
        """Whether there is any."""
        if self.kind is Kind.TIES:
            return any(True for _ in ties_to_organisations(world))
        if self.kind is Kind.ENDING_TIES:
            return any(True for _ in ties_that_end(world)) or any(text(term, "endDate") for term in world.nodes("Secondment"))
        return any(_there(world, type) for type in self.types)

    def label(self, ontology: Ontology) -> Label:
        """What people read."""
        if self.kind is Kind.TIES:
            return Label("人员与单位之间的关系（任职、挂职等）", "ties of people to organisations (employments, secondments, …)")
        if self.kind is Kind.ENDING_TIES:
            return Label("有截止日期的人员关系（任职、挂职等）", "ties of people with an end date (employments, secondments, …)")
        labels = [_label(ontology, type) for type in self.types]
        return Label("或".join(label.zh for label in labels), " or ".join(label.en for label in labels))


def _label(ontology: Ontology, type: str) -> Label:
    known = ontology.node_types.get(type) or ontology.relationship_types.get(type)
    return known.label if known is not None else Label(type, type)


def _there(world: World, type: str) -> bool:
    if type in world.ontology.relationship_types:
        return next(iter(world.links(type)), None) is not None
    return bool(world.nodes(type))


def requires(*types: str, unless: str = "") -> Requirement:
    """There is no answer without one of these types."""
    return Requirement(types, unless=unless)


def draws_on(*types: str) -> Requirement:
    """Without one of these types the answer says what it took for none."""
    return Requirement(types, essential=False)


TIES = Requirement(("EMPLOYED_BY", "SECONDED_FROM", "MEMBER_OF"), Kind.TIES)
ENDING_TIES = Requirement(("EMPLOYED_BY", "SECONDED_FROM", "MEMBER_OF"), Kind.ENDING_TIES)


def lacking(world: World, requirements: Iterable[Requirement]) -> list[Requirement]:
    """Those that the graph does not meet, the essential first."""
    return sorted((each for each in requirements if not each.met(world)), key=lambda each: not each.essential)
