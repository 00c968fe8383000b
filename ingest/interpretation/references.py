"""Tables that refer to each other by code: which table names what a code of another stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.interpretation.edges import EITHER
from ingest.interpretation.profile import parted
from ingest.interpretation.roles import OBJECT, Role
from ingest.interpretation.slots import Slot
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


@dataclass(frozen=True, slots=True)
class CodeSpace:
    """Codes that a table gives to what it names."""

    kind: str
    source: str
    codes: frozenset[str]


def code_spaces(looks: Sequence[Look]) -> list[CodeSpace]:
    """The codes that each table gives to what it names."""
    found = []
    for look in looks:
        for slot in look.slots:
            if slot.code and slot.column and not slot.reference:
                kind = slot.concept if slot.kind == OBJECT else slot.kind
                codes = frozenset(map(normal, look.table.texts(slot.code)))
                found.append(CodeSpace(slot.kind, f"{look.base}-{kind}-code", codes))
    return found


def refer(look: Look, spaces: Sequence[CodeSpace]) -> list[Slot]:
    """The slots, with each mention by code tied to the table that names it; left out where none does."""
    found = []
    for slot in look.slots:
        column = slot.code if slot.reference else slot.column if slot.kind == EITHER else ""
        texts = {normal(part) for text in look.table.texts(column) for part in parted(text, slot.separators)} if column else set()
        space = max(spaces, key=lambda each: len(each.codes & texts), default=None)
        fits = space is not None and len(space.codes & texts) >= REFERRED * max(1, len(texts)) and bool(texts)
        if slot.reference:
            if fits and space is not None:
                found.append(replace(slot, reference=space.source, kind=space.kind))
        elif slot.kind == EITHER and fits and space is not None:
            found.append(replace(slot, reference=space.source, kind=space.kind, code=slot.column, column=""))
        else:
            found.append(slot)
    return found
