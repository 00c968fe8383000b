"""The graph as a whole: a query's answer, the types, the counts, and whether the read model holds what the store holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from graph.ontology.schema import Label, NodeType, Ontology, RelationshipType
from lianyin.answers.reader import Reader
from lianyin.answers.words import limit_note
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from graph import model

SCHEMA_COLUMNS = (
    Column("kind", "类别", "kind"),
    Column("name", "名称", "name"),
    Column("label", "含义", "label"),
    Column("extends", "上级或两端", "extends, or ends"),
    Column("notes", "说明", "notes"),
    Column("properties", "属性", "properties"),
)
COUNT_COLUMNS = (Column("kind", "类别", "kind"), Column("type", "类型", "type"), Column("count", "数量", "count", number=True))
DIFFERENCE_COLUMNS = (Column("what", "项目", "what"), Column("id", "编号", "id"), Column("difference", "差异", "difference"))
DIFFERENT = 12
"""What ``verify`` returns where the read model and the store differ."""


@dataclass(frozen=True, slots=True)
class CypherAnswer:
    """The rows of a query; a whole node or relationship is ``{"id", "type", "properties"}``."""

    columns: list[str]
    rows: list[list[Any]]
    truncated: bool
    finished: bool
    limit: str | None


@dataclass(frozen=True, slots=True)
class PropertyTold:
    """A property of a node type, and the privacy class that its reader needs."""

    value: str
    many: bool
    privacy: int
    label: Label


@dataclass(frozen=True, slots=True)
class NodeTypeTold:
    """A node type; ``extends`` are all types above it."""

    name: str
    label: Label
    extends: list[str]
    abstract: bool
    link: bool
    hub: bool
    identifiers: list[str]
    color: str
    properties: dict[str, PropertyTold]


@dataclass(frozen=True, slots=True)
class RelationshipTypeTold:
    """A relationship type with the types of its ends and what makes two of its relationships one (``key``)."""

    name: str
    label: Label
    inverse: Label
    sources: list[str]
    targets: list[str]
    key: list[str]
    dated: bool
    derived: bool
    properties: list[str]


@dataclass(frozen=True, slots=True)
class SchemaAnswer:
    """Every type, by name."""

    node_types: list[NodeTypeTold]
    relationship_types: list[RelationshipTypeTold]


@dataclass(frozen=True, slots=True)
class StatsAnswer:
    """How many nodes and relationships of each type, from how many loads of files, and how old the data is."""

    store: str
    revision: int
    loads: int
    data_date: str | None
    nodes: int
    relationships: int
    node_types: dict[str, int]
    relationship_types: dict[str, int]


@dataclass(frozen=True, slots=True)
class FactDifference:
    """A ``node`` or ``relationship`` in which store and read model differ, or what is wrong with the ``file``."""

    what: str
    id: str
    difference: str


@dataclass(frozen=True, slots=True)
class ArraysFile:
    """The file that the read model is opened from; an ``other`` one is of another store or of other definitions, and is not used."""

    revision: int | None
    state: Literal["whole", "damaged", "other"]


@dataclass(frozen=True, slots=True)
class VerificationAnswer:
    """Whether the read model holds what the store holds; of the ``different`` facts some are listed."""

    equal: bool
    revision: int
    nodes: int
    relationships: int
    differences: list[FactDifference]
    different: int
    by_kind: dict[str, int]
    file: ArraysFile | None


def cypher_answer(table: model.Table) -> CypherAnswer:
    """The rows as they are."""
    rows = [list(row) for row in table.rows]
    return CypherAnswer(list(table.columns), rows, bool(table.truncated), not table.truncated, table.truncated or None)


def cypher_table(answer: CypherAnswer, reader: Reader) -> Table:
    """The rows as they are, and which limit cut them."""
    note = limit_note({"limit": answer.limit, "finished": answer.finished}, reader.language)
    columns = tuple(Column(name, name, name) for name in answer.columns)
    return Table(columns, answer.rows, notes=(note,) if note else ())


def schema_answer(ontology: Ontology) -> SchemaAnswer:
    """Every type with its labels, ends and properties."""
    return SchemaAnswer(
        [_node_type(node_type) for _, node_type in sorted(ontology.node_types.items())],
        [_relationship_type(relationship_type) for _, relationship_type in sorted(ontology.relationship_types.items())],
    )


def _node_type(node_type: NodeType) -> NodeTypeTold:
    return NodeTypeTold(
        name=node_type.name,
        label=node_type.label,
        extends=list(node_type.ancestors),
        abstract=node_type.abstract,
        link=node_type.link,
        hub=node_type.hub,
        identifiers=list(node_type.identifiers),
        color=node_type.color,
        properties={
            name: PropertyTold(kind.value, kind.many, kind.privacy, kind.label) for name, kind in sorted(node_type.properties.items())
        },
    )


def _relationship_type(relationship_type: RelationshipType) -> RelationshipTypeTold:
    return RelationshipTypeTold(
        name=relationship_type.name,
        label=relationship_type.label,
        inverse=relationship_type.inverse,
        sources=list(relationship_type.sources),
        targets=list(relationship_type.targets),
        key=list(relationship_type.key),
        dated=relationship_type.dated,
        derived=relationship_type.derived,
        properties=sorted(relationship_type.properties),
    )


def schema_table(answer: SchemaAnswer, reader: Reader) -> Table:
    """One row a type."""
    rows: list[Sequence[object]] = []
    for node_type in answer.node_types:
        extends, properties = ", ".join(node_type.extends), ", ".join(node_type.properties)
        rows.append(("node", node_type.name, reader.label(node_type.label), extends, _notes(node_type), properties))
    for relationship_type in answer.relationship_types:
        ends = f"{'|'.join(relationship_type.sources)} → {'|'.join(relationship_type.targets)}"
        marks = ", ".join(word for word in ("dated", "derived") if getattr(relationship_type, word))
        label, properties = reader.label(relationship_type.label), ", ".join(relationship_type.properties)
        rows.append(("relationship", relationship_type.name, label, ends, marks, properties))
    return Table(SCHEMA_COLUMNS, rows)


def _notes(node_type: NodeTypeTold) -> str:
    marks = [word for word in ("abstract", "link", "hub") if getattr(node_type, word)]
    return ", ".join([*marks, *(f"{scheme}:" for scheme in node_type.identifiers)])


def stats_table(answer: StatsAnswer, reader: Reader) -> Table:
    """One row a type, the most numerous first."""
    rows: list[Sequence[object]] = [("node", f"{name} {reader.type_label(name)}", count) for name, count in _by_count(answer.node_types)]
    relationships = _by_count(answer.relationship_types)
    rows += [("relationship", f"{name} {reader.relationship_label(name)}", count) for name, count in relationships]
    date = answer.data_date or say(reader.language, "未知", "unknown")
    told = say(
        reader.language,
        f"{answer.store}：{answer.nodes} 个节点，{answer.relationships} 条关系，{answer.loads} 次导入；数据日期 {date}",
        f"{answer.store}: {answer.nodes} nodes, {answer.relationships} relationships, {answer.loads} loads; data of {date}",
    )
    return Table(COUNT_COLUMNS, rows, title=(told,))


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def verification_table(answer: VerificationAnswer, reader: Reader) -> Table:
    """One row a difference that is listed, below the verdict."""
    counted = say(
        reader.language,
        f"{answer.nodes} 个节点，{answer.relationships} 条关系：",
        f"{answer.nodes} nodes, {answer.relationships} relationships: ",
    )
    different = say(reader.language, f"{answer.different} 处不符", f"{answer.different} differ")
    verdict = say(reader.language, "一致", "equal") if answer.equal else different
    rows = [(found.what, found.id, found.difference) for found in answer.differences]
    return Table(DIFFERENCE_COLUMNS, rows, title=(counted + verdict,), status=0 if answer.equal else DIFFERENT)
