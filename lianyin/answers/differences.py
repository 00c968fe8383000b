"""Differences between two states of the graph: what a load would change, and what two loads say differently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from itertools import islice

from graph.ledger.comparison import Comparison
from graph.ledger.rehearsal import Difference
from graph.model import Facts, Node, Properties, PublishedTotals, Record, Relationship
from graph.privacy import visible_properties, visible_relationship_properties
from lianyin.answers.reader import Document, Reader, documents, inner, plain
from lianyin.language import say
from lianyin.results import Column, Result

LISTED = 1_000
"""Nodes, and relationships, of each kind that an answer lists; the totals count all."""

COLUMNS = (
    Column("change", "变化", "change"),
    Column("what", "对象", "what"),
    Column("property", "属性", "property"),
    Column("before", "原来", "before"),
    Column("after", "现在", "after"),
    Column("id", "编号", "id", detail=True),
)

_UNKNOWN = {"id": "", "type": "", "caption": "?"}
"""An end that no file describes (yet)."""


def difference_document(found: Difference, reader: Reader, limit: int = LISTED) -> Document:
    """``{"nodes": {"new", "changed", "gone"}, "relationships": {…}, "truncated", "limit"}``. What is changed tells ``changes``, property by
    property; what the reader may not see is left out."""
    sides = (found.new, found.before, found.after, found.gone)
    ends = {node.id: node for node in (*found.ends, *(each for facts in sides for each in facts.nodes))}
    shown = [_visible(facts, ends, reader) for facts in sides]
    new, before, after, gone = shown
    return {
        "nodes": {
            "new": [_node(each, reader) for each in new.nodes],
            "changed": _changed_nodes(before, after, reader),
            "gone": [reader.brief(each) for each in gone.nodes],
        },
        "relationships": {
            "new": [_relationship(each, ends, reader) for each in new.relationships],
            "changed": _changed_relationships(before, after, ends, reader),
            "gone": [_relationship(each, ends, reader) for each in gone.relationships],
        },
        "truncated": found.truncated,
        "limit": limit if found.truncated else None,
    }


def _visible(facts: Facts, ends: Mapping[str, Node], reader: Reader) -> Facts:
    hidden = {id for id, node in ends.items() if not reader.exists(node)}
    return Facts(
        tuple(each for each in facts.nodes if each.id not in hidden),
        tuple(each for each in facts.relationships if each.source not in hidden and each.target not in hidden),
    )


def _node(node: Node, reader: Reader) -> Document:
    return {**reader.brief(node), "properties": {name: plain(value) for name, value in reader.properties(node).items()}}


def _changed_nodes(before: Facts, after: Facts, reader: Reader) -> list[Document]:
    old = {each.id: each for each in before.nodes}
    told: list[Document] = []
    for node in after.nodes:
        sides = [visible_properties(reader.ontology, each, reader.clearance) for each in (old[node.id], node)]
        changes = _changes(*sides)
        if old[node.id].type != node.type:
            changes.insert(0, {"property": "type", "before": old[node.id].type, "after": node.type})
        told.append({**reader.brief(node), "changes": changes})
    return told


def _changed_relationships(before: Facts, after: Facts, ends: Mapping[str, Node], reader: Reader) -> list[Document]:
    old = {each.id: each for each in before.relationships}
    told: list[Document] = []
    for each in after.relationships:
        sides = [visible_relationship_properties(reader.ontology, one, reader.clearance) for one in (old[each.id], each)]
        told.append({**_relationship(each, ends, reader), "changes": _changes(*sides)})
    return told


def _changes(before: Properties, after: Properties) -> list[Document]:
    return [
        {"property": name, "before": _or_none(before, name), "after": _or_none(after, name)}
        for name in sorted({*before, *after} - {"via"})
        if before.get(name) != after.get(name)
    ]


def _or_none(properties: Properties, name: str) -> object:
    return plain(properties[name]) if name in properties else None


def _relationship(each: Relationship, ends: Mapping[str, Node], reader: Reader) -> Document:
    told: dict[str, object] = asdict(reader.relationship(each))
    for side in ("source", "target"):
        node = ends.get(str(told[side]))
        told[side] = reader.brief(node) if node is not None else _UNKNOWN
    seen = {name: value for name, value in inner(told, "properties").items() if name != "via"}
    return {**told, "properties": seen}


def difference_rows(difference: Document, reader: Reader) -> list[Sequence[object]]:
    """One row a node or relationship that is new or gone, one a property that changed."""
    words = {
        "new": say(reader.language, "新增", "new"),
        "changed": say(reader.language, "改变", "changed"),
        "gone": say(reader.language, "没有了", "gone"),
    }
    rows: list[Sequence[object]] = []
    for group, called in (("nodes", _node_called), ("relationships", _relationship_called)):
        for kind, word in words.items():
            for each in documents(inner(difference, group), kind):
                what, id = called(each, reader), each.get("id", "")
                if kind != "changed":
                    rows.append((word, what, "", "", "", id))
                for one in documents(each, "changes") if kind == "changed" else ():
                    rows.append(
                        (
                            word,
                            what,
                            reader.property_label(str(each["type"]), str(one["property"])),
                            _text(one["before"]),
                            _text(one["after"]),
                            id,
                        )
                    )
    return rows


def difference_lines(difference: Document, reader: Reader, most: int) -> list[str]:
    """The first ``most`` of them as lines to read, and how many more are listed elsewhere."""
    rows = difference_rows(difference, reader)
    lines = []
    for word, what, property, before, after, _ in islice(rows, most):
        lines.append(f"  {word} {what}" + (f"  {property}: {before or '–'} → {after or '–'}" if property else ""))
    if len(rows) > most:
        left = len(rows) - most
        lines.append(say(reader.language, f"  … 另有 {left} 项，见 --json", f"  … {left} more: see --json"))
    return lines


def _node_called(each: Document, reader: Reader) -> str:
    return f"{each['caption']} ({reader.type_label(str(each['type']))})"


def _relationship_called(each: Document, reader: Reader) -> str:
    return f"{inner(each, 'source')['caption']} –{reader.relationship_label(str(each['type']))}→ {inner(each, 'target')['caption']}"


def _text(value: object) -> str:
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def comparison_document(found: Comparison, reader: Reader, shown: Callable[[str], str], limit: int = LISTED) -> Document:
    """``{"first", "second", "rows": {…}, "facts": {…}, "difference": {…}}``; ``shown`` is how the reader sees names of files."""
    rows = {
        "only_first": found.rows.only_first,
        "only_second": found.rows.only_second,
        "different": found.rows.different,
    }
    return {
        "first": {"id": found.first.id, "name": shown(found.first.name)},
        "second": {"id": found.second.id, "name": shown(found.second.name)},
        "rows": {
            **{f"{name}_total": len(each) for name, each in rows.items()},
            "same_total": found.rows.same,
            **{name: [_row(one, shown) for one in each[:limit]] for name, each in rows.items()},
        },
        "facts": facts_document(found.totals),
        "difference": difference_document(found.difference, reader, limit),
    }


def _row(record: Record, shown: Callable[[str], str]) -> Document:
    return {"file": shown(record.file), "sheet": shown(record.sheet), "row": record.row}


def facts_document(totals: PublishedTotals) -> Document:
    """The counts of facts."""
    return {
        "nodes_new": totals.nodes_new,
        "nodes_updated": totals.nodes_updated,
        "nodes_removed": totals.nodes_removed,
        "relationships_new": totals.relationships_new,
        "relationships_updated": totals.relationships_updated,
        "relationships_removed": totals.relationships_removed,
    }


def comparison_result(document: Document, reader: Reader) -> Result:
    """One row a difference."""
    return Result(document, COLUMNS, difference_rows(inner(document, "difference"), reader))
