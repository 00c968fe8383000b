"""What the remaining columns say: dates, posts, titles, codes and amounts, each of the slot or tie next to which it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.ontology.schema import Ontology
from ingest.interpretation.bracketed import with_bracketed_years
from ingest.interpretation.meanings import (
    GRANTED,
    MEMBERSHIP,
    OBJECT_DATES,
    OBJECT_TEXTS,
    OF_PERSON,
    POST_OF,
    SIGNED,
    TERM,
    WAN_OF,
)
from ingest.interpretation.placing import Placing
from ingest.interpretation.roles import ATTRIBUTE, DATE, OBJECT, ORGANISATION, PERSON, Role
from ingest.interpretation.slot import Slot
from ingest.interpretation.ties import Tie
from ingest.interpretation.units import unit_of
from ingest.interpretation.words import GENERIC


@dataclass(frozen=True, slots=True)
class Bound:
    """Slots and ties with what the columns besides say of them, and which columns that used: column → what for."""

    slots: tuple[Slot, ...]
    ties: tuple[Tie, ...]
    used: Mapping[str, str]


def bind(
    roles: Sequence[Role], slots: Sequence[Slot], ties: Sequence[Tie], main: Slot | None, ontology: Ontology, types: Mapping[str, str]
) -> Bound:
    """Gives every column of a date, a post or a plain value to what it belongs to. ``types``: key of an object's slot → its node type."""
    binder = _Binder(roles, list(slots), list(ties), main, ontology, types)
    for place, role in enumerate(roles):
        if role.kind == DATE:
            binder.date(place, role)
        elif role.kind == ATTRIBUTE:
            binder.attribute(place, role)
        elif role.kind == OBJECT and not any(slot.column == role.column for slot in slots):
            binder.detail(role)
    return Bound(tuple(binder.slots), with_bracketed_years(binder.ties, binder.slots, roles, ontology), binder.used)


