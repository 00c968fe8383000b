"""Where the people of a row belong: which organisation of the row is the home of which person, by evidence of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.interpretation.headings import mentions
from ingest.interpretation.posts import post_of
from ingest.interpretation.roles import OBJECT, OF_EITHER, ORGANISATION, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.slots import FIRST, pairs
from ingest.interpretation.tables import Table
from ingest.naming import read_name
from ingest.naming.people import person_key

EMPLOYER_LIKE = frozenset({"organisation", "employer", "home_unit", "department", "laboratory", "university", "company", "lead_org"})
AFFINE: Mapping[str, tuple[str, ...]] = {
    "visitor": ("visiting_unit",),
    "host": ("visited", "company", "host_unit"),
    "contact": ("company", "party_a", "visited", "applicant", "organisation", "lead_org", "partner_org", "host_unit"),
    "leader": ("lead_org",),
    "attendee": ("organisation", "company", "employer"),
    "person": ("employer", "organisation", "home_unit", "company", "university"),
    "expert": ("university", "employer"),
}
"""Which organisations' roles go with which people's, best first."""
NOT_HOMES = frozenset(
    {
        "body",
        "transformed",
        "alma_mater",
        "host_unit",
        "funder",
        "investor",
        "works_with",
        "partner_org",
        "supplier",
        "customer",
        "organiser",
        "publisher",
        "parent_org",
        "awarder",
        "linked",
    }
)
"""Roles of organisations that are no home of anybody unless a heading says so."""
NOT_OF_COMPANIES = frozenset({"inventor", "leader", "participant", "expert", "supervisor", "author"})
"""People whom a company beside them does not employ unless something says so."""
NAMED_AFTER = frozenset({"contact", "host", "leader"})
"""People who stand after the organisation that they are named for."""
ELSEWHERE: Mapping[str, frozenset[str]] = {
    "visitor": frozenset({"visited"}),
    "host": frozenset({"visiting_unit"}),
    "mentor": frozenset({"advised"}),
    "person": frozenset({"advised"}),
    "director": frozenset({"company"}),
    "expert": frozenset({"advised", "visited"}),
}
"""Organisations with whose people somebody of that role deals, so that they are never where that person belongs."""
_OF_ONE_OF_MANY = re.compile(
    r"first|lead|corresponding|main|senior|erst|haupt|premier|prim(?:er|o)|第一|首位|通讯|筆頭|責任", re.IGNORECASE
)
"""Words that make an organisation that of one among the people of a list: ``Institution of first author``."""
SIDES = (
    frozenset({"company", "party_a", "customer", "partner_org", "visited", "applicant"}),
    frozenset({"university", "party_b", "lead_org", "laboratory", "department"}),
)
"""Words for the two sides of a cooperation: the firm, and the school."""
_RESEARCH = re.compile(r"investig|scien|wissensch|forsch|ricerc|chercheu|research|学术|科研|研究", re.IGNORECASE)
"""Words of a leader who comes from the university rather than from the company beside it."""
_OF_SIDE = (
    (
        re.compile(r"entreprise|company|workplace|industr|\bfirm|betrieb|empresa|aziend|企业|公司|用人单位|実習先|企業", re.IGNORECASE),
        frozenset({"company", "host_unit"}),
    ),
    (
        re.compile(
            r"professeur|enseignant|academic|universit|college|school|teacher|hochschul|profesor|docente|校内|学校|院校|高校", re.IGNORECASE
        ),
        frozenset({"university", "organisation"}),
    ),
)
"""Words of whoever looks after students, on one side and on the other."""
ENOUGH = 1.5
_NAME_WORDS = re.compile(r"姓名|名称|名字|名$|人员$|[\s._-]*\bnames?\b|\(.*?\)|（.*?）|氏名", re.IGNORECASE)


def homes_of(table: Table, slots: Sequence[Slot]) -> dict[str, str]:
    """Key of a person's slot → key of the slot of the organisation where that person belongs."""
    people = [slot for slot in slots if slot.kind == PERSON and not _leads_the_listed(slot, slots)]
    organisations = [
        slot
        for slot in slots
        if slot.kind == ORGANISATION and not slot.constant and (not slot.many or any(slot.objects == one.objects for one in people))
    ]
    best_core = {
        slot.key: _best_core(slot, [one for one in people if slot.concept not in ELSEWHERE.get(one.concept, ())]) for slot in organisations
    }
    found: dict[str, str] = {}
    for person in people:
        scored = [
            (_score(table, person, each, best_core[each.key], slots), -abs(each.place - person.place), each.key)
            for each in organisations
            if each.place != person.place
        ]
        if scored and max(scored)[0] >= ENOUGH:
            found[person.key] = max(scored)[2]
    return found


