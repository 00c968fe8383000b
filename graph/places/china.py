"""Names of China's divisions and development zones, as people write them: whole or short, today's or former, after what they lie in."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from graph.places.place import Level, Place, division
from graph.values.divisions import NO_NAMES, divisions, stem


class Candidate(NamedTuple):
    """A place that a text may mean. ``former``: the text is a name that it no longer bears; ``short``: the text leaves its kind out
    (昆山 for 昆山市). The surest reading has neither."""

    place: Place
    former: bool = False
    short: bool = False


SHORT_KINDS = {"经开区": "经济技术开发区", "高新区": "高新技术产业开发区"}
"""Kinds of zones and what they are short for."""

ZONE = re.compile(
    r"(?:开发区|高新区|经开区|工业园区?|科技园区?|产业园区?|园区|新区|新城|示范区|保税区|度假区|风景区|名胜区|景区|管理区|试验区|实验区|合作区|集聚区|港区)$"
)
"""How the name of a development zone ends."""

_KIND_ALONE = re.compile(r"(?:市|区|县)?(?:(?:国家级?)?(?:经济|高新|技术|产业|工业|科技|农业|旅游)*(?:开发区|园区)|经开区|高新区|保税区)")
_BETWEEN = re.compile(r"[\s\-‐-―－/\\>·、,，|]+")
_OFFICE = re.compile(r"(?:管委会|管理委员会|人民政府|总工会|工会)$")


def key_of(text: str) -> str:
    """The form in which Chinese names of places are compared: NFKC, without spaces, dashes and dots, without the word for its
    office (管委会, 总工会)."""
    return _OFFICE.sub("", _BETWEEN.sub("", unicodedata.normalize("NFKC", text)))


def whole_names_in(text: str) -> tuple[Place, ...]:
    """The places whose whole names stand in a text (扬州市 in 扬州市科技镇长团花名册), each once."""
    found: dict[Place, None] = {}
    start = 0
    while start < len(text):
        lengths = (length for length in range(min(15, len(text) - start), 2, -1) if text[start : start + length] in _names())
        length = next(lengths, 0)
        candidates = [each for each in _known(text[start : start + length]) if not (each.former or each.short)] if length else []
        if len(candidates) == 1:
            found[candidates[0].place] = None
        start += length or 1
    return tuple(found)


def is_zone_alone(key: str) -> bool:
    """Whether a text says what kind of zone is meant and not which (经开区, 高新区)."""
    return _KIND_ALONE.fullmatch(key) is not None


def named(key: str) -> tuple[Candidate, ...]:
    """The divisions and zones that a text in compared form may mean, the surest readings first; empty if it is none."""
    found = _known(key)
    return found or tuple(dict.fromkeys(_after_parents(key)))


@cache
def _known(key: str) -> tuple[Candidate, ...]:
    found = [Candidate(place, former, short) for code, former, short in _names().get(key, ()) if (place := division(code)) is not None]
    found += [Candidate(zone) for zone in _zones().get(key, ())]
    surest: dict[Place, Candidate] = {}
    for each in sorted(found, key=lambda one: (one.former, one.short)):
        surest.setdefault(each.place, each)
    return tuple(surest.values())


def _after_parents(key: str) -> Iterator[Candidate]:
    """The place that stands after one or several that it lies in: 江苏省南京市鼓楼区, 扬州邗江, 昆山高新区."""
    for length in range(len(key) - 2, 1, -1):
        heads = _known(key[:length])
        if not heads:
            continue
        within = {each.place for each in heads}
        rest = key[length:]
        inside = [each for each in named(rest) if within.intersection(each.place.parents)]
        yield from inside
        if inside:
            return
        if ZONE.search(rest) and (owners := _owners(heads)):
            yield from (Candidate(_zone_of(each, rest)) for each in owners)
            return


def _owners(heads: Iterable[Candidate]) -> list[Place]:
    """Whose zone it is that begins with a name: of a city and a county of one name, the city's (淮安, 吉林)."""
    places = [each.place for each in heads if not each.former]
    return [each for each in places if each.level is Level.PREFECTURE] or places


def zone_in(place: Place, kind: str) -> Place:
    """The zone that an office of a place calls by its kind alone, or by a name that several places know (经开区 of 扬州市)."""
    here = _zones_here().get((place.name, kind))
    return here or _zone_of(place, kind.removeprefix("市"))


def is_called_here(place: Place, key: str) -> bool:
    """Whether offices of a place know a zone by this name."""
    return (place.name, key) in _zones_here()


def _zone_of(place: Place, rest: str) -> Place:
    for short, whole in SHORT_KINDS.items():
        if rest.endswith(short):
            rest = rest.removesuffix(short) + whole
    name = stem(place.name) + rest
    listed = _zones().get(key_of(name))
    return listed[0] if listed else Place(name, Level.ZONE, "", (place, *place.parents))


@cache
def _names() -> Mapping[str, tuple[tuple[str, bool, bool], ...]]:
    """By name, each code that has borne it: code, whether the name is a former one, whether it is short."""
    found: dict[str, list[tuple[str, bool, bool]]] = defaultdict(list)
    for code, past in divisions().items():
        for number, standing in enumerate(past):
            if standing.name in NO_NAMES:
                continue
            former = bool(standing.until) or number < len(past) - 1
            found[standing.name].append((code, former, False))
            for short in _shortened(standing.name):
                found[short].append((code, former, True))
    return {name: tuple(codes) for name, codes in found.items()}


def _shortened(name: str) -> tuple[str, ...]:
    """昆山 for 昆山市, 伊犁 and 伊犁州 for 伊犁哈萨克自治州."""
    short = stem(name)
    if len(short) < 2 or short == name:
        return ()
    return (short, short + name[-1]) if "自治" in name else (short,)


@cache
def _listed_zones() -> tuple[tuple[Place, tuple[str, ...], tuple[str, ...]], ...]:
    """Every zone of ``zones.yaml`` with its other names, anywhere and in its own city."""
    with Path(__file__).with_name("zones.yaml").open(encoding="utf-8") as stream:
        listed = yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    found = []
    for owner, zones in listed.items():
        parent = next(place for code, former, _ in _names()[owner] if not former and (place := division(code)) is not None)
        for name, words in zones.items():
            zone = Place(name, Level.ZONE, "", (parent, *parent.parents))
            found.append((zone, tuple(words.get("also", ())), tuple(words.get("here", ()))))
    return tuple(found)


@cache
def _zones() -> Mapping[str, tuple[Place, ...]]:
    return {key_of(name): (zone,) for zone, also, _ in _listed_zones() for name in (zone.name, *also)}


@cache
def _zones_here() -> Mapping[tuple[str, str], Place]:
    return {(zone.parents[0].name, key_of(name)): zone for zone, _, here in _listed_zones() for name in here}
