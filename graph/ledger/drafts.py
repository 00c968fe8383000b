"""What a draft says: checked, compared, and made a claim."""

from __future__ import annotations

from graph.errors import ValueProblem
from graph.messages import message
from graph.model import (
    Claim,
    ClaimKind,
    Draft,
    Load,
    Record,
    Source,
)
from graph.ontology import Ontology

LONGEST_ID = 512
"""Characters of a source id; an index of either store holds it comfortably."""

Content = tuple[ClaimKind, str, str, str, tuple[tuple[str, object], ...], tuple[tuple[str, str], ...], int]


def content(said: Draft | Claim, precedence: int) -> Content:
    """What a draft or claim says, and the precedence of its source: two of one record with the same content say the same, whatever their
    dates."""
    values, raw = tuple(sorted(said.values.items(), key=_name)), tuple(sorted(said.raw.items()))
    return (said.kind, said.type, said.subject, said.object, values, raw, precedence)


def _name(item: tuple[str, object]) -> str:
    return item[0]


def claim_of(draft: Draft, id: str, load: Load, source: Source, record: Record, identity: str) -> Claim:
    """A draft as this load's claim; ``identity`` is that of its record."""
    return Claim(
        id,
        load.id,
        source.id,
        source.precedence,
        source.date,
        record.file,
        record.sheet,
        record.row,
        identity,
        draft.kind,
        draft.type,
        draft.subject,
        draft.object,
        draft.values,
        draft.raw,
        load.recorded_at,
    )


def check_draft(ontology: Ontology, draft: Draft, record: Record) -> None:
    """Raises ``ValueProblem`` for a type that the ontology does not have and an id that is empty or too long."""
    types = ontology.relationship_types if draft.kind is ClaimKind.RELATIONSHIP else ontology.node_types
    subject, object = len(draft.subject), len(draft.object)
    if draft.type in types and 0 < subject <= LONGEST_ID and (0 < object <= LONGEST_ID or (not object and draft.kind is ClaimKind.NODE)):
        return
    if draft.type not in types:
        raise ValueProblem(
            message("'{type}' is not a type of the ontology.", type=draft.type), hint=message("Correct the mapping."), where=_place(record)
        )
    raise ValueProblem(
        message("An id must have 1 to {longest_id} characters.", longest_id=LONGEST_ID),
        hint=message("Check the id columns of the row."),
        where=_place(record),
    )


def _place(record: Record) -> dict[str, str | int]:
    return {"file": record.file, "row": record.row}
