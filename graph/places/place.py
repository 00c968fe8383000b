"""A place, and what it lies in."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from graph.values.divisions import NO_NAMES, current_code, standings

MUNICIPALITIES = frozenset(("11", "12", "31", "50", "81", "82"))
"""Provinces that are cities: the four municipalities, Hong Kong and Macao."""


class Level(StrEnum):
    """How large a place is. ``ZONE``: a development zone, which no standard gives a code; ``CITY``: a city outside the mainland."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    ZONE = "zone"
    COUNTRY = "country"
    CITY = "city"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it is today. ``code``: six digits of GB/T 2260, two letters of ISO 3166 for a country, ``""`` for a zone or a city abroad.
    ``parents``: what it lies in, the nearest first."""

    name: str
    level: Level
    code: str
    parents: tuple[Place, ...] = field(default=(), repr=False)

    @property
    def city(self) -> Place | None:
        """The prefecture-level city (or municipality) that it is or lies in; ``None`` for a province and for a county that is governed by
        its province (济源市)."""
        return next((each for each in (self, *self.parents) if each.level is Level.PREFECTURE or _is_municipality(each)), None)

    @property
    def province(self) -> Place | None:
        """The province that it is or lies in; ``None`` abroad."""
        return next((each for each in (self, *self.parents) if each.level is Level.PROVINCE), None)

    @property
    def full_name(self) -> str:
        """Its name after those of what it lies in: 江苏省南京市鼓楼区."""
        return "".join(each.name for each in (*reversed(self.parents), self))


def _is_municipality(place: Place) -> bool:
    return place.level is Level.PROVINCE and place.code[:2] in MUNICIPALITIES


@cache
def division(code: str) -> Place | None:
    """The division that a code of GB/T 2260 means, or what became of it; ``None`` if the code names no place."""
    code = current_code(code)
    past = standings(code)
    if not past or past[-1].name in NO_NAMES:
        return None
    above = (code[:4] + "00", code[:2] + "0000")
    parents = tuple(place for each in above if each != code and not code.endswith("0000") and (place := division(each)) is not None)
    return Place(past[-1].name, _level(code), code, parents)


def _level(code: str) -> Level:
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY
