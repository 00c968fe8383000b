"""Mapping a row: pure, from a source row to drafts and notices, or to a rejection."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.model import NOTHING, Draft, Record, RecordDrafts
from graph.ontology.schema import Ontology, PropertyType
from graph.values import VALUE_TYPES, property_value_type
from graph.values.base import Context, ValueType
from ingest.clean import HIGH_RISK, CellProblem, Cells, Property, Test, Wording, compile_conditions
from ingest.compiled import VALID_FROM, VALID_TO, NodePart, RelationshipPart, TypeOf
from ingest.contacts import LEFT_OUT, Contacts
from ingest.ids import Identifier
from ingest.mapping.check import PERSON
from ingest.mapping.spec import Condition, IdSpec, MappingSpec, NodeSpec, OnError, RelationshipSpec, RuleSpec, TypeSpec, ValueSpec
from ingest.mapping.spec import Label as MappingLabel
from ingest.outcome import Bilingual, Mapped, Notice, Rejected
from ingest.readers import BrokenRow, SourceRow
from ingest.readers.base import clean_header
from ingest.text import SEPARATOR, hashed, mask, normal
from ingest.wording import ListPart, compile_wording

PUBLISHED = "published"
"""The property of a person who is named on a published list."""

ORGANISATION = "Organization"

PERSONAL = 2
"""The privacy class from which a value is masked in reports."""

BROKEN = {
    "shifted columns": (
        Bilingual("列错位", "shifted columns"),
        Bilingual("检查该行是否多了或少了分隔符", "Look for a delimiter too many or too few."),
    ),
    "broken quoting": (Bilingual("引号不配对", "broken quoting"), Bilingual("检查该行的引号", "Check the quotes of that row.")),
    "broken json": (Bilingual("不是一行一个 JSON 对象", "broken json"), Bilingual("检查该行", "Check that line.")),
}
_EXAMPLE = Bilingual("模板的示例行", "the template's example")
_HEADER_AGAIN = Bilingual("重复的表头", "the header again")
_HINT_HEADER = Bilingual("删去这一行", "Delete that row.")
_SILENT_ROW = Bilingual("该行没有可载入的内容", "the row says nothing of any node")


@dataclass(frozen=True, slots=True)
class Rule:
    """Rows of which the mapping has something to say: not to load them, or to have a person look."""

    column: str
    test: Test
    reason: Bilingual
    hint: Bilingual
    masked: bool


@dataclass(frozen=True, slots=True)
class Mapper:
    """A compiled mapping. ``map`` is pure: the memory inside only saves work."""

    spec: MappingSpec
    rules: tuple[Rule, ...]
    flags: tuple[Rule, ...]
    headings: Mapping[str, frozenset[str]]
    lists: tuple[ListPart, ...]
    nodes: tuple[tuple[str, NodePart], ...]
    relationships: tuple[RelationshipPart, ...]
    personal: frozenset[str]
    key_columns: tuple[str, ...]
    unique: str
    example: tuple[tuple[str, str], ...]

    def map(self, row: SourceRow | BrokenRow, file: str, sheet: str) -> Mapped | Rejected:
        """What a row says. Nothing is raised: a fault is a rejection that names its column."""
        if isinstance(row, BrokenRow):
            reason, hint = BROKEN[row.reason]
            return Rejected(row.row, "", "", Bilingual(reason.zh, f"{reason.en}: {row.detail}"), hint)
        cells = row.cells
        if self._is_header(cells):
            return Rejected(row.row, "", "", _HEADER_AGAIN, _HINT_HEADER)
        if self.example and all(cells.get(column, "").strip() == text for column, text in self.example):
            return Rejected(row.row, "", "", _EXAMPLE, _HINT_HEADER)
        for rule in self.rules:
            if rule.test(cells):
                return Rejected(row.row, rule.column, self._value(rule, cells), rule.reason, rule.hint)
        try:
            return self._said(row, file, sheet)
        except CellProblem as problem:
            value = mask(problem.value) if problem.column in self.personal else problem.value
            return Rejected(row.row, problem.column, value, problem.reason, problem.hint)

    def _is_header(self, cells: Cells) -> bool:
        """Whether the filled cells of the known columns, or all but a quarter of them, say what their column is called (a table pasted
        below another, a date in it made 0000-00-00)."""
        get, looked_at = cells.get, 0
        for column, names in self.headings.items():
            text = get(column)
            if text:
                # A number is no heading, and the heading as it stands is the commonest: both are told without cleaning.
                if text in names or (not text.isdigit() and clean_header(text) in names):
                    break
                looked_at += 1
                if looked_at == 2:
                    return False
        else:
            return False
        filled = [(column, text) for column in self.headings if (text := get(column))]
        return sum(clean_header(text) in self.headings[column] for column, text in filled) * 4 >= len(filled) * 3

    def _said(self, row: SourceRow, file: str, sheet: str) -> Mapped | Rejected:
        cells = row.cells
        if not self.lists:
            return self._said_plainly(row, file, sheet)
        places: dict[str, Sequence[Cells]] = {"": (cells,), **{each.name: each.places(cells) for each in self.lists}}
        ids: dict[str, list[dict[str, str]]] = {name: [{} for _ in each] for name, each in places.items()}
        drafts: list[Draft] = []
        notices = self._flagged(cells) if self.flags else ()
        of_row = ids[""][0]
        for key, node in self.nodes:
            for place, known in zip(places[node.each], ids[node.each], strict=True):
                if node.else_of in known or node.else_of in of_row:
                    continue
                said = node.say(place)
                if said.id:
                    known[key] = said.id
                    drafts += said.drafts
                notices += said.notices
        for relationship in self.relationships:
            for place, known in zip(places[relationship.each], ids[relationship.each], strict=True):
                found = relationship.say(place, {**of_row, **known} if relationship.each else of_row)
                if found is not None:
                    drafts.append(found[0])
                    notices += found[1]
        return self._mapped(row, (file, sheet), drafts, notices, of_row)

    def _said_plainly(self, row: SourceRow, file: str, sheet: str) -> Mapped | Rejected:
        """The same for a mapping without lists, where every node is there once."""
        cells = row.cells
        known: dict[str, str] = {}
        drafts: list[Draft] = []
        notices = self._flagged(cells) if self.flags else ()
        for key, node in self.nodes:
            if node.else_of in known:
                continue
            said = node.say(cells)
            if said.id:
                known[key] = said.id
                drafts += said.drafts
            notices += said.notices
        for relationship in self.relationships:
            found = relationship.say(cells, known)
            if found is not None:
                drafts.append(found[0])
                notices += found[1]
        return self._mapped(row, (file, sheet), drafts, notices, known)

    def _mapped(
        self, row: SourceRow, place: tuple[str, str], drafts: list[Draft], notices: tuple[Notice, ...], ids: Mapping[str, str]
    ) -> Mapped | Rejected:
        if not drafts:
            why = next((each for each in notices if each.dropped), None)
            return Rejected(row.row, why.column, why.value, why.reason, why.hint) if why else Rejected(row.row, "", "", _SILENT_ROW)
        record = RecordDrafts(Record(*place, row.row, self._key(row.cells)), tuple(drafts))
        return Mapped(record, once(notices) if notices else notices, ids.get(self.unique, "") if self.unique else "")

    def _flagged(self, cells: Cells) -> tuple[Notice, ...]:
        found = [rule for rule in self.flags if rule.test(cells)]
        return tuple(Notice(rule.column, self._value(rule, cells), rule.reason, False, rule.hint) for rule in found)

    def _key(self, cells: Cells) -> str:
        if self.key_columns:
            parts = [cells.get(column, "").strip() for column in self.key_columns]
            if any(parts):
                personal = any(column in self.personal for column in self.key_columns)
                return hashed("record", parts) if personal else SEPARATOR.join(parts)
        return hashed("record", [part for name in sorted(cells) for part in (name, cells[name].strip())])

    def _value(self, rule: Rule, cells: Cells) -> str:
        text = cells.get(rule.column, "").strip()
        return mask(text) if rule.masked or rule.column in self.personal else text


def once(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """However many properties a cell feeds: one notice that it does not fit, one for each thing to know of what was loaded."""
    told = {(each.column, each.value, None if each.dropped else each.reason): each for each in reversed(notices)}
    return tuple(told.values())[::-1]


def compile_mapping(spec: MappingSpec, ontology: Ontology, *, epoch1904: bool = False, contacts: Contacts = LEFT_OUT) -> Mapper:
    """Compiles a mapping that ``load_mapping`` has checked. ``epoch1904`` is the workbook's date system."""
    return _Compiler(spec, ontology, epoch1904, contacts).mapper()


