"""Tables that refer to each other by code: which table names what a code of another stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.interpretation.edges import EITHER
from ingest.interpretation.profile import parted
from ingest.interpretation.roles import ATTRIBUTE, OBJECT, UNUSED, Role
from ingest.interpretation.slot import Slot, unused_key
from ingest.interpretation.tables import Table
from ingest.text import normal

REFERRED = 0.8
"""Of the codes of a column, how many another table must name for the column to refer to it."""


@dataclass(frozen=True, slots=True)
class Look:
    """A table with the roles of its columns and the slots of its rows. ``base``: what the ids of its file begin with."""

    table: Table
    base: str
    roles: tuple[Role, ...]
    slots: tuple[Slot, ...]

    @property
    def place(self) -> tuple[str, str]:
        """File and sheet."""
        return self.table.file, self.table.sheet


@dataclass(frozen=True, slots=True)
class CodeSpace:
    """Codes that a table gives to what it names. ``concept``: what that is; ``place``: file and sheet of the table."""

    kind: str
    source: str
    codes: frozenset[str]
    concept: str
    place: tuple[str, str]


def code_spaces(looks: Sequence[Look]) -> list[CodeSpace]:
    """The codes that each table gives to what it names."""
    found = []
    for look in looks:
        for slot in look.slots:
            if slot.code and slot.column and not slot.reference and slot.kind != EITHER:
                kind = slot.concept if slot.kind == OBJECT else slot.kind
                codes = frozenset(map(normal, look.table.texts(slot.code)))
                found.append(CodeSpace(slot.kind, f"{look.base}-{kind}-code", codes, slot.concept, look.place))
    return found


def refer(look: Look, spaces: Sequence[CodeSpace]) -> list[Slot]:
    """The slots, with each mention by code tied to the table that names it; left out where none does."""
    found = []
    for slot in (*look.slots, *_unclaimed(look, spaces)):
        column = slot.code if slot.reference else slot.column if slot.kind == EITHER else ""
        texts = {normal(part) for text in look.table.texts(column) for part in parted(text, slot.separators)} if column else set()
        space = _space_of(texts, slot.kind, spaces)
        if slot.reference:
            if space is not None:
                found.append(replace(slot, reference=space.source, kind=space.kind))
        elif slot.kind == EITHER and space is not None:
            found.append(replace(slot, reference=space.source, kind=space.kind, code=slot.column, column=""))
        else:
            found.append(slot)
    return found


def _space_of(texts: set[str], kind: str, spaces: Sequence[CodeSpace]) -> CodeSpace | None:
    """The codes that these texts are: those of the kind that the heading says before any other, which mere numbers may not be."""
    fitting = [space for space in spaces if texts and len(space.codes & texts) >= REFERRED * len(texts)]
    if kind != EITHER and all(text.isdigit() for text in texts):
        fitting = [space for space in fitting if space.kind == kind]
    return max(fitting, key=lambda each: (each.kind == kind, len(each.codes & texts)), default=None)


def _unclaimed(look: Look, spaces: Sequence[CodeSpace]) -> list[Slot]:
    """Mentions in columns of codes that are of nothing in this table, where another table names what they stand for, however the column
    is called (``org_id``, ``Einr.-Nr.``)."""
    if any(slot.kind == EITHER for slot in look.slots):
        return []
    taken = {slot.code for slot in look.slots} | {column for slot in look.slots for _, column in slot.registries}
    found: list[Slot] = []
    for place, role in enumerate(look.roles):
        if role.column in taken or not (role.kind == UNUSED or (role.kind == ATTRIBUTE and role.concept in ("code", "row_number"))):
            continue
        fitting = _spaces_of(look, role, spaces)
        if fitting:
            space = min(fitting, key=lambda each: len(each.codes))
            said = [each.name for each in (*role.heading.heads, *role.heading.qualifiers) if each.kind == space.kind]
            concept = said[0] if said else space.concept
            key = unused_key(concept.replace("_", "-"), [*look.slots, *found])
            separators = role.profile.separators
            found.append(Slot(key, space.kind, concept, "", place, role.heading, role.group, "", separators, role.column, reference="?"))
    return found


def _spaces_of(look: Look, role: Role, spaces: Sequence[CodeSpace]) -> list[CodeSpace]:
    """The codes of other tables that a column's are. Of mere numbers, which are codes of anything, only what the heading names."""
    texts = {normal(part) for text in look.table.texts(role.column) for part in parted(text, role.profile.separators)}
    numbers = role.profile.share("number") >= REFERRED
    named = {each.kind for each in (*role.heading.heads, *role.heading.qualifiers)}
    return [
        space
        for space in spaces
        if space.place != look.place
        and texts
        and len(space.codes & texts) >= REFERRED * len(texts)
        and (not numbers or space.kind in named)
    ]
