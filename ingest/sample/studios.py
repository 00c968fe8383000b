"""The model-worker studios: at which firm, led by whom with which honour, and who else belongs to them."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ingest.sample.city import CITY_UNION, Enterprise, Honoured, Member, Studio
from ingest.sample.days import between
from ingest.sample.distribution import apportion, distribution, drawn_to_sum, pools, scaled, stream
from ingest.sample.enterprises import Firmament
from ingest.sample.names import People

MOST_LEADERS = 3
LEVELS = {"全国": "省级示范", "江苏省": "省级", "扬州市": "市级"}


@dataclass(frozen=True, slots=True)
class StudioPlan:
    """All studios, and those that nothing links to any expert."""

    studios: tuple[Studio, ...]
    isolated: tuple[int, ...]


def make_studios(seed: int, scale: float, firms: Firmament, people: People) -> StudioPlan:
    """All studios at a scale, by district, the city's own last."""
    random_numbers = stream(seed, "studios")
    places = _places(random_numbers, scale, firms)
    numbers = distribution()
    leaders = _leaders(random_numbers, scale, len(places), people)
    draws = [random_numbers.expovariate(1 / 2.4) + 1 for _ in places]
    bounds = numbers.studio_members
    sizes = drawn_to_sum(draws, scaled(bounds.total, scale), bounds.least, bounds.most)
    studios = []
    for number, ((firm, union), heads, size) in enumerate(zip(places, leaders, sizes, strict=True)):
        founded = between(random_numbers, "2004-05-01", "2020-03-31")[:7]
        level = LEVELS[min((head.level for head in heads), key=list(LEVELS).index)]
        members = tuple(_member(random_numbers, people, founded) for _ in range(size))
        studios.append(Studio(number, f"{heads[0].name}劳模创新工作室", firm, union, founded, level, heads, members))
    isolated = {firm: number for number, (firm, _) in enumerate(places) if firm in firms.parts.isolated}
    return StudioPlan(tuple(studios), tuple(sorted(isolated.values())))


def _places(random_numbers: random.Random, scale: float, firms: Firmament) -> list[tuple[int, str]]:
    """Firm and union of each studio. Firms cast as isolated host one each, other quiet firms none; a firm hosts two only where a district
    has more studios than firms."""
    numbers = distribution()
    total = scaled(sum(d.studios for d in numbers.districts) + numbers.studios_of_the_city, scale)
    *shares, of_the_city = apportion([*(d.studios for d in numbers.districts), numbers.studios_of_the_city], total)
    quiet = firms.parts.quiet
    hosts: dict[str, list[Enterprise]] = {}
    for enterprise in firms.enterprises:
        if enterprise.number not in quiet:
            hosts.setdefault(enterprise.district, []).append(enterprise)
    for able in hosts.values():
        random_numbers.shuffle(able)
    everywhere = [enterprise for able in hosts.values() for enterprise in able]
    places: list[tuple[int, str]] = []
    for district, count in zip(numbers.districts, shares, strict=True):
        cast = [number for number in firms.parts.isolated if firms.enterprises[number].district == district.name]
        able = hosts.get(district.name) or everywhere
        chosen = [*cast, *(able[place % len(able)].number for place in range(max(0, count - len(cast))))][: max(count, len(cast))]
        places += [(firm, f"{district.name}总工会") for firm in chosen]
    places = places[: total - of_the_city] if len(places) > total - of_the_city else places
    hosting = {firm for firm, _ in places}
    free = [enterprise.number for enterprise in everywhere if enterprise.number not in hosting]
    random_numbers.shuffle(free)
    return places + [(firm, CITY_UNION) for firm in free[: total - len(places)]]


def _leaders(random_numbers: random.Random, scale: float, studios: int, people: People) -> list[tuple[Honoured, ...]]:
    """One model worker for each studio, further ones at random, honours as counted."""
    counts = distribution().model_workers
    total = scaled(sum(counts.values()), scale)
    heads = [1] * studios
    while sum(heads) < total:
        place = random_numbers.randrange(studios)
        heads[place] += heads[place] < MOST_LEADERS
    levels = [level for level, count in zip(counts, apportion(list(counts.values()), total), strict=True) for _ in range(count)]
    random_numbers.shuffle(levels)
    return [tuple(_honoured(random_numbers, people, levels.pop()) for _ in range(count)) for count in heads]


def _honoured(random_numbers: random.Random, people: People, level: str) -> Honoured:
    return Honoured(people.take(), random_numbers.choice(pools().honours[level]), level, random_numbers.randint(2003, 2019))


def _member(random_numbers: random.Random, people: People, founded: str) -> Member:
    words = pools()
    joined = between(random_numbers, f"{founded}-01", "2020-08-31")[:7]
    return Member(people.take(), random_numbers.choice(words.trades), random_numbers.choice(words.skills), joined)