class _Compiler:
    def __init__(self, spec: MappingSpec, ontology: Ontology, epoch1904: bool, contacts: Contacts) -> None:
        self._spec = spec
        self._contacts = contacts
        self._epoch1904 = epoch1904
        self._ontology = ontology
        self._personal: set[str] = set()
        year = spec.source.date[:4]
        self._year = int(year) if year else None
        self._wording = compile_wording(spec.wording, self._context())

    def mapper(self) -> Mapper:
        spec = self._spec
        nodes = tuple((key, self._node(node)) for key, node in spec.nodes.items())
        relationships = tuple(self._relationship(each) for each in spec.relationships.values())
        personal = frozenset(self._personal)
        return Mapper(
            spec=spec,
            rules=self._rules(spec.reject),
            flags=self._rules(spec.flag),
            headings=_headings(spec),
            lists=tuple(ListPart.of(name, each, personal) for name, each in spec.lists.items()),
            nodes=nodes,
            relationships=relationships,
            personal=personal,
            key_columns=spec.record,
            unique=spec.unique,
            example=tuple(spec.template.example.items()) if spec.template else (),
        )

    def _rules(self, specs: Sequence[RuleSpec]) -> tuple[Rule, ...]:
        return tuple(
            Rule(each.when[0].column, self._all(each.when), _bilingual(each.reason), _bilingual(each.hint), each.masked) for each in specs
        )

    def _all(self, conditions: tuple[Condition, ...]) -> Test:
        test = compile_conditions(conditions, self._wording)
        assert test is not None
        return test

    def _node(self, node: NodeSpec) -> NodePart:
        kinds = self._ontology.node_types[node.type.names[0]].properties
        properties = tuple(self._property(name, value, kinds[name]) for name, value in node.properties.items())
        about_person = any(self._ontology.is_a(name, PERSON) for name in node.type.names)
        return NodePart(
            columns=_columns_of(node),
            type_of=_compile_type(node.type, self._wording),
            ids=tuple(self._identifier(each, about_person) for each in node.id),
            same=tuple(self._identifier(each, about_person) for each in node.same),
            when=compile_conditions(node.when, self._wording),
            each=node.each,
            mention=node.mention,
            else_of=node.else_of,
            properties=properties,
            own=self._own_ids(node),
            constants={PUBLISHED: True} if self._spec.source.published and PUBLISHED in kinds else NOTHING,
        )

    def _own_ids(self, node: NodeSpec) -> tuple[str, ...]:
        organisation = all(self._ontology.is_a(name, ORGANISATION) for name in node.type.names)
        return tuple(f"{each.source}:" for each in node.id if each.source) if organisation else ()

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
        on_error: OnError = value.on_error or ("reject_row" if "date" in kind.value else "drop_value")
        return Property(target, value, kind, property_value_type(kind), self._context(value), on_error, personal, self._wording)

    def _context(self, value: ValueSpec | None = None) -> Context:
        options: dict[str, object] = {**(value.options if value else {}), **self._contacts.options}
        if value and value.null_texts:
            options["null_texts"] = value.null_texts
        comma = self._spec.format.decimal_comma
        return Context(year=self._year, epoch1904=self._epoch1904, decimal_comma=comma, options=options)

    def _identifier(self, spec: IdSpec, about_person: bool) -> Identifier:
        value_type: ValueType | None = VALUE_TYPES.get(spec.scheme) if spec.scheme else None
        personal = (about_person or spec.hashed) and not self._spec.source.published
        if personal:
            self._personal.update(spec.columns)
        return Identifier(spec, value_type, self._context(), personal, self._wording)


def _bilingual(label: MappingLabel) -> Bilingual:
    return Bilingual(label.zh, label.en)


def _columns_of(node: NodeSpec) -> tuple[str, ...]:
    found: dict[str, None] = dict.fromkeys([node.type.column] if node.type.column else [])
    for spec in (*node.id, *node.same):
        found.update(dict.fromkeys((*spec.columns, *(condition.column for condition in spec.when))))
    found.update(dict.fromkeys(condition.column for condition in node.when))
    for value in node.properties.values():
        found.update(dict.fromkeys(value.columns))
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
    patterns = [(re.compile(pattern), type) for pattern, type in spec.patterns.items()]
    word = wording.get(spec.column, normal)

    def type_of(cells: Cells) -> str:
        text = normal(word(cells.get(spec.column, "")))
        found = known.get(text) or next((type for pattern, type in patterns if pattern.search(text)), "") or spec.default
        if not found:
            hint = "认得的写法：" + "、".join(known), "Known: " + ", ".join(known)
            raise CellProblem(spec.column, text, Bilingual("类型不认得", "no type is known for it"), Bilingual(*hint))
        return found

    return type_of
