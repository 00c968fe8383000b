"""Which property of which type a column of a date, a text or an amount becomes."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.interpretation.words import GENERIC

GRANTED = re.compile(r"授权|公告|grant|erteil|délivr|conce|登録", re.IGNORECASE)
SIGNED = re.compile(r"签|sign|unterz|firm|締結|契約日|vertragsdatum|datum", re.IGNORECASE)
MEMBERSHIP = re.compile(r"会员|入会|加入|合作|入孵|入驻|member|partner|mitglied|adhé|soci[oa]|会員|加盟", re.IGNORECASE)
"""Since when an organisation belongs to another, which says nothing of the people who are named beside it."""
HIRED = re.compile(r"入职|参加工作|到校|来校|hired|employ|eingestellt|embauch|contratad|assun|入社|採用|着任", re.IGNORECASE)
"""Since when somebody works where they belong, whatever else they do besides."""
TERM = re.compile(r"会员|入会|member|mitglied|adhé|任期|届|会内|理事|聘|term|mandat|tenure|appointed|amtszeit|任|seat|board", re.IGNORECASE)


APPOINTED = frozenset({"ADVISES", "SECONDED_TO", "DIRECTOR_OF", "MEMBER_OF", "LEADS", GENERIC})
"""What somebody may be besides where they work."""

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
