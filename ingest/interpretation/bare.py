"""People who merely stand beside an organisation, so that nothing says whether they work there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.values.normal import narrow
from ingest.interpretation.homes import core
from ingest.interpretation.roles import Role
from ingest.interpretation.slot import Slot
from ingest.interpretation.slots import pairs
from ingest.interpretation.tables import Table
from ingest.naming.people import without_titles

_MERELY = frozenset({"", "person", "people", "人员", "人", "name", "personne", "persona", "individual", "full", "氏名"})
"""What headings of people say who say nothing of what they are."""
_WORKS = re.compile(
    r"单位|所属|所在|任职|就职|供职|affiliat|employ|work|institution|arbeit|zugehör|einrichtung|établissement|勤務|소속", re.IGNORECASE
)
"""Words of an organisation as the one where somebody is."""


@dataclass(frozen=True, slots=True)
class Bare:
    """Columns of people and of an organisation of which nothing says what the ones are to the other. ``works``: they are taken to work
    there; ``example``: two names of a row."""

    person: str
    organisation: str
    works: bool
    example: tuple[str, str]


def bare_homes(table: Table, slots: Sequence[Slot], homes: Mapping[str, str], roles: Sequence[Role]) -> dict[tuple[str, str], Bare]:
    """(key of a person's slot, of its home's) → for those homes that nothing but the row itself tells."""
    if any(role.concept in ("post", "relation", "title", "honour") and role.profile.filled for role in roles):
        return {}
    by_key = {slot.key: slot for slot in slots}
    answered = {role.column for role in roles if role.told_by == "answer"}
    found = {}
    for key, home in homes.items():
        person, organisation = by_key[key], by_key[home]
        if person.column in answered or organisation.column in answered or not _is_bare(person, organisation):
            continue
        names = [text for text in table.texts(person.column) if without_titles(narrow(text)) != narrow(text)]
        together = next(iter(pairs(table, person.column, organisation.column)), None)
        if together is not None and len(names) * 2 < len(table.texts(person.column)):
            found[key, home] = Bare(person.column, organisation.column, organisation.concept != "company", together)
    return found


def _is_bare(person: Slot, organisation: Slot) -> bool:
    """Whether the headings are names of things and no more: ``Name`` and ``Company``, not 教师 and 所在单位."""
    mere = person.concept == "person" and core(person) in _MERELY and not person.group and not person.objects
    plain = organisation.concept in ("organisation", "university", "company") and not organisation.heading.qualifiers
    return mere and plain and bool(organisation.column) and _WORKS.search(organisation.column) is None
