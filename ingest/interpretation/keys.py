"""What each node is known by: a code that is its own, else its name, and for people the organisation where they belong."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pypinyin import lazy_pinyin

from ingest.interpretation.profile import parted
from ingest.interpretation.roles import ORGANISATION, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.slots import determines, pairs
from ingest.interpretation.tables import Table
from ingest.naming import read_name
from ingest.naming.organisations import organisation_key
from ingest.naming.people import person_key

LONGEST_NAME = 40
_SMALL_PLACE = re.compile(r"街道|乡|镇|园区|street|address|quartier|straße|地址", re.IGNORECASE)


def base_name(file: str, tables: Sequence[Table]) -> str:
    """What all mappings of a file begin with: its name in plain letters, and what tells it from another file of that name with other
    columns. A later edition of the same list has the same."""
    stem = "-".join(lazy_pinyin(file.rsplit(".", 1)[0]))
    plain = re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-")[:LONGEST_NAME].strip("-")
    told = [
        part for table in tables for part in (*(re.sub(r"[\d一二三四五六七八九十〇]+", "", title) for title in table.titles), *table.header)
    ]
    digest = hashlib.blake2b("\x1f".join(told).encode(), digest_size=3).hexdigest()
    plain = plain if re.match(r"[a-z]", plain) else f"list-{plain}".strip("-")
    return f"{plain}-{digest}"


@dataclass(frozen=True, slots=True)
class Keys:
    """How the nodes of one table are told apart. ``at_home``: keys of the slots of people who are known by name and home; ``placed``: key
    of an organisation's slot → the columns of places that tell two of one name apart; ``registered``: keys of organisations that are
    known by their registry's code before their name."""

    at_home: frozenset[str]
    placed: Mapping[str, tuple[str, ...]]
    registered: frozenset[str]


def keys_of(table: Table, slots: Sequence[Slot], homes: Mapping[str, str]) -> Keys:
    """The keys of a table's slots, by what its rows bear out."""
    people = [slot for slot in slots if slot.kind == PERSON and slot.column and not slot.code]
    named = {slot.key: _names(table, slot) for slot in people}
    homeless = {name for slot in people if slot.key not in homes for name in named[slot.key]}
    at_home = {
        slot.key
        for slot in people
        if slot.key in homes and not slot.first and not (named[slot.key] & homeless and _single(table, slot, slots, homes))
    }
    alone = len(slots) == 1
    placed = {slot.key: columns for slot in slots if slot.kind == ORGANISATION and (columns := _places(table, slot, alone))}
    registered = frozenset(
        slot.key
        for slot in slots
        if slot.kind == ORGANISATION and slot.registries and slot.column and not determines(table, slot.column, slot.registries[0][1])
    )
    return Keys(frozenset(at_home), placed, registered)


def _names(table: Table, slot: Slot) -> set[str]:
    texts = (part for text in table.texts(slot.column) for part in parted(text, slot.separators))
    return {person_key(read_name(text, "person").person) for text in texts} - {""}


def _single(table: Table, slot: Slot, slots: Sequence[Slot], homes: Mapping[str, str]) -> bool:
    """Whether nobody of this slot is named with two homes: then a name that stands elsewhere without one is the same person."""
    home = next(each for each in slots if each.key == homes[slot.key])
    found: dict[str, set[str]] = defaultdict(set)
    for text, other in pairs(table, slot.column, home.column or home.code, slot.separators):
        found[person_key(read_name(text, "person").person)].add(organisation_key(other))
    return all(len(each) == 1 for each in found.values())


def _places(table: Table, slot: Slot, alone: bool) -> tuple[str, ...]:
    """The columns of a city or country, where one name stands in several; in a list of organisations alone, wherever there are any."""
    return tuple(
        column
        for name, column, _ in slot.properties
        if name in ("city", "country")
        and not slot.many
        and not _SMALL_PLACE.search(column)
        and (alone or not determines(table, slot.column, column))
    )
