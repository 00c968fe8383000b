"""How much speaks for two nodes being the same: a sum of points, each with its reason.

The points are weights of evidence in bits, log2 of how much likelier an agreement is between two records of one thing than between two of
different things (Fellegi and Sunter, 1969); ``PRIOR`` is that of a pair that nothing is known of. The weights were set on labelled pairs
(``docs/identity.md``). Points for a name alone never lift a pair above even: whatever the name, more must agree.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.identity.names import SHORTEST_CORE, OrganisationName, is_han, sounds
from graph.identity.portrait import Population, Portrait, Sort
from graph.model import Value
from graph.ontology.schema import Label

PRIOR = -10.0
NAME_AT_MOST = 9.0
"""Points for a name: below ``-PRIOR``, so that a name alone leaves a pair less likely than not."""
NEAR_AT_MOST = 9.0
"""Points for standing next to the same nodes."""
ONLY_ONE = 5.0
"""Points for a short form of an organisation's name for which there is one full name only."""
SUBJECTS_AT_MOST = 4.0
"""Points for words of their work that both share: as much as for a field in common."""
TOLD_WORDS = 6
"""Shared words that a reason lists."""
OTHER_NAME = -20.0
"""Points for names that have nothing to do with each other: colleagues share nearly everything else."""

DEPARTMENT = "Department"
OTHER_DEPARTMENTS = 2.0
"""Bits for one institution but other departments, where one institution alone has 7: with a name's 9 this is not proposed by itself."""

HOME = frozenset({"EMPLOYED_BY", "SECONDED_FROM", "DIRECTOR_OF", "MEMBER_OF", "LEADS"})
"""Relationships from a person to where they belong."""
HOST = frozenset({"RUN_BY", "PARTICIPATES_IN", "PRINCIPAL_INVESTIGATOR_OF"})
"""Relationships between a project and who carries it."""
PLACE = frozenset({"LOCATED_IN", "PART_OF"})
TOPIC = frozenset({"EXPERT_IN", "IN_FIELD"})

LABELS: Mapping[str, Label] = {
    "name": Label("名称", "name"),
    "code": Label("代码一致", "the same code"),
    "near-code": Label("代码只差一两位", "codes differ in a character or two"),
    "contact": Label("联系方式一致", "the same contact"),
    "home": Label("所在单位", "home organisation"),
    "topic": Label("领域", "field"),
    "place": Label("地点", "place"),
    "near": Label("图中相邻", "shared neighbours"),
    "date": Label("日期", "date"),
    "attribute": Label("其他属性", "other properties"),
    "form": Label("名称中的差别", "difference within the names"),
}
"""What each feature is called."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for (``points`` above 0) or against: a feature of ``LABELS``, and in words what was compared."""

    feature: str
    points: float
    words: Label


@dataclass(frozen=True, slots=True)
class Comparison:
    """``score``, from 0 to 1, is how likely the two are the same; ``refused`` that two valid codes of one scheme differ: a hard no."""

    reasons: tuple[Reason, ...]
    score: float
    refused: bool


def compare(one: Portrait, other: Portrait, population: Population) -> Comparison:
    """Two nodes of one sort."""
    reasons = list(_codes(one, other))
    refused = any(reason.points == -math.inf for reason in reasons)
    if refused:
        return Comparison(tuple(reasons), 0.0, refused=True)
    reasons.extend(_names(one, other, population))
    reasons.extend(_attributes(one, other))
    reasons.extend(_surroundings(one, other, population))
    named = sum(reason.points for reason in reasons if reason.feature == "name")
    further = sum(reason.points for reason in reasons if reason.feature != "name")
    total = PRIOR + min(named, NAME_AT_MOST) + further
    return Comparison(tuple(sorted(reasons, key=lambda r: -abs(r.points))), 1 / (1 + 2.0 ** min(60.0, -total)), refused=False)


# ── codes ───────────────────────────────────────────────────────────────────────────────────────


def _codes(one: Portrait, other: Portrait) -> Iterator[Reason]:
    agreed = [scheme for scheme in one.codes if one.codes[scheme] & other.codes.get(scheme, frozenset())]
    for scheme, codes in one.codes.items():
        theirs = other.codes.get(scheme)
        if theirs and not codes & theirs:
            yield Reason("code", -math.inf, Label(f"{scheme} 不同", f"{scheme} differs"))
    if agreed:
        yield Reason("code", 16.0, Label(f"{'、'.join(agreed)} 一致", f"the same {', '.join(agreed)}"))
    written = [{str(each.properties[name]) for name in ("uscc",) if name in each.properties} for each in (one, other)]
    if not agreed and all(written) and any(0 < _differing(a, b) <= 2 for a in written[0] for b in written[1]):
        yield Reason("near-code", 6.0, Label("统一社会信用代码只差一两位", "the credit codes differ in a character or two"))


def _differing(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True)) if len(one) == len(other) else len(one)


# ── names ───────────────────────────────────────────────────────────────────────────────────────


