"""Compiling a mapping: from what a checked mapping file says to a ``Mapper``, which maps rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from graph.affiliations.gazetteer import Gazetteer, built_in
from graph.model import NOTHING
from graph.ontology.schema import Ontology, PropertyType
from graph.values import VALUE_TYPES, property_value_type
from graph.values.base import Context, ValueType
from ingest.affiliations import AffiliationPart
from ingest.clean import ENDS, HIGH_RISK, NAME, CellProblem, Cells, Property, Test, Wording, compile_conditions
from ingest.compiled import VALID_FROM, VALID_TO, NodePart, RelationshipPart, TypeOf
from ingest.contacts import LEFT_OUT, Contacts
from ingest.ids import Identifier, KeyColumns
from ingest.map import Deriving, Mapper, Rule
from ingest.mapping.check import PERSON
from ingest.mapping.spec import Condition, IdSpec, MappingSpec, NodeSpec, OnError, RelationshipSpec, RuleSpec, TypeSpec, ValueSpec
from ingest.mapping.spec import Label as MappingLabel
from ingest.names import ConstantsPart, NamesPart
from ingest.outcome import Bilingual
from ingest.patterns import compiled
from ingest.places import PlacePart
from ingest.readers.base import clean_header
from ingest.text import normal
from ingest.wording import ListPart, compile_wording

PUBLISHED = "published"
"""The property of a person who is named on a published list."""

ORGANISATION = "Organization"

NAMES = frozenset({"caption", "person-name", "text"})
"""Value types of what people are called, not of codes."""

PERSONAL = 2
"""The privacy class from which a value is masked in reports."""


def compile_mapping(
    spec: MappingSpec,
    ontology: Ontology,
    *,
    epoch1904: bool = False,
    year: int | None = None,
    orders: Mapping[str, str] = MappingProxyType({}),
    contacts: Contacts = LEFT_OUT,
    gazetteer: Callable[[], Gazetteer] = built_in,
) -> Mapper:
    """Compiles a mapping that ``load_mapping`` has checked. ``epoch1904`` is the workbook's date system; ``year`` the one of days
    that give none; ``orders`` the columns in which day and month stand in a known order (``ingest.table``); ``gazetteer`` gives the names
    of universities, and is asked only by a mapping that reads affiliations."""
    return _Compiler(spec, ontology, Calendar(epoch1904, year, orders), contacts, gazetteer).mapper()


class Calendar(NamedTuple):
    """What ``compile_mapping`` is told of the dates of a table."""

    epoch1904: bool
    year: int | None
    orders: Mapping[str, str]


class _Compiler:
    def __init__(
        self,
        spec: MappingSpec,
        ontology: Ontology,
        calendar: Calendar,
        contacts: Contacts,
        gazetteer: Callable[[], Gazetteer],
    ) -> None:
        self._spec = spec
        self._gazetteer = gazetteer
        self._derived = spec.derived
        self._contacts = contacts
        self._calendar = calendar
        self._ontology = ontology
        self._personal: set[str] = set()
        self._dates: set[str] = set()
        self._wording = compile_wording(spec.wording, self._context())
        self._key_columns = replace(_key_columns(spec, ontology), secret=contacts.id_key)

    def mapper(self) -> Mapper:
        spec = self._spec
        nodes = tuple((key, self._node(key, node)) for key, node in spec.nodes.items())
        relationships = tuple(self._relationship(each) for each in spec.relationships.values())
        personal = frozenset(self._personal | {self._derived[column] for column in self._personal if column in self._derived})
        parts = self._deriving(personal)
        listed = {column for each in spec.lists.values() for column in (*each.columns, *each.given)}
        coded, parties, personal_ids = _coded_ids(spec, self._ontology)
        return Mapper(
            spec=spec,
            coded=coded,
            parties=parties,
            personal_ids=frozenset() if spec.source.published else personal_ids,
            rules=self._rules(spec.reject),
            flags=self._rules(spec.flag),
            headings=_headings(spec),
            lists=tuple(ListPart.of(name, each, personal) for name, each in spec.lists.items()),
            deriving=tuple(each for each in parts if each.column not in listed),
            listed_deriving={
                name: tuple(each for each in parts if each.column in (*found.columns, *found.given)) for name, found in spec.lists.items()
            },
            nodes=nodes,
            relationships=relationships,
            personal=personal,
            key_columns=spec.record,
            unique=spec.unique,
            dates=frozenset(self._dates),
            id_key=self._contacts.id_key,
            example=tuple(spec.template.example.items()) if spec.template else (),
        )

    def _deriving(self, personal: Collection[str]) -> list[Deriving]:
        """What gives a row further cells: constants first, which names may be read from."""
        spec = self._spec
        found: list[Deriving] = [ConstantsPart(spec.constants)] if spec.constants else []
        found += [AffiliationPart(name, each, self._gazetteer(), each.column in personal) for name, each in spec.affiliations.items()]
        found += [NamesPart(name, each, self._wording) for name, each in spec.names.items()]
        return [*found, *(PlacePart(name, each) for name, each in spec.places.items())]

    def _rules(self, specs: Sequence[RuleSpec]) -> tuple[Rule, ...]:
        return tuple(
            Rule(each.when[0].column, self._all(each.when), _bilingual(each.reason), _bilingual(each.hint), each.masked) for each in specs
        )

    def _all(self, conditions: tuple[Condition, ...]) -> Test:
        test = compile_conditions(conditions, self._wording)
        assert test is not None
        return test

    def _node(self, key: str, node: NodeSpec) -> NodePart:
        kinds = self._ontology.node_types[node.type.names[0]].properties
        properties = tuple(self._property(name, value, kinds[name]) for name, value in node.properties.items())
        if all(self._ontology.is_a(name, ORGANISATION) for name in node.type.names):
            for one in properties:
                one.one_name = one.target == NAME
        about_person = any(self._ontology.is_a(name, PERSON) for name in node.type.names)
        return NodePart(
            columns=_columns_of(node, self._derived),
            type_of=_compile_type(node.type, self._wording),
            ids=tuple(self._identifier(each, about_person, properties) for each in node.id),
            same=tuple(self._identifier(each, about_person, properties) for each in node.same),
            when=compile_conditions(node.when, self._wording),
            each=node.each,
            mention=node.mention,
            else_of=node.else_of,
            properties=properties,
            essential=key == self._spec.unique,
            constants={PUBLISHED: True} if self._spec.source.published and PUBLISHED in kinds else NOTHING,
        )

    def _relationship(self, spec: RelationshipSpec) -> RelationshipPart:
        kinds = self._ontology.relationship_types[spec.type].properties
        properties = [self._property(name, value, kinds[name]) for name, value in spec.properties.items()]
        for target, value in ((VALID_FROM, spec.valid_from), (VALID_TO, spec.valid_to)):
            if value is not None:
                properties.append(self._property(target, value, kinds[target]))
        each = next((name for key in (*spec.start, *spec.end) if (name := self._spec.nodes[key].each)), "")
        return RelationshipPart(spec.type, spec.start, spec.end, compile_conditions(spec.when, self._wording), each, tuple(properties))

    def _property(self, target: str, value: ValueSpec, kind: PropertyType) -> Property:
        personal = (kind.privacy_published if self._spec.source.published else kind.privacy) >= PERSONAL or kind.privacy >= HIGH_RISK
        if personal:
            self._personal.update(value.columns)
        value_type, written = property_value_type(kind), self._derived.get(value.column, "")
        context = self._context(value)
        if "date" in kind.value:
            context = self._of_dates(target, value, context)
        return Property(target, value, kind, value_type, context, self._on_error(value, kind), personal, self._wording, written)

    def _on_error(self, value: ValueSpec, kind: PropertyType) -> OnError:
        """A file that must have a column of dates is of no use where they are none; elsewhere a bad date costs itself only."""
        needed = "date" in kind.value and not set(value.columns).isdisjoint(self._spec.columns.required)
        return value.on_error or ("reject_row" if needed else "drop_value")

    def _of_dates(self, target: str, value: ValueSpec, context: Context) -> Context:
        """What is known of a column of dates: which end of something they are, and where the day stands in them."""
        if value.column:
            self._dates.add(value.column)
        role = "start" if target in ENDS else "end" if target in ENDS.values() else ""
        known = {"role": role, "order": self._calendar.orders.get(value.column, "")}
        return replace(context, options={**{name: text for name, text in known.items() if text}, **context.options})

    def _context(self, value: ValueSpec | None = None) -> Context:
        options: dict[str, object] = {**(value.options if value else {}), **self._contacts.options}
        if value and value.null_texts:
            options["null_texts"] = value.null_texts
        comma = self._spec.format.decimal_comma
        return Context(year=self._calendar.year, epoch1904=self._calendar.epoch1904, decimal_comma=comma, options=options)

    def _identifier(self, spec: IdSpec, about_person: bool, properties: Sequence[Property]) -> Identifier:
        value_type: ValueType | None = VALUE_TYPES.get(spec.scheme) if spec.scheme else None
        personal = (about_person or spec.hashed) and not self._spec.source.published
        if personal:
            self._personal.update(spec.columns)
        # A code is one however it is written; of names and texts the key form itself says which are one.
        forms = {one.copied: one.value_type for one in properties if one.copied in spec.columns and one.kind.value not in NAMES}
        return Identifier(spec, value_type, self._context(), personal, self._wording, replace(self._key_columns, forms=forms))


def _key_columns(spec: MappingSpec, ontology: Ontology) -> KeyColumns:
    """The columns that name people and organisations."""
    found: dict[str, set[str]] = {PERSON: set(), ORGANISATION: set()}
    for node in spec.nodes.values():
        for root, columns in found.items():
            if all(ontology.is_a(name, root) for name in node.type.names):
                named = node.properties.get(NAME)
                columns.update(named.columns if named else ())
                columns.update(each.columns[0] for each in node.id if each.source and len(each.columns) == 1)
    return KeyColumns(people=frozenset(found[PERSON]), organisations=frozenset(found[ORGANISATION]))


def _coded_ids(spec: MappingSpec, ontology: Ontology) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The beginnings of ids that are made of something else than the node's name; those of people and organisations among them; those
    of people."""
    found: dict[str, set[str]] = {"": set(), ORGANISATION: set(), PERSON: set()}
    for node in spec.nodes.values():
        named = node.properties.get(NAME)
        if named is None or not named.column:
            continue
        coded = {each.prefix for each in node.id if named.column not in each.columns}
        for root, prefixes in found.items():
            if not root or all(ontology.is_a(name, root) for name in node.type.names):
                prefixes.update(coded)
    return frozenset(found[""]), frozenset(found[ORGANISATION] | found[PERSON]), frozenset(found[PERSON])