def without_boards(homes: Mapping[str, str], slots: Sequence[Slot]) -> dict[str, str]:
    """The homes but for those of people on the board of the only organisation that there is (``Trustee``, ``Organisation``)."""
    by_key = {slot.key: slot for slot in slots}
    organisations = [slot for slot in slots if slot.kind == ORGANISATION]
    only = organisations[0].key if len(organisations) == 1 and organisations[0].concept == "organisation" else ""
    return {person: home for person, home in homes.items() if not (home == only and by_key[person].concept == "director")}


def _listed_first(before: Sequence[Slot], slots: Sequence[Slot]) -> Slot:
    """Of the organisations before somebody who is called by a post, the one that the row is about, else the nearest."""
    first = min((slot for slot in slots if slot.place >= 0), key=lambda slot: slot.place)
    return first if first in before else before[-1]


def _leads_the_listed(person: Slot, slots: Sequence[Slot]) -> bool:
    """Whether the rows are of laboratories or departments, which this person leads."""
    if person.concept not in ("leader", "director") or any(slot.kind == OBJECT for slot in slots):
        return False
    first = min((slot for slot in slots if slot.place >= 0), key=lambda slot: slot.place)
    listed = first.kind == ORGANISATION and first.concept in ("laboratory", "department")
    return listed and (not first.group or person.group == first.group)


def core(slot: Slot) -> str:
    """What a person's heading says besides that it is a name: 导师 of 导师姓名."""
    text = slot.column.rsplit(".", 1)[0] if "." in slot.column and slot.objects else slot.column
    return _NAME_WORDS.sub("", text).strip().casefold()


def _best_core(organisation: Slot, people: Sequence[Slot]) -> str:
    """The person whose heading stands within that of the organisation, the longest first."""
    heading = organisation.column.casefold()
    inside = [(len(core(person)), person.key) for person in people if len(core(person)) >= 2 and _stands_in(core(person), heading)]
    return max(inside)[1] if inside else ""


def _stands_in(word: str, heading: str) -> bool:
    return (
        heading.startswith(word)
        if re.search(r"[\u3040-\u9fff]", word)
        else re.search(rf"(?<!\w){re.escape(word)}(?!\w)", heading) is not None
    )


def _score(table: Table, person: Slot, organisation: Slot, called: str, slots: Sequence[Slot]) -> float:
    by_heading = _by_heading(person, organisation, called, slots)
    if any(slot.first for slot in slots) and (person.first or FIRST.search(organisation.column)):
        by_heading = 5.0 if person.first and FIRST.search(organisation.column) else -2.0
    if by_heading < 0 or person.first or person.concept == "relative" or person.concept in OF_EITHER:
        return by_heading
    grouped = bool(person.group) and person.group == organisation.group
    affine = organisation.concept in AFFINE.get(person.concept, ()) or organisation.concept in _side_of(person)
    strange = organisation.concept in NOT_HOMES and by_heading < 4 and not grouped and not affine
    if strange or person.objects != organisation.objects or len({person.many, organisation.many} - {""}) == 2:
        return -1.0  # of two lists nobody knows which goes with which
    score = by_heading + _by_company(person, organisation, slots)
    if person.concept == "supervisor" and any(slot.concept in ("student", "person") for slot in slots):
        return score  # an institution that nothing else tells is the student's
    if person.concept in ("master", "apprentice") and organisation.concept in EMPLOYER_LIKE:
        return score + 1.6  # both work where the one learns
    return score + _by_place(person, organisation, slots) + _by_values(table, person, organisation)


def _by_company(person: Slot, organisation: Slot, slots: Sequence[Slot]) -> float:
    """What group, nested object and role say, and who else stands before somebody."""
    score = 3.0 * (bool(_path(person)) and _path(person) == _path(organisation))
    score += 3.0 * (bool(person.group) and person.group == organisation.group)
    affine = AFFINE.get(person.concept, ())
    if organisation.concept in affine:
        score += 2.5 - 0.2 * affine.index(organisation.concept)
    if organisation.concept in _side_of(person):
        score += 4
    before = [slot for slot in slots if slot.kind == ORGANISATION and slot.place < person.place and not slot.many]
    if person.concept == "leader" and _RESEARCH.search(person.column):
        before = [slot for slot in before if slot.concept != "company"] or before
    if person.concept in NAMED_AFTER and before and organisation is before[-1]:
        score += 1.6
    if post_of(person) and before and organisation is _listed_first(before, slots):
        score += 3
    return score


