"""What people and organisations of a row have to do with each other, beside or without an object that the row is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.interpretation.larger import between_groups, is_above, units_among
from ingest.interpretation.posts import post_of
from ingest.interpretation.roles import OBJECT, OF_EITHER, ORGANISATION, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.tables import Table
from ingest.interpretation.ties import IN, OUT, Tie
from ingest.interpretation.words import GENERIC


def ties_between(table: Table, slots: Sequence[Slot], homes: Mapping[str, str], main: Slot | None) -> list[Tie]:
    """The ties among people and organisations of a row."""
    found = [*_at_home(slots, homes), *_supervision(slots), *_among_organisations(table, slots, main)]
    parts = {tie.ends for tie in found if tie.type == "UNIT_OF"}
    found = [tie for tie in found if tie.type != "PARTNER_OF" or not {tie.ends, tie.ends[::-1]} & parts]
    if main is None or main.kind == OBJECT and main.concept == "thesis":
        found += _of_people(slots, homes)
    return found


def _at_home(slots: Sequence[Slot], homes: Mapping[str, str]) -> list[Tie]:
    """Where somebody belongs: employed, or only its contact, or studying."""
    found = []
    for slot in slots:
        home = homes.get(slot.key)
        if home is None:
            continue
        organisation = next(each for each in slots if each.key == home)
        why = f"{slot.column or slot.code} + {organisation.column or organisation.code}"
        found.append(Tie(_belonging(slot, organisation), slot.key, home, home, why, 0.85, _belonging_role(slot, organisation)))
    return found


def _belonging(person: Slot, organisation: Slot) -> str:
    if person.concept in ("contact", "host"):
        return "CONTACT_FOR"
    if person.concept == "student":
        return GENERIC if organisation.concept in ("company", "host_unit", "employer") else "STUDIED_AT"
    nested = "." in organisation.column and person.column.rsplit(".", 1)[0] == organisation.column.rsplit(".", 1)[0]
    if person.concept in ("founder", "mentor") and organisation.concept == "company" and not nested:
        return GENERIC if person.concept == "founder" else "ADVISES"
    if organisation.place < person.place and (post := post_of(person)):
        return post
    if organisation.concept == "host_unit" and person.concept not in ("supervisor", "mentor"):
        return "SECONDED_TO"
    return "STUDIED_AT" if organisation.concept == "alma_mater" else "EMPLOYED_BY"


def _belonging_role(person: Slot, organisation: Slot) -> dict[str, str]:
    told = _belonging(person, organisation)
    if told in ("DIRECTOR_OF", "LEADS"):
        return {"post": person.column}
    if told == "CONTACT_FOR":
        return {"role": person.column}
    if told == GENERIC:
        return {"relation": person.column if person.concept == "founder" else organisation.column}
    return {}


def _supervision(slots: Sequence[Slot]) -> list[Tie]:
    """Who supervises whom: of students, or of people who are called nothing else beside a supervisor."""
    supervisors = [slot for slot in slots if slot.kind == PERSON and slot.concept in ("supervisor", "master")]
    students = [slot for slot in slots if slot.kind == PERSON and slot.concept in ("student", "apprentice")]
    if supervisors and not students:
        students = [slot for slot in slots if slot.kind == PERSON and slot.concept in ("person", "author", "participant")]
    if students and not supervisors:
        supervisors = [
            slot for slot in slots if slot.kind == PERSON and slot.concept in ("mentor", "leader", "person", "trainer", "expert")
        ]
    return [_supervises(one, other) for one in supervisors for other in students if one is not other and one.objects == other.objects]


def _supervises(one: Slot, other: Slot) -> Tie:
    why = f"{one.column} + {other.column}"
    if one.concept == "master" or other.concept == "apprentice":
        return Tie("MENTORS", one.key, other.key, one.key, why, 0.9)
    return Tie("SUPERVISES", one.key, other.key, one.key, why, 0.9, {"role": one.column} if one.column else {})


AMONG_ORGANISATIONS: Mapping[str, tuple[str, str]] = {
    "works_with": ("PARTNER_OF", IN),
    "supplier": ("SUPPLIES", IN),
    "customer": ("SUPPLIES", OUT),
    "investor": ("SHAREHOLDER_OF", IN),
    "parent_org": ("UNIT_OF", OUT),
    "borrower": (GENERIC, OUT),
    "lender": (GENERIC, IN),
}
"""What an organisation of this role is to the one that a row is about: from the one (out), or to it (in)."""


def _among_organisations(table: Table, slots: Sequence[Slot], main: Slot | None) -> list[Tie]:
    organisations = [slot for slot in slots if slot.kind == ORGANISATION and not slot.constant]
    besides = {*AMONG_ORGANISATIONS, "funder"}
    subject = next((slot for slot in organisations if slot.concept not in besides and not slot.many), None)
    subject = subject or next((slot for slot in organisations if not slot.many), None)
    found = []
    for slot in slots:
        special = AMONG_ORGANISATIONS.get(slot.concept) if slot.kind in (ORGANISATION, PERSON) else None
        if slot.kind == PERSON and slot.concept == "funder" and main is None:
            special = ("FUNDER_OF", IN)
        if special is None and subject is not None and is_above(slot, subject):
            special = ("UNIT_OF", OUT)
        if special is None or subject is None or slot is subject:
            continue
        start, end = (subject, slot) if special[1] == OUT else (slot, subject)
        told = {"relation": slot.column} if special[0] in (GENERIC, "PARTNER_OF") else {}
        found.append(Tie(special[0], start.key, end.key, slot.key, f"{subject.column} + {slot.column}", 0.85, told))
    found += units_among(table, organisations)
    found += between_groups(organisations) if main is None else []
    if main is None and subject is not None:
        people = {slot.concept for slot in slots if slot.kind == PERSON and not post_of(slot)}
        found += _partners(subject, organisations, bool(people - BESIDE_PARTIES), bool(people - {"contact", "host"}))
    return found


def _partners(subject: Slot, organisations: Sequence[Slot], people: bool, posted: bool) -> list[Tie]:
    """Two parties of one row that has no object, such as a list of who works with whom. ``people``: it is about people who belong to
    neither; ``posted``: it names whoever goes from the one to the other, who then is what ties them."""
    sides = (
        "party_a",
        "party_b",
        "partner_org",
        "company",
        "university",
        "organisation",
        "funder",
        "host_unit",
        "laboratory",
        "lead_org",
        "visited",
    )
    found = []
    for slot in organisations:
        if slot is subject or slot.concept not in sides or subject.concept not in sides or slot.kind != ORGANISATION:
            continue
        if slot.concept == "host_unit" and posted:
            continue
        if slot.concept == "funder":
            found.append(Tie("FUNDER_OF", slot.key, subject.key, slot.key, f"{slot.column} + {subject.column}", 0.7))
        elif not people and slot.column:
            found.append(
                Tie("PARTNER_OF", subject.key, slot.key, slot.key, f"{subject.column} + {slot.column}", 0.7, {"relation": slot.column})
            )
    return found


BESIDE_PARTIES = frozenset({"contact", "leader", "host", "founder", "director"})
"""People who are named for a party, so that the row is about the parties."""

OF_PEOPLE: Mapping[str, str] = {
    "body": "MEMBER_OF",
    "host_unit": "SECONDED_TO",
    "alma_mater": "STUDIED_AT",
    "employer": "EMPLOYED_BY",
    "home_unit": "EMPLOYED_BY",
    "organisation": "EMPLOYED_BY",
    "university": "EMPLOYED_BY",
    "department": "EMPLOYED_BY",
    "laboratory": "EMPLOYED_BY",
    "company": GENERIC,
    "lead_org": GENERIC,
    "funder": "FUNDER_OF",
    "advised": "ADVISES",
    "awarder": GENERIC,
    "linked": GENERIC,
}


def _of_people(slots: Sequence[Slot], homes: Mapping[str, str]) -> list[Tie]:
    """What else the row says of its first person and its organisations, besides where people belong."""
    person = next((slot for slot in slots if slot.kind == PERSON and slot.concept not in ("contact", "relative", *OF_EITHER)), None)
    student = next((slot for slot in slots if slot.kind == PERSON and slot.concept == "student"), None)
    person = student or person
    if person is None:
        return _of_companies(slots, homes)
    found = []
    beside = {slot.key for slot in slots if slot.concept in ("contact", "host")}
    taken = {home for key, home in homes.items() if key not in beside}
    companies = any(slot.kind == ORGANISATION and slot.concept in ("company", "organisation") and not slot.many for slot in slots)
    for slot in slots:
        if slot.concept == "funder" and companies:
            continue
        if slot.kind != ORGANISATION or slot.constant or slot.concept not in OF_PEOPLE or homes.get(person.key) == slot.key:
            continue
        if any(each.kind == PERSON for each in slot.heading.qualifiers) or (slot.objects and slot.objects != person.objects):
            continue
        used = taken if slot.concept in ("host_unit", "advised") else set(homes.values())
        used = set() if person.concept == "student" and slot.concept == "host_unit" else used  # though the mentor works there
        if _is_of_the_subject(person, slot, slots):
            continue
        if slot.key in used and not (person.concept == "student" and slot.concept in ("laboratory", "department", "university")):
            continue
        found.append(_person_at(person, slot))
    return [*found, *_of_companies(slots, homes)]


def _is_of_the_subject(person: Slot, slot: Slot, slots: Sequence[Slot]) -> bool:
    """Whether an organisation has to do with the one that a list of organisations is about, rather than with the people named for it."""
    first = min((each for each in slots if each.kind in (PERSON, ORGANISATION) and each.place >= 0), key=lambda each: each.place)
    kinds = ("organisation", "laboratory", "department", *(("company",) if person.concept in ("founder", "director") else ()))
    listed = first.kind == ORGANISATION and first.concept in kinds and not first.many
    return listed and slot is not first and slot.concept in ("organisation", "university", "company", "department", "laboratory")


def _person_at(person: Slot, slot: Slot) -> Tie:
    why = f"{person.column} + {slot.column or slot.code}"
    told = OF_PEOPLE[slot.concept]
    if person.concept == "student" and told in ("EMPLOYED_BY", "SECONDED_TO"):
        told = "STUDIED_AT" if slot.concept in ("university", "department", "laboratory", "organisation", "home_unit") else GENERIC
    if person.concept in ("director", "founder", "mentor") and told == GENERIC:
        told = {"director": "DIRECTOR_OF", "founder": GENERIC, "mentor": "ADVISES"}[person.concept]
    leads = slot.concept in ("laboratory", "department")
    leads |= person.concept == "leader" and (slot.concept == "organisation" or person.heading.mentions(slot.concept))
    if person.concept == "director" and slot.concept == "organisation":
        told = "DIRECTOR_OF"
    if person.concept in ("leader", "director") and leads:
        told = "LEADS"  # another than where the leader belongs
    if told == "FUNDER_OF":
        return Tie(told, slot.key, person.key, slot.key, why, 0.7)
    return Tie(told, person.key, slot.key, slot.key, why, 0.8, {"relation": slot.column} if told == GENERIC else {})


def _of_companies(slots: Sequence[Slot], homes: Mapping[str, str]) -> list[Tie]:
    """Founders, mentors and directors of the company that a row is about."""
    company = next(
        (slot for slot in slots if slot.kind == ORGANISATION and slot.concept in ("company", "organisation") and not slot.many), None
    )
    if company is None:
        return []
    types = {"founder": GENERIC, "mentor": "ADVISES", "director": "DIRECTOR_OF"}
    return [
        Tie(
            types[slot.concept],
            slot.key,
            company.key,
            slot.key,
            f"{slot.column} + {company.column}",
            0.85,
            _said_of(types[slot.concept], slot),
        )
        for slot in slots
        if slot.kind == PERSON and slot.concept in types and homes.get(slot.key) != company.key
    ]


def _said_of(type_name: str, slot: Slot) -> dict[str, str]:
    label = slot.objects or slot.column.split(".")[0]
    return {"relation": label} if type_name == GENERIC else {}