def _names(one: Portrait, other: Portrait, population: Population) -> Iterator[Reason]:
    exact = set(one.names) & set(other.names)
    if exact:
        name = max(exact, key=lambda each: _rare(each, one.sort, population))
        same = one.names[0] == other.names[0]
        words = ("名称相同", "the same name") if same else ("曾用名或别名相同", "a former or other name is the same")
        yield Reason("name", _rare(name, one.sort, population), Label(f"{words[0]}：{name}", f"{words[1]}: {name}"))
    elif one.sort is Sort.PERSON:
        yield from _sounding(one.names[0], other.names[0])
    elif one.sort is Sort.PROJECT:
        yield Reason("name", -2.0, Label("名称不同", "other names"))
    if one.sort is Sort.ORGANISATION:
        yield from _parts(one, other, population, exact=bool(exact))


def _rare(name: str, sort: Sort, population: Population) -> float:
    """In bits, how little it is to be expected that two bear this name."""
    return max(1.0, min(NAME_AT_MOST, math.log2(max(1000, population.sizes[sort]) / max(1, population.frequency[sort, name]))))


def _sounding(one: str, other: str) -> Iterator[Reason]:
    if not sounds(one) & sounds(other):
        yield Reason("name", OTHER_NAME, Label("姓名不同", "other names"))
        return
    if is_han(one) != is_han(other):
        yield Reason("name", 6.0, Label(f"拼音相符：{one} / {other}", f"the pinyin agrees: {one} / {other}"))
    elif is_han(one):
        yield Reason("name", 2.0, Label(f"同音不同字：{one} / {other}", f"sounds alike, written otherwise: {one} / {other}"))
    else:
        yield Reason("name", 7.0, Label(f"姓名前后次序不同：{one} / {other}", f"given and family name in another order: {one} / {other}"))


def _parts(one: Portrait, other: Portrait, population: Population, *, exact: bool) -> Iterator[Reason]:
    pairs = [(a, b) for a in one.organisation for b in other.organisation]
    mine, theirs = next(((a, b) for a, b in pairs if a.core == b.core), pairs[0])
    if not exact and mine.core == theirs.core and len(mine.core) >= SHORTEST_CORE:
        points = min(8.0, _rare(mine.core, one.sort, population))
        yield Reason("name", points, Label(f"字号相同：{mine.core}", f"the same but for place and legal form: {mine.core}"))
        if (mine.whole == mine.core) != (theirs.whole == theirs.core) and population.frequency[one.sort, mine.core] == 2:
            yield Reason("form", ONLY_ONE, Label("简称只对应这一个全称", "a short form that fits this one full name only"))
    elif not exact and _within(mine.core, theirs.core):
        yield Reason(
            "name", 3.0, Label(f"一名含另一名：{mine.core} / {theirs.core}", f"one name holds the other: {mine.core} / {theirs.core}")
        )
    if not exact:
        yield from _forms(mine, theirs)


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_CORE and short in long


def _forms(one: OrganisationName, other: OrganisationName) -> Iterator[Reason]:
    if one.group != other.group:
        yield Reason("form", -5.0, Label("一方是集团", "one of them is a group"))
    if one.places and other.places and not one.places & other.places:
        yield Reason("form", -7.0, Label("名称中的地名不同", "other places in the names"))
    if one.numbers != other.numbers:
        yield Reason("form", -9.0, Label("名称中的数字不同", "other numbers in the names"))


# ── properties ──────────────────────────────────────────────────────────────────────────────────

_SAME: Mapping[str, tuple[str, float, float]] = {
    # property: feature, points where it agrees, points where it differs
    "phone": ("contact", 9.0, -0.5),
    "email": ("contact", 9.0, -0.5),
    "website": ("contact", 6.0, -1.0),
    "vatNumber": ("code", 12.0, -6.0),
    "address": ("place", 5.0, -0.5),
    "postcode": ("place", 2.0, -0.5),
    "city": ("place", 1.0, -4.0),
    "country": ("place", 0.5, -8.0),
    "contact": ("contact", 5.0, -0.5),
    "legalRepresentative": ("contact", 6.0, -1.5),
    "gender": ("attribute", 0.7, -8.0),
    "professionalTitle": ("attribute", 1.5, -0.7),
    "degree": ("attribute", 1.0, -1.0),
    "trade": ("attribute", 3.0, -3.0),
    "industryCode": ("topic", 3.0, -1.5),
    "acronym": ("attribute", 4.0, -2.0),
    "code": ("code", 14.0, -12.0),
    "programme": ("attribute", 0.5, -3.0),
    "amountWan": ("attribute", 3.0, -2.0),
}
_DATES = {"birthYear": (4.0, -9.0), "foundedOn": (5.0, -3.0), "startDate": (3.0, -4.0), "approvedOn": (2.0, -4.0)}
"""Points where a date agrees as far as both are precise, and where it does not."""