class _Binder(Placing):
    def date(self, place: int, role: Role) -> None:
        """A date, or a range of two."""
        if role.concept == "founded":
            self._of_organisation(place, role)
            return
        wanted = self.own_ties(place, role)
        dated = [number for number in wanted if self.ontology.relationship_type(self.ties[number].type).dated]
        ends = ("valid_from", "valid_to") if role.concept == "range" else ("valid_to",) if role.concept == "end" else ("valid_from",)
        if MEMBERSHIP.search(role.column):
            dated = [
                number for number in dated if self.ties[number].type not in ("EMPLOYED_BY", "CONTACT_FOR", "LEADS", "UNIT_OF", GENERIC)
            ]
        for number in dated:
            graduated = self.ties[number].type == "STUDIED_AT" and role.concept == "date"
            free = {end: role.column for end in (("valid_to",) if graduated else ends) if not getattr(self.ties[number], end)}
            self.ties[number] = replace(self.ties[number], **free)  # type: ignore[arg-type]
            self.used[role.column] = self.ties[number].type
        self._date_of_object(role)

    def _date_of_object(self, role: Role) -> None:
        if self.main is None or role.concept == "accepted" or self.beside(role) or self.lent(role):
            return
        names = OBJECT_DATES.get(self.types.get(self.main.key, ""), {})
        properties = {
            "range": (("start", "start"), ("end", "end")),
            "end": (("end", ""),),
            "posted": (("posted", ""),),
            "date": (("granted" if GRANTED.search(role.column) else "date", ""),),
            "start": (("signed" if SIGNED.search(role.column) else "start", ""),),
        }[role.concept]
        for wanted, part in properties:
            name = names.get(wanted)
            if name:
                self._add(self.main.key, name, role.column, (("part", part),) if part else ())

    def _add(self, key: str, name: str, column: str, options: tuple[tuple[str, str], ...] = ()) -> None:
        for number, slot in enumerate(self.slots):
            if slot.key == key and name not in {each[0] for each in slot.properties}:
                self.slots[number] = replace(slot, properties=(*slot.properties, (name, column, options)))
                self.used[column] = f"{key}.{name}"

    def attribute(self, place: int, role: Role) -> None:
        """A post goes to a tie, anything else to the slot that it says something of."""
        if role.concept == "honour":
            self._honour(role)
        elif role.concept in ("post", "relation"):
            self._post(place, role)
        elif role.concept in OF_PERSON:
            self._of_person(place, role)
        elif role.concept == "money":
            self._money(role)
        elif role.concept == "share":
            self._of_ties("SHAREHOLDER_OF", "share", role)
        elif role.concept in ("place", "country", "address", "url"):
            self._of_organisation(place, role)
        elif self.main is not None and (name := OBJECT_TEXTS.get(self.types.get(self.main.key, ""), {}).get(role.concept)):
            self._add(self.main.key, name, role.column)

    def _post(self, place: int, role: Role) -> None:
        if any(tie.word == role.column for tie in self.ties):
            self.used[role.column] = "relation"
            return
        constant = [number for number, tie in enumerate(self.ties) if self.slot_of(tie.anchor).constant]
        numbers = (
            constant if constant and (TERM.search(role.column) or not self.beside(role)) else self.beside(role) or self.anchored(place)
        )
        for number in numbers:
            tie = self.ties[number]
            name = POST_OF.get(tie.type)
            if name and name not in tie.columns:
                constants = {key: value for key, value in tie.constants.items() if key != name}
                self.ties[number] = replace(tie, constants=constants, columns={**tie.columns, name: role.column})
                self.used[role.column] = f"{tie.type}.{name}"

    def _honour(self, role: Role) -> None:
        """What somebody was given: the word of the tie to whoever gave it."""
        for number, tie in enumerate(self.ties):
            if self.slot_of(tie.anchor).concept == "awarder":
                self.ties[number] = replace(tie, constants={}, columns={**tie.columns, "relation": role.column})
                self.used[role.column] = f"{tie.type}.relation"

    def _of_person(self, place: int, role: Role) -> None:
        people = [slot for slot in self.slots if slot.kind == PERSON and not slot.reference and not slot.separators]
        path = role.column.rsplit(".", 1)[0] if "." in role.column else ""
        same = (
            [slot for slot in people if (slot.objects or path) and slot.column.startswith(f"{path}.")]
            if path
            else [slot for slot in people if not slot.objects]
        )
        same = [slot for slot in same if slot.group == role.group] or same
        before = [slot for slot in same if slot.place < place]
        chosen = before[-1] if before else same[0] if same and role.concept not in ("phone", "email") else None
        if chosen is not None:
            self._add(chosen.key, OF_PERSON[role.concept], role.column)

    def _of_organisation(self, place: int, role: Role) -> None:
        before = [slot for slot in self.slots if slot.kind == ORGANISATION and slot.column and not slot.many and slot.place < place]
        name = {"place": "city", "country": "country", "address": "address", "url": "website", "founded": "foundedOn"}[role.concept]
        alone = self.slots if len(self.slots) == 1 and self.slots[0].kind == ORGANISATION else []
        chosen = (before or alone)[-1:]
        listed = min((slot for slot in self.slots if slot.place >= 0), key=lambda slot: slot.place, default=None)
        if role.concept == "founded" and listed in before:
            chosen = before[:1]  # what the rows are of
        if chosen and "." not in role.column:
            self._add(chosen[0].key, name, role.column)

    def _money(self, role: Role) -> None:
        """An amount of the object, in the unit that its heading names."""
        told = unit_of(f"{role.column} {role.group}")
        node_type = self.types.get(self.main.key, "") if self.main else ""
        name = WAN_OF.get(node_type, "") if told.chinese else ""
        if not told.scale and any("万" in text for text in role.profile.examples):
            name = WAN_OF.get(node_type, "")  # 50万元 under a heading that says no unit
        options: tuple[tuple[str, str], ...] = (("unit", told.word),) if name and told.word != "万" else ()
        if not name and node_type in ("Project", "Agreement", "Funding"):
            name = "amount"
            options = tuple((key, value) for key, value in (("currency", told.currency), ("scale", told.scale)) if value)
        if self.main is not None and name and "." not in role.column:
            self._add(self.main.key, name, role.column, options)
        if self.main is None:
            amount = {key: value for key, value in (("currency", told.currency), ("scale", told.scale)) if value}
            self._of_ties("FUNDER_OF", "amount", role, amount)

    def _of_ties(self, type_name: str, name: str, role: Role, options: Mapping[str, str] | None = None) -> None:
        """A property of all ties of a type."""
        for number, tie in enumerate(self.ties):
            if tie.type == type_name and name not in tie.columns:
                self.ties[number] = replace(tie.named({name: role.column}), options={**tie.options, name: options or {}})
                self.used[role.column] = f"{type_name}.{name}"

    def detail(self, role: Role) -> None:
        """A further column of the object: its content; or the topic of a thesis."""
        if self.main is not None and self.types.get(self.main.key) == "Need":
            self._add(self.main.key, "detail", role.column)
        for number, tie in enumerate(self.ties):
            if role.concept == "thesis" and tie.type == "SUPERVISES":
                self.ties[number] = tie.named({"topic": role.column})
                self.used[role.column] = "SUPERVISES.topic"
