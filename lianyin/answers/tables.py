"""Tables of the graph as a whole: a query's answer, the types, the counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from graph.model import Table
from graph.ontology.schema import NodeType, Ontology, RelationshipType
from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.results import Column, Result

SCHEMA_COLUMNS = (
    Column("kind", "类别", "kind"),
    Column("name", "名称", "name"),
    Column("label", "含义", "label"),
    Column("extends", "上级或两端", "extends, or ends"),
    Column("notes", "说明", "notes"),
    Column("properties", "属性", "properties"),
)
COUNT_COLUMNS = (Column("kind", "类别", "kind"), Column("type", "类型", "type"), Column("count", "数量", "count", number=True))


def cypher_document(table: Table) -> Document:
    """``{"columns": […], "rows": [[…]], "truncated", "finished", "limit"}``."""
    return {
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "truncated": bool(table.truncated),
        "finished": not table.truncated,
        "limit": table.truncated or None,
    }


def cypher_result(document: Document) -> Result:
    """The rows as they are."""
    names = cast("Sequence[str]", document["columns"])
    return Result(document, tuple(Column(name, name, name) for name in names), cast("Sequence[Sequence[object]]", document["rows"]))


def schema_document(ontology: Ontology) -> Document:
    """Every type with its labels, ends and properties."""
    return {
        "node_types": [_node_type(each) for _, each in sorted(ontology.node_types.items())],
        "relationship_types": [_relationship_type(each) for _, each in sorted(ontology.relationship_types.items())],
    }


def schema_result(document: Document, reader: Reader) -> Result:
    """One row a type."""
    rows: list[Sequence[object]] = []
    for each in documents(document, "node_types"):
        label = inner(each, "label")[reader.language]
        rows.append(("node", each["name"], label, _joined(each, "extends"), _notes(each), _joined(each, "properties")))
    for each in documents(document, "relationship_types"):
        label = inner(each, "label")[reader.language]
        ends = f"{_joined(each, 'sources', '|')} → {_joined(each, 'targets', '|')}"
        marks = ", ".join(word for word in ("dated", "derived") if each[word])
        rows.append(("relationship", each["name"], label, ends, marks, _joined(each, "properties")))
    return Result(document, SCHEMA_COLUMNS, rows)


def _joined(document: Document, key: str, separator: str = ", ") -> str:
    return separator.join(map(str, cast("Iterable[object]", document[key])))


def _notes(node_type: Document) -> str:
    marks = [word for word in ("abstract", "link", "hub") if node_type[word]]
    return ", ".join([*marks, *(f"{scheme}:" for scheme in cast("Sequence[str]", node_type["identifiers"]))])


def _node_type(node_type: NodeType) -> Document:
    return {
        "name": node_type.name,
        "label": {"zh": node_type.label.zh, "en": node_type.label.en},
        "extends": list(node_type.ancestors),
        "abstract": node_type.abstract,
        "link": node_type.link,
        "hub": node_type.hub,
        "identifiers": list(node_type.identifiers),
        "color": node_type.color,
        "properties": {
            name: {"value": each.value, "many": each.many, "privacy": each.privacy, "label": {"zh": each.label.zh, "en": each.label.en}}
            for name, each in sorted(node_type.properties.items())
        },
    }


def _relationship_type(relationship_type: RelationshipType) -> Document:
    return {
        "name": relationship_type.name,
        "label": {"zh": relationship_type.label.zh, "en": relationship_type.label.en},
        "inverse": {"zh": relationship_type.inverse.zh, "en": relationship_type.inverse.en},
        "sources": list(relationship_type.sources),
        "targets": list(relationship_type.targets),
        "key": list(relationship_type.key),
        "dated": relationship_type.dated,
        "derived": relationship_type.derived,
        "properties": sorted(relationship_type.properties),
    }


def stats_document(nodes: Mapping[str, int], relationships: Mapping[str, int], about: Document) -> Document:
    """How many of each type; ``about`` says which store, which revision and how old the data is."""
    return {
        **about,
        "nodes": sum(nodes.values()),
        "relationships": sum(relationships.values()),
        "node_types": dict(sorted(nodes.items())),
        "relationship_types": dict(sorted(relationships.items())),
    }


def stats_result(document: Document, reader: Reader) -> Result:
    """One row a type, the most numerous first."""
    nodes, relationships = inner(document, "node_types"), inner(document, "relationship_types")
    rows: list[Sequence[object]] = [("node", f"{name} {reader.type_label(name)}", count) for name, count in _by_count(nodes)]
    rows += [("relationship", f"{name} {reader.relationship_label(name)}", count) for name, count in _by_count(relationships)]
    return Result(document, COUNT_COLUMNS, rows)


def _by_count(counts: Document) -> list[tuple[str, int]]:
    return sorted(((name, int(str(count))) for name, count in counts.items()), key=lambda item: (-item[1], item[0]))
