"""Columns of people that are called by a post: ``CEO``, 秘书长."""

from __future__ import annotations

from ingest.interpretation.slot import Slot
from ingest.interpretation.words import meaning

LONGEST_POST = 40
OF_POSTS = frozenset({"DIRECTOR_OF", "LEADS"})


def post_of(person: Slot) -> str:
    """The type of tie that a post makes of somebody, where the heading is one and nothing else; ``""`` where it is not."""
    if person.concept not in ("person", "director") or person.heading.heads or not person.column or len(person.column) > LONGEST_POST:
        return ""
    word = meaning(person.column, "po")
    return word.type if word is not None and word.type in OF_POSTS else ""
