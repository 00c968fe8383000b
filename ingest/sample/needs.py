"""The posted needs, and the experts who accept them.

Every acceptance fits: the expert works on the need's subject or, where nobody else is free, in its field."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.sample.city import ACCEPTED_STATES, Acceptance, Enterprise, Expert, Need, Topic, terms_by_expert
from ingest.sample.days import between, shifted
from ingest.sample.distribution import apportion, distribution, pools, stream
from ingest.sample.enterprises import TALENT, Firmament
from ingest.sample.people import Team
from ingest.sample.topics import HERO_TOPIC, draw_topic, niche_topic, worded

HERO_NEED = "轻量化焊接"
UNREACHABLE_STATE = "已发布"
BRIDGE_STATES = ("已接单", "对接中")
MOST_SOLE_FIRMS = 2
"""How many firms an expert who is no bridge may link alone."""

MOST_WEIGHED = 240
"""How many experts are weighed for one need, so that large cities are made in linear time."""

POSTED = {
    "待审核": ("2020-08-25", "2020-09-09"),
    "已发布": ("2020-03-01", "2020-09-08"),
    "已接单": ("2020-06-01", "2020-08-20"),
    "对接中": ("2020-01-05", "2020-08-10"),
    "已签约": ("2019-06-01", "2020-05-31"),
    "实施中": ("2019-01-05", "2020-02-28"),
    "已完成": ("2018-09-01", "2019-11-30"),
    "撤回": ("2018-09-01", "2020-08-10"),
    "过期": ("2018-09-01", "2019-11-30"),
}
"""When needs were posted that stand in a state on the reference date (the platform opened in September 2018)."""

BRIDGE_POSTED = ("2020-07-15", "2020-08-12")


@dataclass(slots=True)
class _Draft:
    """A need while it is being made. ``only`` is the one expert who may accept it; ``firm_field`` the field of its enterprise."""

    enterprise: int
    field: str
    firm_field: str
    state: str = ""
    only: int | None = None
    niche: bool = False
    topic: Topic | None = None
    name: str = ""
    posted: str = ""
    acceptances: list[Acceptance] = dataclasses.field(default_factory=list)


def make_needs(seed: int, team: Team, firms: Firmament) -> tuple[Need, ...]:
    """All needs, numbered in the order in which they were posted."""
    random_numbers = stream(seed, "needs")
    drafts = _drafts(firms, team)
    _give_states(random_numbers, drafts)
    for draft in drafts:
        draft.posted = between(random_numbers, *(BRIDGE_POSTED if draft.only is not None else POSTED[draft.state]))
    matching = _Matching(random_numbers, team)
    for draft in drafts:
        matching.give_topic(draft)
    matching.thin_out(drafts, len(firms.enterprises))
    _name(random_numbers, drafts)
    drafts.sort(key=lambda draft: (draft.posted, draft.enterprise, draft.name))
    width = len(str(len(drafts)))
    return tuple(_finished(random_numbers, draft, f"XQ-{number:0{width}d}") for number, draft in enumerate(drafts, start=1))


def _drafts(firms: Firmament, team: Team) -> list[_Draft]:
    only = {firm: expert for expert, bridged in zip(team.bridges, firms.parts.bridged, strict=True) for firm in bridged}
    return [
        _Draft(firm, each, firms.enterprises[firm].field, only=only.get(firm), niche=firm in firms.parts.unreachable)
        for firm, needs in enumerate(firms.fields_of_needs)
        for each in needs
    ]


def _give_states(random_numbers: random.Random, drafts: Sequence[_Draft]) -> None:
    """The exact mix of states: parts first, the others by chance."""
    counts = distribution().need_states
    left = Counter(dict(zip(counts, apportion(list(counts.values()), len(drafts)), strict=True)))
    for draft in drafts:
        if draft.niche:
            draft.state = UNREACHABLE_STATE
        elif draft.only is not None:
            draft.state = random_numbers.choice([state for state in BRIDGE_STATES if left[state] > 0])
        left[draft.state] -= bool(draft.state)
    deck = [state for state in counts for _ in range(left[state])]
    random_numbers.shuffle(deck)
    for draft in drafts:
        draft.state = draft.state or deck.pop()


class _Matching:
    """Who accepts what. Keeps the load of each expert, so that work spreads, and sees to it that homonyms accept something."""

    def __init__(self, random_numbers: random.Random, team: Team) -> None:
        self._random = random_numbers
        self._experts = team.experts
        self._terms = terms_by_expert(team.terms)
        self._load: Counter[int] = Counter()
        self._by_field: dict[str, list[Expert]] = {}
        self._by_subject: dict[tuple[str, str], list[Expert]] = {}
        for expert in team.experts:
            if expert.topics and expert.number not in team.bridges:
                self._by_field.setdefault(expert.topics[0].field, []).append(expert)
                for subject in dict.fromkeys((topic.field, topic.subject) for topic in expert.topics):
                    self._by_subject.setdefault(subject, []).append(expert)
        self._waiting = {number for pair in team.homonyms for number in pair}

    def give_topic(self, draft: _Draft) -> None:
        """What the need is about and, where its state says so, who took it up."""
        name = draft.firm_field if draft.field == TALENT else draft.field
        if draft.niche:
            draft.topic = niche_topic(self._random, name)
        elif draft.only is not None:
            self._give_to_bridge(draft, self._experts[draft.only])
        elif draft.state in ACCEPTED_STATES:
            self._give_to_some(draft, name)
        else:
            draft.topic = draw_topic(self._random, name)

    def _give_to_bridge(self, draft: _Draft, expert: Expert) -> None:
        draft.topic = self._random.choice([topic for topic in expert.topics if topic != HERO_TOPIC])
        start = max(shifted(draft.posted, 2), f"{self._terms[expert.number][0].start}-10")
        draft.acceptances.append(Acceptance(expert.number, between(self._random, start, "2020-09-07")))

    def _give_to_some(self, draft: _Draft, name: str) -> None:
        """The first taker decides the topic; one or two more join whose subject it is."""
        day = self._accepted_on(draft.posted)
        first = self._choose(self._by_field[name], day)
        draft.topic = self._random.choice(first.topics)
        self._accept(draft, first, day)
        more = self._random.choices((0, 1, 2), (60, 30, 10))[0]
        for _ in range(more):
            self._join(draft, self._by_subject[draft.topic.field, draft.topic.subject])

    def _accepted_on(self, posted: str) -> str:
        return min(shifted(posted, self._random.randint(3, 45)), "2020-09-08")

    def _accept(self, draft: _Draft, expert: Expert, day: str) -> None:
        self._load[expert.number] += 1
        self._waiting.discard(expert.number)
        draft.acceptances.append(Acceptance(expert.number, day))

    def _join(self, draft: _Draft, able: Sequence[Expert]) -> bool:
        taken = {acceptance.expert for acceptance in draft.acceptances}
        day = self._accepted_on(draft.posted)
        names = {self._experts[number].name for number in taken}
        free = [expert for expert in able if expert.name not in names and self._terms[expert.number][0].start < day[:7]]
        if not free:
            return False
        self._accept(draft, self._choose(free, day, draft.topic), day)
        return True

    def _choose(self, able: Sequence[Expert], day: str, topic: Topic | None = None) -> Expert:
        """One of the able who has come by then: those in office count most, those with the very topic more, the burdened less."""
        if self._waiting:
            waiting = [expert for expert in able if expert.number in self._waiting and self._terms[expert.number][0].start <= day[:7]]
            if waiting:
                return waiting[0]
        if len(able) > MOST_WEIGHED:
            able = self._random.sample(able, MOST_WEIGHED)
        come = [expert for expert in able if self._terms[expert.number][0].start <= day[:7]] or list(able)
        return self._random.choices(come, [self._weight(expert, day, topic) for expert in come])[0]

    def _weight(self, expert: Expert, day: str, topic: Topic | None) -> float:
        in_office = any(term.covers(day) for term in self._terms[expert.number])
        return (8.0 if in_office else 1.0) * (3.0 if topic in expert.topics else 1.0) / (1 + self._load[expert.number])

    def thin_out(self, drafts: Sequence[_Draft], firms: int) -> None:
        """Brings another university expert to a firm of one who alone links more than ``MOST_SOLE_FIRMS``: no unplanned bridges."""
        by_firm: list[list[_Draft]] = [[] for _ in range(firms)]
        for draft in drafts:
            by_firm[draft.enterprise].append(draft)
        alone: Counter[int] = Counter()
        for needs in by_firm:
            links = {a.expert for need in needs for a in need.acceptances if need.only is None and self._experts[a.expert].kind == "高校"}
            if len(links) != 1:
                continue
            (sole,) = links
            alone[sole] += 1
            if alone[sole] > MOST_SOLE_FIRMS:
                self._bring_another(next(need for need in needs if need.acceptances), alone, sole)

    def _bring_another(self, draft: _Draft, alone: Counter[int], sole: int) -> None:
        assert draft.topic is not None
        for able in (self._by_subject[draft.topic.field, draft.topic.subject], self._by_field[draft.topic.field]):
            if self._join(draft, [expert for expert in able if expert.kind == "高校" and expert.number != sole]):
                alone[sole] -= 1
                return
        raise ValueError(f"nobody can join the need of firm {draft.enterprise}")


def _name(random_numbers: random.Random, drafts: Sequence[_Draft]) -> None:
    words = pools()
    for draft in drafts:
        assert draft.topic is not None
        phrase = worded(random_numbers, draft.topic)
        draft.name = phrase + random_numbers.choice(words.talent_needs if draft.field == TALENT else words.need_suffixes)
    hero = next(draft for draft in drafts if draft.enterprise == 0)
    hero.topic, hero.name = HERO_TOPIC, HERO_NEED


def _finished(random_numbers: random.Random, draft: _Draft, number: str) -> Need:
    assert draft.topic is not None
    budget = random_numbers.choice((10, 15, 20, 30, 50, 80, 100, 150, 200)) if random_numbers.random() < 0.8 else None
    due = shifted(draft.posted, random_numbers.randint(90, 280))
    if draft.state not in ("过期", "已完成"):
        due = max(due, between(random_numbers, "2020-10-01", "2021-03-31"))
    return Need(
        number,
        draft.enterprise,
        draft.name,
        "人才" if draft.field == TALENT else "技术",
        draft.field,
        draft.topic,
        draft.state,
        budget,
        draft.posted,
        due,
        tuple(draft.acceptances),
    )


def with_renamings(firms: Firmament, needs: Sequence[Need]) -> tuple[Enterprise, ...]:
    """The enterprises, each renamed one with its day: after its first need was posted, and before the last where they differ."""
    enterprises = list(firms.enterprises)
    for number in firms.parts.renamed:
        posted = sorted(need.posted for need in needs if need.enterprise == number)
        span = (date.fromisoformat(posted[-1]) - date.fromisoformat(posted[0])).days
        enterprises[number] = replace(enterprises[number], renamed_on=shifted(posted[0], max(1, span // 2)))
    return tuple(enterprises)
