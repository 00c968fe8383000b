"""The proposal as a mapping: plain data in the shape of ``ingest.mapping.spec``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from graph.ontology.schema import Ontology
from ingest.interpretation.edges import EITHER
from ingest.interpretation.keys import Keys
from ingest.interpretation.roles import OBJECT, ORGANISATION, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.ties import VISIT, Tie
from ingest.naming.reading import NOTE

Data: TypeAlias = dict[str, Any]
_HAN = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]")

TYPE_OF_KIND: Mapping[str, str] = {
    "university": "University",
    "company": "Enterprise",
    "institute": "Institute",
    "department": "Department",
    "agency": "Agency",
    "union": "Union",
}
"""Kinds of organisation that a name tells → node types; any other is an Organization."""

TYPE_OF_CONCEPT: Mapping[str, str] = {
    "project": "Project",
    "studio": "Studio",
    "need": "Need",
    "achievement": "Achievement",
    "publication": "Publication",
    "event": "Event",
    "agreement": "Agreement",
    "thesis": "Publication",
    VISIT: "Visit",
}
DEFAULT_OF_CONCEPT: Mapping[str, str] = {"company": "Enterprise", "university": "University", "department": "Department"}


class Writer:
    """Writes the nodes and relationships of one table. ``base`` is what the ids of its file begin with, ``types`` key → node type of
    objects, ``inside`` keys of slots whose cells name an organisation beside the person (or a person beside the organisation), ``kinds``
    what texts of an end are that nothing in themselves tells, ``orders`` column of dates → in which order day and month stand,
    ``objects`` column → the list of objects that holds it, ``within`` key of a department → that of what it is a unit of."""

    def __init__(
        self,
        base: str,
        slots: Sequence[Slot],
        homes: Mapping[str, str],
        keys: Keys,
        *,
        types: Mapping[str, str],
        inside: frozenset[str],
        ends: Mapping[str, set[str]],
        kinds: Mapping[str, Mapping[str, str]],
        orders: Mapping[str, str],
        objects: Mapping[str, str],
        ontology: Ontology,
    ) -> None:
        self.base, self.slots, self.homes, self.keys = base, slots, homes, keys
        self.types, self.inside, self.ends, self.kinds = types, inside, ends, kinds
        self.orders, self.objects, self.ontology = orders, objects, ontology
        self.by_key = {slot.key: slot for slot in slots}
        self.within: dict[str, str] = {}

    def names(self) -> Data:
        """The columns that are read as names."""
        found: Data = {}
        for slot in self.slots:
            if slot.kind in (PERSON, ORGANISATION, EITHER) and slot.column and not slot.given:
                spec: Data = {"column": slot.column}
                if slot.kind != EITHER and not slot.mixed:
                    spec["expect"] = slot.kind
                if self.kinds.get(slot.key):
                    spec["kinds"] = dict(self.kinds[slot.key])
                found[slot.key] = spec
        return found

    def lists(self) -> Data:
        """The cells that hold several, and the lists of objects."""
        found: Data = {}
        for slot in self.slots:
            if not slot.many:
                continue
            if slot.objects:
                columns = [column for column, inside in self.objects.items() if inside == slot.objects]
                found[slot.many] = {"columns": columns, "objects": slot.objects}
            elif slot.many in found:
                found[slot.many]["columns"].append(slot.column or slot.code)
            else:
                found[slot.many] = {"columns": [slot.column or slot.code], "split": slot.separators, **self._of_list(slot)}
        return found

    def _of_list(self, slot: Slot) -> Data:
        return {"only": "first"} if slot.first else {"carry": "true"} if slot.key in self.inside else {}

    def nodes(self) -> Data:
        """All nodes by key; what is looked up by others stands first."""
        found: Data = {}
        for slot in self.slots:
            if slot.kind == PERSON:
                found[slot.key] = self._person(slot)
            elif slot.kind == ORGANISATION:
                found[slot.key] = self._organisation(slot)
            elif slot.kind == EITHER:
                for kind in sorted(self.ends.get(slot.key, {PERSON, ORGANISATION}), reverse=True):
                    found[f"{slot.key}-{kind}"] = self._person(slot) if kind == PERSON else self._organisation(slot)
            elif slot.kind in (OBJECT, VISIT):
                found[slot.key] = self._object(slot)
            if slot.key in self.inside:
                found[f"{slot.key}-unit" if slot.kind == PERSON else f"{slot.key}-person"] = (
                    self._organisation(slot, inside=True) if slot.kind == PERSON else self._person(slot, inside=True)
                )
        return found

    def _node(self, slot: Slot, type_spec: Any, when: list[Data], ids: list[Data], properties: Data) -> Data:
        found: Data = {"type": type_spec}
        if slot.many:
            found["each"] = slot.many
        if when:
            found["when"] = when
        found["id"] = ids if len(ids) > 1 else ids[0]
        if properties:
            found["properties"] = properties
        return found

    def _mention(self, slot: Slot, type_name: str) -> Data:
        own: Data = {"source": slot.reference, "columns": [slot.code], **({"hashed": True} if slot.kind == PERSON else {})}
        return {
            "type": type_name,
            **({"each": slot.many} if slot.many else {}),
            "mention": True,
            "when": [{"column": slot.code, "filled": True}],
            "id": own,
        }

    def _person(self, slot: Slot, inside: bool = False) -> Data:
        if slot.reference:
            return self._mention(slot, "Person")
        source = f"{self.base}-person"
        if slot.given:
            template = f"{{{slot.column}}}{{{slot.given}}}" if _HAN.search(slot.column) else f"{{{slot.given}}} {{{slot.column}}}"
            name: Any = {"template": template}
            columns, when = [slot.given, slot.column], [{"column": slot.column, "filled": True}]
        else:
            name, columns = f"{slot.key}.person", [f"{slot.key}.person_key"]
            when = [{"column": f"{slot.key}.person", "filled": True}]
        ids: list[Data] = []
        if slot.code and not inside:
            ids.append(
                {"source": f"{source}-code", "columns": [slot.code], "hashed": True, "when": [{"column": slot.code, "filled": True}]}
            )
        home = self._home_key(slot, inside)
        ids.append({"source": source, "columns": [*columns, *home], **({"blank": True} if home else {}), "hashed": True})
        properties: Data = {"name": name}
        if not inside:
            properties |= {target: self._value(column, options) for target, column, options in slot.properties}
        return self._node(slot, "Person", when, ids, properties)

    def _home_key(self, slot: Slot, inside: bool) -> list[str]:
        if inside or slot.key in self.inside:
            return [f"{slot.key}.organisation_key"]
        if slot.key not in self.keys.at_home:
            return []
        home = self.by_key[self.homes[slot.key]]
        return [f"{home.key}.organisation_key"] if home.column else [home.code]

    def _organisation(self, slot: Slot, inside: bool = False) -> Data:
        if slot.reference:
            return self._mention(slot, "Organization")
        source, key = f"{self.base}-organisation", slot.key
        default = "Organization" if inside else DEFAULT_OF_CONCEPT.get(slot.concept, "Organization")
        kinds = {kind: name for kind, name in TYPE_OF_KIND.items() if slot.concept != "department" or kind in ("university", "company")}
        type_spec: Any = {"column": f"{key}.kind", "map": kinds, "default": default} if slot.concept != "transformed" else "Enterprise"
        within = (f"{self.within[key]}.organisation_key",) if key in self.within and not inside else ()
        places = self.keys.placed.get(key, ()) or within
        own: Data = {"source": source, "columns": [f"{key}.organisation_key", *places], **({"blank": True} if places else {})}
        ids: list[Data] = []
        if slot.code and not inside:
            ids.append({"source": f"{source}-code", "columns": [slot.code], "when": [{"column": slot.code, "filled": True}]})
        registry = [{"scheme": scheme, "column": column} for scheme, column in slot.registries if not inside]
        if slot.key in self.keys.registered:
            ids, registry = [*registry, *ids], []
        properties: Data = {"name": f"{key}.organisation"}
        if not inside:
            properties |= {target: self._value(column, options) for target, column, options in slot.properties}
        found = self._node(slot, type_spec, [{"column": f"{key}.organisation", "filled": True}], [*ids, own], properties)
        return found | ({"same": registry} if registry else {})

    def _object(self, slot: Slot) -> Data:
        type_name = self.types[slot.key]
        source = f"{self.base}-{slot.concept}"
        properties: Data = {"name": slot.column} if slot.column else {}
        properties |= {target: self._value(column, options) for target, column, options in slot.properties}
        ids: list[Data] = []
        when: list[Data] = [{"column": slot.column, "filled": True, "excludes": f"(?i){NOTE}"}] if slot.column else []
        if slot.code:
            ids.append({"source": f"{source}-code", "columns": [slot.code], "when": [{"column": slot.code, "filled": True}]})
            known = self.ontology.node_type(type_name).properties
            code = next((name for name in ("code", "applicationNo") if name in known), "")
            if code and code not in properties:
                properties[code] = slot.code
        columns = self.types.get(f"{slot.key}/key", slot.column).split("\x1f")
        ids.append({"source": source, "columns": columns, **({"blank": True} if len(columns) > 1 else {})})
        return self._node(slot, type_name, when, ids, properties)

    def _value(self, column: str, options: Iterable[tuple[str, str]]) -> Any:
        told = dict(options) | ({"order": self.orders[column]} if column in self.orders else {})
        return {"column": column, "on_error": "drop_value", **({"options": told} if told else {})}

    def relationships(self, ties: Sequence[Tie]) -> Data:
        """The ties, each under a name that says what it joins."""
        found: Data = {}
        for tie in ties:
            name = f"{tie.start}-{tie.type.lower().replace('_', '-')}-{tie.end}"
            name = next(each for each in (name, *(f"{name}-{number}" for number in range(2, 99))) if each not in found)
            found[name] = relationship(tie, self.ontology, self.orders)
        return found


def relationship(tie: Tie, ontology: Ontology, orders: Mapping[str, str]) -> Data:
    """One tie as a mapping writes it; ``orders`` as for the ``Writer``."""
    found: Data = {"type": tie.type, "from": tie.start, "to": tie.end}
    if tie.word and (tie.matches or tie.excludes):
        condition: Data = {"column": tie.word}
        condition |= {"matches": tie.matches} if tie.matches else {}
        condition |= {"excludes": tie.excludes} if tie.excludes else {}
        found["when"] = condition
    known = ontology.relationship_type(tie.type).properties
    said: Data = {name: {"value": text} for name, text in tie.constants.items() if text and name in known and name not in tie.columns}
    said |= {name: _of_tie(tie, name, column) for name, column in tie.columns.items() if name in known}
    if said:
        found["properties"] = said
    for end, part, column in (("valid_from", "start", tie.valid_from), ("valid_to", "end", tie.valid_to)):
        if column:
            extract = tie.extracts.get(end, "")
            options = {"part": part} if tie.valid_from == tie.valid_to and not extract else {}
            options |= {"order": orders[column]} if column in orders else {}
            found[end] = {"column": column, "on_error": "drop_value", **({"options": options} if options else {})}
            found[end] |= {"extract": extract} if extract else {}
    return found


def _of_tie(tie: Tie, name: str, column: str) -> Data:
    options = dict(tie.options.get(name, {}))
    return {"column": column, "on_error": "drop_value", **({"options": options} if options else {})}
