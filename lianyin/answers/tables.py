"""Tables of the graph as a whole: a query's answer, the types, the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Table
from graph.ontology.schema import NodeType, RelationshipType
from lianyin.answers.reader import Reader
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


def cypher_result(table: Table) -> Result:
    """``{"columns": […], "rows": [[…]], "truncated", "limit"}``."""
    document = {
        "columns": list(table.columns),
        "rows": [list(row) for row in table.rows],
        "truncated": bool(table.truncated),
        "limit": table.truncated or None,
    }
    return Result(document, tuple(Column(name, name, name) for name in table.columns), table.rows)


def schema_result(reader: Reader) -> Result:
    """Every type with its labels, ends and properties."""
    nodes = sorted(reader.ontology.node_types.values(), key=lambda each: each.name)
    relationships = sorted(reader.ontology.relationship_types.values(), key=lambda each: each.name)
    document = {
        "node_types": [_node_type(each) for each in nodes],
        "relationship_types": [_relationship_type(each) for each in relationships],
    }
    rows: list[Sequence[object]] = [
        ("node", each.name, reader.label(each.label), ", ".join(each.ancestors), _notes(each), ", ".join(sorted(each.properties)))
        for each in nodes
    ]
    rows += [
        (
            "relationship",
            each.name,
            reader.label(each.label),
            f"{'|'.join(each.sources)} → {'|'.join(each.targets)}",
            ", ".join(word for word, holds in (("dated", each.dated), ("derived", each.derived)) if holds),
            ", ".join(sorted(each.properties)),
        )
        for each in relationships
    ]
    return Result(document, SCHEMA_COLUMNS, rows)


def _notes(node_type: NodeType) -> str:
    marks = [word for word, holds in (("abstract", node_type.abstract), ("link", node_type.link), ("hub", node_type.hub)) if holds]
    return ", ".join([*marks, *(f"{scheme}:" for scheme in node_type.identifiers)])


def _node_type(node_type: NodeType) -> dict[str, object]:
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


def _relationship_type(relationship_type: RelationshipType) -> dict[str, object]:
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


def stats_result(nodes: Mapping[str, int], relationships: Mapping[str, int], about: Mapping[str, object], reader: Reader) -> Result:
    """How many of each type; ``about`` says which store, which revision and how old the data is."""
    document = {
        **about,
        "nodes": sum(nodes.values()),
        "relationships": sum(relationships.values()),
        "node_types": dict(sorted(nodes.items())),
        "relationship_types": dict(sorted(relationships.items())),
    }
    rows: list[Sequence[object]] = [("node", f"{name} {reader.type_label(name)}", count) for name, count in _by_count(nodes)]
    rows += [("relationship", f"{name} {reader.relationship_label(name)}", count) for name, count in _by_count(relationships)]
    return Result(document, COUNT_COLUMNS, rows)


def _by_count(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
