"""The rows behind relationships, as a reader sees them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.model import Claim
    from graph.ontology import Ontology

WORD = "word"
"""Of a row behind a relationship (``graph.paths``): the source's own word for it."""


def rows_behind(
    found: Mapping[str, Sequence[Claim]], shown: Callable[[str], str], worded: Callable[[Claim], str] = lambda _: ""
) -> dict[str, list[dict[str, object]]]:
    """The claims behind each relationship as ``{"load", "file", "sheet", "row"}``, with the source's own ``word`` where it keeps one;
    ``shown`` is how the reader sees names of files."""
    return {id: [_row_behind(claim, shown, worded(claim)) for claim in claims] for id, claims in found.items()}


def _row_behind(claim: Claim, shown: Callable[[str], str], word: str) -> dict[str, object]:
    row: dict[str, object] = {"load": claim.load, "file": shown(claim.file), "sheet": shown(claim.sheet), "row": claim.row}
    return {**row, WORD: word} if word else row


def words_seen(ontology: Ontology, clearance: int) -> Callable[[Claim], str]:
    """The word of a claim's own source for a relationship, if its type keeps one and a reader of this clearance may see it."""

    def word(claim: Claim) -> str:
        known = ontology.relationship_types.get(claim.type)
        if known is None or not known.worded_by or known.properties[known.worded_by].privacy > clearance:
            return ""
        return str(claim.values.get(known.worded_by, ""))

    return word
