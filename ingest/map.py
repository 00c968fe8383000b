"""Mapping a row: pure, from a source row to drafts and notices, or to a rejection."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.model import NOTHING, Draft, Record, RecordDrafts
from graph.ontology.schema import Ontology, PropertyType
from graph.values import VALUE_TYPES, property_value_type
from graph.values.base import Context, ValueType
from ingest.clean import HIGH_RISK, CellProblem, Cells, Property, Test, compile_conditions
from ingest.compiled import VALID_FROM, VALID_TO, NodePart, RelationshipPart, TypeOf
from ingest.ids import Identifier
from ingest.mapping.check import PERSON
from ingest.mapping.spec import Condition, IdSpec, MappingSpec, NodeSpec, OnError, RelationshipSpec, TypeSpec, ValueSpec
from ingest.mapping.spec import Label as MappingLabel
from ingest.outcome import Bilingual, Mapped, Notice, Rejected
from ingest.readers import BrokenRow, SourceRow
from ingest.text import SEPARATOR, hashed, mask, normal

PUBLISHED = "published"
"""The property of a person who is named on a published list."""

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
_SILENT_ROW = Bilingual("该行没有可载入的内容", "the row says nothing of any node")


@dataclass(frozen=True, slots=True)
class RejectRule:
    """Rows that the mapping says not to load."""

    column: str
    test: Test
    reason: Bilingual
    hint: Bilingual


@dataclass(frozen=True, slots=True)
class Mapper:
    """A compiled mapping. ``map`` is pure: the memory inside only saves work."""

    spec: MappingSpec
    rules: tuple[RejectRule, ...]
    nodes: tuple[tuple[str, NodePart], ...]
    relationships: tuple[RelationshipPart, ...]
    personal: frozenset[str]
    key_columns: tuple[str, ...]

    def map(self, row: SourceRow | BrokenRow, file: str, sheet: str) -> Mapped | Rejected:
        """What a row says. Nothing is raised: a fault is a rejection that names its column."""
        if isinstance(row, BrokenRow):
            reason, hint = BROKEN[row.reason]
            return Rejected(row.row, "", "", Bilingual(reason.zh, f"{reason.en}: {row.detail}"), hint)
        cells = row.cells
        for rule in self.rules:
            if rule.test(cells):
                return Rejected(row.row, rule.column, self._shown(rule.column, cells), rule.reason, rule.hint)
        try:
            return self._said(row, file, sheet)
        except CellProblem as problem:
            value = mask(problem.value) if problem.column in self.personal else problem.value
            return Rejected(row.row, problem.column, value, problem.reason, problem.hint)

    def _said(self, row: SourceRow, file: str, sheet: str) -> Mapped | Rejected:
        cells = row.cells
        drafts: list[Draft] = []
        notices: tuple[Notice, ...] = ()
        ids: dict[str, str] = {}
        for key, node in self.nodes:
            if node.else_of in ids:
                continue
            said = node.say(cells)
            if said.id:
                ids[key] = said.id
                drafts += said.drafts
                notices += said.notices
        for relationship in self.relationships:
            found = relationship.say(cells, ids)
            if found is not None:
                drafts.append(found[0])
                notices += found[1]
        if not drafts:
            return Rejected(row.row, "", "", _SILENT_ROW)
        return Mapped(RecordDrafts(Record(file, sheet, row.row, self._key(cells)), tuple(drafts)), once(notices) if notices else notices)

    def _key(self, cells: Cells) -> str:
        if self.key_columns:
            parts = [cells.get(column, "").strip() for column in self.key_columns]
            if any(parts):
                personal = any(column in self.personal for column in self.key_columns)
                return hashed("record", parts) if personal else SEPARATOR.join(parts)
        return hashed("record", [part for name in sorted(cells) for part in (name, cells[name].strip())])

    def _shown(self, column: str, cells: Cells) -> str:
        text = cells.get(column, "").strip()
        return mask(text) if column in self.personal else text


def once(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """One notice for a cell, however many properties it feeds."""
    return tuple({(each.column, each.value, each.dropped): each for each in reversed(notices)}.values())[::-1]


def compile_mapping(spec: MappingSpec, ontology: Ontology, *, epoch1904: bool = False) -> Mapper:
    """Compiles a mapping that ``load_mapping`` has checked. ``epoch1904`` is the workbook's date system."""
    return _Compiler(spec, ontology, epoch1904).mapper()


