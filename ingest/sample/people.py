"""The experts and their terms: slots of batches and districts first, then who fills them, then where those people come from."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.sample.city import Expert, Term, Topic
from ingest.sample.codes import mobile
from ingest.sample.days import month_after
from ingest.sample.distribution import District, Organisation, apportion, distribution, pools, scaled, stream
from ingest.sample.names import HERO, People
from ingest.sample.topics import HERO_TOPIC, draw_topic, worded

HERO_UNIVERSITY = "扬州大学"
HERO_OTHER_SUBJECT = "锻压设备"
LAST_BATCH = 13
SAME_DISTRICT_SHARE = 0.5
TOPIC_COUNTS = (1, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Team:
    """The people of the city, with those who were cast for a part. ``bridges`` are experts, the hero first."""

    experts: tuple[Expert, ...]
    terms: tuple[Term, ...]
    bridges: tuple[int, ...]
    homonyms: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    batch: int
    district: District
    leader: bool
    start: str
    end: str


def make_team(seed: int, scale: float, people: People) -> Team:
    """All experts and terms at a scale, in the order of the roster: by batch, then district, leaders first."""
    random_numbers = stream(seed, "team")
    slots = _slots(random_numbers, scale)
    holders = _holders(random_numbers, slots, scaled(distribution().persons_with_two_terms, scale))
    first_slots = _first_slots(slots, holders)
    homes = _homes(random_numbers, len(first_slots))
    bridges = _cast_bridges(random_numbers, slots, holders, homes, scale)
    homonyms = _cast_homonyms(random_numbers, first_slots, homes, bridges, scaled(distribution().plants.homonym_pairs, scale, least=1))
    experts = _experts(random_numbers, people, homes, bridges, homonyms)
    terms = tuple(
        Term(holder, slot.batch, slot.district.name, _post(random_numbers, slot), slot.leader, slot.start, slot.end)
        for slot, holder in zip(slots, holders, strict=True)
    )
    return Team(experts, terms, bridges, homonyms)


def _slots(random_numbers: random.Random, scale: float) -> list[_Slot]:
    numbers = distribution()
    sizes = apportion([batch.members for batch in numbers.batches], scaled(sum(batch.members for batch in numbers.batches), scale))
    slots: list[_Slot] = []
    for batch, size in zip(numbers.batches, sizes, strict=True):
        shares = apportion([district.seconded for district in numbers.districts], size)
        for district, count in zip(numbers.districts, shares, strict=True):
            for place in range(count):
                leader = place == 0 and count > 1
                hero = batch.number == LAST_BATCH and place == count - 1
                years = 2 if leader or (not hero and random_numbers.random() < numbers.second_year_share) else 1
                slots.append(_Slot(batch.number, district, leader, batch.arrives, month_after(batch.arrives, 12 * years - 1)))
    return slots


def _holders(random_numbers: random.Random, slots: Sequence[_Slot], twice: int) -> list[int]:
    """The person of each slot, numbered in the order in which they first appear. ``twice`` people hold two slots that do not overlap."""
    second_of: dict[int, int] = {}
    taken: set[int] = set()
    of_district: dict[str, list[int]] = {}
    for place, slot in enumerate(slots):
        of_district.setdefault(slot.district.name, []).append(place)
    order = list(range(len(slots)))
    random_numbers.shuffle(order)
    for first in order:
        if len(second_of) == twice:
            break
        near = random_numbers.random() < SAME_DISTRICT_SHARE
        candidates = of_district[slots[first].district.name] if near else order
        second = random_numbers.choice(candidates)
        if taken.isdisjoint((first, second)) and slots[second].start > slots[first].end and not _last_of_team(slots, second):
            second_of[first] = second
            taken.update((first, second))
    if len(second_of) < twice:
        raise ValueError(f"only {len(second_of)} of {twice} people found a second term")
    return _numbered(len(slots), {second: first for first, second in second_of.items()})


def _numbered(count: int, first_of: dict[int, int]) -> list[int]:
    holders: list[int] = []
    people = 0
    for place in range(count):
        if place in first_of:
            holders.append(holders[first_of[place]])
        else:
            holders.append(people)
            people += 1
    return holders


def _last_of_team(slots: Sequence[_Slot], place: int) -> bool:
    """The last of a team of the last batch is kept free: he may be cast as a bridge."""
    slot = slots[place]
    following = slots[place + 1] if place + 1 < len(slots) else None
    return slot.batch == LAST_BATCH and (following is None or following.district != slot.district)


def _first_slots(slots: Sequence[_Slot], holders: Sequence[int]) -> list[_Slot]:
    found: dict[int, _Slot] = {}
    for slot, holder in zip(slots, holders, strict=True):
        found.setdefault(holder, slot)
    return [found[number] for number in range(len(found))]


def _homes(random_numbers: random.Random, people: int) -> list[Organisation]:
    numbers = distribution()
    weights = [rank**-numbers.zipf_exponent for rank in range(1, len(numbers.organisations) + 1)]
    counts = apportion(weights, people, least=1)
    homes = [home for home, count in zip(numbers.organisations, counts, strict=True) for _ in range(count)]
    random_numbers.shuffle(homes)
    return homes


def _cast_bridges(
    random_numbers: random.Random, slots: Sequence[_Slot], holders: Sequence[int], homes: list[Organisation], scale: float
) -> tuple[int, ...]:
    """The hero is the last of the first district's team in the last batch; the others are ordinary members of that batch with one term.

    Each comes from another university: homes are exchanged so that it is so."""
    wanted = scaled(len(distribution().plants.bridges), scale, least=1)
    once = {holder for holder, count in Counter(holders).items() if count == 1}
    able = [holder for slot, holder in zip(slots, holders, strict=True) if slot.batch == LAST_BATCH and not slot.leader and holder in once]
    first = distribution().districts[0]
    hero = [holder for slot, holder in zip(slots, holders, strict=True) if slot.batch == LAST_BATCH and slot.district == first][-1]
    others = [holder for holder in able if holder != hero]
    random_numbers.shuffle(others)
    cast = (hero, *others[: wanted - 1])
    _move_home(homes, hero, HERO_UNIVERSITY, cast)
    universities = [home.name for home in distribution().organisations if home.kind == "高校" and home.name != HERO_UNIVERSITY]
    for place, holder in enumerate(cast[1:]):
        _move_home(homes, holder, universities[place % len(universities)], cast)
    return cast


def _move_home(homes: list[Organisation], holder: int, name: str, cast: Sequence[int]) -> None:
    """Exchanges the holder's home with that of somebody from the named one, who is not cast himself."""
    if homes[holder].name == name:
        return
    other = next((i for i, home in enumerate(homes) if home.name == name and i not in cast), None)
    target = next(each for each in distribution().organisations if each.name == name)
    if other is not None:
        homes[other] = homes[holder]
    homes[holder] = target


