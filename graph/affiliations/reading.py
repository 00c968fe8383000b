"""Affiliation matching: which universities a written affiliation names (苏大材化部 is 苏州大学, its unit 材化部). Pure.

A text is read from left to right: at each place the longest name of the gazetteer that may begin and end there is taken. What a name
means is decided by what stands beside it and by the year; what is not decided is a question, never a guess. An affiliated hospital,
school or company is an institution of its own: it is told apart, and the university is not chosen for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.affiliations.gazetteer import Gazetteer, Sense
from graph.affiliations.institutions import NameKind, plain
from graph.affiliations.places import places_in, province_of
from graph.affiliations.slips import mend
from graph.affiliations.surroundings import SEPARATORS, Rest, is_address, is_common, kind_of_rest, may_begin, unit_after, words_after

YEARS = range(1850, 2200)
"""Years that a text of ours can be of: ``09`` in a cell is none."""

LONGEST = 500
"""Characters of an affiliation that are read; what follows names nobody anew in any list seen."""


@dataclass(frozen=True, slots=True)
class Named:
    """A university that a text names. ``written``: the name in the text; ``name``: the university today, as the list calls it;
    ``institution``: what it was then, another where that one became part of it (杭州大学); ``kind``: how ``written`` comes to mean it;
    ``until``: the year in which that name ended, 0 if unknown or still; ``unit``: the unit within it; ``slip``: the right name where a
    character was misread; ``decided_by``: the place or year that decided between several."""

    written: str
    name: str
    institution: str
    code: str
    kind: NameKind
    until: int = 0
    unit: str = ""
    slip: str = ""
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A name that may be several universities, or an institution of its own: a person decides. ``candidates`` may be empty (师大)."""

    written: str
    candidates: tuple[str, ...]
    why: Rest | NameKind


@dataclass(frozen=True, slots=True)
class Apart:
    """An institution of its own that bears a university's name: its hospital, school or company."""

    written: str
    kind: Rest
    of: str


