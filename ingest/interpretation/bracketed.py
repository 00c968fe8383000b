"""Years beside the names of a cell: ``Ann Brook (2015)``, 周涛（2012–2016年）."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.ontology.schema import Ontology
from ingest.interpretation.roles import Role
from ingest.interpretation.slot import Slot
from ingest.interpretation.ties import Tie

_YEAR = r"(?:19|20)\d\d(?:[./-]\d{1,2})?"
FROM = rf"[(（][^()（）\d]*({_YEAR})"
TO = rf"[(（][^()（）\d]*{_YEAR}\s*年?\s*(?:[-–—~～至]|to|bis)\s*({_YEAR})"
"""The first year in brackets, and the second."""
ENOUGH = 0.3
"""Of the names of a column, how many must have a year in brackets."""


def with_bracketed_years(ties: Sequence[Tie], slots: Sequence[Slot], roles: Sequence[Role], ontology: Ontology) -> tuple[Tie, ...]:
    """The ties, those without dates that are told by names with years in brackets dated by these."""
    dated = {role.column for role in roles if role.profile.share("bracketed-year") >= ENOUGH}
    columns: Mapping[str, str] = {slot.key: slot.column for slot in slots}
    return tuple(_dated(tie, columns, dated) if ontology.relationship_type(tie.type).dated else tie for tie in ties)


def _dated(tie: Tie, columns: Mapping[str, str], dated: set[str]) -> Tie:
    column = next((columns[key] for key in (tie.anchor, *tie.ends) if columns.get(key) in dated), "")
    if not column or tie.valid_from or tie.valid_to:
        return tie
    return replace(tie, valid_from=column, valid_to=column, extracts={"valid_from": FROM, "valid_to": TO})
