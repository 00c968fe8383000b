"""Which ties a table tells: those of an edge list, else those of its rows' roles, else those of a column of roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.interpretation.affiliations import ties_between
from ingest.interpretation.edges import word_ties
from ingest.interpretation.references import Look
from ingest.interpretation.roles import ATTRIBUTE, ORGANISATION, PERSON, Role
from ingest.interpretation.slot import Slot
from ingest.interpretation.tables import Table
from ingest.interpretation.ties import Tie, once, ties_to


def relation_column(roles: Sequence[Role]) -> Role | None:
    """The column whose words say what a row's two ends have to do with each other: in an edge list that of kinds, if need be."""
    told = [role for role in roles if role.kind == ATTRIBUTE and role.profile.filled]
    edges = {"source", "target"} <= {role.concept for role in told}
    wanted = ("relation", "kind", "post") if edges else ("relation",)
    return next((role for concept in wanted for role in told if role.concept == concept), None)


def edge_ties(table: Table, word: Role | None, slots: Sequence[Slot], ends: Mapping[str, set[str]]) -> list[Tie]:
    """The ties of an edge list; none where the table is no such list."""
    edges = [slot for slot in slots if slot.concept in ("source", "target")]
    if len(edges) != 2:
        return []
    told = word_ties(edges[0], edges[1], word.column if word else "", table.texts(word.column) if word else [], dict(ends))
    return told if word else [replace(tie, columns={}, word="") for tie in told]


def row_ties(look: Look, slots: Sequence[Slot], homes: Mapping[str, str], main: Slot | None, constant: Slot | None) -> list[Tie]:
    """The ties that the roles of a row's columns tell, each once."""
    ties = ties_to(main, slots, homes) if main is not None else []
    ties += ties_between(look.table, slots, homes, main)
    if constant is not None:
        ties += _constant_ties(constant, slots)
    word = relation_column(look.roles)
    if word is not None and main is None:
        ties = _by_word(look.table, word, look.roles, slots, ties)
    return once(ties)


def _by_word(table: Table, word: Role, roles: Sequence[Role], slots: Sequence[Slot], ties: list[Tie]) -> list[Tie]:
    """Ties of the first person and the organisation beside a column of roles, by the words of that column instead of by headings."""
    if word.column in table.objects:
        return _by_listed_word(table, word, slots, ties)
    place = next(number for number, role in enumerate(roles) if role.column == word.column)
    named = [slot for slot in slots if slot.kind in (PERSON, ORGANISATION) and not slot.many and not slot.constant]
    fit = [slot for slot in named if slot.concept != "body"]
    start = next((slot for slot in fit if slot.kind == PERSON), fit[0] if fit else None)
    others = [slot for slot in slots if slot is not start and slot.kind in (PERSON, ORGANISATION) and not slot.many]
    before = [slot for slot in others if slot.place < place]
    body = [slot for slot in others if slot.concept == "body"]
    end = (body or before or others)[0 if body or not before else -1] if others else None
    if start is None or end is None:
        return ties
    kept = [tie for tie in ties if {start.key, end.key} != set(tie.ends)]
    return [*kept, *word_ties(start, end, word.column, table.texts(word.column), {})]


def _by_listed_word(table: Table, word: Role, slots: Sequence[Slot], ties: list[Tie]) -> list[Tie]:
    """The same for the first person or organisation of a record and whoever stands beside the word in each object of a list."""
    named = [slot for slot in slots if slot.kind in (PERSON, ORGANISATION) and not slot.constant]
    start = next((slot for slot in named if not slot.many), None)
    end = next((slot for slot in named if slot.objects and slot.objects == table.objects[word.column]), None)
    if start is None or end is None:
        return ties
    kept = [tie for tie in ties if {start.key, end.key} != set(tie.ends)]
    return [*kept, *word_ties(start, end, word.column, table.texts(word.column), {})]


def _constant_ties(constant: Slot, slots: Sequence[Slot]) -> list[Tie]:
    if constant.concept == "MEMBER_OF":
        people = [slot for slot in slots if slot.kind == ORGANISATION and not slot.many and slot is not constant][:1]
    else:
        people = [slot for slot in slots if slot.kind == PERSON and slot.concept in ("person", "director")][:1]
    return [Tie(constant.concept, slot.key, constant.key, constant.key, constant.constant, 0.7) for slot in people]
