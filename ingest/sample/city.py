"""The city as it is before any file is written: frozen records that point at each other by number (their place in the city's tuples).

Dates are ISO text, a month (``2020-08``) or a day (``2020-09-01``). Sums are in 万元.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CITY_UNION = "扬州市总工会"
ACCEPTED_STATES = ("已接单", "对接中", "已签约", "实施中", "已完成")
SIGNED_STATES = ("已签约", "实施中", "已完成")


@dataclass(frozen=True, slots=True)
class Topic:
    """What an expert works on and what a need asks for: a subject and what is done to it, both in their first wording."""

    field: str
    subject: str
    aspect: str


@dataclass(frozen=True, slots=True)
class Expert:
    """A member of any batch. ``directions`` words the ``topics`` in step; officials of agencies may have none."""

    number: int
    name: str
    organisation: str
    kind: str
    title: str
    topics: tuple[Topic, ...]
    directions: tuple[str, ...]
    phone: str


@dataclass(frozen=True, slots=True)
class Term:
    """One secondment: a row of the roster. ``start`` and ``end`` are months, both inclusive."""

    expert: int
    batch: int
    district: str
    post: str
    leader: bool
    start: str
    end: str

    def covers(self, day: str) -> bool:
        """Whether the month of this day lies in the term."""
        return self.start <= day[:7] <= self.end


@dataclass(frozen=True, slots=True)
class Enterprise:
    """An account of the platform. ``former_name`` was its name until ``renamed_on``; both are empty where nothing changed."""

    number: int
    name: str
    uscc: str
    field: str
    industry: str
    district: str
    town: str
    contact: str
    phone: str
    former_name: str = ""
    renamed_on: str = ""

    def name_on(self, day: str) -> str:
        """What it was called then."""
        return self.former_name if self.former_name and day < self.renamed_on else self.name


@dataclass(frozen=True, slots=True)
class Honoured:
    """A model worker who leads a studio."""

    name: str
    honour: str
    level: str
    year: int


@dataclass(frozen=True, slots=True)
class Member:
    """A further member of a studio."""

    name: str
    trade: str
    skill: str
    joined: str


@dataclass(frozen=True, slots=True)
class Studio:
    """A model-worker studio. ``union`` keeps its books: a district's or the city's own."""

    number: int
    name: str
    enterprise: int
    union: str
    founded: str
    level: str
    leaders: tuple[Honoured, ...]
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An expert takes up a need."""

    expert: int
    on: str


@dataclass(frozen=True, slots=True)
class Need:
    """A posted need. ``kind`` is 技术 or 人才; ``due`` and ``budget`` may be unknown (empty, ``None``)."""

    number: str
    enterprise: int
    name: str
    kind: str
    field: str
    topic: Topic
    state: str
    budget: int | None
    posted: str
    due: str
    acceptances: tuple[Acceptance, ...]


@dataclass(frozen=True, slots=True)
class Achievement:
    """A result of an expert (``owners``, all of ``organisation``). ``taken_up_by`` is the enterprise that uses it."""

    name: str
    owners: tuple[int, ...]
    organisation: str
    discipline: str
    trl: int
    patent: str
    completed: str
    taken_up_by: int | None
    taken_up_on: str


@dataclass(frozen=True, slots=True)
class Innovation:
    """A result of a studio's own worker, used in the own works or not."""

    name: str
    worker: str
    studio: int
    trl: int
    completed: str
    transformed_on: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """With a ``studio`` and no enterprise: a co-building agreement (共建), its other side the expert himself. Else between an enterprise
    and ``institution``, brought about by the expert."""

    number: str
    kind: str
    expert: int
    enterprise: int | None
    studio: int | None
    institution: str
    need: str
    signed: str
    valid_to: str
    contract: int | None
    paid: int | None
    demonstration: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """A consultation of a pair (``studio``) or a visit to an enterprise."""

    date: str
    town: str
    expert: int
    worker: str
    studio: int | None
    enterprise: int
    kind: str
    result: str


@dataclass(frozen=True, slots=True)
class Training:
    """``trainees`` are named members, else ``heads`` counts them. ``expert`` taught, or one of the studio's own (``mentor``)."""

    studio: int
    kind: str
    mentor: str
    expert: int | None
    trainees: tuple[str, ...]
    heads: int
    date: str
    certificate: str

    @property
    def person_times(self) -> int:
        return len(self.trainees) or self.heads


@dataclass(frozen=True, slots=True)
class Project:
    """An innovation project under review. ``score`` is the mean of its reviewers'."""

    name: str
    studio: int
    score: float
    reviewers: tuple[int, ...]
    funding: float
    year: int
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkUpdate:
    """A notice of the platform on one expert at one enterprise."""

    title: str
    date: str
    district: str
    text: str
    expert: int
    enterprise: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """A yearly figure. ``done`` is ``None`` where nobody counted; a share has its numerator and denominator."""

    year: int
    name: str
    target: float | None
    done: float | None
    district: str
    unit: str
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """An expert who alone links each of these enterprises to any university."""

    expert: int
    enterprises: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Plants:
    """What was put into the city to be found again."""

    bridges: tuple[Bridge, ...]
    isolated_studios: tuple[int, ...]
    unreachable_needs: tuple[str, ...]
    renamed: tuple[int, ...]
    homonyms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class City:
    """Everything. ``reference_date`` is the day on which the files were written."""

    seed: int
    scale: float
    reference_date: str
    experts: tuple[Expert, ...]
    terms: tuple[Term, ...]
    enterprises: tuple[Enterprise, ...]
    studios: tuple[Studio, ...]
    needs: tuple[Need, ...]
    achievements: tuple[Achievement, ...]
    innovations: tuple[Innovation, ...]
    agreements: tuple[Agreement, ...]
    meetings: tuple[Meeting, ...]
    trainings: tuple[Training, ...]
    projects: tuple[Project, ...]
    updates: tuple[WorkUpdate, ...]
    indicators: tuple[Indicator, ...]
    plants: Plants

    def fits(self, need: Need) -> dict[int, int]:
        """The truth for matching: expert number → 2 (works on just that topic) or 1 (on the same subject); others do not fit."""
        grades: dict[int, int] = {}
        for expert in self.experts:
            same_subject = [topic for topic in expert.topics if (topic.field, topic.subject) == (need.topic.field, need.topic.subject)]
            if same_subject:
                grades[expert.number] = 2 if need.topic in same_subject else 1
        return grades


def terms_by_expert(terms: tuple[Term, ...]) -> Mapping[int, tuple[Term, ...]]:
    """The terms of each expert, the earliest first."""
    found: dict[int, list[Term]] = {}
    for term in terms:
        found.setdefault(term.expert, []).append(term)
    return {expert: tuple(sorted(theirs, key=lambda term: term.start)) for expert, theirs in found.items()}
