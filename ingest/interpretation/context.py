"""What the nodes of a row are in each other's company."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from ingest.interpretation.roles import OBJECT, ORGANISATION
from ingest.interpretation.slot import Slot

_DIRECTOR = re.compile(r"\bdirectors?\b", re.IGNORECASE)
"""Who leads a project in some tables sits on a company's board in others."""


def in_company(found: list[Slot]) -> list[Slot]:
    """The slots with the concepts that they have in each other's company: who learns at an event came to it; what somebody leads under a
    contract is the work that is agreed upon; what students are enrolled in is no project of theirs."""
    concepts = {slot.concept for slot in found}
    if "event" in concepts:
        return _renamed(found, {"student": "attendee"})
    about = {slot.concept for slot in found if slot.kind == OBJECT} | (concepts & {"laboratory"})
    if concepts & {"company", "organisation"} and not about:
        found = [
            replace(slot, concept="director") if slot.concept == "leader" and _DIRECTOR.search(slot.column) else slot for slot in found
        ]
        concepts = {slot.concept for slot in found}
    if "visitor" in concepts and not concepts & {"visited", "event", "visiting_unit"}:
        found = _renamed(found, {"company": "visited"})
        concepts = {slot.concept for slot in found}
    if "project" not in concepts and "leader" in concepts:
        found = _renamed(found, {"agreement": "project"})
    if "author" in concepts and not concepts & {"student", "supervisor"}:
        found = _renamed(found, {"thesis": "publication"})
        concepts = {slot.concept for slot in found}
    if "thesis" in concepts and "student" not in concepts and concepts & {"leader", "lead_org", "partner_org", "funder"}:
        return _renamed(found, {"thesis": "project"})
    if concepts & {"project", "thesis"} and "leader" in concepts and not concepts & {"lead_org", "home_unit", "university", "employer"}:
        found = _renamed(found, {"host_unit": "lead_org"})  # the host of a grant
    if "mentor" in concepts and not concepts & {"party_b", "company"}:
        found = _renamed(found, {"party_a": "company", "customer": "company"})
    elif "mentor" not in concepts:  # 顧問先企業 beside somebody who is not called an adviser
        found = [replace(slot, concept="advised") if _is_advised(slot) else slot for slot in found]
    return _without_studies(found)


def _without_studies(found: list[Slot]) -> list[Slot]:
    concepts = {slot.concept for slot in found}
    if concepts & {"student", "supervisor"} and "thesis" in concepts:
        found = [slot for slot in found if slot.concept != "thesis"]
    if "thesis" in concepts and not concepts & {
        "student",
        "supervisor",
        "author",
        "leader",
        "participant",
        "lead_org",
        "partner_org",
        "funder",
    }:
        found = [slot for slot in found if slot.concept != "thesis"]  # what was advised about, or talked of
    if concepts & {"student", "supervisor"} and not concepts & {"leader", "participant", "lead_org", "partner_org", "funder"}:
        return [slot for slot in found if slot.concept not in ("project", "thesis")]
    return found


def _renamed(found: Iterable[Slot], names: Mapping[str, str]) -> list[Slot]:
    return [replace(slot, concept=names.get(slot.concept, slot.concept)) for slot in found]


def _is_advised(slot: Slot) -> bool:
    return slot.kind == ORGANISATION and slot.concept in ("company", "organisation") and slot.heading.mentions("mentor")
