"""Which place a text means beside other places: names that several bear (鼓楼区), and words that name none by themselves (全市).

Nothing is guessed: the places around decide, or it stays a question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from graph.places.china import Candidate, is_called_here, is_zone_alone, key_of, zone_in
from graph.places.lookup import lookup
from graph.places.place import Place

WHOLE_CITY = frozenset(
    "全市 市直 市直属 市本级 市级 本市 市属 全市合计 市区县合计 各县区 各县市区 全市各县(市、区) citywide thecity wholecity".split()
)
"""Words for the whole city of the office that wrote the table."""


class Ground(StrEnum):
    """What a place was told from. ``SURROUNDINGS``: several are so called, and the places around decided."""

    NAME = "name"
    SURROUNDINGS = "surroundings"
    QUESTION = "question"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Decision:
    """``place`` is ``None`` for a ``QUESTION``, whose ``candidates`` it may be, and for what is ``UNKNOWN``."""

    place: Place | None
    ground: Ground
    candidates: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """The places around a text: those that are beyond doubt."""

    places: frozenset[Place]

    @cached_property
    def cities(self) -> frozenset[Place]:
        """The prefecture-level cities that they are or lie in."""
        return frozenset(city for each in self.places if (city := each.city) is not None)

    @cached_property
    def provinces(self) -> frozenset[Place]:
        return frozenset(province for each in self.places if (province := each.province) is not None)

    @property
    def city(self) -> Place | None:
        """The one city that all lie in."""
        return next(iter(self.cities)) if len(self.cities) == 1 else None


NOWHERE = Surroundings(frozenset())


def surroundings(texts: Iterable[str]) -> Surroundings:
    """The places that some texts name beyond doubt, then those that these decide."""
    pending = set(texts)
    found: set[Place] = set()
    for _ in range(2):
        around = (Surroundings(frozenset(found)),) if found else ()
        decided = {text: place for text in pending if (place := decide(text, around).place) is not None}
        found.update(decided.values())
        pending -= decided.keys()
    return Surroundings(frozenset(found))


def decide(text: str, around: Sequence[Surroundings] = ()) -> Decision:
    """What a text means beside the places ``around``, the nearest first (the row, its file, the files loaded with it, the office)."""
    key = key_of(text)
    if key.casefold() in WHOLE_CITY:
        return _of_the_city(around, None)
    candidates = lookup(text)
    called_here = [each.city for each in around if each.city is not None and is_called_here(each.city, key)]
    if called_here and all(each.place.city not in around[0].cities for each in candidates):
        return Decision(zone_in(called_here[0], key), Ground.SURROUNDINGS)
    if not candidates:
        return _of_the_city(around, key) if is_zone_alone(key) else Decision(None, Ground.UNKNOWN)
    if len(candidates) == 1:
        return Decision(candidates[0].place, Ground.NAME)
    return _among(candidates, around)


def _among(candidates: Sequence[Candidate], around: Sequence[Surroundings]) -> Decision:
    surest = _surest(candidates)
    alone = surest[0] if len(surest) == 1 and not _is_common(candidates) else None
    for each in around:
        if (found := _nearest(candidates, each)) is not None:
            return Decision(found, Ground.NAME if found == alone else Ground.SURROUNDINGS)
    if alone is not None:
        return Decision(alone, Ground.NAME)
    return Decision(None, Ground.QUESTION, tuple(dict.fromkeys(each.place for each in candidates if not each.former)) or surest)


def _nearest(candidates: Sequence[Candidate], around: Surroundings) -> Place | None:
    """The one candidate in the same cities, else in the same provinces."""
    in_cities = [each for each in candidates if each.place.city in around.cities or each.place in around.places]
    in_provinces = [each for each in candidates if each.place.province in around.provinces]
    for near in (in_cities, in_provinces):
        if near:
            surest = _surest(near)
            return surest[0] if len(surest) == 1 else None
    return None


def _surest(candidates: Sequence[Candidate]) -> tuple[Place, ...]:
    first = candidates[0]
    same = [each.place for each in candidates if (each.former, each.short) == (first.former, first.short)]
    return tuple(dict.fromkeys(same))


def _is_common(candidates: Sequence[Candidate]) -> bool:
    """Whether a short name is the city's own and also a county's: 长沙 is 长沙市 or 长沙县."""
    return len({each.place for each in candidates if not each.former}) > 1 and candidates[0].short


def _of_the_city(around: Sequence[Surroundings], zone: str | None) -> Decision:
    cities = [each.city for each in around if each.city is not None]
    if not cities:
        return Decision(None, Ground.QUESTION, _all_cities(around))
    return Decision(cities[0] if zone is None else zone_in(cities[0], zone), Ground.SURROUNDINGS)


def _all_cities(around: Collection[Surroundings]) -> tuple[Place, ...]:
    return tuple(sorted({city for each in around for city in each.cities}, key=lambda each: each.code))
