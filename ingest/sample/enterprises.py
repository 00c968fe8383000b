"""The accounts of the platform: where each firm is, how many needs it posts, and which firms were cast for a part.

Cast firms keep quiet elsewhere: nothing but what the part calls for may link them to an expert.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sample.city import Enterprise
from ingest.sample.codes import credit_code, landline
from ingest.sample.distribution import District, apportion, distribution, pools, scaled, stream
from ingest.sample.names import HERO_FIRM, Firms
from ingest.sample.people import Team

TALENT = "人才"
BRIDGE_FIELDS = ("新材料", "高端装备")
HERO_FIRM_NEEDS = 2
MOST_NEEDS_OF_A_BRIDGED_FIRM = 2
MOST_NEEDS_OF_AN_UNREACHABLE_FIRM = 3
RENAMED_NEEDS = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class Parts:
    """Firms (numbers) that play a part. ``bridged`` holds the firms of each bridge in step with ``Team.bridges``."""

    bridged: tuple[tuple[int, ...], ...]
    unreachable: tuple[int, ...]
    isolated: tuple[int, ...]
    renamed: tuple[int, ...]

    @property
    def quiet(self) -> frozenset[int]:
        """Firms that have no further link to any expert."""
        return frozenset((*(firm for firms in self.bridged for firm in firms), *self.unreachable, *self.isolated))


@dataclass(frozen=True, slots=True)
class Firmament:
    """The firms; ``fields_of_needs`` holds, for each, the field of every need that it posts."""

    enterprises: tuple[Enterprise, ...]
    fields_of_needs: tuple[tuple[str, ...], ...]
    parts: Parts


def make_enterprises(seed: int, scale: float, team: Team) -> Firmament:
    """All firms at a scale, by district; the first is the hero's."""
    random_numbers = stream(seed, "enterprises")
    homes = _homes(scale)
    counts = _need_counts(random_numbers, homes, scale)
    parts = _cast(random_numbers, homes, counts, scale)
    main = {firm: team.experts[expert].topics[0].field for expert, firms in zip(team.bridges, parts.bridged, strict=True) for firm in firms}
    fields = _fields_of_needs(random_numbers, counts, main, parts, scale)
    names = Firms(random_numbers)
    numbers = distribution()
    enterprises = []
    for number, (district, needs) in enumerate(zip(homes, fields, strict=True)):
        field = main.get(number) or next((each for each in needs if each != TALENT), "") or _any_field(random_numbers)
        name, industry = (HERO_FIRM, "C34") if number == 0 else names.take(field)
        former = names.take(field)[0] if number in parts.renamed else ""
        contact = random_numbers.choice(pools().surnames) + random_numbers.choice(pools().contacts)
        code = credit_code(district.code, number + 1)
        town = random_numbers.choice(district.towns)
        enterprises.append(Enterprise(number, name, code, field, industry, district.name, town, contact, landline(number + 1), former))
    assert len(enterprises) == scaled(numbers.accounts, scale)
    return Firmament(tuple(enterprises), tuple(fields), parts)


def _homes(scale: float) -> list[District]:
    numbers = distribution()
    shares = apportion([district.accounts for district in numbers.districts], scaled(numbers.accounts, scale))
    return [district for district, count in zip(numbers.districts, shares, strict=True) for _ in range(count)]


def _any_field(random_numbers: random.Random) -> str:
    weights = {field: count for field, count in distribution().need_fields.items() if field != TALENT}
    return random_numbers.choices(list(weights), list(weights.values()))[0]


def _need_counts(random_numbers: random.Random, homes: Sequence[District], scale: float) -> list[int]:
    """How many needs each firm posts: the given histogram, dealt so that every district has its total. The hero's firm has two."""
    numbers = distribution()
    histogram = numbers.needs_per_account
    shares = apportion(list(histogram.values()), len(homes))
    deck = [size for size, count in zip(histogram, shares, strict=True) for _ in range(count)]
    total = scaled(sum(size * count for size, count in histogram.items()), scale)
    random_numbers.shuffle(deck)
    _bend(deck, total)
    present = {home.name for home in homes}
    districts = [district for district in numbers.districts if district.name in present]
    targets = dict(zip((d.name for d in districts), apportion([d.needs for d in districts], total), strict=True))
    _deal(random_numbers, deck, [home.name for home in homes], targets)
    place = min((i for i, home in enumerate(homes) if home == homes[0] and deck[i] > 0), key=lambda i: abs(deck[i] - HERO_FIRM_NEEDS))
    deck[0], deck[place] = deck[place], deck[0]
    return deck


def _bend(deck: list[int], total: int) -> None:
    """Rounding at other scales leaves a small gap between histogram and total: single firms give or take one need."""
    place = 0
    while (gap := total - sum(deck)) != 0:
        step = 1 if gap > 0 else -1
        if 0 < deck[place] < 4 and deck[place] + step > 0:
            deck[place] += step
        place = (place + 1) % len(deck)


