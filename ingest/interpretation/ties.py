"""What the nodes of a row have to do with each other: relationships that the roles of two columns tell, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.interpretation.roles import OBJECT, ORGANISATION, PERSON
from ingest.interpretation.slots import Slot, determines
from ingest.interpretation.tables import Table
from ingest.interpretation.words import GENERIC

OUT, IN = "out", "in"
"""From the object to the slot, or from the slot to the object."""

VISIT = "visit"

OF_PROJECT: Mapping[str, tuple[str, str]] = {
    "leader": ("PRINCIPAL_INVESTIGATOR_OF", IN),
    "lead_org": ("RUN_BY", OUT),
    "funder": ("FUNDER_OF", IN),
    "laboratory": ("RUN_BY", OUT),
}
OF_NEED: Mapping[str, tuple[str, str]] = {
    "expert": ("ACCEPTED", IN),
    "company": ("POSTED", IN),
    "party_a": ("POSTED", IN),
    "organisation": ("POSTED", IN),
    "lead_org": ("POSTED", IN),
    "applicant": ("POSTED", IN),
    "employer": ("POSTED", IN),
    "visited": ("POSTED", IN),
}
OF_ACHIEVEMENT: Mapping[str, tuple[str, str]] = {
    "applicant": ("APPLICANT_OF", IN),
    "company": ("APPLICANT_OF", IN),
    "university": ("APPLICANT_OF", IN),
    "lead_org": ("PRODUCED", IN),
    "organisation": ("PRODUCED", IN),
}
OF_STUDIO: Mapping[str, tuple[str, str]] = {
    "leader": ("LEADS", IN),
    "founder": ("LEADS", IN),
    **dict.fromkeys(("company", "organisation", "employer", "lead_org", "parent_org", "university"), ("BASED_AT", OUT)),
}
OF_AGREEMENT: Mapping[str, tuple[str, str]] = {"leader": ("COVERS", OUT), "person": ("COVERS", OUT)}
OF_EVENT: Mapping[str, tuple[str, str]] = {
    "organiser": ("ORGANIZED_BY", OUT),
    "lead_org": ("ORGANIZED_BY", OUT),
    "funder": ("FUNDER_OF", IN),
}

NOT_OF_OBJECTS = frozenset({"contact", "relative", "student", "reviewer", "founder", "director"})
"""People who are named beside an object without having made, led or joined it."""
NOT_OF_PROJECTS = frozenset(
    {"alma_mater", "works_with", "publisher", "parent_org", "supplier", "customer", "department", "host_unit", "home_unit"}
)
BESIDES_AGREEMENTS = frozenset({"party_a", "party_b", "company", "university", "partner_org", "organisation", "lead_org", "laboratory"})


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship between two slots, by their keys. ``anchor``: the slot whose column tells it, next to which its dates and its post
    stand; ``constants`` and ``columns``: properties; ``valid_from``, ``valid_to``: a column and whether it holds a range of which this is
    a part; ``matches`` and ``excludes``: patterns of the column ``word``, on which it depends."""

    type: str
    start: str
    end: str
    anchor: str
    why: str
    sure: float
    constants: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    valid_from: str = ""
    valid_to: str = ""
    word: str = ""
    matches: str = ""
    excludes: str = ""

    @property
    def ends(self) -> tuple[str, str]:
        return self.start, self.end

    def named(self, properties: Mapping[str, str]) -> Tie:
        """The same tie with further properties from columns."""
        return replace(self, columns={**self.columns, **properties})


def object_of(slots: Sequence[Slot]) -> Slot | None:
    """The object that a row is about: the one with a code of its own, else the first; a visit, where somebody visits somebody."""
    objects = [slot for slot in slots if slot.kind in (OBJECT, VISIT) and slot.concept != "thesis"]
    return next((slot for slot in objects if slot.code), objects[0] if objects else None)


def ties_to(main: Slot, slots: Sequence[Slot], homes: Mapping[str, str]) -> list[Tie]:
    """The ties of the row's object with everybody else in the row."""
    found = []
    for slot in slots:
        if slot.kind in (PERSON, ORGANISATION) and not slot.constant:
            told = _tie_to(main, slot, slots, homes)
            if told is not None:
                type_name, way = told
                start, end = (main.key, slot.key) if way == OUT else (slot.key, main.key)
                why = f"{slot.column or slot.code} + {main.column or main.key}"
                found.append(Tie(type_name, start, end, slot.key, why, 0.9, _role_of(type_name, slot)))
    return found


