"""The numbers and the words of the city: read once from the two YAML files of this package, checked, frozen.

``scale`` multiplies every count; ``apportion`` shares a scaled total out so that parts always sum to it exactly.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict

from graph.errors import QueryProblem
from graph.messages import message

LEAST_SCALE, MOST_SCALE = 0.1, 40.0


def _words(value: object) -> object:
    return value.split() if isinstance(value, str) else value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]
Wordings = tuple[tuple[str, str], ...]


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class District(_Frozen):
    """One of the nine areas, with its counts at scale 1."""

    name: str
    short: str
    code: str
    seconded: int
    studios: int
    accounts: int
    needs: int
    towns: tuple[str, ...]


class Batch(_Frozen):
    """A batch of seconded experts; ``arrives`` is a month."""

    number: int
    members: int
    arrives: str


class Organisation(_Frozen):
    """A home organisation. ``kind`` is 高校, 科研院所 or 机关."""

    name: str
    kind: str
    jiangsu: bool


class Members(_Frozen):
    total: int
    least: int
    most: int


class Achievements(_Frozen):
    owners: int
    most: int
    trl: Mapping[str, int]


class Innovations(_Frozen):
    year: int
    completed: int
    transformed: int


class Pairs(_Frozen):
    total: int
    demonstration: int
    least_meetings: int
    most_meetings: int


class TrainingCounts(_Frozen):
    person_times: int
    most: int


class PlantCounts(_Frozen):
    bridges: tuple[int, ...]
    isolated_studios: int
    unreachable_needs: int
    renamed_enterprises: int
    homonym_pairs: int
    duplicates: int


class Distribution(_Frozen):
    """``distribution.yaml``."""

    reference_date: str
    districts: tuple[District, ...]
    studios_of_the_city: int
    batches: tuple[Batch, ...]
    persons_with_two_terms: int
    second_year_share: float
    zipf_exponent: float
    model_workers: Mapping[str, int]
    studio_members: Members
    accounts: int
    needs_per_account: Mapping[int, int]
    need_fields: Mapping[str, int]
    need_states: Mapping[str, int]
    achievements: Achievements
    worker_innovations: Innovations
    agreements_per_term: float
    pairs: Pairs
    visits: int
    training: TrainingCounts
    projects: int
    work_updates: int
    targets: Mapping[str, float]
    plants: PlantCounts
    organisations: tuple[Organisation, ...]

    def district(self, name: str) -> District:
        """The district of this full name."""
        return next(each for each in self.districts if each.name == name)


class FieldPool(_Frozen):
    """The vocabulary of one field. ``objects`` and ``aspects`` are pairs of wordings that mean the same; the first stands for both."""

    disciplines: tuple[str, ...]
    objects: Wordings
    aspects: Wordings
    niche: tuple[str, str]
    firms: Wordings


class Pools(_Frozen):
    """``pools.yaml``."""

    surnames: Words
    polyphones: tuple[str, ...]
    given_marks: str
    given_second: str
    firm_marks: tuple[str, ...]
    firm_brands: Words
    contacts: tuple[str, ...]
    fields: Mapping[str, FieldPool]
    need_suffixes: tuple[str, ...]
    talent_needs: tuple[str, ...]
    achievement_modifiers: tuple[str, ...]
    achievement_forms: tuple[str, ...]
    innovation_subjects: tuple[str, ...]
    innovation_verbs: tuple[str, ...]
    titles: Mapping[str, tuple[str, ...]]
    town_posts: tuple[str, ...]
    street_posts: tuple[str, ...]
    park_posts: tuple[str, ...]
    trades: tuple[str, ...]
    skills: tuple[str, ...]
    honours: Mapping[str, tuple[str, ...]]
    meeting_kinds: tuple[str, ...]
    meeting_results: tuple[str, ...]
    flags: tuple[str, ...]


def _read(name: str) -> object:
    return yaml.safe_load(files("ingest.sample").joinpath(name).read_text(encoding="utf-8"))


@cache
def distribution() -> Distribution:
    """The counts at scale 1."""
    return Distribution.model_validate(_read("distribution.yaml"))


@cache
def pools() -> Pools:
    """The words."""
    return Pools.model_validate(_read("pools.yaml"))


def check_scale(scale: float) -> None:
    """Raises ``QueryProblem`` unless the city can be made at this scale."""
    if not LEAST_SCALE <= scale <= MOST_SCALE:
        raise QueryProblem(
            message("The city cannot be made at scale {scale}.", scale=scale),
            hint=message("Give a scale from {least_scale} to {most_scale:g}.", least_scale=LEAST_SCALE, most_scale=MOST_SCALE),
            where={"parameter": "scale"},
        )


def stream(seed: int, part: str) -> random.Random:
    """The random numbers of one part of the city, so that a change in one part leaves the others as they were."""
    return random.Random(f"{seed}/{part}")


def scaled(count: float, scale: float, least: int = 0) -> int:
    """``count`` at a scale, rounded half up, at least ``least``."""
    return max(least, int(count * scale + 0.5 + 1e-9))


def apportion(weights: Sequence[float], total: int, least: int = 0) -> list[int]:
    """Whole numbers in proportion to the weights, summing to ``total`` (largest remainder); each at least ``least`` where that can be."""
    if least * len(weights) > total:
        least = 0
    spare, whole = total - least * len(weights), sum(weights)
    shares = [weight * spare / whole for weight in weights]
    counts = [int(share) for share in shares]
    order = sorted(range(len(weights)), key=lambda i: (counts[i] - shares[i], i))
    for i in order[: spare - sum(counts)]:
        counts[i] += 1
    return [count + least for count in counts]


def drawn_to_sum(draws: Sequence[float], total: int, least: int, most: int) -> list[int]:
    """Random sizes made whole, kept between ``least`` and ``most``, and moved evenly until they sum to ``total``."""
    mean = sum(draws) / len(draws)
    sizes = [min(most, max(least, round(draw * total / len(draws) / mean))) for draw in draws]
    place = 0
    while (gap := total - sum(sizes)) != 0:
        step = 1 if gap > 0 else -1
        moved = False
        for _ in range(len(sizes)):
            if gap == 0:
                break
            if least <= sizes[place] + step <= most:
                sizes[place] += step
                gap -= step
                moved = True
            place = (place + 1) % len(sizes)
        if not moved:
            raise ValueError(f"{len(sizes)} sizes between {least} and {most} cannot sum to {total}")
    return sizes