def _side_of(person: Slot) -> frozenset[str]:
    """Of which organisations somebody is who looks after students on one side: ``Tuteur en entreprise``, 校内导师."""
    if person.concept not in ("supervisor", "mentor"):
        return frozenset()
    return next((concepts for pattern, concepts in _OF_SIDE if pattern.search(person.column)), frozenset())


def _by_place(person: Slot, organisation: Slot, slots: Sequence[Slot]) -> float:
    """Whether an organisation follows somebody with nobody else between."""
    named = person.concept in ("contact", "host") or post_of(person)
    before = any(slot.kind == ORGANISATION and slot.place < person.place and not slot.many for slot in slots)
    after = organisation.place > person.place and not (named and before)
    after = after and not (organisation.concept == "company" and person.concept in NOT_OF_COMPANIES)
    between = [slot for slot in slots if min(person.place, organisation.place) < slot.place < max(person.place, organisation.place)]
    if organisation.concept in EMPLOYER_LIKE and after and not any(slot.kind == PERSON for slot in between):
        return 1.6 if not between else 0.6
    return 0.0


def _by_heading(person: Slot, organisation: Slot, called: str, slots: Sequence[Slot]) -> float:
    """What the headings say of the two: 企业联系人 and 企业, PI and PI Institution; negative where they say that it is another's."""
    of_one = organisation.heading.qualifiers and _OF_ONE_OF_MANY.search(organisation.column)
    if organisation.concept in ELSEWHERE.get(person.concept, ()) or (person.separators and of_one):
        return -2.0
    if called:
        return 6.0 if called == person.key else -2.0
    said = [each for each in organisation.heading.qualifiers if each.kind == PERSON]
    together = bool(_path(person)) and _path(person) == _path(organisation)
    if said and not organisation.objects and not together:
        same = any(each.name in (person.concept, "person") for each in said)
        return 5.0 if same and person.heading.ordinal == organisation.heading.ordinal else -2.0
    return _by_bracket(person, organisation, slots)


def _by_bracket(person: Slot, organisation: Slot, slots: Sequence[Slot]) -> float:
    """Whether an organisation that a person's heading names is this one (联系人（委托方）): by its own word, else as the only one of its
    side."""
    own = {each.name for each in person.heading.qualifiers if each.kind == ORGANISATION}
    if not own:
        return 0.0
    if _is_called(organisation, own):
        return 4.0
    others = [slot for slot in slots if slot.kind == ORGANISATION and slot is not organisation]
    side = next((side for side in SIDES if own <= side), frozenset())
    if organisation.concept in side and not any(_is_called(slot, own) or slot.concept in side for slot in others):
        return 4.0
    return -1.0


def _is_called(organisation: Slot, names: set[str]) -> bool:
    mine = {organisation.concept, *(each.name for each in organisation.heading.qualifiers)}
    return bool(mine & names) or any(mentions(organisation.column, name) for name in names)


def _path(slot: Slot) -> str:
    """The nested object of a JSON record in which a column stands."""
    return slot.column.rsplit(".", 1)[0] if "." in slot.column else ""


def _by_values(table: Table, person: Slot, organisation: Slot) -> float:
    """Whether the same person always stands with the same organisation, seen where people come again and organisations differ."""
    if not person.column or not (organisation.column or organisation.code):
        return 0.0
    homes: dict[str, set[str]] = defaultdict(set)
    times: dict[str, int] = defaultdict(int)
    for text, home in pairs(table, person.column, organisation.column or organisation.code, person.separators):
        key = person_key(read_name(text, "person").person)
        if key:
            homes[key].add(home)
            times[key] += 1
    again = [key for key, count in times.items() if count > 1]
    if len({home for each in homes.values() for home in each}) < 2 or len(again) < 2:
        return 0.0
    return (
        1.5 if all(len(homes[key]) == 1 for key in again) else -2.0 if sum(len(homes[key]) > 1 for key in again) * 3 >= len(again) else 0.0
    )
