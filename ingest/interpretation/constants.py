"""An organisation that a table's title names, of which every row is a member."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.values.normal import narrow
from ingest.interpretation.roles import ORGANISATION, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.tables import Table
from ingest.naming.organisations import organisation_kind
from ingest.naming.words import name_words

BOARD = re.compile(
    r"理事会|理事|监事|董事会|董事|委员会名单|board|trustees|directors|committee members|vorstand|aufsichtsrat|kuratorium|conseil d.admin|"
    r"bureau|patronato|junta directiva|consejo|consiglio|conselho|役員|理事名簿|評議員|이사회",
    re.IGNORECASE,
)
MEMBERS = re.compile(r"会员名单|会员名册|会员|members|membership|mitglieder|membres|adhérents|miembros|soci\b|会員", re.IGNORECASE)
_LATIN = re.compile(
    r"[^\W\d_a-z][\w'’.&-]*(?:\s+(?:e\.\s?V\.|of|for|the|and|&|de|du|des|la|le|für|der|die|das|und|del|di|e|y|[^\W\d_a-z][\w'’.&-]*))*"
)
_ORDINAL = re.compile(r"第[一二三四五六七八九十\d]+届")
TITLE = "title"
"""The column that holds what the title says."""


def constant_of(table: Table, slots: Sequence[Slot]) -> Slot | None:
    """A slot for the organisation of the title, whose concept is the relationship's type; ``None`` where the title says no such thing, or
    a column already names whose board it is."""
    people = [slot for slot in slots if slot.kind == PERSON and slot.concept in ("person", "director")]
    members = any(MEMBERS.search(title) for title in table.titles)
    subject = next((slot for slot in slots if slot.kind in (PERSON, ORGANISATION)), None)
    if members and subject is not None and subject.kind == ORGANISATION:
        name = next((found for title in table.titles if (found := organisation_in(title))), "")
        return Slot("body", ORGANISATION, "MEMBER_OF", TITLE, -1, constant=name) if name else None
    for title in (*table.titles, table.sheet):
        board = BOARD.search(title)
        if not people or not board or any(slot.concept in ("company", "lead_org", "parent_org", "body") for slot in slots):
            continue
        name = organisation_in(title)
        if name:
            return Slot("body", ORGANISATION, "DIRECTOR_OF", TITLE, -1, constant=name)
    return None


def organisation_in(title: str) -> str:
    """The name of an organisation in a title, or ``""``."""
    plain = _ORDINAL.sub(" ", narrow(title))
    if re.search(r"[\u3040-\u9fff]", plain):
        ends = list(name_words().ends.finditer(plain))
        for match in ends:
            name = plain[: match.end()].strip()
            if organisation_kind(name) and not BOARD.search(name) and " " not in name:
                return name
        return ""
    for match in _LATIN.finditer(plain):
        name = re.sub(
            rf"^(?:.*\b(?:{BOARD.pattern})\s+(?:of|der|des|du|de la|de l')\s+(?:the\s+)?)", "", match.group(), flags=re.IGNORECASE
        )
        name = re.sub(rf"\s+(?:{BOARD.pattern}).*$", "", name, flags=re.IGNORECASE).strip(" ,-–")
        if len(name.split()) > 1 and organisation_kind(name):
            return name
    return ""
