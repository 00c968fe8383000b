"""What the remaining columns say: dates, posts, titles, codes and amounts, each of the slot or tie next to which it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from graph.ontology.schema import Ontology
from ingest.interpretation.meanings import GRANTED, HIRED, MEMBERSHIP, OBJECT_DATES, OBJECT_TEXTS, OF_PERSON, POST_OF, SIGNED, TERM, WAN_OF
from ingest.interpretation.roles import ATTRIBUTE, DATE, OBJECT, ORGANISATION, PERSON, Role
from ingest.interpretation.slot import Slot
from ingest.interpretation.ties import VISIT, Tie
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
    return Bound(tuple(binder.slots), tuple(binder.ties), binder.used)


APPOINTED = frozenset({"ADVISES", "SECONDED_TO", "DIRECTOR_OF", "MEMBER_OF", "LEADS", GENERIC})
"""What somebody may be besides where they work."""


class _Binder:
    def __init__(
        self, roles: Sequence[Role], slots: list[Slot], ties: list[Tie], main: Slot | None, ontology: Ontology, types: Mapping[str, str]
    ) -> None:
        self.roles, self.slots, self.ties, self.main = roles, slots, ties, main
        self.ontology, self.types = ontology, types
        self.used: dict[str, str] = {}

    def date(self, place: int, role: Role) -> None:
        """A date, or a range of two."""
        if role.concept == "founded":
            self._of_organisation(place, role)
            return
        wanted = self._own_ties(place, role)
        dated = [number for number in wanted if self.ontology.relationship_type(self.ties[number].type).dated]
        ends = ("valid_from", "valid_to") if role.concept == "range" else ("valid_to",) if role.concept == "end" else ("valid_from",)
        if MEMBERSHIP.search(role.column):
            dated = [number for number in dated if self.ties[number].type not in ("EMPLOYED_BY", "CONTACT_FOR", GENERIC)]
        for number in dated:
            graduated = self.ties[number].type == "STUDIED_AT" and role.concept == "date"
            free = {end: role.column for end in (("valid_to",) if graduated else ends) if not getattr(self.ties[number], end)}
            self.ties[number] = replace(self.ties[number], **free)  # type: ignore[arg-type]
            self.used[role.column] = self.ties[number].type
        self._date_of_object(role)

    def _own_ties(self, place: int, role: Role) -> list[int]:
        numbers = list(range(len(self.ties)))
        typed = {"posted": ("POSTED",), "accepted": ("ACCEPTED",)}.get(role.concept)
        if typed:
            return [number for number in numbers if self.ties[number].type in typed]
        beside = self._beside(role) or self._between_groups(role)
        if beside:
            return beside
        study = [number for number in numbers if self._is_student(self.ties[number])]
        if self.main is None and (posted := self._posted(place, role) or study):
            return posted
        constant = [number for number in numbers if self._slot(self.ties[number].anchor).constant]
        if constant and (TERM.search(role.column) or not self._anchored(place)):
            return constant
        if self.main is not None:
            near = self._anchored(place) if self.main.concept == "studio" else []
            return near if any(self.main.key not in self.ties[number].ends for number in near) else self._of_object(role)
        near = self._anchored(place)
        return self._appointed(role, near) or near or study or self._only()

    def _appointed(self, role: Role, near: Sequence[int]) -> list[int]:
        """What somebody was appointed to, where a date stands nearest to where they belong: the term of it, or anything beside the unit
        that sends them."""
        at_home = [self._slot(self.ties[number].anchor) for number in near if self.ties[number].type == "EMPLOYED_BY"]
        if not at_home or HIRED.search(role.column):
            return []
        sent = any(slot.concept == "home_unit" for slot in at_home)
        beside = any(slot.concept in ("employer", "organisation", "university") for slot in at_home) and TERM.search(role.column)
        if not (sent or beside):
            return []
        return [
            number for number, tie in enumerate(self.ties) if tie.type in APPOINTED and number not in near and self._of_person_and_unit(tie)
        ]

    def _of_person_and_unit(self, tie: Tie) -> bool:
        return {self._slot(key).kind for key in tie.ends} == {PERSON, ORGANISATION}

    def _between_groups(self, role: Role) -> list[int]:
        """The ties from one group of headings to another, for what stands in a group that names nobody (Sponsor | Beneficiary | Gift)."""
        groups = {slot.key: slot.group for slot in self.slots}
        if not role.group or self.main is not None or role.group in groups.values():
            return []
        ends = [[groups.get(key, "") for key in tie.ends] for tie in self.ties]
        return [number for number, (start, end) in enumerate(ends) if start and end and start != end]

    def _posted(self, place: int, role: Role) -> list[int]:
        """The ties of who advises or is seconded, if what tells them stands before a date: it is of these rather than of where somebody
        belongs."""
        found = [number for number, tie in enumerate(self.ties) if tie.type in ("ADVISES", "SECONDED_TO") and not tie.word]
        after = any(self._slot(self.ties[number].anchor).place > place for number in found)
        return [] if after or HIRED.search(role.column) else found

    def _of_object(self, role: Role) -> list[int]:
        """The ties of the object that hold as long as it does. The day on which something was filed or took place dates nobody's tie."""
        assert self.main is not None
        numbers = [number for number, tie in enumerate(self.ties) if self.main.key in tie.ends]
        if self.main.concept in ("achievement", "publication", "event") or self.main.kind == VISIT:
            return []
        if self.main.concept == "need":
            wanted = "POSTED" if role.concept in ("date", "start") else ""
            return [number for number in numbers if self.ties[number].type == wanted]
        return numbers

    def _is_student(self, tie: Tie) -> bool:
        """Whether it lasts as long as somebody studies: but for where a trainee is from."""
        concepts = {self._slot(key).concept for key in tie.ends}
        if tie.word:
            return False
        return tie.type in ("SUPERVISES", "MENTORS") or (
            "student" in concepts and "home_unit" not in concepts and tie.type != "EMPLOYED_BY"
        )

    def _slot(self, key: str) -> Slot:
        return next((slot for slot in self.slots if slot.key == key or key.startswith(f"{slot.key}-")), self.slots[0])

    def _beside(self, role: Role) -> list[int]:
        """Ties of slots in the same group, or the same nested object."""
        path = role.column.rsplit(".", 1)[0] if "." in role.column else ""
        near = [slot for slot in self.slots if (role.group and slot.group == role.group) or (path and slot.column.startswith(f"{path}."))]
        if not near:
            return []
        if path:
            keys = {slot.key for slot in near}
            return [number for number, tie in enumerate(self.ties) if keys & set(tie.ends) and tie.type != "UNIT_OF"]
        place = next(number for number, each in enumerate(self.roles) if each.column == role.column)
        return self._anchored(place, within=near)

    def _anchored(self, place: int, kind: str = "", within: Sequence[Slot] | None = None) -> list[int]:
        """The ties of the nearest slot before a column that has one of its own; else those of the nearest after it."""
        known = [slot for slot in (self.slots if within is None else within) if not kind or slot.kind == kind]
        before = sorted((slot for slot in known if slot.place < place), key=lambda slot: -slot.place)
        after = sorted((slot for slot in known if slot.place > place), key=lambda slot: slot.place)
        worded = [number for number, tie in enumerate(self.ties) if tie.word and before and before[0].place < self._place(tie.word) < place]
        if worded:
            return worded
        for slot in (*before, *after):
            keys = {each.key for each in known if each.place == slot.place}  # two where a column names people and organisations
            numbers = [number for number, tie in enumerate(self.ties) if tie.anchor in keys and tie.type not in ("UNIT_OF", "CONTACT_FOR")]
            if numbers:
                return numbers
        return []

    def _place(self, column: str) -> int:
        return next((number for number, each in enumerate(self.roles) if each.column == column), -1)

    def _only(self) -> list[int]:
        return [0] if len(self.ties) == 1 else []

    def _date_of_object(self, role: Role) -> None:
        if self.main is None or role.concept == "accepted" or self._beside(role):
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
        constant = [number for number, tie in enumerate(self.ties) if self._slot(tie.anchor).constant]
        numbers = (
            constant if constant and (TERM.search(role.column) or not self._beside(role)) else self._beside(role) or self._anchored(place)
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
            if self._slot(tie.anchor).concept == "awarder":
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