def _cast_homonyms(
    random_numbers: random.Random, first_slots: Sequence[_Slot], homes: Sequence[Organisation], bridges: Sequence[int], pairs: int
) -> tuple[tuple[int, int], ...]:
    """Pairs of experts of recent batches from different universities, who will share a name."""
    able = [
        number
        for number, slot in enumerate(first_slots)
        if slot.batch >= LAST_BATCH - 2 and homes[number].kind == "高校" and number not in bridges
    ]
    random_numbers.shuffle(able)
    found: list[tuple[int, int]] = []
    while len(found) < pairs:
        first = able.pop()
        place = next(i for i in range(len(able) - 1, -1, -1) if homes[able[i]] != homes[first])
        second = able.pop(place)
        found.append((min(first, second), max(first, second)))
    return tuple(found)


def _experts(
    random_numbers: random.Random,
    people: People,
    homes: Sequence[Organisation],
    bridges: Sequence[int],
    homonyms: Sequence[tuple[int, int]],
) -> tuple[Expert, ...]:
    drawn = [people.take() for _ in range(len(homes) - 1)]
    random_numbers.shuffle(drawn)
    names = [HERO if number == bridges[0] else drawn.pop() for number in range(len(homes))]
    for first, second in homonyms:
        names[second] = names[first]
    shared = {number for pair in homonyms for number in pair}
    fields = _fields(random_numbers, homes)
    experts = []
    for number, home in enumerate(homes):
        topics = _topics(random_numbers, fields[number])
        if number in bridges or number in shared:
            topics = _cast_topics(random_numbers, topics, number == bridges[0])
        directions = tuple(worded(random_numbers, topic) for topic in topics)
        title = random_numbers.choice(pools().titles[home.kind])
        experts.append(Expert(number, names[number], home.name, home.kind, title, topics, directions, mobile(number + 1)))
    return tuple(experts)


def _fields(random_numbers: random.Random, homes: Sequence[Organisation]) -> list[str]:
    """A field for each scientist, in proportion to the needs, at least two of each; officials have none."""
    weights = {field: count for field, count in distribution().need_fields.items() if field in pools().fields}
    scientists = [number for number, home in enumerate(homes) if home.kind != "机关"]
    counts = apportion(list(weights.values()), len(scientists), least=2)
    deck = [field for field, count in zip(weights, counts, strict=True) for _ in range(count)]
    random_numbers.shuffle(deck)
    fields = [""] * len(homes)
    for number, field in zip(scientists, deck, strict=True):
        fields[number] = field
    return fields


def _topics(random_numbers: random.Random, field: str) -> tuple[Topic, ...]:
    """One to three topics of one field; further ones often stay with the first one's subject."""
    if not field:
        return ()
    topics = [draw_topic(random_numbers, field)]
    for _ in range(random_numbers.choice(TOPIC_COUNTS) - 1):
        topics.append(draw_topic(random_numbers, field, topics[0].subject if random_numbers.random() < 0.4 else ""))
    return tuple(dict.fromkeys(topics))


def _cast_topics(random_numbers: random.Random, topics: tuple[Topic, ...], hero: bool) -> tuple[Topic, ...]:
    """Who plays a part works in one of the two large fields, so that firms can need him; the hero on his topic above all."""
    if hero:
        near = draw_topic(random_numbers, HERO_TOPIC.field, HERO_TOPIC.subject)
        return tuple(dict.fromkeys((HERO_TOPIC, near, draw_topic(random_numbers, HERO_TOPIC.field, HERO_OTHER_SUBJECT))))
    field = random_numbers.choice(("新材料", "高端装备"))
    drawn = (draw_topic(random_numbers, field), draw_topic(random_numbers, field))
    return topics if topics and topics[0].field == field else tuple(dict.fromkeys(drawn))


def _post(random_numbers: random.Random, slot: _Slot) -> str:
    words = pools()
    if slot.leader:
        deputy = {"区": "副区长", "市": "副市长", "县": "副县长"}.get(slot.district.name[-1]) if slot.district.code != "321000" else None
        return f"科技镇长团团长、{deputy or '管委会副主任'}"
    if random_numbers.random() < 0.25:
        return random_numbers.choice(words.park_posts)
    town = random_numbers.choice(slot.district.towns)
    return town + random_numbers.choice(words.street_posts if town.endswith("街道") else words.town_posts)
