"""Which ties a further column belongs to, by what it stands next to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.ontology.schema import Ontology
from ingest.interpretation.meanings import APPOINTED, HIRED, TERM
from ingest.interpretation.roles import ORGANISATION, PERSON, Role
from ingest.interpretation.slot import Slot
from ingest.interpretation.ties import VISIT, Tie
from ingest.interpretation.words import GENERIC


class Placing:
    """The slots and ties of a table while its further columns are given to them; ``used``: column → what for."""

    def __init__(
        self, roles: Sequence[Role], slots: list[Slot], ties: list[Tie], main: Slot | None, ontology: Ontology, types: Mapping[str, str]
    ) -> None:
        self.roles, self.slots, self.ties, self.main = roles, slots, ties, main
        self.ontology, self.types = ontology, types
        self.used: dict[str, str] = {}

    def own_ties(self, place: int, role: Role) -> list[int]:
        """The numbers of the ties that a date is of."""
        numbers = list(range(len(self.ties)))
        typed = {"posted": ("POSTED",), "accepted": ("ACCEPTED",)}.get(role.concept)
        if typed:
            return [number for number in numbers if self.ties[number].type in typed]
        beside = self.beside(role) or self._between_groups(role)
        if beside:
            return beside
        study = [number for number in numbers if self._is_student(self.ties[number])]
        if self.main is None and (posted := self._posted(place, role) or study):
            return posted
        constant = [number for number in numbers if self.slot_of(self.ties[number].anchor).constant]
        if constant and (TERM.search(role.column) or not self.anchored(place)):
            return constant
        if self.main is not None:
            return self.lent(role) or self._of_studio(place) or self._of_object(role)
        near = self.anchored(place)
        return self._appointed(role, near) or near or study or self._only()

    def _of_studio(self, place: int) -> list[int]:
        """The ties of people beside a studio, which is not what a date is of that stands next to them."""
        near = self.anchored(place) if self.main is not None and self.main.concept == "studio" else []
        return near if any(self.main is not None and self.main.key not in self.ties[number].ends for number in near) else []

    def lent(self, role: Role) -> list[int]:
        """The loans of what is shown at an event, for when they begin and end."""
        concepts = {slot.key: slot.concept for slot in self.slots}
        if role.concept not in ("start", "end", "range"):
            return []
        return [
            number for number, tie in enumerate(self.ties) if concepts.get(tie.anchor) in ("lender", "borrower") and tie.type == GENERIC
        ]

    def _appointed(self, role: Role, near: Sequence[int]) -> list[int]:
        """What somebody was appointed to, where a date stands nearest to where they belong: the term of it, or anything beside the unit
        that sends them."""
        at_home = [self.slot_of(self.ties[number].anchor) for number in near if self.ties[number].type == "EMPLOYED_BY"]
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
        return {self.slot_of(key).kind for key in tie.ends} == {PERSON, ORGANISATION}

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
        after = any(self.slot_of(self.ties[number].anchor).place > place for number in found)
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
        concepts = {self.slot_of(key).concept for key in tie.ends}
        if tie.word:
            return False
        return tie.type in ("SUPERVISES", "MENTORS") or (
            "student" in concepts and "home_unit" not in concepts and tie.type != "EMPLOYED_BY"
        )

    def slot_of(self, key: str) -> Slot:
        """The slot of a node."""
        return next((slot for slot in self.slots if slot.key == key or key.startswith(f"{slot.key}-")), self.slots[0])

    def beside(self, role: Role) -> list[int]:
        """Ties of slots in the same group, or the same nested object."""
        path = role.column.rsplit(".", 1)[0] if "." in role.column else ""
        near = [slot for slot in self.slots if (role.group and slot.group == role.group) or (path and slot.column.startswith(f"{path}."))]
        if not near:
            return []
        if path:
            keys = {slot.key for slot in near}
            return [number for number, tie in enumerate(self.ties) if keys & set(tie.ends) and tie.type != "UNIT_OF"]
        place = next(number for number, each in enumerate(self.roles) if each.column == role.column)
        return self.anchored(place, within=near)

    def anchored(self, place: int, kind: str = "", within: Sequence[Slot] | None = None) -> list[int]:
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
