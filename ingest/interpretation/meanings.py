"""Which property of which type a column of a date, a text or an amount becomes."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.interpretation.words import GENERIC

OBJECT_DATES: Mapping[str, Mapping[str, str]] = {
    "Project": {
        "start": "startDate",
        "end": "endDate",
        "date": "startDate",
        "signed": "startDate",
        "granted": "approvedOn",
        "posted": "approvedOn",
    },
    "Need": {"posted": "postedOn", "date": "postedOn", "start": "postedOn", "end": "dueDate"},
    "Patent": {"date": "appliedOn", "start": "appliedOn", "posted": "appliedOn", "granted": "grantedOn"},
    "Publication": {"date": "publishedOn", "posted": "publishedOn", "start": "publishedOn"},
    "Achievement": {"date": "finishedOn", "end": "finishedOn", "posted": "finishedOn", "start": "finishedOn"},
    "Agreement": {"start": "validFrom", "end": "validTo", "date": "signedOn", "signed": "signedOn"},
    **dict.fromkeys(("Event", "Meeting", "Training", "Visit"), {"date": "date", "start": "date", "signed": "date"}),
}
OBJECT_TEXTS: Mapping[str, Mapping[str, str]] = {
    "Patent": {"kind": "patentType", "status": "legalStatus"},
    "Project": {"kind": "level"},
    "Event": {"place": "place"},
}
WAN_OF: Mapping[str, str] = {"Project": "amountWan", "Need": "budgetWan", "Agreement": "contractWan"}
"""Node type → the property of its amount in 万元."""
OF_PERSON: Mapping[str, str] = {"title": "professionalTitle", "gender": "gender", "phone": "phone", "email": "email", "orcid": "orcid"}
POST_OF: Mapping[str, str] = {
    **dict.fromkeys(("EMPLOYED_BY", "SECONDED_TO", "DIRECTOR_OF", "LEADS"), "post"),
    **dict.fromkeys(("CONTACT_FOR", "MEMBER_OF", "ADVISES", "PARTICIPATES_IN", "INVOLVES"), "role"),
    GENERIC: "relation",
}