def _bilingual(label: MappingLabel) -> Bilingual:
    return Bilingual(label.zh, label.en)


def _columns_of(node: NodeSpec, derived: Mapping[str, str]) -> tuple[str, ...]:
    found: dict[str, None] = dict.fromkeys([node.type.column] if node.type.column else [])
    for spec in (*node.id, *node.same):
        found.update(dict.fromkeys((*spec.columns, *(condition.column for condition in spec.when))))
    found.update(dict.fromkeys(condition.column for condition in node.when))
    for value in node.properties.values():
        found.update(dict.fromkeys(value.columns))
    # What was written goes into raw values: rows that differ in it do not say the same.
    found.update(dict.fromkeys(derived[column] for column in tuple(found) if column in derived))
    return tuple(found)


def _headings(spec: MappingSpec) -> Mapping[str, frozenset[str]]:
    """What each column may be called."""
    known = sorted(spec.columns.known)
    return {column: frozenset(clean_header(name) for name in (column, *spec.columns.aliases.get(column, ()))) for column in known}


def _compile_type(spec: TypeSpec, wording: Wording) -> TypeOf:
    if spec.value:
        fixed = spec.value
        return lambda _: fixed
    known: Mapping[str, str] = spec.map
    patterns = [(compiled(pattern), type) for pattern, type in spec.patterns.items()]
    word = wording.get(spec.column, normal)

    def type_of(cells: Cells) -> str:
        text = normal(word(cells.get(spec.column, "")))
        found = known.get(text) or next((type for pattern, type in patterns if pattern.is_in(text)), "") or spec.default
        if not found:
            hint = "认得的写法：" + "、".join(known), "Known: " + ", ".join(known)
            raise CellProblem(spec.column, text, Bilingual("类型不认得", "no type is known for it"), Bilingual(*hint))
        return found

    return type_of