def _role_of(type_name: str, slot: Slot) -> dict[str, str]:
    """The part that a participant has, in the words of its heading."""
    if type_name in ("PARTICIPATES_IN", "INVOLVES") and slot.column:
        return {"role": slot.column}
    return {"side": slot.column} if type_name == "SIGNED_BY" else {}


def _tie_to(main: Slot, slot: Slot, slots: Sequence[Slot], homes: Mapping[str, str]) -> tuple[str, str] | None:
    if slot.concept in NOT_OF_OBJECTS and main.kind != VISIT:
        return None
    if main.kind == VISIT or main.concept == "event":
        return _tie_to_event(main, slot, homes)
    ways = {
        "need": _tie_to_need,
        "achievement": _tie_to_achievement,
        "publication": _tie_to_achievement,
        "agreement": _tie_to_agreement,
        "studio": _tie_to_studio,
    }
    return ways.get(main.concept, _tie_to_project)(slot, slots, homes)


def _tie_to_achievement(slot: Slot, _: Sequence[Slot], homes: Mapping[str, str]) -> tuple[str, str] | None:
    if slot.kind == PERSON:
        return ("APPLICANT_OF", IN) if slot.concept == "applicant" else ("CREATED", IN)
    return None if slot.key in homes.values() else OF_ACHIEVEMENT.get(slot.concept)


def _tie_to_studio(slot: Slot, _: Sequence[Slot], __: Mapping[str, str]) -> tuple[str, str] | None:
    return OF_STUDIO.get(slot.concept) or (("MEMBER_OF", IN) if slot.kind == PERSON else None)


def _tie_to_agreement(slot: Slot, _: Sequence[Slot], __: Mapping[str, str]) -> tuple[str, str] | None:
    return OF_AGREEMENT.get(slot.concept) or (("SIGNED_BY", OUT) if slot.concept in BESIDES_AGREEMENTS else None)


def _tie_to_project(slot: Slot, slots: Sequence[Slot], homes: Mapping[str, str]) -> tuple[str, str] | None:
    if slot.concept in OF_PROJECT:
        return OF_PROJECT[slot.concept]
    if slot.kind == PERSON:
        return ("PARTICIPATES_IN", IN)
    if slot.concept in NOT_OF_PROJECTS:
        return None
    at_home = {other.concept for other in slots if homes.get(other.key) == slot.key}
    if at_home and slot.concept in ("organisation", "employer"):
        return ("RUN_BY", OUT) if "leader" in at_home else None
    return ("PARTICIPATES_IN", IN)


def _tie_to_need(slot: Slot, slots: Sequence[Slot], homes: Mapping[str, str]) -> tuple[str, str] | None:
    """Only who is said to take a need on accepts it; a contact, and an expert's own university, do not."""
    if slot.kind == ORGANISATION and any(homes.get(other.key) == slot.key and other.concept == "expert" for other in slots):
        return None
    if slot.kind == PERSON and slot.concept != "expert":
        return None
    return OF_NEED.get(slot.concept)


def _tie_to_event(main: Slot, slot: Slot, homes: Mapping[str, str]) -> tuple[str, str] | None:
    if slot.concept in OF_EVENT:
        return OF_EVENT[slot.concept]
    if slot.kind == PERSON:
        return ("INVOLVES", OUT)
    if main.kind == VISIT and slot.concept == "visited":
        return ("INVOLVES", OUT)
    return None if slot.key in homes.values() or slot.concept == "visiting_unit" else ("INVOLVES", OUT)


def ties_between(table: Table, slots: Sequence[Slot], homes: Mapping[str, str], main: Slot | None) -> list[Tie]:
    """The ties among people and organisations of a row."""
    found = [*_at_home(slots, homes), *_supervision(slots), *_among_organisations(table, slots, main)]
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
    if organisation.concept == "host_unit":
        return "SECONDED_TO"
    return "STUDIED_AT" if organisation.concept == "alma_mater" else "EMPLOYED_BY"


def _belonging_role(person: Slot, organisation: Slot) -> dict[str, str]:
    told = _belonging(person, organisation)
    if told == "CONTACT_FOR":
        return {"role": person.column}
    if told == GENERIC:
        return {"relation": person.column if person.concept == "founder" else organisation.column}
    return {}


