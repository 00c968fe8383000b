"""Which organisation of a row is a unit of which other, and which stand for two sides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.interpretation.roles import ORGANISATION, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.slots import determines
from ingest.interpretation.tables import Table
from ingest.interpretation.ties import Tie

_ABOVE = re.compile(r"所属|隶属|主管|上级|挂靠|\bparent|belongs to|übergeordnet|tutelle", re.IGNORECASE)
"""Words of the larger organisation of which those that are listed are units."""


def is_above(slot: Slot, subject: Slot) -> bool:
    """Whether a heading says of an organisation that those that the rows are of are parts of it."""
    listed = slot.kind == ORGANISATION and slot.concept == "organisation" and not slot.many and slot.place > subject.place
    return listed and subject.concept in ("organisation", "department", "laboratory") and _ABOVE.search(slot.column) is not None


def _same_group(one: Slot, other: Slot) -> bool:
    return bool(one.group) and one.group == other.group


def between_groups(organisations: Sequence[Slot]) -> list[Tie]:
    """The partners whose columns stand under two groups: the departments, where there are such."""
    groups = list(dict.fromkeys(slot.group for slot in organisations if slot.group and not slot.many))
    if len(groups) != 2:
        return []
    sides = [[slot for slot in organisations if slot.group == group] for group in groups]
    one, other = (next((slot for slot in side if slot.concept == "department"), side[0]) for side in sides)
    if "department" not in (one.concept, other.concept):
        return []  # parties whose own words tell them
    return [Tie("PARTNER_OF", one.key, other.key, other.key, f"{one.column} + {other.column}", 0.75)]


def units_among(table: Table, organisations: Sequence[Slot]) -> list[Tie]:
    """A department or laboratory that always stands beside the same, larger organisation."""
    found = []
    for small in organisations:
        if small.concept not in ("department", "laboratory") or small.many:
            continue
        around = [
            large
            for large in organisations
            if (large.concept in ("university", "organisation", "home_unit", "alma_mater", "lead_org") or _same_group(large, small))
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
