"""Missing pairs: a field's needs here, a university's strength there, and nothing between; how they could be introduced."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from cooperation.matching.signals import AROUND
from cooperation.needs.moves import OPEN_TO_EXPERTS, state_of
from cooperation.ownership import districts
from cooperation.parameters import node
from cooperation.questions.gaps import broader
from cooperation.questions.lacking import requires
from cooperation.questions.links import DISTRICT
from cooperation.questions.question import Line, Question, QuestionContext, Ref, column, ids, refs
from cooperation.ways import experts, in_place, terms_of, ways
from cooperation.world import World
from graph.model import Relationship
from graph.ontology.schema import Label

CHAIN = (*AROUND, "SECONDED_FROM", "EMPLOYED_BY", "COOPERATES_WITH")
"""Along which relationships one introduces another; hubs are left out."""

STRONG = 2
"""Experts in a field from which a university counts as strong in it."""


def demand(world: World, district: str) -> Mapping[tuple[str, str], list[str]]:
    """Open needs by (field, enterprise)."""
    found: dict[tuple[str, str], list[str]] = {}
    for need in world.nodes("Need"):
        if state_of(need) in OPEN_TO_EXPERTS:
            for field in world.out(need.id, "IN_FIELD"):
                for posted in world.into(need.id, "POSTED"):
                    if not district or district in districts(world, posted.source):
                        found.setdefault((field.target, posted.source), []).append(need.id)
    return found


def strength(world: World, asked: QuestionContext) -> Mapping[str, Mapping[str, dict[str, Relationship]]]:
    """By field, then university: its experts in place who work in the field or below it, or took on needs of it, with the fact."""
    found: dict[str, dict[str, dict[str, Relationship]]] = {}
    for person in experts(world):
        if not in_place(world, person, asked.day):
            continue
        fields: dict[str, Relationship] = {}
        for link in world.out(person, "EXPERT_IN"):
            fields.update(dict.fromkeys(broader(world, link.target), link))
        for link in world.out(person, "ACCEPTED"):
            for other in world.out(link.target, "IN_FIELD"):
                fields.setdefault(other.target, link)
        homes = {home for term in terms_of(world, person) if term.period.covers(asked.day) for home in term.homes}
        for home in homes:
            if world.is_a(world.node(home), "University"):
                for field, link in fields.items():
                    found.setdefault(field, {}).setdefault(home, {})[person] = link
    return found


def chain(world: World, start: str, end: str) -> list[tuple[str, Relationship | None]]:
    """The shortest way from one to the other, the lesser ids first, each node with the relationship that leads to it; empty without one."""
    came: dict[str, tuple[str, Relationship] | None] = {start: None}
    waiting = deque([start])
    while waiting and end not in came:
        id = waiting.popleft()
        for link in sorted(world.touching(id, *CHAIN), key=lambda each: (each.source if each.target == id else each.target, each.id)):
            other = link.target if link.source == id else link.source
            if other not in came:
                came[other] = (id, link)
                waiting.append(other)
    found: list[tuple[str, Relationship | None]] = []
    step: str | None = end if end in came else None
    while step is not None:
        before = came[step]
        found.append((step, before[1] if before else None))
        step = before[0] if before else None
    return found[::-1]


def missing_pairs(asked: QuestionContext) -> list[Line]:
    """Pairs without a way between them (term, expert, need), the most wanted first, with the chain and the first person on it."""
    world, wanted = asked.world, asked.given.text("field")
    met = {(way.home, way.enterprise) for way in ways(world)}
    strong = strength(world, asked)
    found = []
    for (field, firm), needs in demand(world, asked.given.text("district")).items():
        if wanted not in ("", field):
            continue
        for home, people in strong.get(field, {}).items():
            if len(people) >= STRONG and (home, firm) not in met:
                found.append((-len(needs) * len(people), field, firm, home, needs, people))
    lines = []
    for _, field, firm, home, needs, people in sorted(found, key=lambda each: each[:4]):
        steps = chain(world, firm, home)
        introducer = first_person(world, (id for id, _ in steps))
        cells = (Ref(field), Ref(home), len(people), Ref(firm), len(needs), refs([id for id, _ in steps[1:-1]]), introducer)
        lines.append(Line(cells, ids(*needs, *people.values(), *(link for _, link in steps if link is not None))))
    return lines


def first_person(world: World, chain: Iterable[str]) -> Ref | None:
    """Who would introduce: the first person on the way from the enterprise."""
    return next((Ref(id) for id in chain if world.is_a(world.node(id), "Person")), None)


QUESTION = Question(
    0,
    "missing-pairs",
    Label("该牵未牵的线", "Missing pairs"),
    Label(
        "某领域有未结需求的企业与该领域有至少两位在任专家的高校之间没有接单联系：最短引荐链与引荐人",
        "Open needs here, two experts in place or more there, no need taken on between them: the shortest chain and who would introduce",
    ),
    (node("field", "领域", "only this field", "Field", required=False), DISTRICT),
    (
        column("field", "领域", "field"),
        column("university", "高校", "university"),
        column("experts", "在任专家", "experts in place", number=True),
        column("enterprise", "企业", "enterprise"),
        column("needs", "未结需求", "open needs", number=True),
        column("chain", "引荐链", "chain"),
        column("introducer", "引荐人", "who would introduce"),
    ),
    missing_pairs,
    needs=(requires("Need"), requires("IN_FIELD"), requires("HAS_TERM"), requires("EXPERT_IN")),
)
