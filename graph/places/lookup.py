"""Which places a text may mean."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from graph.places.abroad import named_cities, named_country
from graph.places.china import Candidate, key_of, named
from graph.places.latin import in_latin
from graph.values.normal import narrow

_HAN = re.compile("[㐀-鿿]")
_COMMA = re.compile(r"\s*[,，]\s*")
_OF_CHINA = re.compile("(?:[县区旗盟镇乡村园]|街道)$")
"""Endings that no Chinese name of a city abroad has."""

LONGEST = 60
"""Characters; a longer text is no place."""


@lru_cache(maxsize=50_000)
def lookup(text: str, *, abroad: bool = True) -> tuple[Candidate, ...]:
    """The places that a text may mean, the surest readings first (a whole name that stands, a short one, a former one); empty if it is no
    known place. ``昆山``, ``苏州昆山市``, ``Kunshan``, ``崑山``, ``新加坡``, ``Cambridge, UK`` are read. Without ``abroad`` only China's
    divisions and zones are looked at, which costs some microseconds; the first question of each kind reads its table."""
    said = narrow(text).strip()
    if not said or len(said) > LONGEST or said.isdigit():
        return ()
    if _HAN.search(said):
        return _in_han(said) or (_abroad_in_han(said) if abroad and not _OF_CHINA.search(said) else ())
    return _in_letters(said, abroad)


def _in_han(said: str) -> tuple[Candidate, ...]:
    key = key_of(said)
    return named(key) or (named(plain) if (plain := _simplified(key)) != key else ())


def _simplified(text: str) -> str:
    from graph.values.han import simplified

    return simplified(text)


def _abroad_in_han(said: str) -> tuple[Candidate, ...]:
    """美国, 慕尼黑, 德国慕尼黑."""
    plain = _simplified(key_of(said))
    if (country := named_country(plain)) is not None:
        return (Candidate(country),)
    found = [*named_cities(plain), *named_cities(plain.removesuffix("市"))]
    for length in range(2, len(plain) - 1):
        if not found and (country := named_country(plain[:length])) is not None:
            found = [each for each in named_cities(plain[length:]) if country in each.parents]
    return tuple(map(Candidate, dict.fromkeys(found)))


def _in_letters(said: str, abroad: bool) -> tuple[Candidate, ...]:
    """Kunshan; Kunshan, Jiangsu; Cambridge, UK."""
    first, *around = _COMMA.split(said)
    found = _by_letters(first, abroad)
    for part in filter(None, around):
        if part.casefold() in ("china", "p.r. china", "pr china", "prc"):
            found = tuple(each for each in found if each.place.province is not None)
            continue
        within = {each.place for each in _by_letters(part, abroad)}
        inside = tuple(each for each in found if within.intersection(each.place.parents))
        if not inside and abroad:
            # A place abroad may be meant although one of China is so spelt.
            inside = tuple(Candidate(each) for each in named_cities(first) if within.intersection(each.parents))
        found = inside
    return found


def _by_letters(text: str, abroad: bool) -> tuple[Candidate, ...]:
    found = in_latin(text) if any(map(str.isalpha, text)) else ()
    if found or not abroad:
        return found
    marks = unicodedata.normalize("NFC", text)
    if (country := named_country(marks)) is not None:
        return (Candidate(country),)
    return tuple(map(Candidate, named_cities(marks)))