def _supervision(slots: Sequence[Slot]) -> list[Tie]:
    """Who supervises whom: of students, or of people who are called nothing else beside a supervisor."""
    supervisors = [slot for slot in slots if slot.kind == PERSON and slot.concept == "supervisor"]
    students = [slot for slot in slots if slot.kind == PERSON and slot.concept == "student"]
    if supervisors and not students:
        students = [slot for slot in slots if slot.kind == PERSON and slot.concept in ("person", "author", "participant")]
    if students and not supervisors:
        supervisors = [
            slot for slot in slots if slot.kind == PERSON and slot.concept in ("mentor", "leader", "person", "trainer", "expert")
        ]
    return [
        Tie("SUPERVISES", one.key, other.key, one.key, f"{one.column} + {other.column}", 0.9, {"role": one.column} if one.column else {})
        for one in supervisors
        for other in students
        if one is not other and one.objects == other.objects
    ]


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
        if special is None or subject is None or slot is subject:
            continue
        start, end = (subject, slot) if special[1] == OUT else (slot, subject)
        told = {"relation": slot.column} if special[0] in (GENERIC, "PARTNER_OF") else {}
        found.append(Tie(special[0], start.key, end.key, slot.key, f"{subject.column} + {slot.column}", 0.85, told))
    found += _units(table, organisations)
    if main is None and subject is not None:
        found += _partners(subject, organisations, any(slot.kind == PERSON and slot.concept not in BESIDE_PARTIES for slot in slots))
    return found


def _units(table: Table, organisations: Sequence[Slot]) -> list[Tie]:
    """A department or laboratory that always stands beside the same, larger organisation."""
    found = []
    for small in organisations:
        if small.concept not in ("department", "laboratory") or small.many:
            continue
        around = [
            large
            for large in organisations
            if large.concept in ("university", "organisation", "home_unit", "alma_mater", "lead_org")
            and not large.many
            and large.column
            and not any(each.kind == PERSON for each in large.heading.qualifiers)
            and abs(large.place - small.place) == 1
            and determines(table, small.column, large.column)
        ]
        if around:
            large = min(around, key=lambda each: abs(each.place - small.place))
            found.append(Tie("UNIT_OF", small.key, large.key, small.key, f"{small.column} + {large.column}", 0.75))
    return found


def _partners(subject: Slot, organisations: Sequence[Slot], people: bool) -> list[Tie]:
    """Two parties of one row that has no object, such as a list of who works with whom. ``people``: it is about people who belong to
    neither."""
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
}


def _of_people(slots: Sequence[Slot], homes: Mapping[str, str]) -> list[Tie]:
    """What else the row says of its first person and its organisations, besides where people belong."""
    person = next((slot for slot in slots if slot.kind == PERSON and slot.concept not in ("contact", "relative")), None)
    student = next((slot for slot in slots if slot.kind == PERSON and slot.concept == "student"), None)
    person = student or person
    if person is None:
        return _of_companies(slots, homes)
    found = []
    companies = any(slot.kind == ORGANISATION and slot.concept in ("company", "organisation") and not slot.many for slot in slots)
    for slot in slots:
        if slot.concept == "funder" and companies:
            continue
        if slot.kind != ORGANISATION or slot.constant or slot.concept not in OF_PEOPLE or homes.get(person.key) == slot.key:
            continue
        if any(each.kind == PERSON for each in slot.heading.qualifiers) or (slot.objects and slot.objects != person.objects):
            continue
        if slot.key in homes.values() and not (person.concept == "student" and slot.concept in ("laboratory", "department", "university")):
            continue
        found.append(_person_at(person, slot))
    return [*found, *_of_companies(slots, homes)]


def _person_at(person: Slot, slot: Slot) -> Tie:
    why = f"{person.column} + {slot.column or slot.code}"
    told = OF_PEOPLE[slot.concept]
    if person.concept == "student" and told in ("EMPLOYED_BY", "SECONDED_TO"):
        told = "STUDIED_AT" if slot.concept in ("university", "department", "laboratory", "organisation", "home_unit") else GENERIC
    if person.concept in ("director", "founder", "mentor") and told == GENERIC:
        told = {"director": "DIRECTOR_OF", "founder": GENERIC, "mentor": "ADVISES"}[person.concept]
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


def once(ties: Iterable[Tie]) -> list[Tie]:
    """Each tie once: the first that is told of two slots by one type."""
    found: dict[tuple[str, str, str, str, str], Tie] = {}
    for tie in ties:
        found.setdefault((tie.type, tie.start, tie.end, tie.matches, tie.excludes), tie)
    return list(found.values())