class _Compiler:
    def __init__(self, spec: MappingSpec, ontology: Ontology, epoch1904: bool) -> None:
        self._spec = spec
        self._epoch1904 = epoch1904
        self._ontology = ontology
        self._personal: set[str] = set()
        year = spec.source.date[:4]
        self._year = int(year) if year else None

    def mapper(self) -> Mapper:
        spec = self._spec
        nodes = tuple((key, self._node(node)) for key, node in spec.nodes.items())
        relationships = tuple(self._relationship(each) for each in spec.relationships.values())
        rules = tuple(
            RejectRule(rule.when[0].column, _all(rule.when), _bilingual(rule.reason), _bilingual(rule.hint)) for rule in spec.reject
        )
        return Mapper(spec, rules, nodes, relationships, frozenset(self._personal), spec.record)

    def _node(self, node: NodeSpec) -> NodePart:
        kinds = self._ontology.node_types[node.type.names[0]].properties
        properties = tuple(self._property(name, value, kinds[name]) for name, value in node.properties.items())
        about_person = any(self._ontology.is_a(name, PERSON) for name in node.type.names)
        return NodePart(
            columns=_columns_of(node),
            type_of=_compile_type(node.type),
            ids=tuple(self._identifier(each, about_person) for each in node.id),
            same=tuple(self._identifier(each, about_person) for each in node.same),
            when=compile_conditions(node.when),
            else_of=node.else_of,
            properties=properties,
            constants={PUBLISHED: True} if self._spec.source.published and PUBLISHED in kinds else NOTHING,
        )

    def _relationship(self, spec: RelationshipSpec) -> RelationshipPart:
        kinds = self._ontology.relationship_types[spec.type].properties
        properties = [self._property(name, value, kinds[name]) for name, value in spec.properties.items()]
        for target, value in ((VALID_FROM, spec.valid_from), (VALID_TO, spec.valid_to)):
            if value is not None:
                properties.append(self._property(target, value, kinds[target]))
        return RelationshipPart(spec.type, spec.start, spec.end, compile_conditions(spec.when), tuple(properties))

    def _property(self, target: str, value: ValueSpec, kind: PropertyType) -> Property:
        personal = (kind.privacy_published if self._spec.source.published else kind.privacy) >= PERSONAL or kind.privacy >= HIGH_RISK
        if personal:
            self._personal.update(value.columns)
        on_error: OnError = value.on_error or ("reject_row" if "date" in kind.value else "drop_value")
        return Property(target, value, kind, property_value_type(kind), self._context(value), on_error, personal)

    def _context(self, value: ValueSpec | None = None) -> Context:
        options: dict[str, object] = dict(value.options) if value else {}
        if value and value.null_texts:
            options["null_texts"] = value.null_texts
        comma = self._spec.format.decimal_comma
        return Context(year=self._year, epoch1904=self._epoch1904, decimal_comma=comma, options=options)

    def _identifier(self, spec: IdSpec, about_person: bool) -> Identifier:
        value_type: ValueType | None = VALUE_TYPES.get(spec.scheme) if spec.scheme else None
        personal = (about_person or spec.hashed) and not self._spec.source.published
        if personal:
            self._personal.update(spec.columns)
        return Identifier(spec, value_type, self._context(), personal)


def _all(conditions: tuple[Condition, ...]) -> Test:
    test = compile_conditions(conditions)
    assert test is not None
    return test


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


def _compile_type(spec: TypeSpec) -> TypeOf:
    if spec.value:
        fixed = spec.value
        return lambda _: fixed
    known: Mapping[str, str] = spec.map

    def type_of(cells: Cells) -> str:
        text = normal(cells.get(spec.column, ""))
        found = known.get(text) or spec.default
        if not found:
            hint = "认得的写法：" + "、".join(known), "Known: " + ", ".join(known)
            raise CellProblem(spec.column, text, Bilingual("类型不认得", "no type is known for it"), Bilingual(*hint))
        return found

    return type_of