@dataclass(frozen=True, slots=True)
class Affiliation:
    """What a written affiliation says of universities. All empty: it names none."""

    text: str
    named: tuple[Named, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    apart: tuple[Apart, ...] = ()

    @property
    def universities(self) -> tuple[str, ...]:
        """The names chosen, each once."""
        return tuple(dict.fromkeys(each.name for each in self.named))


@dataclass(frozen=True, slots=True)
class _Mention:
    start: int
    end: int
    senses: tuple[Sense, ...]
    short: bool
    slip: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """What decides between several: address-like segments of the text, the row's own place and year."""

    addresses: tuple[str, ...]
    place: str
    year: int


def read_affiliation(text: str, gazetteer: Gazetteer, *, year: int = 0, place: str = "") -> Affiliation:
    """Reads one affiliation. ``year`` (0: not known) is when it was written, ``place`` a province or city that the row gives; both only
    decide between several meanings."""
    said = plain(text)[:LONGEST]
    named: list[Named] = []
    doubts: list[Doubt] = []
    apart: list[Apart] = []
    segments = list(_segments(said))
    addresses = tuple(each for each in segments if is_address(each))
    for segment in segments:
        mentions = list(_mentions(segment, gazetteer, after_another=bool(named or doubts)))
        ends = [*(each.start for each in mentions[1:]), len(segment)]
        for mention, end in zip(mentions, ends, strict=False):
            found = _decide(mention, segment, end, _Row(addresses, place, year), gazetteer)
            if isinstance(found, Named):
                named.append(found)
            elif isinstance(found, Doubt):
                doubts.append(found)
            else:
                apart.append(found)
    chosen = {each.name for each in named}
    return Affiliation(text, _once(named), tuple(each for each in doubts if not chosen.intersection(each.candidates)), tuple(apart))


def year_of(text: str) -> int:
    """The year that a date begins with (``2009-05``, ``2009年``), 0 if it begins with none."""
    digits = text.strip()[:4]
    return int(digits) if digits.isdecimal() and int(digits) in YEARS else 0


def _segments(text: str) -> Iterator[str]:
    yield from filter(None, (each.strip() for each in SEPARATORS.split(text)))


def _mentions(segment: str, gazetteer: Gazetteer, *, after_another: bool) -> Iterator[_Mention]:
    start = begun = 0
    found = after_another
    while start < len(segment) - 1:
        mention = _mention_at(segment, start, begun, gazetteer, after_another=found)
        if mention is None:
            start += 1
            continue
        found = True
        yield mention
        start = begun = mention.end
    # Where the gazetteer may lack a name, a name that is nearly another may well be itself: 德宏师专 is not 德州师专.
    if not found and gazetteer.whole and (slip := mend(segment, gazetteer)) is not None:
        yield _Mention(0, len(slip), gazetteer.senses[slip], short=False, slip=slip)


def is_short(name: str, gazetteer: Gazetteer) -> bool:
    """Whether it is a short name, which may stand in fewer places than a name that says what it is (…大学)."""
    kinds = {each.kind for each in gazetteer.senses[name]}
    return kinds <= {NameKind.SHORT, NameKind.SHARED} and not name.endswith(("大学", "学院", "学校"))


def _mention_at(segment: str, start: int, begun: int, gazetteer: Gazetteer, *, after_another: bool) -> _Mention | None:
    for name in gazetteer.names_at(segment, start):
        senses = gazetteer.senses[name]
        mention = _Mention(start, start + len(name), senses, is_short(name, gazetteer))
        places = {place for each in senses for place in each.owner.places}
        if (after_another and is_common(name)) or (begun == start > 0 and mention.short):
            continue
        if not may_begin(segment[begun:start], places, short=mention.short):
            continue
        if kind_of_rest(segment[mention.end :], short=mention.short, whole=gazetteer.whole) is not Rest.BROKEN:
            return mention
    return None


def _decide(mention: _Mention, segment: str, end: int, row: _Row, gazetteer: Gazetteer) -> Named | Doubt | Apart:
    written, rest = segment[mention.start : mention.end], segment[mention.end : end]
    kind = kind_of_rest(rest, short=mention.short, whole=gazetteer.whole)
    owners = tuple(dict.fromkeys(each.owner.name for each in mention.senses))
    if kind in (Rest.HOSPITAL, Rest.SCHOOL, Rest.COMPANY):
        return Apart(written + words_after(rest), kind, owners[0] if len(owners) == 1 and not mention.short else "")
    if kind is Rest.OWN_COLLEGE:
        return Doubt(written + words_after(rest), owners, kind)
    senses, decided_by = _meant(mention.senses, (segment[: mention.start], rest), row)
    if len({each.owner.name for each in senses}) != 1:
        return Doubt(written, tuple(dict.fromkeys(each.owner.name for each in senses)), NameKind.SHARED)
    sense = senses[0]
    owner = sense.owner
    unit = unit_after(rest)
    return Named(written, owner.name, sense.institution, owner.code, sense.kind, sense.full.until, unit, mention.slip, decided_by)


def _meant(senses: Sequence[Sense], beside: tuple[str, str], row: _Row) -> tuple[Sequence[Sense], str]:
    """The senses that are left, and what left them: a place beside the name or in an address, the year, the row's own place, or that the
    name is one's own."""
    if len({each.owner.name for each in senses}) < 2:
        return senses, ""
    for spot in (spot for text in (*beside, *row.addresses) for spot in places_in(text)):
        at = _at(senses, spot)
        if at:
            return at, spot
    own = [each for each in senses if each.kind not in (NameKind.SHARED, NameKind.SHORT)]
    stood = [each for each in own if each.stood_in(row.year)] if row.year and len(own) > 1 else []
    if stood:
        return stood, str(row.year)
    province = province_of(row.place)
    at = _at(senses, province) if province else []
    if len({each.owner.name for each in at}) == 1:
        return at, row.place
    return (own or senses), ""


def _at(senses: Sequence[Sense], spot: str) -> list[Sense]:
    return [each for each in senses if spot in {place.removesuffix("市") for place in each.owner.places}]


def _once(named: Sequence[Named]) -> tuple[Named, ...]:
    """Each university once: with its unit where one mention has it."""
    best: dict[str, Named] = {}
    for each in named:
        if each.name not in best or (each.unit and not best[each.name].unit):
            best[each.name] = each
    return tuple(best.values())
