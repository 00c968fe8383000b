"""The gazetteer: which institutions a name may mean. Made of what is known beforehand and, where there is one, a list of institutions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from graph.affiliations.institutions import Institution, KnownName, NameKind, known_institutions, plain, shared_names
from graph.affiliations.places import ELSEWHERE, PROVINCE_CODES

ABBREVIATIONS = (
    ("师范高等专科学校", ("师专", "师范专科学校")),
    ("师范专科学校", ("师专", "师范高等专科学校")),
    ("医学高等专科学校", ("医专", "医学专科学校")),
    ("高等专科学校", ("高专", "专科学校")),
    ("师范学院", ("师院",)),
    ("师范大学", ("师大",)),
    ("农业大学", ("农大",)),
    ("林业大学", ("林大",)),
    ("医科大学", ("医大",)),
    ("理工大学", ("理工大",)),
    ("工业大学", ("工大",)),
    ("科技大学", ("科大",)),
    ("财经大学", ("财大",)),
    ("民族大学", ("民大",)),
    ("交通大学", ("交大",)),
)
"""Endings and how people shorten them: 湖南师大, 张掖师专. The first that fits is taken."""

_PROVINCES = tuple(each for each in PROVINCE_CODES.values() if each not in ("北京", "天津", "上海", "重庆"))
_BRACKET = re.compile(r"^(.+)\(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list of institutions: ``code`` and ``city`` may be empty."""

    name: str
    code: str = ""
    province: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """An institution that a name may mean."""

    name: str
    code: str
    province: str
    city: str

    @property
    def places(self) -> frozenset[str]:
        """Where it is, and the word that its own name has in brackets."""
        match = _BRACKET.match(self.name)
        return frozenset(filter(None, (self.province, self.city, match[2] if match else "")))


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing that a name may mean: ``owner`` today; ``full``, the name of which this is a form, and how the owner comes by that;
    ``kind``, how it comes by the form itself."""

    owner: Owner
    full: KnownName
    kind: NameKind

    @property
    def institution(self) -> str:
        """The institution as it was: one that became part of another keeps its own name."""
        return self.full.name if self.full.kind is NameKind.MERGED else self.owner.name

    def stood_in(self, year: int) -> bool:
        """Whether the name stood in that year, or had ended so lately that people still wrote it."""
        return self.full.since <= year and (not self.full.until or year <= self.full.until + LINGERS)


LINGERS = 3
"""Years for which people go on writing a name that has ended."""

_STRENGTH = {
    NameKind.NAME: 0,
    NameKind.LATER: 0,
    NameKind.RENAMED: 1,
    NameKind.MERGED: 1,
    NameKind.SHARED: 2,
    NameKind.SHORT: 2,
}


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Plain names → what they may mean, best kinds first. ``whole`` says that it lists every institution: then what follows a name on it
    cannot be another institution of its own."""

    senses: Mapping[str, tuple[Sense, ...]]
    whole: bool = False
    longest: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, listed: Iterable[Listed] = (), *, whole: bool = False) -> Gazetteer:
        """From what is known, and a list. A name that the list has is the institution's own, whatever else is known."""
        rows = {plain(each.name): each for each in listed}
        found: dict[str, list[Sense]] = defaultdict(list)
        told: set[str] = set()
        for institution in known_institutions():
            row = _row_of(institution, rows)
            told.add(row.name)
            owner = Owner(row.name, row.code, row.province or institution.province, row.city)
            for each in institution.names:
                known = replace(each, kind=_kind(each, owner))
                found[each.name].append(Sense(owner, known, known.kind))
        for name, row in rows.items():
            if row.name not in told:
                owner = Owner(row.name, row.code, row.province, row.city)
                found[name].append(Sense(owner, KnownName(name, NameKind.NAME), NameKind.NAME))
        _add_short(found)
        senses = {name: tuple(sorted(each, key=lambda one: (_STRENGTH[one.kind], one.owner.name))) for name, each in found.items()}
        longest: dict[str, int] = defaultdict(int)
        for name in senses:
            longest[name[:2]] = max(longest[name[:2]], len(name))
        return cls(senses, whole, dict(longest))

    def names_at(self, text: str, start: int) -> Iterator[str]:
        """The names that stand in a text from a place on, the longest first."""
        longest = self.longest.get(text[start : start + 2], 0)
        for length in range(min(longest, len(text) - start), 1, -1):
            name = text[start : start + length]
            if name in self.senses:
                yield name


@cache
def built_in() -> Gazetteer:
    """What is known without any list."""
    return Gazetteer.of()


def _row_of(institution: Institution, rows: Mapping[str, Listed]) -> Listed:
    """Its row on the list, under the name that the list has for it."""
    for each in institution.names:
        if each.kind in (NameKind.NAME, NameKind.LATER) and each.name in rows:
            return rows[each.name]
    return Listed(institution.name, "", institution.province)


def _kind(name: KnownName, owner: Owner) -> NameKind:
    """A list that has the later name makes the earlier one a former name."""
    if name.name == plain(owner.name):
        return NameKind.NAME
    return NameKind.RENAMED if name.kind is NameKind.NAME else name.kind


def _add_short(found: dict[str, list[Sense]]) -> None:
    """Short names of every name, stems of names in brackets, and what is shared. A short form never takes a name away from its owner."""
    owners = {plain(each.owner.name): each.owner for senses in found.values() for each in senses}
    further: dict[str, dict[str, Sense]] = defaultdict(dict)
    for name, senses in found.items():
        for short in (*_shortened(name), *_stem(name)):
            kind = NameKind.SHARED if short in _stem(name) else NameKind.SHORT
            if short not in found or kind is NameKind.SHARED:
                further[short].update({each.owner.name: replace(each, kind=kind) for each in senses})
    for short, sharers in shared_names().items():
        meant_by = {
            owners[each].name: Sense(owners[each], KnownName(each, NameKind.NAME), NameKind.SHARED) for each in sharers if each in owners
        }
        further[short].update(meant_by)
    for short, meant in further.items():
        if short in shared_names():
            found[short] = []
        present = {each.owner.name for each in found[short]}
        found[short] += [each for owner, each in meant.items() if owner not in present]


def _shortened(name: str) -> tuple[str, ...]:
    """How people shorten it, and the name with 省 after its province (湖南省商学院)."""
    province = next((each for each in _PROVINCES if name.startswith(each)), "")
    found = (f"{province}省{name.removeprefix(province)}",) if province else ()
    for ending, shorter in ABBREVIATIONS:
        if name.endswith(ending) and len(name) > len(ending):
            return (*found, *(name.removesuffix(ending) + each for each in shorter))
    return found


def _stem(name: str) -> tuple[str, ...]:
    match = _BRACKET.match(name)
    return (match[1],) if match and not ELSEWHERE.search(match[1]) else ()
