"""What of a name can be compared: a person's name and how it sounds, an organisation's name without its legal form and place. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from graph.affiliations.places import PROVINCE_CODES
from graph.values.normal import HAN, close_han_gaps, narrow

_HAN_RUN = re.compile(rf"[{HAN}]")
_WORDS = re.compile(r"[^\W_]+")
_LEGAL = re.compile(r"(股份有限责任公司|有限责任公司|股份有限公司|有限公司|股份公司|股份|公司|总厂|分公司)$")
_GROUP = re.compile(r"\(?集团\)?")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十]+(?=[厂所院分校号局]|分)")

PROVINCES = frozenset((*PROVINCE_CODES.values(), "香港", "澳门", "台湾", "中国"))
SHORTEST_CORE = 3
"""Characters of the least that is left of an organisation's name and still tells something."""


@dataclass(frozen=True, slots=True)
class OrganisationName:
    """``whole``: the name in one spelling. ``core``: without legal form, place and *group*. ``places``: the places that were left out;
    ``group``: whether it calls itself a group (集团, never its own subsidiary); ``numbers`` in it (第一医院 is not 第二医院)."""

    whole: str
    core: str
    places: frozenset[str]
    group: bool
    numbers: tuple[str, ...]


def plain_name(name: str) -> str:
    """NFKC, no spaces between Han, one case: 张　拟 is 张拟."""
    return close_han_gaps(narrow(name)).casefold()


def is_han(name: str) -> bool:
    """Whether it is written in Chinese characters."""
    return bool(_HAN_RUN.search(name))


@lru_cache(maxsize=65_536)
def sounds(name: str) -> frozenset[str]:
    """How a person's name (plain) may be written in Latin letters, in one piece; a Latin name in both orders of given and family name."""
    if is_han(name):
        from graph.search.pinyin import spellings

        spelt = spellings(name)
        return frozenset((*spelt.full, *spelt.other_full))
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    words = _WORDS.findall(bare)
    return (
        frozenset(("".join(words), "".join((*words[1:], *words[:1])), "".join((*words[-1:], *words[:-1]))))
        if len(words) > 1
        else frozenset()
    )


def organisation_name(name: str, places: Collection[str]) -> OrganisationName:
    """The parts of an organisation's name; ``places`` are those that may stand before or within it."""
    whole = plain_name(name)
    left, found = whole, set()
    for inner in _BRACKETS.findall(left):
        bare = _bare_place(inner)
        if bare in places or bare in PROVINCES:
            found.add(bare)
            left = left.replace(f"({inner})", "")
    group = bool(_GROUP.search(left))
    left = _GROUP.sub("", left)
    while shorter := _LEGAL.sub("", left):
        if shorter == left:
            break
        left = shorter
    while True:
        place = next((p for size in range(4, 1, -1) for p in (left[:size],) if p in places or p in PROVINCES), "")
        rest = re.sub(r"^[省市县区]", "", left[len(place) :]) if place else ""
        if not place or len(rest) < SHORTEST_CORE - 1 or rest.startswith(("大学", "学院")):
            break
        found.add(place)
        left = rest
    return OrganisationName(whole, left, frozenset(found), group, tuple(_NUMBERS.findall(whole)))


def _bare_place(name: str) -> str:
    return name[:-1] if len(name) > 2 and name[-1] in "省市县区" else name


def bare_places(names: Collection[str]) -> frozenset[str]:
    """Names of places as they stand in names of organisations: 扬州市 as 扬州."""
    return frozenset(_bare_place(plain_name(name)) for name in names)