def _attributes(one: Portrait, other: Portrait) -> Iterator[Reason]:
    for name, (feature, agree, differ) in _SAME.items():
        mine, theirs = one.properties.get(name), other.properties.get(name)
        if mine is not None and theirs is not None:
            yield _stated(feature, name, agree if _text(mine) == _text(theirs) else differ)
    for name, (agree, differ) in _DATES.items():
        mine, theirs = one.properties.get(name), other.properties.get(name)
        if mine is not None and theirs is not None:
            short = min(len(_text(mine)), len(_text(theirs)))
            yield _stated("date", name, agree if _text(mine)[:short] == _text(theirs)[:short] else differ)


def _stated(feature: str, name: str, points: float) -> Reason:
    """The value itself is not told: the nodes show it to whoever may see it."""
    return Reason(feature, points, Label(f"{name} {'一致' if points > 0 else '不同'}", f"{name} {'agrees' if points > 0 else 'differs'}"))


def _text(value: Value) -> str:
    return str(value).strip().casefold()


# ── the graph around them ───────────────────────────────────────────────────────────────────────


def _surroundings(one: Portrait, other: Portrait, population: Population) -> Iterator[Reason]:
    used: set[str] = set()
    for feature, types, agree, differ in (("home", HOME, 7.0, -4.0), ("home", HOST, 6.0, -6.0), ("topic", TOPIC, 4.0, -1.0)):
        if (feature, types) == ("home", HOST) and one.sort is not Sort.PROJECT:
            continue
        if (feature, types) == ("home", HOME) and one.sort is not Sort.PERSON:
            continue
        mine, theirs = (_ends(each, types) for each in (one, other))
        shared = {id for id in mine & theirs if feature == "home" or population.rarity(id) > 0}
        used |= shared
        if shared and feature == "home" and _in_other_departments(mine, theirs, population):
            yield _met(feature, OTHER_DEPARTMENTS, "同一单位，院系不同", "one institution, other departments")
        elif shared:
            points = min(7.0, agree * len(shared)) if feature == "topic" else agree
            yield _met(feature, points, f"共同 {len(shared)} 个", f"{len(shared)} shared")
        elif mine and theirs:
            yield _met(feature, differ, "各不相同", "none shared")
    yield from _subjects(one, other, population)
    told = set(used)
    mine, theirs = (_ends(each, PLACE) for each in (one, other))
    used |= mine & theirs
    if mine and theirs:
        yield _met(
            "place",
            2.0 if mine & theirs else -3.0,
            "同一地点" if mine & theirs else "不同地点",
            "one place" if mine & theirs else "other places",
        )
    # Whoever shares a home or a field shares its people and projects: these tell nothing that it did not tell already.
    yield from _near(one, other, population, used.union(*(population.neighbours(id) for id in told)))


def _in_other_departments(mine: set[str], theirs: set[str], population: Population) -> bool:
    """Whether both name departments, and none in common: a large university has several people of a common name."""
    departments = [{id for id in ends if population.types.get(id) == DEPARTMENT} for ends in (mine, theirs)]
    return all(departments) and not departments[0] & departments[1]


def _subjects(one: Portrait, other: Portrait, population: Population) -> Iterator[Reason]:
    """Words of what two people of one name work on, where no field is the same node: a roster names fields, a list of results only titles.
    Colleagues whose names only sound alike share their words anyway."""
    if one.sort is Sort.PERSON and set(one.names) & set(other.names) and not _ends(one, TOPIC) & _ends(other, TOPIC):
        points, words = population.subjects.shared(one.node.id, other.node.id)
        if points > 0:
            told = "、".join(words[:TOLD_WORDS])
            yield Reason(
                "topic", min(SUBJECTS_AT_MOST, points), Label(f"研究内容用词相同：{told}", f"words of their work are the same: {told}")
            )


def _ends(one: Portrait, types: frozenset[str]) -> set[str]:
    return {id for type, ends in one.near.items() if type in types for id in ends}


def _met(feature: str, points: float, zh: str, en: str) -> Reason:
    label = LABELS[feature]
    return Reason(feature, points, Label(f"{label.zh}：{zh}", f"{label.en}: {en}"))


def _near(one: Portrait, other: Portrait, population: Population, used: set[str]) -> Iterator[Reason]:
    """Neighbours of both, and nodes two steps from either: a rare one tells much, a crowded one nothing."""
    directly = (population.neighbours(one.node.id) & population.neighbours(other.node.id)) - used
    points = sum(0.7 * population.rarity(id) for id in directly)
    shared = len(directly)
    reach = [population.around(each.node.id) for each in (one, other)]
    further = (reach[0] & reach[1]) - directly - used
    points += sum(0.45 * max(0.0, population.rarity(id) - 2.0) for id in further)
    if other.node.id in reach[0] - used:
        points += 3.0
        shared += 1
    if points > 0:
        told = shared + len(further)
        yield _met("near", min(NEAR_AT_MOST, points), f"{told} 个", f"{told}")