def _deal(random_numbers: random.Random, deck: list[int], homes: Sequence[str], targets: dict[str, int]) -> None:
    """Swaps firms between districts until each district's needs sum to its target; every swap brings two districts nearer.

    In a city so small that no swap is left, one firm hands a need to another."""
    sums: Counter[str] = Counter()
    places: dict[str, list[int]] = {}
    for place, home in enumerate(homes):
        sums[home] += deck[place]
        places.setdefault(home, []).append(place)
    while True:
        over = max(targets, key=lambda home: sums[home] - targets[home])
        under = min(targets, key=lambda home: sums[home] - targets[home])
        room = min(sums[over] - targets[over], targets[under] - sums[under])
        if room == 0:
            return
        swap = _swap(random_numbers, deck, places[over], places[under], room)
        if swap:
            left, right = swap
            moved = deck[left] - deck[right]
            deck[left], deck[right] = deck[right], deck[left]
        else:
            moved = 1
            deck[max(places[over], key=deck.__getitem__)] -= 1
            deck[max(places[under], key=deck.__getitem__)] += 1
        sums[over] -= moved
        sums[under] += moved


def _swap(
    random_numbers: random.Random, deck: Sequence[int], over: Sequence[int], under: Sequence[int], room: int
) -> tuple[int, int] | None:
    for _ in range(1000):
        left, right = random_numbers.choice(over), random_numbers.choice(under)
        if 0 < deck[left] - deck[right] <= room:
            return left, right
    return next(((a, b) for a in over for b in under if 0 < deck[a] - deck[b] <= room), None)


def _cast(random_numbers: random.Random, homes: Sequence[District], counts: Sequence[int], scale: float) -> Parts:
    plants = distribution().plants
    free = list(range(1, len(homes)))
    random_numbers.shuffle(free)

    def take(wanted: int, able: Sequence[int]) -> tuple[int, ...]:
        chosen = tuple(able[:wanted])
        if len(chosen) < wanted:
            raise ValueError(f"only {len(chosen)} of {wanted} firms can play a part")
        for firm in chosen:
            free.remove(firm)
        return chosen

    def few() -> list[int]:
        return [i for i in free if 1 <= counts[i] <= MOST_NEEDS_OF_A_BRIDGED_FIRM]

    bridges = scaled(len(plants.bridges), scale, least=1)
    sizes = [plants.bridges[place % len(plants.bridges)] for place in range(bridges)]
    near_the_hero = sorted(few(), key=lambda i: homes[i] != homes[0])
    bridged = [(0, *take(sizes[0] - 1, near_the_hero))]
    bridged += [take(size, few()) for size in sizes[1:]]
    renamed = take(scaled(plants.renamed_enterprises, scale, least=1), [i for i in free if counts[i] in RENAMED_NEEDS])
    unreachable: list[int] = []
    left = scaled(plants.unreachable_needs, scale, least=1)
    while left:
        able = [i for i in free if 1 <= counts[i] <= min(left, MOST_NEEDS_OF_AN_UNREACHABLE_FIRM)]
        (firm,) = take(1, able)
        unreachable.append(firm)
        left -= counts[firm]
    isolated = take(
        scaled(plants.isolated_studios, scale, least=1), [i for i in free if counts[i] == 0 and homes[i].accounts > homes[i].studios]
    )
    return Parts(tuple(bridged), tuple(sorted(unreachable)), tuple(sorted(isolated)), tuple(sorted(renamed)))


def _fields_of_needs(
    random_numbers: random.Random, counts: Sequence[int], main: dict[int, str], parts: Parts, scale: float
) -> list[tuple[str, ...]]:
    """The exact mix of fields, dealt so that most firms stay with one field; needs for people fall on firms without a part."""
    numbers = distribution().need_fields
    total = sum(counts)
    left = Counter(dict(zip(numbers, apportion(list(numbers.values()), total), strict=True)))
    assert total == scaled(sum(numbers.values()), scale)
    dealt: list[list[str]] = [[""] * count for count in counts]
    for firm, field in main.items():
        dealt[firm] = [field] * counts[firm]
        left[field] -= counts[firm]
    cast = {*main, *parts.unreachable}
    open_places = [(firm, place) for firm, needs in enumerate(dealt) if firm not in cast for place in range(len(needs))]
    for firm, place in random_numbers.sample(open_places, left.pop(TALENT)):
        dealt[firm][place] = TALENT
    firms = [firm for firm in range(len(counts)) if "" in dealt[firm]]
    random_numbers.shuffle(firms)
    for firm in firms:
        field = _weighted(random_numbers, left)
        for place, given in enumerate(dealt[firm]):
            if not given:
                field = field if left[field] > 0 else _weighted(random_numbers, left)
                dealt[firm][place] = field
                left[field] -= 1
    return [tuple(needs) for needs in dealt]


def _weighted(random_numbers: random.Random, left: Counter[str]) -> str:
    able = {field: count for field, count in left.items() if count > 0}
    return random_numbers.choices(list(able), list(able.values()))[0]
