"""What the nodes of a row have to do with each other: relationships that the roles of two columns tell, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.interpretation.roles import OBJECT, ORGANISATION, PERSON
from ingest.interpretation.slot import Slot

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
    "transformed": ("TRANSFORMED_AT", OUT),
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
    "host_unit": ("ORGANIZED_BY", OUT),
}

NOT_OF_OBJECTS = frozenset({"contact", "relative", "student", "apprentice", "master", "reviewer", "founder", "director"})
"""People who are named beside an object without having made, led or joined it."""
NOT_OF_PROJECTS = frozenset(
    {"awarder", "alma_mater", "works_with", "publisher", "parent_org", "supplier", "customer", "department", "host_unit", "home_unit"}
)
BESIDES_AGREEMENTS = frozenset({"party_a", "party_b", "company", "university", "partner_org", "organisation", "lead_org", "laboratory"})


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship between two slots, by their keys. ``anchor``: the slot whose column tells it, next to which its dates and its post
    stand; ``constants`` and ``columns``: properties, ``options`` those of the values of the latter; ``valid_from``, ``valid_to``: a column
    and whether it holds a range of which this is a part, ``extracts`` what of its text is meant; ``matches`` and ``excludes``: patterns of
    the column ``word``, on which it depends."""

    type: str
    start: str
    end: str
    anchor: str
    why: str
    sure: float
    constants: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    valid_from: str = ""
    valid_to: str = ""
    extracts: Mapping[str, str] = field(default_factory=dict)
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
        if slot.kind in (PERSON, ORGANISATION) and not slot.constant and not slot.first:
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
    if slot.concept in NOT_OF_OBJECTS and main.kind != VISIT and not (main.concept == "event" and slot.concept in ("director", "founder")):
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
        if "leader" in at_home:
            return ("RUN_BY", OUT)
        return None if at_home - {"contact"} else ("PARTICIPATES_IN", IN)
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


def once(ties: Iterable[Tie]) -> list[Tie]:
    """Each tie once: the first that is told of two slots by one type."""
    found: dict[tuple[str, str, str, str, str], Tie] = {}
    for tie in ties:
        found.setdefault((tie.type, tie.start, tie.end, tie.matches, tie.excludes), tie)
    return list(found.values())
